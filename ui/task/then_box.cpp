// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/task/then_box.h"

#include <QComboBox>
#include <QFormLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/language/words.h"
#include "ui/settings/param_panel.h"

namespace p2l::ui {

ThenBox::ThenBox(const Catalogue& catalogue, QUndoStack* undo_stack, QWidget* parent)
    : QWidget(parent),
      catalogue_(catalogue),
      task_(new QComboBox(this)),
      params_(new ParamPanel(undo_stack, tr("More of the second degradation"), this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  task_->setAccessibleName(tr("Second degradation"));
  task_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);  // long entries do not widen the dock
  task_->addItem(tr("nothing more"), QString());
  for (const auto& each : catalogue.degradations)
    task_->addItem(catalogueText(each.label), QString::fromStdString(each.id));
  form->addRow(tr("The&n"), task_);
  column->addLayout(form);
  column->addWidget(params_);
  connect(task_, &QComboBox::currentIndexChanged, this, [this] {
    showDegradation();
    emit degradationChanged();
    emit changed();
  });
  connect(params_, &ParamPanel::valuesChanged, this, &ThenBox::changed);
  showDegradation();
}

std::string ThenBox::degradation() const {
  return task_->currentData().toString().toStdString();
}

double ThenBox::scale() const {
  const auto id = degradation();
  if (id.empty()) return 1.0;
  const auto& key = catalogue_.degradation(id).scale_key;
  return key.empty() ? 1.0 : numberOf(params_->values(), key);
}

void ThenBox::showDegradation() {
  const auto id = degradation();
  params_->setVisible(!id.empty());
  if (id.empty()) return task_->setToolTip(tr("A second degradation A₂ on what the first gives: y = A₂ A₁ x + n"));
  const auto& info = catalogue_.degradation(id);
  params_->setSpecs(info.parameters);
  task_->setToolTip(tr("A₂ of y = A₂ A₁ x + n. %1").arg(catalogueText(info.help)));
}

void ThenBox::writeTo(RestoreRequest& request) const {
  request.degradations.resize(1);
  if (!degradation().empty()) request.degradations.push_back({degradation(), params_->values(), {}, {}, false});
}

void ThenBox::readFrom(const RestoreRequest& request) {
  const auto second = request.degradations.size() > 1 ? request.degradations[1] : DegradationChoice();
  task_->setCurrentIndex(std::max(0, task_->findData(QString::fromStdString(second.id))));
  if (!second.id.empty()) params_->setValues(second.values);
}

}  // namespace p2l::ui
