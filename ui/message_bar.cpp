// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace p2l::ui {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), label_(new QLabel(this)), action_button_(new QPushButton(this)) {
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::ToolTipBase);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 4, 4, 4);
  label_->setWordWrap(true);
  label_->setForegroundRole(QPalette::ToolTipText);
  label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label_->setAccessibleName(tr("Message"));
  row->addWidget(label_, 1);
  action_button_->setAccessibleName(tr("What can be done about it"));
  row->addWidget(action_button_);
  auto* close = new QToolButton(this);
  close->setAutoRaise(true);
  close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  close->setAccessibleName(tr("Dismiss the message"));
  close->setToolTip(tr("Dismiss"));
  row->addWidget(close);
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  connect(action_button_, &QPushButton::clicked, this, [this] {
    hide();
    if (action_) action_();
  });
  hide();
}

QString MessageBar::text() const {
  return isHidden() ? QString() : label_->text();
}

void MessageBar::present(const QString& sentence, bool problem) {
  label_->setText(problem ? tr("<b>Problem:</b> %1").arg(sentence.toHtmlEscaped()) : sentence.toHtmlEscaped());
  action_button_->hide();
  action_ = nullptr;
  show();
}

void MessageBar::showProblem(const QString& sentence) {
  present(sentence, true);
}
void MessageBar::showNote(const QString& sentence) {
  present(sentence, false);
}

void MessageBar::offer(const QString& sentence, const QString& button, std::function<void()> action) {
  present(sentence, false);
  action_ = std::move(action);
  action_button_->setText(button);
  action_button_->setAccessibleName(button);
  action_button_->show();
}

}  // namespace p2l::ui
