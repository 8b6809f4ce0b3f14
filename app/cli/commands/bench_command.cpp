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
    app.add_option("--repeat", repeat_, "Runs of each, of which the fastest counts; default: 1")
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
    if (threads_ == 0) threads_ = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    setThreadCount(threads_);

    const auto start = Clock::now();
    const auto model = session_.loadModel(model_, device_, options_);
    result_["load_seconds"] = secondsSince(start);
    require(size_ % std::max(model.size_multiple, kFactor) == 0, "The size must be a multiple of ",
            std::max(model.size_multiple, kFactor), " for the model ", model.name, ", found ", size_, ".");
    if (networks_) {
      measureNetworks(model);
    } else {
      folder_.emplace();
      makeInputs(model);
      measure();
      if (!python_.empty()) comparePython(model);
    }
    if (json_) {
      std::puts(result_.dump(2).c_str());
    } else if (networks_) {
      printNetworks(model);
    } else {
      printTable();
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

  std::string pythonProgram(const char* name) const {
    const auto script = reference_.empty()
                            ? (fs::path(resourceFolder()) / "../tests/parity" / name).lexically_normal().string()
                            : reference_;
    require(fs::exists(script), "There is no Python program ", script, " to compare with: give --reference.");
    return script;
  }

  void measureNetworks(const ModelInfo& model) {
    result_["networks"] = session_.networkSeconds(model_, device_, options_, size_, repeat_);
    if (python_.empty()) return;
    const auto script = pythonProgram("network_times.py");
    result_["python"] =
        lastLineAsJson(outputOf({python_, script, "--model", model.folder, "--size", std::to_string(size_), "--repeat",
                                 std::to_string(repeat_), "--threads", std::to_string(threads_)}));
    require(result_["python"].is_object(), script, " did not print a JSON object.");
  }

  void printNetworks(const ModelInfo& model) const {
    std::printf("Networks of %s, %s, %d x %d pixels, %d threads\n", model.name.c_str(),
                options_.precision.empty() ? "fp32" : options_.precision.c_str(), size_, size_, threads_);
    std::printf("  %-18s %8.2f s\n", "load", result_["load_seconds"].get<double>());
    for (const auto& [name, value] : result_["networks"].items()) {
      const double seconds = value.get<double>();
      std::printf("  %-18s %8.3f s", name.c_str(), seconds);
      if (result_.contains("python")) {
        const double other = result_["python"].value(name, 0.0);
        std::printf("   Python fp32 %8.3f s   ratio %.2f", other, seconds / other);
      }
      std::printf("\n");
    }
  }

  void comparePython(const ModelInfo& model) {
    const auto script = pythonProgram("p2l_reference.py");
    const auto size = std::to_string(size_);
    std::vector<std::string> arguments = {python_,
                                          script,
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
    Json best;
    for (int i = 0; i < repeat_; ++i) {
      const auto line = lastLineAsJson(outputOf(arguments));
      require(line.is_object() && line.contains("seconds") && line.contains("peak_memory_mb"), script,
              " did not print a JSON object with seconds and peak_memory_mb.");
      if (best.is_null() || line["seconds"] < best["seconds"]) best = line;
    }
    result_["python"] = best;
    result_["time_ratio"] = result_["seconds"].get<double>() / best["seconds"].get<double>();
    result_["memory_ratio"] = result_["peak_memory_mb"].get<double>() / best["peak_memory_mb"].get<double>();
  }

  void printTable() const {
    const auto number = [&](const char* key) { return result_[key].get<double>(); };
    std::string values;
    for (const auto& value : values_) values += " " + value;
    std::printf("P2L%s, sr x4, %d x %d pixels, %d steps, %d threads, model %s\n", values.c_str(), size_, size_, steps_,
                threads_, result_["model"].get<std::string>().c_str());
    std::printf("  model load           %8.2f s\n", number("load_seconds"));
    std::printf("  run                  %8.2f s   (%.3f s a step)\n", number("seconds"), number("seconds_per_step"));
    std::printf("  peak memory          %8.0f MiB\n", number("peak_memory_mb"));
    std::printf("  pictures shown       %8.2f %%   of the run\n", 100.0 * number("picture_share"));
    if (!result_.contains("python")) return;
    std::printf("  Python run           %8.2f s   ratio %.2f\n", result_["python"]["seconds"].get<double>(),
                number("time_ratio"));
    std::printf("  Python peak memory   %8.0f MiB ratio %.2f\n", result_["python"]["peak_memory_mb"].get<double>(),
                number("memory_ratio"));
  }

  Session& session_;
  int size_ = 256, steps_ = 20, repeat_ = 1, threads_ = 0;
  std::vector<std::string> values_;
  std::string model_ = "p2l-tiny", device_ = "cpu", python_, reference_;
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
