// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_bar.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include "ui/icons.h"

namespace p2l::ui {
namespace {

QString clockText(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  if (whole < 3600) return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
  return QStringLiteral("%1:%2:%3")
      .arg(whole / 3600)
      .arg(whole / 60 % 60, 2, 10, QLatin1Char('0'))
      .arg(whole % 60, 2, 10, QLatin1Char('0'));
}

}  // namespace

RunBar::RunBar(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(6, 4, 6, 4);
  auto add = [&](const QString& text, const QString& help, int key, Glyph glyph) {
    auto* action = new QAction(glyphIcon(glyph), text, this);
    action->setShortcut(QKeySequence(key));
    action->setToolTip(QStringLiteral("%1 (%2)").arg(help, action->shortcut().toString(QKeySequence::NativeText)));
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(button);
    return action;
  };
  run_ = add(tr("Run"), tr("Restore the picture with these settings"), Qt::Key_F5, Glyph::Play);
  pause_ = add(tr("Pause"), tr("Hold the run within the next network evaluation, or go on"), Qt::Key_F6, Glyph::Pause);
  pause_->setCheckable(true);
  step_ = add(tr("Step"), tr("One sampling step, then pause"), Qt::Key_F10, Glyph::Next);
  stop_ = add(tr("Stop"), tr("End the run and keep what there is"), Qt::Key_F7, Glyph::Stop);

  progress_ = new QProgressBar(this);
  progress_->setAccessibleName(tr("Progress of the run"));
  progress_->setTextVisible(true);
  progress_->setFormat(tr("Ready"));
  progress_->setRange(0, 1);
  row->addWidget(progress_, 1);
  times_ = new QLabel(this);
  progress_->setMinimumWidth(150);
  row->addWidget(times_);
  shown_ = new QComboBox(this);
  shown_->setAccessibleName(tr("Picture of the running estimate"));
  shown_->setToolTip(
      tr("Estimate: D(ẑ₀), what the run believes now. Noisy: D(z_t), the latent that is being denoised."));
  shown_->addItem(tr("Estimate D(ẑ₀)"));
  shown_->addItem(tr("Noisy D(z_t)"));
  row->addWidget(shown_);
  connect(shown_, &QComboBox::currentIndexChanged, this, [this] { emit noisyChanged(noisyChosen()); });
  tick_.setInterval(500);
  connect(&tick_, &QTimer::timeout, this, &RunBar::showTimes);
  showState(State::Idle);
}

bool RunBar::noisyChosen() const {
  return shown_->currentIndex() == 1;
}

QString RunBar::titlePart() const {
  if (state_ == State::Idle || steps_ == 0) return {};
  return tr("%1 %").arg(100 * done_ / steps_) + (state_ == State::Paused ? tr(" (paused)") : QString());
}

void RunBar::showState(State state) {
  if (clock_.isValid() && state_ != State::Paused && state == State::Paused) pause_began_ms_ = clock_.elapsed();
  if (clock_.isValid() && state_ == State::Paused && state != State::Paused)
    paused_ms_ += clock_.elapsed() - pause_began_ms_;
  state_ = state;
  const bool idle = state == State::Idle;
  run_->setEnabled(idle);
  pause_->setEnabled(state == State::Running || state == State::Paused);
  pause_->setChecked(state == State::Paused);
  step_->setEnabled(state != State::Stopping);
  stop_->setEnabled(state == State::Running || state == State::Paused);
  if (state == State::Stopping) progress_->setFormat(tr("Stopping…"));
  if (idle) tick_.stop();
  emit titleChanged();
}

void RunBar::showStart(int steps) {
  steps_ = steps;
  done_ = 0;
  step_seconds_ = 0.0;
  paused_ms_ = 0;
  pause_began_ms_ = 0;
  clock_.start();
  tick_.start();
  progress_->setRange(0, std::max(steps, 1));
  progress_->setValue(0);
  progress_->setFormat(steps > 0 ? tr("Step 0 of %1").arg(steps) : tr("Preparing…"));
  showTimes();
  emit titleChanged();
}

void RunBar::showStep(const StepReport& report) {
  done_ = report.step;
  step_seconds_ += report.seconds;
  progress_->setValue(report.step);
  if (state_ != State::Stopping) progress_->setFormat(tr("Step %1 of %2").arg(report.step).arg(report.steps));
  showTimes();
  emit titleChanged();
}

void RunBar::showTimes() {
  if (!clock_.isValid()) return;
  const qint64 now = state_ == State::Paused ? pause_began_ms_ : clock_.elapsed();
  const double elapsed = static_cast<double>(now - paused_ms_) / 1000.0;
  if (done_ == 0) {
    times_->setText(tr("%1 elapsed").arg(clockText(elapsed)));
    return;
  }
  const double each = step_seconds_ / done_;
  times_->setText(tr("%1 · %2 to go · %3 s/step")
                      .arg(clockText(elapsed), clockText(each * (steps_ - done_)), QString::number(each, 'f', 2)));
}

void RunBar::showSummary(const QString& text) {
  progress_->setFormat(text);
  showTimes();
}

void RunBar::setStale(bool stale) {
  run_->setText(stale ? tr("Run again") : tr("Run"));
  run_->setIconText(run_->text());
}

}  // namespace p2l::ui
