// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/base/run_job.h"

class QWidget;

namespace p2l::ui {

/// Version, authors of the method, licences of the parts.
void showAboutBox(QWidget* parent);
/// Versions, system, device and model, and the settings of the last run (null: none), for a report of a problem.
QString diagnosticsText(const ModelInfo& model, const QString& model_problem, const ResultPtr& result);

}  // namespace p2l::ui
