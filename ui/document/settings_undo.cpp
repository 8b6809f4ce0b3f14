// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/settings_undo.h"

#include <QGuiApplication>
#include <QTimer>
#include <QUndoStack>
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "ui/document/run_model.h"
#include "ui/language/words.h"

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

/// The parameter of the request's solver, sampler or degradations; null: there is none of this key.
const ParamSpec* specOf(const Catalogue& catalogue, const RestoreRequest& request, const std::string& key) {
  std::vector<const std::vector<ParamSpec>*> lists = {&catalogue.sampler};
  for (const auto& solver : catalogue.solvers) {
    if (solver.id == request.solver) lists.insert(lists.begin(), &solver.parameters);
  }
  for (const auto& each : request.degradations) {
    for (const auto& info : catalogue.degradations) {
      if (info.id == each.id) lists.push_back(&info.parameters);
    }
  }
  for (const auto* list : lists) {
    const auto found = std::find_if(list->begin(), list->end(), [&](const auto& spec) { return spec.key == key; });
    if (found != list->end()) return &*found;
  }
  return nullptr;
}

/// What a person calls it; without a catalogue, parameters are called by their keys.
QString wordOf(const QString& key, const Catalogue* catalogue, const RestoreRequest& request) {
  const std::map<QString, QString> words = {{"model", SettingsUndo::tr("model")},
                                            {"task", SettingsUndo::tr("task")},
                                            {"further task", SettingsUndo::tr("further task")},
                                            {"mode", SettingsUndo::tr("mode")},
                                            {"crop", SettingsUndo::tr("crop")},
                                            {"solver", SettingsUndo::tr("solver")},
                                            {"size", SettingsUndo::tr("size")},
                                            {"kernel", SettingsUndo::tr("kernel")},
                                            {"mask", SettingsUndo::tr("mask")},
                                            {"noise", SettingsUndo::tr("noise")},
                                            {"prompt", SettingsUndo::tr("prompt")},
                                            {"embedding", SettingsUndo::tr("embedding")},
                                            {"seed", SettingsUndo::tr("seed")},
                                            {"measurement seed", SettingsUndo::tr("measurement seed")},
                                            {"settings", SettingsUndo::tr("settings")}};
  const auto found = words.find(key);
  if (found != words.end()) return found->second;
  const auto* spec = catalogue != nullptr ? specOf(*catalogue, request, key.toStdString()) : nullptr;
  return spec != nullptr ? catalogueText(spec->label) : key;
}

/// These bring values of their own, so that they name a change of several.
const QStringList kBringOthers = {"model", "task", "further task", "mode", "crop", "solver", "size"};

QString textOf(const QString& name, const QStringList& keys, const Catalogue* catalogue,
               const RestoreRequest& request) {
  if (!name.isEmpty()) return name;
  if (keys.size() == 1 || kBringOthers.contains(keys.first()))
    return SettingsUndo::tr("change %1").arg(wordOf(keys.first(), catalogue, request));
  return SettingsUndo::tr("%1 settings").arg(keys.size());
}

}  // namespace

QStringList changedKeys(const RestoreRequest& before, const RestoreRequest& after) {
  QStringList keys;
  const auto add = [&keys](bool changed, const char* name) {
    if (changed) keys << QString::fromLatin1(name);
  };
  const auto furtherIds = [](const RestoreRequest& request) {
    std::vector<std::string> ids;
    for (std::size_t i = 1; i < request.degradations.size(); ++i) ids.push_back(request.degradations[i].id);
    return ids;
  };
  add(before.model != after.model, "model");
  add(before.degradation().id != after.degradation().id, "task");
  add(furtherIds(before) != furtherIds(after), "further task");
  add(before.mode != after.mode, "mode");
  add(before.crop != after.crop, "crop");
  add(before.solver != after.solver, "solver");
  add(before.size != after.size, "size");
  if (before.solver == after.solver) addChanged(before.solver_values, after.solver_values, keys);
  addChanged(before.sampler_values, after.sampler_values, keys);
  for (std::size_t i = 0; i < std::min(before.degradations.size(), after.degradations.size()); ++i) {
    const auto &a = before.degradations[i], &b = after.degradations[i];
    add(a.kernel != b.kernel || a.kernel_turned != b.kernel_turned, "kernel");
    add(a.mask != b.mask, "mask");
    if (a.id == b.id) addChanged(a.values, b.values, keys);
  }
  add(!(before.noise == after.noise), "noise");
  add(before.prompt != after.prompt, "prompt");
  add(before.embedding != after.embedding, "embedding");
  add(before.seed != after.seed, "seed");
  add(before.measurement_seed != after.measurement_seed, "measurement seed");
  if (keys.isEmpty()) add(jsonFromRequest(before) != jsonFromRequest(after), "settings");
  return keys;
}

class SettingsCommand : public QUndoCommand {
 public:
  SettingsCommand(SettingsUndo* owner, SettingsUndo::State before, SettingsUndo::State after, const QStringList& keys,
                  const QString& name, int turn)
      : QUndoCommand(textOf(name, keys, owner->document_->catalogue(), after.request)),
        owner_(owner),
        before_(std::move(before)),
        after_(std::move(after)),
        keys_(keys),
        name_(name),
        turn_(turn) {}

  int id() const override { return kCommandId; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* next = static_cast<const SettingsCommand*>(other);
    if (next->turn_ != turn_) return false;
    after_ = next->after_;
    if (!next->name_.isEmpty()) name_ = next->name_;
    if (const auto keys = changedKeys(before_.request, after_.request); !keys.isEmpty()) keys_ = keys;
    setText(textOf(name_, keys_, owner_->document_->catalogue(), after_.request));
    return true;
  }
  void undo() override { owner_->apply(before_, keys_); }
  void redo() override {
    if (!std::exchange(first_, false)) owner_->apply(after_, keys_);  // at first it has happened
  }
  const QStringList& keys() const { return keys_; }
  bool isNamed() const { return !name_.isEmpty(); }

 private:
  SettingsUndo* owner_;
  SettingsUndo::State before_, after_;
  QStringList keys_;
  QString name_;
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
  state.size_choice = document_->sizeChoice();
  return state;
}

void SettingsUndo::name(const QString& text) {
  name_ = text;
  QTimer::singleShot(0, this, [this] { name_.clear(); });
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
  const bool named = !name_.isEmpty() || (top != nullptr && top->isNamed());
  // What a drag brings about on its way is part of it.
  const bool goes_on = top != nullptr && !named && (dragged || (soon && keys.size() == 1 && top->keys() == keys));
  if (!goes_on) QTimer::singleShot(0, this, [this] { ++turn_; });
  held_ = held;
  since_last_.start();
  const int turn = goes_on ? last_turn_ : turn_;
  last_turn_ = turn;
  stack_->push(new SettingsCommand(this, std::move(before), std::move(now),
                                   keys.isEmpty() ? QStringList(QStringLiteral("kernel")) : keys, name_, turn));
}

void SettingsUndo::quietly(const std::function<void()>& change) {
  applying_ = true;
  document_->mask()->setRecording(false);
  change();
  document_->mask()->setRecording(true);
  applying_ = false;
  last_ = current();
  since_last_.invalidate();
}

void SettingsUndo::apply(const State& state, const QStringList& keys) {
  auto request = state.request;
  const auto shown = document_->request();
  request.photo = shown.photo;
  if (request.mode == shown.mode && !keys.contains(QStringLiteral("noise"))) request.noise = shown.noise;
  auto* mask = document_->mask();
  // Strokes have their own commands: only a mask of another size or part comes with the settings.
  const bool same = mask->size() == state.mask.mask.size() && request.crop == shown.crop;
  const auto kept = same ? mask->state() : state.mask;
  auto pictures = state.pictures;
  if (!pictures.mask.isNull()) pictures.mask = kept.mask;
  quietly([&] {
    document_->recall(request, pictures);
    document_->setSizeChoice(state.size_choice);
    // A photo that was opened since may be of another size.
    if (document_->photo() == nullptr || kept.mask.size() == document_->workingSize()) mask->restore(kept);
  });
}

}  // namespace p2l::ui
