// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ui/base/background_work.h"
#include "ui/base/past_runs.h"
#include "ui/files/dialogs.h"

class QAction;
class QMenu;
class QWidget;

namespace p2l::ui {

struct LeftSession;
class MadeUp;
class MadeUpMenu;
class MessageBar;
class ProjectFile;
class RunModel;
class QueueDialog;
class QueueModel;
class SessionKeeper;
class SideRuns;

/// The document on disk: its history, what a killed session left, and project files.
class DocumentDesk : public QObject {
  Q_OBJECT
 public:
  static constexpr int kAskAgainMs = 30000;

  /// Keeps history and session under this folder.
  DocumentDesk(RunModel* document, MessageBar* messages, const QString& folder, QWidget* window);
  /// The window was closed: nothing is to be recovered but what is kept beyond that. What the history has refused is
  /// asked for once more.
  void close();
  /// Asks the history for what it has refused, as also happens when it has kept another run and every
  /// `milliseconds` of setAskAgain(). @return whether answers are still to come: refusedAnswered() follows
  bool askRefusedAgain();
  void setAskAgain(int milliseconds) { ask_again_.setInterval(milliseconds); }
  void setDialogs(Dialogs dialogs) { dialogs_ = std::move(dialogs); }

  /// Runs beside the document's own; they need the worker.
  SideRuns* sideRuns() const { return side_runs_; }
  QueueModel* queue() const { return queue_; }
  SessionKeeper* session() const { return session_; }
  /// Others keep a text with the session (SessionKeeper::addText), which `bring_back` is given after the document has
  /// been brought back. `beyond_closing`: the comparison, which is offered also where the window was closed.
  void keepWithSession(const QString& name, std::function<QString()> text,
                       std::function<void(const QString& text)> bring_back, bool beyond_closing = false);
  /// What closing the window would lose of the project, of the queue and of seeds, a sentence each.
  QStringList atStake() const;
  /// Whether another photo would take the place of something that is in no file: then no left session is brought back.
  void setUnsaved(std::function<bool()> unsaved) { unsaved_ = std::move(unsaved); }
  /// Offers what a session left that did not end by closing its window, or had a comparison then, and says how many
  /// there are besides: they are offered when it has been brought back. False: there is none.
  bool offerLeftSession() { return offerNextSession({}); }
  /// Says how many photos wait in the queue since the last session, and offers to open it. False: none does.
  bool offerWaitingQueue();
  void openProject(const QString& path);
  void saveProject(const QString& path);
  /// The project that the document's photo is of; empty: none.
  QString projectPath() const;
  /// The document differs from what the project's file has.
  bool isProjectChanged() const;
  bool busy() const;

  QAction *open_project, *save_project, *save_project_as, *history, *show_queue, *copy_result, *report, *kernel,
      *widths, *made_up;
  MadeUpMenu* made_up_seeds;

 public slots:
  void askOpenProject();
  void askSaveProject();
  void askSaveProjectAs();
  void showHistory();
  void showQueue();
  /// Several photos or a folder: they go through the settings, one after the other.
  void addToQueue(const QStringList& paths);
  void copyResult();
  void showKernel();
  void showWidths();
  /// Runs further seeds, and lays what they differ in over the result; again: takes it away.
  void showMadeUp(bool show);
  void askReport();

 signals:
  void status(const QString& text);
  /// The document is about to become a project's.
  void projectOpening();
  void projectOpened(const QString& path);
  /// Empty: it could not be.
  void projectSaved(const QString& path);
  /// For the window's title; an empty path: the document is no project's.
  void projectChanged(const QString& path, bool changed);
  /// The history has not taken this result, of the photo of this name; the sentence says why, and where it is. And: it
  /// has, after all, or the run was removed.
  void resultRefused(p2l::ui::ResultPtr result, const QString& photo, const QString& sentence);
  void resultSettled(p2l::ui::ResultPtr result);
  /// The history has taken or refused once more all that askRefusedAgain() has asked for.
  void refusedAnswered();
  /// The mask is in a project.
  void maskKept(const QImage& mask);

 private:
  QAction* action(const QString& text, const QKeySequence& keys, const QString& help);
  /// `said` comes before the offer, or alone.
  bool offerNextSession(QStringList said);
  /// Why the session is there.
  QString sentenceOf(const LeftSession& left) const;
  void recover(const LeftSession& left);
  /// Why no session can take the document's place now; empty: one can.
  QString problemOfRecovering(const LeftSession& left) const;
  /// Keeps it, unless it is gone, and offers the next one.
  void passOver(const LeftSession& left, const QString& problem);
  /// As soon as settings and mask are this session's, and the runs with these ids are in the history or removed.
  void discardWhenKept(const LeftSession& left, const std::vector<std::string>& runs);
  /// Those of brought_back_ of which that is so by now.
  void discardBroughtBack(std::function<void()> done = {});
  using BroughtBack = std::map<QString, std::vector<std::string>>;
  /// @return the folders of those that are discarded. From any thread.
  QStringList discardIfOnDisk(const BroughtBack& sessions) const;
  /// `act` settles runs that were asked for, or asks for others.
  void answer(const std::function<void()>& act);
  void keepRefused(const QString& id, const QString& sentence, bool has_picture);
  bool awaitsRefused() const;
  /// There is room: what was refused is asked for again.
  void runIsKept(const QString& id);
  void settleRefused(const std::string& id);
  /// A refused run has another name or star: the session has it with them.
  void renewRefused(const PastRun& run);
  void updateActions();
  void connectProject();

  RunModel* document_;
  MessageBar* messages_;
  QString folder_;
  QWidget* window_;
  SessionKeeper* session_;
  SideRuns* side_runs_;
  QueueModel* queue_;
  MadeUp* made_up_runs_;
  QueueDialog* queue_dialog_ = nullptr;
  Dialogs dialogs_ = screenDialogs();
  ProjectFile* project_;
  std::map<QString, std::function<void(const QString&)>> bring_back_;  ///< by the texts' names
  /// Folders of left sessions that are not discarded yet, with the runs that the history is to have before.
  BroughtBack brought_back_;
  QStringList passed_over_;  ///< folders of left sessions that are not offered again before the next start
  QString offered_closed_;   ///< folder of a session that was closed, offered, and not asked for; empty: none was
  /// A run that the history has not taken, to be asked for again.
  struct Refused {
    PastRun run;
    bool asked = false;
    ResultPtr offered;  ///< by resultRefused; null: the history has its picture
  };
  std::map<std::string, Refused> refused_;  ///< by id
  QTimer ask_again_;                        ///< runs while something is refused
  std::function<bool()> unsaved_ = [] { return false; };
  BackgroundWork work_;
};

}  // namespace p2l::ui
