// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/queue_dialog.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QImageReader>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include "core/types/run_control.h"
#include "ui/document/run_model.h"
#include "ui/files/thumbnails.h"
#include "ui/jobs/queue_model.h"
#include "ui/language/numbers.h"
#include "ui/style/sentence_label.h"
#include "ui/style/studio_style.h"
#include "ui/style/tab_order.h"
#include "ui/style/window_size.h"
#include "ui/widgets/clock_text.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {
namespace {

constexpr QSize kFirstSize(600, 420);
constexpr int kTickMs = 1000, kThumbnail = 40;
enum Role { IdRole = Qt::UserRole, PhotoRole };

QString stateText(QueuedJob::State state) {
  switch (state) {
    case QueuedJob::State::Waiting:
      return QueueDialog::tr("waiting");
    case QueuedJob::State::Running:
      return QueueDialog::tr("at work");
    case QueuedJob::State::Done:
      return QueueDialog::tr("done");
    case QueuedJob::State::Failed:
      return QueueDialog::tr("failed");
    case QueuedJob::State::Cancelled:
      return QueueDialog::tr("cancelled");
    case QueuedJob::State::Skipped:
      return QueueDialog::tr("skipped");
  }
  return {};
}

/// As it is shown, from the head of its file; empty: it is not known.
QSize sizeOfPicture(const QString& path) {
  if (!QFileInfo(path).isFile()) return {};  // of a pipe the reader would wait for ever
  QImageReader reader(path);
  const auto size = reader.size();
  return reader.transformation().testFlag(QImageIOHandler::TransformationRotate90) ? size.transposed() : size;
}

/// The first of these photos that a mask of this size does not fit, a sentence; empty: it fits all whose size is known.
QString sizeProblem(const std::vector<std::string>& photos, QSize mask, RunControl& control) {
  for (const auto& each : photos) {
    control.checkpoint();
    const auto photo = QString::fromStdString(each);
    const auto size = sizeOfPicture(photo);
    if (size.isEmpty() || size == mask) continue;
    return QueueDialog::tr(
               "%1 is %2 x %3 pixels and the mask %4 x %5: queue photos of the mask's size, or choose another mask.")
        .arg(QFileInfo(photo).fileName())
        .arg(size.width())
        .arg(size.height())
        .arg(mask.width())
        .arg(mask.height());
  }
  return {};
}

}  // namespace

QueueDialog::QueueDialog(QueueModel* queue, RunModel* document, QWidget* parent)
    : QDialog(parent), queue_(queue), document_(document), thumbnails_(new Thumbnails(kThumbnail, this)) {
  setWindowTitle(tr("Queue"));
  resize(sizeOnScreen(*this, kFirstSize));
  buildList();
  buildButtons();
  connect(queue, &QueueModel::changed, this, &QueueDialog::showJobs);
  connect(queue, &QueueModel::progressed, this, &QueueDialog::showProgress);
  connect(queue, &QueueModel::refused, this, &QueueDialog::showRefusal);
  auto* tick = new QTimer(this);
  connect(tick, &QTimer::timeout, this, [this] {
    if (isVisible()) showProgress();
  });
  tick->start(kTickMs);
  connect(list_, &QListWidget::currentRowChanged, this, &QueueDialog::updateButtons);
  connect(list_->verticalScrollBar(), &QScrollBar::valueChanged, this, &QueueDialog::showThumbnails);
  connect(thumbnails_, &Thumbnails::ready, this, &QueueDialog::showThumbnails);
  showJobs();
  new TabOrder(this);
}

void QueueDialog::buildList() {
  auto* column = new QVBoxLayout(this);
  auto* help = new QLabel(tr("Every photo runs through the settings of the moment when it is added. Results go beside "
                             "the photos, as NAME-restored.png."),
                          this);
  help->setWordWrap(true);
  list_ = new QListWidget(this);
  list_->setAccessibleName(tr("Jobs"));
  list_->setIconSize({kThumbnail, kThumbnail});
  list_->setWordWrap(true);  // a sentence about a file is read whole
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setSpacing(2);
  refusal_ = new SentenceLabel(this);
  refusal_->setObjectName(QStringLiteral("refusal"));
  refusal_->hide();
  summary_ = new QLabel(this);
  summary_->setWordWrap(true);
  summary_->setToolTip(tr("Of the photo at work: step, time elapsed, seconds per step. Of all that wait: time left"));
  skip_ = new QCheckBox(tr("S&kip photos whose result exists"), this);
  skip_->setToolTip(tr("Otherwise the new result gets a number"));
  skip_->setChecked(QSettings().value(QStringLiteral("queue_skip"), true).toBool());
  connect(skip_, &QCheckBox::toggled, this,
          [](bool skip) { QSettings().setValue(QStringLiteral("queue_skip"), skip); });
  pause_ = new QCheckBox(tr("&Pause after the current photo"), this);
  pause_->setToolTip(tr("The queue goes on when this is off"));
  connect(pause_, &QCheckBox::clicked, queue_, &QueueModel::setPaused);
  hint_ = new EmptyHint(list_, {});
  for (QWidget* widget : {static_cast<QWidget*>(help), static_cast<QWidget*>(refusal_), static_cast<QWidget*>(summary_),
                          static_cast<QWidget*>(skip_), static_cast<QWidget*>(pause_)})
    column->addWidget(widget);
}

QPushButton* QueueDialog::button(const QString& text, const QString& help, void (QueueDialog::*action)()) {
  auto* button = new QPushButton(text, this);
  button->setToolTip(help);
  button->setAutoDefault(false);
  connect(button, &QPushButton::clicked, this, action);
  return button;
}

void QueueDialog::buildButtons() {
  of_chosen_ = {button(tr("&Up"), tr("Earlier"), &QueueDialog::moveUp),
                button(tr("&Down"), tr("Later"), &QueueDialog::moveDown),
                button(tr("&Retry"), tr("Let the chosen photo wait again"), &QueueDialog::retry),
                button(tr("&Cancel"), tr("Take the chosen photo out of the work"), &QueueDialog::cancel)};
  const QList<QPushButton*> rows[] = {
      {button(tr("Add &files…"), tr("Photos to restore"), &QueueDialog::addFiles),
       button(tr("Add f&older…"), tr("All photos of a folder"), &QueueDialog::addFolder)},
      of_chosen_,
      {cancel_all_ = button(tr("Cancel &all"), tr("Nothing waits any more"), &QueueDialog::cancelAll),
       clear_ended_ = button(tr("Clear &ended"), tr("Take those out that have ended"), &QueueDialog::clearEnded),
       button(tr("&Log…"), tr("What happened, a line each"), &QueueDialog::showLog)}};
  // Above the list what fills it, beside it what is done to the chosen one, below it what concerns all.
  auto* column = static_cast<QVBoxLayout*>(layout());
  auto* add = new QHBoxLayout;
  for (auto* each : rows[0]) add->addWidget(each);
  makePrimary(rows[0].first());
  add->addStretch(1);
  auto* beside = new QVBoxLayout;
  for (auto* each : rows[1]) beside->addWidget(each);
  beside->addStretch(1);
  auto* middle = new QHBoxLayout;
  middle->addWidget(list_, 1);
  middle->addLayout(beside);
  auto* below = new QHBoxLayout;
  for (auto* each : rows[2]) below->addWidget(each);
  auto* close = new QPushButton(tr("Close"), this);  // made last: the first one would have the focus at first
  close->setToolTip(tr("The queue goes on"));
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  below->addStretch(1);
  below->addWidget(close);
  column->insertLayout(1, add);
  column->insertLayout(2, middle, 1);
  column->addLayout(below);
}

void QueueDialog::showJobs() {
  const auto former = chosen();
  list_->clear();
  for (const auto& job : queue_->jobs()) {
    const auto file = QFileInfo(QString::fromStdString(job.request.photo)).fileName();
    const auto message = QString::fromStdString(job.message);
    auto* item = new QListWidgetItem(
        QStringLiteral("%1: %2%3").arg(file, stateText(job.state), message.isEmpty() ? QString() : " – " + message),
        list_);
    item->setData(IdRole, QString::fromStdString(job.id));
    item->setData(PhotoRole, QString::fromStdString(job.request.photo));
    item->setIcon(thumbnails_->empty());  // so that no row moves when its picture comes
    item->setToolTip(QString::fromStdString(job.output));
    if (job.id == former) list_->setCurrentItem(item);
  }
  pause_->setChecked(queue_->isPaused());
  showProgress();
  updateButtons();
  showThumbnails();
}

void QueueDialog::showThumbnails() {
  if (!isVisible() || list_->count() == 0) return;
  const auto seen = list_->viewport()->rect();
  const auto* first = list_->itemAt(seen.center().x(), list_->spacing() + 1);
  const int begin = first != nullptr ? list_->row(first) : 0;
  thumbnails_->forgetWishes();  // of rows that were scrolled away
  for (int row = begin; row < list_->count(); ++row) {
    auto* item = list_->item(row);
    if (list_->visualItemRect(item).top() > seen.bottom()) break;
    item->setIcon(thumbnails_->of(item->data(PhotoRole).toString()));
  }
}

void QueueDialog::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  showThumbnails();
}

void QueueDialog::resizeEvent(QResizeEvent* event) {
  QDialog::resizeEvent(event);
  showThumbnails();
}

void QueueDialog::showProgress() {
  auto text = tr("Photos that wait: %1").arg(queue_->waitingCount());
  const auto reading = tr("Reading the photos that were added…");
  hint_->setText(queue_->isReading() ? reading : tr("No photo waits: add some, or drop several on the window."));
  if (queue_->isPaused()) text += tr("; the queue is paused");
  if (queue_->isReading()) text += QStringLiteral(" · ") + reading;
  const auto at_work = queue_->progress();
  if (at_work.steps > 0)
    text += QStringLiteral(" · ") + tr("%1: step %2 of %3").arg(at_work.photo).arg(at_work.step).arg(at_work.steps);
  if (at_work.step > 0)
    text += QStringLiteral(" · %1 · ").arg(clockText(at_work.seconds)) +
            tr("%1 s/step").arg(numberText(at_work.seconds_per_step, 2));
  if (at_work.seconds_left >= 0.0) text += QStringLiteral(" · ") + tr("%1 left").arg(clockText(at_work.seconds_left));
  summary_->setText(text);
}

void QueueDialog::updateButtons() {
  for (auto* button : of_chosen_) button->setEnabled(!chosen().empty());
  const int open = queue_->waitingCount();
  cancel_all_->setEnabled(open > 0 || queue_->isReading());
  clear_ended_->setEnabled(open < static_cast<int>(queue_->jobs().size()));
}

std::string QueueDialog::chosen() const {
  const auto* item = list_->currentItem();
  return item != nullptr ? item->data(IdRole).toString().toStdString() : std::string();
}

void QueueDialog::add(const QStringList& paths) {
  RestoreRequest request;
  const auto pictures = document_->pictures(request);
  if (request.mode != Mode::Restore) request.size = 0;  // the size of a demonstration
  // A crop is of this photo, and so is a size that came with its settings; a mask lies in them.
  const bool this_photo = document_->photo() != nullptr && paths == QStringList(document_->photo()->path);
  if (!this_photo && pictures.mask.isNull()) {
    const auto& choice = document_->sizeChoice();
    if (choice.recalled && request.mode == Mode::Restore) request.size = choice.by_person.value_or(0);
    request.crop.clear();
  }
  request.mode = Mode::Restore;
  JobPictures given;
  given.kernel = pictures.kernel;
  given.mask = pictures.mask;
  const auto question = document_->openQuestion();
  showRefusal(question);
  if (!question.isEmpty()) return;
  const bool any_size =
      given.mask.isNull() || request.size > 0 || !request.crop.empty();  // or a mask of what is cut out
  QueueModel::Check check;
  if (!any_size) {
    check = [size = given.mask.size()](const std::vector<std::string>& photos, RunControl& control) {
      return sizeProblem(photos, size, control);
    };
  }
  queue_->add(paths, request, given, {}, skip_->isChecked(), check);
}

void QueueDialog::showRefusal(const QString& sentence) {
  refusal_->setSentence(sentence);
  refusal_->setVisible(!sentence.isEmpty());
}

QString QueueDialog::refusal() const {
  return refusal_->sentence();
}

void QueueDialog::addFiles() {
  const auto paths = QFileDialog::getOpenFileNames(
      this, tr("Photos"), QSettings().value(QStringLiteral("folder")).toString(), pictureOrAnyFilter());
  if (!paths.isEmpty()) add(paths);
}

void QueueDialog::addFolder() {
  const auto folder =
      QFileDialog::getExistingDirectory(this, tr("Folder"), QSettings().value(QStringLiteral("folder")).toString());
  if (!folder.isEmpty()) add({folder});
}

void QueueDialog::moveUp() {
  queue_->move(chosen(), -1);
}

void QueueDialog::moveDown() {
  queue_->move(chosen(), 1);
}

void QueueDialog::retry() {
  queue_->retry(chosen());
}

void QueueDialog::cancel() {
  queue_->cancel(chosen());
}

void QueueDialog::cancelAll() {
  queue_->cancelAll();
}

void QueueDialog::clearEnded() {
  queue_->clearEnded();
}

void QueueDialog::showLog() {
  QDesktopServices::openUrl(QUrl::fromLocalFile(queue_->logPath()));
}

}  // namespace p2l::ui
