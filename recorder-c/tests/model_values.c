#include "model.h"

#include <stdio.h>
#include <stdlib.h>

uint64_t
model_random(test_model *model, uint64_t below)
{
    model->random ^= model->random << 13;
    model->random ^= model->random >> 7;
    model->random ^= model->random << 17;
    return (model->random >> 11) % below;
}

void *
model_grow(void *items, size_t count, size_t *capacity, size_t item_bytes)
{
    if (count < *capacity) {
        return items;
    }
    *capacity = *capacity == 0 ? 16 : *capacity * 2;
    items = realloc(items, *capacity * item_bytes);
    CHECK(items != NULL);
    return items;
}

size_t
model_new_text(test_model *model, const char *text, size_t size)
{
    model_text *made = MODEL_ADD(&model->texts);
    made->bytes = malloc(size + 1);
    CHECK(made->bytes != NULL);
    memcpy(made->bytes, text, size);
    made->size = size;
    return model->texts.count - 1;
}

/* A new text, an old one, or an old one with something appended. */
static xo_value
random_text(test_model *model)
{
    char room[4096];
    size_t at, size;
    uint64_t choice = model_random(model, 4);
    if (model->texts.count == 0 || choice == 0) {
        size = (size_t)snprintf(room, sizeof room, "text %llu", (unsigned long long)model_random(model, 100000));
        while (model_random(model, 2) && size < 200) {
            size += (size_t)snprintf(room + size, sizeof room - size, " and more of it");
        }
        at = model_new_text(model, room, size);
    } else {
        at = (size_t)model_random(model, model->texts.count);
        if (choice == 1 && model->texts.items[at].size < 2000) {
            size = (size_t)model->texts.items[at].size;
            memcpy(room, model->texts.items[at].bytes, size);
            room[size] = (char)('a' + model_random(model, 26));
            size_t base = at;
            at = model_new_text(model, room, size + 1);
            model->texts.items[at].base = base + 1;
        }
    }
    const model_text *text = &model->texts.items[at];
    return (xo_value){.kind = XO_STR, .bytes = text->bytes, .size_bytes = text->size};
}

xo_value
model_random_name(test_model *model)
{
    static const char *const names[] = {"a", "b", "c", "value", "next", "a_name_of_more_than_thirty_one_letters"};
    const char *name = names[model_random(model, 6)];
    return (xo_value){.kind = XO_STR, .bytes = (const uint8_t *)name, .size_bytes = strlen(name)};
}

static const uint8_t big[] = {0, 0, 0x10, 0x63, 0x2d, 0x5e, 0xc7, 0x6b, 0x05}; /* 10**20 */

static xo_value
random_object(test_model *model)
{
    if (model->objects.count == 0) {
        return (xo_value){.kind = XO_NONE};
    }
    const model_object *object = &model->objects.items[model_random(model, model->objects.count)];
    return (xo_value){.kind = XO_OBJECT, .object = object->number};
}

xo_value
model_random_value(test_model *model)
{
    switch (model_random(model, 12)) {
    case 0: return (xo_value){.kind = (xo_value_kind)model_random(model, XO_INT)};
    case 1: return (xo_value){.kind = XO_INT, .integer = (int64_t)model->random};
    case 2: return (xo_value){.kind = XO_FLOAT, .real = (double)model_random(model, 1000) / 8};
    case 3: return (xo_value){.kind = XO_COMPLEX, .real = 1.5, .imaginary = (double)model_random(model, 9)};
    case 4: return (xo_value){.kind = XO_BIGINT, .bytes = big, .size_bytes = sizeof big};
    case 5: return (xo_value){.kind = XO_BYTES, .bytes = big, .size_bytes = model_random(model, sizeof big)};
    case 6:
    case 7: return random_text(model);
    case 8:
    case 9: return random_object(model);
    default: return (xo_value){.kind = XO_INT, .integer = (int64_t)model_random(model, 200) - 50};
    }
}

/* Keys that are often equal, in all the ways that keys can be. */
xo_value
model_random_key(test_model *model)
{
    uint64_t number = model_random(model, 6);
    switch (model_random(model, 8)) {
    case 0: return (xo_value){.kind = XO_FLOAT, .real = number == 0 ? -0.0 : (double)number};
    case 1: return (xo_value){.kind = number % 2 ? XO_TRUE : XO_FALSE};
    case 2: return (xo_value){.kind = XO_BIGINT, .bytes = big, .size_bytes = sizeof big};
    case 3: return (xo_value){.kind = XO_FLOAT, .real = 1e20};
    case 4: return model_random_name(model);
    case 5: return (xo_value){.kind = XO_NONE};
    case 6: return (xo_value){.kind = XO_OBJECT, .object = model->objects.items[number].number};
    default: return (xo_value){.kind = XO_INT, .integer = (int64_t)number};
    }
}

static model_text *
text_of(test_model *model, const xo_value *value)
{
    for (size_t i = 0; i < model->texts.count; i++) {
        if (model->texts.items[i].bytes == value->bytes) {
            return &model->texts.items[i];
        }
    }
    return NULL;
}

static void
put_text(test_model *model, const xo_value *value)
{
    model_text *text = text_of(model, value);
    if (text != NULL && text->position != 0 && model_random(model, 4)) {
        xo_put_text_ref(model->writer, XO_TAG_STR_REF, text->position);
        return;
    }
    const model_text *base = text != NULL && text->base != 0 ? &model->texts.items[text->base - 1] : NULL;
    xo_position position;
    if (base != NULL && base->position != 0) {
        position = xo_put_str_grown(model->writer, base->position, (const char *)value->bytes + base->size,
                                    (size_t)(value->size_bytes - base->size));
    } else {
        position = xo_put_str(model->writer, (const char *)value->bytes, (size_t)value->size_bytes);
    }
    if (text != NULL) {
        text->position = position;
    }
}

void
model_put_value(test_model *model, const xo_value *value)
{
    static const xo_tag tags[] = {XO_TAG_UNBOUND, XO_TAG_NONE,     XO_TAG_FALSE,
                                  XO_TAG_TRUE,    XO_TAG_ELLIPSIS, XO_TAG_NOT_IMPLEMENTED};
    xo_writer *writer = model->writer;
    switch (value->kind) {
    case XO_INT: xo_put_int(writer, value->integer); break;
    case XO_BIGINT: xo_put_bigint(writer, value->bytes, (size_t)value->size_bytes); break;
    case XO_FLOAT: xo_put_float(writer, value->real); break;
    case XO_COMPLEX: xo_put_complex(writer, value->real, value->imaginary); break;
    case XO_STR: put_text(model, value); break;
    case XO_BYTES: xo_put_bytes(writer, value->bytes, (size_t)value->size_bytes); break;
    case XO_OBJECT: xo_put_object(writer, value->object); break;
    default: xo_put_tag(writer, tags[value->kind]); break;
    }
}

bool
model_same_value(const xo_value *left, const xo_value *right)
{
    if (left->kind != right->kind) {
        return false;
    }
    switch (left->kind) {
    case XO_INT: return left->integer == right->integer;
    case XO_FLOAT: return memcmp(&left->real, &right->real, sizeof left->real) == 0;
    case XO_COMPLEX: return left->real == right->real && left->imaginary == right->imaginary;
    case XO_BIGINT:
    case XO_STR:
    case XO_BYTES:
        return left->size_bytes == right->size_bytes
               && (left->size_bytes == 0 || memcmp(left->bytes, right->bytes, (size_t)left->size_bytes) == 0);
    case XO_OBJECT: return left->object == right->object;
    default: return true;
    }
}

static bool
number_of(const xo_value *value, double *number)
{
    switch (value->kind) {
    case XO_FALSE: *number = 0; return true;
    case XO_TRUE: *number = 1; return true;
    case XO_INT: *number = (double)value->integer; return true;
    case XO_FLOAT: *number = value->real; return true;
    case XO_BIGINT: *number = 1e20; return true;
    default: return false;
    }
}

static const model_object *
find_object(const test_model *model, uint64_t number)
{
    for (size_t i = 0; i < model->objects.count; i++) {
        if (model->objects.items[i].number == number) {
            return &model->objects.items[i];
        }
    }
    return NULL;
}

static bool
equal_objects(const test_model *model, uint64_t left, uint64_t right)
{
    const model_content *a = &find_object(model, left)->now;
    const model_content *b = &find_object(model, right)->now;
    if (left == right) {
        return true;
    }
    if (a->kind != XO_KIND_TUPLE || b->kind != XO_KIND_TUPLE || a->items.count != b->items.count) {
        return false;
    }
    for (size_t i = 0; i < a->items.count; i++) {
        if (!model_equal_keys(model, &a->items.pairs[i].value, &b->items.pairs[i].value)) {
            return false;
        }
    }
    return true;
}

bool
model_equal_keys(const test_model *model, const xo_value *left, const xo_value *right)
{
    double a, b;
    bool numbers = number_of(left, &a);
    if (numbers != number_of(right, &b)) {
        return false;
    }
    if (numbers) {
        return a == b;
    }
    if (left->kind == XO_OBJECT && right->kind == XO_OBJECT) {
        return equal_objects(model, left->object, right->object);
    }
    return model_same_value(left, right);
}
