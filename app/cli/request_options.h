// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/stored_request.h"
#include "core/api/catalogue.h"
#include "core/experiment/variant.h"
#include "core/request/request.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace p2l::cli {

/// The options that say what is to be done: they make a request. The flags for the tasks' and the sampler's parameters
/// are made from the catalogue, so that a new task or setting needs nothing here.
class RequestOptions {
 public:
  /// Compare: as Restore, without what belongs to one solver.
  enum class Extent { Degrade, Restore, Compare };

  RequestOptions(CLI::App& command, const Catalogue& catalogue, Extent extent);
  RequestOptions(const RequestOptions&) = delete;
  RequestOptions& operator=(const RequestOptions&) = delete;

  /// The completed request of the parsed arguments. Without presets, what was not given takes the specs' defaults.
  /// @throws UsageError
  RestoreRequest request(bool with_presets = true) const;
  /// The completed request of one of several solvers, each with its own preset. @throws UsageError
  RestoreRequest request(const Variant& solver) const;
  /// The pictures that the completed request names, as readInputs has them. What the file of --request holds is taken
  /// instead of files, unless an option names another. @throws Error, also where a mask or kernel does not fit the
  /// photo
  RunInputs inputs(const RestoreRequest& request, bool quiet, PhotoOrigin* origin = nullptr) const;
  /// The file that --request names; empty without it.
  const std::string& requestFile() const { return request_file_; }

 private:
  /// --kernel-size for the key kernel_size, and the like.
  struct ValueFlag {
    std::string flag;
    std::string key;
    std::string text;
    CLI::Option* option = nullptr;
  };

  void addTaskOptions(CLI::App& command, Extent extent);
  void addSolverOptions(CLI::App& command, Extent extent);
  void addFlags(CLI::App& command, const std::vector<ParamSpec>& specs, std::deque<ValueFlag>& flags,
                const std::string& group);
  void addRunOption(const ParamSpec& spec, const std::string& group);
  RestoreRequest startingPoint() const;
  /// What --request names, read once; without it as a request begins. @throws Error
  const StoredRequest& stored() const;
  /// The photo that the file of --request holds, where no other is given; else null: it is RestoreRequest::photo.
  const Photo* storedPhoto() const;
  /// What the options say; what they leave open is still open. `solver` and `preset`: empty, or instead of
  /// --solver and --preset.
  RestoreRequest given(const std::string& solver, const std::string& preset) const;
  /// What a check of the request file's part says has the file's name before it. @throws UsageError
  template <class Check>
  auto ofRequestFile(const Check& check) const;
  void checkStoredValues(const RestoreRequest& request) const;
  void sayUnknownPreset(const RestoreRequest& request) const;
  void chooseTaskAndSolver(RestoreRequest& request, const std::string& wanted, const std::string& preset) const;
  void takePreset(RestoreRequest& request, const Preset& preset) const;
  void setDegradationValues(RestoreRequest& request) const;
  void setFurtherTasks(RestoreRequest& request) const;
  DegradationChoice& takerOf(RestoreRequest& request, bool DegradationInfo::*takes) const;
  void setSolverValues(RestoreRequest& request) const;
  void setTheRest(RestoreRequest& request) const;

  const Catalogue& catalogue_;
  CLI::App& command_;
  Extent extent_;
  std::deque<ValueFlag> degradation_flags_, sampler_flags_;
  std::vector<std::string> degradation_values_, solver_values_, sampler_values_, then_;
  std::string photo_, task_, mask_, kernel_, noise_, solver_, preset_, model_, request_file_;
  ModelOptions model_options_;
  ParamValues run_values_;               ///< of runParameters(), those that are given
  std::string seed_, measurement_seed_;  // text: CLI11 2.1 takes -1 for 2^64 - 1
  bool measured_ = false;
  mutable std::optional<StoredRequest> stored_;  ///< once it was read
  mutable bool unknown_preset_said_ = false;
};

/// The value of a seed's option. @throws UsageError unless it is a whole number of 64 bits
std::uint64_t seedFrom(const char* option, const std::string& text);

/// What --noise says. @throws UsageError
NoiseChoice noiseFromOption(const Catalogue& catalogue, const std::string& text);

/// Sets what the texts key=value of a repeated option say. `owner` is e.g. "solver p2l". @throws UsageError
void setValues(ParamValues& values, const std::vector<std::string>& texts, const std::vector<ParamSpec>& specs,
               const std::string& option, const std::string& owner);

/// "a whole number from 1 to 5; default: 3"
std::string rangeHelp(const ParamSpec& spec);

/// --threads, and what it says done. 0: left as it is.
void addThreads(CLI::App& command, int& threads);
void useThreads(int threads);

/// --model, its options and --device.
void addModel(CLI::App& command, std::string& model, ModelOptions& options, std::string& device);
/// An option for each row of modelParameters().
void addModelOptions(CLI::App& command, ModelOptions& options, const std::string& group);

}  // namespace p2l::cli
