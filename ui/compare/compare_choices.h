// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <functional>
#include <vector>

#include "core/api/catalogue.h"

namespace p2l::ui {

/// A run that can be compared.
struct CompareChoice {
  QString label;  ///< with the point in every language, for tables that are copied and what is kept
  QString help;   ///< where its values are from, or why it cannot be run
  /// The run's request from the document's one, completed: photo, measurement, mask, seed and model are the document's.
  /// @throws Error where it cannot be carried out
  std::function<RestoreRequest(const RestoreRequest& base)> make;
  /// The label by the document's request, where it depends on its values; null: it does not.
  std::function<QString(const RestoreRequest& base)> name;
  RestoreRequest request;  ///< what `make` gives now
  bool possible = true;
  QJsonObject words;  ///< what choiceFromWords() makes it of, to be kept on disk

  /// The choice's label or help as the window writes numbers: those of a sweep's value. Other texts stay.
  QString shown(const QString& text) const;
};

/// Every solver with the values that are known to work for this model and task. The request's own solver keeps the
/// values of the request, and is named by their quality: "P2L · Fast", or "P2L · panel" where they are of none.
std::vector<CompareChoice> solverChoices(const Catalogue& catalogue, const RestoreRequest& request);
/// A solver with each preset that suits the request's model and task.
std::vector<CompareChoice> presetChoices(const Catalogue& catalogue, const RestoreRequest& request,
                                         const std::string& solver);
/// How P2L grows out of LDPS, one part after the other: the rungs of ladderOf() that are on the way. Where P2L cannot
/// carry out the request, one choice that says why.
std::vector<CompareChoice> ladderChoices(const Catalogue& catalogue, const RestoreRequest& request);

/// The settings of the request that have numbers or choices to go through, those of the solver first; of the sampler
/// those that the solver has no key of.
std::vector<ParamSpec> sweptParameters(const Catalogue& catalogue, const RestoreRequest& request);
/// The request with each of the values: "0, 1, 3", "x0.5, x1, x2" times its own value, or choices by their names or
/// what the panel shows for them, between commas. A product is rounded to the digits that a decimal number keeps. In a
/// language that writes a decimal comma "0,5" is one value, but 0 and 5 of a setting of whole numbers; several have a
/// space or a semicolon between them. @throws Error, in the window's words, on a value that it does not take, on none,
/// on equal ones and on more than twelve
std::vector<CompareChoice> sweepChoices(const Catalogue& catalogue, const RestoreRequest& request,
                                        const std::string& key, const QString& values);
/// A list of numbers, "x0.5, x1", as the window writes it: "x0,5; x1" where numbers have a comma.
QString shownSweep(const QString& values);
/// Values to begin a sweep of the setting with, as the window writes them, which sweepChoices() takes: `first`, "0, 1",
/// where there is one; else factors of its value, or numbers where that is 0 or at the end of its range; of a choice
/// all. @throws Error on an unknown key
QString proposedSweep(const Catalogue& catalogue, const RestoreRequest& request, const std::string& key,
                      const QString& first = {});
/// The same measurement from so many seeds, that of the request first. A choice keeps its seed.
std::vector<CompareChoice> seedChoices(const Catalogue& catalogue, const RestoreRequest& request, int seeds);

/// The choice that these words are of: a solver, a preset, a rung, a solver with a value, or a seed. Where there is no
/// such solver or preset any more, or the request does not go with it, it is not possible, and `help` says why.
CompareChoice choiceFromWords(const Catalogue& catalogue, const RestoreRequest& request, const QJsonObject& words);

}  // namespace p2l::ui
