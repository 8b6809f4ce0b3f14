// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/colour_profile.h"

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "core/types/error.h"

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

/// An empty pointer when the bytes are no profile.
Profile openProfile(cmsContext context, std::span<const std::uint8_t> bytes) {
  return {cmsOpenProfileFromMemTHR(context, bytes.data(), static_cast<cmsUInt32Number>(bytes.size())),
          &cmsCloseProfile};
}

Transform toSrgb(cmsContext context, cmsHPROFILE source, cmsUInt32Number kind) {
  const Profile srgb(cmsCreate_sRGBProfileTHR(context), &cmsCloseProfile);
  return {cmsCreateTransformTHR(context, source, kind, srgb.get(), TYPE_RGB_FLT, INTENT_RELATIVE_COLORIMETRIC,
                                cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE),
          &cmsDeleteTransform};
}

enum class Outcome { Converted, AlreadySrgb, Unusable };

Outcome convert(Image& image, cmsContext context, cmsHPROFILE source) {
  const bool colour = image.channels >= 3;
  if (cmsGetColorSpace(source) != (colour ? cmsSigRgbData : cmsSigGrayData)) return Outcome::Unusable;
  const auto transform = toSrgb(context, source, colour ? TYPE_RGB_FLT : TYPE_GRAY_FLT);
  if (!transform) return Outcome::Unusable;
  if (isIdentity(transform.get(), colour ? 3 : 1)) return Outcome::AlreadySrgb;
  apply(transform.get(), image);
  return Outcome::Converted;
}

Profile profileOf(cmsContext context, const ColourSpace& space, bool colour) {
  const cmsFloat64Number srgb_curve[5] = {2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045};  // IEC 61966-2-1
  const std::unique_ptr<cmsToneCurve, decltype(&cmsFreeToneCurve)> curve(
      space.gamma > 0.0 ? cmsBuildGamma(context, space.gamma) : cmsBuildParametricToneCurve(context, 4, srgb_curve),
      &cmsFreeToneCurve);
  const auto& c = space.chromaticities;
  if (!curve || c[1] <= 0.0 || c[3] <= 0.0 || c[5] <= 0.0 || c[7] <= 0.0) return {nullptr, &cmsCloseProfile};
  const cmsCIExyY white = {c[0], c[1], 1.0};
  if (!colour) return {cmsCreateGrayProfileTHR(context, cmsD50_xyY(), curve.get()), &cmsCloseProfile};
  const cmsCIExyYTRIPLE primaries = {{c[2], c[3], 1.0}, {c[4], c[5], 1.0}, {c[6], c[7], 1.0}};
  cmsToneCurve* curves[3] = {curve.get(), curve.get(), curve.get()};
  return {cmsCreateRGBProfileTHR(context, &white, &primaries, curves), &cmsCloseProfile};
}

}  // namespace

std::string convertToSrgb(Image& image, std::span<const std::uint8_t> icc_profile) {
  if (icc_profile.empty() || image.empty()) return {};
  const Context context(cmsCreateContext(nullptr, nullptr), &cmsDeleteContext);
  const auto source = openProfile(context.get(), icc_profile);
  if (!source) return "The colour profile inside the file is damaged; its colours were taken as sRGB.";
  const auto name = nameOf(source.get());
  switch (convert(image, context.get(), source.get())) {
    case Outcome::Converted:
      return concat("Colours were converted from the profile \"", name, "\" to sRGB.");
    case Outcome::AlreadySrgb:
      return {};
    case Outcome::Unusable:
      break;
  }
  return concat("The colour profile \"", name, "\" does not fit the picture's channels and was not applied.");
}

std::string convertToSrgb(Image& image, const ColourSpace& space) {
  if (image.empty()) return {};
  const Context context(cmsCreateContext(nullptr, nullptr), &cmsDeleteContext);
  const auto source = profileOf(context.get(), space, image.channels >= 3);
  switch (source ? convert(image, context.get(), source.get()) : Outcome::Unusable) {
    case Outcome::Converted:
      return concat("Colours were converted from ", space.name, " to sRGB.");
    case Outcome::AlreadySrgb:
      return {};
    case Outcome::Unusable:
      break;
  }
  return concat("The file's ", space.name, " cannot be used; its colours were taken as sRGB.");
}

ConvertedInks srgbFromCmyk(std::span<const float> inks, std::span<const std::uint8_t> icc_profile) {
  ConvertedInks result;
  const auto count = inks.size() / 4;
  result.rgb.resize(count * 3);
  const Context context(cmsCreateContext(nullptr, nullptr), &cmsDeleteContext);
  const auto source = openProfile(context.get(), icc_profile);
  if (source && cmsGetColorSpace(source.get()) == cmsSigCmykData) {
    if (const auto transform = toSrgb(context.get(), source.get(), TYPE_CMYK_FLT)) {
      std::vector<float> percent(inks.begin(), inks.end());
      for (float& ink : percent) ink *= 100.0f;
      cmsDoTransform(transform.get(), percent.data(), result.rgb.data(), static_cast<cmsUInt32Number>(count));
      for (float& sample : result.rgb) sample = std::clamp(sample, 0.0f, 1.0f);
      result.remark = concat("Colours were converted from the profile \"", nameOf(source.get()), "\" (CMYK) to sRGB.");
      return result;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t c = 0; c < 3; ++c)
      result.rgb[i * 3 + c] = std::clamp((1.0f - inks[i * 4 + c]) * (1.0f - inks[i * 4 + 3]), 0.0f, 1.0f);
  }
  result.remark = kRoughInks;
  return result;
}

std::vector<float> srgbFromLab(std::span<const float> lab) {
  const Context context(cmsCreateContext(nullptr, nullptr), &cmsDeleteContext);
  const Profile source(cmsCreateLab4ProfileTHR(context.get(), nullptr), &cmsCloseProfile);
  const auto transform = toSrgb(context.get(), source.get(), TYPE_Lab_FLT);
  require(transform != nullptr, "L*a*b* colours cannot be converted to sRGB");
  std::vector<float> rgb(lab.size());
  cmsDoTransform(transform.get(), lab.data(), rgb.data(), static_cast<cmsUInt32Number>(lab.size() / 3));
  for (float& sample : rgb) sample = std::clamp(sample, 0.0f, 1.0f);
  return rgb;
}

}  // namespace p2l
