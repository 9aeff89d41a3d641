#include "file-table.h"

namespace execorder {

void FileTable::update(const Query &query) {
  const uint64_t count = query.info().files;
  while (known_ < count) {
    const std::string path = query.file(known_ + 1).path;
    known_++;
    std::vector<uint32_t> &numbers = numbers_[path];
    if (numbers.empty()) paths_.push_back(path);
    numbers.push_back(known_);
  }
}

const std::vector<uint32_t> &FileTable::numbersOf(const std::string &path) const {
  static const std::vector<uint32_t> kNone;
  const auto found = numbers_.find(path);
  return found == numbers_.end() ? kNone : found->second;
}

}  // namespace execorder
