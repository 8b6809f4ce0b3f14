// SPDX-License-Identifier: GPL-3.0-or-later
// The ablation ladder of P2L (paper Table 3): the same measurement, seed and values, with the parts of the algorithm
// switched on one after the other.
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/files.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress_bar.h"
#include "app/cli/request_options.h"
#include "core/api/photo_file.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;

/// A row of Table 3: which parts of P2L are on.
struct Rung {
  const char* file;
  const char* label;
  bool range;   ///< encode again
  bool gamma;   ///< ... after the data step Γ
  bool prompt;  ///< tune the prompt
};

constexpr Rung kRungs[] = {
    {"1-ldps", "LDPS", false, false, false},
    {"2-prompt", "+ prompt tuning alone", false, false, true},
    {"3-range", "+ projection to the encoder's range", true, false, false},
    {"4-projection", "+ data step before it", true, true, false},
    {"5-p2l", "+ prompt tuning = P2L", true, true, true},
};

struct Row {
  const Rung* rung;
  RunReport report;
};

/// With the history gradient the lowest rung is LDIR.
std::string labelOf(const Row& row) {
  const bool history = choiceOf(row.report.request.solver_values, "z_update") == "adam";
  return history && row.rung == kRungs ? "LDIR" : row.rung->label;
}

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
  LadderCommand(CLI::App& app, Engine& engine)
      : engine_(engine), options_(app, engine.catalogue(), RequestOptions::Extent::Restore) {
    app.add_option("--out", out_, "Folder for a picture of every rung, ladder.csv and ladder.md")
        ->type_name("FOLDER")
        ->group("Output")
        ->required();
    app.add_option("--threads", threads_, "Processor threads; all cores unless given")->check(CLI::Range(1, 1024));
    app.add_flag("--quiet", quiet_, "No progress")->group("Output");
  }

  int run() {
    const auto full = options_.request();
    checkRequest(full);
    makeFolder();
    if (threads_ > 0) setThreadCount(threads_);
    const auto inputs = readInputs(full, quiet_);

    RunControl control;
    const InterruptGuard interrupt(control);
    for (const auto& rung : kRungs) {
      if (!quiet_) std::fprintf(stderr, "%s\n", rung.label);
      ProgressBar bar(quiet_);
      WithProgress observer(bar);
      const auto outcome = engine_.run(requestOf(full, rung), inputs, observer, control);
      bar.clear();
      if (outcome.status != Outcome::Status::Completed) {
        if (!rows_.empty()) writeTables();
        std::fprintf(stderr, "p2l: %s: %s\n", rung.label, outcome.message.c_str());
        return outcome.status == Outcome::Status::Cancelled ? kInterrupted : kFailed;
      }
      if (rows_.empty()) savePicture(outcome.baseline, at("0-measurement.png"), "");
      savePicture(outcome.picture, at(std::string(rung.file) + ".png"), jsonFromRequest(outcome.report.request));
      rows_.push_back({&rung, outcome.report});
    }
    writeTables();
    std::fputs(markdown().c_str(), stdout);
    return kDone;
  }

 private:
  static void checkRequest(const RestoreRequest& request) {
    if (request.solver != "p2l")
      throw UsageError(concat("The ladder is one of the solver p2l, found --solver ", request.solver, "."));
    if (integerOf(request.solver_values, "K") == 0)
      throw UsageError("The ladder switches prompt tuning on and off: K must be 1 or more, found 0.");
    const auto& projection = choiceOf(request.solver_values, "projection");
    if (projection != "proximal" && projection != "gluing")
      throw UsageError(
          concat("The ladder switches the projection on and off: projection must be proximal or gluing, found ",
                 projection, "."));
  }

  static RestoreRequest requestOf(RestoreRequest request, const Rung& rung) {
    if (!rung.prompt) request.solver_values["K"] = 0.0;
    if (!rung.gamma) request.solver_values["projection"] = std::string(rung.range ? "range" : "off");
    return request;
  }

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
      csv += concat(labelOf(row), ",", number(report.psnr, "%.4f"), ",", number(report.ssim, "%.5f"), ",",
                    number(report.residual, "%.4f"), ",", number(report.noise_level, "%.4f"), ",",
                    number(report.seconds, "%.2f"), ",", row.rung->file, ".png\n");
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
      text += concat("| ", labelOf(row), " | ", number(report.psnr, "%.2f"), " | ", number(report.ssim, "%.3f"), " | ",
                     number(report.residual, "%.2f"), " | ", number(report.noise_level, "%.2f"), " | ",
                     number(report.seconds, "%.1f"), " |\n");
    }
    return text;
  }

  Engine& engine_;
  RequestOptions options_;
  std::string out_;
  int threads_ = 0;
  bool quiet_ = false;
  std::vector<Row> rows_;
};

}  // namespace

Command addLadderCommand(CLI::App& app, Engine& engine) {
  const auto command = std::make_shared<LadderCommand>(app, engine);
  return [command] { return command->run(); };
}

}  // namespace p2l::cli
