#include "model.h"

#include <stdlib.h>

static const model_object *
find_object(const test_model *model, uint64_t number)
{
    return number == 0 || number > model->objects.count ? NULL : &model->objects.items[number - 1];
}

/* A cell stands for what it holds. */
static xo_value
looked_into(const test_model *model, uint64_t step, uint32_t slot, xo_value value)
{
    if (!model_slot_is_cell(slot) || value.kind != XO_OBJECT) {
        return value;
    }
    const model_content *content = model_content_at(find_object(model, value.object), step);
    return content != NULL && content->kind == XO_KIND_CELL ? content->items.pairs[0].value : value;
}

static const xo_value *
variables_at(const model_frame *frame, uint64_t step)
{
    size_t at = frame->version_count;
    while (at > 0 && frame->versions[at - 1].step > step) {
        at--;
    }
    CHECK(at > 0);
    return frame->versions[at - 1].values;
}

static void
check_variables(const test_model *model, xo_reader *reader, uint64_t step, uint32_t thread, const model_frame *frame,
                const xo_value *expected_result)
{
    xo_value *values, result;
    size_t count;
    CHECK_OK(xo_reader_variables(reader, step, thread, frame->number, &values, &count, &result));
    CHECK_EQUAL(frame->variable_count, count);
    const xo_value *expected = variables_at(frame, step);
    for (uint32_t i = 0; i < count; i++) {
        xo_value wanted = looked_into(model, step, i, expected[i]);
        CHECK(model_same_value(&wanted, &values[i]));
    }
    CHECK(model_same_value(expected_result, &result));
    free(values);
}

static void
check_stack(const test_model *model, xo_reader *reader, uint64_t step, uint32_t thread)
{
    static const xo_value unbound = {.kind = XO_UNBOUND};
    const model_step *expected = &model->steps.items[step];
    const model_place *places = expected->stacks[thread - 1];
    size_t depth = expected->depths[thread - 1];
    xo_frame_view *frames;
    size_t count;
    CHECK_OK(xo_reader_stack(reader, step, thread, &frames, &count));
    CHECK_EQUAL(depth, count);
    for (size_t i = 0; i < count; i++) {
        const model_place *place = &places[depth - 1 - i];
        const model_frame *frame = &model->frames.items[place->frame];
        CHECK_EQUAL(frame->number, frames[i].frame);
        CHECK_EQUAL(frame->code, frames[i].code);
        CHECK_EQUAL(place->line, frames[i].line);
        CHECK_EQUAL(depth - 1 - i, frames[i].depth);
        CHECK_EQUAL(frame->globals, frames[i].globals);
        CHECK_EQUAL(frame->locals, frames[i].locals);
        bool runs = thread == expected->thread && i == 0;
        check_variables(model, reader, step, thread, frame, runs ? &expected->result : &unbound);
    }
    free(frames);
}

static void
check_thread(const test_model *model, xo_reader *reader, uint64_t step, uint32_t thread)
{
    xo_thread_view view;
    CHECK_OK(xo_reader_thread(reader, step, thread, &view));
    CHECK_EQUAL(999 + thread, view.system_id);
    CHECK_EQUAL(model->steps.items[step].depths[thread - 1] > 0, view.alive);
    check_stack(model, reader, step, thread);
}

static void
check_pairs(const model_pairs *expected, bool with_keys, const xo_entry *entries, size_t count)
{
    CHECK_EQUAL(expected->count, count);
    for (size_t i = 0; i < count; i++) {
        CHECK(model_same_value(&expected->pairs[i].value, &entries[i].value));
        CHECK(!with_keys || model_same_value(&expected->pairs[i].key, &entries[i].key));
    }
}

/* Slots come first, then what the dict holds under texts; a name may be in both. */
static model_pairs
expected_attributes(const model_content *content, const model_content *dict)
{
    size_t most = content->attributes.count + (dict != NULL ? dict->items.count : 0);
    model_pairs all = {.pairs = malloc((most + 1) * sizeof *all.pairs)};
    for (size_t i = 0; i < content->attributes.count; i++) {
        all.pairs[all.count++] = content->attributes.pairs[i];
    }
    for (size_t i = 0; dict != NULL && i < dict->items.count; i++) {
        if (dict->items.pairs[i].key.kind == XO_STR) {
            all.pairs[all.count++] = dict->items.pairs[i];
        }
    }
    return all;
}

static const model_content *
dict_of(const test_model *model, uint64_t step, const model_content *content)
{
    return content->attribute_dict == 0 ? NULL : model_content_at(find_object(model, content->attribute_dict), step);
}

static void
check_object(const test_model *model, xo_reader *reader, uint64_t step, const model_object *object)
{
    const model_content *expected = model_content_at(object, step);
    xo_contents *contents;
    if (expected == NULL || step >= object->death) {
        return;
    }
    CHECK_OK(xo_reader_contents(reader, step, object->number, &contents));
    CHECK_EQUAL(expected->kind, contents->kind);
    CHECK_EQUAL(expected->class_object, contents->class_object);
    CHECK_EQUAL(expected->unknown, contents->unknown);
    CHECK_EQUAL(expected->attribute_dict, contents->attribute_dict);
    check_pairs(&expected->items, expected->kind == XO_KIND_DICT, contents->items, contents->item_count);
    model_pairs attributes = expected_attributes(expected, dict_of(model, step, expected));
    check_pairs(&attributes, true, contents->attributes, contents->attribute_count);
    CHECK_EQUAL(expected->attributes.count, contents->own_attribute_count);
    free(attributes.pairs);
    xo_contents_free(contents);
}

static void
check_view(const test_model *model, xo_reader *reader, uint64_t step)
{
    const model_step *expected = &model->steps.items[step];
    const model_place *place = &expected->stacks[expected->thread - 1][expected->depths[expected->thread - 1] - 1];
    xo_step_view view;
    CHECK_OK(xo_reader_step(reader, step, &view));
    CHECK_EQUAL(step, view.step);
    CHECK_EQUAL(expected->kind, view.kind);
    CHECK_EQUAL(expected->thread, view.thread);
    CHECK_EQUAL(model->frames.items[place->frame].number, view.frame);
    CHECK_EQUAL(model->frames.items[place->frame].code, view.code);
    CHECK_EQUAL(place->line, view.line);
    CHECK_EQUAL(expected->depths[expected->thread - 1] - 1, view.depth);
}

void
model_check_step(const test_model *model, xo_reader *reader, uint64_t step)
{
    set_context("step %llu", (unsigned long long)step);
    check_view(model, reader, step);
    for (uint32_t thread = 1; thread <= MODEL_THREADS; thread++) {
        check_thread(model, reader, step, thread);
    }
    for (size_t i = 0; i < model->objects.count; i++) {
        set_context("object %d at step %llu", (int)i + 1, (unsigned long long)step);
        check_object(model, reader, step, &model->objects.items[i]);
    }
}

void
model_check_steps(const test_model *model, xo_reader *reader, uint64_t first, uint64_t every)
{
    for (uint64_t step = first; step < model->steps.count; step += every) {
        model_check_step(model, reader, step);
    }
}

void
model_check_outputs(const test_model *model, xo_reader *reader)
{
    size_t first = model->outputs.count / 3;
    xo_output_view *views;
    size_t count;
    CHECK_OK(xo_reader_output(reader, first, 1000000, &views, &count));
    CHECK_EQUAL(model->outputs.count - first, count);
    for (size_t i = 0; i < count; i++) {
        CHECK_EQUAL(model->outputs.items[first + i].step, views[i].step);
        CHECK_EQUAL(model->outputs.items[first + i].stream, views[i].stream);
        CHECK_EQUAL(8, views[i].size_bytes);
    }
    free(views);
}

static bool
visits_fit(const test_model *model, const model_frame *frame, int32_t line, const xo_filter *filter)
{
    uint32_t file = model->files[0];
    for (size_t i = 0; i < MODEL_CODES; i++) {
        file = model->codes[i] == frame->code ? model->files[i % 2] : file;
    }
    for (size_t i = 0; i < filter->visit_count; i++) {
        if (filter->visits[i] == ((uint64_t)file << 32 | (uint32_t)line)) {
            return true;
        }
    }
    return filter->visit_count == 0;
}

bool
model_step_fits(const test_model *model, uint64_t number, const xo_filter *filter)
{
    const model_step *step = &model->steps.items[number];
    size_t depth = step->depths[step->thread - 1] - 1;
    const model_place *place = &step->stacks[step->thread - 1][depth];
    const model_frame *frame = &model->frames.items[place->frame];
    return (filter->kinds == 0 || (filter->kinds >> step->kind & 1))
           && (filter->thread == 0 || filter->thread == step->thread)
           && (filter->frame == 0 || filter->frame == frame->number) && depth <= filter->max_depth
           && (filter->visit_count == 0 || step->kind == XO_STEP_LINE)
           && visits_fit(model, frame, place->line, filter);
}
