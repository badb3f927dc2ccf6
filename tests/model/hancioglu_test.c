/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Influenza with interferon, killer cells, plasma cells and antibody, Hancioglu 2007 (days, shares of the epithelium) alone. The public file has a slip: a
 * global aE 0.4 and a local 0.1 that wins. Both are run; our infection keeps the structure and takes its rates from volunteers.
 */
#include "close.h"
#include "simulate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const INFLUENZA =
    "model influenza()\n"
    "  var V; var H; var I; var M; var F; var R; var E; var P; var A; var S; var D;\n"
    "  D := 1 - H - R - I;\n"
    "  V' = 510*I - 619.2*S*A*V - 1.02*H*V - 1.7*V - 100*V/(1 + 23000*V);\n"
    "  H' = 4*D*(H + R) + R - 0.34*V*H - 0.01*F*H;\n"
    "  I' = 0.34*V*H - 0.066*E*I - 1.5*I;\n"
    "  M' = (D + 0.0037*V)*(1 - M) - M;\n"
    "  F' = 250000*M + 2000*I - 17*H*F - 8*F;\n"
    "  R' = 0.01*F*H - R;\n"
    "  E' = 8.3*M*E - 2.72*I*E + aE*(1 - E);\n"
    "  P' = 11.5*M*P + 0.4*(1 - P);\n"
    "  A' = 0.043*P - 146.25*S*A*V - 0.043*A;\n"
    "  S' = 3e-5*P*(1 - S);\n"
    "  V = 0.01; H = 1; I = 0; M = 0; F = 0; R = 0; E = 1; P = 1; A = 1; S = 0.1; aE = 0.4;\n"
    "end\n";

/* Numbers of base-models, row E1, with either reading of aE. */
static void both_readings_of_the_public_file_give_their_known_course(void **state)
{
    (void)state;
    static const struct {
        double loss, day10, day15;
    } ROWS[] = {{0.4, 97.0, 17.0}, {0.1, 270.0, 202.0}};
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        tac_test_sim *sim = sim_from_text(INFLUENZA);
        sim_set(sim, "aE", ROWS[i].loss);
        sim_to(sim, 10.0);
        assert_close(sim_max(sim, "V"), 95.0, 0.05, 0.0);
        assert_close(sim_time_of_max(sim, "V"), 6.0, 0.0, 0.5);
        assert_close(sim_min(sim, "H"), 0.007, 0.0, 0.0005);
        assert_close(sim_value(sim, "E"), ROWS[i].day10, 0.05, 0.0);
        sim_to(sim, 15.0);
        assert_close(sim_value(sim, "E"), ROWS[i].day15, 0.05, 0.0);
        sim_free(sim);
    }
}

/* The state without virus is a rest: cells, antibody and interferon stay where they are. */
static void without_virus_only_the_fit_of_antibody_moves(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(INFLUENZA);
    sim_set(sim, "V", 0.0);
    sim_to(sim, 365.0);
    assert_close(sim_value(sim, "H"), 1.0, 1e-9, 0.0);
    assert_close(sim_value(sim, "E"), 1.0, 1e-9, 0.0);
    assert_close(sim_value(sim, "A"), 1.0, 1e-9, 0.0);
    assert_close(sim_value(sim, "F"), 0.0, 0.0, 1e-9);
    sim_free(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_readings_of_the_public_file_give_their_known_course),
        cmocka_unit_test(without_virus_only_the_fit_of_antibody_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
