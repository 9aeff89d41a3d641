/* Keeps the collector of cycles away for a while. */
#include "hooks.h"

#if XO_PAUSES_COLLECTOR

bool
xo_collector_pause(void)
{
    return PyGC_Disable() != 0;
}

void
xo_collector_resume(void)
{
    PyGC_Enable();
}

#else

static const PyMethodDef *isenabled, *disable, *enable; /* NULL where the program has functions of its own instead */

static void
find_functions(void)
{
    static bool are_found;
    if (!are_found) {
        are_found = true;
        isenabled = xo_find_function("gc", "isenabled");
        disable = xo_find_function("gc", "disable");
        enable = xo_find_function("gc", "enable");
    }
}

static bool
is_true(const PyMethodDef *definition)
{
    PyObject *result = definition->ml_meth(NULL, NULL);
    Py_XDECREF(result);
    return result == Py_True;
}

bool
xo_collector_pause(void)
{
    find_functions();
    if (isenabled == NULL || disable == NULL || enable == NULL || !is_true(isenabled)) {
        return false;
    }
    (void)is_true(disable);
    return true;
}

void
xo_collector_resume(void)
{
    (void)is_true(enable);
}

#endif
