// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/document_desk.h"

#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSettings>
#include <QWidget>
#include <algorithm>
#include <utility>

#include "core/archive/project.h"
#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/base/side_runs.h"
#include "ui/canvas/canvas_painter.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"
#include "ui/exports/report_export.h"
#include "ui/files/history_dialog.h"
#include "ui/files/project_file.h"
#include "ui/files/queue_dialog.h"
#include "ui/files/recent_files.h"
#include "ui/files/width_strip.h"
#include "ui/jobs/made_up.h"
#include "ui/jobs/queue_model.h"
#include "ui/jobs/session_keeper.h"
#include "ui/language/numbers.h"
#include "ui/task/kernel_dialog.h"
#include "ui/tools/made_up_menu.h"
#include "ui/widgets/file_filters.h"
#include "ui/widgets/message_bar.h"

namespace p2l::ui {
namespace {

using Topic = MessageBar::Topic;

QString historyFolder(const QString& folder) {
  return folder + QStringLiteral("/history");
}

QString leftText(const QString& project) {
  return DocumentDesk::tr("The changes of the project %1 are not saved.").arg(QFileInfo(project).fileName());
}

QString projectFilter() {
  return DocumentDesk::tr("P2L projects (*.p2l);;All files (*)");
}

}  // namespace

DocumentDesk::DocumentDesk(RunModel* document, MessageBar* messages, const QString& folder, QWidget* window)
    : QObject(window), document_(document), messages_(messages), folder_(folder), window_(window) {
  const auto budget = QSettings().value(QStringLiteral("history_budget"), qulonglong{RunArchive::kDefaultBudget});
  document_->openHistory(historyFolder(folder), budget.toULongLong());
  session_ = new SessionKeeper(document_, folder, this);
  connect(document_, &RunModel::runRefused, this, [this](const QString& id, const QString& sentence, bool has_picture) {
    answer([&] { keepRefused(id, sentence, has_picture); });
  });
  ask_again_.setInterval(kAskAgainMs);
  connect(&ask_again_, &QTimer::timeout, this, &DocumentDesk::askRefusedAgain);
  connect(document_->history(), &RunKeeper::kept, this, &DocumentDesk::runIsKept);
  connect(&document_->pastRuns(), &PastRuns::edited, this,
          [this](int index) { renewRefused(document_->pastRuns().all().at(index)); });
  connect(&document_->pastRuns(), &PastRuns::removed, this, [this](const std::string& id) {
    answer([&] { settleRefused(id); });
    for (auto& [folder, runs] : brought_back_) std::erase(runs, id);
    discardBroughtBack();
  });
  project_ = new ProjectFile(document_, historyFolder(folder), this);
  connectProject();
  side_runs_ = document_->sideRuns();
  queue_ = new QueueModel(side_runs_, folder + QStringLiteral("/queue"), this);
  connect(queue_, &QueueModel::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::File, sentence); });
  connect(queue_, &QueueModel::refused, this, [this](const QString& sentence) {
    if (queue_dialog_ == nullptr || !queue_dialog_->isVisible()) messages_->showProblem(Topic::File, sentence);
  });
  connect(queue_, &QueueModel::finished, this, [this](int done, int failed) {
    emit status(failed == 0 ? tr("The queue is done: %1 restored.").arg(done)
                            : tr("The queue is done: %1 restored, %2 failed.").arg(done).arg(failed));
  });
  connect(queue_, &QueueModel::changed, this, [this] {
    if (queue_->waitingCount() == 0 || !queue_->isPaused()) messages_->clear(Topic::Queue);
  });
  connect(session_, &SessionKeeper::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::Session, sentence); });
  connect(session_, &SessionKeeper::written, this, [this] {
    messages_->clear(Topic::Session);
    discardBroughtBack();
  });
  open_project = action(tr("Open pro&ject…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O,
                        tr("Open a project: photo, settings, mask, kernel and runs"));
  save_project = action(tr("Save p&roject"), Qt::CTRL | Qt::ALT | Qt::Key_S, tr("Save the project"));
  save_project_as = action(tr("Sa&ve project as…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S, tr("Save the project as a file"));
  history = action(tr("&History…"), Qt::CTRL | Qt::Key_H, tr("Search, star and bring back earlier runs"));
  show_queue = action(tr("&Queue…"), Qt::CTRL | Qt::Key_J, tr("Restore many photos, one after the other"));
  copy_result = action(tr("Cop&y result"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, tr("Copy the result to the clipboard"));
  report = action(tr("Re&port…"), {}, tr("One HTML file with pictures, numbers and the command that runs it again"));
  connect(open_project, &QAction::triggered, this, &DocumentDesk::askOpenProject);
  connect(save_project, &QAction::triggered, this, &DocumentDesk::askSaveProject);
  connect(save_project_as, &QAction::triggered, this, &DocumentDesk::askSaveProjectAs);
  connect(history, &QAction::triggered, this, &DocumentDesk::showHistory);
  connect(show_queue, &QAction::triggered, this, &DocumentDesk::showQueue);
  connect(copy_result, &QAction::triggered, this, &DocumentDesk::copyResult);
  connect(report, &QAction::triggered, this, &DocumentDesk::askReport);
  kernel = action(tr("&Blur kernel…"), Qt::CTRL | Qt::Key_K, tr("What blurred the photo: choose, draw or open it"));
  widths = action(tr("Not sure? &Widths…"), Qt::CTRL | Qt::SHIFT | Qt::Key_K,
                  tr("A part of the photo at several widths of the blur, and at several angles where it has one"));
  made_up = action(tr("&Made up here"), Qt::CTRL | Qt::SHIFT | Qt::Key_H, {});
  made_up->setCheckable(true);
  made_up->setIconText(tr("Made up here"));
  made_up_seeds = new MadeUpMenu(window_);
  const auto showSeeds = [this](int seeds) {
    const auto help = tr("Runs further seeds, %1 of them, and shows where they differ").arg(seeds);
    made_up->setStatusTip(help);
    made_up->setToolTip(help);
  };
  connect(made_up_seeds, &MadeUpMenu::seedsChanged, this, showSeeds);
  showSeeds(made_up_seeds->seeds());
  kernel->setIconText(tr("Draw or choose…"));
  widths->setIconText(widths->text().remove(QLatin1Char('&')));
  connect(kernel, &QAction::triggered, this, &DocumentDesk::showKernel);
  connect(widths, &QAction::triggered, this, &DocumentDesk::showWidths);
  connect(made_up, &QAction::triggered, this, &DocumentDesk::showMadeUp);
  connect(document_, &RunModel::madeUpChanged, this, [this] { made_up->setChecked(!document_->madeUp().isNull()); });
  made_up_runs_ = new MadeUp(document_, side_runs_, this);
  connect(made_up_runs_, &MadeUp::progress, this,
          [this](int done, int seeds) { emit status(tr("Made up here: %1 of %2 seeds").arg(done).arg(seeds)); });
  connect(made_up_runs_, &MadeUp::ready, this, [this](double mean, double strongest) {
    const auto colour = maskColourName(maskColourFor(document_->result()->picture));
    emit status(tr("Made up here, in %1: the seeds differ by %2 % on average, and by %3 % where they differ most")
                    .arg(colour, numberText(100.0 * mean, 1), numberText(100.0 * strongest, 1)));
  });
  connect(made_up_runs_, &MadeUp::failed, this, [this](const QString& sentence) {
    made_up->setChecked(false);
    messages_->showProblem(Topic::Run, sentence);
  });
  for (const auto signal : {&RunModel::photoChanged, &RunModel::endingChanged, &RunModel::taskChanged,
                            &RunModel::settingsChanged, &RunModel::inLessonChanged})
    connect(document_, signal, this, &DocumentDesk::updateActions);
  connect(document_, &RunModel::broughtBack, this, [this] {
    if (const auto* photo = document_->photo()) rememberPhotoFolder(photo->path);
  });
  updateActions();
}

QAction* DocumentDesk::action(const QString& text, const QKeySequence& keys, const QString& help) {
  auto* action = new QAction(text, this);
  action->setShortcut(keys);
  action->setStatusTip(help);
  action->setToolTip(help);
  window_->addAction(action);
  return action;
}

void DocumentDesk::updateActions() {
  const bool has_photo = document_->photo() != nullptr, has_result = document_->result() != nullptr;
  save_project->setEnabled(has_photo);
  save_project_as->setEnabled(has_photo);
  copy_result->setEnabled(has_result);
  report->setEnabled(has_result);
  made_up->setEnabled(has_result);
  const bool own = has_photo && !document_->inLesson();  // a lesson's task is locked
  kernel->setEnabled(own);
  widths->setEnabled(own && document_->request().mode == Mode::Restore && WidthStrip::suits(*document_));
}

void DocumentDesk::close() {
  ask_again_.stop();
  askRefusedAgain();
  if (document_->history() != nullptr) document_->history()->giveUpSteps();  // a window closes in no time
  work_.wait();
  project_->wait();
  if (document_->history() != nullptr) document_->history()->wait();
  discardIfOnDisk(brought_back_);
  if (!session_->close() || offered_closed_.isEmpty()) return;
  LeftSession former;  // nobody wanted it back: the last comparison is kept, not all
  former.folder = offered_closed_;
  SessionKeeper::discard(former);
}

QStringList DocumentDesk::atStake() const {
  QStringList losses;
  const auto& jobs = queue_->jobs();
  const auto running =
      std::find_if(jobs.begin(), jobs.end(), [](const auto& job) { return job.state == QueuedJob::State::Running; });
  if (running != jobs.end() && queue_->isRunning()) {
    const auto name = QFileInfo(QString::fromStdString(running->request.photo)).fileName();
    losses << tr("The queue's work on %1, which begins anew at the next start. Photos that wait: %2.")
                  .arg(name)
                  .arg(queue_->waitingCount());
  }
  if (queue_->isReading()) losses << tr("The photos that the queue is still reading.");
  if (isProjectChanged())
    losses << tr("The changes of the project %1 since it was saved.").arg(QFileInfo(projectPath()).fileName());
  for (const auto& left : project_->left()) {
    if (messages_->has(Topic::Project, left.number)) losses << leftText(left.path);
  }
  if (made_up_runs_->isRunning()) losses << tr("The seeds in progress for Made up here.");
  return losses;
}

bool DocumentDesk::offerWaitingQueue() {
  if (queue_->waitingCount() == 0 || !queue_->isPaused()) return false;
  messages_->offer(Topic::Queue,
                   tr("Photos that wait in the queue since the last session: %1.").arg(queue_->waitingCount()),
                   tr("Open queue"), [this] { showQueue(); });
  return true;
}

void DocumentDesk::keepWithSession(const QString& name, std::function<QString()> text,
                                   std::function<void(const QString& text)> bring_back, bool beyond_closing) {
  session_->addText(name, std::move(text), beyond_closing);
  bring_back_[name] = std::move(bring_back);
}

void DocumentDesk::openProject(const QString& path) {
  project_->open(path);
}

void DocumentDesk::saveProject(const QString& path) {
  project_->save(path);
}

QString DocumentDesk::projectPath() const {
  return project_->path();
}

bool DocumentDesk::isProjectChanged() const {
  return project_->isChanged();
}

bool DocumentDesk::busy() const {
  return work_.busy() || project_->busy();
}

void DocumentDesk::connectProject() {
  connect(project_, &ProjectFile::failed, this, [this](const QString& sentence) {
    messages_->showProblem(Topic::File, sentence);
    emit projectSaved({});
  });
  connect(project_, &ProjectFile::opening, this, &DocumentDesk::projectOpening);
  connect(project_, &ProjectFile::opened, this, [this](const QString& path) {
    messages_->clear(Topic::File);
    emit projectOpened(path);
    emit status(tr("Opened %1").arg(path));
  });
  connect(project_, &ProjectFile::saved, this, [this](const QString& path) {
    messages_->clear(Topic::File);
    QSettings().setValue(QStringLiteral("project_folder"), QFileInfo(path).absolutePath());
    emit projectSaved(path);
    emit status(tr("Saved %1").arg(path));
  });
  connect(project_, &ProjectFile::maskKept, this, &DocumentDesk::maskKept);
  connect(project_, &ProjectFile::changed, this, [this] { emit projectChanged(projectPath(), isProjectChanged()); });
  connect(project_, &ProjectFile::leftUnsaved, this, [this](quint64 number, const QString& path) {
    const auto save = [this, number] { project_->saveLeft(number); };
    messages_->offer(Topic::Project, leftText(path), tr("Save them"), save, number);
  });
  connect(project_, &ProjectFile::leftSettled, this,
          [this](quint64 number) { messages_->clear(Topic::Project, number); });
  for (const auto signal : {&ProjectFile::opened, &ProjectFile::saved})
    connect(project_, signal, session_, &SessionKeeper::changed);
  keepWithSession(
      QStringLiteral("project"), [this] { return project_->path(); },
      [this](const QString& path) { project_->takeUp(path); });
}

void DocumentDesk::askOpenProject() {
  const auto folder = QSettings().value(QStringLiteral("project_folder")).toString();
  const auto path = dialogs_.open_file(window_, tr("Open project"), folder, projectFilter());
  if (path.isEmpty()) return;
  QSettings().setValue(QStringLiteral("project_folder"), QFileInfo(path).absolutePath());
  openProject(path);
}

void DocumentDesk::askSaveProject() {
  projectPath().isEmpty() ? askSaveProjectAs() : saveProject(projectPath());
}

void DocumentDesk::askSaveProjectAs() {
  if (document_->photo() == nullptr) return;
  const auto base = QFileInfo(document_->photo()->label).completeBaseName();
  const auto proposal = QStringLiteral("%1/%2.p2l").arg(lastFolder("project_folder"), base);
  auto path = dialogs_.save_file(window_, tr("Save project"), proposal, projectFilter());
  if (path.isEmpty()) return;
  if (!isProjectFile(path.toStdString())) path += QLatin1String(kProjectEnding);
  saveProject(path);
}

void DocumentDesk::showHistory() {
  HistoryDialog(document_, window_).exec();
}

void DocumentDesk::showQueue() {
  if (queue_dialog_ == nullptr) queue_dialog_ = new QueueDialog(queue_, document_, window_);
  queue_dialog_->show();
  queue_dialog_->raise();
  queue_dialog_->activateWindow();
}

void DocumentDesk::addToQueue(const QStringList& paths) {
  showQueue();
  queue_dialog_->add(paths);
}

void DocumentDesk::showKernel() {
  KernelDialog(document_, window_).exec();
}

void DocumentDesk::showWidths() {
  WidthStrip(document_, side_runs_, window_).exec();
}

void DocumentDesk::showMadeUp(bool show) {
  if (!show) {
    made_up_runs_->stop();
    return document_->setMadeUp({});
  }
  const auto sentence = made_up_runs_->start(made_up_seeds->seeds());
  if (sentence.isEmpty()) return;
  made_up->setChecked(false);
  messages_->showProblem(Topic::Run, sentence);
}

void DocumentDesk::copyResult() {
  const auto result = document_->result();
  if (!result) return;
  QGuiApplication::clipboard()->setImage(result->picture.copy());
  emit status(tr("The result is in the clipboard."));
}

void DocumentDesk::askReport() {
  const auto result = document_->result();
  if (!result) return;
  const auto base = QFileInfo(document_->photo()->label).completeBaseName();
  const auto path = dialogs_.save_file(window_, tr("Export report"),
                                       QStringLiteral("%1/%2.html").arg(lastFolder(), base), tr("Web page (*.html)"));
  if (path.isEmpty()) return;
  const ReportParts parts{document_->openedPhoto(), result, document_->measurementPicture(),
                          solverText(document_->catalogue(), result->outcome.report.request.solver),
                          document_->catalogue() != nullptr
                              ? taskText(*document_->catalogue(), result->outcome.report.request)
                              : QString()};
  work_.start(
      [parts, path] {
        writeReport(parts, path);
        return true;
      },
      [this, path](bool, const QString& problem) {
        if (!problem.isEmpty()) return messages_->showProblem(Topic::File, problem);
        emit status(tr("Saved %1").arg(path));
      });
}

}  // namespace p2l::ui
