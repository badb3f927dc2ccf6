/* SPDX-License-Identifier: Apache-2.0 */
/* The glucocorticoid receptor block of Somvanshi 2020 alone (hours, ug/dL), exponent n = 1. */
#include "close.h"
#include "simulate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const RECEPTOR =
    "model receptor()\n"
    "  var F; var TNF; var Rm; var Rp; var Rc; var Rn; var Fp; var import_rate;\n"
    "  import_rate := 0.63*1000^2/(TNF^2 + 1000^2);\n"
    "  Rm' = 3.4*(1 - Rn^2/(25^2 + Rn^2)) - 0.1124*Rm;\n"
    "  Rp' = 1.2*Rm + 0.49*0.57*Rn - 0.00329*Fp*Rp - 0.0572*Rp;\n"
    "  Rc' = 0.00329*Fp*Rp - import_rate*Rc;\n"
    "  Rn' = import_rate*Rc - 0.57*Rn;\n"
    "  Fp' = (F - Fp)/0.1401;\n"
    "  F = 10; TNF = 1; Fp = 11.1; Rm = 20.1; Rp = 343; Rc = 24.9; Rn = 31.3;\n"
    "end\n";

/* Steady states of base-models, row A4. */
static void steady_states_are_those_of_the_published_block(void **state)
{
    (void)state;
    static const struct {
        double cortisol, tnf, mrna, protein, cytosol, nucleus;
    } ROWS[] = {{10.0, 1.0, 19.6, 318.0, 16.6, 18.4},
                {20.0, 1.0, 15.7, 208.0, 21.7, 24.0},
                {10.0, 400.0, 19.6, 318.0, 19.3, 18.4}};
    tac_test_sim *sim = sim_from_text(RECEPTOR);
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        sim_set(sim, "F", ROWS[i].cortisol);
        sim_set(sim, "TNF", ROWS[i].tnf);
        sim_to(sim, 800.0 * (double)(i + 1));
        assert_close(sim_value(sim, "Rm"), ROWS[i].mrna, 0.01, 0.0);
        assert_close(sim_value(sim, "Rp"), ROWS[i].protein, 0.01, 0.0);
        assert_close(sim_value(sim, "Rc"), ROWS[i].cytosol, 0.01, 0.0);
        assert_close(sim_value(sim, "Rn"), ROWS[i].nucleus, 0.01, 0.0);
    }
    sim_free(sim);
}

/* The TNF term slows the way into the nucleus; it does not lower the steady level. */
static void tnf_delays_the_nucleus_but_does_not_lower_it(void **state)
{
    (void)state;
    tac_test_sim *calm = sim_from_text(RECEPTOR);
    tac_test_sim *inflamed = sim_from_text(RECEPTOR);
    sim_to(calm, 800.0);
    sim_to(inflamed, 800.0);
    sim_set(inflamed, "TNF", 400.0);
    sim_set(calm, "F", 20.0);
    sim_set(inflamed, "F", 20.0);
    sim_to(calm, 801.0);
    sim_to(inflamed, 801.0);
    assert_true(sim_value(inflamed, "Rn") < sim_value(calm, "Rn"));
    sim_to(calm, 1600.0);
    sim_to(inflamed, 1600.0);
    assert_close(sim_value(inflamed, "Rn"), sim_value(calm, "Rn"), 1e-4, 0.0);
    sim_free(inflamed);
    sim_free(calm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steady_states_are_those_of_the_published_block),
        cmocka_unit_test(tnf_delays_the_nucleus_but_does_not_lower_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
