// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/api/catalogue.h"

namespace p2l {

/// A task or solver with values of its own, such as `sr:factor=8`: one column or row of a table.
struct Variant {
  std::string id;                     ///< of the catalogue: sr
  ParamValues values;                 ///< factor = 8
  ParamValues sampler;                ///< of a solver: settings of the sampler, such as steps = 100
  std::string preset;                 ///< of a solver: the preset that gives what the row leaves open; empty: none
  std::optional<std::string> prompt;  ///< of a solver: the text that it starts from
  std::string embedding;              ///< of a solver: the file of an embedding that it starts from; empty: none
  /// sr:factor=8, the keys sorted, a preset before them, those of the sampler after the solver's
  std::string name;
};

/// Reads `id` or `id:key=value:key=value`; values hold no ':'. @throws Error on unknown ids and keys and on values out
/// of range
Variant taskVariant(const Catalogue& catalogue, const std::string& text);
/// A solver takes keys of the sampler, too (`sampler.key` where it has a parameter of that name), a `preset`, and
/// `prompt` or `embedding`. @throws Error
Variant solverVariant(const Catalogue& catalogue, const std::string& text);
/// The rows that a list names which was split at its commas; one that is named twice counts once.
/// @throws Error, also where a prompt was split
std::vector<Variant> solverVariants(const Catalogue& catalogue, const std::vector<std::string>& texts);

/// Tasks of which each works on what the one before gives, as y = A_n ... A_1 x + n has them.
struct TaskChain {
  std::vector<Variant> tasks;  ///< one at least
  std::string name;            ///< gaussian-blur:sigma=2+sr

  const Variant& first() const { return tasks.front(); }
  /// As a request has them.
  std::vector<DegradationChoice> degradations() const;
};

/// Reads `task`, `task+task` and so on, each as taskVariant has them. @throws Error
TaskChain taskChain(const Catalogue& catalogue, const std::string& text);

/// Reads a noise: a number is the deviation of a Gaussian one, else `id` or `id:key=value:key=value`. @throws Error
NoiseChoice noiseChoice(const Catalogue& catalogue, const std::string& text);

/// Splits `solver.key=value`, as --set takes it, and sets it in those variants of the solver that do not say the key
/// themselves. @throws Error when the text or its value is wrong, or no variant has the solver
void setValue(const Catalogue& catalogue, std::vector<Variant>& solvers, const std::string& text);

/// The text as a name of a file: no sign in it that a shell or an address on a web page treats specially.
std::string fileNameFrom(const std::string& text);
/// The folder of a variant. Prompts and files may be long, and alike but for such signs: those names are cut short and
/// told apart by digits of their SHA-256.
std::string folderName(const std::string& variant_name);

}  // namespace p2l
