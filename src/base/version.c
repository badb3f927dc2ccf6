/* SPDX-License-Identifier: Apache-2.0 */
/* The version of the library. */
#include <tactus/base.h>

const char *tac_version(void)
{
    return "0.1.0";
}
