// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/detail_row.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/document/run_model.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/solver_panel.h"

namespace p2l::ui {
namespace {

constexpr const char* kDetail = "detail";

QLabel* caption(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

}  // namespace

DetailRow::DetailRow(const Catalogue& catalogue, RunModel* model, SolverPanel* solver, QWidget* parent)
    : QWidget(parent), model_(model), solver_(solver), panel_(new ParamPanel) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  for (const auto& spec : catalogue.sampler) {
    if (spec.key != kDetail) continue;
    auto shown = spec;
    shown.advanced = false;
    panel_->setSpecs({shown});
  }
  panel_->setPlain(true);
  column->addWidget(panel_);
  auto* ends = new QHBoxLayout;
  ends->addWidget(caption(tr("faithful"), this));
  ends->addStretch(1);
  ends->addWidget(caption(tr("sharp"), this));
  column->addLayout(ends);
  setToolTip(tr("Between the faithful and the sharp picture; a result that is there follows without another run"));
  connect(panel_, &ParamPanel::valuesChanged, this,
          [this] { solver_->sampler()->changeValues(panel_->values(), tr("detail")); });
  connect(model, &RunModel::settingsChanged, this, &DetailRow::showValue);
  connect(model, &RunModel::modelChanged, this, &DetailRow::showModel);
  showModel();
}

void DetailRow::showModel() {
  const auto& loaded = model_->loaded();
  setVisible(loaded.problem.isEmpty() && loaded.info.second_decoder);
}

void DetailRow::showValue() {
  const auto request = model_->request();
  const auto& values = request.sampler_values;
  if (const auto found = values.find(kDetail); found != values.end()) panel_->setValues({{kDetail, found->second}});
}

}  // namespace p2l::ui
