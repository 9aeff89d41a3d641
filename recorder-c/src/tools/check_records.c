/* The records of a chunk, one after the other: each makes sense, and is where the ones before it say. */
#include "check.h"

#include <inttypes.h>

static uint64_t
position_of(const xo_checker *checker, const uint8_t *at)
{
    return checker->position + (uint64_t)(at - checker->log);
}

/* Texts are looked up where references lead to. */
static xo_status
check_part(void *context, const xo_part *part)
{
    xo_checker *checker = context;
    xo_value value;
    if (!xo_part_is_value(part)) {
        return XO_OK;
    }
    checker->report->values++;
    xo_log_cursor cursor = {part->at, part->end, checker->log, checker->position};
    xo_status status = xo_value_read(checker->reader, &cursor, &value);
    if (status != XO_OK && status != XO_NO_MEMORY) {
        xo_check_problem(checker, "position %" PRIu64 ": a value makes no sense, or refers to what is no text",
                         position_of(checker, part->at));
        return XO_OK;
    }
    return status;
}

static xo_status
check_object(xo_checker *checker, const xo_record *record, uint64_t position)
{
    const uint64_t *newest = xo_number_map_get(&checker->newest, record->number);
    uint64_t before = newest == NULL ? 0 : *newest;
    if (before == 0 && record->op != XO_OP_IMAGE) {
        xo_check_problem(checker, "position %" PRIu64 ": object %" PRIu64 " changes before it is described", position,
                         record->number);
    } else if (before != 0 && record->distance != position - before) {
        xo_check_problem(checker, "position %" PRIu64 ": the record before it of object %" PRIu64 " is not where it says",
                         position, record->number);
    }
    checker->report->objects += before == 0;
    bool put = xo_number_map_put(&checker->newest, record->number, position)
               && xo_number_map_put(&checker->in_chunk, record->number, position)
               && xo_number_map_put(&checker->in_group, record->number, position);
    return put ? XO_OK : XO_NO_MEMORY;
}

static void
check_chain(xo_checker *checker, const xo_record *record, uint64_t position, uint64_t *newest)
{
    uint64_t expected = *newest == 0 ? 0 : position - *newest;
    if (record->distance != expected) {
        xo_check_problem(checker, "position %" PRIu64 ": the record before it of its chain is not where it says",
                         position);
    }
    *newest = position;
}

static void
check_definition(xo_checker *checker, const xo_record *record, uint64_t position)
{
    uint64_t *const counts[] = {
        [XO_OP_DEFINE_FILE - XO_OP_DEFINE_FILE] = &checker->files,
        [XO_OP_DEFINE_CODE - XO_OP_DEFINE_FILE] = &checker->codes,
        [XO_OP_DEFINE_THREAD - XO_OP_DEFINE_FILE] = &checker->threads,
    };
    const uint8_t *at = record->operands;
    uint64_t number;
    check_chain(checker, record, position, &checker->definition);
    xo_definition_put(&checker->definitions, record->op, record->operands, (size_t)(record->end - record->operands));
    if (record->op == XO_OP_NOTE) {
        return;
    }
    uint64_t *count = counts[record->op - XO_OP_DEFINE_FILE];
    (*count)++;
    if (xo_varint_read(&at, record->end, &number) != XO_OK || number != *count) {
        xo_check_problem(checker, "position %" PRIu64 ": definitions are not numbered in order", position);
    }
}

static void
count_steps(xo_checker *checker, const xo_record *record)
{
    static const xo_step_kind kinds[] = {
        [XO_OP_LINE_FAR] = XO_STEP_LINE, [XO_OP_CALL] = XO_STEP_CALL,     [XO_OP_RETURN] = XO_STEP_RETURN,
        [XO_OP_YIELD] = XO_STEP_YIELD,   [XO_OP_RESUME] = XO_STEP_RESUME, [XO_OP_EXCEPTION] = XO_STEP_EXCEPTION,
        [XO_OP_LINES] = XO_STEP_LINE,
    };
    if (record->op >= XO_OP_LINE_FAR && record->op <= XO_OP_LINES) {
        checker->steps[kinds[record->op]] += record->op == XO_OP_LINES ? record->count : 1;
    }
}

/* Nothing from here on refers to what was before; all that is needed of it is said again. */
static void
begin_generation(xo_checker *checker)
{
    xo_number_map_free(&checker->newest);
    checker->definition = checker->output = 0;
    checker->files = checker->codes = checker->threads = 0;
    checker->definitions.size = 0;
}

static xo_status
check_record(xo_checker *checker, const xo_record *record, const uint8_t *at)
{
    uint64_t position = position_of(checker, at);
    checker->report->records++;
    count_steps(checker, record);
    if (xo_op_is_definition(record->op)) {
        if (at == checker->log && record->distance == 0) {
            begin_generation(checker);
        }
        check_definition(checker, record, position);
        return XO_OK;
    }
    if (record->op == XO_OP_OUTPUT) {
        checker->outputs++;
        check_chain(checker, record, position, &checker->output);
        return XO_OK;
    }
    if (xo_op_is_object(record->op)) {
        xo_status status = check_object(checker, record, position);
        if (status != XO_OK) {
            return status;
        }
    }
    return xo_record_walk(record, check_part, checker);
}

xo_status
xo_check_records(xo_checker *checker, const xo_log_chunk *chunk)
{
    const uint8_t *at = chunk->payload + chunk->header.table_bytes;
    const uint8_t *limit = at + chunk->log_bytes;
    xo_status status = XO_OK;
    checker->log = at;
    checker->position = chunk->position;
    while (at < limit && status == XO_OK) {
        xo_record record;
        if (xo_record_read(at, limit, &record) != XO_OK) {
            xo_check_problem(checker, "position %" PRIu64 ": no record makes sense here", position_of(checker, at));
            return XO_OK;
        }
        status = check_record(checker, &record, at);
        at = record.end;
    }
    return status;
}
