// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/compare_timeline.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <algorithm>

#include "ui/run/step_slider.h"
#include "ui/style/icons.h"

namespace p2l::ui {
namespace {

constexpr int kPlayMs = 120;

}  // namespace

CompareTimeline::CompareTimeline(QWidget* parent) : QWidget(parent) {
  setFixedHeight(kHeight);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  previous_ = button(tr("Previous step of any run"), tr("Towards the noise"), static_cast<int>(Glyph::Previous));
  play_ = button(tr("Play"), tr("Play all runs from noise to result"), static_cast<int>(Glyph::Play));
  play_->setIcon(playPauseIcon());
  play_->setCheckable(true);
  next_ = button(tr("Next step of any run"), tr("Towards the results"), static_cast<int>(Glyph::Next));
  slider_ = new StepSlider(this);
  slider_->setAccessibleName(tr("Time of all pictures"));
  slider_->setToolTip(tr("All pictures at the same time t: noise on the left, results on the right"));
  slider_->setRange(1, kEnd);
  slider_->setAvailable(kEnd);
  slider_->setValue(kEnd);
  label_ = new QLabel(this);
  text_ = new QLabel(this);
  text_->setForegroundRole(QPalette::PlaceholderText);
  text_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  for (QWidget* widget : {static_cast<QWidget*>(previous_), static_cast<QWidget*>(play_), static_cast<QWidget*>(next_)})
    row->addWidget(widget);
  row->addWidget(slider_, 2);
  row->addWidget(label_);
  row->addWidget(text_, 3);
  timer_.setInterval(kPlayMs);
  connect(slider_, &StepSlider::stepChosen, this, &CompareTimeline::showPlace);
  connect(previous_, &QToolButton::clicked, this, &CompareTimeline::previous);
  connect(next_, &QToolButton::clicked, this, &CompareTimeline::next);
  connect(play_, &QToolButton::toggled, this, &CompareTimeline::setPlaying);
  connect(&timer_, &QTimer::timeout, this, [this] {
    next();
    if (atEnd()) setPlaying(false);
  });
  showPlace(kEnd);
}

QToolButton* CompareTimeline::button(const QString& text, const QString& tip, int glyph) {
  auto* made = new QToolButton(this);
  made->setIcon(glyphIcon(static_cast<Glyph>(glyph)));
  made->setAccessibleName(text);
  made->setToolTip(tip);
  made->setFocusPolicy(Qt::StrongFocus);
  return made;
}

int CompareTimeline::time() const {
  return kEnd - 1 - slider_->value();
}

void CompareTimeline::setTime(int time) {
  const int value = std::clamp(kEnd - 1 - time, 1, kEnd);
  if (value == slider_->value()) return;
  slider_->setValue(value);
  showPlace(value);
}

void CompareTimeline::showPlace(int) {
  label_->setText(atEnd() ? tr("results") : tr("t = %1").arg(time()));
  label_->setMinimumWidth(std::max(label_->minimumWidth(), label_->sizeHint().width()));
  emit timeChanged(time());
}

void CompareTimeline::setText(const QString& text) {
  text_->setText(text_->fontMetrics().elidedText(text, Qt::ElideRight, text_->width()));
  text_->setToolTip(text);
}

void CompareTimeline::previous() {
  const auto earlier = std::find_if(stops_.rbegin(), stops_.rend(), [this](int stop) { return stop > time(); });
  if (earlier != stops_.rend()) setTime(*earlier);
}

void CompareTimeline::next() {
  const auto later = std::find_if(stops_.begin(), stops_.end(), [this](int stop) { return stop < time(); });
  setTime(later == stops_.end() ? -1 : *later);
}

void CompareTimeline::setPlaying(bool playing) {
  play_->setChecked(playing);
  if (playing && atEnd() && !stops_.isEmpty()) setTime(stops_.first());
  playing ? timer_.start() : timer_.stop();
}

}  // namespace p2l::ui
