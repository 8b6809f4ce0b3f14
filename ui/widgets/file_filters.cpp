// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/file_filters.h"

#include "ui/language/words.h"

namespace p2l::ui {

QString pictureFilter() {
  return tr("Pictures (%1)").arg(QStringLiteral("*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp"));
}

QString pictureOrAnyFilter() {
  return pictureFilter() + QStringLiteral(";;") + tr("All files (*)");
}

}  // namespace p2l::ui
