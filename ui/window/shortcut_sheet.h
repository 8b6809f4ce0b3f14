// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QMenuBar;

namespace p2l::ui {

/// Every key of the window, a group a menu, and what the mouse does with keys held.
class ShortcutSheet : public QDialog {
  Q_OBJECT
 public:
  struct Row {
    QString what;
    QStringList keys;  ///< each does it
  };
  struct Group {
    QString title;
    QList<Row> rows;
  };

  /// Property of an action whose text tells what it would do now: its name on the sheet.
  static constexpr const char* kName = "sheet_name";

  ShortcutSheet(const QList<Group>& groups, QWidget* parent);

  /// The menus' actions that have keys, in the menus' order, then the keys that no action has.
  static QList<Group> groupsOf(const QMenuBar& menus);
};

}  // namespace p2l::ui
