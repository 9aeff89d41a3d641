/* What every function of the store answers. */
#ifndef EXECORDER_STATUS_H
#define EXECORDER_STATUS_H

typedef enum {
    XO_OK = 0,
    XO_NOT_FOUND,       /* the question has no answer: no such step, visit, object */
    XO_NO_MEMORY,
    XO_IO,              /* the operating system refused; errno says why */
    XO_NO_SPACE,        /* the disk or the quota is full */
    XO_NOT_A_RECORDING, /* the file does not start like a recording */
    XO_TOO_NEW,         /* written by a newer format than this reader knows */
    XO_NO_CODEC,        /* compressed in a way that this build doesn't have */
    XO_CORRUPT,         /* damaged: a checksum, length or offset is wrong */
} xo_status;

/* One lower-case phrase in English, for instance "the recording is damaged". Never NULL. */
const char *xo_status_text(xo_status status);

#endif
