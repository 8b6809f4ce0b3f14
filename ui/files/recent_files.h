// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

class QMenu;

namespace p2l::ui {

/// Puts a path in front of the list of recent files in the settings.
void addRecentFile(const QString& path);
/// Photos are looked for where this one is, and what is made of it is proposed there. Nothing for a sample photo, whose
/// folder is the program's, and for a pasted one, which has no path.
void rememberPhotoFolder(const QString& path);
/// Makes the menu anew from those that still exist; an entry calls `open`.
void fillRecentMenu(QMenu* menu, const std::function<void(const QString&)>& open);

}  // namespace p2l::ui
