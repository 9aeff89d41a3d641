#include "source_literals.h"

#include "copier.h"

#include <string.h>

#define DEEPEST 64u
#define LONGEST_NAME_IN_QUOTES 100

/* Inside of a pair of brackets, or outside of all (level 0). */
typedef struct {
    char bracket;
    bool hot;   /* a redacted name stands before, in this item or statement */
    bool stays; /* until the bracket closes: the name is an argument in quotes */
} level;

typedef struct {
    xo_names *names;
    xo_buffer *out;
    const uint8_t *at, *limit;
    level levels[DEEPEST];
    unsigned depth;
} scanner;

static bool
is_word_start(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool
is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool
is_hot(const scanner *scan)
{
    for (unsigned i = 0; i <= scan->depth; i++) {
        if (scan->levels[i].hot) {
            return true;
        }
    }
    return false;
}

static void
put_up_to(scanner *scan, const uint8_t *end)
{
    xo_buffer_put(scan->out, scan->at, (size_t)(end - scan->at));
    scan->at = end;
}

/* A stand-in, and the line ends of what it stands for. */
static void
blank_up_to(scanner *scan, const uint8_t *end)
{
    if (end > scan->at) {
        xo_buffer_put(scan->out, XO_REDACTED, sizeof XO_REDACTED - 1);
    }
    for (; scan->at < end; scan->at++) {
        if (*scan->at == '\n') {
            xo_buffer_put(scan->out, "\n", 1);
        }
    }
}

/* Where the text in quotes that starts at `at` ends: at its closing quotes, or where the line does. */
static const uint8_t *
end_of_text(const scanner *scan, const uint8_t *at, uint8_t quote, bool triple)
{
    for (; at < scan->limit; at++) {
        if (*at == '\\' && at + 1 < scan->limit) {
            at++;
        } else if (*at == quote
                   && (!triple || (scan->limit - at >= 3 && at[1] == quote && at[2] == quote))) {
            return at;
        } else if (*at == '\n' && !triple) {
            return at;
        }
    }
    return scan->limit;
}

static void
pass_text(scanner *scan)
{
    uint8_t quote = *scan->at;
    bool triple = scan->limit - scan->at >= 3 && scan->at[1] == quote && scan->at[2] == quote;
    const uint8_t *start = scan->at + (triple ? 3 : 1);
    const uint8_t *end = end_of_text(scan, start, quote, triple);
    const uint8_t *after = end + (triple ? 3 : 1);
    level *here = &scan->levels[scan->depth];
    put_up_to(scan, start);
    if (is_hot(scan)) {
        blank_up_to(scan, end);
    } else if (end - start <= LONGEST_NAME_IN_QUOTES && xo_names_match(scan->names, start, (uint64_t)(end - start))) {
        here->hot = true;
        here->stays = here->bracket == '(';
    }
    put_up_to(scan, after < scan->limit ? after : scan->limit);
}

static bool
is_quote(uint8_t c)
{
    return c == '\'' || c == '"';
}

static void
pass_word(scanner *scan)
{
    const uint8_t *end = scan->at;
    while (end < scan->limit && (is_word_start(*end) || is_digit(*end))) {
        end++;
    }
    bool is_prefix = end < scan->limit && is_quote(*end) && end - scan->at <= 2;
    if (!is_prefix && xo_names_match(scan->names, scan->at, (uint64_t)(end - scan->at))) {
        scan->levels[scan->depth].hot = true;
    }
    put_up_to(scan, end);
}

static void
pass_number(scanner *scan)
{
    const uint8_t *end = scan->at;
    while (end < scan->limit && (is_word_start(*end) || is_digit(*end) || *end == '.')) {
        end++;
    }
    if (is_hot(scan)) {
        xo_buffer_put(scan->out, "0", 1);
        scan->at = end;
    } else {
        put_up_to(scan, end);
    }
}

static void
pass_comment(scanner *scan)
{
    const uint8_t *end = scan->at;
    bool mentions = is_hot(scan);
    while (end < scan->limit && *end != '\n') {
        const uint8_t *word = end;
        while (end < scan->limit && (is_word_start(*end) || is_digit(*end))) {
            end++;
        }
        mentions = mentions || (end > word && xo_names_match(scan->names, word, (uint64_t)(end - word)));
        end += end == word;
    }
    if (mentions) {
        put_up_to(scan, scan->at + 1);
        blank_up_to(scan, end);
    } else {
        put_up_to(scan, end);
    }
}

static void
open_bracket(scanner *scan, char bracket)
{
    if (scan->depth + 1 < DEEPEST) {
        scan->levels[++scan->depth] = (level){.bracket = bracket};
    }
}

/* d['password'] makes what follows hot, f('password') doesn't. */
static void
close_bracket(scanner *scan)
{
    if (scan->depth > 0) {
        bool passes_on = scan->levels[scan->depth].hot && scan->levels[scan->depth].bracket == '[';
        scan->depth--;
        scan->levels[scan->depth].hot = scan->levels[scan->depth].hot || passes_on;
    }
}

static void
pass_sign(scanner *scan)
{
    uint8_t sign = *scan->at;
    level *here = &scan->levels[scan->depth];
    if (sign == '\\' && scan->limit - scan->at >= 2) { /* the statement goes on in the next line */
        put_up_to(scan, scan->at + 2);
        return;
    }
    if (sign == '(' || sign == '[' || sign == '{') {
        open_bracket(scan, (char)sign);
    } else if (sign == ')' || sign == ']' || sign == '}') {
        close_bracket(scan);
    } else if (scan->depth == 0 ? sign == '\n' || sign == ';' : sign == ',') {
        here->hot = here->stays;
    }
    put_up_to(scan, scan->at + 1);
}

xo_status
xo_source_literals_blank(xo_names *names, xo_slice source, xo_buffer *out)
{
    scanner pass = {.names = names, .out = out, .at = source.bytes, .limit = source.bytes + source.size};
    out->size = 0;
    while (pass.at < pass.limit) {
        if (is_word_start(*pass.at)) {
            pass_word(&pass);
        } else if (is_digit(*pass.at)) {
            pass_number(&pass);
        } else if (is_quote(*pass.at)) {
            pass_text(&pass);
        } else if (*pass.at == '#') {
            pass_comment(&pass);
        } else {
            pass_sign(&pass);
        }
    }
    return out->failed ? XO_NO_MEMORY : XO_OK;
}
