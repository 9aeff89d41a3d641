#include "check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static jmp_buf leave_test;
static char context[256];
static int passed, failed;

void
set_context(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(context, sizeof context, format, arguments);
    va_end(arguments);
}

void
fail_check(const char *file, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("# %s:%d: ", file, line);
    vprintf(format, arguments);
    printf("%s%s\n", context[0] ? " with " : "", context);
    va_end(arguments);
    longjmp(leave_test, 1);
}

static void
run_test(const xo_test *test)
{
    context[0] = '\0';
    if (setjmp(leave_test) == 0) {
        test->run();
        passed++;
        printf("ok %d - %s\n", passed + failed, test->name);
    } else {
        failed++;
        printf("not ok %d - %s\n", passed + failed, test->name);
    }
    fflush(stdout);
}

void
run_suite(xo_suite suite, const char *filter)
{
    for (; suite->name != NULL; suite++) {
        if (filter == NULL || strstr(suite->name, filter) != NULL) {
            run_test(suite);
        }
    }
}

int
finish_tests(void)
{
    printf("1..%d\n%d passed, %d failed\n", passed + failed, passed, failed);
    return failed > 0;
}
