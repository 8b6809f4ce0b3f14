// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/photo_file.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/file.h"
#include "core/io/base64.h"
#include "core/io/codec/animation.h"
#include "core/io/codec/colour_profile.h"
#include "core/io/codec/picture_codec.h"
#include "core/io/codec/picture_metadata.h"
#include "core/io/codec/tiff_picture.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"

namespace p2l {
namespace {

/// Far above any picture within the pixel limit; keeps a film that was given by mistake out of memory.
constexpr std::size_t kLargestFile = std::size_t{1} << 30;

void checkSize(int width, int height, const std::string& path) {
  require(width <= kLargestSide && height <= kLargestSide && 1LL * width * height <= kLargestPixelCount, path, " is ",
          width, " x ", height, " pixels large; at most ", kLargestSide, " a side and ", kLargestPixelCount / 1'000'000,
          " million in all can be opened: make it smaller first.");
}

/// The picture turned upright. EXIF: what the 0th row and the 0th column of the stored picture are.
Image upright(Image stored, int orientation) {
  if (orientation == 1) return stored;
  const bool transposed = orientation >= 5;  // 5 .. 8: rows are columns
  const int width = transposed ? stored.height : stored.width;
  const int height = transposed ? stored.width : stored.height;
  const bool mirror_x = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  const bool mirror_y = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  Image image;
  image.width = width;
  image.height = height;
  image.channels = stored.channels;
  image.pixels.resize(stored.pixels.size());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int u = mirror_x ? width - 1 - x : x;
      const int v = mirror_y ? height - 1 - y : y;
      for (int c = 0; c < image.channels; ++c) image.at(x, y, c) = transposed ? stored.at(v, u, c) : stored.at(u, v, c);
    }
  }
  return image;
}

using Json = nlohmann::ordered_json;

/// A picture that travels inside the request's text, which every format has a place for.
struct TextField {
  const char* key;
  const char* name;  ///< in messages
  std::vector<SharedImage> RequestPictures::*pictures;
  std::vector<std::uint8_t> (*encode)(const Image&);
  bool (*fits)(const Image&);  ///< whether this field keeps the picture's samples
};

bool fitsPng(const Image& kernel) {
  return std::all_of(kernel.pixels.begin(), kernel.pixels.end(), [](float weight) {
    const float level = weight * 65535.0f;
    return weight >= 0.0f && weight <= 1.0f && std::abs(level - std::round(level)) < 0.01f;
  });
}

constexpr TextField kTextFields[] = {
    {"mask_png", "mask", &RequestPictures::masks, encodeMask, [](const Image&) { return true; }},
    {"kernel_png", "kernel", &RequestPictures::kernels, encodeKernel, fitsPng},
    {"kernel_tiff", "kernel", &RequestPictures::kernels, encodeFloatTiff,
     [](const Image& kernel) { return !fitsPng(kernel); }},
};

constexpr std::size_t kMostStored = 16;

/// mask_png, mask_png_2, ...
std::string keyOf(const TextField& field, std::size_t index) {
  return index == 0 ? field.key : concat(field.key, "_", index + 1);
}

Image greyFromText(const std::string& text) {
  const auto bytes = bytesFromBase64(text);
  const auto format = formatFromBytes(bytes);
  require(format == PictureFormat::Png || format == PictureFormat::Tiff, "It is no PNG or TIFF.");
  const auto metadata = readMetadata(bytes, *format);
  checkSize(metadata.width, metadata.height, "It");
  auto grey = decodePicture(bytes, *format, SampleUse::Weights, "It").image;
  require(grey.channels == 1, "It is not grey.");
  return grey;
}

/// Request and pictures when the text is a request of this program, else nothing: files hold all kinds of comments.
void readRequest(const std::string& description, Photo& photo) {
  auto json = parsedJson<Json>(description);
  if (!json.is_object() || !json.contains("p2l")) return;
  photo.request_json = description;
  for (const auto& field : kTextFields) {
    auto& pictures = photo.pictures.*field.pictures;
    for (std::size_t i = 0; i < kMostStored; ++i) {
      const auto stored = json.find(keyOf(field, i));
      if (stored == json.end()) continue;
      try {
        SharedImage picture = greyFromText(stored->get<std::string>());
        if (pictures.size() <= i) pictures.resize(i + 1);
        pictures[i] = std::move(picture);
      } catch (const std::exception&) {
        photo.remarks.push_back(concat("The ", field.name, " that was stored with the picture is damaged."));
      }
      json.erase(stored);
      photo.request_json = json.dump(2);
    }
  }
}

std::string withPictures(const std::string& request_json, const RequestPictures& pictures) {
  auto json = parsedJson<Json>(request_json);
  require(json.is_object(), "The request is no JSON object.");
  for (const auto& field : kTextFields) {
    const auto& list = pictures.*field.pictures;
    for (std::size_t i = 0; i < std::min(list.size(), kMostStored); ++i) {
      if (!list[i].empty() && field.fits(list[i])) json[keyOf(field, i)] = base64FromBytes(field.encode(list[i]));
    }
  }
  return json.dump(2);
}

struct StoredPicture {
  DecodedPicture decoded;  ///< upright, in the file's own colours
  PictureMetadata metadata;
};

StoredPicture storedIn(const Bytes& bytes, SampleUse use, const std::string& path) {
  const auto format = formatFromBytes(bytes);
  require(format.has_value(), path, " is not a picture of a known kind: JPEG, PNG, TIFF, WebP and BMP can be opened.");
  StoredPicture picture;
  picture.metadata = readMetadata(bytes, *format);
  checkSize(picture.metadata.width, picture.metadata.height, path);
  picture.decoded = decodePicture(bytes, *format, use, path);
  auto& image = picture.decoded.image;
  checkSize(image.width, image.height, path);
  image = upright(std::move(image), picture.metadata.orientation);
  return picture;
}

StoredPicture readStored(const std::string& path, SampleUse use) {
  return storedIn(readFile(path, kLargestFile), use, path);
}

std::string convertColours(StoredPicture& stored) {
  auto& image = stored.decoded.image;
  const auto& metadata = stored.metadata;
  if (stored.decoded.srgb) return {};
  if (!metadata.colour_profile.empty()) return convertToSrgb(image, metadata.colour_profile);
  return metadata.colour_space ? convertToSrgb(image, *metadata.colour_space) : std::string();
}

/// Rec. 601 luma.
float lumaAt(const Image& image, int x, int y) {
  if (image.channels < 3) return image.at(x, y, 0);
  return 0.299f * image.at(x, y, 0) + 0.587f * image.at(x, y, 1) + 0.114f * image.at(x, y, 2);
}

/// Transparent counts as 0: nothing is there.
Image greyOf(const Image& stored) {
  Image grey(stored.width, stored.height, 1);
  for (int y = 0; y < stored.height; ++y) {
    for (int x = 0; x < stored.width; ++x) {
      const float alpha = stored.hasAlpha() ? stored.at(x, y, stored.channels - 1) : 1.0f;
      grey.at(x, y, 0) = lumaAt(stored, x, y) * alpha;
    }
  }
  return grey;
}

/// The file with as much inside as it takes: all, or not the pictures, or not the EXIF data. @return a remark
std::string putInside(std::vector<std::uint8_t>& bytes, PictureFormat format, const std::string& request_json,
                      const RequestPictures& pictures, MetadataToWrite metadata) {
  const bool has_exif = !metadata.exif.empty();
  if (request_json.empty() && !has_exif) return {};
  const auto attempt = [&](const std::string& text) {
    metadata.description = text;
    bytes = withMetadata(bytes, format, metadata);
  };
  std::string remark;
  const auto attemptWithoutPictures = [&] {
    try {
      if (request_json.empty() || pictures.empty()) return attempt(request_json);
      return attempt(withPictures(request_json, pictures));
    } catch (const std::exception&) {
      if (request_json.empty() || pictures.empty()) throw;
    }
    attempt(request_json);
    remark = concat("The ", pictures.masks.empty() ? "kernel" : "mask", " could not be put inside the ", nameOf(format),
                    " file: keep its own file, or save as PNG.");
  };
  try {
    attemptWithoutPictures();
    return remark;
  } catch (const std::exception& error) {
    if (!has_exif) return error.what();
  }
  metadata.exif.clear();
  const auto lost = concat("The photo's EXIF data could not be put inside the ", nameOf(format), " file.");
  if (request_json.empty()) return lost;
  try {
    attemptWithoutPictures();
  } catch (const std::exception& error) {
    return error.what();
  }
  return remark.empty() ? lost : concat(lost, " ", remark);
}

bool isTransparent(const Image& image) {
  if (!image.hasAlpha()) return false;
  const auto channels = static_cast<std::size_t>(image.channels);
  for (std::size_t i = channels - 1; i < image.pixels.size(); i += channels) {
    if (image.pixels[i] < 1.0f) return true;
  }
  return false;
}

}  // namespace

std::string SavingLoss::sentence() const {
  std::string lost;
  if (transparency)
    lost =
        concat("A ", format, " has no transparency, and white takes its place: save as PNG, TIFF or WebP to keep it.");
  if (bits > 0)
    lost += concat(lost.empty() ? "" : " ", "A ", format, " has 8 bits, and the photo has ", bits,
                   ": save as PNG or TIFF to keep them.");
  return lost;
}

SavingLoss lossOfSaving(const Image& image, const std::string& path, int bits) {
  const auto format = formatFromPath(path);
  const bool lossless = format == PictureFormat::Png || format == PictureFormat::Tiff;
  SavingLoss loss{nameOf(format)};
  loss.transparency = !lossless && format != PictureFormat::WebP && isTransparent(image);
  loss.bits = bits > 8 && !lossless ? bits : 0;
  return loss;
}

Photo readPhoto(const std::string& path) {
  return readPhoto(readFile(path, kLargestFile), path);
}

Photo readPhoto(const std::vector<std::uint8_t>& bytes, const std::string& name) {
  auto stored = storedIn(bytes, SampleUse::Picture, name);
  Photo photo;
  photo.remarks = std::move(stored.decoded.remarks);
  if (auto remark = convertColours(stored); !remark.empty()) photo.remarks.push_back(std::move(remark));
  photo.image = std::move(stored.decoded.image);
  photo.origin = {stored.decoded.bits, std::move(stored.metadata.exif)};
  readRequest(stored.metadata.description, photo);
  return photo;
}

std::string writePhoto(const Image& image, const std::string& path, const std::string& request_json,
                       const RequestPictures& pictures, const PhotoOrigin& origin) {
  const auto format = formatFromPath(path);
  auto bytes = encodePicture(image, format, origin.bits);
  auto remark = putInside(bytes, format, request_json, pictures, {{}, origin.exif, image.width, image.height});
  writeFile(path, bytes);
  const auto lost = lossOfSaving(image, path, origin.bits).sentence();
  return remark.empty() || lost.empty() ? remark + lost : concat(lost, " ", remark);
}

void writeAnimation(const std::vector<std::shared_ptr<const Frame>>& frames, int milliseconds,
                    const std::string& path) {
  require(formatFromPath(path) == PictureFormat::WebP, path, " cannot be an animation: its name must end with .webp.");
  writeFile(path, encodeAnimation(frames, milliseconds));
}

Mask readMask(const std::string& path) {
  const auto stored = readStored(path, SampleUse::Picture).decoded;
  auto mask = maskFromImage(stored.image, path);
  mask.remarks.insert(mask.remarks.begin(), stored.remarks.begin(), stored.remarks.end());
  return mask;
}

Image readGrey(const std::string& path) {
  return greyOf(readStored(path, SampleUse::Picture).decoded.image);
}

Image readKernel(const std::string& path) {
  auto kernel = greyOf(readStored(path, SampleUse::Weights).decoded.image);
  require(kernel.width % 2 == 1 && kernel.height % 2 == 1, path, " is ", kernel.width, " x ", kernel.height,
          " pixels large: a kernel's sides are odd, so that it has a middle; cut it, or add a black row or column.");
  float largest = 0.0f;
  double sum = 0.0;
  for (const float weight : kernel.pixels) {
    sum += weight;
    require(std::isfinite(weight), path, " is no kernel: one of its float samples is not a number.");
    largest = std::max(largest, std::abs(weight));
  }
  require(sum > 0.0, path, " is no kernel: the sum of its weights must be above 0, found ", sum, ".");
  if (largest > 1.0f) {
    for (float& weight : kernel.pixels) weight /= largest;
  }
  return kernel;
}

void writeTextFile(const std::string& path, const std::string& text) {
  writeFile(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string readTextFile(const std::string& path) {
  const auto bytes = readFile(path, kLargestFile);
  return {bytes.begin(), bytes.end()};
}

void checkWritable(const std::string& path) {
  checkFileCanBeWritten(path);
}

void checkPictureWritable(const std::string& path) {
  formatFromPath(path);
  checkFileCanBeWritten(path);
}

}  // namespace p2l
