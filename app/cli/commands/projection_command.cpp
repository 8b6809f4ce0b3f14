// SPDX-License-Identifier: GPL-3.0-or-later
// What a projection does to the residual: of the estimate before it, of the picture that it makes, and of what the
// autoencoder leaves of that (Alg. 1, l. 6-7).
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

#include "app/cli/analysis.h"
#include "app/cli/command.h"
#include "app/cli/figures/heat_map.h"
#include "app/cli/figures/line_plot.h"
#include "app/cli/figures/panel.h"
#include "app/cli/progress/expected_time.h"
#include "app/cli/progress/interrupt.h"
#include "app/cli/progress/progress_bar.h"
#include "core/experiment/summary.h"

namespace p2l::cli {
namespace {

/// Keeps the pictures of one projection: the last in the first half of the run, or else the first.
class ProjectionObserver : public BarObserver {
 public:
  using BarObserver::BarObserver;

  Pictures wantedPictures() const override { return Pictures::Every; }
  bool wantsProjections() const override { return true; }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override {
    const auto& report = snapshot->report;
    if (report.projected && (!shown_ || 2 * report.step <= report.steps + 1)) shown_ = std::move(snapshot);
  }

  const Snapshot& shown() const { return *shown_; }

 private:
  std::shared_ptr<const Snapshot> shown_;
};

class ProjectionCommand : private Analysis {
 public:
  ProjectionCommand(CLI::App& app, Session& session) : Analysis(app, session, RequestOptions::Extent::Restore) {
    addOutputs(app,
               "Folder for projection.csv (every projecting step), projection.png (the residuals over t) and "
               "panel.png (the pictures of one step in the middle of the run)");
  }

  int run() {
    const auto request = options_.request();
    checkProjects(request);
    const auto folder = open({request}, {"projection.*", "panel.png"});
    const auto inputs = inputsOf(request);
    RunControl control;
    const InterruptGuard interrupt(control);
    ProgressBar bar(quiet_);
    ProjectionObserver observer(bar);
    if (!quiet_) tellTime(session_, {request}, inputs.photo);
    const auto outcome = session_.run(request, inputs, observer, control);
    bar.clear();
    if (outcome.status == Outcome::Status::Cancelled) {
      std::fprintf(stderr, "p2l: %s; nothing was written.\n", outcome.message.c_str());
      return kInterrupted;
    }
    require(outcome.status == Outcome::Status::Completed, outcome.message);
    std::vector<StepReport> projections;
    for (const auto& step : outcome.report.steps) {
      if (step.projected) projections.push_back(step);
    }
    require(!projections.empty(), "None of the ", outcome.report.steps.size(), " steps of ", request.solver,
            " projected with these values; nothing was written.");
    folder.text("projection.csv", csv(projections, outcome.report.noise_level));
    folder.picture("projection.png", plot(request, projections, outcome.report.noise_level));
    folder.picture("panel.png", panel(request, inputs, observer.shown()));
    if (!quiet_) printSummary(projections, outcome.report);
    return kDone;
  }

 private:
  using Value = double StepReport::*;

  void checkProjects(const RestoreRequest& request) const {
    const auto& catalogue = session_.catalogue();
    if (!catalogue.solver(request.solver).projects) {
      std::string projecting;
      for (const auto& solver : catalogue.solvers) {
        if (solver.projects) projecting += (projecting.empty() ? "" : ", ") + solver.id;
      }
      throw UsageError(
          concat("The solver ", request.solver, " does not project; those that do are: ", projecting, "."));
    }
    const auto run = catalogue.complete(request);
    const int steps = integerOf(run.sampler_values, "steps");
    if (!catalogue.solver(run.solver).projects(run.solver_values, steps))
      throw UsageError(
          concat("With these values ", run.solver, " projects in none of its ", steps, " steps: choose others."));
  }

  static std::string csv(const std::vector<StepReport>& projections, double noise_level) {
    std::string text = "step,t,residual_estimate,residual_projected,residual_reencoded,noise_level\n";
    for (const auto& step : projections) {
      text += concat(step.step, ",", step.timestep, ",", csvNumber(step.residual, 5), ",",
                     csvNumber(step.residual_projected, 5), ",", csvNumber(step.residual_reencoded, 5), ",",
                     csvNumber(noise_level, 5), "\n");
    }
    return text;
  }

  static Image plot(const RestoreRequest& request, const std::vector<StepReport>& projections, double noise_level) {
    std::vector<Curve> curves;
    for (const auto& [label, value] : {std::pair<const char*, Value>{"estimate D(z0), before", &StepReport::residual},
                                       {"projected picture x", &StepReport::residual_projected},
                                       {"encoded and decoded, D(E(x))", &StepReport::residual_reencoded}}) {
      Curve curve{label, {}, {}};
      for (const auto& step : projections) {
        curve.x.push_back(step.timestep);
        curve.y.push_back(step.*value);
      }
      curves.push_back(std::move(curve));
    }
    if (noise_level > 0.0) {
      const double first = projections.front().timestep, last = projections.back().timestep;
      curves.push_back({"noise level", {first, last}, {noise_level, noise_level}});
    }
    return linePlot(
        concat("What the projection does to the residual: ", request.degradation().id, ", ", request.solver),
        "t (noise falls to the right)", "||y - A x||", curves, {.log_y = true, .x_falls = true});
  }

  Image panel(const RestoreRequest& request, const RunInputs& inputs, const Snapshot& shown) const {
    std::vector<Tile> tiles;
    const auto estimate = imageFromFrame(*shown.estimate), reencoded = imageFromFrame(*shown.reencoded);
    const auto judged = judge(session_.catalogue(), request, inputs, estimate);
    if (!judged.truth.empty()) tiles.push_back({judged.truth, "truth\n"});
    tiles.push_back({judged.baseline, "measurement\n"});
    tiles.push_back({estimate, "estimate D(z0)\n" + resultText(judged.report, "\n")});
    const auto add = [&](const Image& picture, const std::string& name) {
      tiles.push_back(
          {picture, name + "\n" + resultText(judge(session_.catalogue(), request, inputs, picture).report, "\n")});
    };
    const auto projected = shown.projected ? imageFromFrame(*shown.projected) : Image();
    if (!projected.empty()) add(projected, "projected x");
    add(reencoded, projected.empty() ? "moved, D(z)" : "then D(E(x))");
    std::vector<std::pair<std::string, std::vector<float>>> maps;
    if (projected.empty()) {
      maps.emplace_back("moved by", differenceMap(reencoded, estimate));
    } else {
      maps.emplace_back("|x - D(z0)|", differenceMap(projected, estimate));
      maps.emplace_back("|D(E(x)) - x|", differenceMap(reencoded, projected));
    }
    const float top = mapTop(maps.front().second);  // one scale, so that the maps can be compared
    for (const auto& [name, map] : maps)
      tiles.push_back({heatMap(map, estimate.width, estimate.height, top), name + "\nbright: " + csvNumber(top, 3)});
    return panelOf(tiles, static_cast<int>(tiles.size()),
                   {concat(request.degradation().id, ", ", request.solver, ": step ", shown.report.step, " of ",
                           shown.report.steps, ", t = ", shown.report.timestep)});
  }

  static void printSummary(const std::vector<StepReport>& projections, const RunReport& report) {
    // Where some steps moved a picture and others the latent, the averages are of the former.
    std::vector<StepReport> averaged;
    for (const auto& step : projections) {
      if (std::isfinite(step.residual_projected)) averaged.push_back(step);
    }
    if (averaged.empty()) averaged = projections;
    const auto mean = [&](Value value) {
      std::vector<double> numbers;
      for (const auto& step : averaged) numbers.push_back(step.*value);
      const double known = statisticsOf(numbers).mean;
      return std::isfinite(known) ? csvNumber(known, 3) : std::string("-");
    };
    const auto of =
        averaged.size() < projections.size() ? concat(" of the ", averaged.size(), " on pixels") : std::string();
    std::printf(
        "%zu of %zu steps projected. Residual on average%s: estimate %s, projected %s, encoded again %s; noise level "
        "%.3f\n",
        projections.size(), report.steps.size(), of.c_str(), mean(&StepReport::residual).c_str(),
        mean(&StepReport::residual_projected).c_str(), mean(&StepReport::residual_reencoded).c_str(),
        report.noise_level);
  }
};

}  // namespace

Command addProjectionCommand(CLI::App& app, Session& session) {
  return commandOf<ProjectionCommand>(app, session);
}

}  // namespace p2l::cli
