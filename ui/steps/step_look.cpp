// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/steps/step_look.h"

#include <algorithm>
#include <cmath>

#include "ui/base/frame_image.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/steps/algorithm_view.h"
#include "ui/steps/step_tiles.h"

namespace p2l::ui {
namespace {

bool isOfProjection(StepPicture which) {
  return which == StepPicture::Projected || which == StepPicture::Reencoded;
}

bool tunesPrompt(const IterationLine& line) {
  return line.formula.rfind("C", 0) == 0;
}

QString bold(const QString& number) {
  return QStringLiteral("<b>%1</b>").arg(number);
}

QString bold(double value) {
  return bold(numberText(value, 1));
}

/// As far as the numbers that are said tell, what is encoded again is the estimate as it was.
bool movesNothing(const StepReport& step) {
  return numberText(step.residual, 1) == numberText(step.residual_projected, 1);
}

/// Of a step that moves nothing onto the data.
QString sentenceOfUnmoved(const StepReport& step, StepPicture which) {
  const bool again = which == StepPicture::Reencoded && std::isfinite(step.residual_reencoded);
  return again ? tr("Its picture then misses the measurement by %1, before by %2.")
                     .arg(bold(step.residual_reencoded), bold(step.residual))
               : tr("It misses the measurement by %1.").arg(bold(step.residual));
}

}  // namespace

QImage StepLook::picture(StepPicture which) const {
  if (step == nullptr) return {};
  const auto of = [&](int at, auto member) {
    const auto snapshot = pictures->at(at);
    return snapshot ? imageFromFrame((*snapshot).*member) : QImage();
  };
  switch (which) {
    case StepPicture::Noisy:
      return of(step->step, &Snapshot::noisy);
    case StepPicture::Estimate:
      return of(step->step, &Snapshot::estimate);
    case StepPicture::Gradient:
      return of(step->step, &Snapshot::gradient);
    case StepPicture::Projected:
      return of(step->step, &Snapshot::projected);
    case StepPicture::Reencoded:
      return of(step->step, &Snapshot::reencoded);
    case StepPicture::Next:
      break;
  }
  return result.isNull() ? of(step->step + 1, &Snapshot::noisy) : result;
}

bool StepLook::isSkipped(int line) const {
  return step != nullptr && !step->projected && isOfProjection(lines().at(static_cast<std::size_t>(line)).picture);
}

bool StepLook::takesGradient() const {
  return step != nullptr && std::isfinite(step->gradient_norm);
}

int StepLook::lineAfter(int line) const {
  for (int next = line + 1; next < static_cast<int>(lines().size()); ++next) {
    if (!isSkipped(next)) return next;
  }
  return -1;
}

int StepLook::lineBefore(int line) const {
  int before = line - 1;
  while (before >= 0 && isSkipped(before)) --before;
  return before;
}

QString missingText(const StepLook& look, StepPicture which) {
  if (look.step == nullptr) return look.on_the_way ? tr("on its way…") : tr("after the first step");
  if (isOfProjection(which) && !look.step->projected) return tr("not in this step");
  if (which == StepPicture::Gradient && !look.takesGradient()) {
    const auto& parameters = look.solver->parameters;
    const bool by_rho =
        std::any_of(parameters.begin(), parameters.end(), [](const auto& spec) { return spec.key == "rho"; });
    return by_rho ? tr("not taken: ρ = 0") : tr("this solver shows none");
  }
  if (look.on_the_way) return tr("on its way…");
  return which == StepPicture::Next ? tr("the next step has not been made yet") : tr("not kept of this run");
}

QString sentenceOf(const StepLook& look, int at_line) {
  const auto* step = look.step;
  if (step == nullptr || look.lines().empty()) return {};
  const auto line = look.lines().at(static_cast<std::size_t>(at_line));
  const auto plain = catalogueText(line.sentence).toHtmlEscaped();
  const auto with = [&](const QString& more) { return plain + QLatin1Char(' ') + more; };
  const auto goal = look.noise_level > 0
                        ? QLatin1Char(' ') + tr("The noise alone would leave %1.").arg(bold(look.noise_level))
                        : QString();
  if (look.isSkipped(at_line)) return with(tr("Not in this step."));
  const bool before = std::isfinite(step->residual), after = std::isfinite(step->residual_projected);
  switch (line.picture) {
    case StepPicture::Projected:
    case StepPicture::Reencoded:
      if (!before || !after) break;
      if (movesNothing(*step)) return with(sentenceOfUnmoved(*step, line.picture)) + goal;
      return std::isfinite(step->residual_reencoded)
                 ? tr("The projection cut the residual from %1 to %2; encoding it again brought it back to %3.")
                           .arg(bold(step->residual), bold(step->residual_projected), bold(step->residual_reencoded)) +
                       goal
                 : tr("The projection cut the residual from %1 to %2.")
                           .arg(bold(step->residual), bold(step->residual_projected)) +
                       goal;
    case StepPicture::Estimate:
      if (!before) break;
      return with(tr("It misses the measurement by %1.").arg(bold(step->residual))) + goal;
    case StepPicture::Gradient:
      if (!std::isfinite(step->gradient_norm)) break;
      return with(tr("The gradient has the length %1; white is where it is largest.")
                      .arg(bold(shortNumber(step->gradient_norm, 3))));
    case StepPicture::Noisy:
      if (!std::isfinite(step->prompt_drift)) break;
      if (step->prompt_drift <= 0) return tunesPrompt(line) ? with(tr("Here the prompt stays as it is.")) : plain;
      return with(tr("The prompt has moved by %1 from where it began.").arg(bold(shortNumber(step->prompt_drift, 3))));
    case StepPicture::Next:
      if (look.next == nullptr) break;
      return with(tr("It goes from t = %1 to t = %2.").arg(step->timestep).arg(look.next->timestep));
  }
  return plain;
}

QString placeText(const StepReport& step) {
  return tr("step %1 of %2, t = %3").arg(step.step).arg(step.steps).arg(step.timestep);
}

void showStep(const StepLook& look, int line, StepTiles* tiles, AlgorithmView* algorithm) {
  algorithm->setStep(look.step == nullptr ? tr("no step yet") : placeText(*look.step));
  algorithm->setCurrent(line);
  for (int i = 0; i < kStepPictures; ++i) {
    const auto which = static_cast<StepPicture>(i);
    tiles->setPicture(which, look.picture(which), missingText(look, which));
  }
  const auto lines = look.lines();
  std::vector<StepPicture> lit;
  if (look.step != nullptr && line >= 0 && line < static_cast<int>(lines.size())) {
    lit.push_back(lines[static_cast<std::size_t>(line)].picture);
    if (line + 1 == static_cast<int>(lines.size())) lit.push_back(StepPicture::Next);  // what the step makes
  }
  tiles->setLit(lit);
}

bool showSolver(const SolverInfo& solver, const std::vector<IterationLine>& lines, StepTiles* tiles,
                AlgorithmView* algorithm) {
  const auto title = solver.id == "p2l" ? tr("Algorithm 1") : catalogueText(solver.label);
  if (!algorithm->setLines(title, lines, solver.model_kind)) return false;
  tiles->setKind(solver.model_kind);
  return true;
}

}  // namespace p2l::ui
