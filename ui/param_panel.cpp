// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/param_panel.h"

#include <QFormLayout>
#include <QLabel>
#include <QPointer>
#include <QToolButton>
#include <QUndoCommand>
#include <QUndoStack>
#include <QVBoxLayout>

#include "ui/param_row.h"

namespace p2l::ui {

/// From one value to another; edits of one drag merge.
class ParamCommand : public QUndoCommand {
 public:
  ParamCommand(ParamPanel* panel, const ParamSpec& spec, ParamValue before, ParamValue after, int series)
      : QUndoCommand(ParamPanel::tr("change %1").arg(QString::fromStdString(spec.label))),
        panel_(panel),
        key_(spec.key),
        before_(std::move(before)),
        after_(std::move(after)),
        series_(series) {}

  void undo() override {
    if (panel_) panel_->applyFromUndo(key_, before_);
  }
  void redo() override {
    if (first_) {
      first_ = false;  // the widget shows it already
    } else if (panel_) {
      panel_->applyFromUndo(key_, after_);
    }
  }
  int id() const override { return 1; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* next = static_cast<const ParamCommand*>(other);
    if (next->panel_ != panel_ || next->key_ != key_ || next->series_ != series_) return false;
    after_ = next->after_;
    return true;
  }

 private:
  QPointer<ParamPanel> panel_;
  std::string key_;
  ParamValue before_, after_;
  int series_;
  bool first_ = true;
};

namespace {

QFormLayout* makeForm(QWidget* parent) {
  auto* form = new QFormLayout(parent);
  form->setContentsMargins(0, 0, 0, 0);
  form->setRowWrapPolicy(QFormLayout::WrapAllRows);
  form->setVerticalSpacing(2);
  return form;
}

}  // namespace

ParamPanel::ParamPanel(QUndoStack* undo_stack, QWidget* parent) : QWidget(parent), undo_stack_(undo_stack) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
}

ParamPanel::~ParamPanel() = default;

void ParamPanel::setSpecs(const std::vector<ParamSpec>& specs) {
  rows_.clear();
  while (QLayoutItem* item = layout()->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  auto* basic_box = new QWidget(this);
  basic_ = makeForm(basic_box);
  advanced_box_ = new QWidget(this);
  auto* advanced = makeForm(advanced_box_);
  advanced_button_ = new QToolButton(this);
  advanced_button_->setText(tr("Advanced"));
  advanced_button_->setAccessibleName(tr("Show advanced settings"));
  advanced_button_->setToolTip(tr("Settings that are seldom changed"));
  advanced_button_->setCheckable(true);
  advanced_button_->setArrowType(Qt::RightArrow);
  advanced_button_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  advanced_button_->setAutoRaise(true);
  connect(advanced_button_, &QToolButton::toggled, this, [this](bool open) {
    advanced_button_->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    advanced_box_->setVisible(open);
  });
  for (const auto& spec : specs) {
    auto* row = new ParamRow(spec);
    (spec.advanced ? advanced : basic_)->addRow(row->label(), row);
    connect(row, &ParamRow::dragBoundary, this, [this] { ++undo_series_; });
    connect(row, &ParamRow::edited, this, [this, row] { rowEdited(row); });
    row->setProperty("shown", QVariant::fromValue(QString::fromStdString(textFromValue(row->value()))));
    rows_.push_back(row);
  }
  layout()->addWidget(basic_box);
  layout()->addWidget(advanced_button_);
  layout()->addWidget(advanced_box_);
  advanced_box_->hide();
  advanced_button_->setVisible(advanced->rowCount() > 0);
}

void ParamPanel::rowEdited(ParamRow* row) {
  const auto before = valueFromText(row->spec(), row->property("shown").toString().toStdString());
  const auto after = row->value();
  if (before == after) return;
  row->setProperty("shown", QString::fromStdString(textFromValue(after)));
  if (undo_stack_ != nullptr) undo_stack_->push(new ParamCommand(this, row->spec(), before, after, undo_series_));
  emit valuesChanged();
}

void ParamPanel::applyFromUndo(const std::string& key, const ParamValue& value) {
  ++undo_series_;
  setValues({{key, value}});
  emit valuesChanged();
}

void ParamPanel::setDefaults(const ParamValues& values) {
  for (auto* row : rows_) {
    const auto found = values.find(row->spec().key);
    row->setDefault(found != values.end() ? found->second : defaultValue(row->spec()));
  }
}

ParamValues ParamPanel::values() const {
  ParamValues values;
  for (const auto* row : rows_) values[row->spec().key] = row->value();
  return values;
}

void ParamPanel::setValues(const ParamValues& values) {
  for (auto* row : rows_) {
    const auto found = values.find(row->spec().key);
    if (found == values.end()) continue;
    row->setValue(found->second);
    row->setProperty("shown", QString::fromStdString(textFromValue(row->value())));
  }
}

QWidget* ParamPanel::editorOf(const std::string& key) const {
  for (const auto* row : rows_) {
    if (row->spec().key == key) return row->editor();
  }
  return nullptr;
}

}  // namespace p2l::ui
