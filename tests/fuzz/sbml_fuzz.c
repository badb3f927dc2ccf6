/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an SBML document: through libSBML and everything behind it. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    return tac_sbml_is((const char *)data, n) ? fuzz_model("fuzz.xml", data, n) : 0;
}
