// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tiffio.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace p2l {

/// A TIFF file in memory that is open in libtiff, and what libtiff first complained about. Nothing is printed.
class TiffMemory {
 public:
  /// Opens `bytes` for reading; they must outlive the object. handle() is null when libtiff takes them for no TIFF.
  explicit TiffMemory(std::span<const std::uint8_t> bytes);
  /// Opens an empty file for writing.
  TiffMemory();
  TiffMemory(const TiffMemory&) = delete;
  TiffMemory& operator=(const TiffMemory&) = delete;

  TIFF* handle() const { return tiff_.get(); }
  /// libtiff's first complaint without its full stop; empty: none.
  const std::string& complaint() const { return complaint_; }
  /// Closes the file that was written. @return its bytes
  std::vector<std::uint8_t> finish();

 private:
  struct Callbacks;
  struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
  };

  std::span<const std::uint8_t> given_;
  std::vector<std::uint8_t> written_;
  bool writing_ = false;
  std::uint64_t at_ = 0;
  std::string complaint_;
  std::unique_ptr<TIFF, Close> tiff_;  // last: its closing calls back
};

}  // namespace p2l
