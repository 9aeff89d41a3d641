/* Files of tests, in a folder of their own. */
#ifndef XO_TESTS_FILES_H
#define XO_TESTS_FILES_H

#include <stddef.h>
#include <stdint.h>

/* A path for a file of this name; valid until the next eight calls. The folder goes at exit. */
const char *test_path(const char *name);

/* The whole file; the caller frees it. */
uint8_t *read_whole_file(const char *path, size_t *size);
void write_whole_file(const char *path, const void *bytes, size_t size);

/* Makes all checksums of a recording right again after bytes were changed, as far as its headers make sense. */
void repair_checksums(uint8_t *bytes, size_t size);

#endif
