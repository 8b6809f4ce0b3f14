// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace p2l::ui {

/// Where the last result is kept until it is saved, so that a crash loses nothing. The folder is made if need be.
QString keptResultPath();
/// The kept result of an earlier session that ended without saving or discarding it; empty when there is none.
QString keptResultFromBefore();
void forgetKeptResult();

}  // namespace p2l::ui
