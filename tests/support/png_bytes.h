// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace p2l::test {

/// A PNG file of any colour type and bit depth, written by hand (stored deflate blocks), for kinds that the program
/// itself does not write. `rows` holds the packed samples of each row.
class PngBytes {
 public:
  PngBytes(std::uint32_t width, std::uint32_t height, int bit_depth, int colour_type) {
    text_ = "\x89PNG\r\n\x1A\n";
    std::string header = bigEndian(width) + bigEndian(height);
    header += static_cast<char>(bit_depth);
    header += static_cast<char>(colour_type);
    header += std::string(3, '\0');
    chunk("IHDR", header);
  }

  PngBytes& chunk(const std::string& name, const std::string& data) {
    text_ += bigEndian(static_cast<std::uint32_t>(data.size())) + name + data + bigEndian(crc(name + data));
    return *this;
  }

  PngBytes& rows(const std::vector<std::string>& rows) {
    std::string raw;
    for (const auto& row : rows) raw += '\0' + row;  // filter 0: none
    std::string zlib = "\x78\x01";
    for (std::size_t at = 0; at < raw.size(); at += 65535) {
      const auto block = raw.substr(at, 65535);
      const auto size = static_cast<std::uint16_t>(block.size());
      zlib += at + 65535 >= raw.size() ? '\1' : '\0';
      zlib += {static_cast<char>(size & 255), static_cast<char>(size >> 8), static_cast<char>(~size & 255),
               static_cast<char>(~size >> 8 & 255)};
      zlib += block;
    }
    return chunk("IDAT", zlib + bigEndian(adler(raw)));
  }

  std::string end() { return chunk("IEND", "").text_; }

 private:
  static std::string bigEndian(std::uint32_t word) {
    return {static_cast<char>(word >> 24), static_cast<char>(word >> 16 & 255), static_cast<char>(word >> 8 & 255),
            static_cast<char>(word & 255)};
  }
  static std::uint32_t crc(const std::string& data) {
    std::uint32_t c = 0xffffffffu;
    for (const unsigned char byte : data) {
      c ^= byte;
      for (int k = 0; k < 8; ++k) c = (c & 1) ? 0xedb88320u ^ (c >> 1) : c >> 1;
    }
    return ~c;
  }
  static std::uint32_t adler(const std::string& data) {
    std::uint32_t a = 1, b = 0;
    for (const unsigned char byte : data) {
      a = (a + byte) % 65521;
      b = (b + a) % 65521;
    }
    return b << 16 | a;
  }

  std::string text_;
};

}  // namespace p2l::test
