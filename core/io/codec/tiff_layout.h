// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tiffio.h>

#include <cstdint>
#include <string>
#include <vector>

namespace p2l {

/// How the samples of a TIFF's current page lie and what they mean (TIFF 6.0, and its technical notes).
struct TiffLayout {
  enum class Colours { Grey, Rgb, Palette, Cmyk, Lab };

  std::uint32_t width = 0, height = 0;
  std::uint16_t bits = 1, samples = 1;
  bool is_float = false;
  bool separate = false;  ///< one plane after the other instead of one pixel after the other
  bool tiled = false;
  Colours colours = Colours::Grey;
  bool white_is_zero = false;
  int alpha = -1;              ///< the sample that is opacity; -1: none
  bool premultiplied = false;  ///< colours are multiplied by it ("associated alpha")
  bool by_libtiff = false;     ///< YCbCr: libtiff converts it to RGB of 8 bits
  bool lab_is_signed = false;  ///< CIE L*a*b*: a* and b* in two's complement; else from their least value on (ICC)
  std::vector<float> palette;  ///< red, green and blue of each index, in [0, 1]
  std::vector<std::string> remarks;

  int colourSamples() const {
    return colours == Colours::Rgb || colours == Colours::Lab ? 3 : colours == Colours::Cmyk ? 4 : 1;
  }
  /// The integer sample that means 1.
  double white() const { return is_float ? 1.0 : static_cast<double>((std::uint64_t{1} << bits) - 1); }
};

/// Goes to the first page that is a picture and not a preview of one. @return how many pages there are
int selectTiffPicture(TIFF* tiff);

/// The layout of the current page. @throws Error: a kind of TIFF that is valid, but not read, and what to do; `name` is
/// the file for messages.
TiffLayout tiffLayoutOf(TIFF* tiff, const std::string& name);

}  // namespace p2l
