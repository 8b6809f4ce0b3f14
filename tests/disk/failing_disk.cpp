// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is full, read-only, broken or gone, without one: calls of the C library that change files below a folder
// are refused from the nth on, or the nth is where the process is killed. Linked into a test, or loaded into a program
// by LD_PRELOAD with
//
//     P2L_DISK=FOLDER:NTH:ERRNO     -1 for ERRNO: killed
//
// Removing files is always allowed, as it is on a full disk, but a kill comes there as well.
#include "tests/disk/failing_disk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

char disk[PATH_MAX] = "";
std::atomic<int> first{0}, refusal{0}, changes{0};
std::atomic<bool> exchanges{true};

__attribute__((constructor)) void readEnvironment() {
  const char* text = std::getenv("P2L_DISK");
  if (text == nullptr) return;
  int nth = 0, error = 0;
  char folder[PATH_MAX] = "";
  if (std::sscanf(text, "%4000[^:]:%d:%d", folder, &nth, &error) == 3) p2l_disk_refuse(folder, nth, error);
}

bool isOnDisk(const char* path) {
  const auto length = std::strlen(disk);
  return length > 0 && path != nullptr && std::strncmp(path, disk, length) == 0 &&
         (path[length] == '/' || path[length] == '\0');
}

/// A relative name counts from the working folder.
bool isOnDiskFrom(int folder, const char* path) {
  if (path == nullptr || path[0] == '/') return isOnDisk(path);
  char here[PATH_MAX] = "";
  if (folder == AT_FDCWD) return ::getcwd(here, sizeof here) != nullptr && isOnDisk(here);
  char link[64];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  const auto length = ::readlink(link, here, sizeof here - 1);
  return length > 0 && (here[length] = '\0', isOnDisk(here));
}

bool isOnDisk(int file) {
  if (first == 0) return false;
  return isOnDiskFrom(file, "");
}

bool kills() {
  return refusal == p2l::test::kKilled;
}

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

bool isDue(bool on_disk) {
  return first != 0 && on_disk && ++changes >= first;
}

/// Whether this change is refused; sets errno. Does not return where it is the one to be killed at.
bool refuses(bool on_disk) {
  if (!isDue(on_disk)) return false;
  if (kills()) die();
  errno = refusal;
  return true;
}

/// Of what a full disk allows.
void mayDie(bool on_disk) {
  if (kills() && isDue(on_disk)) die();
}

template <class Function>
Function* real(const char* name, Function* /*of this type*/) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}
#define REAL(name) static const auto real_##name = real(#name, &::name)

bool writes(int flags) {
  return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;
}

}  // namespace

extern "C" {

void p2l_disk_refuse(const char* folder, int nth, int error) {
  first = 0;
  std::strncpy(disk, folder, sizeof disk - 1);
  changes = 0;
  refusal = error;
  first = nth;
}

int p2l_disk_changes() {
  return changes;
}

void p2l_disk_exchanges(bool can) {
  exchanges = can;
}

#define P2L_OPEN(name)                                                     \
  int name(const char* path, int flags, ...) {                             \
    REAL(name);                                                            \
    va_list rest;                                                          \
    va_start(rest, flags);                                                 \
    const auto mode = static_cast<mode_t>(va_arg(rest, unsigned));         \
    va_end(rest);                                                          \
    if (writes(flags) && refuses(isOnDiskFrom(AT_FDCWD, path))) return -1; \
    return real_##name(path, flags, mode);                                 \
  }
P2L_OPEN(open)
P2L_OPEN(open64)

#define P2L_OPENAT(name)                                                 \
  int name(int folder, const char* path, int flags, ...) {               \
    REAL(name);                                                          \
    va_list rest;                                                        \
    va_start(rest, flags);                                               \
    const auto mode = static_cast<mode_t>(va_arg(rest, unsigned));       \
    va_end(rest);                                                        \
    if (writes(flags) && refuses(isOnDiskFrom(folder, path))) return -1; \
    return real_##name(folder, path, flags, mode);                       \
  }
P2L_OPENAT(openat)
P2L_OPENAT(openat64)

#define P2L_FOPEN(name)                                                                     \
  FILE* name(const char* path, const char* mode) {                                          \
    REAL(name);                                                                             \
    if (std::strpbrk(mode, "wa+") && refuses(isOnDiskFrom(AT_FDCWD, path))) return nullptr; \
    return real_##name(path, mode);                                                         \
  }
P2L_FOPEN(fopen)
P2L_FOPEN(fopen64)

#define P2L_MKOSTEMP(name)                                \
  int name(char* path, int flags) {                       \
    REAL(name);                                           \
    if (refuses(isOnDiskFrom(AT_FDCWD, path))) return -1; \
    return real_##name(path, flags);                      \
  }
P2L_MKOSTEMP(mkostemp)
P2L_MKOSTEMP(mkostemp64)

int mkdir(const char* path, mode_t mode) noexcept {
  REAL(mkdir);
  const bool there = ::access(path, F_OK) == 0;
  return !there && refuses(isOnDiskFrom(AT_FDCWD, path)) ? -1 : real_mkdir(path, mode);
}

ssize_t write(int file, const void* bytes, size_t count) {
  REAL(write);
  const bool due = isDue(isOnDisk(file));
  if (due && kills()) {
    if (count > 1) real_write(file, bytes, count / 2);
    die();
  }
  if (due) errno = refusal;
  return due ? -1 : real_write(file, bytes, count);
}

ssize_t writev(int file, const iovec* parts, int count) {
  REAL(writev);
  return refuses(isOnDisk(file)) ? -1 : real_writev(file, parts, count);
}

int fsync(int file) {
  REAL(fsync);
  return refuses(isOnDisk(file)) ? -1 : real_fsync(file);
}

int rename(const char* from, const char* to) noexcept {
  REAL(rename);
  return refuses(isOnDiskFrom(AT_FDCWD, to)) ? -1 : real_rename(from, to);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
  REAL(renameat2);
  if ((flags & RENAME_EXCHANGE) != 0 && !exchanges) {
    errno = EINVAL;
    return -1;
  }
  return refuses(isOnDiskFrom(to_folder, to)) ? -1 : real_renameat2(from_folder, from, to_folder, to, flags);
}

int link(const char* from, const char* to) noexcept {
  REAL(link);
  return refuses(isOnDiskFrom(AT_FDCWD, to)) ? -1 : real_link(from, to);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  REAL(linkat);
  mayDie(isOnDiskFrom(to_folder, to));
  return real_linkat(from_folder, from, to_folder, to, flags);
}

int unlink(const char* path) noexcept {
  REAL(unlink);
  mayDie(isOnDiskFrom(AT_FDCWD, path));
  return real_unlink(path);
}

int unlinkat(int folder, const char* path, int flags) noexcept {
  REAL(unlinkat);
  mayDie(isOnDiskFrom(folder, path));
  return real_unlinkat(folder, path, flags);
}

int rmdir(const char* path) noexcept {
  REAL(rmdir);
  mayDie(isOnDiskFrom(AT_FDCWD, path));
  return real_rmdir(path);
}

int remove(const char* path) noexcept {
  REAL(remove);
  mayDie(isOnDiskFrom(AT_FDCWD, path));
  return real_remove(path);
}

int fchmod(int file, mode_t mode) noexcept {
  REAL(fchmod);
  mayDie(isOnDisk(file));
  return real_fchmod(file, mode);
}

int flock(int file, int operation) noexcept {
  REAL(flock);
  mayDie(isOnDisk(file));
  return real_flock(file, operation);
}

#define P2L_FTRUNCATE(name, type)            \
  int name(int file, type length) noexcept { \
    REAL(name);                              \
    mayDie(isOnDisk(file));                  \
    return real_##name(file, length);        \
  }
P2L_FTRUNCATE(ftruncate, off_t)
P2L_FTRUNCATE(ftruncate64, off64_t)

int fdatasync(int file) {
  REAL(fdatasync);
  mayDie(isOnDisk(file));
  return real_fdatasync(file);
}
}
