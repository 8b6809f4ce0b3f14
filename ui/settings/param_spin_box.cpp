// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/param_spin_box.h"

#include <QApplication>
#include <QKeyEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/language/numbers.h"

namespace p2l::ui {
namespace {

constexpr double kLogSpan = 1e5;  // a logarithmic range that begins at 0 is shown from here below its maximum
constexpr int kWheelNotch = 120;

/// The number as its shortest text reads it, so that 0.1 + 0.01 is 0.11.
double rounded(double value, int digits) {
  return QString::number(value, 'g', digits).toDouble();
}

/// The largest of 1, 2 and 5 times a power of ten that is not above `value`.
double roundStep(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  const double mantissa = value / power;
  return power * (mantissa >= 5.0 ? 5.0 : mantissa >= 2.0 ? 2.0 : 1.0);
}

}  // namespace

ParamSpinBox::ParamSpinBox(const ParamSpec& spec, QWidget* parent) : QDoubleSpinBox(parent), spec_(spec) {
  setDecimals(spec.kind == ParamKind::Integer ? 0 : 9);
  setRange(spec.minimum, spec.maximum);
  setKeyboardTracking(false);
  setAccelerated(true);
  if (!spec.unit.empty() && spec.unit.size() <= 2) setSuffix(QStringLiteral(" ") + QString::fromStdString(spec.unit));
}

double ParamSpinBox::factorOf(Qt::KeyboardModifiers modifiers) {
  return modifiers & Qt::ShiftModifier ? 10.0 : modifiers & Qt::ControlModifier ? 0.1 : 1.0;
}

double ParamSpinBox::logMinimum() const {
  return spec_.minimum > 0.0 ? spec_.minimum : spec_.maximum / kLogSpan;
}

double ParamSpinBox::stepped(double value, int direction, double factor) const {
  if (spec_.kind == ParamKind::Integer) return value + direction * std::max(1.0, factor);
  if (spec_.step > 0.0) {
    if (factor < 1.0) return rounded(value + direction * factor * spec_.step, 9);
    const double steps = value / spec_.step;  // to the next multiple
    return (direction > 0 ? std::floor(steps + 1e-9) + factor : std::ceil(steps - 1e-9) - factor) * spec_.step;
  }
  if (spec_.scale != ParamScale::Logarithmic) {
    return rounded(value + direction * factor * roundStep(0.01 * (spec_.maximum - spec_.minimum)), 9);
  }
  if (value < logMinimum() || (direction < 0 && value == logMinimum())) return direction > 0 ? logMinimum() : minimum();
  // Downwards the unit is that of the numbers below: 0.1, 0.099, 0.098.
  const double decade = std::floor(std::log10(value * (direction > 0 ? 1.0 + 1e-9 : 1.0 - 1e-9)));
  const double next = rounded(value + direction * factor * 0.1 * std::pow(10.0, decade), 9);
  // Ten large steps down from 1 end at 0.1, not at 0.
  return next < 0.5 * std::pow(10.0, decade) ? rounded(std::pow(10.0, decade - 1), 3) : next;
}

void ParamSpinBox::stepFinely(int steps, double factor) {
  double value = this->value();
  for (int i = 0; i < std::abs(steps); ++i) {
    value = std::clamp(stepped(value, steps > 0 ? 1 : -1, factor), minimum(), maximum());
  }
  setValue(value);
  selectAll();
}

void ParamSpinBox::stepBy(int steps) {
  stepFinely(steps, factorOf(QApplication::keyboardModifiers()));
}

void ParamSpinBox::keyPressEvent(QKeyEvent* event) {
  const bool up = event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp;
  const bool down = event->key() == Qt::Key_Down || event->key() == Qt::Key_PageDown;
  if (!up && !down) return QDoubleSpinBox::keyPressEvent(event);
  const bool page = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
  interpretText();
  stepFinely(up ? 1 : -1, page ? 10.0 : factorOf(event->modifiers()));
  event->accept();
}

void ParamSpinBox::wheelEvent(QWheelEvent* event) {
  wheel_ += event->angleDelta().y();
  const int notches = wheel_ / kWheelNotch;
  wheel_ -= notches * kWheelNotch;
  if (notches != 0) stepFinely(notches, factorOf(event->modifiers()));
  event->accept();
}

QString ParamSpinBox::textFromValue(double value) const {
  return spec_.kind == ParamKind::Integer ? QString::number(std::llround(value)) : shortNumber(value);
}

bool ParamSpinBox::numberOf(QString text, double* value) const {
  if (!suffix().isEmpty() && text.endsWith(suffix())) text.chop(suffix().size());
  return readTyped(text, value);
}

double ParamSpinBox::valueFromText(const QString& text) const {
  double value = 0.0;
  return numberOf(text, &value) ? value : this->value();
}

QValidator::State ParamSpinBox::validate(QString& text, int&) const {
  double value = 0.0;
  const bool allowed = numberOf(text, &value) && value >= minimum() && value <= maximum();
  return allowed ? QValidator::Acceptable : QValidator::Intermediate;
}

void ParamSpinBox::fixup(QString& text) const {
  double typed = 0.0;
  if (!numberOf(text, &typed)) return;  // the spin box goes back to its value
  const double taken = std::clamp(typed, minimum(), maximum());
  text = textFromValue(taken) + suffix();
  if (taken != typed) emit const_cast<ParamSpinBox*>(this)->outOfRange(typed, taken);
}

}  // namespace p2l::ui
