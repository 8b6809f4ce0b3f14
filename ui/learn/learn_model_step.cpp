// SPDX-License-Identifier: GPL-3.0-or-later
// The step that is looked at: its lines, pictures and numbers.
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/document/frame_image.h"
#include "ui/language/words.h"
#include "ui/learn/learn_model.h"

namespace p2l::ui {

const SolverInfo& LearnModel::solver() const {
  if (lesson() != nullptr) return catalogue_.solver(lesson()->request.solver);
  const auto& result = document_->result();
  const bool has_begun = document_->runId() > 0 && document_->steps().runId() == document_->runId();
  const auto known = [this](const std::string& id) {
    return std::any_of(catalogue_.solvers.begin(), catalogue_.solvers.end(),
                       [&](const auto& solver) { return solver.id == id; });
  };
  auto id = document_->request().solver;
  if (has_begun || document_->lastStep() > 0) {
    const auto& shown = has_begun || !result ? document_->runRequest() : result->outcome.report.request;
    if (known(shown.solver)) id = shown.solver;  // a plugin may be gone
  }
  return catalogue_.solver(id);
}

const StepReport* LearnModel::step() const {
  const auto& reports = document_->reports();
  const auto found = reports.find(document_->cursor().step);
  return found == reports.end() ? nullptr : &found->second;
}

QImage LearnModel::picture(StepPicture which) const {
  const int step = document_->cursor().step;
  const auto of = [&](int at, auto member) {
    const auto snapshot = document_->steps().at(at);
    return snapshot ? imageFromFrame((*snapshot).*member) : QImage();
  };
  switch (which) {
    case StepPicture::Noisy:
      return of(step, &Snapshot::noisy);
    case StepPicture::Estimate:
      return of(step, &Snapshot::estimate);
    case StepPicture::Gradient:
      return of(step, &Snapshot::gradient);
    case StepPicture::Projected:
      return of(step, &Snapshot::projected);
    case StepPicture::Reencoded:
      return of(step, &Snapshot::reencoded);
    case StepPicture::Next:
      break;
  }
  if (step > 0 && step == document_->stepCount() && document_->result()) return document_->result()->picture;
  return of(step + 1, &Snapshot::noisy);
}

bool LearnModel::isSkipped(const IterationLine& line) const {
  const bool of_projection = line.picture == StepPicture::Projected || line.picture == StepPicture::Reencoded;
  return of_projection && step() != nullptr && !step()->projected;
}

void LearnModel::setLine(int line) {
  const int last = static_cast<int>(lines().size()) - 1;
  const int taken = std::clamp(line, 0, std::max(0, last));
  if (std::exchange(line_, taken) != taken) emit lineChanged();
}

void LearnModel::nextLine() {
  if (step() == nullptr) return wholeStep();
  const auto& all = lines();
  for (int next = line() + 1; next < static_cast<int>(all.size()); ++next) {
    if (!isSkipped(all[static_cast<std::size_t>(next)])) return setLine(next);
  }
  wholeStep();
}

void LearnModel::wholeStep() {
  const int step = document_->cursor().step;
  if (step < document_->lastStep()) {
    document_->showStep(step + 1, /*live=*/false);
    stepAhead();
  } else if (document_->isRunning()) {
    if (document_->state() != RunModel::State::Paused) return;  // the next step is on its way
    document_->setLive(true);
    stepping_ = true;
    document_->stepOnce();
  } else if (step == 0) {
    if (lesson() != nullptr && !ready_) return emit failed(tr("The lesson's photo is being opened."));
    document_->setPartsWanted(true);
    if (lesson() != nullptr) apply(requestOf(values_));
    document_->setLive(true);
    stepping_ = true;
    document_->stepOnce();
    stepped_run_ = document_->runId();
    if (!document_->isRunning()) setPlaying(false);  // it was refused
  } else {
    setPlaying(false);  // the run is at its end
    document_->showStep(1, /*live=*/false);
  }
  line_ = 0;
  emit lineChanged();
}

void LearnModel::stepAhead() {
  if (!document_->isRunning() || task_running_) stepping_ = false;
  const int shown = document_->cursor().step, last = document_->lastStep();
  if (!stepping_ || document_->state() != RunModel::State::Paused || shown != last) return;
  document_->showStep(shown, /*live=*/false);
  document_->stepOnce();
}

void LearnModel::setPlaying(bool playing) {
  if (playing == player_.isActive()) return;
  playing ? player_.start() : player_.stop();
  emit playingChanged(playing);
}

QString LearnModel::sentence() const {
  const auto* at = step();
  if (at == nullptr || lines().empty()) {
    return tr("Press Next line: the run makes a step, and each line of it can be looked at.");
  }
  const auto number = [](double value) { return QStringLiteral("<b>%1</b>").arg(value, 0, 'f', 1); };
  const auto& line = lines()[static_cast<std::size_t>(this->line())];
  const auto plain = catalogueText(line.sentence).toHtmlEscaped();
  const double noise = document_->runStart().noise_level;
  const auto goal = noise > 0 ? QLatin1Char(' ') + tr("The noise alone would leave %1.").arg(number(noise)) : QString();
  const bool before = std::isfinite(at->residual), after = std::isfinite(at->residual_projected);
  const bool again = std::isfinite(at->residual_reencoded);
  switch (line.picture) {
    case StepPicture::Projected:
    case StepPicture::Reencoded:
      if (!before || !after) break;
      return again
                 ? tr("The projection cut the residual from %1 to %2; encoding it again brought it back to %3.")
                           .arg(number(at->residual), number(at->residual_projected), number(at->residual_reencoded)) +
                       goal
                 : tr("The projection cut the residual from %1 to %2.")
                           .arg(number(at->residual), number(at->residual_projected)) +
                       goal;
    case StepPicture::Estimate:
      if (!before) break;
      return plain + QLatin1Char(' ') + tr("It misses the measurement by %1.").arg(number(at->residual)) + goal;
    case StepPicture::Gradient:
      if (!std::isfinite(at->gradient_norm)) break;
      return plain + QLatin1Char(' ') +
             tr("The gradient has the length %1; white is where it is largest.")
                 .arg(QStringLiteral("<b>%1</b>").arg(at->gradient_norm, 0, 'g', 3));
    case StepPicture::Noisy:
      if (!std::isfinite(at->prompt_drift) || at->prompt_drift <= 0) break;
      return plain + QLatin1Char(' ') +
             tr("The prompt has moved by %1 from where it began.")
                 .arg(QStringLiteral("<b>%1</b>").arg(at->prompt_drift, 0, 'g', 3));
    case StepPicture::Next:
      if (const auto next = document_->reports().find(at->step + 1); next != document_->reports().end()) {
        return plain + QLatin1Char(' ') +
               tr("It goes from t = %1 to t = %2.").arg(at->timestep).arg(next->second.timestep);
      }
      break;
  }
  return plain;
}

}  // namespace p2l::ui
