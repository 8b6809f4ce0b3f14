// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/degradations/degradation.h"

namespace p2l {

/// A = A_2 A_1, such as a blur before the picture was made smaller; A^T = A_1^T A_2^T. Proximal step and pseudo-inverse
/// have no closed form, and the plain picture is that of `first` made from that of `second`. Holes are those of
/// `second`: where `first` has some, the measurement has values all the same.
/// @throws Error unless second's picture is first's measurement
std::unique_ptr<Degradation> composed(std::unique_ptr<Degradation> first, std::unique_ptr<Degradation> second);

}  // namespace p2l
