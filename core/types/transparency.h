// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/types/image.h"

namespace p2l {

/// Gives each pixel with alpha 0 the colour of the nearest one that can be seen. What lies under alpha 0 has no
/// meaning, mostly black, and filters and networks would carry it into the edges as a dark ring. Other pixels stay.
Image spreadColours(Image image);

/// How a restored picture gets its photo's kind.
struct PhotoKind {
  SharedImage photo;         ///< of any size; the alpha is resized
  Image filled;              ///< of the picture's size, grey: above 0.5 the pixel was filled, and is opaque; or empty
  bool keep_hidden = false;  ///< what is under alpha 0 in a photo of the picture's size stays as it is
};

/// The restored RGB picture in the photo's own kind: grey stays grey, alpha is carried through.
Image likePhoto(const Image& rgb, const PhotoKind& kind);

}  // namespace p2l
