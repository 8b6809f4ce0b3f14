// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace p2l::ui {

/// A folder of this process alone, `session-PID` or `session-PID-2`, ... It holds the lock of a file in it until it is
/// destroyed, or the process ends in whatever way: so what a killed process has left is told from what is still
/// written, also where another process has its number by now.
class SessionFolder {
 public:
  /// Below `parent`; nothing is made yet.
  explicit SessionFolder(const QString& parent);
  ~SessionFolder();
  SessionFolder(const SessionFolder&) = delete;
  SessionFolder& operator=(const SessionFolder&) = delete;

  /// Makes the folder and takes its lock where that has not happened yet, or somebody has removed it. @return its path,
  /// also where the disk refuses
  QString hold();
  /// How often it was made: what was written before is not in it.
  int made() const { return made_; }
  /// Empty until it was made.
  const QString& path() const { return path_; }
  /// Where it is made.
  QString parent() const;
  /// With all that is in it.
  void remove();

  /// Whether a process still writes to this folder, which may be this one. One without a lock, of an earlier version,
  /// is its process's as long as there is one of that number.
  static bool isHeld(const QString& folder);
  /// Whether there is a process with the number in the folder's name.
  static bool processLives(const QString& folder);

 private:
  void release();

  QString base_, path_;
  int made_ = 0;
  int lock_ = -1;  ///< an open file; below 0: none
};

}  // namespace p2l::ui
