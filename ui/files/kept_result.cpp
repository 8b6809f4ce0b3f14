// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/kept_result.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace p2l::ui {
namespace {

QString folder() {
  return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

}  // namespace

QString keptResultPath() {
  QDir().mkpath(folder());
  // By process, so that two windows do not write over each other.
  return folder() + QStringLiteral("/unsaved-%1.png").arg(QCoreApplication::applicationPid());
}

QString keptResultFromBefore() {
  const auto own = QStringLiteral("unsaved-%1.png").arg(QCoreApplication::applicationPid());
  const auto files = QDir(folder()).entryList({QStringLiteral("unsaved-*.png")}, QDir::Files, QDir::Time);
  for (const auto& name : files) {
    const auto pid = name.section(QLatin1Char('-'), 1).section(QLatin1Char('.'), 0, 0);
    if (name == own || QFile::exists(QStringLiteral("/proc/%1").arg(pid))) continue;  // that one is still open
    const auto kept = folder() + QStringLiteral("/recovered.png");
    QFile::remove(kept);
    return QFile::rename(folder() + QLatin1Char('/') + name, kept) ? kept : folder() + QLatin1Char('/') + name;
  }
  return {};
}

void forgetKeptResult() {
  QFile::remove(keptResultPath());
}

}  // namespace p2l::ui
