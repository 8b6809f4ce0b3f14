// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/step_timeline.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <algorithm>

#include "ui/document/run_model.h"
#include "ui/run/step_slider.h"
#include "ui/style/icons.h"

namespace p2l::ui {

namespace {

constexpr int kLongestSlider = 420;
constexpr int kPlayMilliseconds = 83;  ///< 12 steps a second

}  // namespace

StepTimeline::StepTimeline(QWidget* parent) : QWidget(parent), slider_(new StepSlider(this)), label_(new QLabel(this)) {
  setObjectName(QStringLiteral("stepTimeline"));
  setAccessibleName(tr("Timeline of the run"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  const auto add = [&](Glyph glyph, const QString& name, const QString& tip) {
    auto* button = new QToolButton(this);
    button->setIcon(glyphIcon(glyph));
    button->setAccessibleName(name);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(button);
    return button;
  };
  previous_button_ = add(Glyph::Previous, tr("Previous step"), tr("Previous step (Left arrow)"));
  play_button_ = add(Glyph::Play, tr("Play"), tr("Play the evolution (Space)"));
  play_button_->setIcon(playPauseIcon());
  play_button_->setCheckable(true);
  next_button_ = add(Glyph::Next, tr("Next step"), tr("Next step (Right arrow)"));
  slider_->setMaximumWidth(kLongestSlider);
  row->addWidget(slider_, 1);
  label_->setMinimumWidth(label_->fontMetrics().horizontalAdvance(tr("%1 / %2").arg("00", "00")));
  label_->setObjectName(QStringLiteral("stepLabel"));
  row->addWidget(label_);
  slider_->setMinimumWidth(60);
  live_button_ = add(Glyph::Live, tr("Follow the run"), tr("Follow the run: its newest step is shown (End)"));
  live_button_->setCheckable(true);
  row->addStretch(0);

  slider_->setObjectName(QStringLiteral("stepSlider"));
  slider_->setAccessibleName(tr("Step"));
  slider_->setToolTip(tr("Step of the run: drag, or use the arrow keys, Home and End; Space plays"));
  setFocusProxy(slider_);

  play_timer_.setInterval(kPlayMilliseconds);
  play_timer_.setTimerType(Qt::PreciseTimer);
  connect(&play_timer_, &QTimer::timeout, this, &StepTimeline::advance);
  connect(slider_, &StepSlider::stepChosen, this, [this](int step) {
    setPlaying(false);
    select(step);
  });
  connect(slider_, &QSlider::valueChanged, this, [this](int step) {
    // Assistive technology sets the value directly.
    if (step == current_ || available_ < 1) return;
    step > available_ ? slider_->setValue(available_) : select(step);
  });
  connect(previous_button_, &QToolButton::clicked, this, &StepTimeline::previous);
  connect(next_button_, &QToolButton::clicked, this, &StepTimeline::next);
  connect(play_button_, &QToolButton::toggled, this, &StepTimeline::setPlaying);
  connect(live_button_, &QToolButton::clicked, this, [this](bool checked) { setLive(checked); });
  setSteps(0);
}

void StepTimeline::follow(RunModel* model) {
  connect(this, &StepTimeline::stepSelected, model, [this, model](int step) { model->showStep(step, isLive()); });
  connect(this, &StepTimeline::liveChanged, model, &RunModel::setLive);
  connect(model, &RunModel::stepsReset, this, [this, model] {
    setSteps(model->stepCount());
    for (const auto& [step, report] : model->reports()) setTimestep(step, report.timestep);
    setAvailable(model->lastStep());
  });
  connect(model, &RunModel::stepAdded, this, [this](const StepReport& report) {
    setTimestep(report.step, report.timestep);
    setAvailable(report.step);
  });
  connect(model, &RunModel::cursorChanged, this, [this, model] {
    if (isLive() != model->cursor().live) setLive(model->cursor().live);
    if (current_ != model->cursor().step) setCurrent(model->cursor().step);
  });
}

void StepTimeline::setSteps(int total) {
  setPlaying(false);
  total_ = std::max(0, total);
  available_ = current_ = 0;
  timesteps_.clear();
  {
    const QSignalBlocker quiet(slider_);
    slider_->setRange(1, std::max(1, total_));
    slider_->setValue(1);
  }
  slider_->setAvailable(0);
  if (!live_) {
    live_ = true;
    emit liveChanged(true);
  }
  updateControls();
}

void StepTimeline::setAvailable(int last) {
  available_ = std::clamp(last, 0, total_);
  slider_->setAvailable(available_);
  if (live_ || current_ > available_ || (current_ == 0 && available_ > 0)) current_ = available_;
  updateControls();
}

void StepTimeline::setCurrent(int step) {
  current_ = available_ < 1 ? 0 : std::clamp(step, 1, available_);
  updateControls();
}

void StepTimeline::setTimestep(int step, int timestep) {
  timesteps_[step] = timestep;
  if (step == current_) updateControls();
}

void StepTimeline::setLive(bool live) {
  if (live) setPlaying(false);
  const bool changed = live != live_;
  live_ = live;
  if (live && available_ > 0 && current_ != available_) {
    current_ = available_;
    emit stepSelected(current_);
  }
  updateControls();
  if (changed) emit liveChanged(live_);
}

void StepTimeline::setPlaying(bool playing) {
  playing = playing && available_ > 1;
  if (playing != isPlaying()) {
    if (playing) {
      // At the end, play starts over.
      if (current_ >= available_) select(1);
      play_timer_.start();
    } else {
      play_timer_.stop();
    }
    emit playingChanged(playing);
  }
  updateControls();
}

void StepTimeline::advance() {
  if (current_ < available_) select(current_ + 1);
  // At the newest step of a run in progress, play becomes following it.
  if (current_ < available_) return;
  setPlaying(false);
  if (available_ < total_) setLive(true);
}

void StepTimeline::select(int step) {
  if (available_ < 1) return;
  step = std::clamp(step, 1, available_);
  if (live_ && step != available_) {
    live_ = false;
    emit liveChanged(false);
  }
  const bool moved = step != current_;
  current_ = step;
  updateControls();
  if (moved) emit stepSelected(step);
}

void StepTimeline::first() {
  setPlaying(false);
  select(1);
}

void StepTimeline::previous() {
  setPlaying(false);
  select(current_ - 1);
}

void StepTimeline::next() {
  setPlaying(false);
  select(current_ + 1);
}

void StepTimeline::last() {
  setPlaying(false);
  select(available_);
}

QString StepTimeline::labelText() const {
  return label_->accessibleDescription();
}

void StepTimeline::updateControls() {
  {
    const QSignalBlocker quiet(slider_);
    slider_->setValue(std::max(1, current_));
  }
  slider_->update();
  const bool any = available_ > 0;
  slider_->setEnabled(any);
  previous_button_->setEnabled(current_ > 1);
  next_button_->setEnabled(current_ < available_);
  play_button_->setEnabled(available_ > 1);
  {
    const QSignalBlocker quiet(play_button_);
    play_button_->setChecked(isPlaying());
  }
  play_button_->setAccessibleName(isPlaying() ? tr("Pause the playback") : tr("Play"));
  live_button_->setEnabled(total_ > 0);
  live_button_->setChecked(live_ && total_ > 0);
  const auto step = current_ == 0 ? tr("–") : QString::number(current_);
  QString whole = tr("No run yet");
  if (total_ > 0) whole = tr("Step %1 / %2").arg(step).arg(total_);
  if (timesteps_.contains(current_)) whole = tr("%1 – t = %2").arg(whole).arg(timesteps_[current_]);
  label_->setText(total_ == 0 ? tr("– / –") : tr("%1 / %2").arg(step).arg(total_));
  label_->setAccessibleDescription(whole);
  label_->setToolTip(whole);
  slider_->setAccessibleDescription(whole);
}

void StepTimeline::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Space:
      return setPlaying(!isPlaying());
    case Qt::Key_Left:
      return previous();
    case Qt::Key_Right:
      return next();
    case Qt::Key_Home:
      return first();
    case Qt::Key_End:
      return last();
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace p2l::ui
