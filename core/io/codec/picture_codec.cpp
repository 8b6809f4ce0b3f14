// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/picture_codec.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string_view>

#include "core/io/codec/animation.h"
#include "core/io/codec/bmp_bitfields.h"
#include "core/io/codec/colour_profile.h"
#include "core/io/codec/png_transparency.h"
#include "core/io/codec/tiff_picture.h"
#include "core/types/error.h"
#include "core/types/lower_case.h"

namespace p2l {
namespace {

using ByteSpan = std::span<const std::uint8_t>;

bool hasText(ByteSpan bytes, std::size_t at, std::string_view text) {
  return bytes.size() >= at + text.size() && std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
}

void silenceOpenCv() {
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
}

/// Closes the standard error stream while it lives: OpenCV, libpng and libjpeg print what they think of damaged files
/// straight to it and offer no other way. Our own sentence is what a person should read. What another thread writes to
/// the stream meanwhile is lost, so this is for reading alone.
class QuietStandardError {
 public:
  QuietStandardError() : lock_(mutex()) {
    silenceOpenCv();
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    saved_ = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (saved_ >= 0) ::dup2(nowhere, STDERR_FILENO);
    ::close(nowhere);
  }
  ~QuietStandardError() {
    if (saved_ < 0) return;
    ::dup2(saved_, STDERR_FILENO);
    ::close(saved_);
  }
  QuietStandardError(const QuietStandardError&) = delete;
  QuietStandardError& operator=(const QuietStandardError&) = delete;

 private:
  static std::mutex& mutex() {
    static std::mutex only;
    return only;
  }
  std::lock_guard<std::mutex> lock_;
  int saved_ = -1;
};

/// True when the JPEG's own end marker is there. libjpeg fills what is missing with grey and only warns, and a search
/// for the marker would find the one of an embedded thumbnail: so the segments are followed.
bool jpegIsComplete(ByteSpan jpeg) {
  constexpr std::uint8_t kEnd = 0xD9;
  std::size_t at = 2;  // after the start marker
  while (at + 1 < jpeg.size()) {
    if (jpeg[at] != 0xFF) {  // entropy-coded data
      ++at;
      continue;
    }
    const std::uint8_t marker = jpeg[at + 1];
    if (marker == kEnd) return true;
    if (marker == 0xFF) {  // fill byte
      ++at;
    } else if (marker == 0x00 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {  // a data byte; no length
      at += 2;
    } else {
      if (at + 3 >= jpeg.size()) return false;
      at += 2 + (std::size_t{jpeg[at + 2]} << 8 | jpeg[at + 3]);
    }
  }
  return false;
}

/// True when the last chunk is there. libpng in OpenCV is content without it.
bool pngIsComplete(ByteSpan png) {
  std::size_t at = 8;
  while (at + 12 <= png.size()) {
    const std::size_t length =
        std::size_t{png[at]} << 24 | std::size_t{png[at + 1]} << 16 | std::size_t{png[at + 2]} << 8 | png[at + 3];
    if (hasText(png, at + 4, "IEND")) return true;
    at += 12 + length;
  }
  return false;
}

bool webpIsComplete(ByteSpan webp) {
  if (webp.size() < 12) return false;
  const std::size_t length =
      std::size_t{webp[7]} << 24 | std::size_t{webp[6]} << 16 | std::size_t{webp[5]} << 8 | webp[4];
  return webp.size() >= 8 + length;
}

bool isComplete(ByteSpan bytes, PictureFormat format) {
  switch (format) {
    case PictureFormat::Jpeg:
      return jpegIsComplete(bytes);
    case PictureFormat::Png:
      return pngIsComplete(bytes);
    case PictureFormat::WebP:
      return webpIsComplete(bytes);
    case PictureFormat::Tiff:
    case PictureFormat::Bmp:
      return true;  // their decoders refuse data that is cut off
  }
  return true;
}

/// OpenCV hands out grey with alpha as four channels.
bool isGreyWithAlpha(ByteSpan bytes, PictureFormat format) {
  constexpr std::size_t kColourType = 25;
  return format == PictureFormat::Png && bytes.size() > kColourType && bytes[kColourType] == 4;
}

/// The stored sample that means 1; 0: samples of an unknown kind.
float whiteOf(const cv::Mat& stored) {
  switch (stored.depth()) {
    case CV_8U:
      return 255.0f;
    case CV_16U:
      return 65535.0f;
    default:
      return 0.0f;
  }
}

cv::Mat rgbFromBgr(const cv::Mat& bgr, bool grey_with_alpha) {
  cv::Mat rgb = bgr;
  if (grey_with_alpha && bgr.channels() == 4) {
    std::vector<cv::Mat> planes;
    cv::split(bgr, planes);
    cv::merge(std::vector<cv::Mat>{planes[0], planes[3]}, rgb);
  } else if (bgr.channels() == 3) {
    cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
  } else if (bgr.channels() == 4) {
    cv::cvtColor(bgr, rgb, cv::COLOR_BGRA2RGBA);
  }
  return rgb;
}

/// Grey with the alpha that a transparent level means: 0 there, full elsewhere.
cv::Mat withTransparentGrey(const cv::Mat& grey, std::uint16_t level) {
  cv::Mat alpha, with_alpha;
  cv::compare(grey, cv::Scalar(level), alpha, cv::CMP_NE);
  alpha.convertTo(alpha, grey.depth(), grey.depth() == CV_16U ? 65535.0 / 255.0 : 1.0);
  cv::merge(std::vector<cv::Mat>{grey, alpha}, with_alpha);
  return with_alpha;
}

/// A sample in [0, 1], NaN as 0.
float clipped(float sample) {
  return sample > 0.0f ? std::min(sample, 1.0f) : 0.0f;
}

template <class Word>
Word wordFrom(float sample) {
  return static_cast<Word>(std::lround(clipped(sample) * static_cast<float>(static_cast<Word>(-1))));
}

/// One pixel in OpenCV's order, with the alpha of `channels` (1, 3 or 4) flattened on white where it has no place.
template <class Word>
void storePixel(const Image& image, int x, int y, int channels, Word* out) {
  const int colours = image.channels >= 3 ? 3 : 1;
  const float alpha = image.hasAlpha() ? clipped(image.at(x, y, image.channels - 1)) : 1.0f;
  const int stored = channels >= 3 ? 3 : 1;
  for (int c = 0; c < stored; ++c) {
    float sample = clipped(image.at(x, y, colours == 3 ? stored - 1 - c : 0));
    if (channels != 4) sample = sample * alpha + (1.0f - alpha);
    out[c] = wordFrom<Word>(sample);
  }
  if (channels == 4) out[3] = wordFrom<Word>(alpha);
}

/// Words of 8 or 16 bits.
template <class Word>
cv::Mat matFrom(const Image& image, bool with_alpha) {
  const int channels = image.hasAlpha() && with_alpha ? 4 : image.channels >= 3 ? 3 : 1;
  cv::Mat mat(image.height, image.width, CV_MAKETYPE(cv::DataType<Word>::depth, channels));
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) storePixel(image, x, y, channels, mat.ptr<Word>(y) + x * channels);
  }
  return mat;
}

/// Of a JPEG: where its frame header begins (T.81, table B.1); 0: there is none.
std::size_t frameHeaderOf(ByteSpan jpeg) {
  std::size_t at = 2;
  while (at + 9 < jpeg.size() && jpeg[at] == 0xFF) {
    const std::uint8_t marker = jpeg[at + 1];
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) return at;
    at += 2 + (std::size_t{jpeg[at + 2]} << 8 | jpeg[at + 3]);
  }
  return 0;
}

/// Its colours are inks, which libjpeg turns into RGB without a profile.
bool jpegHasInks(ByteSpan jpeg) {
  const auto at = frameHeaderOf(jpeg);
  return at > 0 && jpeg[at + 9] == 4;
}

/// Of a JPEG: what its frame header says that libjpeg does not read; empty: nothing.
std::string unreadKindOfJpeg(ByteSpan jpeg) {
  const auto at = frameHeaderOf(jpeg);
  if (at == 0) return {};
  const std::uint8_t marker = jpeg[at + 1];
  if (jpeg[at + 4] != 8) return concat("its samples have ", int{jpeg[at + 4]}, " bits");
  if ((marker & 3) == 3) return "it is compressed without loss";
  if (marker > 0xC2 && marker != 0xC9 && marker != 0xCA) return "it is hierarchical";
  return {};
}

}  // namespace

const char* nameOf(PictureFormat format) {
  switch (format) {
    case PictureFormat::Jpeg:
      return "JPEG";
    case PictureFormat::Png:
      return "PNG";
    case PictureFormat::Tiff:
      return "TIFF";
    case PictureFormat::WebP:
      return "WebP";
    case PictureFormat::Bmp:
      return "BMP";
  }
  return "";
}

std::optional<PictureFormat> formatFromBytes(ByteSpan bytes) {
  if (hasText(bytes, 0, "\xFF\xD8\xFF")) return PictureFormat::Jpeg;
  if (hasText(bytes, 0, "\x89PNG\r\n\x1A\n")) return PictureFormat::Png;
  if (hasText(bytes, 0, std::string_view("II*\0", 4)) || hasText(bytes, 0, std::string_view("MM\0*", 4)) ||
      hasText(bytes, 0, std::string_view("II+\0", 4)) || hasText(bytes, 0, std::string_view("MM\0+", 4))) {
    return PictureFormat::Tiff;
  }
  if (hasText(bytes, 0, "RIFF") && hasText(bytes, 8, "WEBP")) return PictureFormat::WebP;
  if (hasText(bytes, 0, "BM")) return PictureFormat::Bmp;
  return std::nullopt;
}

PictureFormat formatFromPath(const std::string& path) {
  const auto ending = lowerCase(std::filesystem::path(path).extension().string());
  if (ending == ".png") return PictureFormat::Png;
  if (ending == ".jpg" || ending == ".jpeg") return PictureFormat::Jpeg;
  if (ending == ".tif" || ending == ".tiff") return PictureFormat::Tiff;
  if (ending == ".webp") return PictureFormat::WebP;
  throw Error(concat(path, " cannot be written: its name must end with .png, .jpg, .jpeg, .tif, .tiff or .webp, found ",
                     ending.empty() ? "none" : ending, "."));
}

namespace {

DecodedPicture decodeByOpenCv(ByteSpan bytes, PictureFormat format, const std::string& name) {
  cv::Mat bgr;
  try {
    const QuietStandardError quiet;
    const cv::Mat data(1, static_cast<int>(bytes.size()), CV_8U, const_cast<std::uint8_t*>(bytes.data()));
    bgr = cv::imdecode(data, cv::IMREAD_UNCHANGED);
  } catch (const cv::Exception&) {
    bgr.release();
  }
  if (const auto kind = format == PictureFormat::Jpeg && bgr.empty() ? unreadKindOfJpeg(bytes) : ""; !kind.empty())
    throw Error(concat(name, " is a valid JPEG, but of a kind that is not read: ", kind, ": save it as PNG."));
  require(!bgr.empty(), name, " is damaged or cut off: its ", nameOf(format), " data cannot be decoded.");
  const float white = whiteOf(bgr);
  require(white > 0.0f && bgr.channels() <= 4, name,
          " has samples of a kind that cannot be read: 8 or 16 bits, and 1 to ", "4 channels are known.");

  cv::Mat rgb = rgbFromBgr(bgr, isGreyWithAlpha(bytes, format));
  if (format == PictureFormat::Png && rgb.channels() == 1) {
    if (const auto level = transparentGrey(bytes)) rgb = withTransparentGrey(rgb, *level);
  }
  bgr.release();
  DecodedPicture picture;
  picture.bits = rgb.depth() == CV_16U ? 16 : 8;
  if (format == PictureFormat::Jpeg && jpegHasInks(bytes)) picture.remarks.push_back(kRoughInks);
  Image& image = picture.image;
  image.width = rgb.cols;
  image.height = rgb.rows;
  image.channels = rgb.channels();
  image.pixels.resize(rgb.total() * rgb.channels());
  cv::Mat samples(rgb.rows, rgb.cols, CV_32FC(rgb.channels()), image.pixels.data());
  rgb.convertTo(samples, CV_32F);
  // A division, so that a byte b is the same float b / 255 everywhere in the program.
  for (float& sample : image.pixels) sample = clipped(sample / white);
  return picture;
}

}  // namespace

DecodedPicture decodePicture(ByteSpan bytes, PictureFormat format, SampleUse use, const std::string& name) {
  require(isComplete(bytes, format), name, " is cut off: the end of its ", nameOf(format), " data is missing.");
  if (format == PictureFormat::Tiff) return decodeTiff(bytes, use, name);
  auto special = format == PictureFormat::WebP  ? firstOfAnimation(bytes)
                 : format == PictureFormat::Bmp ? decodeBitfieldBmp(bytes, name)
                                                : std::nullopt;
  return special ? std::move(*special) : decodeByOpenCv(bytes, format, name);
}

namespace {

std::vector<std::uint8_t> encodeMat(const std::string& ending, const cv::Mat& mat, const std::vector<int>& options,
                                    PictureFormat format) {
  const auto what = [&] {
    return concat("The picture of ", mat.cols, " x ", mat.rows, " pixels cannot be encoded as ", nameOf(format));
  };
  std::vector<std::uint8_t> bytes;
  try {
    silenceOpenCv();
    cv::imencode(ending, mat, bytes, options);
  } catch (const cv::Exception& error) {
    throw Error(concat(what(), ": ", error.err, "."));
  }
  require(!bytes.empty(), what(), ".");
  return bytes;
}

}  // namespace

std::vector<std::uint8_t> encodePicture(const Image& image, PictureFormat format, int bits) {
  require(!image.empty(), "There is no picture to be written.");
  if (format == PictureFormat::Tiff) return encodeTiff(image, bits);
  std::string ending = ".png";
  std::vector<int> options;
  if (format == PictureFormat::Jpeg) {
    ending = ".jpg";
    options = {cv::IMWRITE_JPEG_QUALITY, 95};
  } else if (format == PictureFormat::WebP) {
    ending = ".webp";
    options = {cv::IMWRITE_WEBP_QUALITY, 101};  // above 100: lossless
  }
  const auto mat = bits == 16 && format == PictureFormat::Png
                       ? matFrom<std::uint16_t>(image, true)
                       : matFrom<std::uint8_t>(image, format != PictureFormat::Jpeg);
  return encodeMat(ending, mat, options, format);
}

std::vector<std::uint8_t> encodeMask(const Image& mask) {
  require(!mask.empty(), "There is no mask to be written.");
  cv::Mat mat(mask.height, mask.width, CV_8U);
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) mat.at<std::uint8_t>(y, x) = mask.at(x, y, 0) >= 0.5f ? 255 : 0;
  }
  return encodeMat(".png", mat, {cv::IMWRITE_PNG_BILEVEL, 1}, PictureFormat::Png);
}

std::vector<std::uint8_t> encodeKernel(const Image& kernel) {
  require(!kernel.empty(), "There is no kernel to be written.");
  cv::Mat mat(kernel.height, kernel.width, CV_16U);
  for (int y = 0; y < kernel.height; ++y) {
    for (int x = 0; x < kernel.width; ++x)
      mat.at<std::uint16_t>(y, x) = cv::saturate_cast<std::uint16_t>(kernel.at(x, y, 0) * 65535.0f);
  }
  return encodeMat(".png", mat, {}, PictureFormat::Png);
}

}  // namespace p2l
