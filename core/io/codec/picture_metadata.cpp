// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/picture_metadata.h"

#include <algorithm>
#include <array>
#include <exiv2/exiv2.hpp>
#include <mutex>
#include <string_view>

#include "core/io/codec/tiff_picture.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr const char* kDescription = "Exif.Image.ImageDescription";
constexpr const char* kOrientation = "Exif.Image.Orientation";

// Exiv2 0.28 (Debian 13) has other names for these than 0.27 (Debian 12).
#if EXIV2_TEST_VERSION(0, 28, 0)
std::int64_t wholeNumber(const Exiv2::Exifdatum& entry) {
  return entry.toInt64();
}
std::vector<std::uint8_t> bytesOf(const Exiv2::DataBuf& buffer) {
  return {buffer.c_data(), buffer.c_data() + buffer.size()};
}
std::vector<std::uint8_t> profileOf(Exiv2::Image& image) {
  return bytesOf(image.iccProfile());
}
#else
std::int64_t wholeNumber(const Exiv2::Exifdatum& entry) {
  return entry.toLong();
}
std::vector<std::uint8_t> bytesOf(const Exiv2::DataBuf& buffer) {
  return {buffer.pData_, buffer.pData_ + buffer.size_};
}
std::vector<std::uint8_t> profileOf(Exiv2::Image& image) {
  return bytesOf(*image.iccProfile());
}
#endif

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

template <std::size_t count>
bool isOneOf(const std::string& name, const std::array<std::string_view, count>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// True for entries that say the same of a picture that was made from this one. Left out are those of the old pixels
/// and their layout, previews, and makers' notes, which are about the sensor's data.
bool isCarried(const Exiv2::Exifdatum& entry) {
  constexpr std::array<std::string_view, 14> kOfImage = {
      "Make",   "Model",   "DateTime",  "Artist",   "Copyright",  "HostComputer",  "ImageDescription",
      "Rating", "XPTitle", "XPComment", "XPAuthor", "XPKeywords", "RatingPercent", "XPSubject"};
  constexpr std::array<std::string_view, 11> kNotOfPhoto = {"MakerNote",
                                                            "ColorSpace",
                                                            "PixelXDimension",
                                                            "PixelYDimension",
                                                            "InteroperabilityTag",
                                                            "ComponentsConfiguration",
                                                            "CompressedBitsPerPixel",
                                                            "RelatedSoundFile",
                                                            "CFAPattern",
                                                            "OECF",
                                                            "SpatialFrequencyResponse"};
  const auto group = entry.groupName(), name = entry.tagName();
  if (group == "GPSInfo") return true;
  if (group == "Photo") return !isOneOf(name, kNotOfPhoto);
  // A request in the description is no caption.
  return group == "Image" && isOneOf(name, kOfImage) &&
         !(name == "ImageDescription" && entry.toString().starts_with('{'));
}

std::vector<std::uint8_t> carriedExif(const Exiv2::ExifData& all) {
  Exiv2::ExifData carried;
  for (const auto& entry : all) {
    if (isCarried(entry)) carried.add(entry);
  }
  if (carried.empty()) return {};
  Exiv2::Blob blob;
  Exiv2::ExifParser::encode(blob, Exiv2::littleEndian, carried);
  return blob;
}

void addExif(Exiv2::ExifData& exif, const MetadataToWrite& metadata) {
  if (metadata.exif.empty()) return;
  Exiv2::ExifData carried;
  Exiv2::ExifParser::decode(carried, metadata.exif.data(), static_cast<std::uint32_t>(metadata.exif.size()));
  for (const auto& entry : carried) {
    if (isCarried(entry)) exif[entry.key()] = entry.value();
  }
  exif["Exif.Photo.ColorSpace"] = std::uint16_t{1};  // sRGB
  exif["Exif.Photo.PixelXDimension"] = static_cast<std::uint32_t>(metadata.width);
  exif["Exif.Photo.PixelYDimension"] = static_cast<std::uint32_t>(metadata.height);
}

/// Adobe RGB by DCF 2.0's option file: ColorSpace "uncalibrated" with R03, or the ColorSpace 2 that many cameras write.
bool meansAdobeRgb(const Exiv2::ExifData& exif) {
  const auto space = exif.findKey(Exiv2::ExifKey("Exif.Photo.ColorSpace"));
  if (space == exif.end() || space->count() == 0) return false;
  if (wholeNumber(*space) == 2) return true;
  const auto index = exif.findKey(Exiv2::ExifKey("Exif.Iop.InteroperabilityIndex"));
  return wholeNumber(*space) == 65535 && index != exif.end() && index->toString().starts_with("R03");
}

void readExif(const Exiv2::ExifData& exif, PictureMetadata& metadata) {
  if (const auto entry = exif.findKey(Exiv2::ExifKey(kOrientation)); entry != exif.end() && entry->count() > 0) {
    const auto orientation = wholeNumber(*entry);
    if (orientation >= 1 && orientation <= 8) metadata.orientation = static_cast<int>(orientation);
  }
  if (meansAdobeRgb(exif)) metadata.colour_space = adobeRgb();
  metadata.exif = carriedExif(exif);
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
    readExif(exif, metadata);
    if (image->iccProfileDefined()) metadata.colour_profile = profileOf(*image);
    if (hasComment(format)) {
      metadata.description = image->comment();
    } else if (const auto entry = exif.findKey(Exiv2::ExifKey(kDescription)); entry != exif.end()) {
      metadata.description = entry->toString();
    }
  } catch (const std::exception&) {
    // The decoder finds out whether the picture itself is any good.
  }
  if (format == PictureFormat::Tiff) {  // of the page that is read
    auto header = readTiffHeader(bytes);
    metadata.width = header.width;
    metadata.height = header.height;
    metadata.orientation = header.orientation;
    metadata.colour_profile = std::move(header.colour_profile);
    metadata.description = std::move(header.description);
  }
  if (format == PictureFormat::Png && !metadata.colour_space) metadata.colour_space = colourSpaceFromPng(bytes);
  return metadata;
}

std::vector<std::uint8_t> withMetadata(const std::vector<std::uint8_t>& bytes, PictureFormat format,
                                       const MetadataToWrite& metadata) {
  prepareExiv2();
  try {
    auto image = Exiv2::ImageFactory::open(bytes.data(), static_cast<long>(bytes.size()));
    image->readMetadata();
    addExif(image->exifData(), metadata);
    if (!metadata.description.empty()) {
      if (hasComment(format)) {
        image->setComment(metadata.description);
      } else {
        image->exifData()[kDescription] = metadata.description;
      }
    }
    image->writeMetadata();
    auto& io = image->io();
    require(io.open() == 0, "the changed file cannot be read back");
    return bytesOf(io.read(static_cast<long>(io.size())));
  } catch (const std::exception& error) {
    throw Error(concat("The request could not be put inside the ", nameOf(format), " file: ", error.what(), "."));
  }
}

}  // namespace p2l
