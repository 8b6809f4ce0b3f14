// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "app/cli/command.h"
#include "app/cli/files.h"
#include "app/cli/request_options.h"
#include "core/api/files.h"

namespace p2l::cli {
namespace {

class DegradeCommand {
 public:
  DegradeCommand(CLI::App& app, Session& session)
      : session_(session), options_(app, session.catalogue(), RequestOptions::Extent::Degrade) {
    const auto output = [&](const char* flag, std::string& path, const char* help) {
      return addOutput(app, flag, path, help);
    };
    output("--out", out_, "The measurement y as a picture of its own size")->required();
    output("--plain-out", plain_out_, "The plain picture made from it: enlarged, blurred or with grey holes");
    output("--truth-out", truth_out_, "The truth: the photo as cut and resized by --size");
    output("--telea-out", telea_out_, "The holes filled by Telea's method (OpenCV): the plain baseline of masks");
    output("--report", report_,
           "Numbers as JSON: psnr_measurement, ssim_measurement, psnr_telea, ssim_telea, noise_level, request");
    addMetadataOption(app, drop_metadata_);
    app.add_flag("--quiet", quiet_, "No summary")->group("Output");
  }

  int run() {
    auto request = options_.request();
    request.mode = Mode::Demonstrate;
    auto check = inputsToKeep(request, session_.catalogue());
    check.reads("--request", options_.requestFile());
    check.writes("--out", out_);
    check.writes("--plain-out", plain_out_);
    check.writes("--truth-out", truth_out_);
    check.writes("--telea-out", telea_out_);
    check.writes("--report", report_);
    refuseLosses(check);
    for (const auto* path : {&out_, &plain_out_, &truth_out_, &telea_out_}) checkPictureOutput(*path);
    checkFileOutput(report_);
    const bool with_telea = !telea_out_.empty() || !report_.empty();
    PhotoOrigin origin;
    const auto inputs = options_.inputs(request, quiet_, &origin);
    if (drop_metadata_) origin.exif.clear();
    const auto outcome = degrade(session_.catalogue(), request, inputs, with_telea);
    const auto save = [&](const Image& image, const std::string& path) { savePicture(image, path, "", {}, origin); };
    if (!telea_out_.empty()) {
      requireHoles(outcome, request);
      save(outcome.telea, telea_out_);
    }
    save(outcome.measurement, out_);
    if (!plain_out_.empty()) save(outcome.baseline, plain_out_);
    if (!truth_out_.empty()) save(outcome.truth, truth_out_);
    if (!report_.empty()) writeTextFile(report_, jsonFromReport(outcome.report) + "\n");
    if (!quiet_) {
      std::printf("%s: %d x %d pixels, PSNR %.2f dB\n", out_.c_str(), outcome.measurement.width,
                  outcome.measurement.height, outcome.report.psnr_measurement);
      for (const auto& remark : outcome.report.remarks) std::fprintf(stderr, "p2l: %s.\n", remark.c_str());
    }
    return kDone;
  }

 private:
  /// Of several tasks in a row only the last one's can be seen in the picture.
  static void requireHoles(const Outcome& outcome, const RestoreRequest& request) {
    if (!outcome.telea.empty()) return;
    std::string tasks;
    for (const auto& each : request.degradations) tasks += (tasks.empty() ? "" : " and then ") + each.id;
    const bool several = request.degradations.size() > 1;
    throw UsageError(concat("--telea-out is for a single task that makes holes, such as inpaint, ",
                            several ? "or a row of tasks that ends with one, " : "", "found ", tasks,
                            several ? ": leave --telea-out or --then out." : ": leave --telea-out out."));
  }

  Session& session_;
  RequestOptions options_;
  std::string out_, plain_out_, truth_out_, telea_out_, report_;
  bool quiet_ = false, drop_metadata_ = false;
};

}  // namespace

Command addDegradeCommand(CLI::App& app, Session& session) {
  return commandOf<DegradeCommand>(app, session);
}

}  // namespace p2l::cli
