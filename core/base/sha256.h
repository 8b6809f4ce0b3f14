// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace p2l {

/// SHA-256 (FIPS 180-4) of data that comes in pieces.
class Sha256 {
 public:
  void update(const void* data, std::size_t size);
  void update(std::string_view text) { update(text.data(), text.size()); }
  /// The bytes of a file. @throws Error naming a file that cannot be read
  void updateFromFile(const std::string& path);
  /// The hash of everything so far as 64 lower-case hexadecimal digits; more data may follow.
  std::string hex() const;

 private:
  void compress(const std::uint8_t* blocks, std::size_t count);

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> block_{};
  std::uint64_t size_ = 0;  ///< bytes so far
};

/// Sha256::hex of a file's bytes. @throws Error naming a file that cannot be read
std::string sha256OfFile(const std::string& path);

}  // namespace p2l
