/* SPDX-License-Identifier: Apache-2.0 */
/* MathML of SBML as formulae of Antimony; what Antimony has no word for is written out with what it has. */
#include "base/fail.h"
#include "model/parser.h"
#include "model/print.h"
#include "model/sbml_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One sum of more terms than this is halved again and again, so that it does not become too high. */
static const size_t MAX_ROW = 64;

/* 1/mol as SBML L3 fixes it, CODATA of 2006. */
static const double AVOGADRO = 6.02214179e23;

/* Operations with one argument that both sides know. */
static const struct {
    ASTNodeType_t type;
    tac_op op;
} UNARY[] = {{AST_FUNCTION_ABS, TAC_OP_ABS},      {AST_FUNCTION_EXP, TAC_OP_EXP},
             {AST_FUNCTION_LN, TAC_OP_LOG},       {AST_FUNCTION_FLOOR, TAC_OP_FLOOR},
             {AST_FUNCTION_CEILING, TAC_OP_CEIL}, {AST_FUNCTION_FACTORIAL, TAC_OP_FACTORIAL},
             {AST_FUNCTION_SIN, TAC_OP_SIN},      {AST_FUNCTION_COS, TAC_OP_COS},
             {AST_FUNCTION_TAN, TAC_OP_TAN},      {AST_FUNCTION_ARCSIN, TAC_OP_ASIN},
             {AST_FUNCTION_ARCCOS, TAC_OP_ACOS},  {AST_FUNCTION_ARCTAN, TAC_OP_ATAN},
             {AST_FUNCTION_SINH, TAC_OP_SINH},    {AST_FUNCTION_COSH, TAC_OP_COSH},
             {AST_FUNCTION_TANH, TAC_OP_TANH},    {AST_LOGICAL_NOT, TAC_OP_NOT},
             {AST_FUNCTION_RATE_OF, TAC_OP_RATE}};

/* Functions that are the operation applied to 1/x, or 1 over it. */
static const struct {
    ASTNodeType_t type;
    ASTNodeType_t other;
    bool is_inside; /* f(1/x), else 1/f(x) */
} RECIPROCAL[] = {{AST_FUNCTION_SEC, AST_FUNCTION_COS, false},
                  {AST_FUNCTION_CSC, AST_FUNCTION_SIN, false},
                  {AST_FUNCTION_COT, AST_FUNCTION_TAN, false},
                  {AST_FUNCTION_SECH, AST_FUNCTION_COSH, false},
                  {AST_FUNCTION_CSCH, AST_FUNCTION_SINH, false},
                  {AST_FUNCTION_COTH, AST_FUNCTION_TANH, false},
                  {AST_FUNCTION_ARCSEC, AST_FUNCTION_ARCCOS, true},
                  {AST_FUNCTION_ARCCSC, AST_FUNCTION_ARCSIN, true},
                  {AST_FUNCTION_ARCCOT, AST_FUNCTION_ARCTAN, true},
                  {AST_FUNCTION_ARCSECH, AST_FUNCTION_ARCCOSH, true},
                  {AST_FUNCTION_ARCCSCH, AST_FUNCTION_ARCSINH, true},
                  {AST_FUNCTION_ARCCOTH, AST_FUNCTION_ARCTANH, true}};

/* Operations on a row of arguments. */
static const struct {
    ASTNodeType_t type;
    tac_op op;
    double nothing; /* value without arguments */
    bool is_truth;  /* one argument alone becomes 0 or 1 */
} ROWS[] = {{AST_PLUS, TAC_OP_ADD, 0.0, false},
            {AST_TIMES, TAC_OP_MUL, 1.0, false},
            {AST_FUNCTION_MIN, TAC_OP_MIN, (double)INFINITY, false},
            {AST_FUNCTION_MAX, TAC_OP_MAX, -(double)INFINITY, false},
            {AST_LOGICAL_AND, TAC_OP_AND, 1.0, true},
            {AST_LOGICAL_OR, TAC_OP_OR, 0.0, true},
            {AST_LOGICAL_XOR, TAC_OP_NE, 0.0, true}};

static const struct {
    ASTNodeType_t type;
    tac_op op;
} RELATIONS[] = {{AST_RELATIONAL_EQ, TAC_OP_EQ}, {AST_RELATIONAL_NEQ, TAC_OP_NE},
                 {AST_RELATIONAL_LT, TAC_OP_LT}, {AST_RELATIONAL_LEQ, TAC_OP_LE},
                 {AST_RELATIONAL_GT, TAC_OP_GT}, {AST_RELATIONAL_GEQ, TAC_OP_GE}};

static tac_status new_node(const tac_sbml_reader *r, tac_syntax_kind kind, size_t n_arg,
                           tac_syntax **out)
{
    tac_syntax *s = tac_arena_alloc(r->library->arena, sizeof *s);
    if (s != NULL && n_arg > 0) {
        s->args = tac_arena_alloc(r->library->arena, n_arg * sizeof(tac_syntax *));
    }
    if (s == NULL || (n_arg > 0 && s->args == NULL)) {
        return tac_sbml_no_memory(r);
    }
    s->kind = kind;
    s->span = r->span;
    s->n_arg = n_arg;
    s->height = 1;
    *out = s;
    return TAC_OK;
}

/** Heights of the arguments are known; a tree too high for later walks is refused. */
static tac_status finish(const tac_sbml_reader *r, tac_syntax *s)
{
    for (size_t i = 0; i < s->n_arg; i++) {
        s->height = s->args[i]->height >= s->height ? s->args[i]->height + 1 : s->height;
    }
    return s->height <= TAC_MAX_HEIGHT
               ? TAC_OK
               : tac_sbml_fail(r, "a formula of more than %d operations inside each other",
                               TAC_MAX_HEIGHT);
}

tac_status tac_sbml_number(const tac_sbml_reader *r, double value, tac_syntax **out)
{
    const tac_status st = new_node(r, TAC_SYNTAX_NUMBER, 0, out);
    if (st == TAC_OK) {
        (*out)->number = value;
    }
    return st;
}

tac_status tac_sbml_name(const tac_sbml_reader *r, const char *name, tac_syntax **out)
{
    const tac_status st = new_node(r, TAC_SYNTAX_NAME, 0, out);
    if (st != TAC_OK) {
        return st;
    }
    (*out)->is_plain = true;
    (*out)->name = tac_sbml_text(r, name);
    return (*out)->name == NULL ? tac_sbml_no_memory(r) : TAC_OK;
}

tac_status tac_sbml_apply(const tac_sbml_reader *r, tac_op op, tac_syntax *a, tac_syntax *b,
                          tac_syntax *c, tac_syntax **out)
{
    tac_syntax *const args[] = {a, b, c};
    const size_t n = c != NULL ? 3 : b != NULL ? 2 : a != NULL ? 1 : 0;
    const tac_status st = new_node(r, TAC_SYNTAX_OPERATION, n, out);
    if (st != TAC_OK) {
        return st;
    }
    (*out)->op = op;
    for (size_t i = 0; i < n; i++) {
        (*out)->args[i] = args[i];
    }
    return finish(r, *out);
}

static tac_status child(tac_sbml_reader *r, const ASTNode_t *node, unsigned i, tac_syntax **out)
{
    const ASTNode_t *one = ASTNode_getChild(node, i);
    return one == NULL ? tac_sbml_fail(r, "an operation of a formula has %u arguments, too few", i)
                       : tac_sbml_math(r, one, out);
}

/** 0 or 1 of a value. */
static tac_status truth_of(const tac_sbml_reader *r, tac_syntax *value, tac_syntax **out)
{
    tac_syntax *zero = NULL;
    const tac_status st = tac_sbml_number(r, 0.0, &zero);
    return st != TAC_OK ? st : tac_sbml_apply(r, TAC_OP_NE, value, zero, NULL, out);
}

/** a op b op c ... of a list of n >= 1 arguments. */
static tac_status row_of(tac_sbml_reader *r, size_t k, const ASTNode_t *const *list, size_t n,
                         tac_syntax **out)
{
    tac_syntax *left = NULL;
    tac_syntax *right = NULL;
    tac_status st = TAC_OK;
    const size_t n_left = n > MAX_ROW ? n / 2 : n - 1;
    if (n == 1) {
        return tac_sbml_math(r, list[0], out);
    }
    TAC_TRY(row_of(r, k, list, n_left, &left));
    TAC_TRY(row_of(r, k, list + n_left, n - n_left, &right));
    TAC_TRY(tac_sbml_apply(r, ROWS[k].op, left, right, NULL, out));
out:
    return st;
}

/** All arguments of a row; libSBML nests long ones to the left: ((a + b) + c) + d. */
static tac_status operation_of_row(tac_sbml_reader *r, const ASTNode_t *node, size_t k,
                                   tac_syntax **out)
{
    const ASTNodeType_t type = ROWS[k].type;
    const bool is_truth = ROWS[k].is_truth && ASTNode_getNumChildren(node) == 1;
    size_t n = 0;
    const ASTNode_t *first = node;
    while (ASTNode_getType(first) == type && ASTNode_getNumChildren(first) > 0) {
        n += ASTNode_getNumChildren(first) - 1;
        first = ASTNode_getChild(first, 0);
    }
    if (ASTNode_getNumChildren(node) == 0) {
        return tac_sbml_number(r, ROWS[k].nothing, out);
    }
    const ASTNode_t **list = tac_arena_alloc(r->library->arena, (n + 1) * sizeof *list);
    if (list == NULL) {
        return tac_sbml_no_memory(r);
    }
    size_t i = n;
    for (const ASTNode_t *at = node; at != first; at = ASTNode_getChild(at, 0)) {
        for (unsigned c = ASTNode_getNumChildren(at); c-- > 1;) {
            list[i--] = ASTNode_getChild(at, c);
        }
    }
    list[0] = first;
    const tac_status st = row_of(r, k, list, n + 1, out);
    return st == TAC_OK && is_truth ? truth_of(r, *out, out) : st;
}

/** a < b < c means a < b and b < c. */
static tac_status relation_of(tac_sbml_reader *r, const ASTNode_t *node, tac_op op,
                              tac_syntax **out)
{
    tac_syntax *left = NULL;
    tac_syntax *right = NULL;
    tac_syntax *both = NULL;
    tac_status st = TAC_OK;
    if (ASTNode_getNumChildren(node) < 2) {
        return tac_sbml_number(r, 1.0, out);
    }
    TAC_TRY(child(r, node, 0, &left));
    for (unsigned i = 1; i < ASTNode_getNumChildren(node); i++) {
        tac_syntax *one = NULL;
        TAC_TRY(child(r, node, i, &right));
        TAC_TRY(tac_sbml_apply(r, op, left, right, NULL, &one));
        if (both != NULL) {
            TAC_TRY(tac_sbml_apply(r, TAC_OP_AND, both, one, NULL, &one));
        }
        both = one;
        left = right;
    }
    *out = both;
out:
    return st;
}

/** (value, condition)*, value otherwise; NaN where nothing holds and no other value is given. */
static tac_status piecewise_of(tac_sbml_reader *r, const ASTNode_t *node, tac_syntax **out)
{
    const unsigned n = ASTNode_getNumChildren(node);
    tac_syntax *rest = NULL;
    tac_status st = TAC_OK;
    if (n % 2 == 1) {
        TAC_TRY(child(r, node, n - 1, &rest));
    } else {
        TAC_TRY(tac_sbml_number(r, (double)NAN, &rest));
    }
    for (unsigned i = n / 2; i-- > 0;) {
        tac_syntax *value = NULL;
        tac_syntax *condition = NULL;
        TAC_TRY(child(r, node, 2 * i, &value));
        TAC_TRY(child(r, node, 2 * i + 1, &condition));
        TAC_TRY(tac_sbml_apply(r, TAC_OP_SELECT, condition, value, rest, &rest));
    }
    *out = rest;
out:
    return st;
}

/** a/b without its fraction, towards 0. */
static tac_status quotient_of(tac_sbml_reader *r, tac_syntax *a, tac_syntax *b, tac_syntax **out)
{
    tac_syntax *ratio = NULL;
    tac_syntax *zero = NULL;
    tac_syntax *up = NULL;
    tac_syntax *down = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(tac_sbml_apply(r, TAC_OP_DIV, a, b, NULL, &ratio));
    TAC_TRY(tac_sbml_number(r, 0.0, &zero));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_FLOOR, ratio, NULL, NULL, &down));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_CEIL, ratio, NULL, NULL, &up));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_GE, ratio, zero, NULL, &zero));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_SELECT, zero, down, up, out));
out:
    return st;
}

/** Two arguments, written out where the graph has no such operation. */
static tac_status binary_of(tac_sbml_reader *r, const ASTNode_t *node, tac_syntax **out)
{
    tac_syntax *a = NULL;
    tac_syntax *b = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(child(r, node, 0, &a));
    TAC_TRY(child(r, node, 1, &b));
    switch ((int)ASTNode_getType(node)) {
    case AST_MINUS: st = tac_sbml_apply(r, TAC_OP_SUB, a, b, NULL, out); break;
    case AST_DIVIDE: st = tac_sbml_apply(r, TAC_OP_DIV, a, b, NULL, out); break;
    case AST_POWER:
    case AST_FUNCTION_POWER: st = tac_sbml_apply(r, TAC_OP_POW, a, b, NULL, out); break;
    case AST_FUNCTION_QUOTIENT: st = quotient_of(r, a, b, out); break;
    case AST_FUNCTION_REM: /* a - b quotient(a, b) */
        TAC_TRY(quotient_of(r, a, b, out));
        TAC_TRY(tac_sbml_apply(r, TAC_OP_MUL, b, *out, NULL, out));
        st = tac_sbml_apply(r, TAC_OP_SUB, a, *out, NULL, out);
        break;
    case AST_LOGICAL_IMPLIES: /* not a, or b */
        TAC_TRY(tac_sbml_apply(r, TAC_OP_NOT, a, NULL, NULL, &a));
        st = tac_sbml_apply(r, TAC_OP_OR, a, b, NULL, out);
        break;
    case AST_FUNCTION_LOG: /* a is the base */
        if (a->kind == TAC_SYNTAX_NUMBER && fabs(a->number - 10.0) <= 0.0) {
            st = tac_sbml_apply(r, TAC_OP_LOG10, b, NULL, NULL, out);
            break;
        }
        TAC_TRY(tac_sbml_apply(r, TAC_OP_LOG, a, NULL, NULL, &a));
        TAC_TRY(tac_sbml_apply(r, TAC_OP_LOG, b, NULL, NULL, &b));
        st = tac_sbml_apply(r, TAC_OP_DIV, b, a, NULL, out);
        break;
    case AST_FUNCTION_ROOT: /* a is the degree */
        if (a->kind == TAC_SYNTAX_NUMBER && fabs(a->number - 2.0) <= 0.0) {
            st = tac_sbml_apply(r, TAC_OP_SQRT, b, NULL, NULL, out);
            break;
        }
        TAC_TRY(tac_sbml_number(r, 1.0, out));
        TAC_TRY(tac_sbml_apply(r, TAC_OP_DIV, *out, a, NULL, out));
        st = tac_sbml_apply(r, TAC_OP_POW, b, *out, NULL, out);
        break;
    default: TAC_BUG("an operation with two arguments that is none");
    }
out:
    return st;
}

/** ln(x + sqrt(x^2 + s)), s = 1 for arcsinh, -1 for arccosh; for x < 0 arcsinh is odd. */
static tac_status arc_of(tac_sbml_reader *r, double s, tac_syntax *x, tac_syntax **out)
{
    tac_syntax *one = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(tac_sbml_number(r, s, &one));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_MUL, x, x, NULL, out));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_ADD, *out, one, NULL, out));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_SQRT, *out, NULL, NULL, out));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_ADD, x, *out, NULL, out));
    st = tac_sbml_apply(r, TAC_OP_LOG, *out, NULL, NULL, out);
out:
    return st;
}

/** arcsinh without the loss of digits below 0. */
static tac_status arcsinh_of(tac_sbml_reader *r, tac_syntax *x, tac_syntax **out)
{
    tac_syntax *zero = NULL;
    tac_syntax *size = NULL;
    tac_syntax *minus = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(tac_sbml_number(r, 0.0, &zero));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_ABS, x, NULL, NULL, &size));
    TAC_TRY(arc_of(r, 1.0, size, &size));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_NEG, size, NULL, NULL, &minus));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_LT, x, zero, NULL, &zero));
    st = tac_sbml_apply(r, TAC_OP_SELECT, zero, minus, size, out);
out:
    return st;
}

/** 1/2 ln((1 + x)/(1 - x)) */
static tac_status arctanh_of(tac_sbml_reader *r, tac_syntax *x, tac_syntax **out)
{
    tac_syntax *one = NULL;
    tac_syntax *above = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(tac_sbml_number(r, 1.0, &one));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_ADD, one, x, NULL, &above));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_SUB, one, x, NULL, out));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_DIV, above, *out, NULL, out));
    TAC_TRY(tac_sbml_apply(r, TAC_OP_LOG, *out, NULL, NULL, out));
    TAC_TRY(tac_sbml_number(r, 0.5, &one));
    st = tac_sbml_apply(r, TAC_OP_MUL, one, *out, NULL, out);
out:
    return st;
}

/** A function of one argument that is converted already. */
static tac_status unary_of(tac_sbml_reader *r, int type, tac_syntax *x, tac_syntax **out)
{
    for (size_t k = 0; k < sizeof UNARY / sizeof UNARY[0]; k++) {
        if (type == (int)UNARY[k].type) {
            return tac_sbml_apply(r, UNARY[k].op, x, NULL, NULL, out);
        }
    }
    for (size_t k = 0; k < sizeof RECIPROCAL / sizeof RECIPROCAL[0]; k++) {
        tac_syntax *one = NULL;
        tac_status st = TAC_OK;
        if (type != (int)RECIPROCAL[k].type) {
            continue;
        }
        TAC_TRY(tac_sbml_number(r, 1.0, &one));
        if (RECIPROCAL[k].is_inside) {
            TAC_TRY(tac_sbml_apply(r, TAC_OP_DIV, one, x, NULL, &x));
            st = unary_of(r, (int)RECIPROCAL[k].other, x, out);
        } else {
            TAC_TRY(unary_of(r, (int)RECIPROCAL[k].other, x, &x));
            st = tac_sbml_apply(r, TAC_OP_DIV, one, x, NULL, out);
        }
out:
        return st;
    }
    switch (type) {
    case AST_MINUS: return tac_sbml_apply(r, TAC_OP_NEG, x, NULL, NULL, out);
    case AST_FUNCTION_ROOT: return tac_sbml_apply(r, TAC_OP_SQRT, x, NULL, NULL, out);
    case AST_FUNCTION_LOG: return tac_sbml_apply(r, TAC_OP_LOG10, x, NULL, NULL, out);
    case AST_FUNCTION_ARCSINH: return arcsinh_of(r, x, out);
    case AST_FUNCTION_ARCCOSH: return arc_of(r, -1.0, x, out);
    case AST_FUNCTION_ARCTANH: return arctanh_of(r, x, out);
    default: return tac_sbml_fail(r, "an operation of a formula has 1 argument, too few");
    }
}

static bool is_local(const tac_sbml_reader *r, const char *name)
{
    return r->law != NULL
           && (KineticLaw_getParameterById(r->law, name) != NULL
               || KineticLaw_getLocalParameterById(r->law, name) != NULL);
}

/** A name: a local parameter of the reaction, an argument, or something of the model. */
static tac_status name_of(tac_sbml_reader *r, const char *name, tac_syntax **out)
{
    if (!is_local(r, name)) {
        return tac_sbml_name(r, name, out);
    }
    tac_buf id = TAC_BUF_INIT;
    tac_buf_print(&id, "%s.%s", r->reaction, name);
    const tac_status st = tac_sbml_name(r, tac_buf_str(&id), out);
    tac_buf_free(&id);
    return st;
}

static tac_status call_of(tac_sbml_reader *r, const ASTNode_t *node, tac_syntax **out)
{
    const unsigned n = ASTNode_getNumChildren(node);
    tac_status st = TAC_OK;
    if (n > TAC_MAX_ARGS) {
        return tac_sbml_fail(r, "a function with more than %d arguments", TAC_MAX_ARGS);
    }
    TAC_TRY(new_node(r, TAC_SYNTAX_CALL, n, out));
    (*out)->name = tac_sbml_text(r, ASTNode_getName(node));
    if ((*out)->name == NULL) {
        st = tac_sbml_no_memory(r);
        goto out;
    }
    for (unsigned i = 0; i < n; i++) {
        TAC_TRY(child(r, node, i, &(*out)->args[i]));
    }
    st = finish(r, *out);
out:
    return st;
}

/** Mantissa and exponent are read together as one decimal number: their product would lose its last digit. */
static double value_of(const ASTNode_t *number)
{
    if (ASTNode_getType(number) == AST_REAL_E) {
        tac_buf text = TAC_BUF_INIT;
        tac_number_print(&text, ASTNode_getMantissa(number));
        tac_buf_print(&text, "e%ld", ASTNode_getExponent(number));
        const double value =
            strpbrk(tac_buf_str(&text), "iE") == NULL && !text.has_failed
                    && strchr(tac_buf_str(&text), 'e') == strrchr(tac_buf_str(&text), 'e')
                ? strtod(tac_buf_str(&text), NULL)
                : ASTNode_getReal(number);
        tac_buf_free(&text);
        return value;
    }
    return ASTNode_getType(number) == AST_INTEGER ? (double)ASTNode_getInteger(number)
                                                  : ASTNode_getReal(number);
}

/** Numbers, names and constants. */
static tac_status leaf_of(tac_sbml_reader *r, const ASTNode_t *node, tac_syntax **out)
{
    tac_unit unit = TAC_UNIT_ONE;
    if (ASTNode_isNumber(node) && ASTNode_isSetUnits(node)) {
        char *id = ASTNode_getUnits(node);
        const bool is_known = tac_sbml_unit(r, id, &unit);
        tac_status st = tac_sbml_number(r, value_of(node), out);
        st = st != TAC_OK ? st : tac_sbml_keep_unit(r, is_known, unit, id, &(*out)->given_unit);
        util_free(id);
        return st;
    }
    switch ((int)ASTNode_getType(node)) {
    case AST_INTEGER:
    case AST_REAL:
    case AST_REAL_E:
    case AST_RATIONAL: return tac_sbml_number(r, value_of(node), out);
    case AST_NAME: return name_of(r, ASTNode_getName(node), out);
    case AST_NAME_TIME: return tac_sbml_apply(r, TAC_OP_TIME, NULL, NULL, NULL, out);
    case AST_NAME_AVOGADRO: return tac_sbml_number(r, AVOGADRO, out);
    case AST_CONSTANT_E: return tac_sbml_number(r, exp(1.0), out);
    case AST_CONSTANT_PI: return tac_sbml_number(r, acos(-1.0), out);
    case AST_CONSTANT_TRUE: return tac_sbml_number(r, 1.0, out);
    case AST_CONSTANT_FALSE: return tac_sbml_number(r, 0.0, out);
    case AST_FUNCTION_DELAY:
        return tac_sbml_fail(r, "not supported: delay(), a value of earlier times");
    default:
        return tac_sbml_fail(r, "not supported: '%s' in a formula",
                             ASTNode_getName(node) != NULL ? ASTNode_getName(node) : "?");
    }
}

static bool is_unary(int type)
{
    static const int OTHERS[] = {AST_FUNCTION_ARCSINH, AST_FUNCTION_ARCCOSH, AST_FUNCTION_ARCTANH};
    bool is = false;
    for (size_t k = 0; k < sizeof UNARY / sizeof UNARY[0]; k++) {
        is = is || type == (int)UNARY[k].type;
    }
    for (size_t k = 0; k < sizeof RECIPROCAL / sizeof RECIPROCAL[0]; k++) {
        is = is || type == (int)RECIPROCAL[k].type;
    }
    for (size_t k = 0; k < sizeof OTHERS / sizeof OTHERS[0]; k++) {
        is = is || type == OTHERS[k];
    }
    return is;
}

static bool is_binary(int type)
{
    static const int TYPES[] = {AST_MINUS,        AST_DIVIDE,          AST_POWER,
                                AST_FUNCTION_LOG, AST_FUNCTION_ROOT,   AST_FUNCTION_POWER,
                                AST_FUNCTION_REM, AST_LOGICAL_IMPLIES, AST_FUNCTION_QUOTIENT};
    for (size_t k = 0; k < sizeof TYPES / sizeof TYPES[0]; k++) {
        if (type == TYPES[k]) {
            return true;
        }
    }
    return false;
}

/** Is a name that of a parameter which stays above 0, and of nothing else? */
static bool is_positive_constant(const tac_sbml_reader *r, const char *name)
{
    const Parameter_t *parameter = Model_getParameterById(r->model, name);
    if (parameter == NULL || !Parameter_getConstant(parameter) || !Parameter_isSetValue(parameter)
        || !(Parameter_getValue(parameter) > 0.0)
        || Model_getInitialAssignmentBySym(r->model, name) != NULL || is_local(r, name)) {
        return false;
    }
    for (unsigned i = 0; i < Model_getNumFunctionDefinitions(r->model); i++) {
        if (FunctionDefinition_getArgumentByName(Model_getFunctionDefinition(r->model, i), name)
            != NULL) {
            return false;
        }
    }
    return true;
}

/** exp(y ln x) of a constant x is x^y, which endless.h writes so. */
static bool is_power(const tac_sbml_reader *r, const ASTNode_t *node)
{
    const ASTNode_t *product =
        ASTNode_getType(node) == AST_FUNCTION_EXP ? ASTNode_getChild(node, 0) : NULL;
    const ASTNode_t *log = product != NULL && ASTNode_getType(product) == AST_TIMES
                                   && ASTNode_getNumChildren(product) == 2
                               ? ASTNode_getChild(product, 1)
                               : NULL;
    const ASTNode_t *x =
        log != NULL && ASTNode_getType(log) == AST_FUNCTION_LN ? ASTNode_getChild(log, 0) : NULL;
    return x != NULL && ASTNode_getType(x) == AST_NAME
           && is_positive_constant(r, ASTNode_getName(x));
}

static tac_status power_of(tac_sbml_reader *r, const ASTNode_t *node, tac_syntax **out)
{
    const ASTNode_t *product = ASTNode_getChild(node, 0);
    tac_syntax *x = NULL;
    tac_syntax *y = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(child(r, ASTNode_getChild(product, 1), 0, &x));
    TAC_TRY(child(r, product, 0, &y));
    st = tac_sbml_apply(r, TAC_OP_POW, x, y, NULL, out);
out:
    return st;
}

static tac_status convert(tac_sbml_reader *r, const ASTNode_t *node, tac_syntax **out)
{
    const int type = (int)ASTNode_getType(node);
    const unsigned n = ASTNode_getNumChildren(node);
    tac_syntax *x = NULL;
    for (size_t k = 0; k < sizeof ROWS / sizeof ROWS[0]; k++) {
        if (type == (int)ROWS[k].type) {
            return operation_of_row(r, node, k, out);
        }
    }
    for (size_t k = 0; k < sizeof RELATIONS / sizeof RELATIONS[0]; k++) {
        if (type == (int)RELATIONS[k].type) {
            return relation_of(r, node, RELATIONS[k].op, out);
        }
    }
    if (is_power(r, node)) {
        return power_of(r, node, out);
    }
    if (type == AST_FUNCTION_PIECEWISE) {
        return piecewise_of(r, node, out);
    }
    if (type == AST_FUNCTION) {
        return call_of(r, node, out);
    }
    if (is_unary(type) || (is_binary(type) && n == 1)) {
        const tac_status st = child(r, node, 0, &x);
        return st != TAC_OK ? st : unary_of(r, type, x, out);
    }
    return is_binary(type) ? binary_of(r, node, out) : leaf_of(r, node, out);
}

tac_status tac_sbml_math(tac_sbml_reader *r, const ASTNode_t *node, tac_syntax **out)
{
    if (r->depth >= TAC_MAX_HEIGHT) {
        return tac_sbml_fail(r, "a formula of more than %d operations inside each other",
                             TAC_MAX_HEIGHT);
    }
    r->depth++;
    const tac_status st = convert(r, node, out);
    r->depth--;
    return st;
}
