/* SPDX-License-Identifier: Apache-2.0 */
/* vCard and Dublin Core, as libSBML reads them; see sbml_history.h. */
#include "model/sbml_history.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

typedef enum field { NAME, GIVEN, FAMILY, ORGANIZATION, EMAIL, N_FIELD } field;

typedef struct creator {
    const char *texts[N_FIELD]; /* NULL: not said */
} creator;

void tac_xml_put(tac_buf *xml, const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        switch (*c) {
        case '&': tac_buf_text(xml, "&amp;"); break;
        case '<': tac_buf_text(xml, "&lt;"); break;
        case '>': tac_buf_text(xml, "&gt;"); break;
        case '"': tac_buf_text(xml, "&quot;"); break;
        default:
            if (*c >= ' ' || *c == '\t') {
                tac_buf_add(xml, (const char *)c, 1);
            }
        }
    }
}

/** Which field of a creator an annotation of the model is; N_FIELD: none. */
static field field_of(const tac_about *about)
{
    static const struct {
        const char *kind;
        field field;
    } KINDS[] = {{"creator", NAME},
                 {"creator.name", NAME},
                 {"creator.givenName", GIVEN},
                 {"creator.familyName", FAMILY},
                 {"creator.organization", ORGANIZATION},
                 {"creator.email", EMAIL}};
    for (size_t k = 0; about->id[0] == '\0' && k < sizeof KINDS / sizeof KINDS[0]; k++) {
        if (strcmp(about->kind, KINDS[k].kind) == 0) {
            return KINDS[k].field;
        }
    }
    return N_FIELD;
}

/** The next creator from annotation *k on; false where there is none. */
static bool next_creator(const tac_model *model, size_t *k, creator *out)
{
    bool has_any = false;
    *out = (creator){{NULL}};
    for (; *k < model->n_about; (*k)++) {
        const field f = field_of(&model->abouts[*k]);
        if (f == N_FIELD) {
            continue;
        }
        if (out->texts[f] != NULL || (has_any && strcmp(model->abouts[*k].kind, "creator") == 0)) {
            return true;
        }
        out->texts[f] = model->abouts[*k].text;
        has_any = true;
    }
    return has_any;
}

/** Put the date that is said, with its time and zone; false where it is none. */
static bool read_date(const char *text, char *date, size_t size)
{
    static const char FORM[] = "dddd-dd-ddTdd:dd:dd";
    size_t n = 0;
    while (FORM[n] != '\0'
           && (FORM[n] == 'd' ? isdigit((unsigned char)text[n]) != 0 : text[n] == FORM[n])) {
        n++;
    }
    const char *zone = text + n;
    const bool is_day = n == strlen("dddd-dd-dd") && *zone == '\0';
    const bool has_zone = (zone[0] == '+' || zone[0] == '-') && isdigit((unsigned char)zone[1])
                          && isdigit((unsigned char)zone[2]) && zone[3] == ':'
                          && isdigit((unsigned char)zone[4]) && isdigit((unsigned char)zone[5])
                          && zone[6] == '\0';
    const bool is_time = FORM[n] == '\0' && (*zone == '\0' || strcmp(zone, "Z") == 0 || has_zone);
    snprintf(date, size, "%.25s%s", text, is_day ? "T00:00:00Z" : *zone == '\0' ? "Z" : "");
    return is_day || is_time;
}

static bool is_date(const tac_about *about, const char *kind, char *date, size_t size)
{
    return about->id[0] == '\0' && strcmp(about->kind, kind) == 0
           && read_date(about->text, date, size);
}

bool tac_sbml_has_history(const tac_model *model)
{
    char date[64];
    bool has = false;
    for (size_t k = 0; k < model->n_about; k++) {
        has = has || field_of(&model->abouts[k]) != N_FIELD
              || is_date(&model->abouts[k], "created", date, sizeof date)
              || is_date(&model->abouts[k], "modified", date, sizeof date);
    }
    return has;
}

static void put_element(tac_buf *xml, const char *element, const char *text)
{
    if (text != NULL) {
        tac_buf_print(xml, "<%s>", element);
        tac_xml_put(xml, text);
        tac_buf_print(xml, "</%s>", element);
    }
}

static void put_creator(tac_buf *xml, const creator *c)
{
    tac_buf_text(xml, "<rdf:li rdf:parseType=\"Resource\">");
    if (c->texts[GIVEN] != NULL && c->texts[FAMILY] != NULL) {
        tac_buf_text(xml, "<vCard4:hasName rdf:parseType=\"Resource\">");
        put_element(xml, "vCard4:family-name", c->texts[FAMILY]);
        put_element(xml, "vCard4:given-name", c->texts[GIVEN]);
        tac_buf_text(xml, "</vCard4:hasName>");
    } else {
        static const field NAMES[] = {NAME, FAMILY, GIVEN, ORGANIZATION, EMAIL};
        size_t k = 0;
        while (c->texts[NAMES[k]] == NULL) { /* some field there is */
            k++;
        }
        tac_buf_text(xml, "<vCard4:fn rdf:parseType=\"Resource\">");
        put_element(xml, "vCard4:text", c->texts[NAMES[k]]);
        tac_buf_text(xml, "</vCard4:fn>");
    }
    put_element(xml, "vCard4:hasEmail", c->texts[EMAIL]);
    put_element(xml, "vCard4:organization-name", c->texts[ORGANIZATION]);
    tac_buf_text(xml, "</rdf:li>");
}

static void put_dates(tac_buf *xml, const tac_model *model, const char *kind)
{
    char date[64];
    for (size_t k = 0; k < model->n_about; k++) {
        if (is_date(&model->abouts[k], kind, date, sizeof date)) {
            tac_buf_print(xml, "<dcterms:%s rdf:parseType=\"Resource\">", kind);
            put_element(xml, "dcterms:W3CDTF", date);
            tac_buf_print(xml, "</dcterms:%s>", kind);
        }
    }
}

void tac_sbml_put_history(tac_buf *xml, const tac_model *model)
{
    size_t k = 0;
    creator c;
    for (bool is_first = true; next_creator(model, &k, &c); is_first = false) {
        tac_buf_text(xml, is_first ? "<dcterms:creator><rdf:Bag>" : "");
        put_creator(xml, &c);
        if (k == model->n_about) {
            tac_buf_text(xml, "</rdf:Bag></dcterms:creator>");
        }
    }
    put_dates(xml, model, "created");
    put_dates(xml, model, "modified");
}
