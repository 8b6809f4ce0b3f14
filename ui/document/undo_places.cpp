// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/undo_places.h"

#include <QUndoStack>
#include <utility>

namespace p2l::ui {
namespace {

constexpr int kCommandId = 7002;

/// Where it leads is done by UndoPlaces once the stack has moved.
class PlaceStep : public QUndoCommand {
 public:
  PlaceStep(int before, int after, const QString& text) : QUndoCommand(text), before_(before), after_(after) {}

  int id() const override { return kCommandId; }
  bool mergeWith(const QUndoCommand* other) override {
    after_ = static_cast<const PlaceStep*>(other)->after_;
    setText(other->text());
    setObsolete(after_ == before_);
    return true;
  }
  int before() const { return before_; }
  int after() const { return after_; }

 private:
  int before_, after_;
};

const PlaceStep* placeStep(const QUndoStack& stack, int index) {
  return dynamic_cast<const PlaceStep*>(stack.command(index));
}

/// Of the last command that was done or undone.
int touchedIndex(int from, int to) {
  return to < from ? to : to - 1;
}

}  // namespace

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
  const int touched = touchedIndex(from, index);  // the last one, of several
  if (index == from || touched >= made_.size()) return;
  const auto* step = placeStep(*stack_, touched);
  lead(step == nullptr ? made_[touched].place : index < from ? step->before() : step->after());
}

void UndoPlaces::lead(int place) {
  if (place == here_()) return;
  leading_ = true;
  go_(place);
  leading_ = false;
}

void UndoPlaces::went(int from, int to, const QString& text, bool alone) {
  if (leading_ || from == to || stack_->canRedo()) return;
  const bool goes_on = placeStep(*stack_, stack_->index() - 1) != nullptr;
  if (alone || goes_on) stack_->push(new PlaceStep(from, to, text));
}

bool movedByPlaceOnly(const QUndoStack& stack, int from) {
  const int to = stack.index(), touched = touchedIndex(from, to);
  if (placeStep(stack, touched) != nullptr) return from - to <= 1 && to - from <= 1;
  return to < from && touched == stack.count() && touched > 0;  // a step that has ended where it began
}

}  // namespace p2l::ui
