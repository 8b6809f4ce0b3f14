// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/undo_places.h"

#include <QUndoStack>
#include <utility>

namespace p2l::ui {

UndoPlaces::UndoPlaces(QUndoStack* stack, std::function<int()> here, std::function<void(int)> go, QObject* parent)
    : QObject(parent), stack_(stack), here_(std::move(here)), go_(std::move(go)), index_(stack->index()) {
  connect(stack, &QUndoStack::indexChanged, this, &UndoPlaces::moved);
}

void UndoPlaces::moved(int index) {
  const int from = std::exchange(index_, index);
  // What the stack has thrown away: another command may get its address.
  for (int i = 0; i < made_.size(); ++i) {
    if (i < stack_->count() && made_[i].command == stack_->command(i)) continue;
    made_.resize(i);
    break;
  }
  if (index > from && index > made_.size()) {  // a new command: those that were undone are gone
    while (made_.size() < index) made_.push_back({stack_->command(static_cast<int>(made_.size())), here_()});
    return;
  }
  const int touched = index < from ? index : index - 1;  // the last one, of several
  if (index != from && touched < made_.size() && made_[touched].place != here_()) go_(made_[touched].place);
}

}  // namespace p2l::ui
