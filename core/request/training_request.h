// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/types/image.h"
#include "core/types/run_control.h"

namespace p2l {

/// Everything that determines a training.
struct TrainingRequest {
  enum class Part {
    Autoencoder,  ///< of a latent diffusion model
    Detail,       ///< a second decoder of the same latents, for the end of a restoration
    Latent,       ///< UNet and text encoder of a latent diffusion model
    Pixel         ///< UNet of a pixel diffusion model
  };
  Part part = Part::Autoencoder;
  std::vector<std::string> photos;        ///< files
  std::vector<std::string> test_photos;   ///< files that are measured on and never trained on; may be empty
  std::map<std::string, double> weights;  ///< how often photos are taken, by a part of their path
  std::string from;                       ///< model to go on from, a folder in diffusers layout
  bool fresh = false;                     ///< take the configs only, start from random weights
  bool widen = false;  ///< weights with fewer channels than their config says are continued with small random ones
  std::string out;     ///< folder for the model, the checkpoint and the log
  /// auto, cpu, cuda, cuda:N, mps. Crops and random numbers are made on the CPU, so that a seed means the same on every
  /// device, and a checkpoint goes on on any.
  std::string device = "cpu";

  int steps = 2000;
  int batch = 16;
  int crop = 64;  ///< side of the crops in pixels
  double learning_rate = 1e-4;
  int warm_up = 100;  ///< steps in which the learning rate rises; after them it falls to 0 by a cosine
  /// Of the average of the weights, which is the result; step k = 0, 1, ... takes (1 + k) / (10 + k) where that is
  /// less.
  double ema_decay = 0.999;
  double gradient_clip = 1.0;
  std::uint64_t seed = 0;
  /// What convolutions and matrix products of the training are made in.
  enum class Precision {
    Auto,  ///< what the checkpoint began with; else bf16 where the device is known to multiply it fast, else float32
    Float32,
    BFloat16  ///< of rounded copies; weights, gradients and losses stay in float32
  };
  Precision precision = Precision::Auto;
  int checkpoint_every = 100;  ///< steps; measures and pictures are made as often

  // Autoencoder
  int trips = 2;                 ///< round trips with gradients in the loss
  int blind_trips = 6;           ///< at most as many before them without
  double fixed_point = 3.0;      ///< weight of the distance from where the first trip ended
  double gradient_weight = 1.0;  ///< of the L1 distance of the pictures' differences from pixel to pixel
  double noise = 0.0;            ///< largest deviation of the noise in the encoder's pictures, on [-1, 1]
  bool encoder_only = false;     ///< the decoder stays as it is, and so does what latents mean
  double anchor = 0.1;           ///< of the distance of the latents to those of the model gone on from
  double latent_noise = 0.0;     ///< largest deviation of the noise in half of the latents that are decoded
  double hold_scale = 0.0;       ///< weight of the distance of the latents' means from 0 and deviations from 1; of
                                 ///< those that are added, where the model is widened

  // Detail
  std::vector<std::string> lpips;  ///< files of LPIPS's weights that it is trained by: of Alex's trunk, VGG's or both
  double lpips_weight = 0.6;       ///< of LPIPS, the mean of the trunks, beside the distance of the pictures

  // Latent and pixel
  /// What captions are made of.
  enum class Captions {
    Whole,   ///< the crop's statistics as a whole
    Regions  ///< a random selection of those, sharpness, direction, and brightness and hue of five regions
  };
  Captions captions = Captions::Whole;
  double null_prompts = 0.15;  ///< share of crops that are shown without a caption
  double min_snr = 5.0;        ///< gamma of the min-SNR weights (Hang et al. 2023)
  double low_levels = 0.0;     ///< share of crops whose noise level lies below 0.35 T, where restorations that start
                               ///< from a picture spend their steps; the others have any level
};

/// What is known of a step, by name: loss, its parts, measures.
using TrainingNumbers = std::map<std::string, double>;

/// A picture that shows how far the training is.
struct TrainingPicture {
  Image picture;
  std::string caption;
};

/// Receives a training's events, on its thread.
class TrainingObserver {
 public:
  virtual ~TrainingObserver() = default;
  /// @param first_step larger than 0 when the training goes on from its checkpoint
  virtual void started(std::size_t /*photos*/, const std::vector<std::string>& /*left_out*/, int /*first_step*/,
                       std::int64_t /*parameters*/) {}
  virtual void stepFinished(int /*step*/, const TrainingNumbers&) {}
  /// After each checkpoint: measures of the averaged weights on the test photos, none where there are none, and
  /// pictures of these photos, or else of training photos.
  virtual void measured(int /*step*/, const TrainingNumbers&, const std::vector<TrainingPicture>&) {}
};

}  // namespace p2l
