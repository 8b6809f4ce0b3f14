// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/tiff_memory.h"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace p2l {

/// What libtiff calls instead of a file's functions.
struct TiffMemory::Callbacks {
  static TiffMemory& self(thandle_t handle) { return *static_cast<TiffMemory*>(handle); }

  static std::span<const std::uint8_t> bytes(const TiffMemory& memory) {
    return memory.writing_ ? std::span<const std::uint8_t>(memory.written_) : memory.given_;
  }

  static tmsize_t read(thandle_t handle, void* out, tmsize_t wanted) {
    auto& memory = self(handle);
    const auto all = bytes(memory);
    if (memory.at_ >= all.size() || wanted <= 0) return 0;
    const auto count = std::min<std::uint64_t>(static_cast<std::uint64_t>(wanted), all.size() - memory.at_);
    std::memcpy(out, all.data() + memory.at_, count);
    memory.at_ += count;
    return static_cast<tmsize_t>(count);
  }

  static tmsize_t write(thandle_t handle, void* data, tmsize_t count) {
    auto& memory = self(handle);
    if (!memory.writing_ || count < 0) return -1;
    const auto end = memory.at_ + static_cast<std::uint64_t>(count);
    if (end > memory.written_.size()) memory.written_.resize(end);
    std::memcpy(memory.written_.data() + memory.at_, data, static_cast<std::size_t>(count));
    memory.at_ = end;
    return count;
  }

  static toff_t seek(thandle_t handle, toff_t offset, int whence) {
    auto& memory = self(handle);
    if (whence == SEEK_SET) memory.at_ = offset;
    if (whence == SEEK_CUR) memory.at_ += offset;
    if (whence == SEEK_END) memory.at_ = bytes(memory).size() + offset;
    return memory.at_;
  }

  static int close(thandle_t) { return 0; }
  static toff_t size(thandle_t handle) { return bytes(self(handle)).size(); }

  /// 1: dealt with, libtiff prints nothing.
  static int complain(TIFF*, void* user, const char* /*module*/, const char* format, va_list arguments) {
    auto& complaint = static_cast<TiffMemory*>(user)->complaint_;
    if (!complaint.empty()) return 1;
    std::array<char, 500> text{};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    complaint = text.data();
    while (complaint.ends_with('.') || complaint.ends_with('\n')) complaint.pop_back();
    return 1;
  }
  static int ignore(TIFF*, void*, const char*, const char*, va_list) { return 1; }

  static TIFF* open(TiffMemory& memory, const char* mode) {
    constexpr tmsize_t kMostAtOnce = tmsize_t{1} << 31;  // a damaged count must not take all memory
    const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                   &TIFFOpenOptionsFree);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kMostAtOnce);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), &complain, &memory);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), &ignore, &memory);
    return TIFFClientOpenExt("memory", mode, &memory, &read, &write, &seek, &close, &size, nullptr, nullptr,
                             options.get());
  }
};

// m: libtiff maps no file. The standard's name for "bytes of the machine's order" is the default.
TiffMemory::TiffMemory(std::span<const std::uint8_t> bytes) : given_(bytes) {
  tiff_.reset(Callbacks::open(*this, "rm"));
}

TiffMemory::TiffMemory() : writing_(true) {
  tiff_.reset(Callbacks::open(*this, "wm"));
}

std::vector<std::uint8_t> TiffMemory::finish() {
  tiff_.reset();
  return std::move(written_);
}

}  // namespace p2l
