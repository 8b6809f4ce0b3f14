// SPDX-License-Identifier: GPL-3.0-or-later
// What belongs to one degradation: other implementations of the same operator, kernels, masks, bad values.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <set>
#include <stdexcept>

#include "core/degradations/degradation.h"
#include "core/optim/conjugate_gradients.h"
#include "core/types/error.h"
#include "tests/support/degradation_support.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

using test::contextOf;
using test::makeDegradation;
using test::randomDouble;
using test::relativeDifference;
using test::relativeError;

/// One channel as a matrix that shares the tensor's memory.
cv::Mat matrixOf(const at::Tensor& x, int channel) {
  const at::Tensor plane = x[0][channel];
  return cv::Mat(static_cast<int>(plane.size(0)), static_cast<int>(plane.size(1)), CV_64F, plane.data_ptr<double>());
}

at::Tensor tensorOf(const cv::Mat& matrix) {
  return at::from_blob(matrix.data, {matrix.rows, matrix.cols}, at::kDouble).clone();
}

/// The kernel of a blur, read off the adjoint of a single bright pixel: (A^T e_p)_{p + k} = w_k.
at::Tensor kernelOf(const Degradation& A, std::int64_t size) {
  const auto shape = A.pictureShape();
  at::Tensor point = at::zeros({1, 3, shape[1], shape[2]}, at::kDouble);
  point.select(2, shape[1] / 2).select(2, shape[2] / 2).fill_(1.0);
  return A.At(point)[0][0].narrow(0, shape[1] / 2 - size / 2, size).narrow(1, shape[2] / 2 - size / 2, size);
}

/// numpy.pad(mode="reflect") as an index.
std::int64_t reflected(std::int64_t i, std::int64_t n) {
  const std::int64_t period = 2 * (n - 1);
  const std::int64_t j = ((i % period) + period) % period;
  return j < n ? j : period - j;
}

/// The correlation by its definition.
at::Tensor blurByDefinition(const at::Tensor& x, const at::Tensor& kernel) {
  at::Tensor y = at::zeros_like(x);
  const std::int64_t height = x.size(2), width = x.size(3);
  for (std::int64_t i = 0; i < height; ++i) {
    for (std::int64_t j = 0; j < width; ++j) {
      std::vector<std::int64_t> rows, columns;
      for (std::int64_t k = 0; k < kernel.size(0); ++k) rows.push_back(reflected(i + k - kernel.size(0) / 2, height));
      for (std::int64_t k = 0; k < kernel.size(1); ++k) columns.push_back(reflected(j + k - kernel.size(1) / 2, width));
      const at::Tensor window = x.index_select(2, at::tensor(rows)).index_select(3, at::tensor(columns));
      y.select(2, i).select(2, j).copy_((window * kernel).sum({2, 3}));
    }
  }
  return y;
}

/// The blur that correlates with `kernel`: its point-spread function is the kernel turned by 180 degrees.
std::unique_ptr<Degradation> blurBy(const at::Tensor& kernel, std::int64_t height, std::int64_t width) {
  const DegradationEntry& entry = degradationEntry("motion-blur");
  DegradationContext context = contextOf(entry, height, width);
  context.kernel = kernel.flip({0, 1}).unsqueeze(0).unsqueeze(0);
  return entry.make(context);
}

std::unique_ptr<Degradation> maskedBy(const std::string& id, const at::Tensor& missing, std::int64_t height,
                                      std::int64_t width) {
  const DegradationEntry& entry = degradationEntry(id);
  DegradationContext context = contextOf(entry, height, width);
  context.mask = missing;
  return entry.make(context);
}

TEST(SuperResolutionCases, PseudoInverseIsNearestEnlargement) {
  const at::Tensor y = randomDouble({1, 3, 5, 8}, 1);
  const auto A = makeDegradation("sr", 40, 64, {{"factor", 8.0}});
  EXPECT_LT(relativeError(A->pseudoInverse(y), at::upsample_nearest2d(y, {40, 64})), 1e-14);
  // Windows that the border cuts off are repeated as well.
  const auto cut = makeDegradation("sr", 37, 59, {{"factor", 8.0}});
  const at::Tensor enlarged = at::upsample_nearest2d(y, {40, 64}).narrow(2, 0, 37).narrow(3, 0, 59);
  EXPECT_LT(relativeError(cut->pseudoInverse(y), enlarged), 1e-14);
}

TEST(SuperResolution, EqualsOpenCvAreaResampling) {
  const at::Tensor x = randomDouble({1, 3, 48, 80}, 1);
  for (const int factor : {2, 4, 8, 16}) {
    const at::Tensor y = makeDegradation("sr", 48, 80, {{"factor", double(factor)}})->A(x);
    for (int channel = 0; channel < 3; ++channel) {
      cv::Mat expected;
      cv::resize(matrixOf(x, channel), expected, cv::Size(80 / factor, 48 / factor), 0, 0, cv::INTER_AREA);
      EXPECT_LT(relativeError(y[0][channel], tensorOf(expected)), 1e-12);
    }
  }
}

TEST(SuperResolution, WindowsCutByTheBorderAverageWhatIsThere) {
  const auto A = makeDegradation("sr", 10, 7, {{"factor", 4.0}});
  EXPECT_EQ(A->measurementShape(), (std::vector<std::int64_t>{3, 3, 2}));
  const at::Tensor x = randomDouble({1, 3, 10, 7}, 1);
  const at::Tensor y = A->A(x);
  EXPECT_NEAR(y[0][1][2][1].item<double>(), x[0][1].narrow(0, 8, 2).narrow(1, 4, 3).mean().item<double>(), 1e-14);
  EXPECT_NEAR(y[0][1][0][0].item<double>(), x[0][1].narrow(0, 0, 4).narrow(1, 0, 4).mean().item<double>(), 1e-14);
  const at::Tensor v = randomDouble({1, 3, 3, 2}, 2);
  const at::Tensor AAtv = A->A(A->At(v));
  EXPECT_NEAR((AAtv / v)[0][0][2][1].item<double>(), 1.0 / 6.0, 1e-14);  // A A^T = diag(1 / count)
  EXPECT_NEAR((AAtv / v)[0][2][1][0].item<double>(), 1.0 / 16.0, 1e-14);
}

TEST(SuperResolution, PlainPictureStaysInPlace) {
  // A slope survives averaging and enlargement where the filter does not meet the border, up to the few per cent of a
  // step that this bicubic filter (a = -0.75) adds; enlarging 13 to 50 pixels without the scale is off by 0.046.
  const at::Tensor slope = at::linspace(-0.9, 0.9, 50, at::kDouble).view({1, 1, 1, 50}).expand({1, 3, 46, 50});
  const auto A = makeDegradation("sr", 46, 50, {{"factor", 4.0}});
  const at::Tensor plain = A->plainPicture(A->A(slope));
  EXPECT_LT((plain - slope).narrow(3, 12, 20).abs().max().item<double>(), 0.01);
}

TEST(GaussianBlur, EqualsOpenCv) {
  const at::Tensor x = randomDouble({1, 3, 64, 50}, 1);
  const auto A = makeDegradation("gaussian-blur", 64, 50);
  const cv::Mat kernel = cv::getGaussianKernel(25, 3.0, CV_64F);  // 61 pixels cut at 4 sigma leave 25
  for (int channel = 0; channel < 3; ++channel) {
    cv::Mat expected;
    cv::filter2D(matrixOf(x, channel), expected, CV_64F, kernel * kernel.t(), cv::Point(-1, -1), 0.0,
                 cv::BORDER_REFLECT_101);
    EXPECT_LT(relativeError(A->A(x)[0][channel], tensorOf(expected)), 1e-9);
  }
}

TEST(GaussianBlur, EqualsScipyKernels) {
  const auto reference = SafetensorsFile::open(test::referencePath("operators.safetensors"));
  for (const auto& [name, size, sigma] : {std::tuple{"gaussian_61_3", 61, 3.0}, std::tuple{"gaussian_15_3", 15, 3.0},
                                          std::tuple{"gaussian_15_1", 15, 1.0}}) {
    const auto A = makeDegradation("gaussian-blur", 130, 130, {{"sigma", sigma}, {"kernel_size", double(size)}});
    EXPECT_LT(relativeDifference(kernelOf(*A, size), reference->tensor(name).to(at::kDouble)), 1e-6) << name;
  }
}

TEST(GaussianBlur, KernelIsSymmetricAndSumsToOne) {
  for (const double sigma : {0.1, 0.7, 3.0, 9.0, 20.0}) {
    const auto A = makeDegradation("gaussian-blur", 140, 140, {{"sigma", sigma}});
    const at::Tensor kernel = kernelOf(*A, 61);
    EXPECT_NEAR(kernel.sum().item<double>(), 1.0, 1e-12);
    EXPECT_TRUE(at::allclose(kernel, kernel.flip({0, 1}), 1e-9, 1e-14));
    EXPECT_TRUE(at::allclose(kernel, kernel.t(), 1e-9, 1e-14));
    const at::Tensor flat = at::full({1, 3, 140, 140}, 0.3, at::kDouble);
    EXPECT_LT(relativeError(A->A(flat), flat), 1e-12);
  }
}

TEST(Blur, EqualsItsDefinition) {
  for (const auto& [height, width, kh, kw] :
       {std::tuple{5, 7, 61, 61}, std::tuple{2, 3, 9, 31}, std::tuple{20, 13, 5, 3}, std::tuple{16, 16, 1, 33},
        std::tuple{9, 9, 1, 1}}) {
    const at::Tensor kernel = randomDouble({kh, kw}, 4).abs();
    const at::Tensor x = randomDouble({1, 3, height, width}, 1);
    EXPECT_LT(relativeError(blurBy(kernel, height, width)->A(x), blurByDefinition(x, kernel / kernel.sum())), 1e-12)
        << height << " x " << width << ", kernel " << kh << " x " << kw;
  }
}

TEST(Blur, ABorderOfZerosChangesNothing) {
  at::Tensor kernel = at::zeros({21, 21}, at::kDouble);
  kernel[12][8] = 0.75;  // the middle is [10][10]
  kernel[10][10] = 0.25;
  const at::Tensor x = randomDouble({1, 3, 9, 8}, 1);
  EXPECT_LT(relativeError(blurBy(kernel, 9, 8)->A(x), blurByDefinition(x, kernel)), 1e-12);
}

TEST(MotionBlur, AGivenKernelIsConvolvedWithThePicture) {
  for (const auto& [height, width, kh, kw] :
       {std::tuple{20, 31, 5, 7}, std::tuple{16, 16, 9, 1}, std::tuple{33, 12, 3, 3}}) {
    const at::Tensor kernel = randomDouble({kh, kw}, 4).abs();
    const DegradationEntry& entry = degradationEntry("motion-blur");
    DegradationContext context = contextOf(entry, height, width);
    context.kernel = kernel.unsqueeze(0).unsqueeze(0);
    const auto A = entry.make(context);
    // filter2D correlates: OpenCV's manual turns the kernel for a convolution.
    cv::Mat turned;
    cv::flip(cv::Mat(kh, kw, CV_64F, kernel.data_ptr<double>()), turned, -1);
    turned /= kernel.sum().item<double>();
    const at::Tensor x = randomDouble({1, 3, height, width}, 1);
    cv::Mat expected;
    cv::filter2D(matrixOf(x, 1), expected, CV_64F, turned, cv::Point(-1, -1), 0.0, cv::BORDER_REFLECT_101);
    EXPECT_LT(relativeError(A->A(x)[0][1], tensorOf(expected)), 1e-12) << kh << " x " << kw;
    // A white point becomes the kernel's picture.
    at::Tensor point = at::zeros({1, 3, height, width}, at::kDouble);
    point.select(2, height / 2).select(2, width / 2).fill_(1.0);
    const at::Tensor spread = A->A(point)[0][0].narrow(0, height / 2 - kh / 2, kh).narrow(1, width / 2 - kw / 2, kw);
    EXPECT_LT(relativeError(spread, kernel / kernel.sum()), 1e-9) << kh << " x " << kw;
  }
}

TEST(MotionBlur, KernelsAreNormalisedAndSeeded) {
  for (const double intensity : {0.0, 0.5, 1.0}) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      const ParamValues values = {{"intensity", intensity}};
      const at::Tensor kernel = kernelOf(*makeDegradation("motion-blur", 160, 160, values, seed), 61);
      EXPECT_NEAR(kernel.sum().item<double>(), 1.0, 1e-12);
      EXPECT_GE(kernel.min().item<double>(), -1e-15);  // what the transform leaves of 0
      EXPECT_TRUE(at::equal(kernel, kernelOf(*makeDegradation("motion-blur", 160, 160, values, seed), 61)));
      EXPECT_FALSE(at::allclose(kernel, kernelOf(*makeDegradation("motion-blur", 160, 160, values, seed + 100), 61)));
    }
  }
}

TEST(MotionBlur, IntensityZeroIsAStraightLine) {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const auto A = makeDegradation("motion-blur", 160, 160, {{"intensity", 0.0}}, seed);
    const at::Tensor kernel = kernelOf(*A, 61);
    const at::Tensor axis = at::arange(61, at::kDouble) - 30.0;
    const at::Tensor rows = axis.view({61, 1}), columns = axis.view({1, 61});
    const double mean_y = (kernel * rows).sum().item<double>(), mean_x = (kernel * columns).sum().item<double>();
    const double yy = (kernel * (rows - mean_y).square()).sum().item<double>();
    const double xx = (kernel * (columns - mean_x).square()).sum().item<double>();
    const double xy = (kernel * (rows - mean_y) * (columns - mean_x)).sum().item<double>();
    const double across = (yy + xx) / 2.0 - std::hypot((yy - xx) / 2.0, xy);  // variance across the line
    EXPECT_LT(across, 1.0) << "seed " << seed;
  }
}

TEST(MotionBlur, SmallKernelsWork) {
  for (const double size : {3.0, 5.0, 129.0}) {
    const auto A = makeDegradation("motion-blur", 300, 300, {{"kernel_size", size}});
    EXPECT_NEAR(kernelOf(*A, static_cast<std::int64_t>(size)).sum().item<double>(), 1.0, 1e-12);
  }
}

TEST(MotionBlur, TakesAKernel) {
  const at::Tensor kernel = randomDouble({7, 5}, 3).abs();
  EXPECT_LT(relativeError(kernelOf(*blurBy(kernel, 60, 60), 9).narrow(0, 1, 7).narrow(1, 2, 5), kernel / kernel.sum()),
            1e-12);
}

TEST(Operators, EqualTheReference) {
  const auto reference = SafetensorsFile::open(test::referencePath("operators.safetensors"));
  const std::int64_t height = 16, width = 24;
  std::map<std::string, std::unique_ptr<Degradation>> operators;
  operators["sr4"] = makeDegradation("sr", height, width, {{"factor", 4.0}});
  operators["sr8"] = makeDegradation("sr", height, width, {{"factor", 8.0}});
  operators["gaussian"] = makeDegradation("gaussian-blur", height, width, {{"kernel_size", 15.0}});
  operators["motion"] = blurBy(reference->tensor("kernel"), height, width);
  operators["inpaint"] = maskedBy("inpaint", 1.0 - reference->tensor("mask"), height, width);
  const at::Tensor x = reference->tensor("x"), x0 = reference->tensor("x0");
  for (const auto& [name, A] : operators) {
    const at::Tensor y = A->A(x);
    EXPECT_LT(relativeDifference(y, reference->tensor(name + ".Ax")), 2e-6) << name;
    EXPECT_LT(relativeDifference(A->At(reference->tensor(name + ".v")), reference->tensor(name + ".Atv")), 2e-6)
        << name;
    const at::Tensor proximal =
        A->hasClosedForm() ? A->proximalClosedForm(y, x0, 0.1) : proximalByConjugateGradients(*A, y, x0, 0.1, 5, {});
    EXPECT_LT(relativeDifference(proximal, reference->tensor(name + ".proximal")), 5e-6) << name;
  }
}

TEST(Inpainting, RandomMasksHideTenToTwentyPercent) {
  for (const auto& [height, width] : {std::pair{256, 256}, std::pair{64, 64}, std::pair{37, 53}, std::pair{16, 100},
                                      std::pair{512, 384}, std::pair{8, 8}}) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      const auto A = makeDegradation("inpaint", height, width, {}, seed);
      const at::Tensor mask = A->mask();
      ASSERT_EQ(mask.sizes(), (std::vector<std::int64_t>{1, 1, height, width}));
      EXPECT_TRUE(((mask == 0) | (mask == 1)).all().item<bool>());
      const double area = 1.0 - mask.mean().item<double>();
      EXPECT_GT(area, 0.1);
      EXPECT_LT(area, 0.2);
      EXPECT_EQ(A->measurementCount(), 3 * mask.sum().item<std::int64_t>());
    }
  }
}

TEST(Inpainting, AreaCanBeChosen) {
  for (const auto& [least, largest] : {std::pair{0.02, 0.06}, std::pair{0.3, 0.4}, std::pair{0.5, 0.6}}) {
    const auto A = makeDegradation("inpaint", 128, 128, {{"min_area", least}, {"max_area", largest}});
    const double area = 1.0 - A->mask().mean().item<double>();
    EXPECT_GT(area, least);
    EXPECT_LT(area, largest);
  }
}

TEST(RandomDrop, DropsTheExactShare) {
  for (const double share : {0.0, 0.25, 0.8, 0.99}) {
    const auto A = makeDegradation("random-drop", 37, 53, {{"drop", share}});
    EXPECT_EQ((A->mask() == 0).sum().item<std::int64_t>(), std::llround(share * 37 * 53));
  }
}

// A uniform disc has variance r^2 / 4 in each direction.
TEST(DefocusBlur, KernelIsADisc) {
  for (const double radius : {0.5, 2.0, 4.0, 7.3}) {
    const at::Tensor kernel = kernelOf(*makeDegradation("defocus", 64, 64, {{"radius", radius}}), 21);
    EXPECT_NEAR(kernel.sum().item<double>(), 1.0, 1e-12);
    EXPECT_LT((kernel - kernel.t()).abs().max().item<double>(), 1e-12);
    EXPECT_LT((kernel - kernel.flip({0})).abs().max().item<double>(), 1e-12);
    const at::Tensor offset = at::arange(-10, 11, at::kDouble);
    const double variance = (kernel.sum(1) * offset.square()).sum().item<double>();
    // Taking what is in a pixel for its middle adds 1/12 (Sheppard); a disc inside one pixel is that pixel.
    EXPECT_NEAR(variance, radius > 0.5 ? radius * radius / 4.0 + 1.0 / 12.0 : 0.0, 0.05) << radius;
    const at::Tensor far = (offset.square().unsqueeze(1) + offset.square().unsqueeze(0)).sqrt() > radius + 0.75;
    EXPECT_LT(kernel.masked_select(far).abs().sum().item<double>(), 1e-12);
  }
}

TEST(BoxInpainting, HidesACentredOrASeededBox) {
  const auto box = [](const ParamValues& values, std::uint64_t seed) {
    return makeDegradation("box-inpaint", 64, 96, values, seed)->mask()[0][0];
  };
  const at::Tensor centred = box({}, 1);
  EXPECT_EQ((1.0 - centred).sum().item<double>(), 32 * 48);
  EXPECT_EQ(centred.narrow(0, 16, 32).narrow(1, 24, 48).sum().item<double>(), 0.0);
  const ParamValues random = {{"place", std::string("random")}, {"side", 0.25}};
  std::set<std::int64_t> columns;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const at::Tensor missing = 1.0 - box(random, seed);
    EXPECT_EQ(missing.sum().item<double>(), 16 * 24);
    const at::Tensor rows = missing.sum(1).nonzero(), wide = missing.sum(0).nonzero();
    EXPECT_GE(rows.min().item<std::int64_t>(), 8);
    EXPECT_LE(rows.max().item<std::int64_t>(), 55);
    EXPECT_GE(wide.min().item<std::int64_t>(), 12);
    EXPECT_LE(wide.max().item<std::int64_t>(), 83);
    columns.insert(wide.min().item<std::int64_t>());
  }
  EXPECT_GT(columns.size(), 10u);
}

TEST(Masks, AGivenMaskIsUsed) {
  at::Tensor missing = at::zeros({1, 1, 6, 9});
  missing[0][0][2][3] = 1.0;
  missing[0][0][5][8] = 0.4;  // counts as there
  for (const std::string id : {"inpaint", "random-drop"}) {
    const auto A = maskedBy(id, missing, 6, 9);
    EXPECT_EQ(A->measurementCount(), 3 * (6 * 9 - 1));
    const at::Tensor x = randomDouble({1, 3, 6, 9}, 1).clamp(-1.0, 1.0);
    const at::Tensor y = A->A(x);
    EXPECT_EQ(y[0][2][2][3].item<double>(), 0.0);
    EXPECT_EQ(y[0][2][5][8].item<double>(), x[0][2][5][8].item<double>());
    EXPECT_TRUE(at::equal(A->plainPicture(y), y));  // holes in mid grey
    const at::Tensor x0 = randomDouble({1, 3, 6, 9}, 2);
    EXPECT_EQ(A->proximalClosedForm(y, x0, 0.1)[0][1][2][3].item<double>(), x0[0][1][2][3].item<double>());
  }
}

TEST(DegradationErrors, SayWhatIsWrong) {
  EXPECT_THROW(degradationEntry("sharpen"), Error);
  EXPECT_THROW(makeDegradation("sr", 32, 32, {{"factor", 17.0}}), Error);
  for (const std::string id : {"gaussian-blur", "motion-blur"}) {
    try {
      makeDegradation(id, 32, 32, {{"kernel_size", 60.0}});
      FAIL() << id << " took an even kernel size";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("60"), std::string::npos) << error.what();
      EXPECT_NE(std::string(error.what()).find("odd"), std::string::npos) << error.what();
    }
    try {
      makeDegradation(id, 1, 32);
      FAIL() << id << " reflects a row";
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).rfind("A picture of 1 x 32 pixels cannot be reflected", 0), 0u)
          << error.what();
    }
  }
  EXPECT_THROW(blurBy(at::ones({4, 4}), 32, 32), Error);
  EXPECT_THROW(blurBy(at::zeros({5, 5}), 32, 32), Error);
  EXPECT_THROW(blurBy(at::full({5, 5}, std::nan("")), 32, 32), Error);
  EXPECT_THROW(maskedBy("inpaint", at::zeros({1, 1, 8, 9}), 9, 8), Error);
  EXPECT_THROW(maskedBy("inpaint", at::ones({1, 1, 8, 8}), 8, 8), Error);
  EXPECT_THROW(makeDegradation("inpaint", 32, 32, {{"min_area", 0.3}, {"max_area", 0.2}}), Error);
  EXPECT_THROW(makeDegradation("inpaint", 2, 2, {{"min_area", 0.3}, {"max_area", 0.4}}), Error);
}

TEST(DegradationRegistry, RowsAreComplete) {
  std::set<std::string> ids;
  for (const DegradationEntry& entry : degradationEntries()) {
    EXPECT_TRUE(ids.insert(entry.info.id).second) << entry.info.id << " is there twice";
    EXPECT_FALSE(entry.info.label.empty() || entry.info.help.empty() || entry.info.reference.empty());
    for (const ParamSpec& spec : entry.info.parameters) {
      EXPECT_FALSE(spec.help.empty()) << entry.info.id << "." << spec.key;
      EXPECT_NO_THROW(checkValue(spec, defaultValue(spec), entry.info.id));
    }
  }
  EXPECT_EQ(ids,
            (std::set<std::string>{"sr", "gaussian-blur", "motion-blur", "inpaint", "random-drop", "bicubic-sr",
                                   "defocus", "box-inpaint", "jpeg", "denoise", "straight-motion-blur", "area-sr"}));
}

TEST(ConjugateGradients, SolveInAsManyStepsAsThereAreUnknowns) {
  const at::Tensor root = randomDouble({8, 8}, 1);
  const at::Tensor M = root.matmul(root.t()) + at::eye(8, at::kDouble);
  const at::Tensor x = randomDouble({8}, 2);
  const auto apply = [&](const at::Tensor& v) { return M.mv(v); };
  EXPECT_LT(relativeError(conjugateGradients(apply, M.mv(x), {}, 8), x), 1e-8);
  EXPECT_LT(relativeError(conjugateGradients(apply, M.mv(x), randomDouble({8}, 3), 8), x), 1e-8);
  EXPECT_TRUE(at::equal(conjugateGradients(apply, M.mv(x), x, 3), x)) << "the solution stays where it is";
  EXPECT_TRUE(at::equal(conjugateGradients(apply, at::zeros_like(x), {}, 3), at::zeros_like(x)));
}

TEST(ConjugateGradients, TheCheckpointMayStop) {
  int applications = 0;
  const auto apply = [&](const at::Tensor& v) {
    ++applications;
    return 2.0 * v;
  };
  struct Stop {};
  EXPECT_THROW(conjugateGradients(apply, at::ones({3}), {}, 5, [&] { throw Stop(); }), Stop);
  EXPECT_EQ(applications, 0);
}

}  // namespace
}  // namespace p2l
