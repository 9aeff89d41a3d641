#include "changing.h"

#include <stdio.h>
#include <string.h>

enum { KEYS = CHANGING_KEYS };

uint64_t
changing_dice(changing *run, uint64_t below)
{
    return model_random(&run->dice, below);
}

const char *
changing_name(size_t key)
{
    static char names[KEYS][8];
    snprintf(names[key], sizeof names[key], "name%zu", key);
    return names[key];
}

void
changing_put_name(xo_writer *writer, size_t key)
{
    xo_put_str(writer, changing_name(key), strlen(changing_name(key)));
}

static xo_position
begin_image(xo_writer *writer, xo_entity *entity, uint32_t kind)
{
    xo_position start = xo_record_begin(writer, XO_OP_IMAGE, entity);
    xo_put_varint(writer, 0);
    xo_put_tag(writer, (xo_tag)kind);
    return start;
}

static void
put_pairs(xo_writer *writer, const int64_t *values, const bool *has, bool by_name)
{
    uint64_t count = 0;
    for (size_t i = 0; i < KEYS; i++) {
        count += has[i];
    }
    xo_put_varint(writer, count);
    for (size_t i = 0; i < KEYS; i++) {
        if (has[i] && by_name) {
            changing_put_name(writer, i);
        } else if (has[i]) {
            xo_put_int(writer, (int64_t)i);
        }
        if (has[i]) {
            xo_put_int(writer, values[i]);
        }
    }
}

static void
put_memory(changing *run)
{
    xo_writer *writer = run->program.writer;
    xo_put_varint(writer, 0);
    xo_put_varint(writer, 2);
    xo_put_sized(writer, "H", 1);
    xo_put_varint(writer, 0);
    xo_put_sized(writer, run->memory, sizeof run->memory);
}

static void
put_image(changing *run, xo_entity *entity, bool has_news)
{
    xo_writer *writer = run->program.writer;
    xo_kind kind = entity == run->list ? XO_KIND_LIST : entity == run->dict ? XO_KIND_DICT
                 : entity == run->cell ? XO_KIND_CELL : entity == run->buffer ? XO_KIND_BUFFER
                 : XO_KIND_INSTANCE;
    xo_position start = begin_image(writer, entity, (uint32_t)kind | (has_news ? 0 : XO_IMAGE_NO_NEWS));
    if (kind == XO_KIND_LIST) {
        xo_put_varint(writer, run->length);
        for (size_t i = 0; i < run->length; i++) {
            xo_put_int(writer, run->items[i]);
        }
    } else if (kind == XO_KIND_DICT) {
        put_pairs(writer, run->mapped, run->has_key, false);
    } else if (kind == XO_KIND_CELL) {
        xo_put_int(writer, run->content);
    } else if (kind == XO_KIND_BUFFER) {
        put_memory(run);
    }
    xo_put_tag(writer, (xo_tag)(kind == XO_KIND_INSTANCE ? XO_ATTRS_INLINE : XO_ATTRS_NONE));
    if (kind == XO_KIND_INSTANCE) {
        put_pairs(writer, run->attributes, run->has_attribute, true);
    }
    xo_record_end(writer, entity, start, true);
}

void
changing_put_image(changing *run, xo_entity *entity)
{
    put_image(run, entity, true);
}

void
changing_repeat_image(changing *run, xo_entity *entity)
{
    put_image(run, entity, false);
}

static xo_position
begin(changing *run, xo_op op, xo_entity *entity)
{
    return xo_record_begin(run->program.writer, op, entity);
}

static void
end(changing *run, xo_entity *entity, xo_position start)
{
    xo_record_end(run->program.writer, entity, start, false);
}

/* Sets one of the last indexes, appends, or takes items from the end; the first two items are hardly ever touched. */
static void
change_list(changing *run, int64_t value, bool as_image)
{
    xo_writer *writer = run->program.writer;
    uint64_t choice = changing_dice(run, 4);
    size_t at = run->length;
    if (choice == 0 && run->length > 4) {
        at = 3 + (size_t)changing_dice(run, run->length - 3);
    } else if (choice < 3 && run->length > 3) {
        at = changing_dice(run, 400) == 0 ? (size_t)changing_dice(run, 3) : 2 + (size_t)changing_dice(run, run->length - 2);
    }
    bool is_cut = choice == 0 && at < run->length;
    bool is_set = !is_cut && at < run->length;
    if (!is_cut && !is_set && run->length == KEYS * 4) {
        return;
    }
    size_t removed = run->length - at;
    if (!is_cut) {
        run->items[at] = value;
    }
    run->length = is_cut ? at : is_set ? run->length : run->length + 1;
    if (as_image) {
        changing_put_image(run, run->list);
        return;
    }
    xo_position start = begin(run, is_cut ? XO_OP_LIST_SPLICE : is_set ? XO_OP_LIST_SET : XO_OP_LIST_APPEND, run->list);
    if (is_cut || is_set) {
        xo_put_varint(writer, at);
    }
    if (is_cut) {
        xo_put_varint(writer, removed);
        xo_put_varint(writer, 0);
    } else {
        xo_put_int(writer, value);
    }
    end(run, run->list, start);
}

/* Keys and names from 3 on change all the time, those below hardly ever. */
static size_t
any_key(changing *run)
{
    return (size_t)(changing_dice(run, 400) == 0 ? changing_dice(run, 3) : 3 + changing_dice(run, KEYS - 3));
}

static void
change_keyed(changing *run, bool is_dict, int64_t value, bool as_image)
{
    xo_writer *writer = run->program.writer;
    xo_entity *entity = is_dict ? run->dict : run->instance;
    size_t key = any_key(run);
    bool *has = is_dict ? run->has_key : run->has_attribute;
    bool is_gone = has[key] && changing_dice(run, 3) == 0;
    has[key] = !is_gone;
    (is_dict ? run->mapped : run->attributes)[key] = value;
    if (as_image) { /* in the order of the keys: as if they had been set anew */
        changing_put_image(run, entity);
        return;
    }
    xo_op set = is_dict ? XO_OP_DICT_SET : XO_OP_ATTR_SET;
    xo_position start = begin(run, is_gone ? (xo_op)(set + 1) : set, entity);
    if (is_dict) {
        xo_put_int(writer, (int64_t)key);
    } else {
        changing_put_name(writer, key);
    }
    if (!is_gone) {
        xo_put_int(writer, value);
    }
    end(run, entity, start);
}

static void
change_cell(changing *run, int64_t value, bool as_image)
{
    run->content = changing_dice(run, 3) == 0 ? value : run->content; /* or it only says again what it holds */
    if (as_image) {
        changing_put_image(run, run->cell);
        return;
    }
    xo_position start = begin(run, XO_OP_CELL_SET, run->cell);
    xo_put_int(run->program.writer, run->content);
    end(run, run->cell, start);
}

static void
splice_memory(changing *run, size_t start, size_t removed, size_t count)
{
    xo_writer *writer = run->program.writer;
    xo_position at = begin(run, XO_OP_BYTES_SPLICE, run->buffer);
    xo_put_varint(writer, start);
    xo_put_varint(writer, removed);
    xo_put_sized(writer, run->memory + start, count);
    end(run, run->buffer, at);
}

/* Some neighbouring elements, of which not all may change; at times one goes and comes again. */
static void
change_buffer(changing *run, int64_t value, bool as_image)
{
    size_t count = 2 * (size_t)(1 + changing_dice(run, changing_dice(run, 8) == 0 ? 100 : 4));
    size_t start = 2 * (size_t)(3 + changing_dice(run, CHANGING_ELEMENTS - 3 - count / 2));
    for (size_t i = start; i < start + count; i += 2) {
        run->memory[i] = changing_dice(run, 2) == 0 ? (char)value : run->memory[i];
    }
    if (as_image) {
        changing_put_image(run, run->buffer);
        return;
    }
    if (changing_dice(run, 300) == 0) {
        splice_memory(run, start, count, 0);
        splice_memory(run, start, 0, count);
        return;
    }
    splice_memory(run, start, count, count);
}

static void
change(changing *run, int64_t value)
{
    bool as_image = changing_dice(run, 12) == 0;
    switch (changing_dice(run, 20)) {
    case 0: change_cell(run, value, as_image); break;
    case 1: changing_repeat_image(run, run->list); break;
    case 2: changing_repeat_image(run, run->dict); break;
    case 3: changing_repeat_image(run, run->buffer); break;
    case 4:
    case 5: change_buffer(run, value, as_image); break;
    default:
        if (changing_dice(run, 3) == 0) {
            change_list(run, value, as_image);
        } else {
            change_keyed(run, changing_dice(run, 2) == 0, value, as_image);
        }
    }
}

static void
make_objects(changing *run)
{
    xo_entity **const all[] = {&run->list, &run->dict, &run->instance, &run->cell, &run->buffer};
    memset(run->has_key, 0, sizeof run->has_key);
    memset(run->has_attribute, 0, sizeof run->has_attribute);
    run->length = 3;
    run->content = 0;
    memset(run->items, 0, sizeof run->items);
    memset(run->memory, 0, sizeof run->memory);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *all[i] = xo_writer_new_entity(run->program.writer);
    }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        changing_put_image(run, *all[i]);
    }
}

void
changing_start(changing *run, const char *name, uint64_t seed)
{
    run->dice.random = seed * 77 + 1;
    program_start_packed(&run->program, name, 1200, 2);
    make_objects(run);
}

void
changing_run(changing *run, int steps)
{
    for (int i = 0; i < steps; i++) {
        change(run, i + 1);
        if (changing_dice(run, 1500) == 0) {
            program_refresh(&run->program);
            xo_put_bind(run->program.writer, 1);
            xo_put_int(run->program.writer, i);
        }
        program_line(&run->program, 1 + i % 99, i);
    }
}
