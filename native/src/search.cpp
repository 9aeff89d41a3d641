#include "search.h"

namespace execorder {

xo_status Search::run(xo_reader *reader, const volatile int *cancel, std::optional<uint64_t> &found) const {
  found.reset();
  if (filter.isImpossible()) return XO_OK;

  const xo_filter view = filter.view();
  uint64_t step = 0;
  const xo_status status = xo_reader_find(reader, from, forward, &view, cancel, &step);
  if (status == XO_OK && step < length) found = step;
  return status == XO_NOT_FOUND ? XO_OK : status;
}

}  // namespace execorder
