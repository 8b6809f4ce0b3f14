// SPDX-License-Identifier: GPL-3.0-or-later
// Pickles that NumPy and PyTorch wrote, and what must never be read (tests/parity/make_lpips_reference.py made them).
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "core/io/archive.h"
#include "core/metrics/pickled_tensors.h"
#include "core/types/error.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

std::string contents(const std::string& name) {
  std::ifstream file(test::referencePath("pickles/" + name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What the file is refused with; empty: it is read.
std::string refusal(const std::function<void()>& read) {
  try {
    read();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(Pickle, ArraysOfNumpyByTheirPath) {
  const auto bytes = contents("arrays.ckpt");
  const auto arrays = numpyArraysFromPickle("arrays.ckpt", bytes);
  ASSERT_EQ(arrays.size(), 3u);
  const auto counted = at::arange(24, at::kFloat).view({2, 3, 4});
  EXPECT_TRUE(at::equal(arrays.at("net/Conv_0/kernel"), counted));
  EXPECT_TRUE(at::equal(arrays.at("net/Conv_0/bias"), at::tensor({1.5f, -2.5f})));
  EXPECT_TRUE(at::equal(arrays.at("fortran"), counted[0]));
}

TEST(Pickle, TensorsOfTorchsFormerFormat) {
  const auto linear = contents("linear.pth");
  const auto tensors = tensorsFromTorchPickle("linear.pth", linear);
  ASSERT_EQ(tensors.size(), 2u);
  EXPECT_TRUE(at::equal(tensors.at("weight"), at::tensor({0.5f, -0.25f}).view({1, 2})));
  EXPECT_TRUE(at::equal(tensors.at("bias"), at::tensor({3.0f})));
  const auto shared = contents("shared.pth");
  const auto parts = tensorsFromTorchPickle("shared.pth", shared);
  EXPECT_TRUE(at::equal(parts.at("part"), parts.at("whole")[1]));
}

TEST(Pickle, WhatIsNotPlainDataIsOneSentence) {
  const auto numpy = [](const char* name) {
    return refusal([&] {
      const auto bytes = contents(name);
      numpyArraysFromPickle(name, bytes);
    });
  };
  const auto torch = [](const char* name) {
    return refusal([&] {
      const auto bytes = contents(name);
      tensorsFromTorchPickle(name, bytes);
    });
  };
  EXPECT_EQ(
      numpy("hostile.ckpt"),
      "hostile.ckpt is not the pickle of plain arrays that was expected: the global \"posix system\" at byte 27.");
  EXPECT_NE(numpy("arrays_protocol4.ckpt").find("protocol 4"), std::string::npos);
  EXPECT_NE(numpy("double.ckpt").find("an array that is not of float32"), std::string::npos);
  EXPECT_NE(torch("turned.pth").find("a tensor that is not contiguous"), std::string::npos);
  EXPECT_NE(torch("arrays.ckpt").find("the global \"numpy._core.multiarray _reconstruct\""), std::string::npos);
  EXPECT_NE(torch("hostile.ckpt").find("posix system"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists("/tmp/p2l-hostile"));
}

TEST(Pickle, DamageIsRefusedWhereverItIs) {
  for (const char* name : {"arrays.ckpt", "linear.pth"}) {
    const auto whole = contents(name);
    const auto read = [&](const std::string& bytes) {
      return refusal([&] {
        if (std::string(name).ends_with(".pth")) {
          tensorsFromTorchPickle(name, bytes);
        } else {
          numpyArraysFromPickle(name, bytes);
        }
      });
    };
    EXPECT_EQ(read(whole), "");
    for (std::size_t length = 0; length < whole.size(); ++length)
      EXPECT_NE(read(whole.substr(0, length)), "") << length;
    // One changed byte may give another number; nothing but a value or a sentence comes of it.
    for (std::size_t i = 0; i < whole.size(); ++i) {
      for (int byte = 0; byte < 256; byte += 3) {
        auto bytes = whole;
        bytes[i] = static_cast<char>(byte);
        read(bytes);
      }
    }
  }
}

TEST(Pickle, NestingFillsNeitherTimeNorMemory) {
  // {"a": x, "b": x} twenty times around an array: a million paths to one array.
  const auto bytes = contents("arrays.ckpt");
  std::string bomb("\x80\x03", 2);
  bomb += "}q";
  bomb += '\0';
  for (char level = 1; level < 20; ++level) {
    bomb += "}q";
    bomb += level;
    for (const char* key : {"a", "b"}) {
      bomb += "X";
      bomb += std::string("\x01\0\0\0", 4) + key + "h" + static_cast<char>(level - 1) + "s";
    }
  }
  EXPECT_NE(refusal([&] { numpyArraysFromPickle("bomb", bomb + "."); }), "");
  std::string itself("\x80\x03}q\0X\x01\0\0\0ah\0s.", 15);
  EXPECT_NE(refusal([&] { numpyArraysFromPickle("itself", itself); }), "");
}

TEST(Archive, MembersOfZipAndTar) {
  for (const char* name : {"pickles/small.zip", "pickles/small.tar.gz"}) {
    const auto path = test::referencePath(name);
    const auto members = readArchive(path, {"two.txt", "a/one.txt"}, 3000);
    const std::string one(members.at("a/one.txt").begin(), members.at("a/one.txt").end());
    EXPECT_EQ(one, "one\n");
    EXPECT_EQ(members.at("two.txt").size(), 3000u);
    EXPECT_NE(refusal([&] { readArchive(path, {"two.txt"}, 2999); }).find("is larger than the 2999 bytes"),
              std::string::npos);
    EXPECT_NE(refusal([&] { readArchive(path, {"three.txt"}, 10); }).find("holds no three.txt"), std::string::npos);
  }
  const auto text = test::referencePath("metrics.json");
  EXPECT_NE(refusal([&] { readArchive(text, {"a"}, 10); }).find("cannot be read as a .zip or .tar.gz"),
            std::string::npos);
  EXPECT_NE(refusal([&] { readArchive("none.zip", {"a"}, 10); }).find("none.zip cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace p2l
