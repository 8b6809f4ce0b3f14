// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_list.h"

#include <QEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kBar = 3, kIndent = 10, kAround = 9;

class RowDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {0, option.fontMetrics.height() + kAround};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    const bool chosen = option.state & QStyle::State_Selected, over = option.state & QStyle::State_MouseOver;
    const auto& colours = studioColours(option.palette);
    auto ground = colours.accent;
    ground.setAlphaF(chosen ? 0.12f : 0.06f);
    if (chosen || over) painter->fillRect(option.rect, ground);
    if (chosen) painter->fillRect(QRect(option.rect.topLeft(), QSize(kBar, option.rect.height())), colours.accent);
    auto font = option.font;
    if (chosen) font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(option.palette.color(QPalette::WindowText));
    const auto place = option.rect.adjusted(kIndent, 0, -2, 0);
    painter->drawText(place, Qt::AlignVCenter,
                      QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, place.width()));
    if (option.state & QStyle::State_HasFocus) {
      painter->setPen(QPen(option.palette.color(QPalette::Highlight), 2));
      painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
  }
};

class PaddedRow : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return {0, QStyledItemDelegate::sizeHint(option, index).height() + 2 * kRowPadding};
  }
};

}  // namespace

void padRows(QListView* list) {
  list->setItemDelegate(new PaddedRow(list));
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

RowList::RowList(QWidget* parent) : QListWidget(parent) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setMouseTracking(true);
  viewport()->setAutoFillBackground(false);
  setItemDelegate(new RowDelegate(this));
}

void RowList::fitHeight() {
  setFixedHeight(count() * (fontMetrics().height() + kAround) + 2);
}

void RowList::changeEvent(QEvent* event) {
  QListWidget::changeEvent(event);
  if (event->type() != QEvent::FontChange) return;
  scheduleDelayedItemsLayout();
  fitHeight();
}

}  // namespace p2l::ui
