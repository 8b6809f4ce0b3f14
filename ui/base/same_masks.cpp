// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/same_masks.h"

#include <algorithm>
#include <cstring>

namespace p2l::ui {

bool missTheSame(const QImage& one, const QImage& other) {
  if (one.size() != other.size()) return false;
  constexpr uchar kMissing = 128;
  const auto a = one.convertToFormat(QImage::Format_Grayscale8), b = other.convertToFormat(QImage::Format_Grayscale8);
  for (int y = 0; y < a.height(); ++y) {
    const auto *left = a.constScanLine(y), *right = b.constScanLine(y);
    const auto alike = [](uchar l, uchar r) { return (l >= kMissing) == (r >= kMissing); };
    const bool equal = std::memcmp(left, right, static_cast<std::size_t>(a.width())) == 0;
    if (!equal && !std::equal(left, left + a.width(), right, alike)) return false;
  }
  return true;
}

std::optional<bool> SameMasks::same(const QImage& one, const QImage& other) {
  if (one.isNull() || other.isNull() || one.cacheKey() == other.cacheKey()) return one.isNull() == other.isNull();
  if (one.size() != other.size()) return false;
  const Keys keys(one.cacheKey(), other.cacheKey());
  if (const auto place = known_.find(keys); place != known_.end()) return place->second;
  if (known_.size() >= most_ && !order_.empty()) {
    known_.erase(order_.front());
    order_.pop_front();
  }
  known_[keys] = std::nullopt;
  order_.push_back(keys);
  work_.start([one, other] { return missTheSame(one, other); },
              [this, keys](bool same, const QString&) {
                if (const auto place = known_.find(keys); place != known_.end()) place->second = same;
                emit found();
              });
  return std::nullopt;
}

}  // namespace p2l::ui
