// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace p2l {

/// A safetensors file, memory-mapped read-only. Format: github.com/huggingface/safetensors (8 bytes little-endian
/// header length, JSON header, data). Read: F64, F32, F16, BF16, I64, I32, U8, BOOL.
class SafetensorsFile : public std::enable_shared_from_this<SafetensorsFile> {
 public:
  struct Entry {
    at::ScalarType type = at::kFloat;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;  ///< offset in the file
    std::uint64_t bytes = 0;
  };

  /// Maps the file and checks its header completely: lengths, types, shapes, offsets in range and not overlapping.
  /// @throws Error naming the file and what it is instead (missing, Git-LFS pointer, web page, pickle, truncated ...).
  static std::shared_ptr<const SafetensorsFile> open(const std::string& path);
  ~SafetensorsFile();
  SafetensorsFile(const SafetensorsFile&) = delete;
  SafetensorsFile& operator=(const SafetensorsFile&) = delete;

  const std::string& path() const { return path_; }
  const std::map<std::string, Entry>& entries() const { return entries_; }
  /// The header's texts (its "__metadata__").
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  bool has(const std::string& key) const { return entries_.count(key) != 0; }
  /// The tensor in the file's type, a view into the map that keeps it alive (a copy where the file is misaligned). Not
  /// to be written to. @throws Error when there is no such key.
  at::Tensor tensor(const std::string& key) const;
  /// Gives back the memory that reading has filled: views stay valid, and touching them reads the file again.
  void releasePages() const;

 private:
  SafetensorsFile() = default;
  void parseHeader();

  std::string path_;
  const std::uint8_t* data_ = nullptr;
  std::uint64_t size_ = 0;
  std::map<std::string, Entry> entries_;
  std::map<std::string, std::string> metadata_;
};

/// What to do about a pickle (.ckpt, .bin, .pt, .pth), as the end of a sentence: the one command that converts it.
/// @param target the safetensors file to make; empty: of the same name
std::string pickleAdvice(const std::string& pickle, std::string target = {});

/// Writes tensors (moved to the CPU, made contiguous) through a temporary file that replaces `path` when complete.
/// `metadata`: texts for the header. @throws Error naming the file.
void writeSafetensors(const std::string& path, const std::map<std::string, at::Tensor>& tensors,
                      const std::map<std::string, std::string>& metadata = {});

}  // namespace p2l
