#include "compare.h"

#include "check.h"
#include "model.h"
#include "number_map.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    xo_reader *left, *right;
    uint64_t left_step, right_step;
    const test_model *model;
    xo_number_map seen;
    uint64_t *waiting;
    size_t count, capacity;
} comparison;

/* The model also names objects that it never made, or that are gone: nobody can ask for those. */
static bool
lives(const comparison *both, uint64_t object)
{
    return object >= 1 && object <= both->model->objects.count
           && both->model->objects.items[object - 1].death > both->left_step;
}

static void
want(comparison *both, uint64_t object)
{
    if (!lives(both, object) || xo_number_map_get(&both->seen, object) != NULL) {
        return;
    }
    CHECK(xo_number_map_put(&both->seen, object, 1));
    both->waiting = model_grow(both->waiting, both->count, &both->capacity, sizeof *both->waiting);
    both->waiting[both->count++] = object;
}

static void
compare_values(comparison *both, const xo_value *left, const xo_value *right)
{
    CHECK(model_same_value(left, right));
    if (left->kind == XO_OBJECT) {
        want(both, left->object);
    }
}

static void
compare_entries(comparison *both, const xo_entry *left, const xo_entry *right, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        compare_values(both, &left[i].key, &right[i].key);
        compare_values(both, &left[i].value, &right[i].value);
    }
}

static void
compare_object(comparison *both, uint64_t object)
{
    xo_contents *left, *right;
    xo_status status = xo_reader_contents(both->left, both->left_step, object, &left);
    CHECK_EQUAL(status, xo_reader_contents(both->right, both->right_step, object, &right));
    if (status != XO_OK) {
        return;
    }
    CHECK_EQUAL(left->kind, right->kind);
    CHECK_EQUAL(left->class_object, right->class_object);
    CHECK_EQUAL(left->unknown, right->unknown);
    CHECK_EQUAL(left->attribute_dict, right->attribute_dict);
    CHECK_EQUAL(left->item_count, right->item_count);
    CHECK_EQUAL(left->attribute_count, right->attribute_count);
    CHECK_EQUAL(left->base_count, right->base_count);
    compare_entries(both, left->items, right->items, left->item_count);
    compare_entries(both, left->attributes, right->attributes, left->attribute_count);
    compare_values(both, &left->name, &right->name);
    want(both, left->class_object);
    xo_contents_free(left);
    xo_contents_free(right);
}

static void
compare_frame(comparison *both, uint32_t thread, const xo_frame_view *left, const xo_frame_view *right)
{
    xo_value *left_values, *right_values, left_result, right_result;
    size_t left_count, right_count;
    CHECK_EQUAL(left->frame, right->frame);
    CHECK_EQUAL(left->code, right->code);
    CHECK_EQUAL(left->line, right->line);
    CHECK_EQUAL(left->globals, right->globals);
    CHECK_EQUAL(left->locals, right->locals);
    CHECK_OK(xo_reader_variables(both->left, both->left_step, thread, left->frame, &left_values, &left_count,
                                 &left_result));
    CHECK_OK(xo_reader_variables(both->right, both->right_step, thread, left->frame, &right_values, &right_count,
                                 &right_result));
    CHECK_EQUAL(left_count, right_count);
    for (size_t i = 0; i < left_count; i++) {
        compare_values(both, &left_values[i], &right_values[i]);
    }
    compare_values(both, &left_result, &right_result);
    want(both, left->globals);
    want(both, left->locals);
    free(left_values);
    free(right_values);
}

static void
compare_stacks(comparison *both, uint32_t thread)
{
    xo_frame_view *left, *right;
    size_t left_count, right_count;
    CHECK_OK(xo_reader_stack(both->left, both->left_step, thread, &left, &left_count));
    CHECK_OK(xo_reader_stack(both->right, both->right_step, thread, &right, &right_count));
    CHECK_EQUAL(left_count, right_count);
    for (size_t i = 0; i < left_count; i++) {
        compare_frame(both, thread, &left[i], &right[i]);
    }
    free(left);
    free(right);
}

void
compare_steps(const test_model *model, xo_reader *left, uint64_t left_step, xo_reader *right, uint64_t right_step)
{
    comparison both = {
        .model = model, .left = left, .right = right, .left_step = left_step, .right_step = right_step};
    xo_step_view left_view, right_view;
    xo_info info;
    CHECK_OK(xo_reader_step(left, left_step, &left_view));
    CHECK_OK(xo_reader_step(right, right_step, &right_view));
    CHECK_EQUAL(left_view.kind, right_view.kind);
    CHECK_EQUAL(left_view.thread, right_view.thread);
    CHECK_EQUAL(left_view.frame, right_view.frame);
    CHECK_EQUAL(left_view.line, right_view.line);
    xo_reader_info(right, &info);
    for (uint32_t thread = 1; thread <= info.threads; thread++) {
        compare_stacks(&both, thread);
    }
    while (both.count > 0) {
        compare_object(&both, both.waiting[--both.count]);
    }
    xo_number_map_free(&both.seen);
    free(both.waiting);
}
