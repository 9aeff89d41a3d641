#include "buffers.h"
xo_buffer_family xo_numpy_family(PyTypeObject *type) { (void)type; return XO_NO_BUFFER; }
bool xo_is_ndarray(PyObject *o) { (void)o; return false; }
PyObject *xo_numpy_storage(PyObject *o) { return o; }
bool xo_numpy_span(PyObject *o, xo_layout *l) { (void)o; (void)l; return false; }
bool xo_numpy_layout(PyObject *o, xo_layout *l) { (void)o; (void)l; return false; }
bool xo_numpy_scalar_layout(PyObject *o, xo_layout *l) { (void)o; (void)l; return false; }
