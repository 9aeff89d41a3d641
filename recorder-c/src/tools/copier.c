#include "copier.h"

#include <stdlib.h>

void
xo_copier_start(xo_copier *copier, xo_reader *reader, xo_writer *writer, const xo_copy_filter *filter)
{
    *copier = (xo_copier){.reader = reader, .writer = writer, .filter = filter, .role = XO_PART_VALUE};
}

void
xo_copier_free(xo_copier *copier)
{
    xo_number_map_free(&copier->entities);
    xo_number_map_free(&copier->frames);
    xo_number_map_free(&copier->texts);
    free(copier->touched[0].items);
    free(copier->touched[1].items);
    free(copier->runs.items);
    free(copier->wanted.items);
    free(copier->threads);
}

bool
xo_copy_is_at_base(const xo_copier *copier)
{
    const xo_base *base = &copier->reader->header.base;
    return base->offset != 0 && copier->writer->steps == base->first_step;
}

/* A thread was running already. */
static xo_status
enter_first_thread(xo_copier *copier)
{
    xo_chunk_index *index;
    xo_status status = xo_chunk_start_index(copier->reader, 0, &index);
    if (status != XO_OK) {
        return status;
    }
    xo_thread *thread = xo_copy_thread(copier, index->thread);
    xo_chunk_index_free(index);
    if (thread != NULL) {
        xo_writer_switch_thread(copier->writer, thread);
    }
    return XO_OK;
}

static xo_status
copy_record(xo_copier *copier, const xo_record *record)
{
    uint64_t here = (uint64_t)(copier->source.at - copier->source.log);
    if (copier->partial) {
        xo_status status = xo_copy_older_objects(copier, record, here);
        if (status != XO_OK) {
            return status;
        }
    }
    if (xo_op_is_object(record->op)) {
        return xo_copy_object_record(copier, record);
    }
    if (xo_op_is_definition(record->op)) {
        return xo_copy_definition(copier, record);
    }
    if (record->op == XO_OP_OUTPUT) {
        return xo_copy_output(copier, record);
    }
    xo_status status = copier->writer->thread == NULL && xo_copy_is_at_base(copier) ? enter_first_thread(copier) : XO_OK;
    return status == XO_OK ? xo_copy_step_record(copier, record) : status;
}

static xo_status
open_chunk(xo_copier *copier, uint64_t chunk)
{
    xo_log_chunk *loaded;
    xo_status status = xo_chunk_load_records(copier->reader, chunk, &loaded);
    if (status == XO_OK) {
        const uint8_t *log = loaded->payload + loaded->header.table_bytes;
        copier->chunk = chunk;
        copier->chunk_position = loaded->position;
        copier->source = (xo_log_cursor){
            .at = log,
            .limit = log + loaded->log_bytes,
            .log = log,
            .position = loaded->position,
        };
    }
    return status;
}

/* The records of the open chunk that end behind offset `from`, until the copy has `steps` steps. */
static xo_status
copy_records(xo_copier *copier, uint64_t from, uint64_t steps)
{
    const uint8_t *at = copier->source.log;
    const uint8_t *first = at + from;
    const uint8_t *limit = copier->source.limit;
    xo_status status = XO_OK;
    while (at < limit && status == XO_OK && copier->writer->steps < steps) {
        xo_record record;
        if ((status = xo_record_read(at, limit, &record)) == XO_OK) {
            copier->source.at = at < first ? first : at;
            status = record.end <= first ? XO_OK : copy_record(copier, &record);
            at = record.end;
        }
    }
    return status;
}

static xo_status
close_chunk(xo_copier *copier)
{
    xo_status status = xo_copy_end_objects(copier);
    if (status == XO_OK) {
        xo_number_map_free(&copier->frames);
        if (copier->chunk + 1 < copier->reader->chunks.count) {
            xo_writer_turn_chunk(copier->writer);
        }
        status = copier->writer->failure;
    }
    return status;
}

/* From offset `from` of chunk `first` on. */
static xo_status
copy_chunks(xo_copier *copier, uint64_t first, uint64_t from, uint64_t steps)
{
    xo_status status = XO_OK;
    for (uint64_t chunk = first; chunk < copier->reader->chunks.count && status == XO_OK; chunk++) {
        if (copier->writer->steps >= steps) {
            break;
        }
        if ((status = open_chunk(copier, chunk)) == XO_OK
            && (status = copy_records(copier, chunk == first ? from : 0, steps)) == XO_OK) {
            status = close_chunk(copier);
        }
    }
    return status;
}

xo_status
xo_copier_run(xo_copier *copier)
{
    return copy_chunks(copier, 0, 0, UINT64_MAX);
}

static xo_status
copy_stack(xo_copier *copier, uint64_t step, uint32_t number, uint64_t end)
{
    xo_frame_view *frames;
    size_t count;
    xo_thread *thread = xo_copy_thread(copier, number);
    xo_status status = xo_reader_stack(copier->reader, step, number, &frames, &count);
    if (status != XO_OK) {
        return status;
    }
    if (count > 0 && thread == NULL) {
        status = XO_CORRUPT;
    } else if (count > 0) {
        xo_writer_switch_thread(copier->writer, thread);
    }
    for (size_t i = count; i-- > 0 && status == XO_OK;) {
        status = xo_copy_frame_at(copier, &frames[i], end);
    }
    free(frames);
    return status;
}

/* RESULT or RAISED, when one belongs to this step. */
static xo_status
copy_result(xo_copier *copier, const xo_located *located)
{
    const xo_chunk_index *index = located->index;
    for (size_t i = 0; i < index->results.count; i++) {
        xo_record record;
        if (index->results.items[i].steps != located->local) {
            continue;
        }
        uint64_t position = index->position + index->results.items[i].offset - 1;
        xo_status status = xo_log_record(copier->reader, position, &record, &copier->source);
        if (status != XO_OK
            || (status = xo_copy_older_objects(copier, &record, xo_step_mark_end(located->mark))) != XO_OK) {
            return status;
        }
        copier->aside = true;
        status = xo_copy_step_record(copier, &record);
        copier->aside = false;
        return status;
    }
    return XO_OK;
}

static xo_status
copy_first_step(xo_copier *copier, uint64_t step)
{
    static const xo_op ops[] = {[XO_STEP_CALL] = XO_OP_CALL,     [XO_STEP_RETURN] = XO_OP_RETURN,
                                [XO_STEP_YIELD] = XO_OP_YIELD,   [XO_STEP_RESUME] = XO_OP_RESUME,
                                [XO_STEP_EXCEPTION] = XO_OP_EXCEPTION};
    xo_step_view view;
    xo_located located;
    xo_status status = xo_reader_step(copier->reader, step, &view);
    if (status != XO_OK || (status = xo_locate(copier->reader, step, &located)) != XO_OK) {
        return status;
    }
    xo_thread *thread = xo_copy_thread(copier, view.thread);
    if (thread == NULL || thread->depth == 0) {
        return XO_CORRUPT;
    }
    xo_writer_switch_thread(copier->writer, thread);
    if (view.kind == XO_STEP_LINE) {
        return xo_copy_line(copier, view.line);
    }
    if ((status = copy_result(copier, &located)) == XO_OK) {
        xo_step(copier->writer, ops[view.kind]);
    }
    return status;
}

/* All that came before the step, as it is at its end. */
static xo_status
copy_past(xo_copier *copier, uint64_t step, uint64_t end)
{
    xo_status status = xo_copy_define_all(copier);
    for (uint32_t thread = 1; thread <= copier->reader->threads.count && status == XO_OK; thread++) {
        status = copy_stack(copier, step, thread, end);
    }
    return status;
}

xo_status
xo_copier_run_part(xo_copier *copier, uint64_t first, uint64_t last)
{
    xo_located located;
    copier->partial = true;
    xo_status status = xo_locate(copier->reader, first, &located);
    if (status != XO_OK) {
        return status;
    }
    uint64_t end = xo_step_mark_end(located.mark);
    uint64_t chunk = located.index->chunk;
    if ((status = open_chunk(copier, chunk)) == XO_OK && (status = copy_past(copier, first, end)) == XO_OK
        && (status = copy_first_step(copier, first)) == XO_OK) {
        status = copy_chunks(copier, chunk, end, last - first + 1);
    }
    return status;
}
