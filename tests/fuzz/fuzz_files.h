// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

#include "core/types/error.h"

namespace p2l::fuzz {

/// An Error is what damaged input may end in; anything else ends the process.
inline void expectOnlyErrors(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error&) {
  }
}

/// What has to hold of input that was taken.
inline void hold(bool condition) {
  if (!condition) std::abort();
}

/// A file in memory that has a path.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(memfd_create("fuzz", 0)) {
    hold(descriptor_ >= 0 && ::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

/// A folder of the fuzzer's own, removed at its end.
class Workplace {
 public:
  Workplace() {
    auto name = (std::filesystem::temp_directory_path() / "p2l-fuzz-XXXXXX").string();
    hold(mkdtemp(name.data()) != nullptr);
    root = name;
    for (const char* variable : {"XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
      setenv(variable, (root / variable).c_str(), 1);
  }
  ~Workplace() { std::filesystem::remove_all(root); }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  std::filesystem::path root;
};

inline void write(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::filesystem::remove(path);
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace p2l::fuzz
