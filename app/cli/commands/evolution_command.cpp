// SPDX-License-Identifier: GPL-3.0-or-later
// How the estimates of several solvers evolve from the same measurement and the same noise: the paper's Figs. 2 and 3.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include "app/cli/analysis.h"
#include "app/cli/command.h"
#include "app/cli/figures/line_plot.h"
#include "app/cli/figures/panel.h"
#include "app/cli/progress/expected_time.h"
#include "app/cli/progress/interrupt.h"
#include "app/cli/progress/run_progress.h"
#include "core/experiment/evolution.h"
#include "core/experiment/variant.h"

namespace p2l::cli {
namespace {

/// A solver's row: the tiles between measurement and result, and the numbers of its steps.
struct Row {
  Variant solver;
  std::vector<Tile> estimates;
  Outcome outcome;
};

/// "21.33 dB", or the residual where there is no truth.
std::string shortText(double psnr, double residual) {
  return std::isfinite(psnr) ? csvNumber(psnr, 2) + " dB" : "residual " + csvNumber(residual, 2);
}

/// Keeps the estimates that a row shows.
class EvolutionObserver : public RunObserver {
 public:
  EvolutionObserver(RunProgress& progress, int columns)
      : progress_(progress), estimates_(static_cast<std::size_t>(columns)) {}

  Pictures wantedPictures() const override { return Pictures::Every; }
  void stepFinished(std::uint64_t run_id, const StepReport& step) override { progress_.stepFinished(run_id, step); }
  void runStarted(const RunStart& start) override {
    shown_ = shownSteps(start.steps, static_cast<int>(estimates_.size()));
  }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override {
    const auto& report = snapshot->report;
    for (std::size_t column = 0; column < shown_.size(); ++column) {
      if (shown_[column] != report.step) continue;
      estimates_[column] = {imageFromFrame(*snapshot->estimate),
                            concat("t = ", report.timestep, "\n", shortText(report.psnr, report.residual))};
    }
  }

  std::vector<Tile> takeEstimates() { return std::move(estimates_); }

 private:
  RunProgress& progress_;
  std::vector<int> shown_;
  std::vector<Tile> estimates_;
};

class EvolutionCommand : private Analysis {
 public:
  EvolutionCommand(CLI::App& app, Session& session) : Analysis(app, session, RequestOptions::Extent::Compare) {
    app.add_option("--solvers", solvers_,
                   "Solvers, such as p2l,ldps or p2l,p2l:K=0, a row each with its own preset; default: "
                   "p2l,psld,ldps")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("SOLVER,...")
        ->group("How to restore it");
    app.add_option("--columns", columns_, "Estimates in each row, at equally spaced steps; default: 8")
        ->check(CLI::Range(1, 100))
        ->group("Output");
    addOutputs(app,
               "Folder for evolution.png (the strips), evolution.csv (every step), residual.png and, where PHOTO is "
               "the truth, psnr.png: both over t");
  }

  int run() {
    const auto solvers = variants();
    std::vector<RestoreRequest> requests;
    std::map<std::string, int> planned;
    for (const auto& solver : solvers) {
      requests.push_back(options_.request(solver));
      if (requests.back().degradation().values != requests.front().degradation().values) {
        throw UsageError(concat("The rows ", solvers.front().name, " and ", solver.name,
                                " would have different measurements: give the task's values, which presets bring, as "
                                "options."));
      }
      ++planned[solver.name];
    }
    const auto folder = open(requests, {"evolution.*", "residual.png", "psnr.png"});
    const auto inputs = inputsOf(requests.front());
    RunControl control;
    const InterruptGuard interrupt(control);
    if (!quiet_) tellTime(session_, requests, inputs.photo);
    RunProgress progress(planned, quiet_);

    std::vector<Row> rows;
    int failed = 0;
    for (std::size_t i = 0; i < solvers.size() && !control.stopRequested(); ++i) {
      progress.begin(solvers[i].name, solvers[i].name);
      EvolutionObserver observer(progress, columns_);
      auto outcome = runOf(requests[i], inputs, observer, control);
      if (outcome.status == Outcome::Status::Completed) {
        progress.end(resultText(outcome.report));
        rows.push_back({solvers[i], observer.takeEstimates(), std::move(outcome)});
      } else if (outcome.status != Outcome::Status::Cancelled) {
        progress.clear();
        std::fprintf(stderr, "p2l: %s: %s\n", solvers[i].name.c_str(), outcome.message.c_str());
        ++failed;
      }
    }
    progress.clear();
    if (!rows.empty()) write(folder, requests.front(), rows);
    if (control.stopRequested()) {
      std::fprintf(stderr, "p2l: Stopped after %zu of %zu solvers.\n", rows.size(), solvers.size());
      return kInterrupted;
    }
    return failed > 0 ? kFailed : kDone;
  }

 private:
  std::vector<Variant> variants() const {
    try {
      std::vector<Variant> solvers;
      for (const auto& text : solvers_) solvers.push_back(solverVariant(session_.catalogue(), text));
      return solvers;
    } catch (const Error& error) {
      throw UsageError(error.what());
    }
  }

  /// A run that diverges is a failed one, so that the other solvers still get their rows.
  Outcome runOf(const RestoreRequest& request, const RunInputs& inputs, RunObserver& observer, RunControl& control) {
    try {
      return session_.run(request, inputs, observer, control);
    } catch (const Error& error) {
      Outcome failed;
      failed.message = error.what();
      return failed;
    }
  }

  void write(const AnalysisFolder& folder, const RestoreRequest& request, const std::vector<Row>& rows) const {
    folder.text("evolution.csv", csv(rows));
    folder.picture("evolution.png", strips(rows));
    const auto& reached = rows.front().outcome.report;
    auto residuals = curves(rows, &StepReport::residual, [](const RunReport& report) { return report.residual; });
    if (reached.noise_level > 0.0) {
      double first = 0.0;
      for (const auto& curve : residuals) first = std::max(first, curve.x.front());
      residuals.push_back({"noise level", {first, 0.0}, {reached.noise_level, reached.noise_level}});
    }
    const char* const t = "t (the run goes to the right)";
    folder.picture("residual.png", linePlot(concat("Residual of the estimates D(z0): ", request.degradation().id), t,
                                            "||y - A D(z0)||", residuals, {.log_y = true, .x_falls = true}));
    if (!std::isfinite(reached.metric("psnr"))) return;
    folder.picture(
        "psnr.png",
        linePlot(concat("PSNR of the estimates D(z0): ", request.degradation().id), t, "PSNR (dB)",
                 curves(rows, &StepReport::psnr, [](const RunReport& report) { return report.metric("psnr"); }),
                 {.x_falls = true}));
  }

  static std::string csv(const std::vector<Row>& rows) {
    std::string text = "solver,step,t,residual,noise_level,psnr\n";
    for (const auto& row : rows) {
      const auto& report = row.outcome.report;
      const auto noise_level = csvNumber(report.noise_level, 5);
      for (const auto& step : report.steps) {
        text += concat(row.solver.name, ",", step.step, ",", step.timestep, ",", csvNumber(step.residual, 5), ",",
                       noise_level, ",", csvNumber(step.psnr, 4), "\n");
      }
      text += concat(row.solver.name, ",result,,", csvNumber(report.residual, 5), ",", noise_level, ",",
                     csvNumber(report.metric("psnr"), 4), "\n");
    }
    return text;
  }

  Image strips(const std::vector<Row>& rows) const {
    std::vector<Tile> tiles;
    std::vector<std::string> titles;
    for (const auto& row : rows) {
      const auto& report = row.outcome.report;
      const double psnr = report.psnr_measurement;
      tiles.push_back({row.outcome.baseline,
                       concat("measurement\n", std::isfinite(psnr) ? csvNumber(psnr, 2) + " dB" : std::string())});
      tiles.insert(tiles.end(), row.estimates.begin(), row.estimates.end());
      tiles.push_back({row.outcome.picture, concat("result\n", shortText(report.metric("psnr"), report.residual))});
      titles.push_back(concat(row.solver.name, ", ", report.steps.size(), " steps"));
    }
    return panelOf(tiles, columns_ + 2, titles);
  }

  /// A curve for each row over t; the result is at t = 0.
  static std::vector<Curve> curves(const std::vector<Row>& rows, double StepReport::*of_step,
                                   const std::function<double(const RunReport&)>& of_result) {
    std::vector<Curve> curves;
    for (const auto& row : rows) {
      Curve curve{row.solver.name, {}, {}};
      for (const auto& step : row.outcome.report.steps) {
        curve.x.push_back(step.timestep);
        curve.y.push_back(step.*of_step);
      }
      curve.x.push_back(0.0);
      curve.y.push_back(of_result(row.outcome.report));
      curves.push_back(std::move(curve));
    }
    return curves;
  }

  std::vector<std::string> solvers_ = {"p2l", "psld", "ldps"};
  int columns_ = 8;
};

}  // namespace

Command addEvolutionCommand(CLI::App& app, Session& session) {
  return commandOf<EvolutionCommand>(app, session);
}

}  // namespace p2l::cli
