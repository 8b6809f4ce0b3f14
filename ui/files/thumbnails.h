// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QIcon>
#include <QObject>
#include <QStringList>

#include "ui/base/background_work.h"

namespace p2l::ui {

/// A picture that keeps its colours while its row is chosen.
QIcon untintedIcon(const QImage& picture);

/// Small pictures of files for the rows of a list, all of one size, read one after the other away from the GUI thread.
class Thumbnails : public QObject {
  Q_OBJECT
 public:
  /// `side`: of the square that they lie in, in logical pixels.
  explicit Thumbnails(int side, QObject* parent = nullptr);

  /// The file's picture; empty() until it is there, which ready() tells, and for good where the
  /// file is no picture.
  QIcon of(const QString& path);
  /// A clear one of the same size.
  const QIcon& empty() const { return empty_; }
  /// What is wanted and not begun is not read any more.
  void forgetWishes() { wanted_.clear(); }

 signals:
  void ready(const QString& path);

 private:
  void next();

  int side_;
  QIcon empty_;
  QHash<QString, QIcon> known_;
  QStringList wanted_;
  BackgroundWork work_;
};

}  // namespace p2l::ui
