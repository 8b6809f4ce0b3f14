// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_choices.h"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "core/experiment/ladder.h"
#include "core/types/error.h"
#include "ui/document/run_title.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {

const std::string kP2l = "p2l";
constexpr qsizetype kMostSwept = 12;
const auto kTimes = QStringLiteral("×");
// Fields of CompareChoice::words.
constexpr QLatin1String kSolver("solver"), kPreset("preset"), kRung("rung"), kLabel("label"), kKey("key"),
    kValue("value"), kSeed("seed");

/// Without what was set for another solver.
RestoreRequest withSolver(RestoreRequest request, const std::string& solver) {
  if (request.solver == solver) return request;
  request.solver = solver;
  request.preset.clear();
  request.solver_values.clear();
  request.sampler_values.clear();
  return request;
}

/// Where the values are from that the request gets for the solver.
QString originOf(const Catalogue& catalogue, const RestoreRequest& request, const std::string& solver) {
  if (request.solver == solver) return tr("With the values in the panel.");
  const auto* preset = catalogue.defaultPreset(withSolver(request, solver));
  return preset != nullptr ? tr("With the preset %1.").arg(catalogueText(preset->label))
                           : tr("With the solver's defaults.");
}

void tryOut(CompareChoice& choice, const RestoreRequest& request) {
  try {
    choice.request = choice.make(request);
    choice.possible = true;
  } catch (const std::exception& error) {
    choice.help = catalogueText(error.what());
    choice.possible = false;
  }
}

/// Values of the panel are named as in the history.
QString solverName(const Catalogue& catalogue, const RestoreRequest& request, const std::string& solver) {
  const auto label = catalogueText(catalogue.solver(solver).label);
  if (request.solver != solver) return label;
  QString quality;
  try {
    const auto title = runTitle(catalogue, catalogue.complete(request));
    if (title != label) quality = title;
  } catch (const std::exception&) {
    // It cannot be run with them.
  }
  return QStringLiteral("%1 · %2").arg(label, quality.isEmpty() ? tr("panel") : quality);
}

CompareChoice solverChoice(const Catalogue& catalogue, const RestoreRequest& request, const std::string& solver) {
  CompareChoice choice;
  choice.name = [&catalogue, solver](const RestoreRequest& base) { return solverName(catalogue, base, solver); };
  choice.label = choice.name(request);
  choice.help = originOf(catalogue, request, solver);
  choice.words = {{kSolver, QString::fromStdString(solver)}};
  choice.make = [&catalogue, solver](const RestoreRequest& base) {
    return catalogue.complete(withSolver(base, solver));
  };
  tryOut(choice, request);
  return choice;
}

CompareChoice presetChoice(const Catalogue& catalogue, const RestoreRequest& request, const Preset& preset) {
  CompareChoice choice;
  const auto label = catalogueText(preset.label);
  choice.label = QStringLiteral("%1, %2").arg(catalogueText(catalogue.solver(preset.solver).label), label);
  choice.help = tr("With the preset %1 (%2).").arg(label, catalogueText(preset.origin));
  choice.words = {{kPreset, QString::fromStdString(preset.id)}};
  choice.make = [&catalogue, preset](const RestoreRequest& base) {
    auto made = base;
    made.solver = preset.solver;
    made.preset = preset.id;
    made.solver_values = preset.solver_values;
    made.sampler_values = preset.sampler_values;
    return catalogue.complete(std::move(made));
  };
  tryOut(choice, request);
  return choice;
}

void makeRung(CompareChoice& choice, const Catalogue& catalogue, const std::string& id, const std::string& label) {
  choice.words = {{kRung, QString::fromStdString(id)}, {kLabel, QString::fromStdString(label)}};
  choice.make = [&catalogue, id, label](const RestoreRequest& base) {
    const auto now = ladderOf(catalogue, base);
    const auto found =
        std::find_if(now.rungs.begin(), now.rungs.end(), [&](const auto& each) { return each.id == id; });
    require(found != now.rungs.end(), "With these settings the ladder has no rung ", label, ": add the ladder anew.");
    return found->request;
  };
}

void makeSwept(CompareChoice& choice, const Catalogue& catalogue, const std::string& solver, const std::string& key,
               const ParamValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  const QJsonValue stated = text != nullptr ? QJsonValue(QString::fromStdString(*text)) : std::get<double>(value);
  choice.words = {{kSolver, QString::fromStdString(solver)}, {kKey, QString::fromStdString(key)}, {kValue, stated}};
  const bool own = findSpec(catalogue.solver(solver).parameters, key) != nullptr;
  choice.make = [&catalogue, solver, key, value, own](const RestoreRequest& base) {
    auto made = catalogue.complete(withSolver(base, solver));
    (own ? made.solver_values : made.sampler_values)[key] = value;
    return catalogue.complete(std::move(made));
  };
}

void makeSeed(CompareChoice& choice, const Catalogue& catalogue, std::uint64_t seed) {
  choice.words = {{kSeed, QString::number(seed)}};  // JSON's numbers end at 2^53
  choice.make = [&catalogue, seed](const RestoreRequest& base) {
    auto made = catalogue.complete(base);
    made.measurement_seed = made.measurement_seed.value_or(made.seed);  // the same measurement
    made.seed = seed;
    return made;
  };
}

bool suits(const Preset& preset, const RestoreRequest& request, const std::string& solver) {
  return preset.solver == solver && (preset.model.empty() || preset.model == request.model) &&
         (preset.degradation.empty() || preset.degradation == request.degradation().id);
}

/// The number of the setting in a completed request.
const ParamValue& valueIn(const Catalogue& catalogue, const RestoreRequest& completed, const std::string& key) {
  const bool own = findSpec(catalogue.solver(completed.solver).parameters, key) != nullptr;
  return own ? completed.solver_values.at(key) : completed.sampler_values.at(key);
}

/// The choice whose id or label, in the window's language or the core's, was typed in any case; else the text itself.
QString choiceFromText(const ParamSpec& spec, const QString& text) {
  const auto is = [&](const QString& known) { return known.compare(text, Qt::CaseInsensitive) == 0; };
  for (const auto& id : spec.choices) {
    if (is(QString::fromStdString(id))) return QString::fromStdString(id);
  }
  for (const auto& id : spec.choices) {
    const auto& label = choiceLabel(spec, id);
    if (is(QString::fromStdString(label)) || is(catalogueText(label))) return QString::fromStdString(id);
  }
  return text;
}

/// As the panel shows it, but with the point in every language.
QString statedValue(const ParamSpec& spec, const ParamValue& value) {
  if (spec.kind == ParamKind::Flag) return std::get<double>(value) != 0.0 ? tr("on") : tr("off");
  return spec.kind == ParamKind::Choice ? catalogueText(choiceLabel(spec, textFromValue(value)))
                                        : QString::fromStdString(textFromValue(value));
}

/// Whether the word is one number with a comma of its own, "0,5", "x0,5" and "1,5e-05", and not two: whole ones, "1,3",
/// or with a point or an exponent before the comma, "0.5,1" and "1e-3,1e-4". Where the list has other `gaps`, the comma
/// is a number's also of a setting that takes whole ones.
bool hasOwnComma(const ParamSpec& spec, const QString& word, bool gaps) {
  static const QRegularExpression own(QStringLiteral("^[x×]?[-+]?\\d+,\\d+(?:[eE][-+]?\\d+)?$"));
  const bool real =
      gaps || spec.kind == ParamKind::Real || word.startsWith(QLatin1Char('x')) || word.startsWith(kTimes);
  return writesDecimalComma() && real && own.match(word).hasMatch();
}

/// Labels of choices may have spaces, numbers have none. Where the window writes "0,5", one comma between digits is a
/// number's: a list has spaces, semicolons or more commas, "0,5; 1", "0,5, 1" and "0,1,3". A factor begins anew:
/// "x0,5,x1".
QStringList sweptTexts(const ParamSpec& spec, const QString& values) {
  static const QRegularExpression gaps(QStringLiteral("(?:,?[;\\s])+|,(?=[x×])|,$")),
      labels(QStringLiteral("\\s*[,;]\\s*")), other(QStringLiteral("[;\\s]"));
  if (spec.kind == ParamKind::Choice) return values.trimmed().split(labels, Qt::SkipEmptyParts);
  const bool has_gaps = values.trimmed().contains(other);
  QStringList texts;
  for (const auto& word : values.split(gaps, Qt::SkipEmptyParts)) {
    if (hasOwnComma(spec, word, has_gaps))
      texts << withPoint(word);
    else
      texts << word.split(QLatin1Char(','), Qt::SkipEmptyParts);
  }
  return texts;
}

/// @throws Error in the window's words
ParamValue typedValue(const ParamSpec& spec, const QString& text) {
  try {
    return valueFromText(spec, text.toStdString());
  } catch (const Error&) {
    throw Error(tr("%1 must be %2, found %3.")
                    .arg(catalogueText(spec.label), rangeWords(spec), localNumbers(text))
                    .toStdString());
  }
}

/// The product as a person writes it: 0.0003 of 3e-05 and 10, not 0.00030000000000000003.
double writtenProduct(double number, double factor) {
  constexpr int kDigits = 15;  // that a double keeps of every decimal number
  return factor == 1.0 ? number : QString::number(number * factor, 'g', kDigits).toDouble();
}

/// "x0.5" is times the setting's own value. @throws Error in the window's words
ParamValue sweptValue(const ParamSpec& spec, const ParamValue& own, const QString& text) {
  if (spec.kind == ParamKind::Choice) return typedValue(spec, choiceFromText(spec, text));
  if (!text.startsWith(QLatin1Char('x')) && !text.startsWith(kTimes)) return typedValue(spec, text);
  double factor = 0.0;
  const bool read = readTyped(text.mid(1), &factor);
  const auto* number = std::get_if<double>(&own);
  if (!read || number == nullptr) {
    throw Error(tr("%1 takes factors such as x0.5, found %2.")
                    .arg(catalogueText(spec.label), localNumbers(text))
                    .toStdString());
  }
  const double product = writtenProduct(*number, factor);
  const double value = spec.kind == ParamKind::Integer ? std::round(product) : product;
  return typedValue(spec, QString::fromStdString(textFromValue(value)));
}

/// The labels of a choice, which a sweep takes, too; its id where the label has what stands between two of them.
QString listedChoices(const ParamSpec& spec) {
  QStringList names;
  for (const auto& id : spec.choices) {
    const auto label = catalogueText(choiceLabel(spec, id));
    const bool whole = !label.contains(QLatin1Char(',')) && !label.contains(QLatin1Char(';'));
    if (names.size() < kMostSwept) names << (whole ? label : QString::fromStdString(id));
  }
  return names.join(writesDecimalComma() ? QStringLiteral("; ") : QStringLiteral(", "));
}

/// What a sweep of the setting could go through, the best first.
QStringList proposals(const ParamSpec& spec) {
  if (spec.kind == ParamKind::Choice) return {listedChoices(spec)};
  if (spec.kind == ParamKind::Flag) return {shownSweep(QStringLiteral("off, on"))};
  QStringList lists;
  for (const char* values : {"x0.5, x1, x2", "x0.25, x0.5, x1", "0, 1, 3", "0, 0.5, 1"})
    lists << shownSweep(QLatin1String(values));
  const auto range = QStringLiteral("%1, %2").arg(statedValue(spec, spec.minimum), statedValue(spec, spec.maximum));
  return lists << shownSweep(range);
}

}  // namespace

QString shownSweep(const QString& values) {
  auto shown = localNumbers(values);
  return writesDecimalComma() ? shown.replace(QLatin1String(", "), QLatin1String("; ")) : shown;
}

QString proposedSweep(const Catalogue& catalogue, const RestoreRequest& request, const std::string& key,
                      const QString& first) {
  const auto specs = sweptParameters(catalogue, request);
  auto lists = proposals(specOf(specs, key, "solver " + request.solver));
  if (!first.isEmpty()) lists.prepend(shownSweep(first));
  for (const auto& values : lists) {
    try {
      sweepChoices(catalogue, request, key, values);
      return values;
    } catch (const std::exception&) {
      // The next one, then.
    }
  }
  return lists.last();
}

QString CompareChoice::shown(const QString& text) const {
  return words.contains(kKey) ? localNumbers(text) : text;
}

std::vector<CompareChoice> solverChoices(const Catalogue& catalogue, const RestoreRequest& request) {
  std::vector<CompareChoice> choices;
  for (const auto& solver : catalogue.solvers) choices.push_back(solverChoice(catalogue, request, solver.id));
  return choices;
}

std::vector<CompareChoice> presetChoices(const Catalogue& catalogue, const RestoreRequest& request,
                                         const std::string& solver) {
  std::vector<CompareChoice> choices;
  for (const auto& preset : catalogue.presets) {
    if (suits(preset, request, solver)) choices.push_back(presetChoice(catalogue, request, preset));
  }
  return choices;
}

std::vector<CompareChoice> ladderChoices(const Catalogue& catalogue, const RestoreRequest& request) {
  std::vector<CompareChoice> choices;
  try {
    const auto ladder = ladderOf(catalogue, request);
    QStringList remarks(originOf(catalogue, request, kP2l));
    for (const auto& note : ladder.notes) remarks << catalogueText(note);
    for (const auto& rung : ladder.rungs) {
      if (rung.aside) continue;
      CompareChoice choice;
      choice.label = catalogueText(rung.label);
      choice.help = QStringLiteral("%1 %2").arg(catalogueText(rung.help), remarks.join(QLatin1Char(' ')));
      makeRung(choice, catalogue, rung.id, rung.label);
      choice.request = rung.request;
      choices.push_back(std::move(choice));
    }
  } catch (const std::exception&) {
    return {solverChoice(catalogue, request, kP2l)};  // says why it is not possible
  }
  return choices;
}

std::vector<ParamSpec> sweptParameters(const Catalogue& catalogue, const RestoreRequest& request) {
  std::vector<ParamSpec> specs;
  const auto add = [&](const std::vector<ParamSpec>& from) {
    for (const auto& spec : from) {
      const bool text = spec.kind == ParamKind::Text || spec.kind == ParamKind::Path;
      if (!text && findSpec(specs, spec.key) == nullptr) specs.push_back(spec);
    }
  };
  add(catalogue.solver(request.solver).parameters);
  add(catalogue.sampler);
  return specs;
}

std::vector<CompareChoice> sweepChoices(const Catalogue& catalogue, const RestoreRequest& request,
                                        const std::string& key, const QString& values) {
  const auto solver = request.solver;
  const auto specs = sweptParameters(catalogue, request);
  const auto& spec = specOf(specs, key, "solver " + solver);
  const auto completed = catalogue.complete(request);
  const auto texts = sweptTexts(spec, values);
  if (texts.size() > kMostSwept) {
    throw Error(tr("A sweep of %1 takes %2 values at most, found %3.")
                    .arg(catalogueText(spec.label), QString::number(kMostSwept), QString::number(texts.size()))
                    .toStdString());
  }
  std::vector<CompareChoice> choices;
  std::vector<ParamValue> swept;
  for (const auto& text : texts) {
    const auto value = sweptValue(spec, valueIn(catalogue, completed, key), text);
    CompareChoice choice;
    const auto name = catalogueText(spec.symbol.empty() ? spec.label : spec.symbol);
    const auto stated = statedValue(spec, value);
    if (std::find(swept.begin(), swept.end(), value) != swept.end()) {
      throw Error(tr("A sweep of %1 takes values that differ, found %2 more than once.")
                      .arg(catalogueText(spec.label), localNumbers(stated))
                      .toStdString());
    }
    swept.push_back(value);
    choice.label = QStringLiteral("%1 = %2").arg(name, stated);
    choice.help =
        tr("%1 with the values in the panel but %2.").arg(catalogueText(catalogue.solver(solver).label), choice.label);
    makeSwept(choice, catalogue, solver, key, value);
    tryOut(choice, request);
    choices.push_back(std::move(choice));
  }
  if (choices.empty()) {
    const bool named = spec.kind == ParamKind::Choice || spec.kind == ParamKind::Flag;
    const auto such = named ? proposals(spec).first() : shownSweep(QStringLiteral("0, 1, 3"));
    throw Error(
        tr("A sweep of %1 takes values such as %2, found none.").arg(catalogueText(spec.label), such).toStdString());
  }
  return choices;
}

std::vector<CompareChoice> seedChoices(const Catalogue& catalogue, const RestoreRequest& request, int seeds) {
  std::vector<CompareChoice> choices;
  for (int i = 0; i < seeds; ++i) {
    const auto seed = request.seed + static_cast<std::uint64_t>(i);
    CompareChoice choice;
    makeSeed(choice, catalogue, seed);
    choice.label = tr("seed %1").arg(seed);
    choice.help = tr("The settings in the panel from another start.");
    tryOut(choice, request);
    choices.push_back(std::move(choice));
  }
  return choices;
}

CompareChoice choiceFromWords(const Catalogue& catalogue, const RestoreRequest& request, const QJsonObject& words) {
  const auto text = [&words](QLatin1String field) { return words[field].toString().toStdString(); };
  CompareChoice choice;
  try {
    if (words.contains(kPreset)) return presetChoice(catalogue, request, catalogue.preset(text(kPreset)));
    if (words.contains(kRung)) {
      makeRung(choice, catalogue, text(kRung), text(kLabel));
    } else if (words.contains(kKey)) {
      const auto value = words[kValue];
      makeSwept(choice, catalogue, catalogue.solver(text(kSolver)).id, text(kKey),
                value.isString() ? ParamValue(value.toString().toStdString()) : ParamValue(value.toDouble()));
    } else if (words.contains(kSeed)) {
      makeSeed(choice, catalogue, words[kSeed].toString().toULongLong());
    } else {
      return solverChoice(catalogue, request, catalogue.solver(text(kSolver)).id);
    }
  } catch (const std::exception& error) {
    choice.words = words;
    choice.make = [sentence = std::string(error.what())](const RestoreRequest&) -> RestoreRequest {
      throw Error(sentence);
    };
  }
  tryOut(choice, request);
  return choice;
}

}  // namespace p2l::ui
