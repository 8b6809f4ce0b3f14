// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmented.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

#include "ui/style/studio_style.h"
#include "ui/style/theme.h"

namespace p2l::ui {

Segmented::Segmented(const QString& name, QWidget* parent) : QWidget(parent) {
  setAccessibleName(name);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
}

QToolButton* Segmented::add(const QString& text, const QString& tip) {
  auto* button = new QToolButton(this);
  setLook(button, Look::Segment);
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
  button->setAccessibleDescription(tip);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setCheckable(true);
  button->setFocusPolicy(Qt::StrongFocus);
  button->installEventFilter(this);
  const int index = count();
  buttons_ << button;
  static_cast<QHBoxLayout*>(layout())->addWidget(button, even_ ? 1 : 0);
  if (even_) button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(button, &QToolButton::clicked, this, [this, index] {
    setCurrent(index);
    emit chosen(index);
  });
  return button;
}

void Segmented::setEven(bool even) {
  even_ = even;
}

int Segmented::current() const {
  for (int i = 0; i < count(); ++i) {
    if (buttons_[i]->isChecked()) return i;
  }
  return -1;
}

void Segmented::setCurrent(int index) {
  for (int i = 0; i < count(); ++i) buttons_[i]->setChecked(i == index);
}

void Segmented::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(studioColours(palette()).line, 1));
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), StudioStyle::kRadius, StudioStyle::kRadius);
}

bool Segmented::eventFilter(QObject* object, QEvent* event) {
  if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(object, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const int by = key->key() == Qt::Key_Right || key->key() == Qt::Key_Down ? 1
                 : key->key() == Qt::Key_Left || key->key() == Qt::Key_Up  ? -1
                                                                           : 0;
  const int next = static_cast<int>(buttons_.indexOf(static_cast<QToolButton*>(object))) + by;
  if (by == 0) return QWidget::eventFilter(object, event);
  if (next >= 0 && next < count() && buttons_[next]->isEnabled()) {
    buttons_[next]->setFocus(Qt::TabFocusReason);
    buttons_[next]->click();
  }
  return true;
}

}  // namespace p2l::ui
