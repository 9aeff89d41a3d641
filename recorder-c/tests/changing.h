/* A random program with a few objects, whose changes come as records or as whole images. It is written with filters. */
#ifndef XO_TESTS_CHANGING_H
#define XO_TESTS_CHANGING_H

#include "model.h"
#include "program.h"

#define CHANGING_KEYS 12
/* Elements of the buffer, of two bytes each. */
#define CHANGING_ELEMENTS 300

/* The numbers of its objects. */
enum { CHANGING_LIST = 1, CHANGING_DICT, CHANGING_INSTANCE, CHANGING_CELL, CHANGING_BUFFER };

typedef struct {
    test_program program;
    test_model dice;
    xo_entity *list, *dict, *instance, *cell, *buffer;
    int64_t items[CHANGING_KEYS * 4], mapped[CHANGING_KEYS], attributes[CHANGING_KEYS];
    bool has_key[CHANGING_KEYS], has_attribute[CHANGING_KEYS];
    size_t length;
    int64_t content;
    char memory[CHANGING_ELEMENTS * 2];
} changing;

void changing_start(changing *run, const char *name, uint64_t seed);
/* Variable 0 changes at each step, variable 1 now and then; keys, names and indexes below 3 are hardly ever written. */
void changing_run(changing *run, int steps);

uint64_t changing_dice(changing *run, uint64_t below);
/* The name of an attribute. */
const char *changing_name(size_t key);
void changing_put_name(xo_writer *writer, size_t key);
void changing_put_image(changing *run, xo_entity *entity);
/* One without news. */
void changing_repeat_image(changing *run, xo_entity *entity);

#endif
