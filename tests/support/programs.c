/* SPDX-License-Identifier: Apache-2.0 */
/* Programs and their arrays for tests of the compiler. */
#include "programs.h"

#include "base/alloc.h"
#include "base/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

const char EVERY_OPERATION[] =
    "function hill(x, k, n) x^n / (k^n + x^n) end\n"
    "model every()\n"
    "  var u, v;\n"
    "  u = 0.3; v = 2; k = 0.7; n = 2.3; q = 1.5;\n"
    "  a = 0.4; b = 1.2; c = 0.6; d = 2.5; e = 0.2;\n"
    "  warm := k*u + q^2 - v/3;\n" /* constants and inputs alone */
    "  half := sqrt(q)*warm + ln(q + 1);\n"
    "  both := a + b*c;\n" /* used by several */
    "  wave := sin(both) + cos(d - a)*tan(e) + asin(e)*acos(e/2) + atan(both);\n"
    "  hyper := sinh(e) - cosh(c) + tanh(b*d);\n"
    "  level := exp(-b) + ln(d + 2) + log10(c + 3) + sqrt(a^2 + 1) + abs(e - 5);\n"
    "  power := a^2 + b^3 - c^4 + d^(-2) + d^0.5 + (1 + e^2)^n + q^c + hill(d, k, n);\n"
    "  pick := piecewise(a*2, a > b, d, c > d, e*b, time >= 1 && !(b < 0.5) || e <= a, -c);\n"
    "  edge := min(a, b) + max(c*2, d) + min(k, max(e, u));\n"
    "  steps := floor(d*3) + ceil(a*2) + piecewise(1, a == b, 2, a != c, 3) + (c < d)*2;\n"
    "  a' = -(a - b) + warm*time - wave;\n"
    "  b' = level*half - b*power;\n"
    "  c' = (a/(b + 1))/(c/(d + 1) + 1) - (c - (d - e)) - hyper;\n"
    "  d' = -d + edge*pick + steps - -e;\n"
    "  e' = k - e*(u + 1) + 0*a;\n"
    "end\n";

static void must(tac_ctx *ctx, tac_status st)
{
    if (st != TAC_OK) {
        print_error("%s", tac_ctx_message(ctx));
        fail_msg("%s", tac_status_text(st));
    }
}

static tac_program *build(tac_ctx *ctx, tac_model *model)
{
    tac_program *program = NULL;
    must(ctx, tac_model_check(ctx, model));
    must(ctx, tac_program_build(ctx, model, &program));
    tac_model_free(model);
    tac_ctx_free(ctx);
    return program;
}

tac_program *program_of(const char *antimony)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    must(ctx, tac_model_read_text(ctx, "test", antimony, strlen(antimony), &model));
    return build(ctx, model);
}

static tac_program *program_of_files(const char *model_path, const char *table_path)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    must(ctx, tac_model_read_file(ctx, model_path, &model));
    must(ctx, tac_model_set_parameters(ctx, model, table_path));
    return build(ctx, model);
}

tac_program *program_of_body(void)
{
    return program_of_files(TACTUS_SOURCE_DIR "/models/body.ant",
                            TACTUS_SOURCE_DIR "/models/parameters.tsv");
}

tac_program *program_of_chain(void)
{
    return program_of_files(TACTUS_SOURCE_DIR "/models/lymphangion-chain.ant",
                            TACTUS_SOURCE_DIR "/models/lymphangion-chain.tsv");
}

static double *doubles(size_t n)
{
    double *memory = tac_calloc(n, sizeof *memory);
    assert_non_null(memory);
    return memory;
}

tac_values values_of(const tac_program *program)
{
    const tac_image *image = tac_program_image(program);
    tac_values v = {.program = program,
                    .image = image,
                    .x = doubles(image->n_state),
                    .p = doubles(image->n_parameter),
                    .u = doubles(image->n_input),
                    .c = doubles(image->n_prepared),
                    .dxdt = doubles(image->n_state),
                    .jac = doubles(image->n_jac),
                    .y = doubles(image->n_output),
                    .work = doubles(tac_program_n_work(program))};
    memcpy(v.p, image->parameters, image->n_parameter * sizeof *v.p);
    memcpy(v.u, image->inputs, image->n_input * sizeof *v.u);
    values_prepare(&v);
    tac_program_start(program, v.p, v.u, v.c, v.x, v.work);
    return v;
}

void values_free(tac_values *values)
{
    tac_free(values->x);
    tac_free(values->p);
    tac_free(values->u);
    tac_free(values->c);
    tac_free(values->dxdt);
    tac_free(values->jac);
    tac_free(values->y);
    tac_free(values->work);
    *values = (tac_values){0};
}

void values_prepare(tac_values *values)
{
    tac_program_prepare(values->program, values->p, values->u, values->c, values->work);
}

void values_compute(tac_values *values)
{
    const tac_values *v = values;
    tac_program_rhs(v->program, v->t, v->x, v->p, v->u, v->c, v->dxdt, v->work);
    tac_program_jac(v->program, v->t, v->x, v->p, v->u, v->c, v->jac, v->work);
    tac_program_observe(v->program, v->t, v->x, v->p, v->u, v->c, v->y, v->work);
}

static void shake(tac_rng *rng, size_t n, double *values, double spread)
{
    for (size_t i = 0; i < n; i++) {
        const double z = 2.0 * tac_rng_uniform(rng) - 1.0;
        values[i] = fabs(values[i]) > 0.0 ? values[i] * pow(1.0 + spread, z) : spread * fabs(z);
    }
}

void values_shake(tac_values *values, double spread, uint64_t seed)
{
    tac_rng rng = tac_rng_for(seed, 0, "shake");
    shake(&rng, values->image->n_state, values->x, spread);
    shake(&rng, values->image->n_parameter, values->p, spread);
    shake(&rng, values->image->n_input, values->u, spread);
    values->t = 30.0 * tac_rng_uniform(&rng);
    values_prepare(values);
}

bool close_arrays(const char *what, size_t n, const double *got, const double *want, double rel_tol,
                  double abs_tol)
{
    for (size_t i = 0; i < n; i++) {
        const bool both_nan = isnan(got[i]) && isnan(want[i]);
        const bool is_close = fabs(got[i] - want[i]) <= abs_tol + rel_tol * fabs(want[i]);
        const bool same_infinity = isinf(want[i]) && !(got[i] < want[i]) && !(got[i] > want[i]);
        if (!is_close && !both_nan && !same_infinity) {
            fprintf(stderr, "%s[%zu] is %.17g, wanted %.17g\n", what, i, got[i], want[i]);
            return false;
        }
    }
    return true;
}
