/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a model: files, then modules, then expressions. */
#include "model/model.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "model/equations.h"

#include <string.h>

static tac_status model_create(tac_ctx *ctx, tac_model **model_out)
{
    void *memory = NULL;
    tac_status st = tac_alloc(ctx, 1, sizeof(tac_model), &memory);
    *model_out = memory;
    if (st != TAC_OK) {
        return st;
    }
    tac_model *model = memory;
    model->arena = tac_arena_create();
    model->graph = tac_graph_create();
    model->by_id = tac_map_create();
    model->units = tac_unit_table_create();
    if (model->arena != NULL) {
        model->library = tac_arena_alloc(model->arena, sizeof *model->library);
    }
    if (model->graph == NULL || model->by_id == NULL || model->units == NULL
        || model->library == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    tac_library_init(model->library, model->arena, model->units);
    return TAC_OK;
}

static tac_status read_model(tac_ctx *ctx, const char *name, const char *text, size_t n,
                             tac_model **model_out)
{
    tac_status st = TAC_OK;
    tac_model *model = NULL;

    *model_out = NULL;
    TAC_TRY(model_create(ctx, &model));
    TAC_TRY(tac_library_read(ctx, model->library, name, text, n));
    model->sources = model->library->sources;
    model->n_source = model->library->n_source;
    model->is_imported = model->library->has_sbml;
    TAC_TRY(tac_flatten(ctx, model));
    TAC_TRY(tac_build_expressions(ctx, model));
    *model_out = model;
    model = NULL;
out:
    tac_model_free(model);
    return st;
}

tac_status tac_model_read_file(tac_ctx *ctx, const char *path, tac_model **model_out)
{
    return read_model(ctx, path, NULL, 0, model_out);
}

tac_status tac_model_read_text(tac_ctx *ctx, const char *name, const char *text, size_t n,
                               tac_model **model_out)
{
    return read_model(ctx, name, text, n, model_out);
}

void tac_model_free(tac_model *model)
{
    if (model == NULL) {
        return;
    }
    if (model->library != NULL) {
        tac_library_clear(model->library);
    }
    tac_free(model->symbols);
    tac_free(model->equations);
    tac_free(model->parameters);
    tac_graph_free(model->graph);
    tac_map_free(model->by_id);
    tac_map_free(model->factor_of);
    tac_unit_table_free(model->units);
    tac_arena_free(model->arena);
    tac_free(model);
}

uint32_t tac_model_find(const tac_model *model, const char *id)
{
    uint32_t i = UINT32_MAX;
    return tac_map_get(model->by_id, id, strlen(id), &i) ? i : UINT32_MAX;
}
