// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <functional>

class QWidget;

namespace p2l::ui {

/// What is to become of what was not saved when the window closes.
enum class Leave { Save, Discard, Stay };

/// What closing the window would lose, a sentence each, and whether some of it can be saved first.
struct AtStake {
  QStringList losses;
  bool can_save = false;
};

/// The questions that stop a person; a test gives its own answers. File names are empty when nothing was chosen.
struct Dialogs {
  std::function<QString(QWidget* parent, const QString& title, const QString& folder, const QString& filter)> open_file;
  std::function<QString(QWidget* parent, const QString& title, const QString& proposal, const QString& filter)>
      save_file;
  std::function<Leave(QWidget* parent, const AtStake& at_stake)> leave;
  /// Whether this may be lost, a sentence each, when the file is saved.
  std::function<bool(QWidget* parent, const QString& path, const QStringList& losses)> lose;
};

/// Those on the screen.
Dialogs screenDialogs();

}  // namespace p2l::ui
