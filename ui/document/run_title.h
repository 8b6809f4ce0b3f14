// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/api/catalogue.h"

namespace p2l::ui {

/// What a run's settings have otherwise than those of the run before it, in short: "K 1 → 8", "Fast", "PSLD", "seed 7".
/// Empty where nothing differs. Another photo or task says nothing: that is the second line's part.
QString runDifference(const Catalogue& catalogue, const RestoreRequest& run, const RestoreRequest& before);
/// The name of a run that stands alone: its preset's quality or its solver.
QString runTitle(const Catalogue& catalogue, const RestoreRequest& run);
/// What happened to the photo, in short: "Motion blur, 18 px, 37°".
QString taskText(const Catalogue& catalogue, const RestoreRequest& run);

}  // namespace p2l::ui
