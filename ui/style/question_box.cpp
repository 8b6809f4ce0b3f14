// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/question_box.h"

#include <QLabel>
#include <QMessageBox>

#include "ui/style/wrapped_words.h"

namespace p2l::ui {
namespace {

constexpr int kWidestWord = 400;

}  // namespace

void elideLongWords(QMessageBox& box) {
  for (auto* label : box.findChildren<QLabel*>()) {
    const auto whole = label->text();
    const auto shown = withLongWordsElided(whole, label->font(), kWidestWord);
    if (shown == whole) continue;
    label->setText(shown);
    label->setMinimumWidth(kWidestWord);  // or the word would be broken at its ellipsis
    label->setToolTip(whole);
    label->setAccessibleName(whole);
  }
}

bool askYes(QWidget* parent, const QString& title, const QString& question) {
  QMessageBox box(QMessageBox::Question, title, question, QMessageBox::Yes | QMessageBox::No, parent);
  box.setTextFormat(Qt::PlainText);
  elideLongWords(box);
  return box.exec() == QMessageBox::Yes;
}

}  // namespace p2l::ui
