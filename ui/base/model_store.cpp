// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/model_store.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include "core/api/models.h"
#include "core/types/error.h"

namespace p2l::ui {
namespace {

const auto kList = QStringLiteral("models");
const auto kChosen = QStringLiteral("model");

QString text(const std::string& value) {
  return QString::fromStdString(value);
}

/// What decides what the model is, rather than how it computes.
std::vector<ParamValue> filesOf(const ModelOptions& options) {
  const auto values = valuesOf(options);
  std::vector<ParamValue> files = {values.at("prediction"), values.at("lora_scale"), values.at("lora_digest")};
  for (const auto& spec : modelParameters()) {
    if (spec.kind == ParamKind::Path) files.push_back(values.at(spec.key));
  }
  return files;
}

/// A stored option that is no longer understood keeps its default.
void readOption(const ParamSpec& spec, const std::string& stored, ModelOptions& options) {
  if (stored.empty()) return;
  try {
    setOption(options, spec.key, valueFromText(spec, stored));
  } catch (const Error&) {
  }
}

}  // namespace

QString ModelEntry::label() const {
  return embedded ? key : QFileInfo(key).fileName();
}

ModelStore::ModelStore(const Catalogue& catalogue, QObject* parent) : QObject(parent), catalogue_(catalogue) {
  for (const auto& model : catalogue.models) {
    ModelEntry entry;
    entry.key = text(model.name);
    entry.embedded = true;
    entries_.append(entry);
  }
  restore();
  for (int i = 0; i < entries_.size(); ++i) look(i);
}

int ModelStore::indexOf(const QString& key) const {
  for (int i = 0; i < entries_.size(); ++i) {
    if (entries_[i].key == key) return i;
  }
  return -1;
}

void ModelStore::choose(int index) {
  if (index == current_ || index < 0 || index >= entries_.size()) return;
  current_ = index;
  remember();
  emit chosenChanged(index);
}

int ModelStore::add(const QString& path) {
  const auto key = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
  if (const int known = indexOf(key); known >= 0) return known;
  ModelEntry entry;
  entry.key = key;
  entries_.append(entry);
  const auto index = static_cast<int>(entries_.size()) - 1;
  remember();
  emit listChanged();
  look(index);
  return index;
}

void ModelStore::remove(int index) {
  if (index < 0 || index >= entries_.size() || entries_[index].embedded) return;
  const bool chosen = index == current_;
  entries_.removeAt(index);
  if (chosen) current_ = 0;
  if (!chosen && current_ > index) --current_;
  remember();
  emit listChanged();
  if (chosen) emit chosenChanged(current_);
}

void ModelStore::setOptions(int index, const ModelOptions& options, const QString& device) {
  ModelEntry& entry = entries_[index];
  if (entry.options == options && entry.device == device) return;
  const bool other_files = filesOf(entry.options) != filesOf(options);
  entry.options = options;
  entry.device = device;
  remember();
  emit entryChanged(index);
  if (other_files) look(index);
}

void ModelStore::look(int index) {
  const auto key = entries_[index].key;
  const auto options = entries_[index].options;
  const auto catalogue =
      std::make_shared<const Catalogue>(catalogue_);  // the window's may go before its models are read
  looking_.start([catalogue, key, options] { return inspectModel(*catalogue, key.toStdString(), options); },
                 [this, key](const ModelInfo& info, const QString& problem) {
                   const int at = indexOf(key);
                   if (at < 0) return;
                   const auto hash = entries_[at].info.sha256;
                   entries_[at].info = info;
                   entries_[at].info.sha256 = hash;
                   entries_[at].problem = problem;
                   entries_[at].known = true;
                   emit entryChanged(at);
                 });
  hashing_.start([catalogue, key, options] { return modelHash(*catalogue, key.toStdString(), options); },
                 [this, key](const std::string& hash, const QString&) {  // what is wrong was said by the other one
                   const int at = indexOf(key);
                   if (at < 0) return;
                   entries_[at].info.sha256 = hash;
                   emit entryChanged(at);
                 });
}

void ModelStore::wait() {
  looking_.wait();
  hashing_.wait();
}

void ModelStore::restore() {
  QSettings settings;
  const int count = settings.beginReadArray(kList);
  for (int i = 0; i < count; ++i) {
    settings.setArrayIndex(i);
    const auto value = [&](const char* name) { return settings.value(QLatin1String(name)); };
    const auto key = value("path").toString();
    int at = indexOf(key);
    if (at < 0 && (key.isEmpty() || !QFileInfo(key).isAbsolute())) continue;  // an embedded one that is gone
    if (at < 0) {
      ModelEntry entry;
      entry.key = key;
      entries_.append(entry);
      at = static_cast<int>(entries_.size()) - 1;
    }
    ModelEntry& entry = entries_[at];
    for (const auto& spec : modelParameters())
      readOption(spec, value(spec.key.c_str()).toString().toStdString(), entry.options);
    if (const auto device = value("device").toString(); !device.isEmpty()) entry.device = device;
  }
  settings.endArray();
  if (const int chosen = indexOf(settings.value(kChosen).toString()); chosen >= 0) current_ = chosen;
}

void ModelStore::remember() const {
  QSettings settings;
  settings.remove(kList);
  settings.beginWriteArray(kList, static_cast<int>(entries_.size()));
  for (int i = 0; i < entries_.size(); ++i) {
    const auto& entry = entries_[i];
    settings.setArrayIndex(i);
    settings.setValue(QStringLiteral("path"), entry.key);
    for (const auto& [key, value] : valuesOf(entry.options)) settings.setValue(text(key), text(textFromValue(value)));
    settings.setValue(QStringLiteral("device"), entry.device);
  }
  settings.endArray();
  settings.setValue(kChosen, chosen().key);
}

}  // namespace p2l::ui
