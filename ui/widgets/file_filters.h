// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace p2l::ui {

/// For a file dialog: the kinds of pictures that readPhoto() of the core reads.
QString pictureFilter();
/// The same, or any file: a photo may lack its ending.
QString pictureOrAnyFilter();

}  // namespace p2l::ui
