// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace p2l::ui {

/// What is to become of a result that was not saved when the window closes.
enum class Leave { Save, Discard, Stay };

/// The questions that stop a person; a test gives its own answers. File names are empty when nothing was chosen.
struct Dialogs {
  std::function<QString(QWidget* parent, const QString& title, const QString& folder, const QString& filter)> open_file;
  std::function<QString(QWidget* parent, const QString& title, const QString& proposal, const QString& filter)>
      save_file;
  std::function<Leave(QWidget* parent)> leave_unsaved;
};

/// Those on the screen.
Dialogs screenDialogs();

}  // namespace p2l::ui
