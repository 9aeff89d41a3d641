/* Short recordings, written by hand: one file, one code "<module>" with lines 1 to 99, one thread. */
#ifndef XO_TESTS_PROGRAM_H
#define XO_TESTS_PROGRAM_H

#include "check.h"
#include "execorder/reader.h"
#include "execorder/writer.h"
#include "files.h"

typedef struct {
    const char *path;
    xo_writer *writer;
    xo_thread *thread;
    uint32_t file, code;
    uint32_t variables;
    char path_room[512];
} test_program;

/* Starts a recording whose module frame has `variables` unbound variables: step 0 is its call. */
void program_start(test_program *program, const char *name, uint64_t chunk_bytes, uint32_t variables);
/* The same; when it is complete, it is compressed and gets filters. */
void program_start_packed(test_program *program, const char *name, uint64_t chunk_bytes, uint32_t variables);
/* That is done while it grows. */
void program_start_in_background(test_program *program, const char *name, uint64_t chunk_bytes, uint32_t variables);
/* The same as the first, of a bounded size. */
void program_start_bounded(test_program *program, const char *name, uint64_t max_bytes, uint32_t variables);
/* Another code of `variables` variables, its lines 1 to 99. */
uint32_t program_code(test_program *program, const char *name, uint32_t variables, uint32_t flags);
/* Writes the top frame's variables again, all unbound, when a new chunk wants that. */
void program_refresh(test_program *program);
/* Binds an integer, then a line step. */
void program_line(test_program *program, int32_t line, int64_t value);
void program_enter(test_program *program, uint32_t code, uint32_t variables);
void program_return(test_program *program);
/* Closes the writer and opens the recording. */
xo_reader *program_finish(test_program *program);
xo_reader *open_recording(const char *path);

/* The value of variable `slot` of the frame that runs at `step`. */
xo_value variable_at(xo_reader *reader, uint64_t step, size_t slot);
xo_contents *contents_at(xo_reader *reader, uint64_t step, uint64_t object);
bool is_text(const xo_value *value, const char *text);
bool is_int(const xo_value *value, int64_t number);
/* Reads everything there is at some steps; nothing may crash, whatever it answers. False when a step is damaged. */
bool read_everything(xo_reader *reader, uint64_t every);

#endif
