// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/file_filters.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include "core/api/files.h"
#include "ui/language/words.h"

namespace p2l::ui {

QString lastFolder(const char* first) {
  const QSettings settings;
  for (const auto* key : {first, "save_folder", "folder"}) {
    const auto folder = settings.value(QLatin1String(key)).toString();
    if (!folder.isEmpty() && !isResource(folder.toStdString()) && QFileInfo(folder).isDir()) return folder;
  }
  const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  return QFileInfo(documents).isDir() ? documents : QDir::homePath();  // a fresh home may have none
}

QString pictureFilter() {
  return tr("Pictures (%1)").arg(QStringLiteral("*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp"));
}

QString pictureOrAnyFilter() {
  return pictureFilter() + QStringLiteral(";;") + tr("All files (*)");
}

QString askSaveName(QWidget* parent, const QString& title, const QString& proposal, const QString& filter) {
  const bool names_folder = proposal.contains(QLatin1Char('/'));
  QFileDialog dialog(parent, title, names_folder ? QFileInfo(proposal).path() : lastFolder(), filter);
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.selectFile(proposal);
  const auto useSuffix = [&](const QString& name_filter) {
    dialog.setDefaultSuffix(name_filter.section(QStringLiteral("*."), 1).section(QLatin1Char(')'), 0, 0));
  };
  useSuffix(dialog.selectedNameFilter());
  QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, useSuffix);
  if (dialog.exec() != QDialog::Accepted) return {};
  return dialog.selectedFiles().value(0);
}

void rememberSaved(const QString& path) {
  QSettings().setValue(QStringLiteral("save_folder"), QFileInfo(path).absolutePath());
}

}  // namespace p2l::ui
