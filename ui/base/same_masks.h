// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "ui/base/background_work.h"

namespace p2l::ui {

/// Whether two masks miss the same pixels; at once, and so on the GUI thread for a few of them only.
bool missTheSame(const QImage& one, const QImage& other);

/// Whether masks miss the same pixels, whatever their formats: one that was written and read again may have another.
/// They are compared away from the GUI thread, and what was found is remembered.
class SameMasks : public QObject {
  Q_OBJECT
 public:
  /// Remembers so many at most: those that were asked for first are forgotten first.
  static constexpr std::size_t kMost = 4096;

  explicit SameMasks(QObject* parent = nullptr, std::size_t most = kMost) : QObject(parent), most_(most) {}

  /// Nothing: it is being found out, and found() follows.
  std::optional<bool> same(const QImage& one, const QImage& other);
  /// Whether something is being found out.
  bool busy() const { return work_.busy(); }

 signals:
  void found();

 private:
  using Keys = std::pair<qint64, qint64>;  ///< of the images' caches

  const std::size_t most_;
  std::map<Keys, std::optional<bool>> known_;
  std::deque<Keys> order_;  ///< in which they were asked for
  BackgroundWork work_;
};

}  // namespace p2l::ui
