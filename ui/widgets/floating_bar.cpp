// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/floating_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "ui/style/studio_style.h"
#include "ui/widgets/round_panel.h"

namespace p2l::ui {
namespace {

constexpr int kFromEdge = 12;

}  // namespace

FloatingBar::FloatingBar(const QString& name, QWidget* parent) : QWidget(parent), row_(new QHBoxLayout(this)) {
  setAccessibleName(name);
  row_->setContentsMargins(10, 6, 10, 6);
  row_->setSpacing(8);
  parent->installEventFilter(this);
}

QLabel* FloatingBar::addLabel() {
  auto* label = new QLabel(this);
  row_->addWidget(label);
  return label;
}

QPushButton* FloatingBar::addButton(const QString& text, const QString& help, bool primary) {
  auto* button = new QPushButton(text, this);
  button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
  button->setToolTip(help);
  button->setAutoDefault(false);
  button->setFocusPolicy(Qt::StrongFocus);
  if (primary) setLook(button, Look::Primary);
  row_->addWidget(button);
  return button;
}

void FloatingBar::place() {
  if (isHidden()) return;
  row_->activate();
  const auto room = parentWidget()->size();
  resize(sizeHint().boundedTo({std::max(0, room.width() - 2 * kFromEdge), sizeHint().height()}));
  move((room.width() - width()) / 2, std::max(0, room.height() - height() - kFromEdge));
}

bool FloatingBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parent() && event->type() == QEvent::Resize) place();
  return QWidget::eventFilter(watched, event);
}

void FloatingBar::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  place();
}

void FloatingBar::paintEvent(QPaintEvent*) {
  paintRoundPanel(this);
}

void FloatingBar::mousePressEvent(QMouseEvent* event) {
  event->accept();  // not for the picture below
}

void FloatingBar::wheelEvent(QWheelEvent* event) {
  event->accept();
}

void FloatingBar::keyPressEvent(QKeyEvent* event) {
  auto* button = qobject_cast<QAbstractButton*>(focusWidget());
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && button != nullptr) return button->click();
  QWidget::keyPressEvent(event);
}

}  // namespace p2l::ui
