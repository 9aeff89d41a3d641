#define _POSIX_C_SOURCE 200809L

#include "names.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_NAME 255u
#define CACHED 1024u

/* The same few names are asked for again and again. */
typedef struct {
    char name[40];
    uint8_t size; /* + 1; 0: nothing here */
    bool matches;
} cached_name;

struct xo_names {
    regex_t expression;
    cached_name cached[CACHED];
};

xo_status
xo_names_create(const char *expression, char *problem, xo_names **out)
{
    xo_names *names = calloc(1, sizeof *names);
    *out = NULL;
    problem[0] = '\0';
    if (names == NULL) {
        return XO_NO_MEMORY;
    }
    int code = regcomp(&names->expression, expression, REG_EXTENDED | REG_ICASE | REG_NOSUB);
    if (code != 0) {
        regerror(code, &names->expression, problem, 200);
        free(names);
        return XO_NOT_FOUND;
    }
    *out = names;
    return XO_OK;
}

void
xo_names_free(xo_names *names)
{
    if (names != NULL) {
        regfree(&names->expression);
        free(names);
    }
}

static bool
match(const xo_names *names, const uint8_t *text, uint64_t size)
{
    char name[LONGEST_NAME + 1];
    memcpy(name, text, (size_t)size);
    name[size] = '\0';
    return regexec(&names->expression, name, 0, NULL, 0) == 0;
}

static uint32_t
hash(const uint8_t *text, uint64_t size)
{
    uint32_t sum = 2166136261u;
    for (uint64_t i = 0; i < size; i++) {
        sum = (sum ^ text[i]) * 16777619u;
    }
    return sum;
}

bool
xo_names_match(xo_names *names, const uint8_t *text, uint64_t size)
{
    if (size > LONGEST_NAME) { /* that is no name */
        return false;
    }
    cached_name *cached = &names->cached[hash(text, size) % CACHED];
    if (size > sizeof cached->name) {
        return match(names, text, size);
    }
    if (cached->size != size + 1 || memcmp(cached->name, text, (size_t)size) != 0) {
        memcpy(cached->name, text, (size_t)size);
        cached->size = (uint8_t)(size + 1);
        cached->matches = match(names, text, size);
    }
    return cached->matches;
}
