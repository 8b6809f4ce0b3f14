// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace p2l {

/// The program's version, "0.2.0". A function, so that raising it compiles one file.
const char* version();

}  // namespace p2l
