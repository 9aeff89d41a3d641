// What the store hands out, each with an owner that gives it back.
#pragma once

#include <cstdlib>
#include <memory>

extern "C" {
#include <execorder/reader.h>
}

namespace execorder {

struct CloseReader {
  void operator()(xo_reader *reader) const { xo_reader_close(reader); }
};
using ReaderHandle = std::unique_ptr<xo_reader, CloseReader>;

struct FreeContents {
  void operator()(xo_contents *contents) const { xo_contents_free(contents); }
};
using ContentsHandle = std::unique_ptr<xo_contents, FreeContents>;

struct FreeArray {
  void operator()(void *array) const { std::free(array); }
};
/// An array that a function of the store allocated, and how many elements it has.
template <typename Element>
struct OwnedArray {
  std::unique_ptr<Element[], FreeArray> elements;
  size_t count = 0;

  const Element *begin() const { return elements.get(); }
  const Element *end() const { return elements.get() + count; }
};

/// Calls `fill(&elements, &count)` and owns what it answers.
template <typename Element, typename Fill>
xo_status ownArray(OwnedArray<Element> &array, Fill fill) {
  Element *elements = nullptr;
  size_t count = 0;
  const xo_status status = fill(&elements, &count);
  array.elements.reset(elements);
  array.count = status == XO_OK ? count : 0;
  return status;
}

}  // namespace execorder
