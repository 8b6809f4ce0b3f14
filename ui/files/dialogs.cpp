// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/dialogs.h"

#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

#include "ui/language/words.h"

namespace p2l::ui {
namespace {

constexpr int kQuestionWidth = 340;

QString askSaveName(QWidget* parent, const QString& title, const QString& proposal, const QString& filter) {
  QFileDialog dialog(parent, title, proposal, filter);
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.selectFile(proposal);
  const auto useSuffix = [&](const QString& name_filter) {
    dialog.setDefaultSuffix(name_filter.section(QStringLiteral("*."), 1).section(QLatin1Char(')'), 0, 0));
  };
  useSuffix(dialog.selectedNameFilter());
  QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, useSuffix);
  return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

Leave askLeave(QWidget* parent, const AtStake& at_stake) {
  QMessageBox box(parent);
  box.setWindowTitle(tr("Quit P2L Studio?"));
  box.setTextFormat(Qt::PlainText);
  box.setText(at_stake.losses.size() == 1 ? tr("Quitting would lose this:") : tr("Quitting would lose these:"));
  QStringList lines;
  for (const auto& loss : at_stake.losses) lines << QStringLiteral("\u2022 ") + loss;
  box.setInformativeText(lines.join(QLatin1Char('\n')));
  for (auto* label : box.findChildren<QLabel*>()) label->setMinimumWidth(kQuestionWidth);
  auto* save = at_stake.can_save ? box.addButton(tr("&Save…"), QMessageBox::AcceptRole) : nullptr;
  auto* quit = box.addButton(tr("&Quit anyway"), QMessageBox::DestructiveRole);
  auto* stay = box.addButton(tr("&Cancel"), QMessageBox::RejectRole);
  box.setDefaultButton(save != nullptr ? save : stay);
  box.setEscapeButton(stay);
  box.exec();
  if (box.clickedButton() == quit) return Leave::Discard;
  return save != nullptr && box.clickedButton() == save ? Leave::Save : Leave::Stay;
}

}  // namespace

Dialogs screenDialogs() {
  return {[](QWidget* parent, const QString& title, const QString& folder, const QString& filter) {
            return QFileDialog::getOpenFileName(parent, title, folder, filter);
          },
          askSaveName, askLeave};
}

}  // namespace p2l::ui
