// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace p2l::ui {

/// What a person is told when something could not be kept in the program's own folder. Where that is read-only or
/// cannot be made, a sentence names it and says what to do; else it is `problem`, which names the file.
QString keepingProblem(const QString& folder, const QString& problem);

}  // namespace p2l::ui
