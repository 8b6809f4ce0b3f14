// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preset_dialog.h"

#include <QDialogButtonBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <functional>

#include "core/api/files.h"
#include "core/api/presets.h"
#include "core/types/error.h"
#include "ui/document/run_model.h"
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
  resize(kFirstSize);
  auto* column = new QVBoxLayout(this);
  list_ = new QListWidget(this);
  list_->setAccessibleName(tr("Presets of your own"));
  new EmptyHint(list_,
                tr("There is none yet.\nSave settings as… keeps solver, task, model and all values under a name."));
  note_ = new QLabel(this);
  note_->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  const auto add = [&](const QString& text, const QString& help, void (PresetDialog::*action)()) {
    auto* button = buttons->addButton(text, QDialogButtonBox::ActionRole);
    button->setToolTip(help);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, action);
    return button;
  };
  add(tr("&Save settings as…"), tr("Keep solver, task, model and all values under a name"), &PresetDialog::askSave);
  rename_ = add(tr("&Rename…"), tr("Another name for the chosen preset"), &PresetDialog::askRename);
  delete_ = add(tr("&Delete…"), tr("Delete the chosen preset"), &PresetDialog::askDelete);
  export_ =
      add(tr("&Export…"), tr("Write the chosen preset to a file that another machine reads"), &PresetDialog::askExport);
  column->addWidget(list_, 1);
  column->addWidget(note_);
  column->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(list_, &QListWidget::currentRowChanged, this, &PresetDialog::updateButtons);
  showPresets();
}

void PresetDialog::showPresets() {
  catalogue_.presets = readPresets(catalogue_);
  list_->clear();
  for (const auto& preset : catalogue_.presets) {
    if (!isOwnPreset(preset)) continue;
    auto* item = new QListWidgetItem(
        tr("%1 (%2)").arg(QString::fromStdString(preset.label), QString::fromStdString(preset.solver)), list_);
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

void PresetDialog::attempt(const std::function<void()>& action) {
  try {
    action();
    note_->clear();
  } catch (const std::exception& error) {
    note_->setText(QString::fromUtf8(error.what()));
  }
  showPresets();
  emit changed();
}

void PresetDialog::save(const QString& name) {
  attempt([&] {
    auto request = document_->request();
    request.preset.clear();
    auto preset = presetFromRequest(catalogue_.complete(request), name.trimmed().toStdString());
    const auto* there = ownPresetOf(catalogue_, preset.label);
    preset.id = there != nullptr ? there->id : freeOwnPresetId(catalogue_, preset.label);
    saveOwnPreset(preset, catalogue_);
    last_ = preset.id;
  });
}

void PresetDialog::askSave() {
  const auto name = askName(tr("Save preset"), {});
  if (name.isEmpty()) return;
  if (const auto* there = ownPresetOf(catalogue_, name.toStdString())) {
    const auto answer = QMessageBox::question(
        this, tr("Save preset"),
        tr("There is a preset “%1” already. Replace it?").arg(QString::fromStdString(there->label)));
    if (answer != QMessageBox::Yes) return;
  }
  save(name);
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
  attempt([&] {
    freeOwnPresetId(catalogue_, name.toStdString());  // throws where it is no name
    const auto* there = ownPresetOf(catalogue_, name.toStdString());
    require(there == nullptr || there->id == preset.id, "There is a preset \"", name.toStdString(),
            "\" already: choose another name, or delete that one first.");
    preset.label = name.toStdString();
    last_ = preset.id;
    saveOwnPreset(preset, catalogue_);
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
  const auto answer = QMessageBox::question(this, tr("Delete preset"),
                                            tr("Delete the preset “%1”?").arg(QString::fromStdString(preset.label)));
  if (answer == QMessageBox::Yes) attempt([&] { removeOwnPreset(preset.id); });
}

void PresetDialog::exportTo(const QString& path) {
  if (chosen() == nullptr) return;
  const auto preset = *chosen();
  attempt([&] { writeTextFile(path.toStdString(), jsonFromPreset(preset)); });
}

void PresetDialog::askExport() {
  const auto path = askSaveName(this, tr("Export preset"), {}, tr("Preset (*.json)"));
  if (!path.isEmpty()) exportTo(path);
}

}  // namespace p2l::ui
