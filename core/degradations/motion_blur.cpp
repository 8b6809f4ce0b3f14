// SPDX-License-Identifier: GPL-3.0-or-later
//
// Motion blur (Sec. 5: 61 x 61, intensity 0.5) along the random camera path of github.com/LeviBorodenko/motionblur:
//
//   A x = w * reflect(x),   w: the path drawn on a canvas of twice the size (diagonal D), smoothed, halved, sum 1
//   length     L = 0.75 D (U(0, 1) + U(0, I^2))
//   steps      s_i ~ D (1 - I + 0.1) Beta(1, 30), those longer than L drawn again, until their sum reaches L
//   angles     a_1 ~ U(-M, M), |a_i| ~ Triangular(0, I M, M + 0.1), M ~ U(0, I pi)
//              the sign changes with probability J ~ Beta(2, 20)
//   path       p_i = s_1 e^{i a_1} + ... + s_i e^{i a_i}, its mean moved to the middle, turned by U(0, pi)
//
// w correlates with x. A kernel from a picture is a point-spread function, to be convolved with x: it is turned by 180
// degrees here, where it comes in. The drawing is not: a path and its mirror image are equally likely.
#include <ATen/ops/from_blob.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/base/random.h"
#include "core/degradations/blur.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr double kPi = std::numbers::pi;

double uniform(at::Generator& generator, double low, double high) {
  return low + (high - low) * randomUniform(generator);
}

/// Beta(1, n): the least of n uniform numbers.
double betaOneN(at::Generator& generator, int n) {
  return 1.0 - std::pow(1.0 - randomUniform(generator), 1.0 / n);
}

/// Beta(2, n): the second least of n + 1 uniform numbers.
double betaTwoN(at::Generator& generator, int n) {
  std::vector<double> numbers(n + 1);
  for (double& number : numbers) number = randomUniform(generator);
  std::nth_element(numbers.begin(), numbers.begin() + 1, numbers.end());
  return numbers[1];
}

/// Triangular(0, mode, high) by its inverse distribution function.
double triangular(at::Generator& generator, double mode, double high) {
  const double u = randomUniform(generator);
  if (u * high < mode) return std::sqrt(u * high * mode);
  return high - std::sqrt((1.0 - u) * high * (high - mode));
}

std::vector<double> drawSteps(at::Generator& generator, double diagonal, double intensity) {
  const double length = 0.75 * diagonal * (uniform(generator, 0, 1) + uniform(generator, 0, intensity * intensity));
  // A path inside one pixel is a point; drawing steps shorter than it could take for ever.
  if (length < 1.0) return {length};
  std::vector<double> steps;
  for (double sum = 0.0; sum < length;) {
    const double step = diagonal * (1.0 - intensity + 0.1) * betaOneN(generator, 30);
    if (step >= length) continue;
    steps.push_back(step);
    sum += step;
  }
  return steps;
}

std::vector<double> drawAngles(at::Generator& generator, std::size_t count, double intensity) {
  const double largest = uniform(generator, 0, intensity * kPi);
  const double sign_change = betaTwoN(generator, 20);
  std::vector<double> angles = {uniform(generator, -largest, largest)};
  while (angles.size() < count) {
    const double size = triangular(generator, intensity * largest, largest + 0.1);
    // A straight path stays straight: with I = 0 the first angle is 0, and so are all that follow.
    const double last_sign = angles.back() == 0.0 ? 0.0 : std::copysign(1.0, angles.back());
    angles.push_back(randomUniform(generator) < sign_change ? -last_sign * size : last_sign * size);
  }
  return angles;
}

/// The camera's path around the origin, in pixels of the canvas.
std::vector<std::complex<double>> drawPath(at::Generator& generator, double diagonal, double intensity) {
  const std::vector<double> steps = drawSteps(generator, diagonal, intensity);
  const std::vector<double> angles = drawAngles(generator, steps.size(), intensity);
  const auto turn = std::polar(1.0, uniform(generator, 0, kPi));
  std::vector<std::complex<double>> path;
  std::complex<double> position = 0.0, sum = 0.0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    position += std::polar(steps[i], angles[i]);
    sum += position;
    path.push_back(position);
  }
  const auto mean = sum / static_cast<double>(path.size());
  for (auto& point : path) point = (point - mean) * turn;
  return path;
}

/// Rows of the Lanczos filter (three lobes) that halves `2 * size` samples; each row sums to 1.
at::Tensor halvingMatrix(int size) {
  at::Tensor matrix = at::zeros({size, 2 * size}, at::kDouble);
  auto weights = matrix.accessor<double, 2>();
  for (int row = 0; row < size; ++row) {
    for (int column = std::max(0, 2 * row - 5); column < std::min(2 * size, 2 * row + 7); ++column) {
      const double t = (column - 2 * row - 0.5) / 2.0 * kPi;  // never 0: the middle lies between two samples
      weights[row][column] = std::sin(t) / t * std::sin(t / 3.0) / (t / 3.0);
    }
  }
  return matrix / matrix.sum(1, /*keepdim=*/true);
}

at::Tensor rasterise(const std::vector<std::complex<double>>& path, int size, double diagonal) {
  cv::Mat canvas = cv::Mat::zeros(2 * size, 2 * size, CV_64F);
  const double middle = size - 0.5;
  const auto pixelOf = [&](std::complex<double> point) {
    return cv::Point(cvRound(middle + point.real()), cvRound(middle + point.imag()));
  };
  const int thickness = std::max(1, static_cast<int>(diagonal / 150.0));
  for (std::size_t i = 0; i < path.size(); ++i) {
    cv::line(canvas, pixelOf(path[i == 0 ? 0 : i - 1]), pixelOf(path[i]), cv::Scalar(1.0), thickness);
  }
  const double smoothing = std::floor(diagonal / 100.0);
  if (smoothing > 0.0) cv::GaussianBlur(canvas, canvas, cv::Size(), smoothing, smoothing, cv::BORDER_CONSTANT);
  const at::Tensor pixels = at::from_blob(canvas.data, {2 * size, 2 * size}, at::kDouble);
  const at::Tensor halve = halvingMatrix(size);
  return halve.matmul(pixels).matmul(halve.t()).clamp_min(0.0);  // Lanczos undershoots beside lines
}

at::Tensor motionKernel(std::uint64_t seed, double intensity, int size) {
  at::Generator generator = makeGenerator(seed, RandomStream::Kernel);
  const double diagonal = std::hypot(2.0 * size, 2.0 * size);
  for (;;) {  // a path that bends around the canvas is drawn again
    const at::Tensor kernel = rasterise(drawPath(generator, diagonal, intensity), size, diagonal);
    if (kernel.sum().item<double>() > 0.0) return kernel;
  }
}

at::Tensor kernelOf(const DegradationContext& context) {
  if (!context.kernel.defined()) {
    const int size = kernelSizeOf(context.values, "motion-blur");
    return motionKernel(context.seed, numberOf(context.values, "intensity"), size);
  }
  require(context.kernel.dim() == 4 && context.kernel.size(0) == 1 && context.kernel.size(1) == 1,
          "degradation motion-blur: a kernel is a tensor [1, 1, kh, kw], found ", context.kernel.sizes(), ".");
  return context.kernel[0][0].flip({0, 1});
}

}  // namespace

DegradationEntry motion_blur() {
  DegradationEntry entry;
  entry.info.id = "motion-blur";
  entry.info.label = "Motion blur";
  entry.info.help =
      "The camera moved: every pixel is a mean along a random path of the camera, A x = w * x with the path's "
      "drawing w, sum w = 1; the picture is reflected at its border. One seed, one path. A kernel from a file "
      "replaces it: the point-spread function, what a single white point looks like in the photo.";
  entry.info.reference =
      "github.com/LeviBorodenko/motionblur, as in Chung et al., Diffusion Posterior Sampling, ICLR 2023";
  entry.info.blurs = true;
  entry.info.takes_kernel = true;
  entry.info.drawn = "the camera's path";
  entry.info.parameters = {
      realParam("intensity", "I", "Intensity", 0.0, 1.0, 0.5,
                "Length L = 0.75 D (U(0,1) + U(0,I^2)) of the path on a canvas of diagonal D, angles up to I pi: 0 is "
                "a straight line, larger is longer and more bent. The paper uses 0.5."),
      kernelSizeParam(),
  };
  entry.make = [](const DegradationContext& context) {
    return makeBlur(context.height, context.width, kernelOf(context));
  };
  return entry;
}

}  // namespace p2l
