/* SPDX-License-Identifier: Apache-2.0 */
/* The only door to libmd. */
#include "base/sha256.h"

#include <string.h>

void tac_sha256_begin(tac_sha256 *s)
{
    SHA256Init(&s->context);
}

void tac_sha256_add(tac_sha256 *s, const void *bytes, size_t n)
{
    SHA256Update(&s->context, bytes, n);
}

void tac_sha256_end(tac_sha256 *s, char hex_out[65])
{
    (void)SHA256End(&s->context, hex_out);
}

void tac_sha256_text(tac_sha256 *s, const char *text)
{
    tac_sha256_add(s, text, strlen(text) + 1);
}
