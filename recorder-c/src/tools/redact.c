#include "redact.h"

#include "source_literals.h"
#include "transfer.h"

static bool
hides_slot(void *context, uint32_t code, uint64_t slot)
{
    return xo_redaction_hides_slot(context, code, slot);
}

static bool
hides_name(void *context, xo_slice name)
{
    xo_redaction *redaction = context;
    return xo_names_match(redaction->names, name.bytes, name.size);
}

static bool
hides_object(void *context, uint64_t object)
{
    const xo_redaction *redaction = context;
    return xo_number_map_get(&redaction->hidden, object) != NULL;
}

/* The names of variables are keys, too: a secret is not looked for inside of those. */
static xo_status
shown(void *context, xo_slice text, bool is_key, xo_slice *out)
{
    xo_redaction *redaction = context;
    if (is_key && xo_looks_like_a_word(text) && !xo_secrets_has(&redaction->secrets, text)) {
        *out = text;
        return XO_OK;
    }
    return xo_secrets_replace(&redaction->secrets, text, out);
}

static xo_status
shown_source(void *context, xo_slice text, xo_slice *out)
{
    xo_redaction *redaction = context;
    xo_status status = xo_source_literals_blank(redaction->names, text, &redaction->source);
    xo_slice blanked = {redaction->source.bytes, redaction->source.size};
    return status != XO_OK ? status : xo_secrets_replace(&redaction->secrets, blanked, out);
}

static xo_status
shown_memory(void *context, xo_slice bytes, xo_slice *out)
{
    xo_redaction *redaction = context;
    return xo_secrets_overwrite(&redaction->secrets, bytes, out);
}

static bool
reaches_over(void *context, xo_slice text, uint64_t at)
{
    const xo_redaction *redaction = context;
    uint64_t longest = redaction->secrets.longest;
    uint64_t from = at > longest ? at - longest : 0;
    uint64_t to = text.size - at > longest ? at + longest : text.size;
    xo_slice window = {text.bytes, to};
    xo_slice found;
    if (xo_secrets_has(&redaction->secrets, text)) {
        return true;
    }
    while (xo_secrets_find(&redaction->secrets, window, from, &found)) {
        uint64_t start = (uint64_t)(found.bytes - text.bytes);
        if (start < at && start + found.size > at) {
            return true;
        }
        from = start + 1;
    }
    return false;
}

static xo_status
write_redacted(xo_transfer *transfer, xo_redaction *redaction, const char *expression, const char *to)
{
    const xo_copy_filter filter = {redaction, hides_slot,   hides_name,   hides_object,
                                   shown,     shown_source, shown_memory, reaches_over};
    xo_status status = xo_transfer_create(transfer, to, &filter, true);
    if (status == XO_OK && (status = xo_copier_run(&transfer->copier)) == XO_OK) {
        xo_writer_note(transfer->writer, "redacted", expression);
    }
    return status;
}

xo_status
xo_redact(const char *from, const char *to, const char *expression, xo_redact_report *report, xo_tool_side *side)
{
    xo_transfer transfer;
    xo_redaction redaction = {0};
    *report = (xo_redact_report){0};
    xo_status status = xo_names_create(expression, report->problem, &redaction.names);
    if (status != XO_OK || (status = xo_transfer_open(&transfer, from, side)) != XO_OK) {
        xo_redaction_free(&redaction);
        return status;
    }
    redaction.reader = transfer.reader;
    if ((status = xo_redaction_find(&redaction)) == XO_OK) {
        report->values = redaction.hidden_values;
        report->objects = redaction.hidden.count;
        report->texts = redaction.secrets.items.count;
        status = write_redacted(&transfer, &redaction, expression, to);
    }
    status = xo_transfer_end(&transfer, status);
    xo_redaction_free(&redaction);
    return status;
}
