// SPDX-License-Identifier: GPL-3.0-or-later
// The ablation ladder of P2L (paper Table 3), run on one photo.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "app/cli/analysis.h"
#include "app/cli/command.h"
#include "app/cli/progress/expected_time.h"
#include "app/cli/progress/interrupt.h"
#include "app/cli/progress/progress_bar.h"
#include "core/experiment/ladder.h"

namespace p2l::cli {
namespace {

struct Row {
  std::string label, picture;
  RunReport report;
};

std::string number(double value, int digits) {
  const auto text = csvNumber(value, digits);
  return text.empty() ? "-" : text;
}

class LadderCommand : private Analysis {
 public:
  LadderCommand(CLI::App& app, Session& session) : Analysis(app, session, RequestOptions::Extent::Restore) {
    addOutputs(app, "Folder for a picture of every rung, ladder.csv and ladder.md", "No progress");
  }

  int run() {
    const auto request = options_.request();
    if (request.solver != "p2l")
      throw UsageError(concat("The ladder is one of the solver p2l, found --solver ", request.solver, "."));
    const auto ladder = ladderOf(session_.catalogue(), request);
    notes_ = ladder.notes;
    const auto folder = open({request}, {"[0-9]*-*.png", "ladder.csv", "ladder.md"});
    const auto inputs = inputsOf(request);

    RunControl control;
    const InterruptGuard interrupt(control);
    std::vector<RestoreRequest> requests;
    for (const auto& rung : ladder.rungs) requests.push_back(rung.request);
    if (!quiet_) tellTime(session_, requests, inputs.photo);
    for (const auto& rung : ladder.rungs) {
      if (!quiet_) std::fprintf(stderr, "%s\n", rung.label.c_str());
      ProgressBar bar(quiet_);
      BarObserver observer(bar);
      const auto outcome = session_.run(rung.request, inputs, observer, control);
      bar.clear();
      if (outcome.status != Outcome::Status::Completed) {
        if (!rows_.empty()) writeTables(folder);
        std::fprintf(stderr, "p2l: %s: %s\n", rung.label.c_str(), outcome.message.c_str());
        return outcome.status == Outcome::Status::Cancelled ? kInterrupted : kFailed;
      }
      if (rows_.empty()) folder.picture("0-measurement.png", outcome.baseline);
      const auto picture = concat(rows_.size() + 1, "-", rung.id, ".png");
      folder.picture(picture, outcome.picture, jsonForPicture(outcome.report.request, outcome.report));
      rows_.push_back({rung.label, picture, outcome.report});
    }
    writeTables(folder);
    std::fputs(markdown().c_str(), stdout);
    return kDone;
  }

 private:
  void writeTables(const AnalysisFolder& folder) const {
    std::string csv = "rung,psnr,ssim,residual,noise_level,seconds,picture\n";
    for (const auto& row : rows_) {
      const auto& report = row.report;
      csv += concat(row.label, ",", number(report.metric("psnr"), 4), ",", number(report.metric("ssim"), 5), ",",
                    number(report.residual, 4), ",", number(report.noise_level, 4), ",", number(report.seconds, 2), ",",
                    row.picture, "\n");
    }
    folder.text("ladder.csv", csv);
    folder.text("ladder.md", markdown());
  }

  std::string markdown() const {
    std::string text =
        "| rung | PSNR (dB) | SSIM | residual | noise level | seconds |\n"
        "|---|---|---|---|---|---|\n";
    for (const auto& row : rows_) {
      const auto& report = row.report;
      text += concat("| ", row.label, " | ", number(report.metric("psnr"), 2), " | ", number(report.metric("ssim"), 3),
                     " | ", number(report.residual, 2), " | ", number(report.noise_level, 2), " | ",
                     number(report.seconds, 1), " |\n");
    }
    text +=
        concat("\n- All rungs have P2L's values; ρ is not the one that suits ", rows_.front().label, " alone best.\n");
    for (const auto& note : notes_) text += "- " + note + "\n";
    return text;
  }

  std::vector<std::string> notes_;
  std::vector<Row> rows_;
};

}  // namespace

Command addLadderCommand(CLI::App& app, Session& session) {
  return commandOf<LadderCommand>(app, session);
}

}  // namespace p2l::cli
