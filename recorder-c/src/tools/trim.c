/* Whole and partial copies. */
#include "transfer.h"

xo_status
xo_snapshot(const char *from, const char *to, const xo_tool_note *notes, size_t count, xo_tool_side *side)
{
    xo_transfer transfer;
    xo_status status = xo_transfer_open(&transfer, from, side);
    if (status != XO_OK) {
        return status;
    }
    if ((status = xo_transfer_create(&transfer, to, NULL, true)) == XO_OK) {
        status = xo_copier_run(&transfer.copier);
    }
    for (size_t i = 0; i < count && status == XO_OK; i++) {
        xo_writer_note(transfer.writer, notes[i].key, notes[i].text);
    }
    return xo_transfer_end(&transfer, status);
}

xo_status
xo_compact(const char *from, const char *to, xo_tool_side *side)
{
    return xo_snapshot(from, to, NULL, 0, side);
}

xo_status
xo_trim(const char *from, const char *to, uint64_t first, uint64_t last, xo_tool_side *side)
{
    xo_transfer transfer;
    xo_status status = xo_transfer_open(&transfer, from, side);
    if (status != XO_OK) {
        return status;
    }
    if (first > last || last >= transfer.reader->steps) {
        status = XO_NOT_FOUND;
    } else if ((status = xo_transfer_create(&transfer, to, NULL, false)) == XO_OK) {
        status = xo_copier_run_part(&transfer.copier, first, last);
    }
    return xo_transfer_end(&transfer, status);
}
