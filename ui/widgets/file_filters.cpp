// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/file_filters.h"

#include <QFileDialog>

#include "ui/language/words.h"

namespace p2l::ui {

QString pictureFilter() {
  return tr("Pictures (%1)").arg(QStringLiteral("*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp"));
}

QString pictureOrAnyFilter() {
  return pictureFilter() + QStringLiteral(";;") + tr("All files (*)");
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

}  // namespace p2l::ui
