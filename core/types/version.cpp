// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/version.h"

namespace p2l {

const char* version() {
  return P2L_VERSION;
}

}  // namespace p2l
