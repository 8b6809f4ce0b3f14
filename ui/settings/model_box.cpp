// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/model_box.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>

#include "ui/base/model_store.h"

namespace p2l::ui {
namespace {

constexpr int kShortCombo = 12;  // characters: long entries must not widen the dock

}  // namespace

QStringList deviceNames() {
  return {QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda:0")};
}

ModelBox::ModelBox(ModelStore* store, QWidget* parent) : QWidget(parent), store_(store) {
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setVerticalSpacing(4);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  model_ = new QComboBox(this);
  model_->setAccessibleName(tr("Model"));
  model_->setToolTip(tr("The diffusion model, latent or pixel. Models… adds others and sets how they compute."));
  model_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  model_->setMinimumContentsLength(kShortCombo);
  form->addRow(tr("Mode&l"), model_);
  device_ = new QComboBox(this);
  device_->setAccessibleName(tr("Device"));
  device_->setToolTip(tr("auto: the first CUDA card where there is one, else the processor"));
  device_->addItems(deviceNames());
  form->addRow(tr("Dev&ice"), device_);
  for (auto** label : {&text_, &needs_}) {
    *label = new QLabel(this);
    (*label)->setWordWrap(true);
    (*label)->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(*label);
  }
  text_->setText(tr("The model is being loaded…"));
  needs_->setToolTip(tr("Predicted from the networks' sizes, for the peak of one run with these settings"));
  needs_->hide();
  fill();

  connect(store_, &ModelStore::listChanged, this, &ModelBox::fill);
  connect(store_, &ModelStore::chosenChanged, this, &ModelBox::showChosen);
  connect(store_, &ModelStore::entryChanged, this, &ModelBox::showChosen);
  connect(model_, &QComboBox::activated, this, [this](int index) {
    if (index < store_->all().size()) return store_->choose(index);
    model_->setCurrentIndex(store_->current());
    emit managerWanted();
  });
  connect(device_, &QComboBox::activated, this,
          [this] { store_->setOptions(store_->current(), store_->chosen().options, device_->currentText()); });
}

void ModelBox::fill() {
  const QSignalBlocker quiet(model_);
  model_->clear();
  for (const auto& entry : store_->all()) {
    model_->addItem(entry.label(), entry.key);
    model_->setItemData(model_->count() - 1, entry.key, Qt::ToolTipRole);
  }
  model_->addItem(tr("Models…"));
  showChosen();
}

void ModelBox::showChosen() {
  model_->setCurrentIndex(store_->current());
  const auto& device = store_->chosen().device;
  if (device_->findText(device) < 0) device_->addItem(device);
  device_->setCurrentText(device);
}

void ModelBox::showText(const QString& text) {
  text_->setText(text);
}

void ModelBox::showNeeds(const QString& text, bool too_much) {
  needs_->setText(text);
  needs_->setForegroundRole(too_much ? QPalette::WindowText : QPalette::PlaceholderText);
  needs_->setVisible(!text.isEmpty());
}

}  // namespace p2l::ui
