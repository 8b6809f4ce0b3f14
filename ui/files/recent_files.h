// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

class QMenu;

namespace p2l::ui {

/// Puts a path in front of the list of recent files in the settings.
void addRecentFile(const QString& path);
/// Makes the menu anew from those that still exist; an entry calls `open`.
void fillRecentMenu(QMenu* menu, const std::function<void(const QString&)>& open);

}  // namespace p2l::ui
