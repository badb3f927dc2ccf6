/* SPDX-License-Identifier: Apache-2.0 */
/* Where the numbers of a person stand; see person_row.h. */
#include "base/person_row.h"

size_t tac_person_row_n_programme(const tac_person_row *row)
{
    return row->n_programme > 0 ? row->n_programme : 1;
}

/** Numbers of each observable in each programme. */
static size_t n_of_each(const tac_person_row *row)
{
    return row->n_programme > 0 ? 2 : 1;
}

size_t tac_person_row_n(const tac_person_row *row)
{
    return 1 + row->n_attribute
           + tac_person_row_n_programme(row) * row->n_observable * n_of_each(row);
}

size_t tac_person_row_attribute(const tac_person_row *row, size_t attribute)
{
    (void)row;
    return 1 + attribute;
}

size_t tac_person_row_with(const tac_person_row *row, size_t programme, size_t observable)
{
    return 1 + row->n_attribute + (programme * row->n_observable + observable) * n_of_each(row);
}

size_t tac_person_row_without(const tac_person_row *row, size_t programme, size_t observable)
{
    return tac_person_row_with(row, programme, observable) + n_of_each(row) - 1;
}
