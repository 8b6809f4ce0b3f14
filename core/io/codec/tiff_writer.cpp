// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/io/codec/tiff_memory.h"
#include "core/io/codec/tiff_picture.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr std::uint32_t kBytesAStrip = 1 << 16;

/// Writes rows of a picture; `store` puts the samples of row y at its argument.
template <class Store>
std::vector<std::uint8_t> encodeRows(int width, int height, int channels, int bits, std::uint16_t format,
                                     const Store& store) {
  TiffMemory file;
  auto* tiff = file.handle();
  require(tiff != nullptr, "The picture cannot be encoded as TIFF: ", file.complaint(), ".");
  const bool colour = channels >= 3, alpha = channels == 2 || channels == 4;
  const auto row_bytes = static_cast<std::uint32_t>(width) * channels * bits / 8;
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(width));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(height));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, channels);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, format);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, colour ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  TIFFSetField(tiff, TIFFTAG_PREDICTOR, format == SAMPLEFORMAT_IEEEFP ? PREDICTOR_FLOATINGPOINT : PREDICTOR_HORIZONTAL);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, std::clamp<std::uint32_t>(kBytesAStrip / row_bytes, 1, height));
  const std::uint16_t unassociated = EXTRASAMPLE_UNASSALPHA;
  if (alpha) TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &unassociated);
  std::vector<std::uint8_t> row(row_bytes);
  for (int y = 0; y < height; ++y) {
    store(y, row.data());
    require(TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) == 1, "The picture of ", width, " x ",
            height, " pixels cannot be encoded as TIFF: ", file.complaint(), ".");
  }
  require(TIFFFlush(tiff) == 1, "The picture cannot be encoded as TIFF: ", file.complaint(), ".");
  return file.finish();
}

template <class Word>
void storeRow(const Image& image, int y, std::uint8_t* out) {
  constexpr float kWhite = static_cast<float>(static_cast<Word>(-1));
  const std::size_t count = static_cast<std::size_t>(image.width) * image.channels;
  const float* samples = image.pixels.data() + y * count;
  for (std::size_t i = 0; i < count; ++i) {
    const float unit = samples[i] > 0.0f ? std::min(samples[i], 1.0f) : 0.0f;  // NaN as 0
    const auto word = static_cast<Word>(std::lround(unit * kWhite));
    std::memcpy(out + i * sizeof(Word), &word, sizeof(Word));
  }
}

}  // namespace

std::vector<std::uint8_t> encodeTiff(const Image& image, int bits) {
  return encodeRows(image.width, image.height, image.channels, bits, SAMPLEFORMAT_UINT, [&](int y, std::uint8_t* row) {
    bits == 16 ? storeRow<std::uint16_t>(image, y, row) : storeRow<std::uint8_t>(image, y, row);
  });
}

std::vector<std::uint8_t> encodeFloatTiff(const Image& image) {
  return encodeRows(image.width, image.height, 1, 32, SAMPLEFORMAT_IEEEFP, [&](int y, std::uint8_t* row) {
    for (int x = 0; x < image.width; ++x) {
      const float sample = image.at(x, y, 0);
      std::memcpy(row + x * sizeof sample, &sample, sizeof sample);
    }
  });
}

}  // namespace p2l
