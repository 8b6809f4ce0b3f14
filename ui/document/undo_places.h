// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVector>
#include <functional>

class QUndoCommand;
class QUndoStack;

namespace p2l::ui {

/// Remembers where each command of a stack was made, so that undo and redo lead back there and what changes is seen. To
/// go from one place to another is a step of its own on the stack; it changes nothing of the document.
class UndoPlaces : public QObject {
  Q_OBJECT
 public:
  /// @param here the place where a person is, such as a page's number
  /// @param go leads to a place
  UndoPlaces(QUndoStack* stack, std::function<int()> here, std::function<void(int)> go, QObject* parent);

  /// A person has gone from one place to another, called `text` in the menu. Several places one after another are one
  /// step, and none where it ends where it began. What can be redone is not thrown away for it.
  /// @param alone by itself, and not as a part of something else: only then a step is begun
  void went(int from, int to, const QString& text, bool alone);

 private:
  struct Made {
    const QUndoCommand* command;
    int place;
  };
  void moved(int index);
  void lead(int place);

  QUndoStack* stack_;
  std::function<int()> here_;
  std::function<void(int)> go_;
  QVector<Made> made_;
  int index_;
  bool leading_ = false;
};

/// Whether the stack, which was at the index `from`, has moved by a step from place to place: no setting has changed.
bool movedByPlaceOnly(const QUndoStack& stack, int from);

}  // namespace p2l::ui
