/* SPDX-License-Identifier: Apache-2.0 */
/* Influenza virus in the noses of volunteers (days, TCID50 per mL of wash): Kamal 2015 and Baccam 2006 alone. No immunity: the cells run out. */
#include "close.h"
#include "simulate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const KAMAL =
    "model kamal()\n"
    "  var T; var I; var V; var titre;\n"
    "  T' = -b*T*V;\n"
    "  I' = b*T*V - d*I;\n"
    "  V' = p*I - c*V;\n"
    "  titre := log10(V);\n"
    "  T = 4e8; I = 0; V = 10^0.25; b = 7.41e-4; p = 2.0e-4; c = 3.33; d = 2.49;\n"
    "end\n";

/* The mean volunteer, with an eclipse phase. */
static const char *const BACCAM =
    "model baccam()\n"
    "  var T; var I1; var I2; var V; var titre;\n"
    "  T' = -b*T*V;\n"
    "  I1' = b*T*V - k*I1;\n"
    "  I2' = k*I1 - d*I2;\n"
    "  V' = p*I2 - c*V;\n"
    "  titre := log10(V);\n"
    "  T = 4e8; I1 = 0; I2 = 0; V = 0.075; b = 3.2e-5; k = 4; d = 5.2; p = 0.046; c = 5.2;\n"
    "end\n";

/* Numbers of base-models, row E2: 3.74 log10 on day 2, top 3.87 at day 2.3, below 1 log10 by day 5.7. */
static void the_virus_of_kamal_rises_and_clears_as_published(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(KAMAL);
    sim_to(sim, 2.0);
    assert_close(sim_value(sim, "titre"), 3.74, 0.0, 0.02);
    sim_to(sim, 5.0);
    assert_close(sim_max(sim, "titre"), 3.87, 0.0, 0.02);
    assert_close(sim_time_of_max(sim, "titre"), 2.3, 0.0, 0.1);
    assert_true(sim_value(sim, "titre") > 1.0);
    sim_to(sim, 5.7);
    assert_close(sim_value(sim, "titre"), 1.0, 0.0, 0.1);
    sim_free(sim);
}

/* Numbers of base-models, row E2: 5.57 on day 2, 5.35 on day 3, top 5.89 at day 2.3. */
static void the_virus_of_baccam_has_its_published_course(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(BACCAM);
    sim_to(sim, 2.0);
    assert_close(sim_value(sim, "titre"), 5.57, 0.0, 0.02);
    sim_to(sim, 3.0);
    assert_close(sim_max(sim, "titre"), 5.89, 0.0, 0.02);
    assert_close(sim_time_of_max(sim, "titre"), 2.3, 0.0, 0.1);
    assert_close(sim_value(sim, "titre"), 5.35, 0.0, 0.02);
    sim_free(sim);
}

/* Only b p T0 shows in the virus: b is twice and p half, and the titre is the same but for its scale. */
static void infection_and_production_cannot_be_told_apart(void **state)
{
    (void)state;
    tac_test_sim *one = sim_from_text(KAMAL);
    tac_test_sim *other = sim_from_text(KAMAL);
    sim_set(other, "b", 2.0 * 7.41e-4);
    sim_set(other, "p", 0.5 * 2.0e-4);
    sim_set(other, "V", 0.5 * sim_value(one, "V"));
    sim_to(one, 3.0);
    sim_to(other, 3.0);
    assert_close(2.0 * sim_value(other, "V"), sim_value(one, "V"), 1e-5, 0.0);
    sim_free(other);
    sim_free(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_virus_of_kamal_rises_and_clears_as_published),
        cmocka_unit_test(the_virus_of_baccam_has_its_published_course),
        cmocka_unit_test(infection_and_production_cannot_be_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
