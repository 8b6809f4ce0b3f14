// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/param_row.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace p2l::ui {
namespace {

constexpr int kSliderSteps = 1000;
constexpr double kLogSpan = 1e5;  // a logarithmic range that begins at 0 begins here below its maximum

bool isLogarithmic(const ParamSpec& spec) {
  return spec.scale == ParamScale::Logarithmic;
}
double logMinimum(const ParamSpec& spec) {
  return spec.minimum > 0.0 ? spec.minimum : spec.maximum / kLogSpan;
}

}  // namespace

ParamSpinBox::ParamSpinBox(const ParamSpec& spec, QWidget* parent) : QDoubleSpinBox(parent), spec_(spec) {
  setDecimals(spec.kind == ParamKind::Integer ? 0 : 9);
  setRange(spec.minimum, spec.maximum);
  setKeyboardTracking(false);
  setFocusPolicy(Qt::StrongFocus);
  setAccelerated(true);
  if (!spec.unit.empty()) setSuffix(QStringLiteral(" ") + QString::fromStdString(spec.unit));
}

void ParamSpinBox::stepBy(int steps) {
  const auto modifiers = QApplication::keyboardModifiers();
  double count = steps > 0 ? std::min(steps, 1) : std::max(steps, -1);  // Qt multiplies by ten on Ctrl; here it divides
  if (modifiers & Qt::ShiftModifier) count *= 10.0;
  if (modifiers & Qt::ControlModifier) count /= 10.0;
  if (spec_.kind == ParamKind::Integer) {
    setValue(value() + (count > 0 ? std::max(1.0, count) : std::min(-1.0, count)));
  } else if (isLogarithmic(spec_)) {
    const double from = std::max(value(), logMinimum(spec_));
    const double to = from * std::pow(10.0, 0.05 * count);
    setValue(count < 0 && value() <= logMinimum(spec_) ? spec_.minimum
                                                       : std::stod(QString::number(to, 'g', 3).toStdString()));
  } else {
    setValue(
        std::stod(QString::number(value() + 0.01 * count * (spec_.maximum - spec_.minimum), 'g', 6).toStdString()));
  }
}

QString ParamSpinBox::textFromValue(double value) const {
  return spec_.kind == ParamKind::Integer ? QString::number(std::llround(value)) : QString::number(value, 'g', 6);
}

double ParamSpinBox::valueFromText(const QString& text) const {
  QString number = text;
  if (!suffix().isEmpty() && number.endsWith(suffix())) number.chop(suffix().size());
  number.replace(QLatin1Char(','), QLatin1Char('.'));
  return number.trimmed().toDouble();
}

QValidator::State ParamSpinBox::validate(QString& text, int&) const {
  QString number = text;
  if (!suffix().isEmpty() && number.endsWith(suffix())) number.chop(suffix().size());
  number.replace(QLatin1Char(','), QLatin1Char('.'));
  bool ok = false;
  const double value = number.trimmed().toDouble(&ok);
  if (!ok) return QValidator::Intermediate;
  return value >= minimum() && value <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
}

void ParamSpinBox::wheelEvent(QWheelEvent* event) {
  if (hasFocus()) {
    QDoubleSpinBox::wheelEvent(event);
  } else {
    event->ignore();
  }
}

ParamRow::ParamRow(const ParamSpec& spec, QWidget* parent)
    : QWidget(parent), spec_(spec), default_(defaultValue(spec)) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  const auto text = QString::fromStdString(spec.label);
  const auto symbol = QString::fromStdString(spec.symbol);
  label_ = new QLabel(symbol.isEmpty() ? text : text + QStringLiteral("  ") + symbol);
  const auto help =
      QStringLiteral("<p>%1</p><p><i>%2</i></p>")
          .arg(QString::fromStdString(spec.help).toHtmlEscaped(),
               tr("%1: %2. Double-click the label to reset.")
                   .arg(QString::fromStdString(spec.key), QString::fromStdString(rangeText(spec)).toHtmlEscaped()));
  label_->setToolTip(help);
  label_->installEventFilter(this);
  setToolTip(help);

  switch (spec.kind) {
    case ParamKind::Real:
    case ParamKind::Integer:
      buildNumber();
      break;
    case ParamKind::Choice:
      combo_ = new QComboBox(this);
      for (const auto& choice : spec.choices) combo_->addItem(QString::fromStdString(choice));
      combo_->setFocusPolicy(Qt::StrongFocus);
      combo_->installEventFilter(this);
      layout->addWidget(combo_, 1);
      connect(combo_, &QComboBox::currentIndexChanged, this, [this] {
        showState();
        emit edited();
      });
      break;
    case ParamKind::Flag:
      check_ = new QCheckBox(this);
      layout->addWidget(check_, 1);
      connect(check_, &QCheckBox::toggled, this, [this] {
        showState();
        emit edited();
      });
      break;
  }
  editor()->setAccessibleName(text);
  editor()->setAccessibleDescription(QString::fromStdString(spec.help));
  label_->setBuddy(editor());
  setFocusProxy(editor());
  setValue(default_);
}

void ParamRow::buildNumber() {
  spin_ = new ParamSpinBox(spec_, this);
  spin_->setMinimumWidth(84);
  slider_ = new QSlider(Qt::Horizontal, this);
  slider_->setRange(0, kSliderSteps);
  slider_->setMinimumWidth(60);
  slider_->setAccessibleName(QString::fromStdString(spec_.label) + tr(" slider"));
  slider_->setFocusPolicy(Qt::TabFocus);
  slider_->installEventFilter(this);
  static_cast<QHBoxLayout*>(layout())->addWidget(slider_, 1);
  static_cast<QHBoxLayout*>(layout())->addWidget(spin_);
  connect(slider_, &QSlider::sliderPressed, this, &ParamRow::dragBoundary);
  connect(slider_, &QSlider::sliderReleased, this, &ParamRow::dragBoundary);
  connect(slider_, &QSlider::valueChanged, this, [this](int position) {
    const QSignalBlocker quiet(spin_);
    spin_->setValue(valueFromSlider(position));
    showState();
    emit edited();
  });
  connect(spin_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    const QSignalBlocker quiet(slider_);
    slider_->setValue(sliderFromValue(value));
    showState();
    emit edited();
  });
}

QWidget* ParamRow::editor() const {
  if (spin_ != nullptr) return spin_;
  if (combo_ != nullptr) return combo_;
  return check_;
}

int ParamRow::sliderFromValue(double value) const {
  double fraction = 0.0;
  if (isLogarithmic(spec_)) {
    const double low = logMinimum(spec_);
    fraction = value <= low ? 0.0 : std::log(value / low) / std::log(spec_.maximum / low);
  } else {
    fraction = (value - spec_.minimum) / (spec_.maximum - spec_.minimum);
  }
  return static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * kSliderSteps));
}

double ParamRow::valueFromSlider(int position) const {
  const double fraction = static_cast<double>(position) / kSliderSteps;
  if (position == 0) return spec_.minimum;
  double value = 0.0;
  if (isLogarithmic(spec_)) {
    const double low = logMinimum(spec_);
    value = low * std::pow(spec_.maximum / low, fraction);
  } else {
    value = spec_.minimum + fraction * (spec_.maximum - spec_.minimum);
  }
  if (spec_.kind == ParamKind::Integer) return std::round(value);
  return std::min(QString::number(value, 'g', 3).toDouble(), spec_.maximum);  // readable numbers while dragging
}

ParamValue ParamRow::value() const {
  if (spin_ != nullptr) return spin_->value();
  if (combo_ != nullptr) return combo_->currentText().toStdString();
  return check_->isChecked() ? 1.0 : 0.0;
}

void ParamRow::setValue(const ParamValue& value) {
  if (spin_ != nullptr && std::holds_alternative<double>(value)) {
    const QSignalBlocker quiet_spin(spin_), quiet_slider(slider_);
    spin_->setValue(std::get<double>(value));
    slider_->setValue(sliderFromValue(std::get<double>(value)));
  } else if (combo_ != nullptr && std::holds_alternative<std::string>(value)) {
    const QSignalBlocker quiet(combo_);
    combo_->setCurrentText(QString::fromStdString(std::get<std::string>(value)));
  } else if (check_ != nullptr && std::holds_alternative<double>(value)) {
    const QSignalBlocker quiet(check_);
    check_->setChecked(std::get<double>(value) != 0.0);
  }
  showState();
}

void ParamRow::setDefault(const ParamValue& value) {
  default_ = value;
  showState();
}

void ParamRow::showState() {
  auto font = label_->font();
  font.setBold(value() != default_);
  label_->setFont(font);
}

bool ParamRow::eventFilter(QObject* object, QEvent* event) {
  if (object == label_ && event->type() == QEvent::MouseButtonDblClick) {
    if (value() != default_) {
      emit dragBoundary();
      setValue(default_);
      emit edited();
    }
    return true;
  }
  if (event->type() == QEvent::Wheel && !static_cast<QWidget*>(object)->hasFocus()) {
    event->ignore();
    return true;
  }
  return QWidget::eventFilter(object, event);
}

}  // namespace p2l::ui
