// SPDX-License-Identifier: GPL-3.0-or-later
// Measures P2L for super-resolution on one fixed input. The same input, as two safetensors files, can be given to a
// Python program in the same run, so that the ratios mean something on any machine.
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <thread>

#include "app/cli/child_process.h"
#include "app/cli/command.h"
#include "app/cli/request_options.h"
#include "core/api/files.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr int kFactor = 4;
constexpr double kNoise = 0.01;
constexpr const char* kCardMemory = "peak_device_memory_mb";

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A folder that is removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    auto name = (fs::temp_directory_path() / "p2l-bench-XXXXXX").string();
    require(::mkdtemp(name.data()) != nullptr, "No temporary folder can be made in ",
            fs::temp_directory_path().string(), ".");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

/// One float32 tensor as a safetensors file: length of the header, header, numbers.
void writeTensor(const std::string& path, const char* name, const std::vector<int>& shape,
                 const std::vector<float>& values) {
  static_assert(std::endian::native == std::endian::little);
  const std::uint64_t bytes = values.size() * sizeof(float);
  const Json json = {{name, {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {0, bytes}}}}};
  std::string header = json.dump();
  header.resize((header.size() + 7) / 8 * 8, ' ');
  const std::uint64_t length = header.size();
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&length), sizeof length);
  file.write(header.data(), static_cast<std::streamsize>(header.size()));
  file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(bytes));
  file.close();
  require(file.good(), path, " cannot be written.");
}

/// Means over kFactor x kFactor windows plus noise, [3, size / 4, size / 4] on [-1, 1]: y of the task sr.
std::vector<float> measurementOf(const Image& photo, std::mt19937_64& generator) {
  std::normal_distribution<float> noise(0.0f, static_cast<float>(kNoise));
  const int size = photo.width / kFactor;
  std::vector<float> y;
  for (int c = 0; c < 3; ++c) {
    for (int v = 0; v < size; ++v) {
      for (int u = 0; u < size; ++u) {
        float sum = 0.0f;
        for (int i = 0; i < kFactor * kFactor; ++i) {
          sum += photo.at(u * kFactor + i % kFactor, v * kFactor + i / kFactor, c);
        }
        y.push_back(2.0f * sum / (kFactor * kFactor) - 1.0f + noise(generator));
      }
    }
  }
  return y;
}

/// Libraries may print before it.
Json lastLineAsJson(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const auto start = text.rfind('\n');
  return Json::parse(start == std::string::npos ? text : text.substr(start + 1), nullptr, /*allow_exceptions=*/false);
}

class WithoutPictures : public RunObserver {
 public:
  Pictures wantedPictures() const override { return Pictures::None; }
};

class BenchCommand {
 public:
  BenchCommand(CLI::App& app, Session& session) : session_(session) {
    app.add_option("--size", size_, "Side of the picture; default: 256")->check(CLI::Range(32, 4096));
    app.add_option("--steps", steps_, "Sampling steps; default: 20")->check(CLI::Range(1, 1000));
    app.add_option("--set", values_, "A parameter of P2L; default: K=3 and gamma=4")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
    app.add_option("--repeat", repeat_, "Runs of each in one process, of which the fastest counts; default: 1")
        ->check(CLI::Range(1, 100));
    addThreads(app, threads_);
    app.add_option("--model", model_, "Name, folder or checkpoint file of the model; default: p2l-tiny")
        ->type_name("NAME|PATH");
    addModelOptions(app, options_, "Model");
    app.add_option("--device", device_, "auto, cpu (default) or cuda:N")->type_name("DEVICE");
    app.add_flag("--networks", networks_, "Measure each network of the model instead of P2L");
    app.add_option("--python", python_, "A Python with PyTorch and diffusers, to compare with")->type_name("PROGRAM");
    app.add_option("--reference", reference_, "The Python program; default: that of tests/parity")->type_name("FILE");
    app.add_flag("--json", json_, "The numbers as JSON");
  }

  int run() {
    request_ = makeRequest();
    const bool compare = !python_.empty();
    if (compare) checkPython();
    if (threads_ == 0) threads_ = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    setThreadCount(threads_);

    const auto start = Clock::now();
    const auto model = session_.loadModel(model_, device_, options_);
    result_["load_seconds"] = secondsSince(start);
    require(size_ % std::max(model.size_multiple, kFactor) == 0, "The size must be a multiple of ",
            std::max(model.size_multiple, kFactor), " for the model ", model.name, ", found ", size_, ".");
    // What is ours is said before the Python program begins: it may fail, or take too long.
    std::FILE* const measured = json_ ? stderr : stdout;
    if (networks_) {
      result_["networks"] = session_.networkSeconds(model_, device_, options_, size_, repeat_);
      if (compare || !json_) printNetworks(measured, model);
      if (compare) compareNetworks(model);
    } else {
      folder_.emplace();
      makeInputs(model);
      measure();
      if (compare || !json_) printTable(measured);
      if (compare) comparePython(model);
    }
    if (json_) {
      std::puts(result_.dump(2).c_str());
    } else if (compare) {
      networks_ ? printPythonNetworks() : printPython();
    }
    return kDone;
  }

 private:
  RestoreRequest makeRequest() {
    if (values_.empty()) values_ = {"K=3", "gamma=4"};
    RestoreRequest request;
    request.mode = Mode::Restore;
    request.degradation().values["factor"] = double{kFactor};
    request.noise = kNoise;
    request.solver = "p2l";
    request.sampler_values["steps"] = double(steps_);
    request.model = model_;
    request.model_options = options_;
    request.device = device_;
    try {
      const auto& specs = session_.catalogue().solver(request.solver).parameters;
      for (const auto& text : values_) {
        const auto equals = text.find('=');
        require(equals != std::string::npos, "--set takes key=value, found ", text, ".");
        const auto key = text.substr(0, equals);
        request.solver_values[key] = valueFromText(specOf(specs, key, "solver p2l"), text.substr(equals + 1));
      }
      return session_.catalogue().complete(request);
    } catch (const Error& error) {
      throw UsageError(error.what());
    }
  }

  void makeInputs(const ModelInfo& model) {
    const auto photo = readPhoto((fs::path(resourceFolder()) / "photos/skimage_astronaut.png").string());
    const auto picture = resizeImage(centreSquare(photo.image), size_, size_);
    std::mt19937_64 generator(0);
    const int small = size_ / kFactor;
    writeTensor(folder_->file("y.safetensors"), "y", {1, 3, small, small}, measurementOf(picture, generator));

    const int latent = size_ / model.pixels_per_latent;
    std::normal_distribution<float> normal;
    std::vector<float> z(static_cast<std::size_t>(model.latent_channels) * latent * latent);
    for (float& number : z) number = normal(generator);
    writeTensor(folder_->file("z.safetensors"), "z", {1, model.latent_channels, latent, latent}, z);

    inputs_.photo = resizeImage(picture, small, small);  // only its size counts: y is in the file
    inputs_.measurement_file = folder_->file("y.safetensors");
    inputs_.initial_latent_file = folder_->file("z.safetensors");
  }

  void measure() {
    // Without pictures, as the Python program draws none; their cost is measured in a run of its own.
    std::optional<RunReport> best;
    for (int i = 0; i < repeat_; ++i) {
      WithoutPictures observer;
      auto report = reportOf(observer);
      if (!best || report.seconds < best->seconds) best = std::move(report);
    }
    result_["task"] = "sr x4";
    result_["size"] = size_;
    result_["steps"] = steps_;
    result_["values"] = values_;
    result_["threads"] = threads_;
    result_["seconds"] = best->seconds;
    result_["seconds_per_step"] = best->seconds / steps_;
    result_["peak_memory_mb"] = best->peak_memory_mb;
    result_[kCardMemory] = std::isnan(best->peak_device_memory_mb) ? Json() : Json(best->peak_device_memory_mb);
    result_["residual"] = best->residual;
    RunObserver with_pictures;
    const auto shown = reportOf(with_pictures);
    result_["picture_seconds"] = shown.picture_seconds;
    result_["picture_share"] = shown.picture_seconds / shown.seconds;
    result_["model"] = best->model.name;
    result_["versions"] = best->versions;
  }

  RunReport reportOf(RunObserver& observer) {
    RunControl control;
    auto outcome = session_.run(request_, inputs_, observer, control);
    require(outcome.status == Outcome::Status::Completed, outcome.message);
    return std::move(outcome.report);
  }

  /// Before anything is measured.
  void checkPython() {
    if (device_ != "cpu" && !device_.starts_with("cuda")) {
      throw UsageError(
          concat("--python compares on one device by its name: --device cpu or cuda:N was expected, found ", device_));
    }
    const auto name = networks_ ? "network_times.py" : "p2l_reference.py";
    script_ = reference_.empty() ? (fs::path(resourceFolder()) / "../tests/parity" / name).lexically_normal().string()
                                 : reference_;
    require(fs::exists(script_), "There is no Python program ", script_, " to compare with: give --reference.");
    outputOf({python_, "--version"});
  }

  std::string precision() const { return options_.precision.empty() ? "fp32" : options_.precision; }

  void compareNetworks(const ModelInfo& model) {
    result_["python"] =
        lastLineAsJson(outputOf({python_, script_, "--model", model.folder, "--size", std::to_string(size_), "--repeat",
                                 std::to_string(repeat_), "--threads", std::to_string(threads_), "--device", device_,
                                 "--precision", precision()}));
    require(result_["python"].is_object(), script_, " did not print a JSON object.");
  }

  void printNetworks(std::FILE* out, const ModelInfo& model) const {
    std::fprintf(out, "Networks of %s, %s, %d x %d pixels, %d threads\n", model.name.c_str(), precision().c_str(),
                 size_, size_, threads_);
    std::fprintf(out, "  %-18s %8.2f s\n", "load", result_["load_seconds"].get<double>());
    for (const auto& [name, value] : result_["networks"].items())
      std::fprintf(out, "  %-18s %8.3f s\n", name.c_str(), value.get<double>());
    std::fflush(out);
  }

  void printPythonNetworks() const {
    std::printf("Python beside it\n");
    for (const auto& [name, value] : result_["networks"].items()) {
      const double other = result_["python"].value(name, 0.0);
      std::printf("  %-18s %8.3f s   ratio %.2f\n", name.c_str(), other, value.get<double>() / other);
    }
  }

  void comparePython(const ModelInfo& model) {
    const auto size = std::to_string(size_);
    std::vector<std::string> arguments = {python_,
                                          script_,
                                          "--model",
                                          model.folder,
                                          "--task",
                                          "sr",
                                          "--factor",
                                          std::to_string(kFactor),
                                          "--solver",
                                          "p2l",
                                          "--steps",
                                          std::to_string(steps_),
                                          "--prompt",
                                          "",
                                          "--threads",
                                          std::to_string(threads_),
                                          "--repeat",
                                          std::to_string(repeat_),
                                          "--device",
                                          device_,
                                          "--precision",
                                          precision(),
                                          "--size-hw",
                                          size,
                                          size,
                                          "--initial-latent",
                                          inputs_.initial_latent_file,
                                          "--measurement",
                                          inputs_.measurement_file};
    // The completed values, so that both run the same algorithm; those that only we have keep the paper's meaning.
    for (const char* key :
         {"K", "gamma", "lambda", "rho", "lr", "rho_schedule", "z_update", "projection", "cg_steps", "adam_reset"}) {
      arguments.insert(arguments.end(),
                       {"--set", std::string(key) + "=" + textFromValue(request_.solver_values.at(key))});
    }
    const auto line = lastLineAsJson(outputOf(arguments));
    require(line.is_object() && line.contains("seconds") && line.contains("peak_memory_mb"), script_,
            " did not print a JSON object with seconds and peak_memory_mb.");
    result_["python"] = line;
    result_["time_ratio"] = result_["seconds"].get<double>() / line["seconds"].get<double>();
    result_["memory_ratio"] = result_["peak_memory_mb"].get<double>() / line["peak_memory_mb"].get<double>();
    if (onCard(result_) && onCard(line))
      result_["device_memory_ratio"] = result_[kCardMemory].get<double>() / line[kCardMemory].get<double>();
  }

  static bool onCard(const Json& numbers) { return numbers.contains(kCardMemory) && numbers[kCardMemory].is_number(); }

  void printTable(std::FILE* out) const {
    const auto number = [&](const char* key) { return result_[key].get<double>(); };
    std::string values;
    for (const auto& value : values_) values += " " + value;
    std::fprintf(out, "P2L%s, sr x4, %d x %d pixels, %d steps, %d threads, model %s\n", values.c_str(), size_, size_,
                 steps_, threads_, result_["model"].get<std::string>().c_str());
    std::fprintf(out, "  model load           %8.2f s\n", number("load_seconds"));
    std::fprintf(out, "  run                  %8.2f s   (%.3f s a step)\n", number("seconds"),
                 number("seconds_per_step"));
    std::fprintf(out, "  peak memory          %8.0f MiB\n", number("peak_memory_mb"));
    if (onCard(result_)) std::fprintf(out, "  peak on the card     %8.0f MiB\n", number(kCardMemory));
    std::fprintf(out, "  pictures shown       %8.2f %%   of the run\n", 100.0 * number("picture_share"));
    std::fflush(out);
  }

  void printPython() const {
    const auto& python = result_["python"];
    std::printf("  Python run           %8.2f s   ratio %.2f\n", python["seconds"].get<double>(),
                result_["time_ratio"].get<double>());
    std::printf("  Python peak memory   %8.0f MiB ratio %.2f\n", python["peak_memory_mb"].get<double>(),
                result_["memory_ratio"].get<double>());
    if (!result_.contains("device_memory_ratio")) return;
    std::printf("  Python on the card   %8.0f MiB ratio %.2f\n", python[kCardMemory].get<double>(),
                result_["device_memory_ratio"].get<double>());
  }

  Session& session_;
  int size_ = 256, steps_ = 20, repeat_ = 1, threads_ = 0;
  std::vector<std::string> values_;
  std::string model_ = "p2l-tiny", device_ = "cpu", python_, reference_, script_;
  ModelOptions options_;
  bool json_ = false, networks_ = false;

  std::optional<TemporaryFolder> folder_;
  RestoreRequest request_;
  RunInputs inputs_;
  Json result_;
};

}  // namespace

Command addBenchCommand(CLI::App& app, Session& session) {
  return commandOf<BenchCommand>(app, session);
}

}  // namespace p2l::cli
