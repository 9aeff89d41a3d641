/* Fields of C objects, compared with what was recorded of them last. */
#include "registered.h"

#include <stdlib.h>

typedef struct {
    PyObject *object; /* borrowed */
    xo_entity *entity;
    const xo_registered *known;
    size_t index;
    uint64_t prints[]; /* by field */
} watch;

struct xo_field_watches {
    xo_pointer_map by_object;
    watch **all; /* owned, as are its elements */
    size_t count, capacity, next;
};

enum { LOOKS_PER_STEP = 128 };

static uint64_t
mix(uint64_t sum, uint64_t value)
{
    sum = (sum ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return sum ^ sum >> 29;
}

static uint64_t
mix_bytes(uint64_t sum, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        sum = mix(sum, ((const uint8_t *)bytes)[i]);
    }
    return sum;
}

/* Tells an object from another one, also from one that was at its address before. */
static uint64_t
print_of_object(PyObject *object)
{
    uint64_t sum = (uint64_t)(uintptr_t)object;
    int64_t number;
    if (object == NULL) {
        return 0;
    }
    if (PyLong_CheckExact(object)) {
        return mix(sum, xo_small_int(object, &number) ? (uint64_t)number : (uint64_t)PyLong_AsUnsignedLongLongMask(object));
    }
    if (PyFloat_CheckExact(object)) {
        return mix_bytes(sum, &((PyFloatObject *)object)->ob_fval, sizeof(double));
    }
    if (PyUnicode_CheckExact(object)) {
        size_t size = (size_t)(PyUnicode_GET_LENGTH(object) * PyUnicode_KIND(object));
        return mix_bytes(mix(sum, size), PyUnicode_DATA(object), size < 256 ? size : 256);
    }
    if (PyBytes_CheckExact(object)) {
        size_t size = (size_t)PyBytes_GET_SIZE(object);
        return mix_bytes(mix(sum, size), PyBytes_AS_STRING(object), size < 256 ? size : 256);
    }
    const xo_entity *entity = xo_find(object);
    return mix(sum, entity == NULL ? 0 : entity->number);
}

static uint64_t
print_of(PyObject *object, const xo_field *field)
{
    const char *place = (const char *)object + field->offset;
    if (field->kind == 'O') {
        return print_of_object(*(PyObject *const *)(const void *)place);
    }
    if (field->kind == 's') {
        const char *text = *(char *const *)(const void *)place;
        return text == NULL ? 0 : mix_bytes(1, text, strlen(text));
    }
    size_t size = strchr("?bB", field->kind) ? 1 : strchr("hH", field->kind) ? 2 : strchr("iIf", field->kind) ? 4 : 8;
    return mix_bytes(1, place, size);
}

static void
take_prints(watch *item)
{
    for (size_t i = 0; i < item->known->count; i++) {
        item->prints[i] = print_of(item->object, &item->known->fields[i]);
    }
}

static bool
add(struct xo_field_watches *watches, watch *item)
{
    if (watches->count == watches->capacity) {
        size_t capacity = watches->capacity == 0 ? 16 : 2 * watches->capacity;
        watch **all = realloc(watches->all, capacity * sizeof *all);
        if (all == NULL) {
            return false;
        }
        watches->all = all;
        watches->capacity = capacity;
    }
    if (!xo_map_set(&watches->by_object, item->object, item)) {
        return false;
    }
    item->index = watches->count;
    watches->all[watches->count++] = item;
    return true;
}

/* The object's image has just been written, with its fields. */
void
xo_watch_fields(xo_recorder *recorder, PyObject *object, xo_entity *entity, const xo_registered *known)
{
    if (recorder->field_watches == NULL) {
        recorder->field_watches = calloc(1, sizeof *recorder->field_watches);
    }
    struct xo_field_watches *watches = recorder->field_watches;
    watch *item = watches == NULL ? NULL : xo_map_get(&watches->by_object, object);
    if (item != NULL && item->known != known) {
        xo_fields_forget(recorder, object);
        item = NULL;
    }
    if (item == NULL) {
        item = watches == NULL ? NULL : calloc(1, sizeof *item + known->count * sizeof *item->prints);
        if (item == NULL) {
            recorder->writer->failure = XO_NO_MEMORY;
            return;
        }
        *item = (watch){.object = object, .entity = entity, .known = known};
        if (!add(watches, item)) {
            free(item);
            recorder->writer->failure = XO_NO_MEMORY;
            return;
        }
    }
    take_prints(item);
}

static void
log_field(xo_recorder *recorder, watch *item, const xo_field *field)
{
    bool is_empty = xo_field_is_empty(item->object, field);
    xo_position start = xo_record_begin(recorder->writer, is_empty ? XO_OP_ATTR_DELETE : XO_OP_ATTR_SET, item->entity);
    xo_put_latin(recorder, field->name);
    if (!is_empty) {
        xo_put_field(recorder, item->object, field);
    }
    xo_change_end(item->object, item->entity, start);
}

static void
look(xo_recorder *recorder, watch *item)
{
    for (size_t i = 0; i < item->known->count && !xo_image_will_tell(item->entity); i++) {
        const xo_field *field = &item->known->fields[i];
        if (print_of(item->object, field) != item->prints[i]) {
            log_field(recorder, item, field);
            item->prints[i] = print_of(item->object, field);
        }
    }
}

void
xo_fields_settle(xo_recorder *recorder)
{
    struct xo_field_watches *watches = recorder->field_watches;
    size_t looks = watches->count < LOOKS_PER_STEP ? watches->count : LOOKS_PER_STEP;
    for (size_t i = 0; i < looks; i++) {
        watches->next = watches->next < watches->count ? watches->next : 0;
        look(recorder, watches->all[watches->next++]);
    }
}

void
xo_fields_forget(xo_recorder *recorder, PyObject *object)
{
    struct xo_field_watches *watches = recorder->field_watches;
    watch *item = xo_map_remove(&watches->by_object, object);
    if (item != NULL) {
        watch *last = watches->all[--watches->count];
        watches->all[item->index] = last;
        last->index = item->index;
        free(item);
    }
}

void
xo_fields_free(xo_recorder *recorder)
{
    struct xo_field_watches *watches = recorder->field_watches;
    for (size_t i = 0; watches != NULL && i < watches->count; i++) {
        free(watches->all[i]);
    }
    if (watches != NULL) {
        xo_map_free(&watches->by_object);
        free(watches->all);
        free(watches);
    }
    recorder->field_watches = NULL;
}
