// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QMimeData;

namespace p2l::ui {

/// Runs of the history on their way by drag and drop: places in PastRuns::all, of this program alone.
QMimeData* dataFromRuns(const QList<int>& runs);
/// Empty: the data are something else, or of another program.
QList<int> runsFromData(const QMimeData* data);

}  // namespace p2l::ui
