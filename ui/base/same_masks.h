// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
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
  using QObject::QObject;

  /// Nothing: it is being found out, and found() follows.
  std::optional<bool> same(const QImage& one, const QImage& other);
  /// Whether something is being found out.
  bool busy() const { return work_.busy(); }

 signals:
  void found();

 private:
  std::map<std::pair<qint64, qint64>, std::optional<bool>> known_;  ///< by their cache keys
  BackgroundWork work_;
};

}  // namespace p2l::ui
