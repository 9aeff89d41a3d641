#include "query.h"

#include <cerrno>

#include "arguments.h"
#include "status-error.h"

namespace execorder {

void Query::check(xo_status status) const {
  if (status != XO_OK) throw statusError(env, status, errno, path);
}

bool Query::found(xo_status status) const {
  if (status == XO_NOT_FOUND) return false;
  check(status);
  return true;
}

xo_info Query::info() const {
  xo_info info{};
  xo_reader_info(reader, &info);
  return info;
}

uint64_t Query::step(const Napi::Value &value) const {
  const xo_info known = info();
  return stepNumber(value, known.first_step, known.steps);
}

xo_code_view Query::code(uint32_t number) const {
  xo_code_view code{};
  check(xo_reader_code(reader, number, &code));
  return code;
}

xo_file_view Query::file(uint32_t number) const {
  xo_file_view file{};
  check(xo_reader_file(reader, number, &file));
  return file;
}

}  // namespace execorder
