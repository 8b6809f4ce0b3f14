// SPDX-License-Identifier: GPL-3.0-or-later
// How far repeated encoding and decoding drifts: the paper's fixed-point analysis (Figs. 13 and 14).
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>

#include "app/cli/analyse_files.h"
#include "app/cli/command.h"
#include "app/cli/figures/line_plot.h"
#include "app/cli/figures/panel.h"
#include "app/cli/files.h"
#include "app/cli/progress/interrupt.h"
#include "app/cli/request_options.h"
#include "core/api/files.h"
#include "core/experiment/plan.h"
#include "core/experiment/summary.h"
#include "core/experiment/variant.h"

namespace p2l::cli {
namespace {

/// The trips of all photos by way: "plain", or the task whose measurement is glued in before each trip.
struct Way {
  std::string name;
  RestoreRequest request;
  bool glue = false;
  std::vector<std::vector<RoundTrip>> of_photos;
};

using Value = double RoundTrip::*;

class RoundTripCommand {
 public:
  RoundTripCommand(CLI::App& app, Session& session) : session_(session) {
    app.add_option("PHOTO", paths_, "Photos, or folders of photos")->required()->type_name("FILE|FOLDER");
    app.add_option("--trips", trips_, "Number of successive encodings and decodings; default: 24")
        ->check(CLI::Range(1, 1000));
    app.add_option("--glue", glue_,
                   "Tasks, such as sr,inpaint: also with A^T y + (I - A^T A) x before each trip, as PSLD glues")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("TASK,...");
    app.add_option("--size", request_.size, "Cut the centre square and resize it to N x N; default: 256; 0: as it is")
        ->type_name("N");
    app.add_option("--noise", noise_, "Standard deviation of the glued measurement's noise; default: 0");
    addModel(app, request_.model, request_.model_options, request_.device);
    addThreads(app, threads_);
    addOutput(app, "--out", out_, "Folder for numbers.csv, plot.png and strip.png", "FOLDER")
        ->required()
        ->group("Options");
    request_.size = 256;
  }

  int run() {
    auto ways = makeWays();
    OutputCheck check;
    for (const auto& path : photosFrom(paths_)) check.reads("a photo", path);
    keepModel(check, session_.catalogue(), request_.model, request_.model_options);
    check.writesInto("--out", out_, {"numbers.csv", "plot.png", "strip.png"});
    refuseLosses(check);
    const AnalysisFolder folder(out_);
    useThreads(threads_);
    RunControl control;
    const InterruptGuard interrupt(control);
    std::vector<Tile> strip;
    std::string csv = "photo,glue,trip,psnr_original,psnr_previous\n";
    int unreadable = 0;
    for (const auto& path : photosFrom(paths_)) {
      RunInputs inputs;
      try {
        inputs.photo = readPhoto(path).image;
      } catch (const Error& error) {
        std::fprintf(stderr, "p2l: %s\n", error.what());
        ++unreadable;
        continue;
      }
      for (auto& way : ways) {
        way.request.photo = path;
        auto trips = session_.roundTrips(way.request, inputs, trips_, way.glue, control);
        if (control.stopRequested()) return interrupted();
        if (way.of_photos.empty()) addToStrip(strip, way, inputs, trips);
        for (std::size_t i = 0; i < trips.size(); ++i) {
          csv += concat(photoId(path, fileSha256(path)), ",", way.glue ? way.name : "", ",", i + 1, ",",
                        csvNumber(trips[i].psnr_truth, 4), ",", csvNumber(trips[i].psnr_previous, 4), "\n");
          trips[i].picture = {};
        }
        way.of_photos.push_back(std::move(trips));
      }
    }
    require(!ways.front().of_photos.empty(), "None of the photos could be read; nothing was written.");
    folder.text("numbers.csv", csv);
    folder.picture("plot.png", plot(ways));
    folder.picture("strip.png", panelOf(strip, static_cast<int>(shownTrips().size()) + 1));
    printSummary(ways);
    if (unreadable > 0)
      std::fprintf(stderr, "p2l: %d of the photos could not be read and were left out.\n", unreadable);
    return unreadable > 0 ? kFailed : kDone;
  }

 private:
  std::vector<Way> makeWays() {
    try {
      const auto& catalogue = session_.catalogue();
      request_.noise = noise_;
      std::vector<Way> ways = {{"autoencoder alone", catalogue.complete(request_), false, {}}};
      for (const auto& text : glue_) {
        const auto task = taskVariant(catalogue, text);
        require(catalogue.degradation(task.id).linear, "--glue needs a linear task, and ", task.id, " is not.");
        auto request = request_;
        request.degradations = {{task.id, task.values, {}, {}, false}};
        ways.push_back({task.name, catalogue.complete(request), true, {}});
      }
      return ways;
    } catch (const Error& error) {
      throw UsageError(error.what());
    }
  }

  static int interrupted() {
    std::fprintf(stderr, "p2l: Stopped before the last photo was done; nothing was written.\n");
    return kInterrupted;
  }

  /// 1, 2, 4, ... and the last.
  std::vector<int> shownTrips() const {
    std::vector<int> shown;
    for (int trip = 1; trip < trips_; trip *= 2) shown.push_back(trip);
    shown.push_back(trips_);
    return shown;
  }

  void addToStrip(std::vector<Tile>& strip, const Way& way, const RunInputs& inputs,
                  const std::vector<RoundTrip>& trips) const {
    const auto truth = judge(session_.catalogue(), way.request, inputs, trips.front().picture).truth;
    strip.push_back({truth, "original\n" + way.name});
    for (const int trip : shownTrips()) {
      const auto& shown = trips[static_cast<std::size_t>(trip - 1)];
      strip.push_back({shown.picture, concat("trip ", trip, "\n", csvNumber(shown.psnr_truth, 2), " dB")});
    }
  }

  Statistics statistics(const Way& way, std::size_t trip, Value value) const {
    std::vector<double> numbers;
    for (const auto& trips : way.of_photos) numbers.push_back(trips[trip].*value);
    return statisticsOf(numbers);
  }

  Image plot(const std::vector<Way>& ways) const {
    std::vector<Curve> curves;
    for (const auto& way : ways) {
      for (const auto& [label, value] : {std::pair<const char*, Value>{" to the original", &RoundTrip::psnr_truth},
                                         {" to the previous trip", &RoundTrip::psnr_previous}}) {
        Curve curve{way.name + label, {}, {}, {}};
        for (int trip = 0; trip < trips_; ++trip) {
          const auto numbers = statistics(way, static_cast<std::size_t>(trip), value);
          curve.x.push_back(trip + 1);
          curve.y.push_back(numbers.mean);
          curve.deviation.push_back(numbers.deviation);
        }
        curves.push_back(std::move(curve));
      }
    }
    return linePlot(concat("Repeated encoding and decoding, ", request_.model), "trips", "PSNR (dB)", curves);
  }

  void printSummary(const std::vector<Way>& ways) const {
    for (const auto& way : ways) {
      const auto first = statistics(way, 0, &RoundTrip::psnr_truth);
      const auto last = statistics(way, static_cast<std::size_t>(trips_ - 1), &RoundTrip::psnr_truth);
      std::printf("%s: PSNR to the original %.2f dB after 1 trip, %.2f dB after %d (%+.2f dB), %d photos\n",
                  way.name.c_str(), first.mean, last.mean, trips_, last.mean - first.mean, first.count);
    }
  }

  Session& session_;
  RestoreRequest request_;
  double noise_ = 0.0;
  std::vector<std::string> paths_, glue_;
  std::string out_;
  int trips_ = 24;
  int threads_ = 0;
};

}  // namespace

Command addRoundTripCommand(CLI::App& app, Session& session) {
  return commandOf<RoundTripCommand>(app, session);
}

}  // namespace p2l::cli
