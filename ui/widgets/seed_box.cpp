// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/seed_box.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <limits>

namespace p2l::ui {
namespace {

constexpr quint64 kLargest = std::numeric_limits<quint64>::max();
constexpr int kShortest = 60;  // pixels; longer seeds scroll
constexpr quint32 kDrawnBelow = 1'000'000;

}  // namespace

SeedBox::SeedBox(QWidget* parent) : QAbstractSpinBox(parent) {
  setMinimumWidth(kShortest);
  lineEdit()->setText(QStringLiteral("0"));
  lineEdit()->setInputMethodHints(Qt::ImhDigitsOnly);
  connect(this, &QAbstractSpinBox::editingFinished, this, &SeedBox::takeText);
}

void SeedBox::addTo(QFormLayout* form, const QString& label, const QString& button, const QString& tip) {
  auto* dice = new QPushButton(tr("New"), parentWidget());
  dice->setAccessibleName(button);
  dice->setToolTip(tip);
  connect(dice, &QPushButton::clicked, this, &SeedBox::draw);
  auto* row = new QHBoxLayout;
  row->addWidget(this, 1);
  row->addWidget(dice);
  form->addRow(label, row);
  qobject_cast<QLabel*>(form->labelForField(row))->setBuddy(this);
}

void SeedBox::setValue(quint64 value) {
  lineEdit()->setText(QString::number(value));
  if (value == value_) return;
  value_ = value;
  emit valueChanged(value_);
}

void SeedBox::takeText() {
  setValue(lineEdit()->text().trimmed().toULongLong());
}

void SeedBox::stepBy(int steps) {
  takeText();
  const auto distance = static_cast<quint64>(std::abs(static_cast<qint64>(steps)));
  setValue(steps > 0 ? value_ + std::min(distance, kLargest - value_) : value_ - std::min(distance, value_));
  selectAll();
}

QValidator::State SeedBox::validate(QString& text, int&) const {
  const auto digits = text.trimmed();
  if (digits.isEmpty()) return QValidator::Intermediate;
  bool ok = false;
  digits.toULongLong(&ok);
  return ok ? QValidator::Acceptable : QValidator::Invalid;
}

void SeedBox::fixup(QString& text) const {
  text = QString::number(value_);
}

QAbstractSpinBox::StepEnabled SeedBox::stepEnabled() const {
  StepEnabled enabled = StepNone;
  if (value_ > 0) enabled |= StepDownEnabled;
  if (value_ < kLargest) enabled |= StepUpEnabled;
  return enabled;
}

QSize SeedBox::sizeHint() const {
  auto hint = QAbstractSpinBox::sizeHint();
  hint.setWidth(fontMetrics().horizontalAdvance(QStringLiteral("0000000")) + 40);
  return hint;
}

void SeedBox::draw() {
  setValue(QRandomGenerator::global()->bounded(kDrawnBelow));
}

}  // namespace p2l::ui
