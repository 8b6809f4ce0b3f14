// SPDX-License-Identifier: GPL-3.0-or-later
// Training of the embedded models on a person's own photos.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

#include "app/cli/command.h"
#include "app/cli/figures/line_plot.h"
#include "app/cli/figures/panel.h"
#include "app/cli/files.h"
#include "app/cli/progress/interrupt.h"
#include "app/cli/progress/progress_bar.h"
#include "app/cli/request_options.h"
#include "core/api/files.h"
#include "core/api/models.h"
#include "core/api/training.h"
#include "core/experiment/plan.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// log.csv: `step,name,value`, one row a number. Rows after the step that a training goes on from are dropped.
class TrainingLog {
 public:
  explicit TrainingLog(std::string path) : path_(std::move(path)) {}

  void keepUntil(int step) {
    std::ifstream in(path_);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      std::istringstream cells(line);
      std::string number, name, value;
      std::getline(cells, number, ',');
      std::getline(cells, name, ',');
      std::getline(cells, value);
      if (number.empty() || std::atoi(number.c_str()) > step) continue;
      add(std::atoi(number.c_str()), name, std::atof(value.c_str()));
    }
  }
  void add(int step, const TrainingNumbers& numbers) {
    for (const auto& [name, value] : numbers) add(step, name, value);
  }
  void checkWritable() const { checkFileOutput(path_); }
  void write() const { writeTextFile(path_, "step,name,value\n" + rows_); }
  const std::map<std::string, Curve>& curves() const { return curves_; }

 private:
  void add(int step, const std::string& name, double value) {
    auto& curve = curves_[name];
    if (!curve.x.empty() && curve.x.back() >= step) return;  // a checkpoint whose results are made again
    rows_ += concat(step, ',', name, ',', value, '\n');
    curve.label = name;
    curve.x.push_back(step);
    curve.y.push_back(value);
  }

  std::string path_, rows_;
  std::map<std::string, Curve> curves_;
};

/// Means over neighbouring points, so that a noisy curve can be read.
Curve smoothed(const Curve& curve) {
  const std::size_t group = std::max<std::size_t>(1, curve.x.size() / 100);
  Curve result{curve.label, {}, {}, {}};
  for (std::size_t i = 0; i + group <= curve.x.size(); i += group) {
    double sum = 0.0;
    for (std::size_t j = i; j < i + group; ++j) sum += curve.y[j] / static_cast<double>(group);
    result.x.push_back(curve.x[i + group - 1]);
    result.y.push_back(sum);
  }
  return result;
}

class TrainingReporter : public TrainingObserver {
 public:
  TrainingReporter(const TrainingRequest& request, const RunControl& control, bool quiet)
      : request_(request), control_(control), quiet_(quiet), log_((fs::path(request.out) / "log.csv").string()) {}

  void started(std::size_t photos, const std::vector<std::string>& left_out, int first_step,
               std::int64_t parameters) override {
    for (const auto& sentence : left_out) std::fprintf(stderr, "p2l: left out: %s\n", sentence.c_str());
    log_.checkWritable();
    if (first_step > 0) log_.keepUntil(first_step);
    first_step_ = first_step;
    begin_ = Clock::now();
    if (quiet_) return;
    std::printf("%zu photos, %.2f million weights; %s step %d of %d\n", photos, static_cast<double>(parameters) * 1e-6,
                first_step > 0 ? "goes on from" : "from", first_step, request_.steps);
    std::fflush(stdout);
  }

  void stepFinished(int step, const TrainingNumbers& numbers) override {
    log_.add(step, numbers);
    if (step % request_.checkpoint_every == 0 || step == request_.steps || control_.stopRequested()) writeAhead();
    if (quiet_ || step % 10 != 0) return;
    const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
    const double per_step = seconds / (step - first_step_);
    std::string text = concat("step ", step, "/", request_.steps);
    for (const auto& [name, value] : numbers) text += concat("  ", name, " ", shortNumber(value));
    std::printf("%s  %s left\n", text.c_str(), durationText(per_step * (request_.steps - step)).c_str());
    std::fflush(stdout);
  }

  void measured(int step, const TrainingNumbers& numbers, const std::vector<TrainingPicture>& pictures) override {
    log_.add(step, numbers);
    log_.write();
    try {
      showPictures(step, pictures);
    } catch (const Error& error) {  // they are extras: the training goes on without
      if (!std::exchange(said_, true)) std::fprintf(stderr, "p2l: %s\n", error.what());
    }
    if (quiet_) return;
    std::string text = concat("step ", step, ": checkpoint and model written");
    for (const auto& [name, value] : numbers) text += concat("; ", name, " ", shortNumber(value));
    std::printf("%s\n", text.c_str());
    std::fflush(stdout);
  }

 private:
  /// Before the checkpoint, which cannot tell of its steps again. What fails here is said after it.
  void writeAhead() const {
    try {
      log_.write();
    } catch (const Error&) {
    }
  }

  void showPictures(int step, const std::vector<TrainingPicture>& pictures) const {
    std::vector<Curve> losses;
    for (const auto& [name, curve] : log_.curves()) {
      if (name != "learning rate" && name != "gradient norm" && name.find(' ') == std::string::npos)
        losses.push_back(smoothed(curve));
    }
    const fs::path out(request_.out);
    writePhoto(linePlot("Training: loss", "steps", "loss", losses), (out / "loss.png").string(), "");
    std::vector<Tile> tiles;
    for (const auto& picture : pictures) tiles.push_back({picture.picture, picture.caption});
    if (!tiles.empty()) writePhoto(panelOf(tiles, 6), (out / concat("samples-", step, ".png")).string(), "");
  }

  static std::string shortNumber(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
  }

  const TrainingRequest& request_;
  const RunControl& control_;
  bool quiet_;
  bool said_ = false;  // why pictures are not written
  TrainingLog log_;
  int first_step_ = 0;
  Clock::time_point begin_{};
};

class TrainCommand {
 public:
  TrainCommand(CLI::App& app, Session& session) : session_(session) {
    app.add_option(
           "PART", part_,
           "What is trained: autoencoder, detail (a second decoder for the end of restorations), latent (UNet and text "
           "encoder) or pixel (UNet)")
        ->required()
        ->check(CLI::IsMember({"autoencoder", "detail", "latent", "pixel"}));
    app.add_option("PHOTO", photos_, "Photos, or folders of photos, to train on")->required()->type_name("FILE|FOLDER");
    app.add_option("--from", request_.from, "Model folder to start from; default: p2l-tiny (pixel: p2l-tiny-pixel)")
        ->check(
            [](const std::string& name) { return name.empty() ? "the name of the folder is empty" : std::string(); },
            "");
    app.add_flag("--fresh", request_.fresh, "Take only the configs of that model and begin with random weights");
    app.add_flag(
        "--widen", request_.widen,
        "Weights with fewer channels than their config says (a copy of a model's folder, its config edited) are "
        "continued with small random ones");
    addOutput(app, "--out", request_.out, "Folder for model/, checkpoint.safetensors, log.csv, loss.png, samples-N.png",
              "FOLDER")
        ->required()
        ->group("Options");
    app.add_option("--test", test_,
                   "Photos for measuring and for samples-N.png, never trained on; without them samples-N.png shows two "
                   "training photos, and nothing is measured")
        ->type_name("FILE|FOLDER");
    app.add_option("--weight", weights_, "PART=W: how often photos with PART in their path are taken; default: 1")
        ->type_name("PART=W");
    number(app, "--steps", request_.steps, "Steps");
    number(app, "--batch", request_.batch, "Crops a step");
    number(app, "--crop", request_.crop, "Side of the crops in pixels");
    number(app, "--learning-rate", request_.learning_rate, "Largest learning rate of AdamW");
    number(app, "--warm-up", request_.warm_up, "Steps in which the learning rate rises");
    number(app, "--ema", request_.ema_decay, "Decay of the averaged weights, which are the result");
    number(app, "--gradient-clip", request_.gradient_clip, "Largest norm of the gradient");
    app.add_option("--precision", precision_,
                   "Number format of convolutions and products: fp32; bf16, with the weights in float32; auto: as the "
                   "checkpoint "
                   "began, else bf16 on a card and where the processor has instructions for it; default: auto")
        ->check(CLI::IsMember({"auto", "fp32", "bf16"}));
    app.add_option("--device", request_.device,
                   "auto (default), cpu or cuda:N; a checkpoint goes on on another device, too")
        ->type_name("DEVICE");
    app.add_option("--seed", seed_, "Seed of crops, noise and fresh weights; default: 0")->type_name("N");
    number(app, "--checkpoint-every", request_.checkpoint_every, "Steps from checkpoint to checkpoint");
    app.add_flag("--encoder-only", request_.encoder_only, "autoencoder: the decoder stays as it is");
    number(app, "--trips", request_.trips, "autoencoder: round trips with gradients in the loss");
    number(app, "--blind-trips", request_.blind_trips,
           "autoencoder: at most so many round trips without gradients before them");
    number(app, "--fixed-point", request_.fixed_point, "autoencoder: weight of those trips' distance to the first");
    number(app, "--noise", request_.noise,
           "autoencoder: largest deviation of noise that the encoder learns to leave out");
    number(app, "--gradient-weight", request_.gradient_weight, "autoencoder: weight of pixel-to-pixel differences");
    number(app, "--anchor", request_.anchor, "autoencoder: weight of the latents' distance to the model's before");
    number(app, "--latent-noise", request_.latent_noise,
           "autoencoder: largest deviation of noise in half of the latents");
    number(app, "--hold-scale", request_.hold_scale,
           "autoencoder: weight of the latents' distance from mean 0 and deviation 1; with --widen, of the added ones");
    app.add_option("--lpips", request_.lpips,
                   "detail: lpips_alex.safetensors or lpips_vgg.safetensors to train by; given twice: both")
        ->type_name("FILE")
        ->allow_extra_args(false);
    number(app, "--lpips-weight", request_.lpips_weight, "detail: weight of LPIPS beside the pictures' distance");
    app.add_option("--captions", captions_,
                   "latent: whole, words for a crop as a whole; or regions, random parts of those, of sharpness "
                   "and direction, and of brightness and hue of five regions, for models with long prompts "
                   "(p2l-tiny's 16 tokens cut most regions off); default: whole")
        ->check(CLI::IsMember({"whole", "regions"}));
    number(app, "--null-prompts", request_.null_prompts, "latent: share of crops without a caption");
    number(app, "--min-snr", request_.min_snr, "latent, pixel: gamma of the min-SNR weights");
    number(app, "--low-levels", request_.low_levels,
           "latent, pixel: share of crops whose noise level lies below 0.35 T, where restorations that start from a "
           "picture spend their steps");
    app.add_option("--threads", threads_, "Processor threads; default: all cores")->check(CLI::Range(1, 1024));
    app.add_flag("--quiet", quiet_, "Print errors only");
  }

  int run() {
    using Part = TrainingRequest::Part;
    request_.part = part_ == "autoencoder" ? Part::Autoencoder
                    : part_ == "detail"    ? Part::Detail
                    : part_ == "latent"    ? Part::Latent
                                           : Part::Pixel;
    if (request_.from.empty()) request_.from = request_.part == Part::Pixel ? "p2l-tiny-pixel" : "p2l-tiny";
    request_.from = modelPath(session_.catalogue(), request_.from);
    using Precision = TrainingRequest::Precision;
    request_.precision = precision_ == "fp32"   ? Precision::Float32
                         : precision_ == "bf16" ? Precision::BFloat16
                                                : Precision::Auto;
    using Captions = TrainingRequest::Captions;
    request_.captions = captions_ == "regions" ? Captions::Regions : Captions::Whole;
    request_.seed = seedFrom("--seed", seed_);
    request_.weights = weightsFromTexts();
    request_.photos = photosFrom(photos_);
    if (!test_.empty()) request_.test_photos = photosFrom(test_);
    std::erase_if(request_.photos, [&](const std::string& photo) { return isTestPhoto(photo); });
    if (request_.photos.empty()) throw UsageError("All photos are test photos: give others to train on.");
    refuseLosses(outputs());
    usage([&] { checkTraining(request_); });
    if (threads_ > 0) setThreadCount(threads_);
    RunControl control;
    const InterruptGuard interrupt(control);
    TrainingReporter reporter(request_, control, quiet_);
    return train(request_, reporter, control) ? kDone : kInterrupted;
  }

 private:
  OutputCheck outputs() const {
    OutputCheck check;
    for (const auto* photos : {&request_.photos, &request_.test_photos}) {
      for (const auto& photo : *photos) check.reads("a photo", photo);
    }
    check.reads("--from", request_.from);
    check.writesInto("--out", request_.out,
                     {"model/*", "checkpoint.safetensors", "log.csv", "loss.png", "samples-*.png"});
    return check;
  }

  bool isTestPhoto(const std::string& photo) const {
    std::error_code problem;
    return std::any_of(request_.test_photos.begin(), request_.test_photos.end(),
                       [&](const auto& test) { return fs::equivalent(photo, test, problem); });
  }

  template <class Number>
  static void number(CLI::App& app, const char* name, Number& value, const char* help) {
    app.add_option(name, value, concat(help, "; default: ", value));
  }

  std::map<std::string, double> weightsFromTexts() const {
    std::map<std::string, double> weights;
    for (const auto& text : weights_) {
      const auto equals = text.rfind('=');
      char* end = nullptr;
      const double value = equals == std::string::npos ? -1.0 : std::strtod(text.c_str() + equals + 1, &end);
      if (equals == 0 || end == text.c_str() + equals + 1 || !(value >= 0.0 && std::isfinite(value)) || *end != '\0')
        throw UsageError("--weight takes PART=W with W from 0 on, found " + text + ".");
      weights[text.substr(0, equals)] = value;
    }
    return weights;
  }

  static TrainingRequest onTheBestDevice() {
    TrainingRequest request;
    request.device = "auto";
    return request;
  }

  Session& session_;
  TrainingRequest request_ = onTheBestDevice();
  std::string part_, captions_ = "whole", precision_ = "auto", seed_ = "0";
  std::vector<std::string> photos_, test_, weights_;
  int threads_ = 0;
  bool quiet_ = false;
};

}  // namespace

Command addTrainCommand(CLI::App& app, Session& session) {
  return commandOf<TrainCommand>(app, session);
}

}  // namespace p2l::cli
