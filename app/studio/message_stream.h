// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace p2l::app {

/// From now on Qt's messages go to a copy of the standard error stream, which is closed for a moment whenever a picture
/// is decoded.
void writeMessagesToCopiedStream();

}  // namespace p2l::app
