/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an Antimony text: read, checked, ordered, differentiated, emitted, and started by the interpreter. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    /* a text that begins with '<' is SBML and has its own target */
    return tac_sbml_is((const char *)data, n) ? 0 : fuzz_model("fuzz.ant", data, n);
}
