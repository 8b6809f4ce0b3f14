// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/system.h"

namespace p2l {
namespace {

std::string hashOf(std::string_view text) {
  Sha256 hash;
  hash.update(text);
  return hash.hex();
}

TEST(Sha256, KnownVectors) {  // FIPS 180-4 and NIST's examples
  EXPECT_EQ(hashOf(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hashOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hashOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hashOf(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesOfAnySizeGiveTheSame) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += static_cast<char>(i * 7 % 251);
  const auto whole = hashOf(text);
  for (const std::size_t piece : {1u, 3u, 55u, 56u, 63u, 64u, 65u, 128u, 999u}) {
    Sha256 hash;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      hash.update(std::string_view(text).substr(at, piece));
      (void)hash.hex();  // looking does not change
    }
    EXPECT_EQ(hash.hex(), whole) << piece;
  }
}

TEST(System, PeakMemoryIsThatOfAProgram) {
  const double before = peakMemoryMb();
  EXPECT_GT(before, 1.0);
  std::string block(std::size_t{64} << 20, 'x');
  EXPECT_EQ(block[12345678], 'x');
  EXPECT_GE(peakMemoryMb(), before);
  EXPECT_GT(peakMemoryMb(), 64.0);
}

TEST(System, ExecutableFolderIsAbsolute) {
  EXPECT_EQ(executableFolder().front(), '/');
}

}  // namespace
}  // namespace p2l
