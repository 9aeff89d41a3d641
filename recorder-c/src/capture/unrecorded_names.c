/* Names in dicts that library code binds, up to CPython 3.11: no hook tells of them, and the dict may well be the program's,
 * as when it gives it to exec() or code.InteractiveInterpreter. So such code keeps its line events, and with each of them,
 * with each call that it makes and when it returns its dicts are looked at. */
#include "unrecorded_names.h"

#include "changes.h"
#include "dispatch.h"

#if !XO_HAS_DICT_WATCHERS

/* When the dicts were looked at last; a version is that of one dict only. */
static uint64_t version_of_locals, version_of_globals;

static bool
is_name_store(int opcode)
{
    switch (opcode) {
    case STORE_NAME:
    case DELETE_NAME:
    case STORE_GLOBAL:
    case DELETE_GLOBAL:
    case IMPORT_STAR:
    case SETUP_ANNOTATIONS:
        return true;
    default:
        return false;
    }
}

static bool
holds_name_store(PyCodeObject *code)
{
    PyObject *bytes = PyTuple_GET_SIZE(code->co_names) == 0 ? NULL : PyCode_GetCode(code);
    if (bytes == NULL) {
        PyErr_Clear();
        return false;
    }
    const uint8_t *units = (const uint8_t *)PyBytes_AS_STRING(bytes);
    Py_ssize_t offset = 0;
    while (offset + 1 < PyBytes_GET_SIZE(bytes) && !is_name_store(units[offset])) {
        offset += 2;
    }
    bool found = offset + 1 < PyBytes_GET_SIZE(bytes);
    Py_DECREF(bytes);
    return found;
}

static bool
binds_names(xo_code *code)
{
    if (code->name_stores == XO_NAME_STORES_UNKNOWN) {
        code->name_stores = holds_name_store(code->code) ? XO_NAME_STORES : XO_NO_NAME_STORES;
    }
    return code->name_stores == XO_NAME_STORES;
}

static void
look_at_dict(PyObject *dict, uint64_t *known, bool starts)
{
    if (dict == NULL || !PyDict_CheckExact(dict) || xo_dict_version(dict) == *known) {
        return;
    }
    if (starts) {
        xo_look_before(dict); /* what the frame binds hides what C code has */
    }
    *known = xo_dict_version(dict);
    xo_touch(dict);
}

bool
xo_look_at_library_names(const xo_iframe *iframe, bool starts)
{
    xo_code *code = xo_code_of(xo_iframe_code(iframe));
    if (code == NULL) {
        xo_fail_all();
        return false;
    }
    if (xo_code_is_recorded(code) || !binds_names(code)) {
        return false;
    }
    look_at_dict(iframe->f_globals, &version_of_globals, starts);
    if (!(code->code->co_flags & CO_OPTIMIZED)) {
        look_at_dict(iframe->f_locals, &version_of_locals, starts);
    }
    return true;
}

#endif
