/* A random program: written through the writer, and kept in memory in the plainest way, so that every answer of the
 * reader can be compared with what really happened. */
#ifndef XO_TESTS_MODEL_H
#define XO_TESTS_MODEL_H

#include "check.h"
#include "execorder/reader.h"
#include "execorder/writer.h"

#define MODEL_THREADS 3
#define MODEL_CODES 4
#define MODEL_LONGEST 40

typedef struct {
    xo_value key, value;
} model_pair;

typedef struct {
    model_pair *pairs;
    size_t count;
} model_pairs;

typedef struct {
    xo_kind kind;
    uint64_t class_object;
    bool unknown;
    model_pairs items;
    model_pairs attributes;
    uint64_t attribute_dict;
} model_content;

typedef struct {
    uint64_t step; /* the first that shows it */
    model_content content;
} model_version;

typedef struct {
    uint64_t number;
    xo_entity *entity;
    bool pinned;           /* never ends */
    uint64_t birth, death; /* shown by steps from birth to before death */
    model_content now;
    bool changed;
    model_version *versions;
    size_t version_count;
} model_object;

typedef struct {
    uint64_t step;
    xo_value *values;
} model_variables;

typedef struct {
    uint64_t number, globals, locals;
    uint32_t code, variable_count;
    int32_t line;
    xo_position variables_position;
    uint64_t variables_chunk;
    xo_value *values;
    bool changed;
    model_variables *versions;
    size_t version_count;
} model_frame;

typedef struct {
    uint32_t frame; /* index in model.frames */
    int32_t line;
} model_place;

typedef struct {
    xo_step_kind kind;
    uint32_t thread;
    xo_value result;
    model_place *stacks[MODEL_THREADS]; /* outermost first */
    size_t depths[MODEL_THREADS];
} model_step;

typedef struct {
    uint8_t *bytes; /* owned */
    uint64_t size;
    xo_position position; /* 0: not written yet */
    size_t base;          /* index + 1 of the text it continues; 0: none */
} model_text;

typedef struct {
    uint64_t step;
    int stream;
    size_t text;
} model_output;

#define LIST_OF(type) struct { type *items; size_t count, capacity; }

typedef struct {
    uint64_t random;
    xo_writer *writer;
    xo_thread *threads[MODEL_THREADS];
    uint32_t files[2];
    uint32_t codes[MODEL_CODES];
    size_t current; /* thread */
    model_place stacks[MODEL_THREADS][MODEL_LONGEST];
    size_t depths[MODEL_THREADS];
    LIST_OF(uint32_t) suspended; /* generators' frames */
    LIST_OF(model_object) objects;
    LIST_OF(model_frame) frames;
    LIST_OF(model_step) steps;
    LIST_OF(model_text) texts;
    LIST_OF(model_output) outputs;
} test_model;

/* For the writers of models that start from now on. */
extern uint64_t model_compress_from;
extern bool model_in_background;

void model_start(test_model *model, const char *path, uint64_t seed, uint64_t chunk_bytes);
/* Goes on for so many steps. */
void model_run(test_model *model, size_t steps);
xo_status model_close_writer(test_model *model);
void model_free(test_model *model);

/* Compares everything at one step, or all steps from `first` on. */
void model_check_step(const test_model *model, xo_reader *reader, uint64_t step);
void model_check_steps(const test_model *model, xo_reader *reader, uint64_t first, uint64_t every);
void model_check_outputs(const test_model *model, xo_reader *reader);
bool model_step_fits(const test_model *model, uint64_t step, const xo_filter *filter);

/* ---- between the model's files ---- */

uint64_t model_random(test_model *model, uint64_t below);
void *model_grow(void *items, size_t count, size_t *capacity, size_t item_bytes);
#define MODEL_ADD(list) \
    ((list)->items = model_grow((list)->items, (list)->count, &(list)->capacity, sizeof *(list)->items), \
     memset(&(list)->items[(list)->count], 0, sizeof *(list)->items), &(list)->items[(list)->count++])

/* model_values.c */
xo_value model_random_value(test_model *model);
xo_value model_random_key(test_model *model);
xo_value model_random_name(test_model *model);
void model_put_value(test_model *model, const xo_value *value);
bool model_same_value(const xo_value *left, const xo_value *right);
bool model_equal_keys(const test_model *model, const xo_value *left, const xo_value *right);
size_t model_new_text(test_model *model, const char *text, size_t size);
uint32_t model_slots_of(const test_model *model, uint32_t code);
bool model_slot_is_cell(uint32_t slot);

/* model_objects.c */
void model_make_objects(test_model *model);
void model_change_objects(test_model *model);
void model_snapshot_objects(test_model *model);
const model_content *model_content_at(const model_object *object, uint64_t step);
void model_free_objects(test_model *model);

#endif
