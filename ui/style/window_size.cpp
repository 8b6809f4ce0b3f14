// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/window_size.h"

#include <QScreen>
#include <QWidget>

namespace p2l::ui {
namespace {

constexpr double kShare = 0.9;  // a frame and a title bar have room beside it

}  // namespace

QSize sizeOnScreen(const QWidget& dialog, QSize wanted) {
  const auto& place = dialog.parentWidget() != nullptr ? *dialog.parentWidget() : dialog;
  return wanted.boundedTo(place.screen()->availableGeometry().size() * kShare);
}

}  // namespace p2l::ui
