/* SPDX-License-Identifier: Apache-2.0 */
/* Formulae at a few points; see fingerprint.h. */
#include "model/fingerprint.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

struct tac_prints {
    size_t n;
    double *values; /* [n_node][TAC_N_POINT] */
};

/** A number from 0.5 to 2 that a name has at a point, in every model. */
static double value_of_name(const char *name, int point)
{
    uint64_t h = 0xCBF29CE484222325ULL + (uint64_t)(unsigned)point * 0x9E3779B97F4A7C15ULL;
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++) {
        h = (h ^ *c) * 0x100000001B3ULL;
    }
    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9ULL;
    h ^= h >> 32;
    return 0.5 + 1.5 * (double)(h >> 11) / 9007199254740992.0;
}

static double sign_of(double x)
{
    return x < 0.0 ? -1.0 : 1.0;
}

/** Logarithms, roots and powers of what is below 0, and arcs beyond 1, go on without NaN. */
static double continued(tac_op op, double a)
{
    switch ((int)op) {
    case TAC_OP_LOG: return log(fabs(a)) + (a < 0.0 ? 0.5 : 0.0);
    case TAC_OP_LOG10: return log10(fabs(a)) + (a < 0.0 ? 0.5 : 0.0);
    case TAC_OP_SQRT: return sign_of(a) * sqrt(fabs(a));
    case TAC_OP_ASIN: return fabs(a) <= 1.0 ? asin(a) : 2.0 + asin(1.0 / a);
    case TAC_OP_ACOS: return fabs(a) <= 1.0 ? acos(a) : 2.0 + acos(1.0 / a);
    case TAC_OP_TANH: return a / sqrt(1.0 + a * a); /* odd, and never flat to the last digit */
    case TAC_OP_ABS: return sqrt(a * a + 0.1);      /* even, and smooth */
    case TAC_OP_FLOOR: return 0.7 * a + sin(3.1 * a);
    case TAC_OP_CEIL: return 0.8 * a + sin(2.3 * a);
    case TAC_OP_FACTORIAL: return 1.3 * a + sin(1.7 * a);
    case TAC_OP_RATE: return 1.1 * a + cos(5.1 * a);
    default: return tac_op_value(op, a, 0.0, 0.0);
    }
}

/** How much a < b holds, as a number; 1 less that is how much b <= a does, and a < b is not a <= b. */
static double less(double a, double b)
{
    return 0.45 + 0.3 * sin(2.7 * (b - a)) + 0.1 * (b - a) / (1.0 + fabs(b - a));
}

static double equal(double a, double b)
{
    return 1.0 / (1.0 + (a - b) * (a - b));
}

/** Sums of odd powers and their roots: like min and max they do not ask for the order. */
static double merged(double a, double b, double power)
{
    const double sum = sign_of(a) * pow(fabs(a), power) + sign_of(b) * pow(fabs(b), power);
    return sign_of(sum) * pow(fabs(sum), 1.0 / power);
}

static double value_of(const tac_node *node, const double *a, const double *b, const double *c)
{
    switch ((int)node->op) {
    case TAC_OP_POW: return *a < 0.0 && floor(*b) < *b ? -pow(-*a, *b) : pow(*a, *b);
    case TAC_OP_LT: return less(*a, *b);
    case TAC_OP_GT: return less(*b, *a);
    case TAC_OP_LE: return 1.0 - less(*b, *a);
    case TAC_OP_GE: return 1.0 - less(*a, *b);
    case TAC_OP_EQ: return equal(*a, *b);
    case TAC_OP_NE: return 1.0 - equal(*a, *b);
    case TAC_OP_AND: return *a * *b;
    case TAC_OP_OR: return *a + *b - *a * *b;
    case TAC_OP_NOT: return 1.0 - *a;
    case TAC_OP_SELECT: return *a * *b + (1.0 - *a) * *c;
    case TAC_OP_MIN: return merged(*a, *b, 3.0);
    case TAC_OP_MAX: return merged(*a, *b, 5.0);
    default: break;
    }
    return tac_op_n_arg(node->op) == 1 ? continued(node->op, *a)
                                       : tac_op_value(node->op, *a, *b, 0.0);
}

/* What symbols are called, and how their values are changed (NULL: not). */
typedef struct given {
    const char *const *names;
    const double *factor;
    const double *shift;
} given;

static double value_of_symbol(const given *g, uint32_t i, int point)
{
    const double value = value_of_name(g->names[i], point);
    return g->factor == NULL ? value : value * g->factor[i] + g->shift[i];
}

static void evaluate(const tac_prints *prints, const tac_model *model, const given *g, size_t e,
                     int point)
{
    static const double ZERO = 0.0;
    const tac_node *node = tac_graph_node(model->graph, (tac_expr)e);
    const double *args[3] = {&ZERO, &ZERO, &ZERO};
    for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
        args[k] = &prints->values[node->arg[k] * TAC_N_POINT + (size_t)point];
    }
    prints->values[e * TAC_N_POINT + (size_t)point] =
        node->op == TAC_OP_CONST    ? node->value
        : node->op == TAC_OP_SYMBOL ? value_of_symbol(g, node->symbol, point)
        : node->op == TAC_OP_TIME   ? value_of_name("time of the model", point)
                                    : value_of(node, args[0], args[1], args[2]);
}

tac_status tac_prints_make(tac_ctx *ctx, const tac_model *model, const char *const *names,
                           tac_prints **prints_out)
{
    return tac_prints_make_changed(ctx, model, names, NULL, NULL, prints_out);
}

tac_status tac_prints_make_changed(tac_ctx *ctx, const tac_model *model, const char *const *names,
                                   const double *factor, const double *shift,
                                   tac_prints **prints_out)
{
    const given g = {names, factor, shift};
    tac_status st = TAC_OK;
    void *memory = NULL;
    tac_prints *prints = NULL;
    *prints_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *prints, &memory));
    prints = memory;
    prints->n = tac_graph_n(model->graph);
    TAC_TRY(tac_alloc_doubles(ctx, prints->n * TAC_N_POINT, &prints->values));
    for (size_t e = 0; e < prints->n; e++) { /* children have smaller indices */
        for (int point = 0; point < TAC_N_POINT; point++) {
            evaluate(prints, model, &g, e, point);
        }
    }
    *prints_out = prints;
    prints = NULL;
out:
    tac_prints_free(prints);
    return st;
}

void tac_prints_free(tac_prints *prints)
{
    if (prints != NULL) {
        tac_free(prints->values);
        tac_free(prints);
    }
}

tac_fingerprint tac_print_of(const tac_prints *prints, tac_expr e)
{
    tac_fingerprint f = {{0}};
    if (e != TAC_EXPR_NONE) {
        memcpy(f.value, &prints->values[e * (size_t)TAC_N_POINT], sizeof f.value);
    }
    return f;
}

bool tac_fingerprint_same(const tac_fingerprint *a, const tac_fingerprint *b)
{
    for (int i = 0; i < TAC_N_POINT; i++) {
        const double x = a->value[i];
        const double y = b->value[i];
        const bool is_odd = !isfinite(x) || !isfinite(y);
        if (is_odd ? isfinite(x) != isfinite(y)
                   : fabs(x - y) > 1e-9 * (fabs(x) + fabs(y)) + 1e-14) {
            return false;
        }
    }
    return true;
}
