// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/tiff_layout.h"

#include <algorithm>

#include "core/types/error.h"

namespace p2l {
namespace {

constexpr const char* kAdvice = ": save it as TIFF with 8 or 16 bits a sample, grey or RGB, or as PNG.";

template <class... Parts>
[[noreturn]] void refuse(const std::string& name, const Parts&... found) {
  throw Error(concat(name, " is a valid TIFF, but of a kind that is not read: ", found..., kAdvice));
}

template <class Value>
Value fieldOf(TIFF* tiff, std::uint32_t tag, Value otherwise) {
  Value value = otherwise;
  return TIFFGetFieldDefaulted(tiff, tag, &value) == 1 ? value : otherwise;
}

std::uint16_t photometricOf(TIFF* tiff, std::uint16_t samples) {
  std::uint16_t photometric = 0;
  if (TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric) == 1) return photometric;
  const auto compression = fieldOf<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  const bool fax = compression >= COMPRESSION_CCITTRLE && compression <= COMPRESSION_CCITTFAX4;
  return fax ? PHOTOMETRIC_MINISWHITE : samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
}

std::string photometricName(std::uint16_t photometric) {
  switch (photometric) {
    case PHOTOMETRIC_MASK:
      return "a transparency mask";
    case PHOTOMETRIC_ICCLAB:
    case PHOTOMETRIC_ITULAB:
    case PHOTOMETRIC_CIELAB:
      return "L*a*b* colours";
    case PHOTOMETRIC_CFA:
    case 34892:
      return "a camera's raw data";
    case PHOTOMETRIC_LOGL:
    case PHOTOMETRIC_LOGLUV:
      return "logarithmic luminance (LogLuv)";
    default:
      return concat("its PhotometricInterpretation is ", photometric);
  }
}

void checkCompression(TIFF* tiff, const TiffLayout& layout, const std::string& name) {
  const auto compression = fieldOf<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  if (compression == COMPRESSION_JPEG && layout.bits != 8) refuse(name, "JPEG data of ", layout.bits, " bits");
  if (TIFFIsCODECConfigured(compression) == 1) return;
  const auto* codec = TIFFFindCODEC(compression);
  refuse(name, "its compression is ", codec ? codec->name : "number ", codec ? "" : std::to_string(compression));
}

void checkSamples(const TiffLayout& layout, std::uint16_t format, const std::string& name) {
  if (format == SAMPLEFORMAT_INT) refuse(name, "its samples are integers with a sign");
  if (format == SAMPLEFORMAT_COMPLEXINT || format == SAMPLEFORMAT_COMPLEXIEEEFP)
    refuse(name, "its samples are complex numbers");
  const bool known = layout.is_float ? layout.bits == 16 || layout.bits == 32 || layout.bits == 64
                                     : (layout.bits >= 1 && layout.bits <= 16) || layout.bits == 32;
  if (!known) refuse(name, layout.bits, " bits a ", layout.is_float ? "float " : "", "sample");
}

void takeColours(TIFF* tiff, TiffLayout& layout, const std::string& name) {
  using Colours = TiffLayout::Colours;
  const auto photometric = photometricOf(tiff, layout.samples);
  const auto compression = fieldOf<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  switch (photometric) {
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_MINISBLACK:
      layout.white_is_zero = photometric == PHOTOMETRIC_MINISWHITE;
      return;
    case PHOTOMETRIC_RGB:
      layout.colours = Colours::Rgb;
      return;
    case PHOTOMETRIC_PALETTE:
      layout.colours = Colours::Palette;
      return;
    case PHOTOMETRIC_SEPARATED:
      layout.colours = Colours::Cmyk;
      if (fieldOf<std::uint16_t>(tiff, TIFFTAG_INKSET, INKSET_CMYK) != INKSET_CMYK || layout.samples < 4)
        refuse(name, "its inks are other ones than cyan, magenta, yellow and black");
      return;
    case PHOTOMETRIC_YCBCR:
      layout.colours = Colours::Rgb;
      if (compression == COMPRESSION_JPEG && !layout.separate) {
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        return;
      }
      break;
    case PHOTOMETRIC_CIELAB:
    case PHOTOMETRIC_ICCLAB:
      layout.colours = Colours::Lab;
      layout.lab_is_signed = photometric == PHOTOMETRIC_CIELAB;
      if (layout.is_float || (layout.bits != 8 && layout.bits != 16))
        refuse(name, "L*a*b* colours of ", layout.bits, " bits a ", layout.is_float ? "float " : "", "sample");
      return;
    default:
      refuse(name, photometricName(photometric));
  }
  char reason[1024] = "";
  layout.by_libtiff = true;
  if (layout.samples != 3 || layout.bits != 8 || TIFFRGBAImageOK(tiff, reason) != 1)
    refuse(name, photometric == PHOTOMETRIC_YCBCR ? "YCbCr colours" : photometricName(photometric), " in ",
           layout.samples, " samples of ", layout.bits, " bits");
}

void takePalette(TIFF* tiff, TiffLayout& layout, const std::string& name) {
  if (layout.is_float || layout.bits > 8) refuse(name, "a palette with indices of ", layout.bits, " bits");
  std::uint16_t* maps[3] = {};
  require(TIFFGetField(tiff, TIFFTAG_COLORMAP, &maps[0], &maps[1], &maps[2]) == 1, name,
          " is damaged: its colours are in a palette that it does not have.");
  const std::size_t count = std::size_t{1} << layout.bits;
  std::uint16_t largest = 0;
  for (const auto* map : maps) largest = std::max(largest, *std::max_element(map, map + count));
  // Some programs write bytes there, or bytes as the upper half of a number.
  const auto isUpperHalf = [count](const std::uint16_t* map) {
    return std::all_of(map, map + count, [](std::uint16_t value) { return value % 256 == 0; });
  };
  const bool halves = std::all_of(std::begin(maps), std::end(maps), isUpperHalf);
  const float white = largest < 256 ? 255.0f : halves ? 65280.0f : 65535.0f;
  for (std::size_t index = 0; index < count; ++index) {
    for (const auto* map : maps) layout.palette.push_back(static_cast<float>(map[index]) / white);
  }
}

/// Samples after the colours. Without a word about it, a single one is opacity, as TIFFs of OpenCV and of former
/// versions of this program have it.
void takeExtraSamples(TIFF* tiff, TiffLayout& layout, const std::string& name) {
  const int colours = layout.colourSamples();
  require(layout.samples >= colours, name, " is damaged: its pixels have ", layout.samples,
          " samples, and its colours ", "need ", colours, ".");
  const int extra = layout.samples - colours;
  std::uint16_t count = 0;
  std::uint16_t* kinds = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) != 1) count = 0;
  int left_out = extra;
  if (count == 0 && extra == 1) {
    layout.alpha = colours;
    left_out = 0;
  }
  for (int i = 0; i < std::min<int>(count, extra) && layout.alpha < 0; ++i) {
    if (kinds[i] != EXTRASAMPLE_ASSOCALPHA && kinds[i] != EXTRASAMPLE_UNASSALPHA) continue;
    // libtiff stores its samples with the colours first, so the i-th extra one follows them.
    layout.alpha = colours + i;
    layout.premultiplied = kinds[i] == EXTRASAMPLE_ASSOCALPHA;
    --left_out;
  }
  if (left_out > 0) {
    layout.remarks.push_back(concat(left_out == 1 ? "One channel" : concat(left_out, " channels"),
                                    " beside the colours ", left_out == 1 ? "was" : "were",
                                    " left out: the file does not say that ", left_out == 1 ? "it is" : "they are",
                                    " opacity."));
  }
}

}  // namespace

int selectTiffPicture(TIFF* tiff) {
  const int pages = TIFFNumberOfDirectories(tiff);
  for (int page = 0; page < pages; ++page) {
    if (TIFFSetDirectory(tiff, static_cast<std::uint16_t>(page)) != 1) break;
    const auto kind = fieldOf<std::uint32_t>(tiff, TIFFTAG_SUBFILETYPE, 0);
    if ((kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0) return pages;
  }
  TIFFSetDirectory(tiff, 0);
  return pages;
}

TiffLayout tiffLayoutOf(TIFF* tiff, const std::string& name) {
  TiffLayout layout;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &layout.width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &layout.height);
  require(layout.width > 0 && layout.height > 0, name, " is damaged: its TIFF header has no size.");
  layout.bits = fieldOf<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  layout.samples = fieldOf<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  layout.separate = layout.samples > 1 &&
                    fieldOf<std::uint16_t>(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
  layout.tiled = TIFFIsTiled(tiff) != 0;
  const auto format = fieldOf<std::uint16_t>(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  layout.is_float = format == SAMPLEFORMAT_IEEEFP;
  if (void* raw = nullptr; TIFFGetField(tiff, TIFFTAG_DNGVERSION, &raw) == 1)
    refuse(name, "a camera's raw data (DNG), to be developed by another program first");
  std::uint16_t sub_count = 0;
  toff_t* sub_offsets = nullptr;
  const auto kind = fieldOf<std::uint32_t>(tiff, TIFFTAG_SUBFILETYPE, 0);
  if ((kind & FILETYPE_REDUCEDIMAGE) != 0 && TIFFGetField(tiff, TIFFTAG_SUBIFD, &sub_count, &sub_offsets) == 1)
    refuse(name, "a preview with a camera's raw data behind it, to be developed by another program first");
  checkCompression(tiff, layout, name);
  checkSamples(layout, format, name);
  takeColours(tiff, layout, name);
  if (layout.by_libtiff) return layout;
  if (layout.colours == TiffLayout::Colours::Palette) takePalette(tiff, layout, name);
  takeExtraSamples(tiff, layout, name);
  return layout;
}

}  // namespace p2l
