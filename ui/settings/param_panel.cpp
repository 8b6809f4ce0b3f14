// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/param_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QPointer>
#include <QSlider>
#include <QToolButton>
#include <QUndoCommand>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>
#include <map>
#include <utility>

#include "ui/language/words.h"
#include "ui/settings/param_row.h"

namespace p2l::ui {
namespace {

const std::string kComputation = "kernel_size";  // how a blur is computed, not how strong it is: no plain setting
constexpr int kMostColumns = 2, kBetweenColumns = 8;

}  // namespace

/// From some values to others; edits of one series and key merge.
class ParamCommand : public QUndoCommand {
 public:
  ParamCommand(ParamPanel* panel, ParamValues before, ParamValues after, const QString& text)
      : QUndoCommand(text),
        panel_(panel),
        before_(std::move(before)),
        after_(std::move(after)),
        generation_(panel->generation_),
        series_(panel->series_) {}

  void undo() override { apply(before_); }
  void redo() override {
    if (first_) {
      first_ = false;  // the widgets show it already
    } else {
      apply(after_);
    }
  }
  int id() const override { return 1; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* next = static_cast<const ParamCommand*>(other);
    const bool same_rows = std::equal(after_.begin(), after_.end(), next->after_.begin(), next->after_.end(),
                                      [](const auto& a, const auto& b) { return a.first == b.first; });
    if (next->panel_ != panel_ || next->series_ != series_ || next->generation_ != generation_ || !same_rows)
      return false;
    after_ = next->after_;
    setObsolete(after_ == before_);
    return true;
  }

 private:
  void apply(const ParamValues& values) {
    if (panel_ && panel_->generation_ == generation_) {
      panel_->applyFromUndo(values);
    } else {
      setObsolete(true);  // its rows are gone
    }
  }

  QPointer<ParamPanel> panel_;
  ParamValues before_, after_;
  int generation_, series_;
  bool first_ = true;
};

ParamPanel::ParamPanel(QUndoStack* undo_stack, const QString& advanced_title, QWidget* parent)
    : QWidget(parent),
      undo_stack_(undo_stack),
      advanced_title_(advanced_title.isEmpty() ? tr("Advanced") : advanced_title) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
}

ParamPanel::~ParamPanel() = default;

void ParamPanel::makeGrid(QWidget* parent) const {
  auto* grid = new QGridLayout(parent);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(6);
}

void ParamPanel::setSpecs(const std::vector<ParamSpec>& specs) {
  ++generation_;
  rows_.clear();
  while (QLayoutItem* item = layout()->takeAt(0)) {
    item->widget()->hide();
    item->widget()->deleteLater();  // one of its widgets may be the sender of the signal that led here
    delete item;
  }
  auto* basic_box = new QWidget(this);
  makeGrid(basic_box);
  advanced_box_ = new QWidget(this);
  makeGrid(advanced_box_);
  advanced_button_ = new QToolButton(this);
  advanced_button_->setText(advanced_title_);
  advanced_button_->setAccessibleName(advanced_title_);
  advanced_button_->setToolTip(tr("Show or hide settings that rarely change"));
  advanced_button_->setCheckable(true);
  advanced_button_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  advanced_button_->setAutoRaise(true);
  advanced_button_->setFocusPolicy(Qt::StrongFocus);

  int basic_count = 0, advanced_count = 0;
  for (const auto& spec : specs) {
    auto* row = new ParamRow(spec, spec.advanced ? advanced_box_ : basic_box);
    ++(spec.advanced ? advanced_count : basic_count);
    connect(row, &ParamRow::dragBoundary, this, [this] { ++series_; });
    connect(row, &ParamRow::edited, this, [this, row](const ParamValue& before) { rowEdited(row, before); });
    connect(row, &ParamRow::clamped, this, &ParamPanel::clamped);
    connect(row, &ParamRow::browseWanted, this, [this, key = spec.key] { emit browseWanted(key); });
    rows_.push_back(row);
  }
  placeRows();
  layout()->addWidget(basic_box);
  layout()->addWidget(advanced_button_);
  layout()->addWidget(advanced_box_);
  basic_box->setVisible(basic_count > 0);
  any_advanced_ = advanced_count > 0;
  advanced_button_->setVisible(any_advanced_ && !plain_);
  connect(advanced_button_, &QToolButton::toggled, this, &ParamPanel::showAdvanced);
  setPlain(plain_);
}

void ParamPanel::placeRows() {
  std::map<QGridLayout*, int> rows;
  for (auto* row : rows_) {
    auto* grid = static_cast<QGridLayout*>(row->editor()->parentWidget()->layout());
    const int number = rows[grid]++;
    row->addTo(grid, number / columns_, labels_over_, number % columns_);
  }
  for (const auto& [grid, count] : rows) {
    for (int block = 0; block < kMostColumns; ++block) {
      const bool used = block < columns_;
      const int left = ParamRow::kColumns * block;
      grid->setColumnMinimumWidth(left, used ? ParamRow::kLabelWidth : 0);
      grid->setColumnStretch(left + 1, used ? 1 : 0);
      if (block > 0) grid->setColumnMinimumWidth(left - 1, used ? kBetweenColumns : 0);
    }
  }
}

void ParamPanel::setColumns(int columns) {
  const int taken = std::clamp(columns, 1, kMostColumns);
  if (std::exchange(columns_, taken) != taken) placeRows();
}

void ParamPanel::setLabelsOver(bool over) {
  labels_over_ = over;
  placeRows();
}

bool ParamPanel::advancedShown() const {
  return advanced_shown_;
}

void ParamPanel::showAdvanced(bool shown) {
  advanced_shown_ = shown;
  if (advanced_box_ == nullptr) return;
  advanced_button_->setChecked(shown);
  advanced_button_->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
  advanced_box_->setVisible(shown && !advanced_button_->isHidden());
}

void ParamPanel::setPlain(bool plain) {
  plain_ = plain;
  for (auto* row : rows_) {
    row->showSymbol(!plain);
    row->setVisible(!plain || row->spec().key != kComputation);
  }
  if (advanced_button_ == nullptr) return;
  advanced_button_->setVisible(any_advanced_ && !plain_);
  showAdvanced(advanced_shown_);
}

void ParamPanel::rowEdited(ParamRow* row, const ParamValue& before) {
  if (last_edit_.isValid() && last_edit_.elapsed() > kMergeMs) {
    if (row->slider() == nullptr || !row->slider()->isSliderDown()) ++series_;
  }
  last_edit_.start();
  const auto& key = row->spec().key;
  push({{key, before}}, {{key, row->value()}}, tr("change %1").arg(catalogueText(row->spec().label)));
  emit valuesChanged();
}

void ParamPanel::push(const ParamValues& before, const ParamValues& after, const QString& text) {
  if (undo_stack_ != nullptr) undo_stack_->push(new ParamCommand(this, before, after, text));
}

void ParamPanel::applyFromUndo(const ParamValues& values) {
  ++series_;
  setValues(values);
  emit valuesChanged();
}

void ParamPanel::changeValues(const ParamValues& values, const QString& text) {
  const auto before = this->values();
  setValues(values);
  const auto after = this->values();
  if (before == after) return;
  ++series_;
  push(before, after, text);
  ++series_;
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
    if (found != values.end()) row->setValue(found->second);
  }
}

ParamRow* ParamPanel::rowOf(const std::string& key) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const auto* row) { return row->spec().key == key; });
  return found != rows_.end() ? *found : nullptr;
}

QWidget* ParamPanel::editorOf(const std::string& key) const {
  const auto* row = rowOf(key);
  return row != nullptr ? row->editor() : nullptr;
}

QSlider* ParamPanel::sliderOf(const std::string& key) const {
  const auto* row = rowOf(key);
  return row != nullptr ? row->slider() : nullptr;
}

}  // namespace p2l::ui
