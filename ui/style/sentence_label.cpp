// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/sentence_label.h"

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
  const auto fitting = withLongWordsElided(sentence_, font(), contentsRect().width());
  if (fitting != text()) setText(fitting);
  setToolTip(fitting == sentence_ ? QString() : sentence_);
}

}  // namespace p2l::ui
