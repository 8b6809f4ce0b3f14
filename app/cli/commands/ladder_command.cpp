// SPDX-License-Identifier: GPL-3.0-or-later
// The ablation ladder of P2L (paper Table 3), run on one photo.
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/expected_time.h"
#include "app/cli/files.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress_bar.h"
#include "app/cli/request_options.h"
#include "core/api/files.h"
#include "core/experiment/ladder.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;

struct Row {
  std::string label, picture;
  RunReport report;
};

class WithProgress : public RunObserver {
 public:
  explicit WithProgress(ProgressBar& bar) : bar_(bar) {}
  Pictures wantedPictures() const override { return Pictures::None; }
  void runStarted(const RunStart& start) override { bar_.start(start); }
  void stepFinished(std::uint64_t, const StepReport& step) override { bar_.show(step); }

 private:
  ProgressBar& bar_;
};

std::string number(double value, const char* format) {
  if (!std::isfinite(value)) return "-";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

class LadderCommand {
 public:
  LadderCommand(CLI::App& app, Session& session)
      : session_(session), options_(app, session.catalogue(), RequestOptions::Extent::Restore) {
    addOutput(app, "--out", out_, "Folder for a picture of every rung, ladder.csv and ladder.md", "FOLDER")->required();
    app.add_option("--threads", threads_, "Processor threads; default: all cores")->check(CLI::Range(1, 1024));
    app.add_flag("--quiet", quiet_, "No progress")->group("Output");
  }

  int run() {
    const auto request = options_.request();
    if (request.solver != "p2l")
      throw UsageError(concat("The ladder is one of the solver p2l, found --solver ", request.solver, "."));
    const auto ladder = ladderOf(session_.catalogue(), request);
    notes_ = ladder.notes;
    auto check = inputsToKeep(request, session_.catalogue());
    check.reads("--request", options_.requestFile());
    check.writesInto("--out", out_, {"[0-9]*-*.png", "ladder.csv", "ladder.md"});
    refuseLosses(check);
    makeFolder();
    if (threads_ > 0) setThreadCount(threads_);
    const auto inputs = readInputs(request, quiet_);

    RunControl control;
    const InterruptGuard interrupt(control);
    std::vector<RestoreRequest> requests;
    for (const auto& rung : ladder.rungs) requests.push_back(rung.request);
    if (!quiet_) tellTime(session_, requests, inputs.photo);
    for (const auto& rung : ladder.rungs) {
      if (!quiet_) std::fprintf(stderr, "%s\n", rung.label.c_str());
      ProgressBar bar(quiet_);
      WithProgress observer(bar);
      const auto outcome = session_.run(rung.request, inputs, observer, control);
      bar.clear();
      if (outcome.status != Outcome::Status::Completed) {
        if (!rows_.empty()) writeTables();
        std::fprintf(stderr, "p2l: %s: %s\n", rung.label.c_str(), outcome.message.c_str());
        return outcome.status == Outcome::Status::Cancelled ? kInterrupted : kFailed;
      }
      if (rows_.empty()) savePicture(outcome.baseline, at("0-measurement.png"), "");
      const auto picture = concat(rows_.size() + 1, "-", rung.id, ".png");
      savePicture(outcome.picture, at(picture), jsonFromRequest(outcome.report.request));
      rows_.push_back({rung.label, picture, outcome.report});
    }
    writeTables();
    std::fputs(markdown().c_str(), stdout);
    return kDone;
  }

 private:
  void makeFolder() const {
    std::error_code code;
    fs::create_directories(out_, code);
    require(fs::is_directory(out_), out_, " cannot be made a folder for the ladder: ",
            code ? code.message() : std::string("there is a file of that name"), ".");
    checkWritable(at("ladder.csv"));
  }

  std::string at(const std::string& name) const { return (fs::path(out_) / name).string(); }

  void writeTables() const {
    std::string csv = "rung,psnr,ssim,residual,noise_level,seconds,picture\n";
    for (const auto& row : rows_) {
      const auto& report = row.report;
      csv += concat(row.label, ",", number(report.metric("psnr"), "%.4f"), ",", number(report.metric("ssim"), "%.5f"),
                    ",", number(report.residual, "%.4f"), ",", number(report.noise_level, "%.4f"), ",",
                    number(report.seconds, "%.2f"), ",", row.picture, "\n");
    }
    writeTextFile(at("ladder.csv"), csv);
    writeTextFile(at("ladder.md"), markdown());
  }

  std::string markdown() const {
    std::string text =
        "| rung | PSNR (dB) | SSIM | residual | noise level | seconds |\n"
        "|---|---|---|---|---|---|\n";
    for (const auto& row : rows_) {
      const auto& report = row.report;
      text += concat("| ", row.label, " | ", number(report.metric("psnr"), "%.2f"), " | ",
                     number(report.metric("ssim"), "%.3f"), " | ", number(report.residual, "%.2f"), " | ",
                     number(report.noise_level, "%.2f"), " | ", number(report.seconds, "%.1f"), " |\n");
    }
    text +=
        concat("\n- All rungs have P2L's values; ρ is not the one that suits ", rows_.front().label, " alone best.\n");
    for (const auto& note : notes_) text += "- " + note + "\n";
    return text;
  }

  Session& session_;
  RequestOptions options_;
  std::string out_;
  int threads_ = 0;
  bool quiet_ = false;
  std::vector<std::string> notes_;
  std::vector<Row> rows_;
};

}  // namespace

Command addLadderCommand(CLI::App& app, Session& session) {
  return commandOf<LadderCommand>(app, session);
}

}  // namespace p2l::cli
