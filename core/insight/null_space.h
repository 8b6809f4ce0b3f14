// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/catalogue.h"
#include "core/types/image.h"

namespace p2l {

/// What a linear degradation A sees of a change of the picture, and what it destroys: w = n + r with
/// n = (I - A^+ A) w, for which A n = 0, and r = A^+ A w. Pictures are RGB on the scale [0, 1]; changes are differences
/// on that scale, so that x + a n + b r is a picture up to its clipping, and y + a A n + b A r what is measured of it.
struct NullSpace {
  Image x;                                              ///< the photo as it is worked on
  Image unseen, seen;                                   ///< n, r
  Image y;                                              ///< A x, without noise, of its own size
  Image unseen_in_y, seen_in_y;                         ///< A n, A r
  double moved_unseen = 0.0, moved_seen = 0.0;          ///< ||n||, ||r|| on the scale [-1, 1]
  double changed_y_unseen = 0.0, changed_y_seen = 0.0;  ///< ||A n||, ||A r||
  long long numbers_x = 0, numbers_y = 0;               ///< how many numbers x and y have
};

/// For w = other - x, so that x + n has of the other picture what A destroys, and of x what A sees.
/// @throws Error on bad input, and where the degradation is not linear
NullSpace nullSpaceOf(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs,
                      const Image& other);

/// a + sum of share * change, of one size.
Image movedPicture(const Image& picture, const Image& change, double share, const Image& other_change,
                   double other_share);

}  // namespace p2l
