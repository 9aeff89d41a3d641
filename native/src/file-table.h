#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "query.h"

namespace execorder {

/// The files of a recording by their path. One path may name several: `<string>` stands for every text that was
/// executed without a name of its own.
class FileTable {
 public:
  /// Takes in the files that appeared since.
  void update(const Query &query);

  /// In order of appearance.
  const std::vector<std::string> &paths() const { return paths_; }

  /// Numbers of the files of that path, ascending; none for a path that never appeared.
  const std::vector<uint32_t> &numbersOf(const std::string &path) const;

 private:
  std::vector<std::string> paths_;
  std::unordered_map<std::string, std::vector<uint32_t>> numbers_;
  uint32_t known_ = 0;
};

}  // namespace execorder
