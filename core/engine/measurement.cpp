// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measurement.h"

#include <ATen/ops/index_select.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/degradations/composition.h"
#include "core/noise/noise.h"
#include "core/request/crop.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/types/mask.h"
#include "core/types/transparency.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace {

at::Tensor measurementFromFile(const std::string& path, const Degradation& A, at::Device device) {
  const auto y = SafetensorsFile::open(path)->tensor("y").to(device, at::kFloat);
  auto shape = A.measurementShape();
  shape.insert(shape.begin(), 1);
  require(y.sizes() == at::IntArrayRef(shape), path, ": y has shape ", y.sizes(),
          "; this task on this picture measures ", at::IntArrayRef(shape));
  return y.clone();
}

/// How many times larger than its measurement the picture is.
double scaleOf(const DegradationInfo& info, const ParamValues& values) {
  return info.scale_key.empty() ? 1.0 : numberOf(values, info.scale_key);
}

std::int64_t enlarged(std::int64_t side, double scale) {
  return std::llround(static_cast<double>(side) * scale);
}

/// A mask of the photo's own size goes the photo's way where that is cut and resized.
at::Tensor maskFor(const RestoreRequest& request, const Image& photo, const SharedImage& given, const std::string& name,
                   std::int64_t height, std::int64_t width) {
  const auto fits = [](const Image& mask, std::int64_t w, std::int64_t h) {
    return mask.width == w && mask.height == h;
  };
  const auto crop = cropFromText(request.crop);
  const double scale = static_cast<double>(width) / workingSize(request, photo.width, photo.height).first;
  const auto fitsPart = [&](const Image& mask, int w, int h) {
    return fits(mask, enlarged(w, scale), enlarged(h, scale));
  };
  auto mask = given;
  if (!fits(mask, width, height) && !crop.empty() && fitsPart(mask, photo.width, photo.height))
    mask = cutPart(mask, enlargedCrop(crop, scale));
  const auto [part_width, part_height] =
      crop.empty() ? std::pair(photo.width, photo.height) : std::pair(crop.width, crop.height);
  if (!fits(mask, width, height) && request.size > 0 && width == height && fitsPart(mask, part_width, part_height))
    mask = cutMask(mask, static_cast<int>(width));
  const auto what = name.empty() ? "The mask" : name;
  require(fits(mask, width, height), what, " is ", given->width, " x ", given->height, " pixels; the picture is ",
          width, " x ", height, ". Make the mask of the picture's size",
          request.size > 0 || !crop.empty() ? ", or of the photo's own." : ".");
  auto missing = greyTensorFromImage(mask);
  require((missing <= 0.5).any().item<bool>(), what,
          " leaves no pixel of the picture: white is missing and black is measured; paint black what is kept.");
  return missing;
}

/// A_n ... A_1. Each draws from a seed of its own.
std::unique_ptr<Degradation> makeOperator(const RestoreRequest& request, const RunInputs& inputs, std::int64_t height,
                                          std::int64_t width) {
  DegradationContext context;
  context.height = height;
  context.width = width;
  context.seed = request.measurement_seed.value_or(request.seed);
  std::unique_ptr<Degradation> A;
  for (std::size_t i = 0; i < request.degradations.size(); ++i, ++context.seed) {
    const auto& choice = request.degradations[i];
    const auto& [mask, kernel] = inputs.of(i);
    const auto& entry = degradationEntry(choice.id);
    context.values = choice.values;
    context.mask.reset();
    context.kernel.reset();
    if (!mask.empty() && entry.info.takes_mask)
      context.mask = maskFor(request, inputs.photo, mask, choice.mask, context.height, context.width);
    if (!kernel.empty() && entry.info.takes_kernel) context.kernel = appliedKernel(choice, kernel);
    auto next = entry.make(context);
    const auto shape = next->measurementShape();
    context.height = shape[1];
    context.width = shape[2];
    A = A ? composed(std::move(A), std::move(next)) : std::move(next);
  }
  return A;
}

}  // namespace

at::Tensor appliedKernel(const DegradationChoice& choice, const Image& picture) {
  const auto weights = greyTensorFromImage(picture);
  return choice.kernel_turned ? weights.flip({2, 3}) : weights;
}

std::int64_t roundUp(std::int64_t n, std::int64_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

at::Tensor padToCanvas(const at::Tensor& picture, std::int64_t height, std::int64_t width) {
  auto mirrored = [&](std::int64_t from, std::int64_t to) {  // 0 1 2 | 1 0 1 2 ..., as often as needed
    std::vector<std::int64_t> index;
    const std::int64_t period = std::max<std::int64_t>(1, 2 * (from - 1));
    for (std::int64_t i = 0; i < to; ++i) {
      const auto phase = i % period;
      index.push_back(phase < from ? phase : period - phase);
    }
    return at::tensor(index, at::kLong).to(picture.device());
  };
  auto padded = picture;
  if (height != picture.size(-2)) padded = padded.index_select(-2, mirrored(picture.size(-2), height));
  if (width != picture.size(-1)) padded = padded.index_select(-1, mirrored(picture.size(-1), width));
  return padded;
}

std::int64_t pictureSide(const RestoreRequest& request, std::int64_t side) {
  if (request.mode != Mode::Restore) return side;
  // The last task's measurement is the photo: the way back rounds as the tasks do.
  for (auto each = request.degradations.rbegin(); each != request.degradations.rend(); ++each)
    side = enlarged(side, scaleOf(degradationEntry(each->id).info, each->values));
  return side;
}

void requireFittingPictures(const RestoreRequest& request, const RunInputs& inputs) {
  const auto& all = inputs.degradations;
  if (std::all_of(all.begin(), all.end(), [](const auto& each) { return each.mask.empty() && each.kernel.empty(); }))
    return;
  const auto [width, height] = workingSize(request, inputs.photo->width, inputs.photo->height);
  makeOperator(request, inputs, pictureSide(request, height), pictureSide(request, width));
}

at::Tensor Measurement::pictureMask() const {
  const auto mask = A->mask();
  return mask.defined() && mask.size(-2) == height && mask.size(-1) == width ? mask : at::Tensor();
}

Measurement makeMeasurement(const RestoreRequest& request, const RunInputs& inputs, at::Device device) {
  const SharedImage shared = workingPhoto(request, inputs.photo);
  const Image& photo = shared;
  const bool restore = request.mode == Mode::Restore;

  Measurement m;
  m.height = pictureSide(request, photo.height);
  m.width = pictureSide(request, photo.width);
  m.A = makeOperator(request, inputs, m.height, m.width);

  const auto picture = tensorFromImage(spreadColours(photo)).to(device);  // [1, 3, h, w]
  if (!restore) m.truth = picture;
  if (!inputs.measurement_file.empty()) {
    m.y = measurementFromFile(inputs.measurement_file, *m.A, device);
  } else if (restore) {
    m.y = m.A->mask().defined() ? picture * m.A->mask().to(device) : picture;
  } else {
    auto generator = makeGenerator(request.measurement_seed.value_or(request.seed), RandomStream::MeasurementNoise);
    m.y = addNoise(*m.A, m.A->A(picture), request.noise, generator);
  }
  m.plain = m.A->plainPicture(m.y);
  m.noise = noiseEntry(request.noise.id).deviation(m.y, request.noise.values);
  m.noise_level = m.noise * std::sqrt(static_cast<double>(m.A->measurementCount()));
  return m;
}

}  // namespace p2l
