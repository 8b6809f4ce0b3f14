// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preset_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>
#include <functional>
#include <map>

#include "core/api/files.h"
#include "core/api/presets.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"
#include "ui/style/flow_layout.h"
#include "ui/style/question_box.h"
#include "ui/style/sentence_label.h"
#include "ui/style/studio_style.h"
#include "ui/style/tab_order.h"
#include "ui/style/window_size.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {
namespace {

constexpr QSize kFirstSize(600, 360);
constexpr int kNameWidth = 360;  // with room for the title
constexpr int kLongestName = 80;

}  // namespace

PresetDialog::PresetDialog(const Catalogue& catalogue, RunModel* document, QWidget* parent)
    : QDialog(parent), catalogue_(catalogue), document_(document) {
  setWindowTitle(tr("Presets of your own"));
  resize(sizeOnScreen(*this, kFirstSize));
  auto* column = new QVBoxLayout(this);
  list_ = new QListWidget(this);
  list_->setAccessibleName(tr("Presets of your own"));
  new EmptyHint(list_,
                tr("There is none yet.\nSave settings as… keeps solver, task, model and all values under a name."));
  note_ = new SentenceLabel(this);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  auto* actions = new FlowLayout;
  const auto add = [&](const QString& text, const QString& help, void (PresetDialog::*action)()) {
    auto* button = new QPushButton(text, this);
    actions->addWidget(button);
    button->setToolTip(help);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, action);
    return button;
  };
  makePrimary(add(tr("&Save settings as…"), tr("Keep solver, task, model and all values under a name"),
                  &PresetDialog::askSave));
  rename_ = add(tr("&Rename…"), tr("Another name for the chosen preset"), &PresetDialog::askRename);
  delete_ = add(tr("&Delete…"), tr("Delete the chosen preset"), &PresetDialog::askDelete);
  export_ =
      add(tr("&Export…"), tr("Write the chosen preset to a file that another machine reads"), &PresetDialog::askExport);
  add(tr("&Import…"), tr("Take the presets of a file that was exported here or on another machine"),
      &PresetDialog::askImport);
  column->addWidget(list_, 1);
  column->addWidget(note_);
  auto* row = new QHBoxLayout;
  row->addLayout(actions, 1);
  row->addWidget(buttons, 0, Qt::AlignBottom);
  column->addLayout(row);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(list_, &QListWidget::currentRowChanged, this, &PresetDialog::updateButtons);
  showPresets();
  new TabOrder(this);
}

void PresetDialog::showPresets() {
  catalogue_.presets = readPresets(catalogue_);
  list_->clear();
  for (const auto& preset : catalogue_.presets) {
    if (!isOwnPreset(preset)) continue;
    auto* item = new QListWidgetItem(
        tr("%1 (%2)").arg(QString::fromStdString(preset.label), solverText(&catalogue_, preset.solver)), list_);
    item->setData(Qt::UserRole, QString::fromStdString(preset.id));
  }
  list_->setCurrentRow(0);
  for (int row = 0; row < list_->count(); ++row) {
    if (list_->item(row)->data(Qt::UserRole).toString().toStdString() == last_) list_->setCurrentRow(row);
  }
  updateButtons();
}

void PresetDialog::updateButtons() {
  for (auto* button : {rename_, delete_, export_}) button->setEnabled(chosen() != nullptr);
}

const Preset* PresetDialog::chosen() const {
  const auto* item = list_->currentItem();
  const auto id = item != nullptr ? item->data(Qt::UserRole).toString().toStdString() : std::string();
  for (const auto& preset : catalogue_.presets) {
    if (preset.id == id) return &preset;
  }
  return nullptr;
}

void PresetDialog::attempt(const QString& failure, const std::function<QString()>& action) {
  try {
    note_->setSentence(action());
  } catch (const std::exception& error) {
    note_->setSentence(failure.arg(QString::fromUtf8(error.what())));
  }
  showPresets();
  emit changed();
}

QString PresetDialog::problemOf(const QString& name) {
  static const QRegularExpression plain(QStringLiteral("[A-Za-z0-9]"));  // a file gets its name from these
  if (!name.contains(plain))
    return tr("The name of a preset needs a letter or a digit, and “%1” has none of a–z and 0–9: choose another name.")
        .arg(name);
  if (ownPresetFolder().empty()) return tr("There is no home folder to keep presets in: set XDG_DATA_HOME.");
  return {};
}

void PresetDialog::keep(Preset preset) {
  const auto* there = ownPresetOf(catalogue_, preset.label);
  preset.id = there != nullptr ? there->id : freeOwnPresetId(catalogue_, preset.label);
  saveOwnPreset(preset, catalogue_);
  last_ = preset.id;
}

void PresetDialog::save(const QString& name) {
  attempt(tr("The preset was not saved: %1"), [&] {
    const auto problem = problemOf(name);
    if (!problem.isEmpty()) return problem;
    auto request = document_->request();
    request.preset.clear();
    keep(presetFromRequest(catalogue_.complete(request), name.trimmed().toStdString()));
    return QString();
  });
}

bool PresetDialog::mayReplace(const QString& title, const Preset& there) {
  return askYes(this, title,
                tr("There is a preset “%1” already. Replace it?").arg(QString::fromStdString(there.label)));
}

void PresetDialog::askSave() {
  const auto name = askName(tr("Save preset"), {});
  if (name.isEmpty()) return;
  const auto* there = ownPresetOf(catalogue_, name.toStdString());
  if (there == nullptr || mayReplace(tr("Save preset"), *there)) save(name);
}

QString PresetDialog::askName(const QString& title, const QString& name) {
  QInputDialog dialog(this);
  dialog.setWindowTitle(title);
  dialog.setLabelText(tr("Name"));
  dialog.setTextValue(name);
  dialog.resize(std::max(kNameWidth, dialog.sizeHint().width()), dialog.sizeHint().height());
  if (auto* line = dialog.findChild<QLineEdit*>()) line->setMaxLength(kLongestName);
  return dialog.exec() == QDialog::Accepted ? dialog.textValue().trimmed() : QString();
}

void PresetDialog::rename(const QString& name) {
  if (chosen() == nullptr) return;
  auto preset = *chosen();
  attempt(tr("The preset was not renamed: %1"), [&] {
    const auto problem = problemOf(name);
    if (!problem.isEmpty()) return problem;
    const auto* there = ownPresetOf(catalogue_, name.toStdString());
    if (there != nullptr && there->id != preset.id)
      return tr("There is a preset “%1” already: choose another name, or delete that one first.").arg(name);
    preset.label = name.toStdString();
    last_ = preset.id;
    saveOwnPreset(preset, catalogue_);
    return QString();
  });
}

void PresetDialog::askRename() {
  if (chosen() == nullptr) return;
  const auto name = askName(tr("Rename preset"), QString::fromStdString(chosen()->label));
  if (!name.isEmpty()) rename(name);
}

void PresetDialog::askDelete() {
  if (chosen() == nullptr) return;
  const auto preset = *chosen();
  if (!askYes(this, tr("Delete preset"), tr("Delete the preset “%1”?").arg(QString::fromStdString(preset.label))))
    return;
  attempt(tr("The preset was not deleted: %1"), [&] {
    removeOwnPreset(preset.id);
    return QString();
  });
}

void PresetDialog::exportTo(const QString& path) {
  if (chosen() == nullptr) return;
  const auto preset = *chosen();
  attempt(tr("The preset was not exported: %1"), [&] {
    writeTextFile(path.toStdString(), jsonFromPreset(preset));
    rememberSaved(path);
    return QString();
  });
}

void PresetDialog::askExport() {
  const auto path = askSaveName(this, tr("Export preset"), {}, tr("Preset (*.json)"));
  if (!path.isEmpty()) exportTo(path);
}

void PresetDialog::importFrom(const QString& path) {
  attempt(tr("Nothing was imported: %1"), [&] {
    const auto presets = presetsFromJson(readTextFile(path.toStdString()), path.toStdString(), catalogue_);
    if (presets.empty()) return tr("%1 holds no preset: choose a file that Export has written.").arg(path);
    for (const auto& preset : presets) {  // all of them, or none
      const auto problem = problemOf(QString::fromStdString(preset.label));
      if (!problem.isEmpty()) return problem;
    }
    std::map<std::string, QStringList> waiting;  // for models that are not here
    for (const auto& preset : presets) {
      const auto* there = ownPresetOf(catalogue_, preset.label);
      if (there != nullptr && !mayReplace(tr("Import preset"), *there)) continue;
      keep(preset);
      catalogue_.presets = readPresets(catalogue_);
      if (!hasModel(preset.model)) waiting[preset.model] << QString::fromStdString(preset.label);
    }
    QStringList remarks;
    for (const auto& [model, names] : waiting) {
      remarks << tr("Imported from %1 for the model %2, which is not here: %3. Add that model with Models… to use it.")
                     .arg(path, QString::fromStdString(model), names.join(QStringLiteral(", ")));
    }
    return remarks.join(QLatin1Char('\n'));
  });
}

bool PresetDialog::hasModel(const std::string& model) const {
  return model.empty() || model == document_->request().model || catalogue_.model(model) != nullptr ||
         QFileInfo::exists(QString::fromStdString(model));
}

void PresetDialog::askImport() {
  const auto path = QFileDialog::getOpenFileName(this, tr("Import preset"), {}, tr("Preset (*.json)"));
  if (!path.isEmpty()) importFrom(path);
}

}  // namespace p2l::ui
