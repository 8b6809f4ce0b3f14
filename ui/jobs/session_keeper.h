// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <atomic>
#include <functional>
#include <optional>
#include <vector>

#include "ui/base/background_work.h"
#include "ui/base/past_runs.h"
#include "ui/jobs/session_folder.h"

namespace p2l::ui {

class RunModel;

/// What a session has left that ended without its window being closed, or with a text that is kept beyond that.
struct LeftSession {
  QString folder;
  PastRun run;   ///< photo's name and place, request; without pictures
  int step = 0;  ///< of the run that was in progress; 0: there was none
  int step_count = 0;
  bool ended = false;   ///< that run had ended, and no disk took its result
  bool closed = false;  ///< its window was closed, and a text is kept beyond that: addText()
  QStringList refused;  ///< ids of runs that the history had not taken
};

/// What a left session brings back.
struct LeftDocument {
  PastRun document;            ///< photo, settings, mask and kernel as they were last; without a result
  std::optional<PastRun> run;  ///< the run that was in progress, as it was asked for, with its last picture as result
  /// Runs that the history had not taken, with their pictures, the oldest first. One that is damaged is left out.
  std::vector<PastRun> refused;
};

/// Writes the document beside the history while it changes, so that a process that is killed at any moment loses no
/// change older than a second: photo, settings, mask and kernel, and the last picture of the run in progress. Away from
/// the GUI thread; what is written takes its place only when it is complete.
///
///     session-PID/state.png    settings, mask and kernel, inside of a picture of one pixel
///     session-PID/photo.png    a pasted photo
///     session-PID/running.json the numbers of the run in progress
///     session-PID/running.png  its last picture
///     session-PID/ended.json   running.json where the run has ended, and no disk takes its result
///     session-PID/session.json names, and how far the run was
///     session-PID/refused/     runs that the history has not taken, as RunArchive has them
///     session-PID/NAME         what others keep with it: addText()
///     session-PID/lock         held by the process as long as it lives
class SessionKeeper : public QObject {
  Q_OBJECT
 public:
  static constexpr int kDelayMs = 400;  ///< after the first change that is not written yet

  SessionKeeper(RunModel* document, const QString& folder, QObject* parent = nullptr);
  /// Keeps what `text` says in a file of this name, too; empty: there is none. Asked on this thread whenever something
  /// is written: changed() brings that about. `beyond_closing`: where it is not empty, it is kept with photo, settings
  /// and mask also when the document is closed.
  void addText(const QString& name, std::function<QString()> text, bool beyond_closing = false);
  /// The document is closed: there is nothing to recover but texts that are kept beyond that, with what they are of.
  /// @return whether one is kept
  bool close();
  /// The document is closed: there is nothing to recover.
  void forget();
  /// What the document holds meanwhile is not to be recovered (a lesson): what was written before stays.
  void setPaused(bool paused);
  /// Keeps a run that the history has refused, which has an id, a photo and a result; `done` gets a sentence where this
  /// disk refuses it, too.
  void keepRefused(const PastRun& run, std::function<void(const QString& problem)> done);
  /// The run with this id is in the history after all, or removed.
  void dropRefused(const std::string& id);
  /// Begins to write what has changed, without the usual delay.
  void hurry();
  /// Blocks until all that was begun is written; from any thread. @return whether it is: the disk may refuse it
  bool wait();
  /// Both: not where a person waits.
  bool flush();

  /// Sessions of processes that are gone, the newest first. Whether one is, its lock says. One whose session.json is
  /// damaged is told by its other files; where these are damaged, too, it is put aside, and `put_aside` gets its
  /// folder.
  static QList<LeftSession> left(const QString& folder, QStringList* put_aside = nullptr);
  /// What cannot be read is kept as `unreadable-session-PID` and is no left session any more. @return its folder, the
  /// former one where the disk refuses the name; empty: it is gone
  static QString putAside(const LeftSession& left);
  /// Not on the GUI thread. @throws Error
  static LeftDocument read(const LeftSession& left);
  /// What addText() has kept under this name; empty: nothing. Not on the GUI thread.
  static QString readText(const LeftSession& left, const QString& name);
  static void discard(const LeftSession& left);

 public slots:
  /// It is written a moment later.
  void changed();

 signals:
  /// What there was when writing began is on the disk.
  void writing();
  void written();
  void failed(const QString& sentence);

 private:
  /// A text beside the document, as it was written last.
  struct Text {
    QString name;
    std::function<QString()> text;
    bool beyond_closing = false;
    QString written;
  };
  void write();
  void writeRunning();
  void endRunning();
  /// The run has ended, and its last picture is all that there is of it on the disk.
  void keepLastPicture();
  /// In the folder, which is made with the first of them. On the work's thread.
  QString path(const QString& name) { return folder_.hold() + QLatin1Char('/') + name; }

  RunModel* document_;
  SessionFolder folder_;
  QTimer timer_, running_timer_;
  std::string photo_written_;  ///< digest of the pasted photo that is there
  std::vector<Text> texts_;
  bool said_ = false;
  bool paused_ = false;
  std::atomic<bool> complete_ = false;  ///< the last write() got everything to the disk
  int complete_in_ = 0;                 ///< SessionFolder::made() of the folder that has photo and texts; of the work
  BackgroundWork work_;
};

}  // namespace p2l::ui
