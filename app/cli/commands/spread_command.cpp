// SPDX-License-Identifier: GPL-3.0-or-later
// What a restoration measures and what it invents: one request with several seeds.
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <string>

#include "app/cli/analysis.h"
#include "app/cli/command.h"
#include "app/cli/figures/heat_map.h"
#include "app/cli/figures/line_plot.h"
#include "app/cli/figures/panel.h"
#include "app/cli/progress/expected_time.h"
#include "app/cli/progress/interrupt.h"
#include "app/cli/progress/run_progress.h"
#include "core/experiment/spread.h"
#include "core/experiment/summary.h"

namespace p2l::cli {
namespace {

class SpreadCommand : private Analysis {
 public:
  SpreadCommand(CLI::App& app, Session& session) : Analysis(app, session, RequestOptions::Extent::Restore) {
    app.add_option("--seeds", seeds_, "Number of runs, with consecutive seeds; default: 8")
        ->check(CLI::Range(2, 10000))
        ->group("Output");
    addOutputs(app,
               "Folder for mean.png, spread.png, panel.png, numbers.csv, the samples as sample_SEED.png, plot.png "
               "(what averaging gains) and, where PHOTO is the truth, calibration.csv and .png (does the spread tell "
               "the error?)");
  }

  int run() {
    auto request = options_.request();
    request.measurement_seed = request.measurement_seed.value_or(request.seed);  // the measurement stays the same
    const auto first_seed = request.seed;
    const auto folder = open(
        {request}, {"mean.png", "spread.png", "panel.png", "plot.png", "numbers.csv", "calibration.*", "sample_*.png"});
    const auto inputs = inputsOf(request);
    RunControl control;
    const InterruptGuard interrupt(control);
    if (!quiet_)
      tellTime(session_, std::vector<RestoreRequest>(static_cast<std::size_t>(seeds_), request), inputs.photo);
    RunProgress progress({{request.solver, seeds_}}, quiet_);

    Spread spread;
    std::vector<Tile> tiles;
    for (int i = 0; i < seeds_ && !control.stopRequested(); ++i) {
      request.seed = first_seed + static_cast<std::uint64_t>(i);
      progress.begin(request.solver, concat("seed ", request.seed));
      const auto outcome = session_.run(request, inputs, progress, control);
      if (outcome.status == Outcome::Status::Cancelled) break;
      require(outcome.status == Outcome::Status::Completed, outcome.message);
      const auto name = concat("sample_", request.seed);
      folder.picture(name + ".png", outcome.picture);
      spread.add(outcome.picture);
      const auto judged = judge(session_.catalogue(), request, inputs, outcome.picture);
      means_.push_back(judge(session_.catalogue(), request, inputs, spread.mean()).report);
      singles_.push_back(judged.report);
      note(concat(request.seed), judged.report, outcome.report.seconds);
      if (tiles.empty()) {
        if (!judged.truth.empty()) tiles.push_back({judged.truth, "truth\n"});
        tiles.push_back({judged.baseline, "measurement\n"});
      }
      constexpr int kShownSamples = 3;
      if (i < kShownSamples)
        tiles.push_back({outcome.picture, concat("sample ", request.seed, "\n", resultText(judged.report, "\n"))});
      progress.end(resultText(judged.report));
    }
    progress.clear();
    if (spread.count() < 2) {
      std::fprintf(stderr, "p2l: Stopped before two runs were finished, and a spread needs two.\n");
      return kInterrupted;
    }
    conclude(folder, request, inputs, spread, tiles);
    return control.stopRequested() ? kInterrupted : kDone;
  }

 private:
  /// A row of numbers.csv; its last two numbers are of the mean of the samples so far.
  void note(const std::string& name, const RunReport& report, double seconds) {
    csv_ += concat(name, ",", csvNumber(report.metric("psnr"), 4), ",", csvNumber(report.metric("ssim"), 5), ",",
                   csvNumber(report.residual, 5), ",", csvNumber(report.noise_level, 5), ",", csvNumber(seconds, 2),
                   ",", csvNumber(means_.back().metric("psnr"), 4), ",", csvNumber(means_.back().residual, 5), "\n");
  }

  /// What the mean of more and more samples gains over single ones: in PSNR, or in the residual without a truth.
  Image plot(const RestoreRequest& request) const {
    const bool known = std::isfinite(singles_.front().metric("psnr"));
    const auto value = [known](const RunReport& report) { return known ? report.metric("psnr") : report.residual; };
    Curve means{"mean of the first k samples", {}, {}}, singles{"k-th sample alone", {}, {}, {}, /*joined=*/false};
    for (std::size_t i = 0; i < singles_.size(); ++i) {
      means.x.push_back(static_cast<double>(i + 1));
      means.y.push_back(value(means_[i]));
      singles.y.push_back(value(singles_[i]));
    }
    singles.x = means.x;
    const double average = statisticsOf(singles.y).mean;
    const Curve level{"average of single samples", {1.0, means.x.back()}, {average, average}};
    return linePlot(concat("What averaging samples gains: ", request.degradation().id, ", ", request.solver),
                    "k samples", known ? "PSNR (dB)" : "||y - A x||", {means, singles, level});
  }

  /// Whether the spread tells where the mean picture is wrong.
  static void writeCalibration(const AnalysisFolder& folder, const RestoreRequest& request,
                               const std::vector<float>& deviation, const std::vector<float>& error) {
    constexpr int kGroups = 10;
    std::string csv = "spread,error\n";
    Curve found{"tenths of the pixels, by spread", {}, {}}, ideal{"error as large as the spread", {}, {}};
    for (const auto& group : calibrationOf(deviation, error, kGroups)) {
      csv += concat(csvNumber(group.spread, 6), ",", csvNumber(group.error, 6), "\n");
      found.x.push_back(group.spread);
      found.y.push_back(group.error);
    }
    ideal.x = ideal.y = {found.x.front(), found.x.back()};
    folder.text("calibration.csv", csv);
    folder.picture("calibration.png",
                   linePlot(concat("Does the spread tell the error? ", request.degradation().id, ", ", request.solver),
                            "spread of the samples", "error of their mean", {found, ideal}));
  }

  void conclude(const AnalysisFolder& folder, const RestoreRequest& request, const RunInputs& inputs,
                const Spread& spread, std::vector<Tile>& tiles) {
    const auto mean = spread.mean();
    const auto judged = judge(session_.catalogue(), request, inputs, mean);
    note("mean", judged.report, kUnknown);
    const auto deviation = spread.deviation();
    const double average =
        std::accumulate(deviation.begin(), deviation.end(), 0.0) / static_cast<double>(deviation.size());
    const float top = mapTop(deviation);
    const auto map = heatMap(deviation, mean.width, mean.height, top);
    folder.picture("mean.png", mean);
    folder.picture("spread.png", map);
    folder.text("numbers.csv", csv_);
    folder.picture("plot.png", plot(request));
    if (!judged.truth.empty()) writeCalibration(folder, request, deviation, differenceMap(mean, judged.truth));
    tiles.push_back({mean, concat("mean of ", spread.count(), "\n", resultText(judged.report, "\n"))});
    tiles.push_back({map, concat("spread: mean ", csvNumber(average, 4), "\nbright: ", csvNumber(top, 4))});
    folder.picture("panel.png", panelOf(tiles, static_cast<int>(tiles.size())));
    if (quiet_) return;
    std::printf(
        "Spread over %d seeds: %.4f on average (standard deviation of a pixel, scale 0 to 1); residual of the "
        "mean %.3f, noise level %.3f\n",
        spread.count(), average, judged.report.residual, judged.report.noise_level);
    if (std::isfinite(judged.report.metric("psnr"))) {
      std::vector<double> of_singles;
      for (const auto& single : singles_) of_singles.push_back(single.metric("psnr"));
      std::printf(
          "PSNR: mean picture %.2f dB, single samples %.2f dB on average; plot.png and calibration.png show more\n",
          judged.report.metric("psnr"), statisticsOf(of_singles).mean);
    }
  }

  std::string csv_ = "seed,psnr,ssim,residual,noise_level,seconds,psnr_of_mean,residual_of_mean\n";
  std::vector<RunReport> singles_, means_;  ///< of each sample, and of the mean of it and those before it
  int seeds_ = 8;
};

}  // namespace

Command addSpreadCommand(CLI::App& app, Session& session) {
  return commandOf<SpreadCommand>(app, session);
}

}  // namespace p2l::cli
