// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/session_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <utility>

namespace p2l::ui {
namespace {

constexpr int kNone = -1, kTaken = -2;

/// The open file that has the lock; kTaken: another one has it; kNone: there is no such file, or it has no locks.
int lockIn(const QString& folder, int flags) {
  const auto name = QFile::encodeName(folder + QStringLiteral("/lock"));
  const int file = ::open(name.constData(), flags | O_CLOEXEC, 0600);
  if (file < 0) return kNone;
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  const bool taken = errno == EWOULDBLOCK;
  ::close(file);
  return taken ? kTaken : kNone;
}

}  // namespace

SessionFolder::SessionFolder(const QString& parent)
    : base_(QStringLiteral("%1/session-%2").arg(parent).arg(QCoreApplication::applicationPid())) {}

SessionFolder::~SessionFolder() {
  release();
}

QString SessionFolder::hold() {
  if (!path_.isEmpty() && !QFileInfo::exists(path_)) remove();  // somebody has tidied up
  if (path_.isEmpty()) {
    auto path = base_;
    // What a killed process of this number has left stays.
    for (int i = 2; QFileInfo::exists(path); ++i) path = QStringLiteral("%1-%2").arg(base_).arg(i);
    if (!QDir().mkpath(path)) return path;
    path_ = path;
    ++made_;
  }
  if (lock_ < 0) lock_ = lockIn(path_, O_RDWR | O_CREAT);
  return path_;
}

QString SessionFolder::parent() const {
  return QFileInfo(base_).path();
}

void SessionFolder::remove() {
  if (!path_.isEmpty()) QDir(path_).removeRecursively();
  path_.clear();
  release();
}

void SessionFolder::release() {
  if (const int file = std::exchange(lock_, kNone); file >= 0) ::close(file);
}

bool SessionFolder::isHeld(const QString& folder) {
  const int lock = lockIn(folder, O_RDWR);
  if (lock >= 0) ::close(lock);
  return lock == kNone ? processLives(folder) : lock == kTaken;
}

bool SessionFolder::processLives(const QString& folder) {
  const auto pid = QFileInfo(folder).fileName().section(QLatin1Char('-'), 1, 1);
  return QFile::exists(QStringLiteral("/proc/") + pid);
}

}  // namespace p2l::ui
