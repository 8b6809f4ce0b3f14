// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include "core/api/files.h"
#include "core/request/request.h"
#include "ui/base/background_work.h"

namespace p2l::ui {

/// What a blur makes of one white point, as a picture: the blur kernel as a run applies it.
class KernelPicture : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kSide = 84;

  explicit KernelPicture(QWidget* parent = nullptr);

  /// Shows the kernel of a request's degradation, computed away from the GUI thread; `kernel`: from a file, or null.
  void show(const RestoreRequest& request, std::shared_ptr<const Image> kernel);
  /// Grey levels, brightest 255; null until it is there.
  const QImage& picture() const { return picture_; }

 signals:
  void changed();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void compute();

  QImage picture_;
  RestoreRequest request_;
  std::shared_ptr<const Image> kernel_;
  bool wanted_ = false;
  BackgroundWork work_;
};

}  // namespace p2l::ui
