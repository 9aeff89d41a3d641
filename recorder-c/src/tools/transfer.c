#include "transfer.h"

#include <errno.h>

static void
blame(const xo_transfer *transfer, xo_tool_side side)
{
    if (transfer->side != NULL) {
        *transfer->side = side;
    }
}

xo_status
xo_transfer_open(xo_transfer *transfer, const char *from, xo_tool_side *side)
{
    *transfer = (xo_transfer){.side = side};
    blame(transfer, XO_OF_ORIGINAL);
    return xo_reader_open(from, &transfer->reader);
}

xo_status
xo_transfer_create(xo_transfer *transfer, const char *to, const xo_copy_filter *filter, bool of_all)
{
    const xo_file_header *header = &transfer->reader->header;
    const xo_writer_options options = {
        .whole_chunks = true,
        .compress_from = 1,
        .process = header->process,
        .created_ns = header->created_ns,
        .start = of_all && header->base.offset != 0 ? &header->base : NULL,
    };
    xo_status status = xo_writer_create(to, &options, &transfer->writer);
    if (status != XO_OK) {
        blame(transfer, XO_OF_COPY);
        return status;
    }
    transfer->to = to;
    xo_copier_start(&transfer->copier, transfer->reader, transfer->writer, filter);
    return XO_OK;
}

xo_status
xo_transfer_end(xo_transfer *transfer, xo_status status)
{
    xo_copier_free(&transfer->copier);
    if (transfer->writer != NULL) {
        xo_status failure = transfer->writer->failure;
        xo_status closed = xo_writer_close(transfer->writer);
        failure = failure != XO_OK ? failure : closed;
        if (failure != XO_OK && (status == XO_OK || failure == XO_NO_SPACE || failure == XO_IO)) {
            blame(transfer, XO_OF_COPY);
            status = failure;
        }
    }
    int reason = errno;
    if (status != XO_OK && transfer->to != NULL) {
        xo_file_remove(transfer->to);
    }
    xo_reader_close(transfer->reader);
    errno = reason;
    return status;
}
