#include "redact.h"

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
    return xo_redactor_hides(redaction->redactor, name.bytes, (size_t)name.size);
}

static bool
hides_object(void *context, uint64_t object)
{
    const xo_redaction *redaction = context;
    return xo_number_map_get(&redaction->hidden, object) != NULL;
}

static xo_status
show(void *context, xo_show_kind kind, xo_slice text, xo_slice *out)
{
    xo_redaction *redaction = context;
    xo_shown shown;
    xo_status status = xo_redactor_show(redaction->redactor, kind, text.bytes, (size_t)text.size, &shown);
    *out = (xo_slice){shown.bytes, shown.size_bytes};
    return status;
}

static xo_status
shown(void *context, xo_slice text, bool is_key, xo_slice *out)
{
    return show(context, is_key ? XO_SHOW_KEY : XO_SHOW_VALUE, text, out);
}

static xo_status
shown_source(void *context, xo_slice text, xo_slice *out)
{
    return show(context, XO_SHOW_SOURCE, text, out);
}

static xo_status
shown_memory(void *context, xo_slice bytes, xo_slice *out)
{
    return show(context, XO_SHOW_MEMORY, bytes, out);
}

static bool
reaches_over(void *context, xo_slice text, uint64_t at)
{
    const xo_redaction *redaction = context;
    const xo_secrets *secrets = &redaction->redactor->secrets;
    uint64_t longest = secrets->longest;
    uint64_t from = at > longest ? at - longest : 0;
    uint64_t to = text.size - at > longest ? at + longest : text.size;
    xo_slice window = {text.bytes, to};
    xo_slice found;
    if (xo_secrets_has(secrets, text)) {
        return true;
    }
    while (xo_secrets_find(secrets, window, from, &found)) {
        uint64_t start = (uint64_t)(found.bytes - text.bytes);
        if (start < at && start + found.size > at) {
            return true;
        }
        from = start + 1;
    }
    return false;
}

static xo_status
write_redacted(xo_transfer *transfer, xo_redaction *redaction, const char *to)
{
    const xo_copy_filter filter = {redaction, hides_slot,   hides_name,   hides_object,
                                   shown,     shown_source, shown_memory, reaches_over};
    xo_status status = xo_transfer_create(transfer, to, &filter, true);
    if (status == XO_OK && (status = xo_copier_run(&transfer->copier)) == XO_OK) {
        xo_writer_note(transfer->writer, "redacted", redaction->redactor->expression);
    }
    return status;
}

xo_status
xo_redact_with(const char *from, const char *to, xo_redactor *redactor, xo_redact_report *report, xo_tool_side *side)
{
    xo_transfer transfer;
    xo_redaction redaction = {.redactor = redactor};
    *report = (xo_redact_report){0};
    xo_status status = xo_transfer_open(&transfer, from, side);
    if (status != XO_OK) {
        return status;
    }
    redaction.reader = transfer.reader;
    if ((status = xo_redaction_find(&redaction)) == XO_OK) {
        report->values = redaction.hidden_values;
        report->objects = redaction.hidden.count;
        report->texts = redactor->secrets.items.count;
        status = write_redacted(&transfer, &redaction, to);
    }
    status = xo_transfer_end(&transfer, status);
    xo_redaction_free(&redaction);
    return status;
}

xo_status
xo_redact(const char *from, const char *to, const char *expression, xo_redact_report *report, xo_tool_side *side)
{
    xo_redactor *redactor;
    *report = (xo_redact_report){0};
    xo_status status = xo_redactor_create(expression, report->problem, &redactor);
    if (status == XO_OK) {
        status = xo_redact_with(from, to, redactor, report, side);
        xo_redactor_free(redactor);
    }
    return status;
}
