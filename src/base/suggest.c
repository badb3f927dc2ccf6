/* SPDX-License-Identifier: Apache-2.0 */
/* Edit distance between a wrong word and the right ones. */
#include "base/suggest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define MAX_WORD   63
#define MAX_LISTED 24

static size_t smallest(size_t a, size_t b, size_t c)
{
    const size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

static bool is_same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/**
 * Insertions, deletions, exchanges and swaps of neighbours from one word to the other (optimal string alignment),
 * letters of either case alike; long words are far from all.
 */
static size_t distance(const char *a, const char *b)
{
    const size_t n_a = strlen(a);
    const size_t n_b = strlen(b);
    size_t rows[3][MAX_WORD + 1]; /* of the last three letters of a, turning round */
    if (n_a > MAX_WORD || n_b > MAX_WORD) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= n_b; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= n_a; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        const size_t *second = rows[(i + 1) % 3]; /* the row above that one */
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            row[j] = smallest(above[j] + 1, row[j - 1] + 1,
                              above[j - 1] + (is_same(a[i - 1], b[j - 1]) ? 0 : 1));
            if (i > 1 && j > 1 && is_same(a[i - 1], b[j - 2]) && is_same(a[i - 2], b[j - 1])) {
                row[j] = smallest(row[j], second[j - 2] + 1, SIZE_MAX);
            }
        }
    }
    return rows[n_a % 3][n_b];
}

const char *tac_suggest(const char *found, size_t n_word, const char *const *words)
{
    const char *best = NULL;
    size_t best_distance = strlen(found) < 6 ? 1 : strlen(found) / 3;
    for (size_t i = 0; i < n_word; i++) {
        const size_t d = distance(found, words[i]);
        if (d <= best_distance && (best == NULL || d < best_distance)) {
            best = words[i];
            best_distance = d;
        }
    }
    return best;
}

void tac_suggest_print(tac_buf *buf, const char *found, size_t n_word, const char *const *words)
{
    const char *near = tac_suggest(found, n_word, words);
    if (near != NULL) {
        tac_buf_print(buf, "did you mean '%s'? ", near);
    }
    tac_buf_text(buf, "allowed: ");
    for (size_t i = 0; i < n_word && i < MAX_LISTED; i++) {
        tac_buf_print(buf, "%s%s", i == 0 ? "" : ", ", words[i]);
    }
    if (n_word > MAX_LISTED) {
        tac_buf_print(buf, " ... (%zu in all)", n_word);
    }
}
