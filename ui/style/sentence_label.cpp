// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/sentence_label.h"

#include <algorithm>

#include "ui/style/wrapped_words.h"

namespace p2l::ui {

SentenceLabel::SentenceLabel(QWidget* parent) : QLabel(parent) {
  setWordWrap(true);
  setTextFormat(Qt::PlainText);
}

void SentenceLabel::setSentence(const QString& sentence) {
  sentence_ = sentence;
  fit();
}

void SentenceLabel::setMostHeight(int pixels) {
  most_height_ = pixels;
  fit();
}

QSize SentenceLabel::minimumSizeHint() const {
  return {0, QLabel::minimumSizeHint().height()};
}

void SentenceLabel::resizeEvent(QResizeEvent* event) {
  QLabel::resizeEvent(event);
  fit();
}

void SentenceLabel::showEvent(QShowEvent* event) {
  QLabel::showEvent(event);
  fit();
}

void SentenceLabel::fit() {
  if (!isVisible()) {  // before it is laid out, its width says nothing
    setText(sentence_);
    return;
  }
  const int width = contentsRect().width();
  auto fitting = withLongWordsElided(sentence_, font(), width);
  if (most_height_ > 0) {
    const auto around = contentsMargins();
    const int lines = (most_height_ - around.top() - around.bottom()) / fontMetrics().lineSpacing();
    fitting = withLinesElided(fitting, font(), width, std::max(1, lines));
  }
  if (fitting != text()) setText(fitting);
  setToolTip(fitting == sentence_ ? QString() : sentence_);
}

}  // namespace p2l::ui
