// SPDX-License-Identifier: GPL-3.0-or-later
// The step that is looked at: its lines, pictures and numbers.
#include <algorithm>
#include <utility>

#include "ui/learn/learn_model.h"

namespace p2l::ui {

RestoreRequest LearnModel::linesRequest() const {
  if (lesson() != nullptr) {
    const auto shown = shownRequest();
    return shown ? *shown : ownRequest();
  }
  const auto& result = document_->result();
  const bool has_begun = document_->runId() > 0 && document_->steps().runId() == document_->runId();
  const auto known = [this](const std::string& id) {
    return std::any_of(catalogue_.solvers.begin(), catalogue_.solvers.end(),
                       [&](const auto& solver) { return solver.id == id; });
  };
  if (has_begun || document_->lastStep() > 0) {
    const auto& shown = has_begun || !result ? document_->runRequest() : result->outcome.report.request;
    if (known(shown.solver)) return shown;  // a plugin may be gone
  }
  return document_->request();
}

const SolverInfo& LearnModel::solver() const {
  if (lesson() != nullptr) return catalogue_.solver(play_.particles ? play_.particles_of.solver : chosenSolver());
  return catalogue_.solver(linesRequest().solver);
}

const StepReport* LearnModel::step() const {
  const auto& reports = document_->reports();
  const auto found = reports.find(document_->cursor().step);
  return found == reports.end() ? nullptr : &found->second;
}

StepLook LearnModel::look() const {
  StepLook look;
  look.solver = &solver();
  const auto request = linesRequest();
  look.values = request.solver_values;
  look.sampler = request.sampler_values;
  look.pictures = &document_->steps();
  look.step = step();
  if (look.step == nullptr) {
    look.on_the_way = document_->isRunning();
    return look;
  }
  const int number = look.step->step;
  if (const auto next = document_->reports().find(number + 1); next != document_->reports().end())
    look.next = &next->second;
  if (number == document_->stepCount() && document_->stepsAreOfResult()) look.result = document_->result()->picture;
  look.noise_level = document_->stepsNoiseLevel();
  if (!again_ || again_->state() == LineRun::State::None) return look;
  const auto made = again_->lookAt(look.step->timestep, solver());
  look.on_the_way = again_->state() == LineRun::State::AtWork;
  if (made.step != nullptr && made.step->step == number) {  // what the run itself has not kept
    look.step = made.step;
    look.pictures = made.pictures;
  }
  return look;
}

bool LearnModel::lacksPictures() const {
  if (lesson() != nullptr || document_->isRunning() || step() == nullptr || !document_->openedPhoto()) return false;
  if (again_ && (again_->state() == LineRun::State::AtWork || again_->state() == LineRun::State::Done)) return false;
  const auto all = lines();
  const bool has_gradient = look().takesGradient() && std::any_of(all.begin(), all.end(), [](const auto& line) {
                              return line.picture == StepPicture::Gradient;
                            });
  const auto snapshot = document_->steps().at(step()->step);
  return !snapshot || !snapshot->noisy || (has_gradient && !snapshot->gradient);
}

void LearnModel::makeAgain() {
  if (!lacksPictures()) return;
  const bool of_result = document_->stepsAreOfResult();
  auto pictures = of_result ? document_->result()->given : document_->runPictures();
  const auto photo = document_->openedPhoto();
  if (!pictures.photo) pictures.photo = {photo, &photo->photo->image};
  if (!again_) {
    again_ = std::make_unique<LineRun>(document_->sideRuns());
    connect(again_.get(), &LineRun::changed, this, [this] {
      emit lineChanged();
      if (again_->state() == LineRun::State::Failed) emit failed(again_->problem());
    });
  }
  again_->start(of_result ? document_->result()->outcome.report.request : document_->runRequest(), pictures);
}

QImage LearnModel::picture(StepPicture which) const {
  return look().picture(which);
}

void LearnModel::setLine(int line) {
  const int last = static_cast<int>(solver().iteration.size()) - 1;
  const int taken = std::clamp(line, 0, std::max(0, last));
  if (std::exchange(play_.line, taken) != taken) emit lineChanged();
}

void LearnModel::nextLine() {
  if (step() == nullptr) return wholeStep();
  if (const int next = look().lineAfter(line()); next >= 0) return setLine(next);
  wholeStep();
}

void LearnModel::previousLine() {
  if (step() == nullptr) return;
  if (const int before = look().lineBefore(line()); before >= 0) return setLine(before);
  const int at = document_->cursor().step;
  if (at <= 1) return;
  document_->showStep(at - 1, /*live=*/false);
  play_.line = std::max(0, look().lineBefore(static_cast<int>(lines().size())));
  emit lineChanged();
}

void LearnModel::wholeStep() {
  const int step = document_->cursor().step;
  const bool ends_here = cut_short_ && !document_->isRunning() && step + 1 >= document_->lastStep();
  if (step == 0 && !document_->isRunning()) {
    beginSteps(1);
  } else if (ends_here) {  // what the next step makes of it is not there
    emit remarked(tr("The run is made again up to step %1.").arg(step + 1));
    beginSteps(step + 1);
  } else if (step < document_->lastStep()) {
    document_->showStep(step + 1, /*live=*/false);
    stepAhead();
  } else if (document_->isRunning()) {
    if (document_->state() != RunModel::State::Paused) return;  // the next step is on its way
    document_->setLive(true);
    stepping_ = true;
    wanted_step_ = 0;
    document_->stepOnce();
  } else {
    setPlaying(false);  // the run is at its end
    document_->showStep(1, /*live=*/false);
  }
  play_.line = 0;
  emit lineChanged();
}

void LearnModel::beginSteps(int wanted) {
  if (lesson() != nullptr && !ready_) return emit failed(tr("The lesson's photo is being opened."));
  document_->setPartsWanted(true);
  if (lesson() != nullptr) apply(ownRequest());
  document_->setLive(true);
  stepping_ = true;
  wanted_step_ = wanted;
  document_->stepOnce();
  stepped_run_ = document_->runId();
  if (!document_->isRunning()) setPlaying(false);  // it was refused
}

void LearnModel::stepAhead() {
  if (!document_->isRunning() || task_running_) stepping_ = false;
  const int shown = document_->cursor().step, last = document_->lastStep();
  if (!stepping_ || document_->state() != RunModel::State::Paused) return;
  if (last < wanted_step_) return document_->stepOnce();
  if (shown != last) return;
  document_->showStep(shown, /*live=*/false);
  document_->stepOnce();
}

void LearnModel::setPlaying(bool playing) {
  if (playing == player_.isActive()) return;
  playing ? player_.start() : player_.stop();
  emit playingChanged(playing);
}

QString LearnModel::sentence() const {
  if (step() == nullptr || lines().empty())
    return tr("Press Next line: the run makes a step, and each line of it can be looked at.");
  return sentenceOf(look(), line());
}

}  // namespace p2l::ui
