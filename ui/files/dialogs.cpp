// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/dialogs.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

namespace p2l::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Dialogs", text);
}

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

Leave askLeave(QWidget* parent) {
  QMessageBox box(QMessageBox::Question, tr("Unsaved result"), tr("The result has not been saved."),
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, parent);
  box.setInformativeText(tr("Save it before the window closes?"));
  box.setDefaultButton(QMessageBox::Save);
  switch (box.exec()) {
    case QMessageBox::Save:
      return Leave::Save;
    case QMessageBox::Discard:
      return Leave::Discard;
    default:
      return Leave::Stay;
  }
}

}  // namespace

Dialogs screenDialogs() {
  return {[](QWidget* parent, const QString& title, const QString& folder, const QString& filter) {
            return QFileDialog::getOpenFileName(parent, title, folder, filter);
          },
          askSaveName, askLeave};
}

}  // namespace p2l::ui
