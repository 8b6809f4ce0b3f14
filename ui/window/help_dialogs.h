// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "ui/base/run_job.h"

class QAction;
class QWidget;

namespace p2l::ui {

/// All shortcuts in a table.
void showShortcutList(QWidget* parent, const QList<QAction*>& actions);
/// Version, authors of the method, licences of the parts.
void showAboutBox(QWidget* parent);
/// Versions, system, device and model, and the settings of the last run (null: none), for a report of a problem.
QString diagnosticsText(const ModelInfo& model, const QString& model_problem, const ResultPtr& result);

}  // namespace p2l::ui
