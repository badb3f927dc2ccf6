/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the body's parts and the texts that stand for several of them. */
#include "scenario/part.h"

#include <string.h>

static const char *const NAMES[TAC_N_PART] = {"head",    "trunk",   "arm_l",  "arm_r",
                                              "thigh_l", "thigh_r", "calf_l", "calf_r"};

const char *tac_part_name(size_t part)
{
    return NAMES[part];
}

const char *tac_part_title(size_t part)
{
    static const char *const TITLES[TAC_N_PART] = {"head",           "trunk",
                                                   "left arm",       "right arm",
                                                   "left thigh",     "right thigh",
                                                   "left lower leg", "right lower leg"};
    return TITLES[part];
}

size_t tac_part_mirror(size_t part)
{
    return part < 2 ? part : part ^ 1U; /* limbs stand in pairs, left first */
}

/** True when the part's name is the group, or the group and a side. */
static bool is_of_group(const char *name, const char *group, size_t n)
{
    return strncmp(name, group, n) == 0 && (name[n] == '\0' || name[n] == '_');
}

unsigned tac_part_group(const char *group, size_t n)
{
    unsigned parts = 0;
    const bool is_all = (n == 1 && group[0] == 'r') || (n == 4 && strncmp(group, "body", n) == 0);
    const bool is_leg = n == 3 && strncmp(group, "leg", n) == 0;
    for (size_t k = 0; n > 0 && k < TAC_N_PART; k++) {
        const bool is_in =
            is_all || is_of_group(NAMES[k], group, n)
            || (is_leg && (is_of_group(NAMES[k], "thigh", 5) || is_of_group(NAMES[k], "calf", 4)));
        parts |= is_in ? 1U << k : 0U;
    }
    return parts;
}

unsigned tac_part_on_side(unsigned parts, char side)
{
    for (size_t k = 2; k < TAC_N_PART; k++) {
        const char *name = NAMES[k];
        if (name[strlen(name) - 1] != side) {
            parts &= ~(1U << k);
        }
    }
    return parts;
}

bool tac_template_is(const char *text)
{
    return strchr(text, '{') != NULL;
}

unsigned tac_template_parts(const char *text)
{
    const char *open = strchr(text, '{');
    const char *close = open == NULL ? NULL : strchr(open, '}');
    return close == NULL ? 0 : tac_part_group(open + 1, (size_t)(close - open - 1));
}

const char *tac_template_fill(tac_arena *arena, const char *text, size_t part)
{
    const char *open = strchr(text, '{');
    const char *close = open == NULL ? NULL : strchr(open, '}');
    if (close == NULL) {
        return text;
    }
    const size_t n_before = (size_t)(open - text);
    const size_t n_name = strlen(NAMES[part]);
    const size_t n_after = strlen(close + 1);
    char *filled = tac_arena_alloc(arena, n_before + n_name + n_after + 1);
    if (filled != NULL) {
        memcpy(filled, text, n_before);
        memcpy(filled + n_before, NAMES[part], n_name);
        memcpy(filled + n_before + n_name, close + 1, n_after + 1);
    }
    return filled;
}
