// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/dragged_runs.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMimeData>
#include <algorithm>

namespace p2l::ui {
namespace {

/// With the number of the process: places say nothing elsewhere.
QString typeOfRuns() {
  return QStringLiteral("application/x-p2l-studio-runs-%1").arg(QCoreApplication::applicationPid());
}

}  // namespace

QMimeData* dataFromRuns(const QList<int>& runs) {
  QJsonArray places;
  for (const int run : runs) places.append(run);
  auto* data = new QMimeData;
  data->setData(typeOfRuns(), QJsonDocument(places).toJson(QJsonDocument::Compact));
  return data;
}

QList<int> runsFromData(const QMimeData* data) {
  QList<int> runs;
  if (data == nullptr || !data->hasFormat(typeOfRuns())) return runs;
  for (const auto& place : QJsonDocument::fromJson(data->data(typeOfRuns())).array()) runs << place.toInt(-1);
  runs.removeAll(-1);
  std::sort(runs.begin(), runs.end());
  return runs;
}

}  // namespace p2l::ui
