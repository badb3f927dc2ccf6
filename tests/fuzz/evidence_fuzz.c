/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a published study: YAML, its arms, findings and times. */
#include "fuzz.h"
#include "scenario/evidence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const tac_words *words = fuzz_words();
    tac_ctx *ctx = tac_ctx_create();
    tac_study *study = NULL;
    const tac_status st =
        ctx == NULL ? TAC_E_MEMORY
                    : tac_study_from_text(ctx, words, "fuzz.yaml", (const char *)data, n, &study);
    fuzz_expect(ctx, st, study != NULL);
    tac_study_free(study);
    tac_ctx_free(ctx);
    return 0;
}
