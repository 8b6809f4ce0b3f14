// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/dialogs.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

#include "ui/language/words.h"
#include "ui/style/question_box.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {
namespace {

constexpr int kQuestionWidth = 340;

Leave askLeave(QWidget* parent, const AtStake& at_stake) {
  QMessageBox box(parent);
  box.setWindowTitle(tr("Quit P2L Studio?"));
  box.setTextFormat(Qt::PlainText);
  box.setText(at_stake.losses.size() == 1 ? tr("Quitting would lose this:") : tr("Quitting would lose these:"));
  QStringList lines;
  for (const auto& loss : at_stake.losses) lines << QStringLiteral("\u2022 ") + loss;
  box.setInformativeText(lines.join(QLatin1Char('\n')));
  for (auto* label : box.findChildren<QLabel*>()) label->setMinimumWidth(kQuestionWidth);
  elideLongWords(box);
  auto* save = at_stake.can_save ? box.addButton(tr("&Save…"), QMessageBox::AcceptRole) : nullptr;
  auto* quit = box.addButton(tr("&Quit anyway"), QMessageBox::DestructiveRole);
  auto* stay = box.addButton(tr("&Cancel"), QMessageBox::RejectRole);
  box.setDefaultButton(save != nullptr ? save : stay);
  box.setEscapeButton(stay);
  box.exec();
  if (box.clickedButton() == quit) return Leave::Discard;
  return save != nullptr && box.clickedButton() == save ? Leave::Save : Leave::Stay;
}

bool askLose(QWidget* parent, const QString& path, const QStringList& losses) {
  QMessageBox box(parent);
  const auto name = QFileInfo(path).fileName();
  const auto shown = box.fontMetrics().elidedText(name, Qt::ElideMiddle, kQuestionWidth);
  box.setWindowTitle(tr("Save %1?").arg(shown));  // a box is as wide as its title
  if (shown != name) box.setToolTip(path);
  box.setTextFormat(Qt::PlainText);
  box.setText(losses.join(QLatin1Char('\n')));
  elideLongWords(box);
  auto* save = box.addButton(tr("&Save all the same"), QMessageBox::AcceptRole);
  auto* cancel = box.addButton(tr("&Cancel"), QMessageBox::RejectRole);
  box.setDefaultButton(cancel);
  box.setEscapeButton(cancel);
  box.exec();
  return box.clickedButton() == save;
}

}  // namespace

Dialogs screenDialogs() {
  return {[](QWidget* parent, const QString& title, const QString& folder, const QString& filter) {
            return QFileDialog::getOpenFileName(parent, title, folder, filter);
          },
          askSaveName, askLeave, askLose};
}

}  // namespace p2l::ui
