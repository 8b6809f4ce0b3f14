// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/recent_files.h"

#include <QFileInfo>
#include <QMenu>
#include <QSettings>

#include "core/api/files.h"

namespace p2l::ui {
namespace {
constexpr int kCount = 8;
const auto kKey = QStringLiteral("recent");
}  // namespace

void addRecentFile(const QString& path) {
  QSettings settings;
  auto paths = settings.value(kKey).toStringList();
  paths.removeAll(path);
  paths.prepend(path);
  settings.setValue(kKey, paths.mid(0, kCount));
  rememberPhotoFolder(path);
}

void rememberPhotoFolder(const QString& path) {
  if (path.isEmpty() || isResource(path.toStdString())) return;
  QSettings().setValue(QStringLiteral("folder"), QFileInfo(path).absolutePath());
}

void fillRecentMenu(QMenu* menu, const std::function<void(const QString&)>& open) {
  menu->clear();
  for (const auto& path : QSettings().value(kKey).toStringList()) {
    if (!QFileInfo::exists(path)) continue;
    auto* action = menu->addAction(QFileInfo(path).fileName());
    action->setToolTip(path);
    QObject::connect(action, &QAction::triggered, menu, [open, path] { open(path); });
  }
  menu->setEnabled(!menu->isEmpty());
}

}  // namespace p2l::ui
