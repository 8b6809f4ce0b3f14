// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/colour_profile.h"

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "core/base/error.h"

namespace p2l {
namespace {

using Context = std::unique_ptr<std::remove_pointer_t<cmsContext>, decltype(&cmsDeleteContext)>;
using Profile = std::unique_ptr<void, decltype(&cmsCloseProfile)>;
using Transform = std::unique_ptr<void, decltype(&cmsDeleteTransform)>;

std::string nameOf(cmsHPROFILE profile) {
  std::array<char, 200> name{};
  cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", name.data(), name.size());
  return name.front() ? std::string(name.data()) : "unnamed";
}

/// True when the transform moves no colour of a grid by more than two steps of 8 bits: the many profiles that mean sRGB
/// differ by as much in their roundings (0.5 for the common IEC61966-2.1), other spaces by ten times as much.
bool isIdentity(cmsHTRANSFORM transform, int colours) {
  constexpr int kGrid = 6;
  const int count = colours == 3 ? kGrid * kGrid * kGrid : kGrid;
  std::vector<float> in;
  for (int i = 0; i < count; ++i) {
    for (int c = 0, rest = i; c < colours; ++c, rest /= kGrid) in.push_back(float(rest % kGrid) / (kGrid - 1));
  }
  std::vector<float> out(static_cast<std::size_t>(count) * 3);
  cmsDoTransform(transform, in.data(), out.data(), count);
  for (int i = 0; i < count; ++i) {
    for (int c = 0; c < 3; ++c) {
      const float moved = std::clamp(out[3 * i + c], 0.0f, 1.0f) - in[i * colours + std::min(c, colours - 1)];
      if (std::abs(moved) > 2.0f / 255.0f) return false;
    }
  }
  return true;
}

void apply(cmsHTRANSFORM transform, Image& image) {
  const int colours = image.channels >= 3 ? 3 : 1;
  std::vector<float> in(static_cast<std::size_t>(image.width) * colours);
  std::vector<float> out(static_cast<std::size_t>(image.width) * 3);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      for (int c = 0; c < colours; ++c) in[x * colours + c] = image.at(x, y, c);
    }
    cmsDoTransform(transform, in.data(), out.data(), static_cast<cmsUInt32Number>(image.width));
    for (int x = 0; x < image.width; ++x) {
      // Float transforms are not bounded: colours outside sRGB are clipped here. Grey stays neutral, so one sample of
      // the three is enough.
      for (int c = 0; c < colours; ++c) image.at(x, y, c) = std::clamp(out[3 * x + (colours == 3 ? c : 1)], 0.0f, 1.0f);
    }
  }
}

}  // namespace

std::string convertToSrgb(Image& image, std::span<const std::uint8_t> icc_profile) {
  if (icc_profile.empty() || image.empty()) return {};
  const Context context(cmsCreateContext(nullptr, nullptr), &cmsDeleteContext);
  const Profile source(
      cmsOpenProfileFromMemTHR(context.get(), icc_profile.data(), static_cast<cmsUInt32Number>(icc_profile.size())),
      &cmsCloseProfile);
  if (!source) return "The colour profile inside the file is damaged; its colours were taken as sRGB.";
  const auto name = nameOf(source.get());

  const bool colour = image.channels >= 3;
  const auto expected = colour ? cmsSigRgbData : cmsSigGrayData;
  const auto unusable =
      concat("The colour profile \"", name, "\" does not fit the picture's channels and was not applied.");
  if (cmsGetColorSpace(source.get()) != expected) return unusable;
  const Profile srgb(cmsCreate_sRGBProfileTHR(context.get()), &cmsCloseProfile);
  const Transform transform(cmsCreateTransformTHR(context.get(), source.get(), colour ? TYPE_RGB_FLT : TYPE_GRAY_FLT,
                                                  srgb.get(), TYPE_RGB_FLT, INTENT_RELATIVE_COLORIMETRIC,
                                                  cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE),
                            &cmsDeleteTransform);
  if (!transform) return unusable;
  if (isIdentity(transform.get(), colour ? 3 : 1)) return {};
  apply(transform.get(), image);
  return concat("Colours were converted from the profile \"", name, "\" to sRGB.");
}

}  // namespace p2l
