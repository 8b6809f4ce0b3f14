// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <memory>

#include "core/types/image.h"

namespace p2l::ui {

/// A view of the frame's own bytes: nothing is copied, and the image keeps the frame alive. Null for a null or empty
/// frame. The image must not be written to (QImage copies it if somebody does).
QImage imageFromFrame(std::shared_ptr<const Frame> frame);

/// 8-bit RGB or RGBA for the screen.
QImage qimageFromImage(const Image& image);

/// Any QImage (a clipboard paste) in sRGB, with 16-bit samples where it has them; grey stays grey, alpha stays alpha.
Image imageFromQImage(const QImage& image);

}  // namespace p2l::ui
