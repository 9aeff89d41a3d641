#include "model.h"

#include <stdlib.h>

static const xo_kind kinds[] = {XO_KIND_LIST, XO_KIND_DICT, XO_KIND_SET, XO_KIND_INSTANCE, XO_KIND_CELL};

static model_pairs
copy_pairs(const model_pairs *from)
{
    model_pairs copy = {.pairs = malloc((from->count + 1) * sizeof *copy.pairs), .count = from->count};
    CHECK(copy.pairs != NULL);
    if (from->count > 0) {
        memcpy(copy.pairs, from->pairs, from->count * sizeof *copy.pairs);
    }
    return copy;
}

static void
splice(model_pairs *pairs, size_t start, size_t removed, const model_pair *added, size_t count)
{
    model_pairs made = {.pairs = malloc((pairs->count + count + 1) * sizeof *made.pairs)};
    CHECK(made.pairs != NULL);
    for (size_t i = 0; i < start; i++) {
        made.pairs[made.count++] = pairs->pairs[i];
    }
    for (size_t i = 0; i < count; i++) {
        made.pairs[made.count++] = added[i];
    }
    for (size_t i = start + removed; i < pairs->count; i++) {
        made.pairs[made.count++] = pairs->pairs[i];
    }
    free(pairs->pairs);
    *pairs = made;
}

static size_t
find_key(const test_model *model, const model_pairs *pairs, const xo_value *key)
{
    size_t at = 0;
    while (at < pairs->count && !model_equal_keys(model, &pairs->pairs[at].key, key)) {
        at++;
    }
    return at;
}

static void
set_key(const test_model *model, model_pairs *pairs, const xo_value *key, const xo_value *value)
{
    size_t at = find_key(model, pairs, key);
    if (at < pairs->count) {
        pairs->pairs[at].value = *value;
        return;
    }
    model_pair pair = {*key, *value};
    splice(pairs, at, 0, &pair, 1);
}

static void
remove_key(const test_model *model, model_pairs *pairs, const xo_value *key)
{
    size_t at = find_key(model, pairs, key);
    if (at < pairs->count) {
        splice(pairs, at, 1, NULL, 0);
    }
}

static void
put_pairs(test_model *model, const model_pairs *pairs)
{
    xo_put_varint(model->writer, pairs->count);
    for (size_t i = 0; i < pairs->count; i++) {
        model_put_value(model, &pairs->pairs[i].key);
        model_put_value(model, &pairs->pairs[i].value);
    }
}

static void
put_values(test_model *model, const model_pairs *pairs)
{
    xo_put_varint(model->writer, pairs->count);
    for (size_t i = 0; i < pairs->count; i++) {
        model_put_value(model, &pairs->pairs[i].value);
    }
}

static void
put_attributes(test_model *model, const model_content *content)
{
    uint8_t form = (uint8_t)((content->attributes.count > 0 ? XO_ATTRS_INLINE : 0)
                             | (content->attribute_dict != 0 ? XO_ATTRS_DICT : 0));
    xo_reserve(model->writer, 1);
    xo_put_raw(model->writer, form);
    if (form & XO_ATTRS_INLINE) {
        put_pairs(model, &content->attributes);
    }
    if (form & XO_ATTRS_DICT) {
        xo_put_varint(model->writer, content->attribute_dict);
    }
}

static void
put_image(test_model *model, model_object *object)
{
    model_content *content = &object->now;
    xo_position start = xo_record_begin(model->writer, XO_OP_IMAGE, object->entity);
    content->unknown = false;
    xo_put_varint(model->writer, content->class_object);
    xo_reserve(model->writer, 1);
    xo_put_raw(model->writer, (uint8_t)content->kind);
    switch (content->kind) {
    case XO_KIND_DICT: put_pairs(model, &content->items); break;
    case XO_KIND_INSTANCE: break;
    case XO_KIND_CELL: model_put_value(model, &content->items.pairs[0].value); break;
    default: put_values(model, &content->items); break;
    }
    put_attributes(model, content);
    xo_record_end(model->writer, object->entity, start, true);
    object->changed = true;
}

static model_object *
new_object(test_model *model, xo_kind kind)
{
    model_object *object = MODEL_ADD(&model->objects);
    object->entity = xo_writer_new_entity(model->writer);
    CHECK(object->entity != NULL);
    object->number = object->entity->number;
    object->birth = model->writer->steps;
    object->death = UINT64_MAX;
    object->now.kind = kind;
    object->now.class_object = 100 + kind;
    if (kind == XO_KIND_CELL) {
        model_pair pair = {{.kind = XO_UNBOUND}, {.kind = XO_INT, .integer = 5}};
        splice(&object->now.items, 0, 0, &pair, 1);
    }
    return object;
}

/* The first six are keys: five tuples, some of them equal, and an instance. */
void
model_make_objects(test_model *model)
{
    for (int i = 0; i < 6; i++) {
        model_object *object = new_object(model, i < 5 ? XO_KIND_TUPLE : XO_KIND_INSTANCE);
        object->pinned = true;
        model_pair items[2] = {{.value = {.kind = XO_INT, .integer = i % 2}},
                               {.value = {.kind = XO_FLOAT, .real = i / 3}}};
        if (i < 5) {
            splice(&object->now.items, 0, 0, items, 2);
        }
        put_image(model, object);
    }
    for (int i = 0; i < 10; i++) {
        model_object *object = new_object(model, kinds[i % 5]);
        object->pinned = i < 5 || kinds[i % 5] == XO_KIND_CELL; /* a frame holds it */
        put_image(model, object);
    }
}

static xo_position
begin(test_model *model, model_object *object, xo_op op)
{
    object->changed = true;
    return xo_record_begin(model->writer, op, object->entity);
}

static void
end(test_model *model, model_object *object, xo_position start)
{
    xo_record_end(model->writer, object->entity, start, false);
}

static void
change_one(test_model *model, model_object *object, xo_op op, const xo_value *key, const xo_value *value)
{
    xo_position start = begin(model, object, op);
    if (key != NULL) {
        model_put_value(model, key);
    }
    if (value != NULL) {
        model_put_value(model, value);
    }
    end(model, object, start);
}

static void
list_set(test_model *model, model_object *object)
{
    size_t at = (size_t)model_random(model, object->now.items.count);
    xo_value value = model_random_value(model);
    xo_position start = begin(model, object, XO_OP_LIST_SET);
    xo_put_varint(model->writer, at);
    model_put_value(model, &value);
    end(model, object, start);
    object->now.items.pairs[at].value = value;
}

static void
list_splice(test_model *model, model_object *object)
{
    model_pairs *items = &object->now.items;
    model_pair added[4] = {0};
    size_t at = (size_t)model_random(model, items->count + 1);
    size_t removed = (size_t)model_random(model, items->count - at + 1);
    size_t count = (size_t)model_random(model, 5);
    removed = removed > 3 ? 3 : removed;
    xo_position start = begin(model, object, XO_OP_LIST_SPLICE);
    xo_put_varint(model->writer, at);
    xo_put_varint(model->writer, removed);
    xo_put_varint(model->writer, count);
    for (size_t i = 0; i < count; i++) {
        added[i].value = model_random_value(model);
        model_put_value(model, &added[i].value);
    }
    end(model, object, start);
    splice(items, at, removed, added, count);
}

static void
list_reverse(test_model *model, model_object *object)
{
    model_pairs turned = copy_pairs(&object->now.items);
    for (size_t i = 0; i < turned.count; i++) {
        turned.pairs[i] = object->now.items.pairs[turned.count - 1 - i];
    }
    free(object->now.items.pairs);
    object->now.items = turned;
    change_one(model, object, XO_OP_LIST_REVERSE, NULL, NULL);
}

static void
clear(test_model *model, model_object *object)
{
    splice(&object->now.items, 0, object->now.items.count, NULL, 0);
    change_one(model, object, XO_OP_CLEAR, NULL, NULL);
}

static void
change_list(test_model *model, model_object *object)
{
    model_pair pair = {.value = model_random_value(model)};
    uint64_t choice = model_random(model, 12);
    if (choice == 0) {
        list_reverse(model, object);
    } else if (choice == 1 && model_random(model, 4) == 0) {
        clear(model, object);
    } else if (choice < 5) {
        list_splice(model, object);
    } else if (choice < 8 && object->now.items.count > 0) {
        list_set(model, object);
    } else if (object->now.items.count < 60) {
        change_one(model, object, XO_OP_LIST_APPEND, NULL, &pair.value);
        splice(&object->now.items, object->now.items.count, 0, &pair, 1);
    }
}

static void
change_dict(test_model *model, model_object *object)
{
    xo_value key = model_random_key(model);
    xo_value value = model_random_value(model);
    uint64_t choice = model_random(model, 20);
    if (choice == 0) {
        clear(model, object);
    } else if (choice < 8) {
        change_one(model, object, XO_OP_DICT_DELETE, &key, NULL);
        remove_key(model, &object->now.items, &key);
    } else {
        change_one(model, object, XO_OP_DICT_SET, &key, &value);
        set_key(model, &object->now.items, &key, &value);
    }
}

/* A set's element stands as key and value; an equal one that comes later changes nothing. */
static void
change_set(test_model *model, model_object *object)
{
    xo_value key = model_random_key(model);
    uint64_t choice = model_random(model, 20);
    if (choice == 0) {
        clear(model, object);
    } else if (choice < 8) {
        change_one(model, object, XO_OP_SET_DISCARD, &key, NULL);
        remove_key(model, &object->now.items, &key);
    } else {
        change_one(model, object, XO_OP_SET_ADD, &key, NULL);
        if (find_key(model, &object->now.items, &key) == object->now.items.count) {
            set_key(model, &object->now.items, &key, &key);
        }
    }
}

static void
change_instance(test_model *model, model_object *object)
{
    xo_value name = model_random_name(model);
    xo_value value = model_random_value(model);
    uint64_t choice = model_random(model, 24);
    if (choice == 0) {
        xo_position start = begin(model, object, XO_OP_ATTR_DICT);
        object->now.attribute_dict = model->objects.items[7].number;
        xo_put_varint(model->writer, object->now.attribute_dict);
        end(model, object, start);
        splice(&object->now.attributes, 0, object->now.attributes.count, NULL, 0);
    } else if (choice == 1) {
        xo_position start = begin(model, object, XO_OP_CLASS_SET);
        object->now.class_object = model_random(model, 1000);
        xo_put_varint(model->writer, object->now.class_object);
        end(model, object, start);
    } else if (choice < 8) {
        change_one(model, object, XO_OP_ATTR_DELETE, &name, NULL);
        remove_key(model, &object->now.attributes, &name);
    } else {
        change_one(model, object, XO_OP_ATTR_SET, &name, &value);
        set_key(model, &object->now.attributes, &name, &value);
    }
}

static void
change_cell(test_model *model, model_object *object)
{
    xo_value value = model_random_value(model);
    change_one(model, object, XO_OP_CELL_SET, NULL, &value);
    object->now.items.pairs[0].value = value;
}

static void
lose(test_model *model, model_object *object)
{
    change_one(model, object, XO_OP_UNKNOWN, NULL, NULL);
    splice(&object->now.items, 0, object->now.items.count, NULL, 0);
    splice(&object->now.attributes, 0, object->now.attributes.count, NULL, 0);
    object->now.unknown = true;
}

static void
change_object(test_model *model, model_object *object)
{
    if (object->now.unknown || xo_image_is_due(object->entity)) {
        put_image(model, object);
    }
    switch (object->now.kind) {
    case XO_KIND_LIST: change_list(model, object); break;
    case XO_KIND_DICT: change_dict(model, object); break;
    case XO_KIND_SET: change_set(model, object); break;
    case XO_KIND_INSTANCE: change_instance(model, object); break;
    case XO_KIND_CELL: change_cell(model, object); break;
    default: break;
    }
    if (object->now.kind == XO_KIND_LIST && model_random(model, 200) == 0) {
        lose(model, object);
    }
}

static void
end_object(test_model *model, model_object *object)
{
    object->death = model->writer->steps;
    xo_writer_end_entity(model->writer, object->entity);
    object->entity = NULL;
}

void
model_change_objects(test_model *model)
{
    if (model_random(model, 30) == 0) {
        put_image(model, new_object(model, kinds[model_random(model, 4)]));
    }
    for (uint64_t i = model_random(model, 4); i-- > 0;) {
        model_object *object = &model->objects.items[model_random(model, model->objects.count)];
        if (object->entity == NULL || object->now.kind == XO_KIND_TUPLE) {
            continue;
        }
        if (!object->pinned && model_random(model, 40) == 0) {
            end_object(model, object);
        } else {
            change_object(model, object);
        }
    }
}

void
model_snapshot_objects(test_model *model)
{
    for (size_t i = 0; i < model->objects.count; i++) {
        model_object *object = &model->objects.items[i];
        if (!object->changed) {
            continue;
        }
        object->changed = false;
        object->versions = realloc(object->versions, (object->version_count + 1) * sizeof *object->versions);
        CHECK(object->versions != NULL);
        model_version *version = &object->versions[object->version_count++];
        *version = (model_version){.step = model->writer->steps, .content = object->now};
        version->content.items = copy_pairs(&object->now.items);
        version->content.attributes = copy_pairs(&object->now.attributes);
    }
}

const model_content *
model_content_at(const model_object *object, uint64_t step)
{
    size_t low = 0;
    size_t high = object->version_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (object->versions[middle].step <= step) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? NULL : &object->versions[low - 1].content;
}

static void
free_content(model_content *content)
{
    free(content->items.pairs);
    free(content->attributes.pairs);
}

void
model_free_objects(test_model *model)
{
    for (size_t i = 0; i < model->objects.count; i++) {
        model_object *object = &model->objects.items[i];
        for (size_t version = 0; version < object->version_count; version++) {
            free_content(&object->versions[version].content);
        }
        free(object->versions);
        free_content(&object->now);
    }
    free(model->objects.items);
}
