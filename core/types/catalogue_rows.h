// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/types/param_spec.h"

namespace p2l {

/// A degradation that can be chosen.
struct DegradationInfo {
  std::string id;         ///< as in `--task`
  std::string label;      ///< "Super-resolution"
  std::string help;       ///< what it models, with the formula of A
  std::string reference;  ///< where it is from
  std::vector<ParamSpec> parameters;
  /// Key of the parameter by which the full picture is larger than the measurement; empty: same size.
  std::string scale_key;
  /// Key of the parameter that says how wide a blur is; empty: none does.
  std::string width_key;
  /// Key of the parameter that says in which direction it blurs, in degrees of a half turn; empty: none does.
  std::string angle_key;
  bool linear = true;
  bool blurs = false;  ///< A convolves with one kernel, the point spread
  bool hides = false;  ///< A leaves out pixels, and the others as they are
  /// DegradationPictures::mask and kernel are used.
  bool takes_mask = false;
  bool takes_kernel = false;
  /// What the measurement seed draws where no mask or kernel takes its place, "the mask"; empty: nothing.
  std::string drawn;
  /// The choice that it is drawn under, as parameter and value; empty: under any.
  std::string drawn_key, drawn_value;
};

/// A noise that can be chosen.
struct NoiseInfo {
  std::string id;  ///< as in `--noise`
  std::string label;
  std::string help;
  std::string reference;
  std::vector<ParamSpec> parameters;
};

/// A number that tells how good a picture is, or how a run went.
struct MetricSpec {
  enum class Better { Higher, Lower, Neither };
  std::string key;    ///< in reports, recipes and tables
  std::string label;  ///< "MS-SSIM"
  std::string unit;   ///< "dB"; may be empty
  int digits = 2;     ///< after the point
  Better better = Better::Neither;
  std::string needs;     ///< file of weights that it needs, of the metrics' folder; empty: none
  bool of_set = false;   ///< of all photos together, not of each
  bool of_run = false;   ///< of the run, as its residual: not of two pictures
  bool in_runs = false;  ///< measured at the end of every run, on the picture before it is rounded to 8 bit

  /// "PSNR (dB)", as a table's column is called.
  std::string title() const { return unit.empty() ? label : label + " (" + unit + ")"; }
};

/// What a solver's steps are made on.
enum class ModelKind { Latent, Pixel };

/// How often a run evaluates the model, without a gradient and with one (there and back). The planners of memory and
/// time read it, so that nobody but the solver knows its keys.
struct RunWork {
  double network = 0.0, network_gradient = 0.0;  ///< noise predictions
  double network_of_text = 0.0;                  ///< and further ones where the run starts from a text or an embedding
  double decode = 0.0, decode_gradient = 0.0;
  double encode = 0.0, encode_gradient = 0.0;
  bool at_most = false;  ///< inner loops may end earlier
};

/// A picture that a step of a solver has to show, in the order in which a step makes them.
enum class StepPicture { Noisy, Estimate, Gradient, Projected, Reencoded, Next };

/// A line of a solver's iteration, as papers print algorithms.
struct IterationLine {
  std::string label;     ///< the paper's number of the line, "6"; or a number of one's own
  std::string formula;   ///< in Unicode mathematics, "x̂₀ ← argmin ‖y − A x‖² + λ ‖x − D(ẑ₀)‖²"
  std::string sentence;  ///< what it does, in plain words
  StepPicture picture = StepPicture::Noisy;  ///< what it makes

  bool operator==(const IterationLine&) const = default;
};

/// A solver that can be chosen.
struct SolverInfo {
  std::string id;  ///< as in `--solver`
  std::string label;
  std::string help;
  std::string reference;
  std::vector<ParamSpec> parameters;
  std::vector<IterationLine> iteration;  ///< one step, line by line, with the default values
  /// The same with other values, of the solver and of the sampler, which may lack some: as many lines that make the
  /// same pictures. Unset: values change none.
  std::function<std::vector<IterationLine>(const ParamValues& values, const ParamValues& sampler)> iteration_with;
  /// Of a run of `steps` steps with completed values.
  std::function<RunWork(const ParamValues& values, int steps)> work;
  ModelKind model_kind = ModelKind::Latent;  ///< refuses a model of the other kind
  bool needs_linear = false;                 ///< refuses a degradation with linear == false
  bool needs_gradient = true;                ///< with its default values a gradient crosses the noise network
  bool own_guidance = false;                 ///< guides by itself: refuses a sampler's guidance other than 1
  bool own_start = false;                    ///< begins with a picture of its own; the initial latent is noise on it
  bool uses_image_encoder = false;           ///< has a term that is left out where the model has no image encoder
  /// Whether a run of `steps` steps with completed values has data steps, which exchange the estimate for one that fits
  /// y. Unset: no run has.
  std::function<bool(const ParamValues& values, int steps)> projects;

  std::vector<IterationLine> linesWith(const ParamValues& values, const ParamValues& sampler = {}) const {
    return iteration_with ? iteration_with(values, sampler) : iteration;
  }
};

/// Values that are known to work for a model, task and solver.
struct Preset {
  std::string id;           ///< unique
  std::string label;        ///< as shown
  std::string origin;       ///< "paper Table 6", "search on training photos", "user"
  std::string model;        ///< name of the model it was made for; empty: any
  std::string degradation;  ///< empty: any that the solver can do
  /// A preset that is asked for by name brings these; a default one is for requests that have them. Empty: any.
  ParamValues degradation_values;
  std::string solver;
  ParamValues solver_values;
  ParamValues sampler_values;
  bool is_default = false;  ///< taken when a request leaves values open
};

/// A LoRA that was merged into a model.
struct LoraInfo {
  std::string file;
  std::string sha256;
  double scale = 1.0;
  int tensors = 0;  ///< of the model, to which it adds
};

/// A model that the program found or was given.
struct ModelInfo {
  std::string name;             ///< as in `--model`
  std::string folder;           ///< where its files lie; of a single-file checkpoint that file
  std::string kind;             ///< "latent diffusion: UNet2DConditionModel, AutoencoderShuffle, CLIPTextModel"
  std::string sha256;           ///< over the weight files in a fixed order, and LoRAs; empty until loaded
  std::uint64_t bytes = 0;      ///< of the weight files
  std::int64_t parameters = 0;  ///< count of weights; 0 until loaded
  ModelKind model_kind = ModelKind::Latent;  ///< Pixel: no autoencoder, no prompt but a class's number
  int classes = 0;                           ///< that a pixel model knows: a prompt is the number of one
  int latent_channels = 0;
  int pixels_per_latent = 0;    ///< 4 for p2l-tiny, 8 for Stable Diffusion
  int size_multiple = 0;        ///< pictures are padded to a multiple of this
  int training_size = 0;        ///< side in pixels it is best at
  bool second_decoder = false;  ///< the sampler's `detail` has an effect
  std::string prediction_type;  ///< epsilon, v_prediction, sample
  std::string licence;
  std::vector<std::string> notes;  ///< what a person should know, a sentence each: what was assumed, say
  std::vector<LoraInfo> loras;     ///< merged into the networks, in this order

  bool isPixel() const { return model_kind == ModelKind::Pixel; }
};

/// The class that a prompt names for a model of that many classes: 0 to classes - 1, or -1 for an empty prompt.
/// @throws Error when it names none
int classOfPrompt(const std::string& prompt, int classes);

}  // namespace p2l
