// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preset_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>
#include <functional>

#include "core/api/files.h"
#include "core/api/presets.h"
#include "ui/document/run_model.h"
#include "ui/widgets/empty_hint.h"

namespace p2l::ui {
namespace {

constexpr QSize kFirstSize(600, 360);

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
    saveOwnPreset(presetFromRequest(catalogue_.complete(request), name.trimmed().toStdString()), catalogue_);
  });
}

void PresetDialog::askSave() {
  const auto name = QInputDialog::getText(this, tr("Save preset"), tr("Name"));
  if (!name.trimmed().isEmpty()) save(name);
}

void PresetDialog::askRename() {
  if (chosen() == nullptr) return;
  auto preset = *chosen();
  const auto name = QInputDialog::getText(this, tr("Rename preset"), tr("Name"), QLineEdit::Normal,
                                          QString::fromStdString(preset.label));
  if (name.trimmed().isEmpty()) return;
  preset.label = name.trimmed().toStdString();
  attempt([&] { saveOwnPreset(preset, catalogue_); });
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
  const auto path = QFileDialog::getSaveFileName(this, tr("Export preset"), {}, tr("Preset (*.json)"));
  if (!path.isEmpty()) exportTo(path);
}

}  // namespace p2l::ui
