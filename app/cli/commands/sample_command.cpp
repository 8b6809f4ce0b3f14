// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures drawn from the model alone: what a text, or an embedding that P2L has tuned on a measurement, says to it
// (paper, Fig. 12).
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <string>
#include <vector>

#include "app/cli/analyse_files.h"
#include "app/cli/command.h"
#include "app/cli/figures/panel.h"
#include "app/cli/files.h"
#include "app/cli/progress/interrupt.h"
#include "app/cli/request_options.h"
#include "core/api/files.h"

namespace p2l::cli {
namespace {

const char* const kGuidance = "guidance";

class SampleCommand {
 public:
  SampleCommand(CLI::App& app, Session& session) : session_(session) {
    app.add_option("--prompt", request_.prompt, "Text to draw from; default: empty")->type_name("TEXT");
    app.add_option("--embedding", request_.embedding,
                   "Embedding in place of a text, as `p2l restore --save-embedding` writes it; or a textual inversion "
                   "(safetensors), whose word may stand in --prompt")
        ->type_name("FILE");
    app.add_option("--guidance", guidance_,
                   "Scales of classifier-free guidance, such as 1,3,7.5: a row of pictures for each; default: 1")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("W,...");
    app.add_option("--count", request_.count, "Pictures for each scale, with consecutive seeds; default: 4")
        ->check(CLI::Range(1, 10000));
    app.add_option("--seed", seed_, "Seed of the first picture; default: 0")->type_name("N");
    app.add_option("--steps", steps_, "Sampling steps; default: 50")->type_name("N");
    app.add_option("--sampler", sampler_values_, "Any setting of the sampler, such as eta=1; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    app.add_option("--size", sides_, "N or WIDTHxHEIGHT in pixels; default: as the model was trained")->type_name("N");
    addModel(app, request_.model, request_.model_options, request_.device);
    addThreads(app, threads_);
    addOutput(app, "--out", out_, "Folder for the pictures and their contact sheet, sheet.png", "FOLDER")
        ->required()
        ->group("Options");
    app.add_flag("--quiet", quiet_, "No progress, no summary");
    request_.count = 4;
  }

  int run() {
    const auto rows = requests();
    OutputCheck check;
    check.reads("--embedding", request_.embedding);
    keepModel(check, session_.catalogue(), request_.model, request_.model_options);
    check.writesInto("--out", out_, {"w*_seed*.png", "sheet.png"});
    refuseLosses(check);
    const AnalysisFolder folder(out_);
    useThreads(threads_);
    RunControl control;
    const InterruptGuard interrupt(control);
    std::vector<Tile> tiles;
    std::vector<std::string> remarks;
    const bool on_terminal = !quiet_ && ::isatty(STDERR_FILENO) == 1;
    for (const auto& row : rows) {
      const auto w = textFromValue(row.sampler_values.at(kGuidance));
      session_.sample(
          row,
          [&](int index, const Image& picture) {
            const auto seed = row.seed + static_cast<std::uint64_t>(index);
            folder.picture(concat("w", w, "_seed", seed, ".png"), picture);
            tiles.push_back({picture, concat("w ", w, "\nseed ", seed)});
            if (on_terminal) std::fprintf(stderr, "\r%zu of %zu pictures", tiles.size(), rows.size() * row.count);
          },
          control, &remarks);
    }
    if (on_terminal && !tiles.empty()) std::fprintf(stderr, "\n");
    for (const auto& remark : remarks) {
      if (!quiet_) std::fprintf(stderr, "p2l: %s.\n", remark.c_str());
    }
    if (!tiles.empty()) folder.picture("sheet.png", panelOf(tiles, request_.count));
    if (control.stopRequested()) {
      std::fprintf(stderr, "p2l: Stopped after %zu pictures\n", tiles.size());
      return kInterrupted;
    }
    if (!quiet_) std::printf("%s: %zu pictures, sheet.png\n", out_.c_str(), tiles.size());
    return kDone;
  }

 private:
  /// A request for each scale. @throws UsageError
  std::vector<SampleRequest> requests() const {
    auto request = request_;
    if (!request.prompt.empty() && !request.embedding.empty() && !textualInversionIn(request.embedding))
      throw UsageError("Pictures are drawn from a text or an embedding: give --prompt or --embedding, not both.");
    request.seed = seedFrom("--seed", seed_);
    takeSize(request);
    const auto& specs = session_.catalogue().sampler;
    setValues(request.sampler_values, {"steps=" + steps_}, specs, "--steps", "sampler");
    setValues(request.sampler_values, sampler_values_, specs, "--sampler", "sampler");
    std::vector<SampleRequest> rows;
    for (const auto& w : guidance_) {
      rows.push_back(request);
      setValues(rows.back().sampler_values, {concat(kGuidance, "=", w)}, specs, "--guidance", "sampler");
    }
    return rows;
  }

  void takeSize(SampleRequest& request) const {
    if (sides_.empty()) return;
    const auto cross = sides_.find('x');
    const auto side = [&](const std::string& text) {
      const bool whole = !text.empty() && text.size() < 6 &&
                         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
      if (!whole || std::stoi(text) == 0)
        throw UsageError(concat("--size takes N or WIDTHxHEIGHT in pixels, found ", sides_, "."));
      return std::stoi(text);
    };
    request.width = side(sides_.substr(0, cross));
    request.height = cross == std::string::npos ? request.width : side(sides_.substr(cross + 1));
  }

  Session& session_;
  SampleRequest request_;
  std::vector<std::string> guidance_{"1"}, sampler_values_;
  std::string seed_ = "0", steps_ = "50", sides_, out_;
  int threads_ = 0;
  bool quiet_ = false;
};

}  // namespace

Command addSampleCommand(CLI::App& app, Session& session) {
  return commandOf<SampleCommand>(app, session);
}

}  // namespace p2l::cli
