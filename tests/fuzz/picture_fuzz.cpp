// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzz target (libFuzzer) for pictures that strangers made: PNG, JPEG, TIFF, WebP and BMP as a photo, a mask, a kernel
// and a grey picture, with their profiles, EXIF and what the program itself puts inside. The first byte says as what it
// is read. What is taken keeps the promises of core/io/photo_file.h; all else ends in an Error.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/io/photo_file.h"
#include "tests/fuzz/fuzz_files.h"

namespace p2l {
namespace {

using fuzz::expectOnlyErrors;
using fuzz::hold;
using fuzz::MemoryFile;

void holdShape(const Image& image) {
  hold(image.width > 0 && image.height > 0 && image.width <= kLargestSide && image.height <= kLargestSide);
  hold(image.pixels.size() == static_cast<std::size_t>(image.width) * image.height * image.channels);
}

void holdUnitRange(const Image& image) {
  holdShape(image);
  hold(std::all_of(image.pixels.begin(), image.pixels.end(), [](float x) { return x >= 0.0f && x <= 1.0f; }));
}

void photo(const std::string& path) {
  const auto photo = readPhoto(path);
  holdUnitRange(photo.image);
  hold(photo.origin.bits == 8 || photo.origin.bits == 16);
  for (const auto& mask : photo.pictures.masks) {
    if (!mask.empty()) holdUnitRange(*mask);
  }
  for (const auto& kernel : photo.pictures.kernels) {
    if (!kernel.empty()) holdShape(*kernel);
  }
  // What was read can be written, with all that it brought, and is then the same picture.
  static const fuzz::Workplace place;
  const auto copy = (place.root / "copy.png").string();
  auto origin = photo.origin;
  origin.bits = 16;
  if (photo.image.pixels.size() > 1'000'000) return;
  writePhoto(photo.image, copy, photo.request_json, photo.pictures, origin);
  const auto again = readPhoto(copy);
  hold(again.image.width == photo.image.width && again.image.height == photo.image.height);
}

void kernel(const std::string& path) {
  const auto kernel = readKernel(path);
  holdShape(kernel);
  hold(kernel.width % 2 == 1 && kernel.height % 2 == 1);
  double sum = 0.0;
  for (const float weight : kernel.pixels) {
    hold(std::isfinite(weight) && weight <= 1.0f);
    sum += weight;
  }
  hold(sum > 0.0);
}

void mask(const std::string& path) {
  const auto mask = readMask(path).image;
  holdUnitRange(mask);
  hold(std::any_of(mask.pixels.begin(), mask.pixels.end(), [](float x) { return x >= 0.5f; }));
}

}  // namespace
}  // namespace p2l

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const p2l::fuzz::MemoryFile file({reinterpret_cast<const char*>(data) + 1, size - 1});
  p2l::fuzz::expectOnlyErrors([&] {
    switch (data[0]) {
      case 'm':
        p2l::mask(file.path());
        break;
      case 'k':
        p2l::kernel(file.path());
        break;
      case 'g':
        p2l::holdUnitRange(p2l::readGrey(file.path()));
        break;
      default:
        p2l::photo(file.path());
        break;
    }
  });
  return 0;
}
