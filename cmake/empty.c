/* SPDX-License-Identifier: Apache-2.0 */
/* A library made of whole archives needs one source of its own. */
typedef int tac_library_is_made_of_rooms;
