// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/settings_undo.h"

#include <QGuiApplication>
#include <QTimer>
#include <QUndoStack>
#include <algorithm>
#include <set>
#include <utility>

#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

constexpr int kCommandId = 7001;

void addChanged(const ParamValues& before, const ParamValues& after, QStringList& keys) {
  std::set<std::string> all;
  for (const auto* values : {&before, &after}) {
    for (const auto& [key, value] : *values) all.insert(key);
  }
  for (const auto& key : all) {
    const auto a = before.find(key), b = after.find(key);
    const bool same = a != before.end() && b != after.end() && a->second == b->second;
    if (!same) keys << QString::fromStdString(key);
  }
}

}  // namespace

QStringList changedKeys(const RestoreRequest& before, const RestoreRequest& after) {
  QStringList keys;
  const auto add = [&keys](bool changed, const char* name) {
    if (changed) keys << QString::fromLatin1(name);
  };
  add(before.solver != after.solver, "solver");
  add(before.degradation().id != after.degradation().id, "task");
  add(before.degradations.size() != after.degradations.size(), "number of tasks");
  add(before.mode != after.mode, "mode");
  add(before.crop != after.crop, "crop");
  add(before.size != after.size, "size");
  if (before.solver == after.solver) addChanged(before.solver_values, after.solver_values, keys);
  addChanged(before.sampler_values, after.sampler_values, keys);
  for (std::size_t i = 0; i < std::min(before.degradations.size(), after.degradations.size()); ++i) {
    const auto &a = before.degradations[i], &b = after.degradations[i];
    add(i > 0 && a.id != b.id, "further task");
    add(a.kernel != b.kernel || a.kernel_turned != b.kernel_turned, "kernel");
    add(a.mask != b.mask, "mask");
    if (a.id == b.id) addChanged(a.values, b.values, keys);
  }
  add(!(before.noise == after.noise), "noise");
  add(before.prompt != after.prompt, "prompt");
  add(before.embedding != after.embedding, "embedding");
  add(before.seed != after.seed, "seed");
  add(before.measurement_seed != after.measurement_seed, "measurement seed");
  add(before.model != after.model, "model");
  if (keys.isEmpty()) add(jsonFromRequest(before) != jsonFromRequest(after), "settings");
  return keys;
}

class SettingsCommand : public QUndoCommand {
 public:
  SettingsCommand(SettingsUndo* owner, SettingsUndo::State before, SettingsUndo::State after, const QStringList& keys,
                  int turn)
      : QUndoCommand(SettingsUndo::tr("change %1").arg(keys.first())),
        owner_(owner),
        before_(std::move(before)),
        after_(std::move(after)),
        keys_(keys),
        turn_(turn) {}

  int id() const override { return kCommandId; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* next = static_cast<const SettingsCommand*>(other);
    if (next->turn_ != turn_) return false;
    after_ = next->after_;
    return true;
  }
  void undo() override { owner_->apply(before_); }
  void redo() override {
    if (!std::exchange(first_, false)) owner_->apply(after_);  // at first it has happened
  }
  const QStringList& keys() const { return keys_; }

 private:
  SettingsUndo* owner_;
  SettingsUndo::State before_, after_;
  QStringList keys_;
  int turn_;
  bool first_ = true;
};

SettingsUndo::SettingsUndo(RunModel* document, QUndoStack* stack)
    : QObject(document), document_(document), stack_(stack), last_(current()) {
  connect(document, &RunModel::settingsChanged, this, &SettingsUndo::settingsChanged);
  connect(document, &RunModel::photoChanged, this, &SettingsUndo::photoChanged);
}

SettingsUndo::State SettingsUndo::current() const {
  State state;
  state.pictures = document_->pictures(state.request);
  state.request.photo.clear();
  state.mask = document_->mask()->state();
  return state;
}

/// What a photo brings with it, such as its working size, is no change of a person's.
void SettingsUndo::photoChanged() {
  opening_ = true;
  QTimer::singleShot(0, this, [this] {
    opening_ = false;
    last_ = current();
  });
}

void SettingsUndo::settingsChanged() {
  auto now = current();
  auto before = std::exchange(last_, now);
  if (applying_ || opening_ || document_->inLesson()) return;  // a lesson's settings go with it
  const auto keys = changedKeys(before.request, now.request);
  if (keys.isEmpty() && before.pictures.kernel == now.pictures.kernel) return;
  // The mask as it was just before a change of size took it away.
  const bool other_part = before.request.crop != now.request.crop;
  if (other_part || before.mask.mask.size() != now.mask.mask.size()) before.mask = document_->maskBeforeSize();
  const bool held = QGuiApplication::mouseButtons() != Qt::NoButton;
  const bool dragged = held && held_;
  const bool soon = since_last_.isValid() && since_last_.elapsed() < kMergeMs && !held;
  const auto* top = dynamic_cast<const SettingsCommand*>(stack_->command(stack_->index() - 1));
  const bool same_value = top != nullptr && keys.size() == 1 && top->keys() == keys;
  if (!(same_value && (dragged || soon))) QTimer::singleShot(0, this, [this] { ++turn_; });
  held_ = held;
  since_last_.start();
  const int turn = same_value && (dragged || soon) ? last_turn_ : turn_;
  last_turn_ = turn;
  stack_->push(new SettingsCommand(this, std::move(before), std::move(now),
                                   keys.isEmpty() ? QStringList(QStringLiteral("kernel")) : keys, turn));
}

void SettingsUndo::apply(const State& state) {
  applying_ = true;
  auto request = state.request;
  request.photo = document_->request().photo;
  auto* mask = document_->mask();
  // Strokes have their own commands: only a mask of another size or part comes with the settings.
  const bool same = mask->size() == state.mask.mask.size() && request.crop == document_->request().crop;
  const auto kept = same ? mask->state() : state.mask;
  auto pictures = state.pictures;
  if (!pictures.mask.isNull()) pictures.mask = kept.mask;
  mask->setRecording(false);
  document_->recall(request, pictures);
  // A photo that was opened since may be of another size.
  if (document_->photo() == nullptr || kept.mask.size() == document_->workingSize()) mask->restore(kept);
  mask->setRecording(true);
  applying_ = false;
  last_ = current();
  since_last_.invalidate();
}

}  // namespace p2l::ui
