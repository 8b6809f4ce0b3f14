// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/run_title.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/experiment/ladder.h"
#include "ui/document/quality_presets.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {

constexpr int kMostDifferences = 2;  // more of them are counted

/// "640 × 480" of "640x480+100+50".
QString partText(const std::string& crop) {
  auto size = QString::fromStdString(crop).section(QLatin1Char('+'), 0, 0);
  return size.replace(QLatin1String("x"), QStringLiteral(" × "));
}

/// Of a working size.
QString sizeText(int size) {
  return size > 0 ? QString::number(size) : tr("whole");
}

QString valueOf(const ParamSpec& spec, const ParamValues& values) {
  const auto found = values.find(spec.key);
  const auto text = valueText(found != values.end() ? found->second : defaultValue(spec));
  if (spec.kind == ParamKind::Choice) return catalogueText(choiceLabel(spec, text.toStdString()));
  if (spec.kind != ParamKind::Flag) return text;
  return text == QLatin1String("0") ? tr("off") : tr("on");
}

void addDifferences(const std::vector<ParamSpec>& specs, const ParamValues& run, const ParamValues& before,
                    QStringList& found) {
  for (const auto& spec : specs) {
    const auto now = valueOf(spec, run), then = valueOf(spec, before);
    if (now != then) found << QStringLiteral("%1 %2 → %3").arg(catalogueText(spec.label), then, now);
  }
}

/// "Fast" of the preset "Fast: motion deblurring".
QString qualityOf(const Catalogue& catalogue, const std::string& preset) {
  const auto found = std::find_if(catalogue.presets.begin(), catalogue.presets.end(),
                                  [&](const Preset& each) { return each.id == preset; });
  if (found == catalogue.presets.end()) return {};
  for (const char* quality : {"Fast", "Good", "Best"}) {
    if (found->label.rfind(std::string(quality) + ":", 0) == 0)
      return QCoreApplication::translate("p2l::ui::QualityRow", quality);
  }
  return {};
}

/// The preset's own values are those of the run; what it leaves open does not matter.
bool isAsPreset(const Catalogue& catalogue, const RestoreRequest& run) {
  const auto& preset = catalogue.preset(run.preset);
  const auto holds = [](const ParamValues& values, const ParamValues& part) {
    return std::all_of(part.begin(), part.end(), [&](const auto& each) {
      const auto found = values.find(each.first);
      return found == values.end() || found->second == each.second;
    });
  };
  return run.solver == preset.solver && holds(run.solver_values, preset.solver_values) &&
         holds(run.sampler_values, preset.sampler_values);
}

bool hasValues(const ParamValues& values, const ParamValues& part) {
  return std::all_of(part.begin(), part.end(), [&](const auto& each) {
    const auto found = values.find(each.first);
    return found != values.end() && found->second == each.second;
  });
}

bool isKnown(const Catalogue& catalogue, const RestoreRequest& run) {
  const auto has = [](const auto& list, const std::string& id) {
    return std::any_of(list.begin(), list.end(), [&](const auto& each) { return each.id == id; });
  };
  return has(catalogue.solvers, run.solver) &&
         std::all_of(run.degradations.begin(), run.degradations.end(),
                     [&](const auto& each) { return has(catalogue.degradations, each.id); });
}

/// The quality whose values the run has, whatever preset it names; empty: none.
QString qualityByValues(const Catalogue& catalogue, const RestoreRequest& run) {
  if (!isKnown(catalogue, run)) return {};
  for (const auto& [id, quality] : {std::pair("fast", "Fast"), std::pair("good", "Good"), std::pair("best", "Best")}) {
    const auto made = qualityPreset(catalogue, run, id);
    if (!made || run.solver != made->solver || !hasValues(run.sampler_values, made->sampler_values)) continue;
    const auto& specs = catalogue.solver(run.solver).parameters;
    if (run.solver_values == completeValues(specs, made->solver_values, run.solver))
      return QCoreApplication::translate("p2l::ui::QualityRow", quality);
  }
  return {};
}

/// Of the preset that it names, or by its values; empty: none.
QString qualityOfRun(const Catalogue& catalogue, const RestoreRequest& run) {
  const auto quality = qualityOf(catalogue, run.preset);
  return !quality.isEmpty() && isAsPreset(catalogue, run) ? quality : qualityByValues(catalogue, run);
}

}  // namespace

QString solverText(const Catalogue* catalogue, const std::string& solver) {
  try {
    if (catalogue != nullptr) return catalogueText(catalogue->solver(solver).label);
  } catch (const std::exception&) {
    // of another version
  }
  return QString::fromStdString(solver);
}

QString runTitle(const Catalogue& catalogue, const RestoreRequest& run) {
  const auto quality = qualityOfRun(catalogue, run);
  return !quality.isEmpty() ? quality : solverText(&catalogue, solverInEffect(run));
}

QString runTitleAfter(const Catalogue& catalogue, std::span<const PastRun> before, const RestoreRequest& run,
                      const std::string& photo_sha256) {
  for (auto past = before.rbegin(); past != before.rend(); ++past) {
    const bool same_photo =
        past->photo_sha256 == photo_sha256 && (!photo_sha256.empty() || past->request.photo == run.photo);
    if (!same_photo) continue;
    const auto difference = runDifference(catalogue, run, past->request);
    return difference.isEmpty() ? runTitle(catalogue, run) : difference;
  }
  return runTitle(catalogue, run);
}

QString titleOfRun(const Catalogue& catalogue, const std::vector<PastRun>& runs, std::size_t place) {
  const auto& run = runs.at(place);
  return run.renamed ? run.name : runTitleAfter(catalogue, std::span(runs).first(place), run.request, run.photo_sha256);
}

QString runDifference(const Catalogue& catalogue, const RestoreRequest& run, const RestoreRequest& before) {
  QStringList found;
  if (!isKnown(catalogue, run) || !isKnown(catalogue, before)) return {};
  const auto quality = qualityOfRun(catalogue, run);
  const bool another = run.solver != before.solver || quality != qualityOfRun(catalogue, before);
  if (another && quality.isEmpty()) return runTitle(catalogue, run);
  if (another) {
    found << quality;  // stands for its values
  } else {
    addDifferences(catalogue.solver(run.solver).parameters, run.solver_values, before.solver_values, found);
    addDifferences(catalogue.sampler, run.sampler_values, before.sampler_values, found);
  }
  if (run.degradation().id == before.degradation().id)
    addDifferences(catalogue.degradation(run.degradation().id).parameters, run.degradation().values,
                   before.degradation().values, found);
  if (run.noise != before.noise)
    found << tr("noise %1 → %2").arg(localNumbers(noiseText(before.noise)), localNumbers(noiseText(run.noise)));
  if (run.crop != before.crop) found << (run.crop.empty() ? tr("whole photo") : tr("part %1").arg(partText(run.crop)));
  if (run.size != before.size) found << tr("size %1 → %2").arg(sizeText(before.size), sizeText(run.size));
  if (run.model != before.model) found << QString::fromStdString(run.model);
  if (run.prompt != before.prompt) found << tr("prompt “%1”").arg(QString::fromStdString(run.prompt));
  if (run.embedding != before.embedding) found << tr("embedding");
  if (run.seed != before.seed) found << tr("seed %1").arg(run.seed);
  if (found.size() <= kMostDifferences) return found.join(QStringLiteral(", "));
  return tr("%1 and %2 more").arg(found.first()).arg(found.size() - 1);
}

QString taskText(const Catalogue& catalogue, const RestoreRequest& run) {
  if (!isKnown(catalogue, run)) return QString::fromStdString(run.degradation().id);
  const auto& info = catalogue.degradation(run.degradation().id);
  QStringList parts;
  for (const auto& spec : info.parameters) {
    if (spec.advanced || spec.key == "kernel_size" || parts.size() > 1 ||
        (info.takes_mask && !run.degradation().mask.empty()))
      continue;
    const auto unit = QString::fromStdString(spec.unit);
    const auto value = valueOf(spec, run.degradation().values);
    parts << (unit.isEmpty()     ? QStringLiteral("%1 %2").arg(catalogueText(spec.label), value)
              : unit.size() == 1 ? value + unit
                                 : QStringLiteral("%1 %2").arg(value, unit));
  }
  parts << catalogueText(info.label);  // last: cards cut what is too long for them
  return parts.join(QStringLiteral(", "));
}

QString taskOfRun(const Catalogue& catalogue, const PastRun& run) {
  const auto task = taskText(catalogue, run.request);
  return run.kind == PastRun::Kind::Part ? tr("Part · %1").arg(task) : task;
}

QString numbersOfRun(const PastRun& run, int digits) {
  const auto& report = run.outcome.report;
  const double psnr = report.metric("psnr");
  const bool has_psnr = std::isfinite(psnr);
  const auto value =
      has_psnr ? PastRuns::tr("%1 dB").arg(numberText(psnr, digits)) : run.numbers.section(QLatin1Char('\n'), 0, 0);
  if (report.seconds <= 0.0) return value;
  const auto seconds = tr("%1 s").arg(numberText(report.seconds, 1));
  if (value.isEmpty()) return seconds;
  return QStringLiteral("%1 · %2").arg(has_psnr ? value : seconds, has_psnr ? seconds : value);
}

}  // namespace p2l::ui
