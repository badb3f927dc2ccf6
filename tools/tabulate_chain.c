/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs the chain of lymphangions over a grid of hands and prints what each adds to its flow:
 *
 *   build/tabulate_chain > models/chain-gain.tsv
 */
#include "base/fail.h"
#include "sim/chain.h"

#include <stdio.h>

static const double PEAKS_MMHG[] = {10.0, 30.0, 90.0};
static const double SPEEDS_MM_S[] = {30.0, 60.0};
static const double PERIODS_S[] = {4.0, 8.0, 16.0, 32.0};
static const double WIDTHS_MM[] = {10.0, 20.0, 40.0};

static tac_status tabulate(tac_ctx *ctx)
{
    tac_status st = TAC_OK;
    double alone = 0.0;

    TAC_TRY(tac_chain_flow(ctx, &(tac_chain_hand){0.0, 30.0, 8.0, 20.0}, &alone));
    puts("pressure_mmHg\tspeed_mm_s\tperiod_s\twidth_mm\textra_relative_to_intrinsic");
    printf("# models/lymphangion-chain.ant %s; tabulate_chain; intrinsic flow %.4g mm3/min\n",
           tac_chain_hash(), alone);
    for (size_t i = 0; i < 3 * 2 * 4 * 3; i++) {
        const tac_chain_hand hand = {.peak_mmHg = PEAKS_MMHG[i / 24],
                                     .speed_mm_s = SPEEDS_MM_S[i / 12 % 2],
                                     .stroke_period_s = PERIODS_S[i / 3 % 4],
                                     .width_mm = WIDTHS_MM[i % 3]};
        double flow = 0.0;
        TAC_TRY(tac_chain_flow(ctx, &hand, &flow));
        printf("%g\t%g\t%g\t%g\t%.5g\n", hand.peak_mmHg, hand.speed_mm_s, hand.stroke_period_s,
               hand.width_mm, (flow - alone) / alone);
    }
out:
    return st;
}

int main(void)
{
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        fputs("tabulate_chain: out of memory\n", stderr);
        return 1;
    }
    const tac_status st = tabulate(ctx);
    fputs(tac_ctx_message(ctx), stderr);
    tac_ctx_free(ctx);
    return st == TAC_OK ? 0 : 1;
}
