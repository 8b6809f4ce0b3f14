// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>
#include <cstring>
#include <opencv2/core.hpp>

#include "core/io/codec/colour_profile.h"
#include "core/io/codec/float_range.h"
#include "core/io/codec/tiff_layout.h"
#include "core/io/codec/tiff_memory.h"
#include "core/io/codec/tiff_picture.h"
#include "core/types/error.h"

namespace p2l {
namespace {

[[noreturn]] void failDamaged(const std::string& name, const TiffMemory& file) {
  const auto& complaint = file.complaint();
  // One of the few kinds that libtiff itself refuses to open.
  if (complaint.find("different values per-sample") != std::string::npos) {
    throw Error(concat(name,
                       " is a valid TIFF, but of a kind that is not read: its channels have different numbers of ",
                       "bits: save it as TIFF with 8 or 16 bits a sample, or as PNG."));
  }
  throw Error(concat(name, " is damaged or cut off: its TIFF data cannot be decoded",
                     complaint.empty() ? "" : " (libtiff: " + complaint + ")", "."));
}

/// A row of samples as numbers, not scaled.
void unpackRow(const std::uint8_t* row, std::size_t count, const TiffLayout& layout, float* out) {
  const auto each = [&](auto word, const auto& convert) {
    for (std::size_t i = 0; i < count; ++i) {
      std::memcpy(&word, row + i * sizeof word, sizeof word);
      out[i] = static_cast<float>(convert(word));
    }
  };
  const auto same = [](auto word) { return word; };
  if (layout.is_float) {
    if (layout.bits == 16)
      each(std::uint16_t{}, [](std::uint16_t bits) { return float(std::bit_cast<cv::float16_t>(bits)); });
    if (layout.bits == 32) each(float{}, same);
    if (layout.bits == 64) each(double{}, same);
  } else if (layout.bits == 8) {
    each(std::uint8_t{}, same);
  } else if (layout.bits == 16) {
    each(std::uint16_t{}, same);
  } else if (layout.bits == 32) {
    each(std::uint32_t{}, same);
  } else {  // packed, the first sample in the upper bits
    std::uint32_t word = 0;
    unsigned held = 0;
    const std::uint32_t mask = (std::uint32_t{1} << layout.bits) - 1;
    for (std::size_t i = 0; i < count; ++i) {
      while (held < layout.bits) {
        word = word << 8 | *row++;
        held += 8;
      }
      held -= layout.bits;
      out[i] = static_cast<float>(word >> held & mask);
    }
  }
}

/// Reads the strips or tiles of a page into planes of numbers.
class SampleReader {
 public:
  SampleReader(const TiffMemory& file, const TiffLayout& layout, const std::string& name)
      : file_(file), layout_(layout), name_(name) {
    chosen_.assign(layout.samples, -1);
    for (int i = 0; i < layout.colourSamples(); ++i) chosen_[i] = kept_++;
    if (layout.alpha >= 0) chosen_[layout.alpha] = kept_++;
  }

  /// Interleaved: the colours, then opacity.
  std::vector<float> read() {
    result_.assign(std::size_t{layout_.width} * layout_.height * kept_, 0.0f);
    auto* tiff = file_.handle();
    std::uint32_t wide = layout_.width, high = layout_.height;
    TIFFGetField(tiff, layout_.tiled ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, &high);
    if (layout_.tiled) TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &wide);
    require(wide > 0 && high > 0, name_, " is damaged: its ", layout_.tiled ? "tiles" : "strips", " have no size.");
    high = layout_.tiled ? high : std::min(high, layout_.height);
    const auto size = layout_.tiled ? TIFFTileSize(tiff) : TIFFStripSize(tiff);
    row_bytes_ = layout_.tiled ? TIFFTileRowSize(tiff) : TIFFScanlineSize(tiff);
    constexpr tmsize_t kLargestBlock = tmsize_t{1} << 31;
    if (size <= 0 || size > kLargestBlock || row_bytes_ <= 0) failDamaged(name_, file_);
    buffer_.resize(static_cast<std::size_t>(size));
    row_.resize(std::size_t{wide} * (layout_.separate ? 1 : layout_.samples));
    require((row_.size() * layout_.bits + 7) / 8 <= static_cast<std::size_t>(row_bytes_), name_,
            " is damaged: its rows are too short.");
    for (int plane = 0; plane < (layout_.separate ? layout_.samples : 1); ++plane) {
      if (layout_.separate && chosen_[plane] < 0) continue;
      for (std::uint32_t y = 0; y < layout_.height; y += high) {
        for (std::uint32_t x = 0; x < layout_.width; x += wide) takeBlock(x, y, wide, high, plane);
      }
    }
    return std::move(result_);
  }

 private:
  void takeBlock(std::uint32_t x, std::uint32_t y, std::uint32_t wide, std::uint32_t high, int plane) {
    auto* tiff = file_.handle();
    const auto sample = static_cast<std::uint16_t>(plane);
    const std::uint32_t rows = std::min(high, layout_.height - y), columns = std::min(wide, layout_.width - x);
    const auto size = static_cast<tmsize_t>(buffer_.size());
    const auto got = layout_.tiled
                         ? TIFFReadEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, sample), buffer_.data(), size)
                         : TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, y, sample), buffer_.data(), size);
    if (got < row_bytes_ * static_cast<tmsize_t>(rows)) failDamaged(name_, file_);
    const std::size_t stored = layout_.separate ? 1 : layout_.samples;
    for (std::uint32_t r = 0; r < rows; ++r) {
      unpackRow(buffer_.data() + row_bytes_ * r, row_.size(), layout_, row_.data());
      float* out = result_.data() + (std::size_t{y + r} * layout_.width + x) * kept_;
      for (std::uint32_t c = 0; c < columns; ++c, out += kept_) {
        for (std::size_t s = 0; s < stored; ++s) {
          const int place = chosen_[layout_.separate ? static_cast<std::size_t>(plane) : s];
          if (place >= 0) out[place] = row_[c * stored + s];
        }
      }
    }
  }

  const TiffMemory& file_;
  const TiffLayout& layout_;
  const std::string& name_;
  std::vector<int> chosen_;  ///< where each stored sample goes; -1: left out
  int kept_ = 0;
  tmsize_t row_bytes_ = 0;
  std::vector<std::uint8_t> buffer_;
  std::vector<float> row_, result_;
};

Image imageOf(const TiffLayout& layout, int channels) {
  Image image;
  image.width = static_cast<int>(layout.width);
  image.height = static_cast<int>(layout.height);
  image.channels = channels;
  return image;
}

Image readByLibtiff(const TiffMemory& file, const TiffLayout& layout, const std::string& name) {
  std::vector<std::uint32_t> raster(std::size_t{layout.width} * layout.height);
  TIFFSetField(file.handle(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);  // turned upright later
  if (TIFFReadRGBAImageOriented(file.handle(), layout.width, layout.height, raster.data(), ORIENTATION_TOPLEFT, 1) != 1)
    failDamaged(name, file);
  Image image = imageOf(layout, 3);
  image.pixels.reserve(raster.size() * 3);
  for (const auto pixel : raster) {
    for (const auto sample : {TIFFGetR(pixel), TIFFGetG(pixel), TIFFGetB(pixel)})
      image.pixels.push_back(static_cast<float>(sample) / 255.0f);
  }
  return image;
}

/// Integer samples to [0, 1], the sense of white turned, palette looked up.
Image scaled(std::vector<float> samples, const TiffLayout& layout) {
  const int alpha = layout.alpha >= 0 ? 1 : 0;
  const int stored = layout.colourSamples() + alpha;
  const auto white = static_cast<float>(layout.white());
  if (layout.colours == TiffLayout::Colours::Palette) {
    Image image = imageOf(layout, 3 + alpha);
    image.pixels.reserve(samples.size() / stored * image.channels);
    for (std::size_t at = 0; at < samples.size(); at += stored) {
      const auto index = static_cast<std::size_t>(samples[at]);
      image.pixels.insert(image.pixels.end(), &layout.palette[index * 3], &layout.palette[index * 3] + 3);
      if (alpha) image.pixels.push_back(samples[at + 1] / white);
    }
    return image;
  }
  Image image = imageOf(layout, stored);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool inverted = layout.white_is_zero && !(alpha && i % stored == static_cast<std::size_t>(stored) - 1);
    // A division, so that a byte b is the same float b / 255 everywhere in the program.
    if (!layout.is_float) samples[i] = (inverted ? white - samples[i] : samples[i]) / white;
  }
  image.pixels = std::move(samples);
  return image;
}

/// Colours that are multiplied by alpha are divided by it; where it is 0 there are none.
void unpremultiply(Image& image) {
  for (std::size_t at = 0; at < image.pixels.size(); at += image.channels) {
    const float alpha = image.pixels[at + image.channels - 1];
    for (int c = 0; c + 1 < image.channels; ++c) {
      float& colour = image.pixels[at + c];
      colour = alpha > 0.0f ? std::min(colour / alpha, 1.0f) : 0.0f;
    }
  }
}

/// CMYK with or without alpha, as samples of their own. By the file's profile where it fits.
void convertInks(DecodedPicture& picture, const std::vector<float>& samples, const TiffLayout& layout,
                 std::span<const std::uint8_t> profile) {
  const int alpha = layout.alpha >= 0 ? 1 : 0;
  std::vector<float> inks, opacity;
  for (std::size_t at = 0; at < samples.size(); at += 4 + alpha) {
    inks.insert(inks.end(), &samples[at], &samples[at] + 4);
    if (alpha) opacity.push_back(std::clamp(samples[at + 4], 0.0f, 1.0f));
  }
  picture.image = imageOf(layout, 3 + alpha);
  auto [rgb, remark] = srgbFromCmyk(inks, profile);
  picture.remarks.push_back(std::move(remark));
  picture.srgb = true;
  for (std::size_t i = 0; i * 3 < rgb.size(); ++i) {
    picture.image.pixels.insert(picture.image.pixels.end(), &rgb[i * 3], &rgb[i * 3] + 3);
    if (alpha) picture.image.pixels.push_back(opacity[i]);
  }
}

/// L*a*b* with or without alpha (TIFF 6.0, Sec. 23, and the ICC's coding of TIFF Technical Note 4).
void convertLab(DecodedPicture& picture, const std::vector<float>& samples, const TiffLayout& layout) {
  const int alpha = layout.alpha >= 0 ? 1 : 0;
  const auto white = static_cast<float>(layout.white());
  const float unit = layout.bits == 16 ? 256.0f : 1.0f;  // of a* and b*
  const float lightest = layout.bits == 16 && !layout.lab_is_signed ? 65280.0f : white;
  const auto chroma = [&](float sample) {
    if (!layout.lab_is_signed) return sample / unit - 128.0f;
    return (sample > white / 2 ? sample - white - 1.0f : sample) / unit;
  };
  std::vector<float> lab;
  for (std::size_t at = 0; at < samples.size(); at += 3 + alpha)
    lab.insert(lab.end(), {samples[at] / lightest * 100.0f, chroma(samples[at + 1]), chroma(samples[at + 2])});
  const auto rgb = srgbFromLab(lab);
  picture.image = imageOf(layout, 3 + alpha);
  for (std::size_t i = 0; i * 3 < rgb.size(); ++i) {
    picture.image.pixels.insert(picture.image.pixels.end(), &rgb[i * 3], &rgb[i * 3] + 3);
    if (alpha) picture.image.pixels.push_back(samples[i * 4 + 3] / white);
  }
  picture.srgb = true;
  picture.remarks.emplace_back("Colours were converted from CIE L*a*b* to sRGB.");
}

}  // namespace

TiffHeader readTiffHeader(std::span<const std::uint8_t> bytes) {
  TiffHeader header;
  const TiffMemory file(bytes);
  auto* tiff = file.handle();
  if (!tiff) return header;
  selectTiffPicture(tiff);
  std::uint32_t width = 0, height = 0, profile_size = 0;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
  constexpr std::uint32_t kMost = 0x7fffffff;
  header.width = static_cast<int>(std::min(width, kMost));
  header.height = static_cast<int>(std::min(height, kMost));
  std::uint16_t orientation = 0;
  if (TIFFGetField(tiff, TIFFTAG_ORIENTATION, &orientation) == 1 && orientation >= 1 && orientation <= 8)
    header.orientation = orientation;
  if (const std::uint8_t* profile = nullptr; TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &profile_size, &profile) == 1)
    header.colour_profile.assign(profile, profile + profile_size);
  if (const char* text = nullptr; TIFFGetField(tiff, TIFFTAG_IMAGEDESCRIPTION, &text) == 1 && text)
    header.description = text;
  return header;
}

DecodedPicture decodeTiff(std::span<const std::uint8_t> bytes, SampleUse use, const std::string& name) {
  const TiffMemory file(bytes);
  if (!file.handle()) failDamaged(name, file);
  const int pages = selectTiffPicture(file.handle());
  const auto layout = tiffLayoutOf(file.handle(), name);
  DecodedPicture picture;
  picture.remarks = layout.remarks;
  if (pages > 1) picture.remarks.push_back(concat("One of its ", pages, " pages was read."));
  if (layout.by_libtiff) {
    picture.image = readByLibtiff(file, layout, name);
    return picture;
  }
  picture.bits = layout.bits > 8 ? 16 : 8;
  auto samples = SampleReader(file, layout, name).read();
  if (layout.colours == TiffLayout::Colours::Cmyk) {
    for (float& sample : samples) sample /= static_cast<float>(layout.white());
    std::uint32_t size = 0;
    const std::uint8_t* profile = nullptr;
    if (TIFFGetField(file.handle(), TIFFTAG_ICCPROFILE, &size, &profile) != 1) size = 0;
    convertInks(picture, samples, layout, {profile, size});
    return picture;
  }
  if (layout.colours == TiffLayout::Colours::Lab) {
    convertLab(picture, samples, layout);
    return picture;
  }
  picture.image = scaled(std::move(samples), layout);
  if (layout.is_float && use == SampleUse::Picture) {
    auto remarks = bringIntoUnitRange(picture.image, name);
    picture.remarks.insert(picture.remarks.end(), remarks.begin(), remarks.end());
    if (layout.white_is_zero) {
      const int colours = picture.image.channels >= 3 ? 3 : 1;
      for (std::size_t i = 0; i < picture.image.pixels.size(); ++i) {
        if (static_cast<int>(i % picture.image.channels) < colours)
          picture.image.pixels[i] = 1 - picture.image.pixels[i];
      }
    }
  }
  if (layout.premultiplied) unpremultiply(picture.image);
  return picture;
}

}  // namespace p2l
