/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256: a name for contents that nobody can give to two of them. */
#ifndef TAC_BASE_SHA256_H
#define TAC_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct tac_sha256 {
    uint32_t h[8];
    uint8_t block[64];
    uint64_t n; /* bytes so far */
} tac_sha256;

/** Begin, add bytes, end: 64 hexadecimal digits and a 0. */
void tac_sha256_begin(tac_sha256 *s);
void tac_sha256_add(tac_sha256 *s, const void *bytes, size_t n);
void tac_sha256_end(tac_sha256 *s, char hex_out[65]);

/** Add a text with its 0, so that two texts are not the same as one. */
void tac_sha256_text(tac_sha256 *s, const char *text);

#endif
