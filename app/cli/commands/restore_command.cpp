// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "app/cli/command.h"
#include "app/cli/files.h"
#include "app/cli/progress/expected_time.h"
#include "app/cli/progress/interrupt.h"
#include "app/cli/progress/progress_bar.h"
#include "app/cli/request_options.h"
#include "app/cli/snapshot_writer.h"
#include "core/api/files.h"
#include "core/api/metric_list.h"
#include "core/api/metric_weights.h"
#include "core/api/picture_metrics.h"
#include "core/types/error.h"

namespace p2l::cli {
namespace {

/// Shows the steps and keeps the pictures.
class RestoreObserver : public BarObserver {
 public:
  RestoreObserver(ProgressBar& bar, SnapshotWriter* writer) : BarObserver(bar), writer_(writer) {}

  Pictures wantedPictures() const override { return writer_ ? Pictures::Every : Pictures::None; }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override {
    if (writer_) writer_->add(std::move(snapshot));
  }

 private:
  SnapshotWriter* writer_;
};

class RestoreCommand {
 public:
  RestoreCommand(CLI::App& app, Session& session)
      : session_(session), options_(app, session.catalogue(), RequestOptions::Extent::Restore) {
    const auto output = [&](const char* flag, std::string& path, const char* help) {
      return addOutput(app, flag, path, help);
    };
    output("--out", out_, "The restored picture: .png, .jpg, .tif or .webp; the request is put inside")->required();
    output("--measurement-out", measurement_out_, "The measurement y as a picture");
    output("--report", report_, "Numbers of the run as JSON");
    app.add_option(
           "--lpips", lpips_,
           "Folder of lpips_alex.safetensors and lpips_vgg.safetensors, or none; default: those of `p2l metrics`")
        ->type_name("FOLDER")
        ->group("Output");
    output("--save-embedding", embedding_out_,
           "The text embedding as it is after the last step, for --embedding and `p2l sample` (safetensors)");
    addOutput(app, "--snapshots", snapshots_, "Folder for a PNG of every step's estimate", "FOLDER");
    addMetadataOption(app, drop_metadata_);
    app.add_flag("--quiet", quiet_, "No progress, no summary")->group("Output");
    constexpr const char* kComparison = "Comparison by numbers (safetensors)";
    const auto comparison = [&](const char* flag, std::string& path, const char* help) {
      app.add_option(flag, path, help)->type_name("FILE")->group(kComparison);
    };
    comparison("--initial-latent", inputs_.initial_latent_file,
               "Start from its tensor z instead of the seed; what is not given then takes the solver's own defaults, "
               "not a preset's");
    comparison("--measurement", inputs_.measurement_file,
               "Take its tensor y, on the scale -1 to 1, as the measurement");
    addOutput(app, "--dump", inputs_.dump_file, "Write z_t, z0_hat and C of every step, and the final z and x")
        ->group(kComparison);
    addThreads(app, threads_);
  }

  int run() {
    const auto request = options_.request(/*with_presets=*/inputs_.initial_latent_file.empty());
    refuseLosses(outputsOf(request));
    checkPictureOutput(out_);
    checkPictureOutput(measurement_out_);
    checkFileOutput(report_);
    checkFileOutput(inputs_.dump_file);
    checkFileOutput(embedding_out_);
    std::optional<SnapshotWriter> writer;
    if (!snapshots_.empty()) writer.emplace(snapshots_);
    useThreads(threads_);
    const auto lpips = lpipsFolderFrom(lpips_);
    if (!lpips_.empty() && !lpips.empty()) {
      if (request.mode == Mode::Restore)
        throw UsageError("--lpips compares with the good photo, and --measured has none.");
      PictureMetrics(lpips, /*inception_file=*/"", request.device);  // now rather than after the run
    }

    RunControl control;
    const InterruptGuard interrupt(control);
    ProgressBar bar(quiet_);
    RestoreObserver observer(bar, writer ? &*writer : nullptr);
    PhotoOrigin origin;
    const auto inputs = inputsOf(request, origin);
    if (drop_metadata_) origin.exif.clear();
    if (!quiet_) tellTime(session_, {request}, inputs.photo);
    auto outcome = session_.run(request, inputs, observer, control);
    bar.clear();
    measureOrRemark(outcome, lpips);
    save(outcome, picturesOf(request, inputs), origin);
    if (writer) writer->finish();
    return conclude(outcome);
  }

 private:
  OutputCheck outputsOf(const RestoreRequest& request) const {
    auto check = inputsToKeep(request, session_.catalogue());
    check.reads("--request", options_.requestFile());
    check.reads("--initial-latent", inputs_.initial_latent_file);
    check.reads("--measurement", inputs_.measurement_file);
    check.reads("--lpips", lpips_, {"lpips_*.safetensors"});
    check.writes("--out", out_);
    check.writes("--measurement-out", measurement_out_);
    check.writes("--report", report_);
    check.writes("--dump", inputs_.dump_file);
    check.writes("--save-embedding", embedding_out_);
    check.writesInto("--snapshots", snapshots_, {SnapshotWriter::kNames});
    return check;
  }

  RunInputs inputsOf(const RestoreRequest& request, PhotoOrigin& origin) const {
    auto inputs = options_.inputs(request, quiet_, &origin);
    inputs.initial_latent_file = inputs_.initial_latent_file;
    inputs.measurement_file = inputs_.measurement_file;
    inputs.dump_file = inputs_.dump_file;
    return inputs;
  }

  /// Whatever there is, also of a run that was stopped. One that cannot be written does not keep the others from it.
  void save(const Outcome& outcome, const RequestPictures& pictures, const PhotoOrigin& origin) const {
    const auto& request = outcome.report.request;
    std::string problem;
    const auto attempt = [&problem](const auto& write) {
      try {
        write();
      } catch (const Error& error) {
        problem = problem.empty() ? error.what() : problem;
      }
    };
    if (!outcome.picture.empty())
      attempt([&] { savePicture(outcome.picture, out_, jsonForPicture(request, outcome.report), pictures, origin); });
    if (!measurement_out_.empty() && !outcome.measurement.empty())
      attempt([&] {
        savePicture(outcome.measurement, measurement_out_,
                    jsonForPicture(requestOfMeasurement(request), outcome.report), pictures, origin);
      });
    if (!embedding_out_.empty() && !outcome.embedding.empty())
      attempt([&] { writeEmbedding(outcome.embedding, embedding_out_); });
    if (!report_.empty()) attempt([&] { writeTextFile(report_, jsonFromReport(outcome.report) + "\n"); });
    require(problem.empty(), problem);
  }

  int conclude(const Outcome& outcome) const {
    if (!quiet_ && !outcome.picture.empty()) printSummary(outcome.report);
    if (!quiet_) {
      for (const auto& remark : outcome.report.remarks) std::fprintf(stderr, "p2l: %s.\n", remark.c_str());
    }
    bool dumped = true;
    for (const auto& remark : outcome.report.remarks) {
      if (!remark.starts_with("There is no dump")) continue;
      if (quiet_) std::fprintf(stderr, "p2l: %s.\n", remark.c_str());
      dumped = false;
    }
    if (outcome.status == Outcome::Status::Completed) return dumped ? kDone : kFailed;
    std::fprintf(stderr, "p2l: %s\n", outcome.message.c_str());
    return outcome.status == Outcome::Status::Cancelled ? kInterrupted : kFailed;
  }

  void printSummary(const RunReport& report) const {
    std::printf("%s: residual %.3f (noise level %.3f)", out_.c_str(), report.residual, report.noise_level);
    for (const auto& spec : metricList()) {
      const double value = report.metric(spec.key);
      if (!std::isfinite(value)) continue;
      std::printf(", %s %.*f%s%s", spec.label.c_str(), spec.digits, value, spec.unit.empty() ? "" : " ",
                  spec.unit.c_str());
    }
    if (std::isfinite(report.psnr_measurement)) {
      std::printf(" (measurement %.2f dB", report.psnr_measurement);
      if (std::isfinite(report.psnr_autoencoder)) std::printf(", autoencoder alone %.2f dB", report.psnr_autoencoder);
      std::printf(")");
    }
    std::printf(", %.1f s, %.0f MiB\n", report.seconds, report.peak_memory_mb);
  }

  Session& session_;
  RequestOptions options_;
  RunInputs inputs_;  ///< the files' names only
  std::string out_, measurement_out_, report_, embedding_out_, snapshots_, lpips_;
  int threads_ = 0;
  bool quiet_ = false, drop_metadata_ = false;
};

}  // namespace

Command addRestoreCommand(CLI::App& app, Session& session) {
  return commandOf<RestoreCommand>(app, session);
}

}  // namespace p2l::cli
