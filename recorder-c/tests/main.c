/* store_tests [word]: runs the tests whose name has the word. */
#include "check.h"

#include <stddef.h>
#include <stdlib.h>

extern const xo_test varints_tests[], parts_tests[], values_tests[], objects_tests[], keys_tests[], chunks_tests[],
    threads_tests[], lines_tests[], model_tests[], find_tests[], output_tests[], memory_tests[], recovery_tests[],
    damage_tests[], live_tests[], refusals_tests[], failure_tests[], format_tests[], copy_tests[], versions_tests[],
    last_write_tests[], buffers_tests[], check_tests[], compress_tests[], columns_tests[], generations_tests[],
    filters_tests[], lying_filters_tests[], background_tests[], gap_tests[],
    late_changes_tests[];

int
main(int count, char **arguments)
{
    const xo_suite suites[] = {
        varints_tests,    parts_tests,   values_tests,      objects_tests,       keys_tests,       chunks_tests,
        threads_tests,    lines_tests,   model_tests,       find_tests,          output_tests,     memory_tests,
        recovery_tests,   damage_tests,  live_tests,        refusals_tests,      failure_tests,    format_tests,
        copy_tests,       versions_tests, last_write_tests, buffers_tests,       check_tests,      compress_tests,
        columns_tests,    generations_tests, filters_tests, lying_filters_tests, background_tests, gap_tests,
        late_changes_tests,
    };
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
        run_suite(suites[i], count > 1 ? arguments[1] : NULL);
    }
    return finish_tests();
}
