#define _POSIX_C_SOURCE 200809L

#include "redactor.h"

#include "source_literals.h"

#include <stdlib.h>
#include <string.h>

/* A text that is found inside of a hidden object is a secret elsewhere as well when it is at least so long; a dict's key
 * when it doesn't look like a word. */
#define LEAST_ITEM 4u
#define LEAST_KEY 8u
/* A larger block of memory is data, and no secret that would stand elsewhere. */
#define MOST_MEMORY 4096u

xo_status
xo_redactor_create(const char *expression, char *problem, xo_redactor **out)
{
    xo_redactor *redactor = calloc(1, sizeof *redactor);
    *out = NULL;
    *problem = '\0';
    if (redactor == NULL || (redactor->expression = strdup(expression)) == NULL) {
        xo_redactor_free(redactor);
        return XO_NO_MEMORY;
    }
    xo_status status = xo_names_create(expression, problem, &redactor->names);
    if (status != XO_OK) {
        xo_redactor_free(redactor);
        return status;
    }
    *out = redactor;
    return XO_OK;
}

void
xo_redactor_free(xo_redactor *redactor)
{
    if (redactor != NULL) {
        xo_names_free(redactor->names);
        xo_secrets_free(&redactor->secrets);
        xo_buffer_free(&redactor->source);
        free(redactor->expression);
        free(redactor);
    }
}

bool
xo_redactor_hides(xo_redactor *redactor, const void *name, size_t size_bytes)
{
    return xo_names_match(redactor->names, name, size_bytes);
}

static bool
is_worth_hiding(xo_text_origin origin, xo_slice text)
{
    switch (origin) {
    case XO_TEXT_OF_OBJECT: return text.size >= LEAST_ITEM;
    case XO_TEXT_OF_KEY: return text.size >= LEAST_KEY && !xo_looks_like_a_word(text);
    case XO_TEXT_OF_MEMORY: return text.size >= LEAST_ITEM && text.size <= MOST_MEMORY;
    default: return true;
    }
}

bool
xo_redactor_learn(xo_redactor *redactor, xo_text_origin origin, const void *text, size_t size_bytes)
{
    xo_slice slice = {text, size_bytes};
    return !is_worth_hiding(origin, slice) || xo_secrets_add(&redactor->secrets, slice);
}

static xo_status
show_source(xo_redactor *redactor, xo_slice text, xo_slice *out)
{
    xo_status status = xo_source_literals_blank(redactor->names, text, &redactor->source);
    xo_slice blanked = {redactor->source.bytes, redactor->source.size};
    return status != XO_OK ? status : xo_secrets_replace(&redactor->secrets, blanked, out);
}

/* The names of variables are keys, too: a secret is not looked for inside of those. */
static xo_status
show_key(xo_redactor *redactor, xo_slice text, xo_slice *out)
{
    if (xo_looks_like_a_word(text) && !xo_secrets_has(&redactor->secrets, text)) {
        *out = text;
        return XO_OK;
    }
    return xo_secrets_replace(&redactor->secrets, text, out);
}

static xo_status
show(xo_redactor *redactor, xo_show_kind kind, xo_slice text, xo_slice *out)
{
    switch (kind) {
    case XO_SHOW_KEY: return show_key(redactor, text, out);
    case XO_SHOW_SOURCE: return show_source(redactor, text, out);
    case XO_SHOW_MEMORY: return xo_secrets_overwrite(&redactor->secrets, text, out);
    default: return xo_secrets_replace(&redactor->secrets, text, out);
    }
}

xo_status
xo_redactor_show(xo_redactor *redactor, xo_show_kind kind, const void *text, size_t size_bytes, xo_shown *out)
{
    xo_slice given = {text, size_bytes};
    xo_slice result = given;
    xo_status status = show(redactor, kind, given, &result);
    *out = (xo_shown){result.bytes, (size_t)result.size};
    return status;
}
