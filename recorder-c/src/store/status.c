#include "execorder/status.h"

const char *
xo_status_text(xo_status status)
{
    switch (status) {
    case XO_OK: return "all is well";
    case XO_NOT_FOUND: return "there is no such thing in the recording";
    case XO_NO_MEMORY: return "out of memory";
    case XO_IO: return "the operating system refused";
    case XO_NO_SPACE: return "the disk is full";
    case XO_NOT_A_RECORDING: return "the file is not a recording";
    case XO_TOO_NEW: return "the recording was written by a newer version";
    case XO_NO_CODEC: return "the recording is compressed with zstd, and this build of Execorder lacks zstd: build it with zstd's sources";
    case XO_CORRUPT: return "the recording is damaged";
    }
    return "unknown status";
}
