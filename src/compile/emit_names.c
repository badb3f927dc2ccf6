/* SPDX-License-Identifier: Apache-2.0 */
/* Names, comments, strings, numbers of emitted C: no text of a model reaches the compiler raw. */
#include "compile/emit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer names are cut; C compilers tell apart at least 63 characters. */
static const size_t MAX_NAME = 56;

static bool is_letter_or_digit(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

/*
 * Every name begins with its first module's or its own letters and carries an underscore in a place
 * where neither keywords nor <math.h> have one: "stress.crh" is stress__crh, "x" is x_.
 */
const char *tac_emit_name(const tac_emitter *m, const char *id)
{
    tac_buf name = TAC_BUF_INIT;
    const char *copy = NULL;
    uint32_t n = 0;
    tac_buf_text(&name, is_letter_or_digit(id[0]) && (id[0] < '0' || id[0] > '9') ? "" : "n");
    for (const char *ch = id; *ch != '\0' && name.n < MAX_NAME; ch++) {
        tac_buf_text(&name, *ch == '.' ? "_" : "");
        tac_buf_add(&name, is_letter_or_digit(*ch) ? ch : "_", 1);
    }
    tac_buf_text(&name, strchr(id, '.') == NULL ? "_" : "");
    const size_t n_plain = name.n;
    for (int k = 2; tac_map_get(m->taken, tac_buf_str(&name), name.n, &n) && !name.has_failed;
         k++) {
        name.n = n_plain;
        tac_buf_print(&name, "_%d", k);
    }
    if (!name.has_failed && tac_map_set(m->taken, name.text, name.n, 1)) {
        copy = tac_arena_text(m->arena, name.text, name.n);
    }
    tac_buf_free(&name);
    return copy;
}

void tac_emit_comment(tac_buf *c, const char *text)
{
    tac_buf_text(c, "/* ");
    for (char last = ' '; *text != '\0'; last = *text++) {
        const bool ends_or_opens = (last == '*' && *text == '/') || (last == '/' && *text == '*');
        const bool is_plain = *text >= ' ' && *text <= '~';
        tac_buf_text(c, ends_or_opens || (last == '?' && *text == '?') ? " " : "");
        tac_buf_add(c, is_plain ? text : "?", 1);
    }
    tac_buf_text(c, " */");
}

void tac_emit_string(tac_buf *c, const char *text)
{
    tac_buf_text(c, "\"");
    for (; *text != '\0'; text++) {
        const unsigned char ch = (unsigned char)*text;
        const bool is_plain = ch >= ' ' && ch <= '~' && ch != '"' && ch != '\\' && ch != '?';
        if (is_plain) {
            tac_buf_add(c, text, 1);
        } else {
            tac_buf_print(c, "\\%03o", ch);
        }
    }
    tac_buf_text(c, "\"");
}

void tac_emit_number(tac_buf *c, double value)
{
    char text[40];
    if (isnan(value)) {
        tac_buf_text(c, "(double)NAN");
        return;
    }
    if (isinf(value)) {
        tac_buf_text(c, value < 0.0 ? "-HUGE_VAL" : "HUGE_VAL");
        return;
    }
    if (!(floor(value) < value) && fabs(value) < 1e15) {
        tac_buf_print(c, "%.1f", value);
        return;
    }
    for (int n_digit = 1; n_digit <= 17; n_digit++) {
        snprintf(text, sizeof text, "%.*g", n_digit, value);
        const double back = strtod(text, NULL);
        if (!(back < value) && !(back > value)) {
            break;
        }
    }
    tac_buf_text(c, text);
}
