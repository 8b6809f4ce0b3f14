// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "core/types/error.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTemporary = ".p2l-XXXXXX";  // the last six are any letters and digits
constexpr std::size_t kRandom = 6;

bool isTemporary(const std::string& name) {
  const std::string pattern = kTemporary;
  const auto begin = pattern.size() - kRandom;
  return name.size() == pattern.size() && name.compare(0, begin, pattern, 0, begin) == 0 &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(begin), name.end(),
                     [](unsigned char each) { return std::isalnum(each) != 0; });
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  int get() const { return fd_; }
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

[[noreturn]] void refuseWriting(const std::string& path, int error) {
  throw Error(concat(path, " cannot be written: ", std::strerror(error), "."));
}

/// False: see errno.
bool writeAll(int fd, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

/// A new file in the folder of `target`, removed again unless it is moved to its place. It is locked as long as
/// somebody writes it.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& target) : TemporaryFile(target, nameFor(target)) {}
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  int fd() const { return file_.get(); }

  /// False: see errno.
  bool moveTo(const fs::path& target) {
    if (!file_.close() || std::rename(path_.c_str(), target.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  TemporaryFile(const fs::path& target, std::string name)
      : path_(std::move(name)), file_(::mkostemp(path_.data(), O_CLOEXEC)) {
    if (file_.get() < 0) {
      const int error = errno;
      path_.clear();
      refuseWriting(target.string(), error);
    }
    ::flock(file_.get(), LOCK_EX | LOCK_NB);
  }
  /// Hidden, and short enough for every file system, however long the target's name is.
  static std::string nameFor(const fs::path& target) { return (target.parent_path() / kTemporary).string(); }

  std::string path_;
  FileDescriptor file_;
};

/// The permissions of the file that is replaced, else those that a new file gets.
mode_t permissionsFor(const fs::path& target) {
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) return status.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// The file that is meant, if one can be written there.
fs::path target(const std::string& path) {
  require(!path.empty(), "The name of the file to write is empty.");
  std::error_code code;
  const auto status = fs::status(path, code);
  require(!fs::is_directory(status), path, " cannot be written: it is a folder.");
  const fs::path file = fileBehind(path);
  require(!fs::is_symlink(fs::symlink_status(file, code)), path,
          " cannot be written: it is a link that leads back to itself.");
  const auto folder = file.parent_path();
  require(folder.empty() || fs::is_directory(folder, code), path, " cannot be written: there is no folder ",
          folder.string(), ".");
  require(file.has_filename(), path, " cannot be written: it names no file.");
  return file;
}

void refuseReadOnly(const std::string& path) {
  require(!isReadOnly(path), path,
          " cannot be written: it is there already and read-only; give another name, or unlock it with `chmod u+w`.");
}

/// Pipes and devices are written straight into.
bool isSpecial(const fs::path& file) {
  std::error_code code;
  const auto status = fs::status(file, code);
  return fs::exists(status) && !fs::is_regular_file(status);
}

}  // namespace

std::string fileBehind(const std::string& path) {
  constexpr int kMostLinks = 40;  // as Linux
  std::error_code code;
  fs::path file(path);
  for (int i = 0; i < kMostLinks && fs::is_symlink(fs::symlink_status(file, code)); ++i) {
    const auto next = fs::read_symlink(file, code);
    if (code) break;
    file = next.is_absolute() ? next : file.parent_path() / next;
  }
  const auto resolved = fs::weakly_canonical(fs::absolute(file, code), code);
  return code ? path : resolved.string();
}

Bytes readFile(const std::string& path, std::size_t limit) {
  std::error_code code;
  const auto status = fs::status(path, code);
  require(status.type() != fs::file_type::not_found, "There is no file ", path, ".");
  require(!code, path, " cannot be read: ", code.message(), ".");
  require(!fs::is_directory(status), path, " is a folder, not a file.");
  require(fs::is_regular_file(status), path, " is not an ordinary file.");
  const auto size = fs::file_size(path, code);
  require(!code, path, " cannot be read: ", code.message(), ".");
  require(size > 0, path, " is empty (0 bytes).");
  require(size <= limit, path, " is ", size, " bytes long; at most ", limit, " can be opened.");

  errno = 0;
  std::ifstream file(path, std::ios::binary);
  require(file.is_open(), path, " cannot be read: ", std::strerror(errno), ".");
  Bytes bytes(size);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  require(file.gcount() == static_cast<std::streamsize>(size), path, " cannot be read: it ends after ", file.gcount(),
          " of ", size, " bytes.");
  return bytes;
}

bool isReadOnly(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  return (status.st_mode & 0222) == 0 || ::access(path.c_str(), W_OK) != 0;
}

void writeFile(const std::string& path, std::span<const std::uint8_t> bytes) {
  writeFile(path, std::vector{bytes});
}

void writeFile(const std::string& path, const std::vector<std::span<const std::uint8_t>>& parts) {
  const auto file = target(path);
  const auto writeParts = [&](int fd) {
    return std::all_of(parts.begin(), parts.end(), [fd](const auto& part) { return writeAll(fd, part); });
  };
  if (isSpecial(file)) {
    FileDescriptor device(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
    if (device.get() < 0 || !writeParts(device.get())) refuseWriting(path, errno);
    return;
  }
  refuseReadOnly(path);
  TemporaryFile temporary(file);
  if (::fchmod(temporary.fd(), permissionsFor(file)) != 0 || !writeParts(temporary.fd()) ||
      ::fsync(temporary.fd()) != 0 || !temporary.moveTo(file)) {
    refuseWriting(path, errno);
  }
  // The new name is on the disk only with its folder. Not every file system can do this, and the file is complete.
  const FileDescriptor folder(::open(file.has_parent_path() ? file.parent_path().c_str() : ".", O_RDONLY | O_CLOEXEC));
  if (folder.get() >= 0) ::fsync(folder.get());
}

void removeLeftovers(const std::string& folder) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (!isTemporary(entry.path().filename().string()) || !fs::is_regular_file(entry.symlink_status(none))) continue;
    const FileDescriptor file(::open(entry.path().c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (file.get() >= 0 && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0) ::unlink(entry.path().c_str());
  }
}

void checkFileCanBeWritten(const std::string& path) {
  const auto file = target(path);
  if (isSpecial(file)) {
    if (::access(file.c_str(), W_OK) != 0) refuseWriting(path, errno);
    return;
  }
  refuseReadOnly(path);
  const TemporaryFile temporary(file);
  std::error_code code;
  if (fs::exists(fs::symlink_status(file, code))) return;
  // The name itself: a file system may take none so long, or none with such characters in it. Tried in a folder of its
  // own, so that a kill leaves no empty file of that name.
  auto own = (file.parent_path() / kTemporary).string();
  if (::mkdtemp(own.data()) == nullptr) refuseWriting(path, errno);
  int error = 0;
  {
    const FileDescriptor folder(::open(own.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const auto name = file.filename();
    const FileDescriptor named(::openat(folder.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (named.get() < 0) error = errno;
    if (error == 0) ::unlinkat(folder.get(), name.c_str(), 0);
  }
  ::rmdir(own.c_str());
  if (error != 0) refuseWriting(path, error);
}

}  // namespace p2l
