/* Two recordings are asked the same. */
#ifndef XO_TESTS_COMPARE_H
#define XO_TESTS_COMPARE_H

#include "model.h"

/* A step of one and a step of the other: kind, line, all stacks, all variables, and all objects that can be reached from
 * there and live, as the model knows, must be the same. */
void compare_steps(const test_model *model, xo_reader *left, uint64_t left_step, xo_reader *right,
                   uint64_t right_step);

#endif
