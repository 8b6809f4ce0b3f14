// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measurement.h"

#include <ATen/ops/index_select.h>
#include <ATen/ops/tensor.h>

#include <cmath>

#include "core/base/random.h"
#include "core/degradations/composition.h"
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
int scaleOf(const DegradationInfo& info, const ParamValues& values) {
  return info.scale_key.empty() ? 1 : integerOf(values, info.scale_key);
}

/// A mask of the photo's own size goes the photo's way where that is cut and resized.
at::Tensor maskFor(const RestoreRequest& request, const RunInputs& inputs, std::int64_t height, std::int64_t width) {
  const Image& mask = inputs.mask;
  const bool fits = mask.width == width && mask.height == height;
  if (!fits && request.size > 0 && width == height && width % request.size == 0) {
    const auto scale = width / request.size;
    if (mask.width == inputs.photo.width * scale && mask.height == inputs.photo.height * scale)
      return greyTensorFromImage(cutMask(mask, static_cast<int>(width)));
  }
  require(fits, request.mask.empty() ? "The mask" : request.mask, ": is ", mask.width, " x ", mask.height,
          " pixels; the picture is ", width, " x ", height, ". Make the mask of the picture's size",
          request.size > 0 ? ", or of the photo's own" : "");
  return greyTensorFromImage(mask);
}

at::Tensor kernelFor(const RestoreRequest& request, const RunInputs& inputs) {
  const auto kernel = greyTensorFromImage(inputs.kernel);
  return request.kernel_turned ? kernel.flip({2, 3}) : kernel;
}

/// A, or A_2 A_1 where the request has a second task. Mask and kernel go to the first that takes them; the second draws
/// from a seed of its own.
std::unique_ptr<Degradation> makeOperator(const RestoreRequest& request, const RunInputs& inputs, std::int64_t height,
                                          std::int64_t width) {
  bool mask_left = !inputs.mask.empty(), kernel_left = !inputs.kernel.empty();
  DegradationContext context;
  context.height = height;
  context.width = width;
  context.seed = request.measurement_seed.value_or(request.seed);
  const auto make = [&](const std::string& id, const ParamValues& values) {
    const auto& entry = degradationEntry(id);
    context.values = values;
    context.mask.reset();
    context.kernel.reset();
    if (mask_left && entry.info.takes_mask) context.mask = maskFor(request, inputs, context.height, context.width);
    if (kernel_left && entry.info.takes_kernel) context.kernel = kernelFor(request, inputs);
    mask_left = mask_left && !entry.info.takes_mask;
    kernel_left = kernel_left && !entry.info.takes_kernel;
    return entry.make(context);
  };
  auto first = make(request.degradation, request.degradation_values);
  if (request.then.empty()) return first;
  const auto between = first->measurementShape();
  context.height = between[1];
  context.width = between[2];
  ++context.seed;
  return composed(std::move(first), make(request.then, request.then_values));
}

}  // namespace

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

Image workingPhoto(const RestoreRequest& request, const Image& photo) {
  require(!photo.empty(), "There is no picture to work on");
  return request.size > 0 ? resizeImage(centreSquare(photo), request.size, request.size) : photo;
}

std::int64_t pictureScale(const RestoreRequest& request) {
  if (request.mode != Mode::Restore) return 1;
  const auto first = scaleOf(degradationEntry(request.degradation).info, request.degradation_values);
  return request.then.empty() ? first : first * scaleOf(degradationEntry(request.then).info, request.then_values);
}

at::Tensor Measurement::pictureMask() const {
  const auto mask = A->mask();
  return mask.defined() && mask.size(-2) == height && mask.size(-1) == width ? mask : at::Tensor();
}

Measurement makeMeasurement(const RestoreRequest& request, const RunInputs& inputs, at::Device device) {
  const Image photo = workingPhoto(request, inputs.photo);
  const bool restore = request.mode == Mode::Restore;
  const auto scale = pictureScale(request);

  Measurement m;
  m.height = std::int64_t{photo.height} * scale;
  m.width = std::int64_t{photo.width} * scale;
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
  m.noise_level = request.noise * std::sqrt(static_cast<double>(m.A->measurementCount()));
  return m;
}

}  // namespace p2l
