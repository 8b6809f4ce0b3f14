// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/api/catalogue.h"
#include "core/api/measure.h"
#include "core/request/report.h"
#include "core/request/request.h"
#include "core/request/sample_request.h"
#include "core/request/self_test.h"
#include "core/request/time_plan.h"
#include "core/types/run_control.h"

namespace p2l {

/// A loaded model and what is done with it: runs, pictures drawn from it, studies of its networks. One Session is used
/// by one thread at a time; RunControl is the exception that other threads may hold. What needs no model is in
/// measure.h and models.h.
class Session {
 public:
  explicit Session(Catalogue catalogue = readCatalogue());
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// The choices that it was made with.
  const Catalogue& catalogue() const;

  /// Loads a model (or keeps it, if it is already there). `device`: auto, cpu, cuda:N.
  /// @throws Error naming the file, what was expected and what was found.
  ModelInfo loadModel(const std::string& name_or_folder, const std::string& device, const ModelOptions& options = {});

  /// Reads a model's configs and weights and describes every part, for `p2l show-model`. @throws Error
  std::string describeModel(const std::string& name_or_folder, const ModelOptions& options = {});

  /// Checks a model's networks, the operators and five steps of P2L on a device: against stored numbers of diffusers
  /// where there are some for the model, against the CPU where the device is another, and by identities. `sink` gets
  /// the rows as they come. @throws Error when the model or the device cannot be had.
  void selfTest(const std::string& name_or_folder, const std::string& device, const ModelOptions& options,
                const SelfTestSink& sink);

  /// D(E(x)) of the truth x, the bound of every solver in the model's latent space; outcome as of plainBaseline.
  /// @throws Error on bad input.
  Outcome roundTrip(const RestoreRequest& request, const RunInputs& inputs);

  /// Seconds of the model's networks on a picture of size x size: unet, decode, encode, and unet_gradient and
  /// decode_gradient, with respect to the latent. The fastest of `repeat` evaluations after one that warms up.
  /// @throws Error when the size does not suit the model.
  std::map<std::string, double> networkSeconds(const std::string& name_or_folder, const std::string& device,
                                               const ModelOptions& options, int size, int repeat);

  /// The same for time_plan.h: one evaluation of each network, without gradients, on a picture of width x height or of
  /// the model's training size where that is smaller.
  NetworkTimes networkTimes(const std::string& name_or_folder, const std::string& device, const ModelOptions& options,
                            std::int64_t width, std::int64_t height);

  /// What a run of this request on a photo of width x height is expected to take, after networkTimes of its model.
  /// @throws Error on bad input
  TimeEstimate estimateTime(const RestoreRequest& request, int width, int height);

  /// The truth encoded and decoded again and again (paper, Fig. 13). `glue`: each time after A^T y + (I - A^T A) x,
  /// with the request's measurement y (Fig. 14). A stop leaves the trips so far. @throws Error on bad input.
  std::vector<RoundTrip> roundTrips(const RestoreRequest& request, const RunInputs& inputs, int trips, bool glue,
                                    RunControl& control);

  /// Restores. With RestoreRequest::memory, model options are chosen that fit, which the report's request and remarks
  /// say. Expected ends are values of Outcome; @throws Error only on bad input found before the run starts.
  /// Events carry `run_id`.
  Outcome run(const RestoreRequest& request, const RunInputs& inputs, RunObserver& observer, RunControl& control,
              std::uint64_t run_id = 0);

  /// D(z_t) of a latent that a run of the loaded model handed out. @throws Error where no model is loaded or the latent
  /// is another one's
  Frame pictureOf(const Latent& latent);

  /// Draws pictures from the model under a text or an embedding, without a measurement (paper, Fig. 12). `sink` gets
  /// each picture when it is done. @param remarks gets what a person should know, before the first picture
  /// @return how many there are: all, or those before a stop. @throws Error on bad input
  int sample(const SampleRequest& request, const SampleSink& sink, RunControl& control,
             std::vector<std::string>* remarks = nullptr);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// How many threads the tensor library uses; call before the first run. n >= 1.
void setThreadCount(int n);

}  // namespace p2l
