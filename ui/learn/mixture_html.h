// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include "core/insight/mixture.h"

namespace p2l::ui {

/// The particles over `ground`, the plane without them, as a part of a page: they move by a small script, with Play,
/// Pause and a slider. `ground_url`: a data: URL.
QString mixtureHtml(const MixtureParticles& particles, const QString& ground_url);

}  // namespace p2l::ui
