// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/photo_file.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/io/animation.h"
#include "core/io/base64.h"
#include "core/io/colour_profile.h"
#include "core/io/file.h"
#include "core/io/picture_codec.h"
#include "core/io/picture_metadata.h"

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
  Image RequestPictures::*picture;
  std::vector<std::uint8_t> (*encode)(const Image&);
};
constexpr TextField kTextFields[] = {
    {"mask_png", "mask", &RequestPictures::mask, encodeMask},
    {"kernel_png", "kernel", &RequestPictures::kernel, encodeKernel},
};

Image greyFromText(const std::string& text) {
  const auto bytes = bytesFromBase64(text);
  require(formatFromBytes(bytes) == PictureFormat::Png, "It is no PNG.");
  const auto metadata = readMetadata(bytes, PictureFormat::Png);
  checkSize(metadata.width, metadata.height, "It");
  auto grey = decodePicture(bytes, PictureFormat::Png, "It");
  require(grey.channels == 1, "It is not grey.");
  return grey;
}

/// Request and pictures when the text is a request of this program, else nothing: files hold all kinds of comments.
void readRequest(const std::string& description, Photo& photo) {
  auto json = Json::parse(description, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("p2l")) return;
  photo.request_json = description;
  for (const auto& field : kTextFields) {
    const auto stored = json.find(field.key);
    if (stored == json.end()) continue;
    try {
      photo.pictures.*field.picture = greyFromText(stored->get<std::string>());
    } catch (const std::exception&) {
      photo.remarks.push_back(concat("The ", field.name, " that was stored with the picture is damaged."));
    }
    json.erase(stored);
    photo.request_json = json.dump(2);
  }
}

bool isEmpty(const RequestPictures& pictures) {
  return pictures.mask.empty() && pictures.kernel.empty();
}

std::string withPictures(const std::string& request_json, const RequestPictures& pictures) {
  auto json = Json::parse(request_json, nullptr, /*allow_exceptions=*/false);
  require(json.is_object(), "The request is no JSON object.");
  for (const auto& field : kTextFields) {
    const Image& picture = pictures.*field.picture;
    if (!picture.empty()) json[field.key] = base64FromBytes(field.encode(picture));
  }
  return json.dump(2);
}

struct StoredPicture {
  Image image;  ///< upright, in the file's own colours
  PictureMetadata metadata;
};

StoredPicture readStored(const std::string& path) {
  const auto bytes = readFile(path, kLargestFile);
  const auto format = formatFromBytes(bytes);
  require(format.has_value(), path, " is not a picture of a known kind: JPEG, PNG, TIFF, WebP and BMP can be opened.");
  StoredPicture picture;
  picture.metadata = readMetadata(bytes, *format);
  checkSize(picture.metadata.width, picture.metadata.height, path);
  auto image = decodePicture(bytes, *format, path);
  checkSize(image.width, image.height, path);
  picture.image = upright(std::move(image), picture.metadata.orientation);
  return picture;
}

}  // namespace

Photo readPhoto(const std::string& path) {
  auto stored = readStored(path);
  Photo photo;
  photo.image = std::move(stored.image);
  if (auto remark = convertToSrgb(photo.image, stored.metadata.colour_profile); !remark.empty()) {
    photo.remarks.push_back(std::move(remark));
  }
  readRequest(stored.metadata.description, photo);
  return photo;
}

std::string writePhoto(const Image& image, const std::string& path, const std::string& request_json,
                       const RequestPictures& pictures) {
  const auto format = formatFromPath(path);
  auto bytes = encodePicture(image, format);
  std::string remark;
  bool whole = false;
  if (!request_json.empty() && !isEmpty(pictures)) {
    try {
      bytes = withDescription(bytes, format, withPictures(request_json, pictures));
      whole = true;
    } catch (const std::exception&) {
      remark = concat("The ", pictures.mask.empty() ? "kernel" : "mask", " could not be put inside the ",
                      nameOf(format), " file: keep its own file, or save as PNG.");
    }
  }
  if (!request_json.empty() && !whole) {
    try {
      bytes = withDescription(bytes, format, request_json);
    } catch (const Error& error) {
      remark = error.what();
    }
  }
  writeFile(path, bytes);
  return remark;
}

void writeAnimation(const std::vector<std::shared_ptr<const Frame>>& frames, int milliseconds,
                    const std::string& path) {
  require(formatFromPath(path) == PictureFormat::WebP, path, " cannot be an animation: its name must end with .webp.");
  writeFile(path, encodeAnimation(frames, milliseconds));
}

Image readGrey(const std::string& path) {
  const Image stored = readStored(path).image;
  Image grey;
  grey.width = stored.width;
  grey.height = stored.height;
  grey.channels = 1;
  grey.pixels.reserve(static_cast<std::size_t>(stored.width) * stored.height);
  for (int y = 0; y < stored.height; ++y) {
    for (int x = 0; x < stored.width; ++x) {
      // Rec. 601 luma. Transparent counts as black, so that white strokes on nothing are a mask.
      float value = stored.at(x, y, 0);
      if (stored.channels >= 3) value = 0.299f * value + 0.587f * stored.at(x, y, 1) + 0.114f * stored.at(x, y, 2);
      if (stored.hasAlpha()) value *= stored.at(x, y, stored.channels - 1);
      grey.pixels.push_back(value);
    }
  }
  return grey;
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
