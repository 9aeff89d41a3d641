/* A test is a function; a check that fails ends it. */
#ifndef XO_TESTS_CHECK_H
#define XO_TESTS_CHECK_H

#include "execorder/status.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    const char *name; /* a sentence about behaviour */
    void (*run)(void);
} xo_test;

/* Every file of tests ends with one of these: {"…", run}, …, {0} */
typedef const xo_test *xo_suite;

void run_suite(xo_suite suite, const char *filter);
/* Says how it went; the process's exit status. */
int finish_tests(void);

/* Said with a failing check: where in a loop or with which seed. */
void set_context(const char *format, ...);

void fail_check(const char *file, int line, const char *format, ...);

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            fail_check(__FILE__, __LINE__, "%s", #condition); \
        } \
    } while (0)
#define CHECK_STATUS(expected, expression) \
    do { \
        xo_status check_status = (expression); \
        if (check_status != (expected)) { \
            fail_check(__FILE__, __LINE__, "%s: %s", #expression, xo_status_text(check_status)); \
        } \
    } while (0)
#define CHECK_OK(expression) CHECK_STATUS(XO_OK, expression)
#define CHECK_EQUAL(expected, expression) \
    do { \
        long long check_expected = (long long)(expected), check_is = (long long)(expression); \
        if (check_expected != check_is) { \
            fail_check(__FILE__, __LINE__, "%s is %lld, not %lld", #expression, check_is, check_expected); \
        } \
    } while (0)

#endif
