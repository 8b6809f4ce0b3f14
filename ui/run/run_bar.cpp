// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/run_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>
#include <algorithm>
#include <utility>

#include "ui/run/run_status.h"
#include "ui/style/icons.h"
#include "ui/style/studio_style.h"

namespace p2l::ui {
namespace {

constexpr int kTickMs = 500;
constexpr int kSpacing = 8, kNarrowSpacing = 4;

}  // namespace

RunBar::RunBar(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpacing);
  progress_ = new RunStatus(this);
  progress_->setAccessibleName(tr("Progress of the run"));
  progress_->setToolTip(
      tr("Before a run: what it is expected to take. During it: step, time left, time elapsed, "
         "seconds per step"));
  idle_text_ = tr("Ready");
  progress_->setFormat(idle_text_);
  progress_->setRange(0, 1);
  progress_->setValue(0);  // without a value there is no text
  row->addWidget(progress_, 1);
  run_button_ = addAction(row, &run_, tr("Run"), tr("Restore the photo with these settings"), Qt::Key_F5, Glyph::Play);
  setLook(run_button_, Look::Primary);
  run_->setIcon(glyphIcon(Glyph::Play, QPalette::HighlightedText));
  run_button_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  addAction(row, &pause_, tr("Pause"), tr("Pause within one network evaluation, or resume"), Qt::Key_F6, Glyph::Pause);
  pause_->setCheckable(true);
  addAction(row, &step_, tr("Step"), tr("One sampling step, then pause"), Qt::Key_F10, Glyph::StepOn);
  addAction(row, &stop_, tr("Stop"), tr("Stop the run and keep the last estimate"), Qt::Key_F7, Glyph::Stop);
  tick_.setInterval(kTickMs);
  connect(&tick_, &QTimer::timeout, this, &RunBar::showTimes);
  showState(State::Idle);
}

void RunBar::follow(RunModel* model) {
  connect(run_, &QAction::triggered, model, &RunModel::run);
  connect(pause_, &QAction::triggered, model, &RunModel::setPaused);
  connect(step_, &QAction::triggered, model, &RunModel::stepOnce);
  connect(stop_, &QAction::triggered, model, &RunModel::stop);
  connect(model, &RunModel::stateChanged, this, [this, model](State state) {
    const bool begins = state_ == State::Idle;
    setStale(state == State::Idle && model->isStale());
    showState(state);
    if (begins) showStart(0);
  });
  connect(model, &RunModel::runPrepared, this, [this, model] { showStart(model->runStart().steps); });
  connect(model, &RunModel::stepAdded, this, &RunBar::showStep);
  connect(model, &RunModel::endingChanged, this, [this, model] { showEnding(*model); });
  connect(model, &RunModel::staleChanged, this, &RunBar::setStale);
  const auto showBlocked = [this, model] {
    setBlocked(model->photo() != nullptr ? model->openQuestion()
                                         : tr("Open a photo first: press Ctrl+O, or drop it on the window."));
  };
  connect(model, &RunModel::questionChanged, this, showBlocked);
  connect(model, &RunModel::photoChanged, this, showBlocked);
  showBlocked();
  connect(model, &RunModel::needsChanged, this, [this, model] {
    const auto& needs = model->needs();
    QStringList parts;
    for (const auto& part : {needs.time, needs.memory}) {
      if (!part.isEmpty()) parts << part;
    }
    showExpected(parts.join(QStringLiteral(" · ")), needs.is_long || needs.too_much, needs.advice);
  });
}

void RunBar::showEnding(const RunModel& model) {
  switch (model.ending()) {
    case RunModel::Ending::None:
      return showReady();
    case RunModel::Ending::Completed:
      return showSummary(tr("Done"));
    case RunModel::Ending::Stopped:
      return showSummary(tr("Stopped"));
    case RunModel::Ending::Diverged:
      return showSummary(tr("Diverged"));
    case RunModel::Ending::NothingMade:
      return showSummary(tr("Stopped before the first step: nothing new was made"));
    case RunModel::Ending::Failed:
      return showSummary(tr("The run failed"));
    case RunModel::Ending::NotStarted:
      return showSummary(tr("The run did not start"));
    case RunModel::Ending::BroughtBack:
      return showSummary(tr("%1, brought back").arg(model.endingName()));
  }
}

QToolButton* RunBar::addAction(QHBoxLayout* row, QAction** made, const QString& text, const QString& help, Qt::Key key,
                               Glyph glyph) {
  auto* action = *made = new QAction(glyphIcon(glyph), text, this);
  action->setShortcut(QKeySequence(key));
  action->setToolTip(QStringLiteral("%1 (%2)").arg(help, action->shortcut().toString(QKeySequence::NativeText)));
  auto* button = new QToolButton(this);
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonIconOnly);
  button->setAccessibleName(text);
  button->setFocusPolicy(Qt::StrongFocus);
  row->addWidget(button);
  return button;
}

void RunBar::addBesideRun(QAction* action) {
  auto* button = new QToolButton(this);
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonIconOnly);
  button->setAccessibleName(action->iconText());
  button->setFocusPolicy(Qt::StrongFocus);
  auto* row = static_cast<QHBoxLayout*>(layout());
  row->insertWidget(row->indexOf(run_button_) + 1 + static_cast<int>(beside_.size()), button);
  beside_ << action;
}

void RunBar::setInUse(bool in_use) {
  setVisible(in_use);
  for (auto* action : beside_) action->setVisible(in_use);
  for (auto* action : {run_, pause_, step_, stop_}) action->setVisible(in_use);
}

QString RunBar::text() const {
  return progress_->format();
}

QString RunBar::titlePart() const {
  if (state_ == State::Idle || steps_ == 0) return {};
  if (state_ == State::Stopping) return RunStatus::titlePart(100 * done_ / steps_, kUnknown, /*paused=*/false);
  return RunStatus::titlePart(100 * done_ / steps_, secondsLeft(), state_ == State::Paused,
                              done_ > 0 ? step_seconds_ / done_ : kUnknown);
}

void RunBar::showState(State state) {
  clock_.setPaused(state == State::Paused);
  state_ = state;
  const bool idle = state == State::Idle;
  showRun();
  pause_->setEnabled(state == State::Running || state == State::Paused);
  pause_->setChecked(state == State::Paused);
  stop_->setEnabled(state == State::Running || state == State::Paused);
  if (idle) tick_.stop();
  if (!idle) showTimes();
  emit titleChanged();
}

void RunBar::showStart(int steps) {
  steps_ = steps;
  done_ = 0;
  step_seconds_ = 0.0;
  clock_.start();
  tick_.start();
  showProgress();
  showTimes();
  emit titleChanged();
}

void RunBar::showStep(const StepReport& report) {
  done_ = report.step;
  step_seconds_ += report.seconds;
  showProgress();
  showTimes();
  emit titleChanged();
}

void RunBar::showProgress() {
  if (std::exchange(progress_pending_, true)) return;
  // A progress bar paints the whole window at once: not within the event that brought the step.
  QTimer::singleShot(0, this, [this] {
    progress_pending_ = false;
    progress_->setRange(0, std::max(steps_, 1));
    progress_->setValue(done_);
  });
}

double RunBar::secondsLeft() const {
  return done_ > 0 ? step_seconds_ / done_ * (steps_ - done_) : kUnknown;
}

QStringList RunBar::progressParts() const {
  const bool paused = state_ == State::Paused;
  if (counted_ && steps_ > 0) return {paused ? tr("Paused") : tr("Running")};
  QStringList parts{steps_ == 0 ? tr("Preparing…") : tr("Step %1 of %2").arg(done_).arg(steps_)};
  if (paused) parts << tr("paused");
  return parts;
}

void RunBar::showTimes() {
  if (!clock_.isValid() || state_ == State::Idle) return;
  progress_->setWarning(false);
  if (state_ == State::Stopping) return progress_->setFormat(tr("Stopping…"));
  const bool counting = steps_ > 0 && !counted_;
  progress_->showTimes(progressParts(), {secondsLeft(), clock_.seconds(), done_ > 0 ? step_seconds_ / done_ : kUnknown},
                       counting ? QStringLiteral("%1/%2").arg(done_).arg(steps_) : QString());
}

void RunBar::showReady() {
  done_ = 0;
  showProgress();
  showSummary(tr("Ready"));
}

void RunBar::showSummary(const QString& text) {
  idle_text_ = text;
  showIdle();
}

void RunBar::showExpected(const QString& text, bool is_long, const QString& advice) {
  const auto help =
      tr("Before a run: what it is expected to take. During it: step, time left, time elapsed, seconds per "
         "step.");
  progress_->setToolTip(advice.isEmpty() ? help : QStringLiteral("<p>%1</p><p>%2</p>").arg(advice, help));
  expected_ = text;
  expected_long_ = is_long;
  if (state_ == State::Idle) showIdle();
}

void RunBar::showIdle() {
  progress_->setWarning(expected_long_ && !expected_.isEmpty());
  if (expected_.isEmpty()) return progress_->setFormat(idle_text_);
  const bool plain = idle_text_ == tr("Ready") || idle_text_ == tr("Done");
  progress_->setFormat(plain ? expected_ : tr("%1 · next run: %2").arg(idle_text_, expected_));
}

void RunBar::setStale(bool stale) {
  stale_ = stale;
  showRun();
}

void RunBar::setBlocked(const QString& reason) {
  blocked_ = reason;
  showRun();
}

void RunBar::setElsewhere(const QString& where) {
  elsewhere_ = where;
  showRun();
}

void RunBar::setCounted(bool counted) {
  counted_ = counted;
  showTimes();
}

void RunBar::showRun() {
  const bool idle = state_ == State::Idle, paused = state_ == State::Paused;
  const auto reason = elsewhere_.isEmpty() ? blocked_ : elsewhere_;
  run_->setEnabled(paused || (idle && reason.isEmpty()));
  step_->setEnabled(idle ? reason.isEmpty() : state_ != State::Stopping);
  run_->setText(paused ? tr("Continue") : stale_ ? tr("Run again") : tr("Run"));
  run_->setIconText(run_->text());
  const auto help = paused              ? tr("Go on with the run")
                    : !reason.isEmpty() ? reason
                    : stale_            ? tr("Restore the photo with the changed settings, with the same seed")
                                        : tr("Restore the photo with these settings");
  run_->setToolTip(QStringLiteral("%1 (%2)").arg(help, run_->shortcut().toString(QKeySequence::NativeText)));
  fitRunButton();
}

void RunBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitRunButton();
}

void RunBar::fitRunButton() {
  const auto fits = [this](Qt::ToolButtonStyle style, int spacing) {
    run_button_->setToolButtonStyle(style);
    layout()->setSpacing(spacing);
    return layout()->minimumSize().width() <= width();
  };
  if (!fits(Qt::ToolButtonTextBesideIcon, kSpacing) && !fits(Qt::ToolButtonTextBesideIcon, kNarrowSpacing))
    fits(Qt::ToolButtonIconOnly, kSpacing);
  layout()->activate();  // before it is painted
}

}  // namespace p2l::ui
