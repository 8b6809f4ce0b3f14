// SPDX-License-Identifier: GPL-3.0-or-later
// What a restoration measures and what it invents: one request with several seeds.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numeric>
#include <string>

#include "app/cli/analyse/analyse_files.h"
#include "app/cli/analyse/spread.h"
#include "app/cli/command.h"
#include "app/cli/evaluate/run_progress.h"
#include "app/cli/figures/heat_map.h"
#include "app/cli/figures/panel.h"
#include "app/cli/files.h"
#include "app/cli/interrupt.h"
#include "app/cli/request_options.h"

namespace p2l::cli {
namespace {

class SpreadCommand {
 public:
  SpreadCommand(CLI::App& app, Engine& engine)
      : engine_(engine), options_(app, engine.catalogue(), RequestOptions::Extent::Restore) {
    app.add_option("--seeds", seeds_, "Runs, whose seeds follow each other; 8 unless given")
        ->check(CLI::Range(2, 10000))
        ->group("Output");
    app.add_option("--out", out_,
                   "Folder for mean.png, spread.png, panel.png, numbers.csv and the samples as sample_SEED.png")
        ->required()
        ->type_name("FOLDER")
        ->group("Output");
    app.add_option("--threads", threads_, "Processor threads; all cores unless given")->check(CLI::Range(1, 1024));
    app.add_flag("--quiet", quiet_, "No progress, no summary")->group("Output");
  }

  int run() {
    auto request = options_.request();
    request.measurement_seed = request.measurement_seed.value_or(request.seed);  // the measurement stays the same
    const auto first_seed = request.seed;
    const AnalysisFolder folder(out_);
    const auto inputs = readInputs(request, quiet_);
    if (threads_ > 0) setThreadCount(threads_);
    RunControl control;
    const InterruptGuard interrupt(control);
    RunProgress progress({{request.solver, seeds_}}, quiet_);

    Spread spread;
    std::vector<Tile> tiles;
    for (int i = 0; i < seeds_ && !control.stopRequested(); ++i) {
      request.seed = first_seed + static_cast<std::uint64_t>(i);
      progress.begin(request.solver, concat("seed ", request.seed));
      const auto outcome = engine_.run(request, inputs, progress, control);
      if (outcome.status == Outcome::Status::Cancelled) break;
      require(outcome.status == Outcome::Status::Completed, outcome.message);
      const auto name = concat("sample_", request.seed);
      folder.picture(name + ".png", outcome.picture);
      spread.add(outcome.picture);
      const auto judged = note(concat(request.seed), request, inputs, outcome.picture, outcome.report.seconds);
      if (tiles.empty()) {
        if (!judged.truth.empty()) tiles.push_back({judged.truth, "truth\n"});
        tiles.push_back({judged.baseline, "measurement\n"});
      }
      constexpr int kShownSamples = 3;
      if (i < kShownSamples)
        tiles.push_back({outcome.picture, concat("sample ", request.seed, "\n", described(judged))});
      progress.end(described(judged));
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
  /// A row of numbers.csv.
  Outcome note(const std::string& name, const RestoreRequest& request, const RunInputs& inputs, const Image& picture,
               double seconds) {
    auto judged = engine_.judge(request, inputs, picture);
    const auto& report = judged.report;
    csv_ +=
        concat(name, ",", csvNumber(report.psnr, 4), ",", csvNumber(report.ssim, 5), ",", csvNumber(report.residual, 5),
               ",", csvNumber(report.noise_level, 5), ",", csvNumber(seconds, 2), "\n");
    if (name != "mean") psnr_sum_ += report.psnr;
    return judged;
  }

  static std::string described(const Outcome& judged) {
    const auto residual = "residual " + csvNumber(judged.report.residual, 2);
    return std::isfinite(judged.report.psnr) ? csvNumber(judged.report.psnr, 2) + " dB, " + residual : residual;
  }

  void conclude(const AnalysisFolder& folder, const RestoreRequest& request, const RunInputs& inputs,
                const Spread& spread, std::vector<Tile>& tiles) {
    const auto mean = spread.mean();
    const auto judged = note("mean", request, inputs, mean, kUnknown);
    const auto deviation = spread.deviation();
    const double average =
        std::accumulate(deviation.begin(), deviation.end(), 0.0) / static_cast<double>(deviation.size());
    const float top = scaleTop(deviation);
    const auto map = heatMap(deviation, mean.width, mean.height, top);
    folder.picture("mean.png", mean);
    folder.picture("spread.png", map);
    folder.text("numbers.csv", csv_);
    tiles.push_back({mean, concat("mean of ", spread.count(), "\n", described(judged))});
    tiles.push_back({map, concat("spread: mean ", csvNumber(average, 4), "\nbright: ", csvNumber(top, 4))});
    folder.picture("panel.png", panelOf(tiles, static_cast<int>(tiles.size())));
    if (quiet_) return;
    std::printf(
        "Spread over %d seeds: %.4f on average (standard deviation of a pixel, scale 0 to 1); residual of the "
        "mean %.3f, noise level %.3f\n",
        spread.count(), average, judged.report.residual, judged.report.noise_level);
    if (std::isfinite(judged.report.psnr)) {
      std::printf("PSNR: mean picture %.2f dB, single samples %.2f dB on average\n", judged.report.psnr,
                  psnr_sum_ / spread.count());
    }
  }

  /// What 99.5 % of the pixels stay under, so that a few do not darken the map.
  static float scaleTop(std::vector<float> values) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(0.995 * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
  }

  Engine& engine_;
  RequestOptions options_;
  std::string out_;
  std::string csv_ = "seed,psnr,ssim,residual,noise_level,seconds\n";
  double psnr_sum_ = 0.0;
  int seeds_ = 8;
  int threads_ = 0;
  bool quiet_ = false;
};

}  // namespace

Command addSpreadCommand(CLI::App& app, Engine& engine) {
  const auto command = std::make_shared<SpreadCommand>(app, engine);
  return [command] { return command->run(); };
}

}  // namespace p2l::cli
