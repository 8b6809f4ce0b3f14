// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/param_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFontMetrics>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTextDocument>
#include <QTextOption>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/settings/param_spin_box.h"

namespace p2l::ui {
namespace {

constexpr int kSliderSteps = 1000;
constexpr int kSpinWidth = 64;
constexpr int kLongestUnit = 2;  // characters beside the value; longer ones stand with the name
constexpr int kClampedMs = 4000;

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

}  // namespace

ParamRow::ParamRow(const ParamSpec& spec, QWidget* parent)
    : QObject(parent), spec_(spec), default_(defaultValue(spec)), settled_(default_) {
  label_ = new QLabel(parent);
  label_->setTextFormat(Qt::RichText);
  label_->setWordWrap(true);
  label_->installEventFilter(this);
  switch (spec.kind) {
    case ParamKind::Real:
    case ParamKind::Integer:
      buildNumber(parent);
      break;
    case ParamKind::Choice:
      combo_ = new QComboBox(parent);
      for (const auto& choice : spec.choices) combo_->addItem(catalogueText(choiceLabel(spec, choice)), text(choice));
      connect(combo_, &QComboBox::currentIndexChanged, this, &ParamRow::valueEdited);
      break;
    case ParamKind::Flag:
      check_ = new QCheckBox(parent);
      connect(check_, &QCheckBox::toggled, this, &ParamRow::valueEdited);
      break;
    case ParamKind::Text:
    case ParamKind::Path:
      buildText(parent);
      break;
  }
  setValue(default_);
  describe();
}

void ParamRow::buildNumber(QWidget* parent) {
  slider_ = new QSlider(Qt::Horizontal, parent);
  slider_->setRange(0, kSliderSteps);
  slider_->setMinimumWidth(60);
  slider_->installEventFilter(this);
  spin_ = new ParamSpinBox(spec_, parent);
  spin_->installEventFilter(this);
  fitSpin();
  spin_->setButtonSymbols(QAbstractSpinBox::NoButtons);
  spin_->setAlignment(Qt::AlignRight);
  connect(slider_, &QSlider::sliderPressed, this, &ParamRow::dragBoundary);
  connect(slider_, &QSlider::sliderReleased, this, &ParamRow::dragBoundary);
  connect(slider_, &QSlider::valueChanged, this, [this](int position) {
    const QSignalBlocker quiet(spin_);
    spin_->setValue(valueFromSlider(position));
    valueEdited();
  });
  connect(spin_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    const QSignalBlocker quiet(slider_);
    slider_->setValue(sliderFromValue(value));
    valueEdited();
  });
  connect(spin_, &ParamSpinBox::outOfRange, this, &ParamRow::sayClamped);
}

void ParamRow::buildText(QWidget* parent) {
  line_ = new QLineEdit(parent);
  line_->setPlaceholderText(text(spec_.default_text));
  connect(line_, &QLineEdit::editingFinished, this, &ParamRow::valueEdited);
  if (spec_.kind != ParamKind::Path) return;
  browse_ = new QPushButton(tr("Browse…"), parent);
  browse_->setAccessibleName(tr("Browse: %1").arg(catalogueText(spec_.label)));
  browse_->setToolTip(tr("Choose: %1").arg(catalogueText(spec_.label)));
  connect(browse_, &QPushButton::clicked, this, &ParamRow::browseWanted);
}

void ParamRow::addTo(QGridLayout* grid, int row, bool label_over, int block) {
  label_over_ = label_over;
  for (QWidget* widget :
       {static_cast<QWidget*>(label_), static_cast<QWidget*>(slider_), static_cast<QWidget*>(browse_), editor()}) {
    if (widget != nullptr) grid->removeWidget(widget);
  }
  const int line = label_over ? 2 * row + 1 : row, left = kColumns * block;
  const int first = label_over ? left : left + 1, last = left + 2;
  grid->addWidget(label_, label_over ? line - 1 : line, left, 1, label_over ? 3 : 1,
                  label_over ? Qt::Alignment() : Qt::AlignLeft);
  if (spin_ != nullptr) {
    grid->addWidget(slider_, line, first, 1, last - first);
    grid->addWidget(spin_, line, last);
  } else if (browse_ != nullptr) {
    grid->addWidget(line_, line, first, 1, last - first);
    grid->addWidget(browse_, line, last);
  } else {
    grid->addWidget(editor(), line, first, 1, last + 1 - first);
  }
  showState();
}

void ParamRow::describe() {
  const auto help =
      QStringLiteral("<p>%1</p><p>%2</p>")
          .arg(catalogueText(spec_.help).toHtmlEscaped(),
               tr("<b>%1</b>: %2; default: %3. Double-click the name to reset.")
                   .arg(text(spec_.key), rangeWords(spec_).toHtmlEscaped(), defaultText().toHtmlEscaped()));
  for (QWidget* widget : {static_cast<QWidget*>(label_), static_cast<QWidget*>(slider_), editor()}) {
    if (widget == nullptr) continue;
    widget->setToolTip(help);
    widget->setAccessibleDescription(catalogueText(spec_.help));
  }
  editor()->setAccessibleName(catalogueText(spec_.label));
  if (slider_ != nullptr) slider_->setAccessibleName(tr("%1, slider").arg(catalogueText(spec_.label)));
  label_->setBuddy(editor());
}

QString ParamRow::defaultText() const {
  return spec_.kind == ParamKind::Real ? valueText(default_)
                                       : catalogueText(choiceLabel(spec_, textFromValue(default_)));
}

QWidget* ParamRow::editor() const {
  if (spin_ != nullptr) return spin_;
  if (combo_ != nullptr) return combo_;
  if (line_ != nullptr) return line_;
  return check_;
}

int ParamRow::sliderFromValue(double value) const {
  double fraction = 0.0;
  if (spec_.scale == ParamScale::Logarithmic) {
    const double low = spin_->logMinimum();
    fraction = value <= low ? 0.0 : std::log(value / low) / std::log(spec_.maximum / low);
  } else {
    fraction = (value - spec_.minimum) / (spec_.maximum - spec_.minimum);
  }
  return static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * kSliderSteps));
}

double ParamRow::valueFromSlider(int position) const {
  if (position == 0) return spec_.minimum;
  const double fraction = static_cast<double>(position) / kSliderSteps;
  double value = spec_.minimum + fraction * (spec_.maximum - spec_.minimum);
  if (spec_.scale == ParamScale::Logarithmic) {
    const double low = spin_->logMinimum();
    value = low * std::pow(spec_.maximum / low, fraction);
  }
  if (spec_.kind == ParamKind::Integer) return std::round(value);
  if (spec_.step > 0.0) return std::clamp(std::round(value / spec_.step) * spec_.step, spec_.minimum, spec_.maximum);
  // Readable numbers while dragging.
  return std::clamp(QString::number(value, 'g', 2).toDouble(), spec_.minimum, spec_.maximum);
}

ParamValue ParamRow::value() const {
  if (spin_ != nullptr) return spin_->value();
  if (combo_ != nullptr) return combo_->currentData().toString().toStdString();
  if (line_ != nullptr) {
    const auto typed = line_->text().trimmed();
    return typed.isEmpty() ? spec_.default_text : typed.toStdString();
  }
  return check_->isChecked() ? 1.0 : 0.0;
}

void ParamRow::setValue(const ParamValue& value) {
  if (spin_ != nullptr && std::holds_alternative<double>(value)) {
    const QSignalBlocker quiet_spin(spin_), quiet_slider(slider_);
    spin_->setValue(std::get<double>(value));
    slider_->setValue(sliderFromValue(std::get<double>(value)));
  } else if (combo_ != nullptr && std::holds_alternative<std::string>(value)) {
    const QSignalBlocker quiet(combo_);
    combo_->setCurrentIndex(combo_->findData(text(std::get<std::string>(value))));
  } else if (line_ != nullptr && std::holds_alternative<std::string>(value)) {
    const auto& shown = std::get<std::string>(value);
    if (this->value() != value) line_->setText(shown == spec_.default_text ? QString() : text(shown));
  } else if (check_ != nullptr && std::holds_alternative<double>(value)) {
    const QSignalBlocker quiet(check_);
    check_->setChecked(std::get<double>(value) != 0.0);
  }
  settled_ = this->value();
  showState();
}

void ParamRow::setDefault(const ParamValue& value) {
  default_ = value;
  describe();
  showState();
}

void ParamRow::valueEdited() {
  showState();
  const auto before = settled_;
  settled_ = value();
  if (settled_ != before) emit edited(before);
}

void ParamRow::showState() {
  auto name = catalogueText(spec_.label).toHtmlEscaped();
  // Not &nbsp;: a label takes the letter after & for its shortcut.
  if (symbol_shown_ && !spec_.symbol.empty())
    name += QStringLiteral("\u00a0 <i>%1</i>").arg(text(spec_.symbol).toHtmlEscaped());
  if (spec_.unit.size() > kLongestUnit) name += tr(", %1").arg(catalogueText(spec_.unit).toHtmlEscaped());
  label_->setText(value() == default_ ? name : QStringLiteral("<b>%1</b>").arg(name));
  reserveLabel(QStringLiteral("<b>%1</b>").arg(name));
}

void ParamRow::reserveLabel(const QString& widest) {
  if (label_over_) {
    label_->setMinimumSize(0, 0);
    label_->setMaximumWidth(QWIDGETSIZE_MAX);
    return;
  }
  QTextDocument document;
  document.setDocumentMargin(0);
  document.setDefaultFont(label_->font());
  QTextOption words;
  words.setWrapMode(QTextOption::WordWrap);  // no word is broken
  document.setDefaultTextOption(words);
  document.setHtml(widest);
  document.setTextWidth(kLabelWidth);
  const int word = static_cast<int>(std::ceil(document.idealWidth()));  // that cannot be broken
  label_->setFixedWidth(std::clamp(word, kLabelWidth, kWidestLabel));
  label_->setMinimumHeight(static_cast<int>(std::ceil(document.size().height())));
}

void ParamRow::setVisible(bool visible) {
  for (QWidget* widget : {static_cast<QWidget*>(label_), static_cast<QWidget*>(slider_), editor()}) {
    if (widget != nullptr) widget->setVisible(visible);
  }
}

void ParamRow::showSymbol(bool shown) {
  symbol_shown_ = shown;
  showState();
}

void ParamRow::sayClamped(double typed, double taken) {
  const auto sentence = tr("%1 is %2: %3 became %4.")
                            .arg(catalogueText(spec_.label), rangeWords(spec_), shortNumber(typed), shortNumber(taken));
  QToolTip::showText(spin_->mapToGlobal(QPoint(0, spin_->height())), sentence, spin_, {}, kClampedMs);
  emit clamped(sentence);
}

bool ParamRow::sliderKey(int key, Qt::KeyboardModifiers modifiers) {
  switch (key) {
    case Qt::Key_Right:
    case Qt::Key_Up:
      spin_->stepFinely(1, ParamSpinBox::factorOf(modifiers));
      return true;
    case Qt::Key_Left:
    case Qt::Key_Down:
      spin_->stepFinely(-1, ParamSpinBox::factorOf(modifiers));
      return true;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
      spin_->stepFinely(key == Qt::Key_PageUp ? 1 : -1, 10.0);
      return true;
    default:
      return false;
  }
}

void ParamRow::fitSpin() {
  const int usual = QFontMetrics(QGuiApplication::font()).height();
  spin_->setFixedWidth(kSpinWidth * spin_->fontMetrics().height() / usual);
}

bool ParamRow::eventFilter(QObject* object, QEvent* event) {
  if (object == spin_) {
    if (event->type() == QEvent::FontChange) fitSpin();
    return false;
  }
  if (object == label_ && event->type() == QEvent::MouseButtonDblClick) {
    const auto before = settled_;
    emit dragBoundary();
    setValue(default_);
    if (settled_ != before) emit edited(before);
    return true;
  }
  if (object == slider_ && event->type() == QEvent::Wheel) {
    auto* wheel = static_cast<QWheelEvent*>(event);
    if (wheel->angleDelta().y() != 0) {
      spin_->stepFinely(wheel->angleDelta().y() > 0 ? 1 : -1, ParamSpinBox::factorOf(wheel->modifiers()));
      return true;
    }
  }
  if (object == slider_ && event->type() == QEvent::KeyPress) {
    auto* key = static_cast<QKeyEvent*>(event);
    if (sliderKey(key->key(), key->modifiers())) return true;
  }
  return QObject::eventFilter(object, event);
}

}  // namespace p2l::ui
