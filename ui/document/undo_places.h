// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVector>
#include <functional>

class QUndoCommand;
class QUndoStack;

namespace p2l::ui {

/// Remembers where each command of a stack was made, so that undo and redo lead back there and what changes is seen.
class UndoPlaces : public QObject {
  Q_OBJECT
 public:
  /// @param here the place where a person is, such as a page's number
  /// @param go leads to a place
  UndoPlaces(QUndoStack* stack, std::function<int()> here, std::function<void(int)> go, QObject* parent);

 private:
  struct Made {
    const QUndoCommand* command;
    int place;
  };
  void moved(int index);

  QUndoStack* stack_;
  std::function<int()> here_;
  std::function<void(int)> go_;
  QVector<Made> made_;
  int index_;
};

}  // namespace p2l::ui
