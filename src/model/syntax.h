/* SPDX-License-Identifier: Apache-2.0 */
/* What a file of Antimony says, before modules are joined: a tree whose parts know where they stand. */
#ifndef TAC_MODEL_SYNTAX_H
#define TAC_MODEL_SYNTAX_H

#include "base/arena.h"
#include "base/source.h"
#include "model/about.h"
#include "model/expr.h"
#include "model/units.h"

#include <stdbool.h>

/* ---- tokens ---- */

typedef enum tac_token_kind {
    TAC_TOKEN_END,
    TAC_TOKEN_NAME, /* letters, digits, _ and dots between */
    TAC_TOKEN_NUMBER,
    TAC_TOKEN_TEXT, /* "...", or ```...``` over several lines */
    TAC_TOKEN_SIGN  /* operators and punctuation */
} tac_token_kind;

typedef struct tac_token {
    tac_token_kind kind;
    tac_span span;
    bool is_line_start; /* first token of its line */
    double number;
} tac_token;

/** A comment; its text without the marks. */
typedef struct tac_comment {
    tac_span span;
    bool is_alone; /* nothing but it on its line */
} tac_comment;

typedef struct tac_tokens {
    tac_token *items; /* [n], the last one is END */
    size_t n;
    tac_comment *comments; /* [n_comment] ascending */
    size_t n_comment;
} tac_tokens;

/** Cut a text into tokens; free with tac_tokens_free(). Errors: TAC_E_SYNTAX with place, TAC_E_MEMORY. */
TAC_MUST_CHECK tac_status tac_tokens_read(tac_ctx *ctx, const tac_source *source,
                                          tac_tokens *tokens_out);
void tac_tokens_free(tac_tokens *tokens);

/* ---- expressions ---- */

/** A unit that is not a name in the text, as in SBML. */
typedef struct tac_given_unit {
    tac_unit unit;
    const char *text; /* for people, "nmol/L"; "" when it has no words */
} tac_given_unit;

/* Arguments of a function, built in or defined by a text. */
#define TAC_MAX_ARGS 64

typedef enum tac_syntax_kind {
    TAC_SYNTAX_NUMBER, /* with a unit when unit.n > 0 or given_unit is there */
    TAC_SYNTAX_NAME,
    TAC_SYNTAX_OPERATION, /* op with its arguments */
    TAC_SYNTAX_CALL       /* of a function that the text defines */
} tac_syntax_kind;

typedef struct tac_syntax tac_syntax;

struct tac_syntax {
    tac_syntax_kind kind;
    tac_op op;
    tac_span span; /* from its first to its last character */
    double number;
    tac_span unit;
    const tac_given_unit
        *given_unit;   /* NUMBER: a unit that the text says in other words, or NULL */
    const char *name;  /* NAME, CALL */
    bool is_plain;     /* NAME that means a symbol even if it reads like what is built in: time */
    tac_syntax **args; /* [n_arg] */
    size_t n_arg;
    int height; /* of the tree below, 1 for a leaf */
};

/* ---- statements ---- */

typedef enum tac_statement_kind {
    TAC_STATEMENT_DECLARE,     /* var x has u */
    TAC_STATEMENT_INITIAL,     /* x = value */
    TAC_STATEMENT_RULE,        /* x := value */
    TAC_STATEMENT_RATE,        /* x' = value */
    TAC_STATEMENT_INSTANCE,    /* x: Model(args) */
    TAC_STATEMENT_IS,          /* x is y */
    TAC_STATEMENT_REACTION,    /* x: A + 2 B -> C; value */
    TAC_STATEMENT_EVENT,       /* x: at (trigger): a = value, ... */
    TAC_STATEMENT_ALGEBRAIC,   /* 0 = value */
    TAC_STATEMENT_INTERACTION, /* x: A -| J */
    TAC_STATEMENT_DELETE,      /* delete a.x */
    TAC_STATEMENT_ABOUT        /* x is "words"; x.sboTerm = 236; x identity "http://..." */
} tac_statement_kind;

/* const and var as said; not said is decided by use. */
typedef enum tac_constness {
    TAC_CONSTNESS_BY_USE,
    TAC_CONSTNESS_CONST,
    TAC_CONSTNESS_VAR
} tac_constness;

/** A species on one side of a reaction. */
typedef struct tac_participant {
    const char *name;
    tac_span span;
    tac_syntax *amount; /* how many of it; NULL: one */
    bool is_product;
    bool is_boundary; /* $name: the reaction does not change it */
} tac_participant;

/** name = value, when an event happens. */
typedef struct tac_event_change {
    const char *name;
    tac_span span;
    tac_syntax *value;
} tac_event_change;

/** What an event says behind its name. */
typedef struct tac_event_syntax {
    tac_syntax *trigger;
    tac_syntax *delay;    /* NULL: at once */
    tac_syntax *priority; /* NULL: none said */
    bool is_persistent;   /* happens even when its trigger is false again after the delay */
    bool was_true;        /* the trigger counts as true before time 0 (SBML: initialValue) */
    bool is_late;         /* values are computed after the delay, not at the trigger */
    tac_event_change *changes;
    size_t n_change;
} tac_event_syntax;

/** What an instance of a model says behind the model's name. */
typedef struct tac_instance_syntax {
    const char **args;    /* [n_arg] names bound to ports; NULL where a number is */
    tac_syntax **numbers; /* [n_arg] */
    tac_span *spans;      /* [n_arg] */
    size_t n_arg;
    tac_syntax *time_factor;   /* its unit of time in ours (timeconv), or NULL */
    tac_syntax *extent_factor; /* its unit of what reacts in ours (extentconv), or NULL */
} tac_instance_syntax;

typedef struct tac_statement tac_statement;

struct tac_statement {
    tac_statement_kind kind;
    tac_span span;  /* of the name on the left */
    tac_span whole; /* from its first to its last character, without the end sign */
    const char *name;
    tac_constness constness;
    bool is_compartment;
    bool is_species;
    bool is_amount;    /* a species whose name means its amount, not its concentration */
    bool is_boundary;  /* a species that reactions do not change */
    const char *place; /* compartment of a species, a reaction or an instance, or NULL */
    tac_span place_span;
    tac_span unit;                    /* n = 0: none said */
    const tac_given_unit *given_unit; /* one that the text says in other words, or NULL */
    const char *note;                 /* the comment at a declaration, or "" */
    tac_syntax *value; /* INITIAL, RULE, RATE: NULL takes away what an inner model says; ALGEBRAIC;
                          the rate of a REACTION, or NULL */
    tac_participant *participants; /* REACTION, INTERACTION: [n_participant] */
    size_t n_participant;
    bool is_reversible;      /* REACTION: -> and not => */
    tac_influence influence; /* INTERACTION */
    tac_event_syntax *event; /* EVENT */
    const char *other; /* INSTANCE: the model; IS: the right-hand name; INTERACTION: the reaction;
                                 ABOUT: the kind of word, "name", "sboTerm", "notes" or a qualifier */
    tac_span other_span;
    const char *text;              /* ABOUT: the word */
    tac_instance_syntax *instance; /* INSTANCE */
    const char *factor;            /* IS: name * factor is other, or NULL */
    tac_span factor_span;
    tac_statement *next;
};

typedef struct tac_function {
    const char *name;
    tac_span span;
    const char **args;
    size_t n_arg;
    tac_syntax *body;
    uint32_t source;
    struct tac_function *next;
} tac_function;

typedef struct tac_module {
    const char *name;
    tac_span span;
    bool is_main; /* model *name */
    const char **ports;
    size_t n_port;
    tac_statement *first;
    tac_statement **end; /* where the next statement goes */
    size_t n_nameless;   /* reactions, events and instances without a name so far */
    uint32_t source;
    struct tac_module *next;
} tac_module;

/* Files that import each other in a row. */
#define TAC_MAX_IMPORTS 20

/** All files read so far: definitions of every file, in the order in which they were read. */
typedef struct tac_library {
    tac_arena *arena;
    tac_unit_table *units;
    tac_source *sources; /* [n_source] names and texts in the arena */
    size_t n_source;
    uint32_t open[TAC_MAX_IMPORTS]; /* files that are being read, the importing ones first */
    int depth;                      /* number of them */
    tac_module *modules;            /* newest first */
    tac_function *functions;
    tac_function
        *built_in; /* those that Tactus writes in Antimony itself; NULL until one is asked for */
    size_t n_module;
    size_t n_function;
    bool is_too_large;  /* reading stops */
    bool has_sbml;      /* a file was SBML */
    double sbml_time_s; /* its unit of time in seconds, 0: not said */
} tac_library;

/** Start an empty library; arena and units are borrowed. */
void tac_library_init(tac_library *library, tac_arena *arena, tac_unit_table *units);
void tac_library_clear(tac_library *library);

/** Read a file, or a text when text is not NULL, and all that it imports. */
TAC_MUST_CHECK tac_status tac_library_read(tac_ctx *ctx, tac_library *library, const char *path,
                                           const char *text, size_t n);

/** Parse one source that stands in the library (its index); imports are read on the way. */
TAC_MUST_CHECK tac_status tac_parse_source(tac_ctx *ctx, tac_library *library, uint32_t source);

/** The path of a file that is named beside another one; new in the arena, NULL when memory is short. */
const char *tac_path_beside(tac_arena *arena, const char *from, const char *name);

/** True when two paths are the same once "." and "folder/.." are taken out. */
bool tac_path_same(const char *a, const char *b);

const tac_module *tac_library_module(const tac_library *library, const char *name);

/** A function of the files read, else a built-in one that has been asked for; NULL when there is none. */
const tac_function *tac_library_function(const tac_library *library, const char *name);

/** The same; reads the built-in ones when none of the files has it. *function_out is NULL when there is none. */
TAC_MUST_CHECK tac_status tac_library_find_function(tac_ctx *ctx, tac_library *library,
                                                    const char *name,
                                                    const tac_function **function_out);

#endif
