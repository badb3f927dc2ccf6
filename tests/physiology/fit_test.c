/* SPDX-License-Identifier: Apache-2.0 */
/* A fit gets back what the studies were made with, and says what they cannot tell. */
#include "ledger/fit.h"

#include "base/alloc.h"
#include "base/file.h"
#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char STUDY[] =
    "id: MADE\ntitle: Made up\ncitation: nobody\ndesign: within person\nquality: D\nfamily: MADE\nclaims: []\n"
    "people: {n: 40, sex: male, age: 30}\nclock: \"10:00\"\narms:\n"
    "  hands: {events: [{massage: stroking, region: back, from: 0 min, for: 20 min}]}\n"
    "  rest: {events: [{rest: true, posture: seated, from: 0 min, for: 20 min}]}\nfindings:\n"
    "  - {what: relaxation, of: hands, versus: rest, change: false, at: during, as: difference, value: 0.3, se: 0.02, "
    "read: word}\n"
    "  - {what: oxytocin, of: hands, versus: rest, at: end, as: percent, value: 10, se: 1, read: word}\n"
    "  - {what: other, of: hands, note: nobody knows}\n";

static const char *const FREE[] = {"stress.relax_ct", "stress.oxytocin_ct", "lymph.memory_gain"};

static void write_study(char *directory)
{
    char path[80];
    tac_ctx *ctx = tac_ctx_create();
    assert_non_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/MADE.yaml", directory);
    assert_int_equal(tac_file_write(ctx, path, STUDY, sizeof STUDY - 1), TAC_OK);
    tac_ctx_free(ctx);
}

static void remove_study(const char *directory)
{
    char path[80];
    snprintf(path, sizeof path, "%s/MADE.yaml", directory);
    unlink(path);
    rmdir(directory);
}

/* What is found at a known place, taken for what was published without any error, must lead back to that place. */
static void known_gains_are_found_again(void **state)
{
    (void)state;
    static const double TRUE_Z[TAC_VARIED_MAX] = {1.0, -0.8, 0.0};
    char directory[] = "/tmp/tactus-fit-XXXXXX";
    tac_ctx *ctx = tac_ctx_create();
    tac_body *body = NULL;
    tac_fitting f = {0};
    tac_fit_options options = TAC_FIT_OPTIONS_INIT;
    options.free = FREE;
    options.n_free = 3;
    options.n_repeat = 50;
    f.options = &options;
    f.directory = directory;

    write_study(directory);
    assert_int_equal(tac_body_open(ctx, &body), TAC_OK);
    assert_int_equal(tac_varied_create(ctx, body, 3, FREE, &f.varied), TAC_OK);
    assert_int_equal(tac_families_read(ctx, &f.families), TAC_OK);
    assert_int_equal(tac_assays_read(ctx, &f.assays), TAC_OK);
    assert_int_equal(tac_fit_screen(ctx, &f), TAC_OK);
    assert_true(f.has_effect[0] && f.has_effect[1]);
    assert_false(f.has_effect[2]); /* nothing depends on it */
    assert_int_equal(tac_fit_prepare(ctx, &f), TAC_OK);
    assert_int_equal(f.n_target, 3);
    assert_non_null(f.targets[2].reason);
    assert_int_equal(tac_fit_evaluate(ctx, &f, TRUE_Z), TAC_OK);
    for (size_t i = 0; i < 2; i++) {
        f.targets[i].value = f.targets[i].mid;
        f.targets[i].sampling2 = 1e-6;
        f.targets[i].model2 = 0.0;
        f.targets[i].unit = 0.0;
    }
    assert_int_equal(tac_fit_search(ctx, &f), TAC_OK);
    assert_close(f.found.z[0], TRUE_Z[0], 0.0, 0.05);
    assert_close(f.found.z[1], TRUE_Z[1], 0.0, 0.05);
    assert_close(f.found.z[2], 0.0, 0.0, 1e-9);
    assert_close(f.found.covariance[2][2], 1.0, 1e-9, 0.0);
    assert_true(f.found.covariance[0][0] < 0.01);

    tac_lives_free(&f.lives);
    tac_varied_free(&f.varied);
    tac_tsv_free(f.families);
    tac_tsv_free(f.assays);
    tac_free(f.targets);
    tac_body_free(body);
    tac_ctx_free(ctx);
    remove_study(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_gains_are_found_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
