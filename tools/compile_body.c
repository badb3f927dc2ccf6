/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiles the text of the body, or of another model, into C at build time:
 *
 *   compile_body models/body.ant models/parameters.tsv models/possible.tsv OUT.c [NAME]   write the kernel
 *   compile_body models/body.ant models/parameters.tsv models/possible.tsv --check        only say what is wrong
 *
 * The image in OUT.c is called tac_image_NAME; NAME is "body" where none is given.
 */
#include "base/fail.h"
#include "base/file.h"
#include "compile/program.h"

#include <stdio.h>
#include <string.h>

static tac_status compile(tac_ctx *ctx, const char *model_path, const char *table_path,
                          const char *possible_path, const char *out_path, const char *name)
{
    tac_status st = TAC_OK;
    tac_model *model = NULL;
    tac_program *program = NULL;
    tac_buf c = TAC_BUF_INIT;

    TAC_TRY(tac_model_read_file(ctx, model_path, &model));
    st = tac_model_set_parameters(ctx, model, table_path);
    st = st != TAC_OK ? st : tac_model_bound_parameters(ctx, model, possible_path);
    const tac_status checked = tac_model_check(ctx, model); /* all errors in one go */
    TAC_TRY(st != TAC_OK ? st : checked);
    TAC_TRY(tac_program_build(ctx, model, &program));
    if (strcmp(out_path, "--check") == 0) {
        const tac_image *image = tac_program_image(program);
        printf("%s: %zu states, %zu parameters, %zu inputs, %zu variables, %zu entries in the "
               "Jacobian\n",
               image->name, image->n_state, image->n_parameter, image->n_input, image->n_output,
               image->n_jac);
        goto out;
    }
    TAC_TRY(tac_program_emit(ctx, program, name, &c));
    TAC_TRY(tac_file_write(ctx, out_path, c.text, c.n));
out:
    tac_buf_free(&c);
    tac_program_free(program);
    tac_model_free(model);
    return st;
}

int main(int argc, char **argv)
{
    if (argc != 5 && argc != 6) {
        fputs(
            "usage: compile_body MODEL.ant PARAMETERS.tsv POSSIBLE.tsv (OUT.c [NAME] | --check)\n",
            stderr);
        return 2;
    }
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        fputs("compile_body: out of memory\n", stderr);
        return 1;
    }
    const tac_status st =
        compile(ctx, argv[1], argv[2], argv[3], argv[4], argc == 6 ? argv[5] : "body");
    fputs(tac_ctx_message(ctx), stderr);
    tac_ctx_free(ctx);
    return st == TAC_OK ? 0 : 1;
}
