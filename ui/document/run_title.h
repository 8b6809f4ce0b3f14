// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

#include "ui/base/past_runs.h"

namespace p2l::ui {

/// The name of a run after these, the newest last, where no person gave it one: what it has otherwise than the last
/// one of its photo, or its title.
QString runTitleAfter(const Catalogue& catalogue, std::span<const PastRun> before, const RestoreRequest& run,
                      const std::string& photo_sha256);
/// The name of the run at this place of the list, as cards and the history show it: a person's own, or what it has
/// otherwise than those before it.
QString titleOfRun(const Catalogue& catalogue, const std::vector<PastRun>& runs, std::size_t place);
/// What a run's settings have otherwise than those of the run before it, in the panels' words: "Radius 3 → 4", "Fast",
/// "Good, Radius 3 → 4", "PSLD", "seed 7". Empty where nothing differs. Another photo or task says nothing: that is the
/// second line's part.
QString runDifference(const Catalogue& catalogue, const RestoreRequest& run, const RestoreRequest& before);
/// The solver's label; its id where the catalogue does not know it, or there is none.
QString solverText(const Catalogue* catalogue, const std::string& solver);
/// The name of a run that stands alone: the quality whose values it has, or the solver that it comes down to.
QString runTitle(const Catalogue& catalogue, const RestoreRequest& run);
/// What happened to the photo, in short: "Motion blur, 18 px, 37°".
QString taskText(const Catalogue& catalogue, const RestoreRequest& run);
/// The same of a run, which may be of a part that was tried: "Part · Motion blur, 18 px, 37°".
QString taskOfRun(const Catalogue& catalogue, const PastRun& run);
/// "33.66 dB · 4.6 s", with so many decimals; a residual is longer, and stands last, so that it is cut first.
QString numbersOfRun(const PastRun& run, int digits = 2);

}  // namespace p2l::ui
