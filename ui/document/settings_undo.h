// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <functional>

#include "ui/base/run_job.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_parts.h"

class QUndoStack;

namespace p2l::ui {

class RunModel;

/// Undo and redo of the document's settings: task, solver, every value, mode, size and kernel. A command holds all of
/// them before and after, so that no value goes across solvers; a drag is one command, and so is what a person changes
/// by one click. A change of size keeps the mask that it takes away. Strokes have commands of their own on the same
/// stack.
class SettingsUndo : public QObject {
  Q_OBJECT
 public:
  static constexpr int kMergeMs = 700;  ///< changes of one value within this time are one command, as a drag is

  SettingsUndo(RunModel* document, QUndoStack* stack);

  /// Names the command of the changes that follow in this turn of the event loop, "preset Good". Without a name it is
  /// called after what differs, by the parameter's label: "change Data step", "change solver", "3 settings".
  void name(const QString& text);
  /// What changes meanwhile, settings and mask, has a command of another kind.
  void quietly(const std::function<void()>& change);

 private:
  friend class SettingsCommand;
  struct State {
    RestoreRequest request;
    JobPictures pictures;
    MaskEditor::State mask;
    SizeChoice size_choice;
  };
  State current() const;
  void settingsChanged();
  void photoChanged();
  /// `keys`: those of the change. Without the noise among them, that of the photo that is open stays: it may have come
  /// with the photo.
  void apply(const State& state, const QStringList& keys);

  RunModel* document_;
  QUndoStack* stack_;
  State last_;
  QString name_;  ///< of this turn's command; empty: none was given
  bool applying_ = false, opening_ = false;
  bool held_ = false;   ///< the mouse was down at the last change
  int turn_ = 0;        ///< counts turns of the event loop in which something changed
  int last_turn_ = -1;  ///< of the last command
  QElapsedTimer since_last_;
};

/// The settings that differ, by their keys: "K", "solver", ... What brings other values with it comes first.
QStringList changedKeys(const RestoreRequest& before, const RestoreRequest& after);

}  // namespace p2l::ui
