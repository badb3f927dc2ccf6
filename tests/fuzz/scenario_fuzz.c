/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a scenario: YAML, its words, times and quantities. */
#include "fuzz.h"
#include "scenario/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const tac_words *words = fuzz_words();
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *scenario = NULL;
    const tac_status st = ctx == NULL ? TAC_E_MEMORY
                                      : tac_scenario_from_text(ctx, words, "fuzz.yaml",
                                                               (const char *)data, n, &scenario);
    fuzz_expect(ctx, st, scenario != NULL);
    tac_scenario_free(scenario);
    tac_ctx_free(ctx);
    return 0;
}
