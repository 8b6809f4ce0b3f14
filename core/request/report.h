// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/request/request.h"
#include "core/types/catalogue_rows.h"
#include "core/types/image.h"
#include "core/types/prompt_embedding.h"

namespace p2l {

/// The remark of a run that has kept the pixels outside of its mask.
inline constexpr const char* kOnlyUnderMask =
    "Only the part under the mask was restored; all other pixels are the photo's own";

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// The numbers of one sampling step. NaN: unknown.
struct StepReport {
  int step = 0;  ///< 1 .. steps, in the order they are run
  int steps = 0;
  int timestep = 0;                 ///< training timestep t in 0 .. 999
  double residual = kUnknown;       ///< ||y - A D(z0_hat)||_2, in y's units ([-1, 1])
  double psnr = kUnknown;           ///< of D(z0_hat) against the truth, dB; Demonstrate only
  double prompt_drift = kUnknown;   ///< ||C_t - C_0||_2
  double gradient_norm = kUnknown;  ///< ||grad_{z_t} ||y - A D(z0_hat)|| ||_2
  double seconds = 0.0;             ///< of this step, without pauses
  bool projected = false;           ///< the estimate was moved onto the data, as in Alg. 1, l. 6-7
  /// ||y - A x||_2 of the picture x that the projection made (l. 6), before it is encoded.
  double residual_projected = kUnknown;
  /// ||y - A D(E(x))||_2, what the autoencoder leaves of that; RunObserver::wantsProjections only.
  double residual_reencoded = kUnknown;
};

/// What a view needs when a run begins.
struct RunStart {
  std::uint64_t run_id = 0;
  int steps = 0;
  double noise_level = 0.0;                  ///< sigma_y sqrt(m): the residual to reach
  double psnr_measurement = kUnknown;        ///< of the plain picture made from y against the truth
  double psnr_telea = kUnknown;              ///< RunReport::psnr_telea
  double psnr_autoencoder = kUnknown;        ///< of D(E(x)) against the truth: the bound of every latent solver
  std::shared_ptr<const Frame> measurement;  ///< y as a picture of the full size (enlarged, with holes grey)
  std::shared_ptr<const Frame> truth;        ///< null in Restore
};

/// One picture of the evolution; frozen.
struct Snapshot {
  std::uint64_t run_id = 0;
  StepReport report;
  std::shared_ptr<const Frame> estimate;  ///< D(z0_hat)
  std::shared_ptr<const Frame> noisy;     ///< D(z_t); null unless RunObserver::wantsNoisy
  /// The pictures of StepReport::residual_projected and residual_reencoded; null unless RunObserver::wantsProjections.
  /// `projected` is null, too, where the latent itself was moved.
  std::shared_ptr<const Frame> projected, reencoded;
  /// |grad_{z_t}| as a picture: the mean over the channels, white at its maximum, a latent's pixels as squares. Null
  /// unless RunObserver::wantsGradients, and where the step took none.
  std::shared_ptr<const Frame> gradient;
};

/// z_t of a step in half precision, to be decoded when somebody looks at it: Session::pictureOf.
struct Latent {
  std::uint64_t run_id = 0;
  int step = 0;
  int channels = 0, height = 0, width = 0;
  int picture_height = 0, picture_width = 0;  ///< of D(z_t), without what was padded
  std::vector<std::uint16_t> halves;          ///< channels * height * width numbers, IEEE 754 binary16
};

/// Which pictures of the evolution an observer wants: none, as many as cost at most 3 % of the run, or one of every
/// step.
enum class Pictures { None, Cheap, Every };

/// Receives a run's events, on the run's thread. Implementations return at once.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual Pictures wantedPictures() const { return Pictures::Cheap; }
  /// D(z_t) beside D(z0_hat): one more decoder evaluation a picture. Asked at every picture, so it may change.
  virtual bool wantsNoisy() const { return false; }
  /// z_t of every step, as a Latent.
  virtual bool wantsLatents() const { return false; }
  /// What projections make and what the autoencoder leaves of it, in reports and pictures: one more decoder evaluation
  /// a projection.
  virtual bool wantsProjections() const { return false; }
  /// Where a step's gradient lies, as a picture.
  virtual bool wantsGradients() const { return false; }
  /// Outcome::faithful and sharp: `detail` may be chosen after the run. At most one more decoder evaluation a run.
  virtual bool wantsDetailEnds() const { return false; }
  virtual void runStarted(const RunStart&) {}
  virtual void stepFinished(std::uint64_t /*run_id*/, const StepReport&) {}
  virtual void pictureReady(std::shared_ptr<const Snapshot>) {}
  virtual void latentReady(std::shared_ptr<const Latent>) {}
};

/// The result in numbers.
struct RunReport {
  std::map<std::string, double> metrics;  ///< of the picture against the truth, by MetricSpec::key
  double psnr_measurement = kUnknown;     ///< of the plain picture made from y: bicubic, masked or blurred
  double ssim_measurement = kUnknown;
  double psnr_telea = kUnknown;  ///< of Telea's fill of the holes against the truth, where the picture has holes
  double ssim_telea = kUnknown;
  double psnr_autoencoder = kUnknown;
  double residual = kUnknown;
  double residual_autoencoder = kUnknown;  ///< ||y - A D(E(x))||_2
  double noise_level = kUnknown;
  double seconds = 0.0;                     ///< of the solver, without loading and pauses
  double picture_seconds = 0.0;             ///< part of them that went into pictures for the observer
  double peak_memory_mb = 0.0;              ///< of the process, MiB
  double peak_device_memory_mb = kUnknown;  ///< of its tensors on a card, MiB; unknown on the CPU
  double estimated_memory_mb = kUnknown;    ///< what MemoryEstimate had predicted for that, MiB
  std::vector<StepReport> steps;
  RestoreRequest request;  ///< completed
  ModelInfo model;
  std::map<std::string, std::string> versions;  ///< p2l, torch, opencv, device
  std::vector<std::string> remarks;             ///< what a person should know of this run, a sentence each

  /// One of the metrics; NaN where it was not measured.
  double metric(const std::string& key) const {
    const auto found = metrics.find(key);
    return found == metrics.end() ? kUnknown : found->second;
  }
  /// What a result's PSNR is to be held against: that of the picture to be had without a model. Grey holes would make
  /// any fill a gain.
  double psnrPlain() const { return std::isnan(psnr_telea) ? psnr_measurement : psnr_telea; }
  /// Where one LPIPS is shown: by AlexNet, else by VGG; NaN where neither was measured.
  double lpips() const {
    const double alex = metric("lpips_alex");
    return std::isnan(alex) ? metric("lpips_vgg") : alex;
  }
};

/// How a run ended, and what there is.
struct Outcome {
  enum class Status {
    Completed,
    Cancelled,    ///< stopped by a person: the picture is the last estimate
    Diverged,     ///< NaN or infinite values: the picture is the last finite estimate, if there is one
    OutOfMemory,  ///< no picture
    Failed,       ///< no picture
  };
  Status status = Status::Failed;
  std::string message;  ///< one sentence for a person when not Completed
  Image picture;        ///< the restored picture at the user's size, alpha carried through; empty if there is none
  Image measurement;    ///< y as a picture at its own size
  Image baseline;       ///< the plain picture made from y at the full size
  Image telea;          ///< Telea's fill of the holes; Session::degrade with a mask only
  Image truth;          ///< at the full size; empty in Restore
  /// The picture with the sampler's `detail` at 0 and at 1; empty unless RunObserver::wantsDetailEnds and the model has
  /// a second decoder.
  Image faithful, sharp;
  PromptEmbedding embedding;  ///< C after the last step of a run; empty before it
  RunReport report;
};

/// A picture after one more encoding and decoding.
struct RoundTrip {
  Image picture;
  double psnr_truth = kUnknown;     ///< dB, against the photo
  double psnr_previous = kUnknown;  ///< dB, against the picture before this trip; infinite at a fixed point
};

/// What a saved picture holds: the request, and beside it, as kMadeBy, what made it, as far as that is known:
///
///     "made_by": {"p2l": "0.2.0", "model_sha256": "..."}
///
/// requestFromJson reads the request of it.
std::string jsonForPicture(const RestoreRequest& request, const RunReport& report);

/// The report as JSON; NaN becomes null.
std::string jsonFromReport(const RunReport& report);

}  // namespace p2l
