// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/mode_card.h"

#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QRadioButton>
#include <QVBoxLayout>

namespace p2l::ui {
namespace {
constexpr double kRadius = 5.0;
}

ModeCard::ModeCard(const QString& title, const QString& sentence, QWidget* parent)
    : QFrame(parent), button_(new QRadioButton(title, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 6);
  column->setSpacing(2);
  column->addWidget(button_);
  auto* help = new QLabel(sentence, this);
  help->setWordWrap(true);
  column->addWidget(help);
  button_->setAccessibleName(QString(title).remove(QLatin1Char('&')));
  button_->setAccessibleDescription(sentence);
  button_->setToolTip(sentence);
  auto font = button_->font();
  font.setBold(true);
  button_->setFont(font);
  connect(button_, &QRadioButton::toggled, this, qOverload<>(&QWidget::update));
}

void ModeCard::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) button_->click();
}

void ModeCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool chosen = button_->isChecked();
  painter.setPen(QPen(palette().color(chosen ? QPalette::Highlight : QPalette::Mid), chosen ? 2.0 : 1.0));
  painter.setBrush(palette().color(QPalette::Button));  // the button's ring shows on it in both themes
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
}

}  // namespace p2l::ui
