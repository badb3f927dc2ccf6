/* SPDX-License-Identifier: Apache-2.0 */
/* libSBML's checks, the slow ones on a document whose rules come and go in pieces; see sbml_check.h. */
#include "model/sbml_check.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "model/sbml_parts.h"

#include <limits.h>
#include <string.h>

static const unsigned MAX_RULES = 300;
enum { PIECE = 100 };

#define ALL ((1U << TAC_N_SBML_CATEGORY) - 1)

typedef struct checker {
    tac_ctx *ctx;
    const char *name;
    SBMLDocument_t *doc;
    Model_t *model;
    tac_sbml_findings findings;
    unsigned first_line; /* findings elsewhere do not count */
    unsigned last_line;
    unsigned n_seen; /* of the document's log */
    tac_status st;
    Rule_t **rules; /* [n_rule] taken out of the model */
    unsigned n_rule;
} checker;

static const SBMLErrorCategory_t CATEGORIES[] = {
#define CATEGORY(name, category, text) category,
    TAC_SBML_CATEGORY_LIST(CATEGORY)
#undef CATEGORY
};

const char *tac_sbml_category_text(tac_sbml_category category)
{
    static const char *const TEXTS[] = {
#define TEXT(name, category, text) text,
        TAC_SBML_CATEGORY_LIST(TEXT)
#undef TEXT
    };
    return TEXTS[category];
}

void tac_sbml_choose_checks(SBMLDocument_t *doc, unsigned categories)
{
    for (unsigned k = 0; k < TAC_N_SBML_CATEGORY; k++) {
        SBMLDocument_setConsistencyChecks(doc, CATEGORIES[k], (categories >> k & 1U) != 0 ? 1 : 0);
    }
    SBMLDocument_setConsistencyChecks(doc, LIBSBML_CAT_INTERNAL_CONSISTENCY, 0);
}

static size_t category_of(const XMLError_t *error)
{
    size_t k = 0;
    while (k < TAC_N_SBML_CATEGORY && XMLError_getCategory(error) != (unsigned)CATEGORIES[k]) {
        k++;
    }
    return k;
}

/** Count what is new in the document's log. */
static void take_findings(checker *c)
{
    for (unsigned i = c->n_seen; i < SBMLDocument_getNumErrors(c->doc); i++) {
        const XMLError_t *error = (const XMLError_t *)SBMLDocument_getError(c->doc, i);
        const size_t category = category_of(error);
        const unsigned line = XMLError_getLine(error);
        if (line < c->first_line || line > c->last_line) {
            continue; /* said with the first piece */
        }
        if (!XMLError_isError(error) && !XMLError_isFatal(error)) {
            c->findings.n_warning[category]++;
            continue;
        }
        const char *text = XMLError_getMessage(error);
        text = text == NULL ? "" : text + strspn(text, " \n");
        c->findings.n_error[category]++;
        c->st = tac_fail(c->ctx, TAC_E_SYNTAX, "%s:%u: %.*s", c->name, line,
                         (int)strcspn(text, "\n"), text);
    }
    c->n_seen = SBMLDocument_getNumErrors(c->doc);
}

static void check(checker *c, unsigned categories)
{
    tac_sbml_choose_checks(c->doc, categories);
    (void)SBMLDocument_checkConsistency(c->doc);
    take_findings(c);
}

static tac_status take_rules_out(checker *c)
{
    void *memory = NULL;
    const unsigned n = Model_getNumRules(c->model);
    const tac_status st = tac_alloc(c->ctx, n + 1, sizeof *c->rules, &memory);
    c->rules = memory;
    for (unsigned i = 0; st == TAC_OK && i < n; i++) {
        c->rules[i] = Model_removeRule(c->model, 0);
        c->n_rule += c->rules[i] != NULL ? 1 : 0;
    }
    return st;
}

/** The slow checks; what is no rule is seen with the first piece. */
static tac_status check_pieces(checker *c, unsigned categories)
{
    const tac_status st = take_rules_out(c);
    for (unsigned i = 0; st == TAC_OK && i < c->n_rule; i++) {
        (void)Model_addRule(c->model, c->rules[i]);
        if (i % PIECE == PIECE - 1 || i + 1 == c->n_rule) {
            check(c, categories);
            c->first_line = i + 1 == c->n_rule ? 0 : SBase_getLine((SBase_t *)c->rules[i + 1]);
            c->last_line = SBase_getLine((SBase_t *)c->rules[c->n_rule - 1]);
            while (Model_getNumRules(c->model) > 0) {
                Rule_free(Model_removeRule(c->model, 0));
            }
            while (Model_getNumEvents(c->model) > 0) {
                Event_free(Model_removeEvent(c->model, 0));
            }
        }
    }
    for (unsigned i = 0; i < c->n_rule; i++) {
        Rule_free(c->rules[i]);
    }
    tac_free(c->rules);
    return st;
}

tac_status tac_sbml_check(tac_ctx *ctx, const char *name, const tac_buf *xml, bool with_units,
                          tac_sbml_findings *findings_out)
{
    const unsigned wanted = with_units ? ALL : ALL & ~(1U << TAC_SBML_UNITS);
    const unsigned slow = 1U << TAC_SBML_GENERAL | 1U << TAC_SBML_UNITS;
    tac_status st = TAC_OK;
    checker c = {.ctx = ctx, .name = name, .last_line = UINT_MAX};
    tac_sbml_enter();
    c.doc = readSBMLFromString(xml->text);
    c.model = c.doc == NULL ? NULL : SBMLDocument_getModel(c.doc);
    if (c.model == NULL) {
        if (c.doc != NULL) {
            take_findings(&c);
        }
    } else if (Model_getNumRules(c.model) <= MAX_RULES) {
        check(&c, wanted);
    } else {
        check(&c, wanted & ~slow);
        st = check_pieces(&c, wanted & slow);
    }
    SBMLDocument_free(c.doc);
    tac_sbml_leave();
    if (findings_out != NULL) {
        *findings_out = c.findings;
    }
    st = st != TAC_OK ? st : c.st;
    return c.doc == NULL ? tac_fail(ctx, TAC_E_MEMORY, "out of memory") : st;
}
