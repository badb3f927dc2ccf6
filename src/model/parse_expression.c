/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions of Antimony, by precedence climbing: || && comparison + - * / unary ^ (from the right). */
#include "base/fail.h"
#include "model/parser.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *text;
    tac_op op;
    int level;
} BINARY[] = {{"||", TAC_OP_OR, 1},   {"or", TAC_OP_OR, 1}, {"&&", TAC_OP_AND, 2},
              {"and", TAC_OP_AND, 2}, {"==", TAC_OP_EQ, 3}, {"!=", TAC_OP_NE, 3},
              {"<=", TAC_OP_LE, 3},   {">=", TAC_OP_GE, 3}, {"<", TAC_OP_LT, 3},
              {">", TAC_OP_GT, 3},    {"+", TAC_OP_ADD, 4}, {"-", TAC_OP_SUB, 4},
              {"*", TAC_OP_MUL, 5},   {"/", TAC_OP_DIV, 5}};

static const int LEVEL_UNARY = 6;

/* Functions of the language and what they are in the graph. */
static const struct {
    const char *name;
    tac_op op;
} FUNCTIONS[] = {{"exp", TAC_OP_EXP},      {"ln", TAC_OP_LOG},
                 {"log", TAC_OP_LOG},      {"log10", TAC_OP_LOG10},
                 {"sqrt", TAC_OP_SQRT},    {"abs", TAC_OP_ABS},
                 {"floor", TAC_OP_FLOOR},  {"ceil", TAC_OP_CEIL},
                 {"sin", TAC_OP_SIN},      {"cos", TAC_OP_COS},
                 {"tan", TAC_OP_TAN},      {"asin", TAC_OP_ASIN},
                 {"acos", TAC_OP_ACOS},    {"atan", TAC_OP_ATAN},
                 {"arcsin", TAC_OP_ASIN},  {"arccos", TAC_OP_ACOS},
                 {"arctan", TAC_OP_ATAN},  {"sinh", TAC_OP_SINH},
                 {"cosh", TAC_OP_COSH},    {"tanh", TAC_OP_TANH},
                 {"min", TAC_OP_MIN},      {"max", TAC_OP_MAX},
                 {"pow", TAC_OP_POW},      {"not", TAC_OP_NOT},
                 {"rateOf", TAC_OP_RATE},  {"factorial", TAC_OP_FACTORIAL},
                 {"ceiling", TAC_OP_CEIL}, {"root", TAC_OP_SQRT},
                 {"power", TAC_OP_POW},    {"plus", TAC_OP_ADD},
                 {"minus", TAC_OP_SUB},    {"times", TAC_OP_MUL},
                 {"divide", TAC_OP_DIV},   {"and", TAC_OP_AND},
                 {"or", TAC_OP_OR},        {"eq", TAC_OP_EQ},
                 {"neq", TAC_OP_NE},       {"lt", TAC_OP_LT},
                 {"leq", TAC_OP_LE},       {"gt", TAC_OP_GT},
                 {"geq", TAC_OP_GE}};

static tac_status parse_binary(tac_parser *p, int lowest, tac_syntax **out);

static tac_status new_syntax(tac_parser *p, tac_syntax_kind kind, tac_span span, size_t n_arg,
                             tac_syntax **out)
{
    tac_syntax *s = tac_arena_alloc(p->library->arena, sizeof *s);
    if (s != NULL && n_arg > 0) {
        s->args = tac_arena_alloc(p->library->arena, n_arg * sizeof(tac_syntax *));
    }
    if (s == NULL || (n_arg > 0 && s->args == NULL)) {
        return tac_fail(p->ctx, TAC_E_MEMORY, "out of memory");
    }
    s->kind = kind;
    s->span = span;
    s->n_arg = n_arg;
    s->height = 1;
    *out = s;
    return TAC_OK;
}

/** Set the height of a finished node; a tree too high for later walks is refused. */
static tac_status measure(const tac_parser *p, tac_syntax *s)
{
    s->height = 1;
    for (size_t i = 0; i < s->n_arg; i++) {
        s->height = s->args[i]->height >= s->height ? s->args[i]->height + 1 : s->height;
    }
    if (s->height > TAC_MAX_HEIGHT) {
        return tac_fail_at(p->ctx, TAC_E_SYNTAX, p->source, s->span,
                           "an expression of more than %d operations inside each other; give parts "
                           "of it names",
                           TAC_MAX_HEIGHT);
    }
    return TAC_OK;
}

static tac_span join(tac_span a, tac_span b)
{
    return (tac_span){a.offset, b.offset + b.n - a.offset};
}

static tac_status new_operation(tac_parser *p, tac_op op, tac_syntax *a, tac_syntax *b,
                                tac_span span, tac_syntax **out)
{
    const tac_status st = new_syntax(p, TAC_SYNTAX_OPERATION, span, b == NULL ? 1 : 2, out);
    if (st == TAC_OK) {
        (*out)->op = op;
        (*out)->args[0] = a;
        if (b != NULL) {
            (*out)->args[1] = b;
        }
        return measure(p, *out);
    }
    return st;
}

/** A number; a name right behind it on the same line is its unit, as Antimony has it. */
static tac_status parse_number(tac_parser *p, tac_syntax **out)
{
    const tac_token *number = tac_parser_now(p);
    const tac_status st = new_syntax(p, TAC_SYNTAX_NUMBER, number->span, 0, out);
    if (st != TAC_OK) {
        return st;
    }
    (*out)->number = number->number;
    p->i++;
    const tac_token *unit = tac_parser_now(p);
    if (unit->kind == TAC_TOKEN_NAME && !unit->is_line_start && !tac_parser_is(p, unit, "has")
        && !tac_parser_is(p, unit, "after") && !tac_parser_is(p, unit, "in")
        && !tac_parser_is(p, unit, "and") && !tac_parser_is(p, unit, "or")) {
        (*out)->unit = unit->span;
        p->i++;
    }
    return TAC_OK;
}

/** Arguments in brackets; the cursor stands on '('. */
static tac_status parse_arguments(tac_parser *p, tac_syntax **args, size_t *n_out,
                                  tac_span *end_out)
{
    size_t n = 0;
    p->i++;
    if (!tac_parser_is(p, tac_parser_now(p), ")")) {
        do {
            if (n == TAC_MAX_ARGS) {
                return tac_parser_fail(p, "more than 64 arguments");
            }
            const tac_status st = parse_binary(p, 1, &args[n++]);
            if (st != TAC_OK) {
                return st;
            }
        } while (tac_parser_take(p, ","));
    }
    *end_out = tac_parser_now(p)->span;
    *n_out = n;
    return tac_parser_take(p, ")") ? TAC_OK : tac_parser_fail(p, "')' or ',' is wanted here");
}

/** piecewise(value, condition, value, condition ..., otherwise) as nested selections. */
static tac_status fold_piecewise(tac_parser *p, tac_syntax **args, size_t n, tac_span span,
                                 tac_syntax **out)
{
    if (n < 3 || n % 2 == 0) {
        return tac_fail_at(
            p->ctx, TAC_E_SYNTAX, p->source, span,
            "piecewise takes (value, condition, otherwise), with more pairs of value "
            "and condition before the last");
    }
    tac_syntax *rest = args[n - 1];
    for (size_t i = n - 1; i >= 2; i -= 2) {
        tac_syntax *select = NULL;
        const tac_status st = new_syntax(p, TAC_SYNTAX_OPERATION, span, 3, &select);
        if (st != TAC_OK) {
            return st;
        }
        select->op = TAC_OP_SELECT;
        select->args[0] = args[i - 1];
        select->args[1] = args[i - 2];
        select->args[2] = rest;
        if (measure(p, select) != TAC_OK) {
            return TAC_E_SYNTAX;
        }
        rest = select;
    }
    *out = rest;
    return TAC_OK;
}

/** A built-in function of more arguments than its operation is folded from the left: min(a, b, c). */
static tac_status fold_function(tac_parser *p, tac_op op, tac_syntax **args, size_t n,
                                tac_span span, tac_syntax **out)
{
    const uint32_t wanted = tac_op_n_arg(op);
    const bool is_open = op == TAC_OP_MIN || op == TAC_OP_MAX || op == TAC_OP_ADD
                         || op == TAC_OP_MUL || op == TAC_OP_AND || op == TAC_OP_OR;
    if (op == TAC_OP_SUB && n == 1) {
        return new_operation(p, TAC_OP_NEG, args[0], NULL, span, out);
    }
    if (n != wanted && !(is_open && n > 2)) {
        return tac_fail_at(p->ctx, TAC_E_SYNTAX, p->source, span,
                           "'%s' takes %u argument%s, here are %zu", tac_op_text(op), wanted,
                           wanted == 1 ? "" : "s", n);
    }
    tac_status st = new_operation(p, op, args[0], n > 1 ? args[1] : NULL, span, out);
    for (size_t i = 2; st == TAC_OK && i < n; i++) {
        st = new_operation(p, op, *out, args[i], span, out);
    }
    return st;
}

static tac_status parse_call(tac_parser *p, tac_syntax **out)
{
    tac_syntax *args[TAC_MAX_ARGS];
    size_t n = 0;
    tac_span end = {0, 0};
    const tac_span name = tac_parser_now(p)->span;
    const tac_token name_token = *tac_parser_now(p);

    p->i++;
    tac_status st = parse_arguments(p, args, &n, &end);
    if (st != TAC_OK) {
        return st;
    }
    const tac_span span = join(name, end);
    if (tac_parser_is(p, &name_token, "piecewise")) {
        return fold_piecewise(p, args, n, span, out);
    }
    const bool is_with_base =
        n == 2 && (tac_parser_is(p, &name_token, "log") || tac_parser_is(p, &name_token, "root"));
    for (size_t k = 0; !is_with_base && k < sizeof FUNCTIONS / sizeof FUNCTIONS[0]; k++) {
        if (tac_parser_is(p, &name_token, FUNCTIONS[k].name)) {
            return fold_function(p, FUNCTIONS[k].op, args, n, span, out);
        }
    }
    st = new_syntax(p, TAC_SYNTAX_CALL, span, n, out);
    if (st == TAC_OK) {
        if (n > 0) {
            memcpy((*out)->args, args, n * sizeof args[0]);
        }
        (*out)->name = tac_parser_text(p, name);
        st = (*out)->name == NULL ? tac_fail(p->ctx, TAC_E_MEMORY, "out of memory")
                                  : measure(p, *out);
    }
    return st;
}

/* Names that are numbers in Antimony. */
static const struct {
    const char *name;
    double value;
} CONSTANTS[] = {{"pi", 3.14159265358979323846},
                 {"exponentiale", 2.71828182845904523536},
                 {"avogadro", 6.02214179e23}, /* as SBML Level 3 fixes it */
                 {"infinity", (double)INFINITY},
                 {"notanumber", (double)NAN},
                 {"true", 1.0},
                 {"false", 0.0}};

static tac_status parse_name(tac_parser *p, tac_syntax **out)
{
    const tac_token *name = tac_parser_now(p);
    for (size_t k = 0; k < sizeof CONSTANTS / sizeof CONSTANTS[0]; k++) {
        if (tac_parser_is(p, name, CONSTANTS[k].name)) {
            const tac_status made = new_syntax(p, TAC_SYNTAX_NUMBER, name->span, 0, out);
            if (made == TAC_OK) {
                (*out)->number = CONSTANTS[k].value;
                p->i++;
            }
            return made;
        }
    }
    if (tac_parser_is(p, tac_parser_next(p), "(") && !tac_parser_next(p)->is_line_start) {
        return parse_call(p, out);
    }
    const tac_status st = new_syntax(p, TAC_SYNTAX_NAME, name->span, 0, out);
    if (st != TAC_OK) {
        return st;
    }
    (*out)->name = tac_parser_text(p, name->span);
    p->i++;
    return (*out)->name == NULL ? tac_fail(p->ctx, TAC_E_MEMORY, "out of memory") : TAC_OK;
}

static tac_status parse_bracket(tac_parser *p, tac_syntax **out)
{
    const tac_span begin = tac_parser_now(p)->span;
    p->i++;
    const tac_status st = parse_binary(p, 1, out);
    if (st != TAC_OK) {
        return st;
    }
    if (!tac_parser_is(p, tac_parser_now(p), ")")) {
        return tac_parser_fail(p, "')' is wanted here");
    }
    (*out)->span = join(begin, tac_parser_now(p)->span);
    p->i++;
    return TAC_OK;
}

static tac_status parse_atom(tac_parser *p, tac_syntax **out)
{
    const tac_token *now = tac_parser_now(p);
    if (now->kind == TAC_TOKEN_NUMBER) {
        return parse_number(p, out);
    }
    if (now->kind == TAC_TOKEN_NAME) {
        return parse_name(p, out);
    }
    if (tac_parser_is(p, now, "(")) {
        return parse_bracket(p, out);
    }
    if (tac_parser_is(p, now, "--") || tac_parser_is(p, now, "++")) {
        return tac_parser_fail(
            p, "two signs in a row are one token in Antimony; put brackets: a - (-b)");
    }
    return tac_parser_fail(p, "a number, a name or '(' is wanted here");
}

/** Signs and '!' before a power, which binds more strongly: -x^2 is -(x^2). */
static tac_status parse_unary(tac_parser *p, tac_syntax **out)
{
    const tac_token sign = *tac_parser_now(p);
    tac_syntax *arg = NULL;
    tac_status st = TAC_OK;
    if (tac_parser_take(p, "+")) {
        return parse_binary(p, LEVEL_UNARY, out);
    }
    const bool is_word = tac_parser_is(p, &sign, "not")
                         && !tac_parser_is(p, tac_parser_next(p), "(")
                         && tac_parser_next(p)->kind != TAC_TOKEN_SIGN;
    p->i += is_word ? 1 : 0;
    if (is_word || tac_parser_take(p, "-") || tac_parser_take(p, "!")) {
        st = parse_binary(p, LEVEL_UNARY, &arg);
        const tac_op op = tac_parser_is(p, &sign, "-") ? TAC_OP_NEG : TAC_OP_NOT;
        return st != TAC_OK ? st : new_operation(p, op, arg, NULL, join(sign.span, arg->span), out);
    }
    st = parse_atom(p, out);
    if (st == TAC_OK && tac_parser_take(p, "^")) {
        tac_syntax *power = NULL;
        st = parse_binary(p, LEVEL_UNARY, &power);
        return st != TAC_OK ? st
                            : new_operation(p, TAC_OP_POW, *out, power,
                                            join((*out)->span, power->span), out);
    }
    return st;
}

/** The row of BINARY for the present token, or NULL. */
static size_t binary_row(const tac_parser *p)
{
    const tac_token *now = tac_parser_now(p);
    const size_t n = sizeof BINARY / sizeof BINARY[0];
    size_t k = 0;
    while (k < n && !tac_parser_is(p, now, BINARY[k].text)) {
        k++;
    }
    return now->kind == TAC_TOKEN_NAME && now->is_line_start ? n : k; /* and, or: a name there */
}

static tac_status climb(tac_parser *p, int lowest, tac_syntax **out)
{
    tac_status st = parse_unary(p, out);
    if (lowest >= LEVEL_UNARY) {
        return st;
    }
    while (st == TAC_OK) {
        const size_t k = binary_row(p);
        if (k == sizeof BINARY / sizeof BINARY[0]) {
            if (tac_parser_is(p, tac_parser_now(p), "--")
                || tac_parser_is(p, tac_parser_now(p), "++")) {
                return tac_parser_fail(
                    p, "two signs in a row are one token in Antimony; put brackets: a - (-b)");
            }
            break;
        }
        if (BINARY[k].level < lowest) {
            break;
        }
        tac_syntax *right = NULL;
        p->i++;
        st = parse_binary(p, BINARY[k].level + 1, &right);
        if (st == TAC_OK) {
            st = new_operation(p, BINARY[k].op, *out, right, join((*out)->span, right->span), out);
        }
    }
    return st;
}

static tac_status parse_binary(tac_parser *p, int lowest, tac_syntax **out)
{
    if (p->nesting >= TAC_MAX_NESTING) {
        return tac_parser_fail(p, "brackets are nested deeper than 200 levels");
    }
    p->nesting++;
    const tac_status st = climb(p, lowest, out);
    p->nesting--;
    return st;
}

tac_status tac_parse_expression(tac_parser *p, tac_syntax **syntax_out)
{
    return parse_binary(p, 1, syntax_out);
}
