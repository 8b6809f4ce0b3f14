// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include "core/api/files.h"

namespace p2l::ui {

/// A picture as an address that an HTML file has inside.
QString pngUrl(const QImage& image);
/// As a PNG of this depth, with what goes inside of it: a run from it begins with the same numbers. @throws Error
QString pngUrl(const Image& image, int bits, const std::string& request_json = {},
               const RequestPictures& pictures = {});

}  // namespace p2l::ui
