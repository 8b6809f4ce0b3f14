// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/request/crop.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/types/error.h"

namespace p2l {
namespace {

/// A whole number at the beginning of the text, which it leaves; below 0: there is none.
int numberAt(const char*& text, const char* end) {
  int number = -1;
  const auto [rest, problem] = std::from_chars(text, end, number);
  if (problem != std::errc() || *text == '-') return -1;
  text = rest;
  return number;
}

bool takes(const char*& text, const char* end, char sign) {
  if (text == end || *text != sign) return false;
  ++text;
  return true;
}

}  // namespace

std::string textFromCrop(const Crop& crop) {
  return crop.empty() ? std::string() : concat(crop.width, "x", crop.height, "+", crop.left, "+", crop.top);
}

Crop cropFromText(const std::string& text) {
  Crop crop;
  if (text.empty()) return crop;
  const char* at = text.data();
  const char* end = at + text.size();
  const bool read = (crop.width = numberAt(at, end)) > 0 && takes(at, end, 'x') &&
                    (crop.height = numberAt(at, end)) > 0 && takes(at, end, '+') &&
                    (crop.left = numberAt(at, end)) >= 0 && takes(at, end, '+') && (crop.top = numberAt(at, end)) >= 0;
  require(read && at == end, "The crop must be WIDTHxHEIGHT+LEFT+TOP in pixels, such as 640x480+100+50, found ", text,
          ".");
  return crop;
}

void checkCrop(const Crop& crop, int width, int height) {
  if (crop.empty()) return;
  require(crop.width >= kSmallestSize && crop.height >= kSmallestSize, "The crop must be at least ", kSmallestSize,
          " x ", kSmallestSize, " pixels, found ", textFromCrop(crop), ".");
  const bool inside = crop.left <= width - crop.width && crop.top <= height - crop.height;
  require(inside, "The crop ", textFromCrop(crop), " goes beyond the photo of ", width, " x ", height,
          " pixels: choose a part inside of it.");
}

SharedImage cutPart(const SharedImage& picture, const Crop& crop) {
  const Image& whole = picture;
  if (crop.empty() || crop == Crop{whole.width, whole.height, 0, 0}) return picture;
  checkCrop(crop, whole.width, whole.height);
  Image part(crop.width, crop.height, whole.channels);
  const auto row = static_cast<std::size_t>(crop.width) * whole.channels;
  for (int y = 0; y < crop.height; ++y) {
    const auto first = (static_cast<std::size_t>(crop.top + y) * whole.width + crop.left) * whole.channels;
    std::copy_n(whole.pixels.begin() + static_cast<std::ptrdiff_t>(first), row, part.pixels.begin() + y * row);
  }
  return part;
}

Crop enlargedCrop(const Crop& crop, double scale) {
  const auto enlarged = [scale](int length) { return static_cast<int>(std::llround(length * scale)); };
  return {enlarged(crop.width), enlarged(crop.height), enlarged(crop.left), enlarged(crop.top)};
}

SharedImage workingPhoto(const RestoreRequest& request, const SharedImage& photo) {
  require(!photo.empty(), "There is no picture to work on");
  const auto part = cutPart(photo, cropFromText(request.crop));
  return request.size > 0 ? SharedImage(resizeImage(centreSquare(part), request.size, request.size)) : part;
}

std::pair<int, int> workingSize(const RestoreRequest& request, int width, int height) {
  const auto crop = cropFromText(request.crop);
  checkCrop(crop, width, height);
  if (request.size > 0) return {request.size, request.size};
  return crop.empty() ? std::pair(width, height) : std::pair(crop.width, crop.height);
}

}  // namespace p2l
