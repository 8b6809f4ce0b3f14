// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/files.h"
#include "core/request/request.h"

namespace p2l::ui {

/// States the files that a request names, which no save may take the place of: by the names that
/// FileDesk::addInputs() lists.
void stateFiles(const RestoreRequest& request, OutputCheck& check);

}  // namespace p2l::ui
