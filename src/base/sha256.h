/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256: a name for contents that nobody can give to two of them. */
#ifndef TAC_BASE_SHA256_H
#define TAC_BASE_SHA256_H

#include <sha2.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct tac_sha256 {
    SHA2_CTX context;
} tac_sha256;

/** Begin, add bytes, end: 64 hexadecimal digits and a 0. */
void tac_sha256_begin(tac_sha256 *s);
void tac_sha256_add(tac_sha256 *s, const void *bytes, size_t n);
void tac_sha256_end(tac_sha256 *s, char hex_out[65]);

/** Add a text with its 0, so that two texts are not the same as one. */
void tac_sha256_text(tac_sha256 *s, const char *text);

#endif
