// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/api/catalogue.h"
#include "core/request/report.h"

namespace p2l {

/// Measured numbers by name, such as "changed.residual". docs/lessons.md lists the names.
using LessonNumbers = std::map<std::string, double>;

/// What measured numbers are expected to say: `of` is larger, smaller or about the same as `against`.
struct LessonClaim {
  enum class Relation { Larger, Smaller, Same };
  std::string of, against;  ///< names of numbers
  Relation is = Relation::Larger;
};

/// Predict, then reveal.
struct LessonQuestion {
  std::string text;
  std::vector<std::string> choices;
  int answer = 0;      ///< index of the right choice
  ParamValues change;  ///< values of the solver, the sampler and `noise`, for the run that answers; may be empty
  std::string reveal;  ///< with {name} or {name:digits} in place of measured numbers
  LessonClaim claim;   ///< what makes the answer right; `of` is empty where there is none
};

/// A lesson: a text, a request that it runs, what may be changed in it, and questions.
struct Lesson {
  /// What the lesson shows in the middle.
  enum class Stage {
    Steps,      ///< a run, step by step
    NullSpace,  ///< x + a n, which y does not tell from x
    Mixture,    ///< two numbers with a known prior, and the solver's particles
    Seeds,      ///< mean and spread of runs with several seeds
  };
  std::string id;
  int number = 0;  ///< its place in the list
  std::string title;
  std::string hint;  ///< what can be done here, a short sentence
  int minutes = 5;   ///< that it takes on two cores, at most 10
  Stage stage = Stage::Steps;
  std::vector<std::string> text;       ///< paragraphs
  std::string photo;                   ///< a file of resources/photos
  std::string other_photo;             ///< NullSpace: where what A destroys is taken from
  int seeds = 0;                       ///< Seeds: how many runs
  RestoreRequest request;              ///< completed
  std::vector<RestoreRequest> others;  ///< Mixture: the request with other solvers that may be chosen; completed
  std::vector<std::string> unlocked;   ///< keys of values that may be changed
  std::vector<LessonQuestion> questions;
};

/// The lesson in a file's text. `name` is the file for messages. @throws Error naming the file, the field, what was
/// expected and what was found
Lesson lessonFromJson(const std::string& json, const std::string& name, const Catalogue& catalogue);

/// Those of all *.json files of the folders, by number. A file that is wrong is left out with one sentence in
/// `warnings`; so is one whose id there was before.
std::vector<Lesson> readLessons(const std::vector<std::string>& folders, const Catalogue& catalogue,
                                std::vector<std::string>* warnings = nullptr);
/// Where the program's own lessons are.
std::string lessonFolder();

/// The specs of the keys that a lesson unlocks, in its order; `noise` is the measurement's deviation. `solver`: with
/// one of the others in place of the lesson's, whose keys give way to its common ones; empty: the lesson's.
std::vector<ParamSpec> unlockedParameters(const Lesson& lesson, const Catalogue& catalogue,
                                          const std::string& solver = {});
/// The lesson's request with some of its values changed. @throws Error on unknown keys and values out of range
RestoreRequest changedRequest(const RestoreRequest& request, const ParamValues& change, const Catalogue& catalogue);

/// What a run measured, as names under `prefix`: residual, noise_level, psnr, prompt_drift, projected, reencoded.
LessonNumbers numbersOfRun(const RunReport& report, const std::string& prefix);
/// `text` with its placeholders filled; a number that is not there becomes a dash. `point` stands before decimals.
std::string filledText(const std::string& text, const LessonNumbers& numbers, char point = '.');
/// The names of a text's placeholders.
std::vector<std::string> placeholdersOf(const std::string& text);
/// Whether the numbers are as the claim says: `same` is within a tenth, the others are by more than that. False where
/// a number is missing.
bool holds(const LessonClaim& claim, const LessonNumbers& numbers);

}  // namespace p2l
