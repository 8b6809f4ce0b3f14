// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/api/catalogue.h"

class QAction;
class QWidget;

namespace p2l::ui {

/// All shortcuts in a table.
void showShortcutList(QWidget* parent, const QList<QAction*>& actions);
/// Version, authors of the method, licences of the parts.
void showAboutBox(QWidget* parent);
/// Versions, system, device and model, for a report of a problem.
QString diagnosticsText(const ModelInfo& model, const QString& model_problem);

}  // namespace p2l::ui
