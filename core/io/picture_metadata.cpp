// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/picture_metadata.h"

#include <exiv2/exiv2.hpp>
#include <mutex>

#include "core/base/error.h"

namespace p2l {
namespace {

constexpr const char* kDescription = "Exif.Image.ImageDescription";
constexpr const char* kOrientation = "Exif.Image.Orientation";

void prepareExiv2() {
  static std::once_flag once;
  std::call_once(once, [] {
    Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
    Exiv2::XmpParser::initialize();
  });
}

/// PNG and JPEG have a comment of their own; in the others the description is an EXIF entry.
bool hasComment(PictureFormat format) {
  return format == PictureFormat::Jpeg || format == PictureFormat::Png;
}

}  // namespace

PictureMetadata readMetadata(std::span<const std::uint8_t> bytes, PictureFormat format) {
  prepareExiv2();
  PictureMetadata metadata;
  try {
    auto image = Exiv2::ImageFactory::open(bytes.data(), static_cast<long>(bytes.size()));
    try {
      image->readMetadata();
    } catch (const std::exception&) {
      // What was read before the damage still counts: the size comes first in most formats.
    }
    metadata.width = image->pixelWidth();
    metadata.height = image->pixelHeight();
    const auto& exif = image->exifData();
    if (const auto entry = exif.findKey(Exiv2::ExifKey(kOrientation)); entry != exif.end() && entry->count() > 0) {
      const long orientation = entry->toLong();
      // OpenCV turns TIFF upright itself, whatever its flags say.
      if (format != PictureFormat::Tiff && orientation >= 1 && orientation <= 8)
        metadata.orientation = static_cast<int>(orientation);
    }
    if (image->iccProfileDefined()) {
      const auto* profile = image->iccProfile();
      metadata.colour_profile.assign(profile->pData_, profile->pData_ + profile->size_);
    }
    if (hasComment(format)) {
      metadata.description = image->comment();
    } else if (const auto entry = exif.findKey(Exiv2::ExifKey(kDescription)); entry != exif.end()) {
      metadata.description = entry->toString();
    }
  } catch (const std::exception&) {
    // The decoder finds out whether the picture itself is any good.
  }
  return metadata;
}

std::vector<std::uint8_t> withDescription(const std::vector<std::uint8_t>& bytes, PictureFormat format,
                                          const std::string& description) {
  prepareExiv2();
  try {
    auto image = Exiv2::ImageFactory::open(bytes.data(), static_cast<long>(bytes.size()));
    image->readMetadata();
    if (hasComment(format)) {
      image->setComment(description);
    } else {
      image->exifData()[kDescription] = description;
    }
    image->writeMetadata();
    auto& io = image->io();
    require(io.open() == 0, "the changed file cannot be read back");
    const auto written = io.read(static_cast<long>(io.size()));
    return {written.pData_, written.pData_ + written.size_};
  } catch (const std::exception& error) {
    throw Error(concat("The request could not be put inside the ", nameOf(format), " file: ", error.what(), "."));
  }
}

}  // namespace p2l
