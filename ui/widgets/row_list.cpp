// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_list.h"

#include <QEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QStyledItemDelegate>
#include <algorithm>
#include <utility>

#include "ui/style/theme.h"
#include "ui/style/wrapped_words.h"

namespace p2l::ui {
namespace {

constexpr int kBar = 3, kIndent = 10, kRight = 2, kAround = 9;
constexpr int kTextFlags = Qt::AlignVCenter | Qt::TextWordWrap;

QFont chosenFont(QFont font) {
  font.setWeight(QFont::DemiBold);
  return font;
}

class RowDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    const auto* list = qobject_cast<const RowList*>(option.widget);
    return {0, list != nullptr ? list->rowHeight() : 0};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const auto* list = qobject_cast<const RowList*>(option.widget);
    painter->save();
    const bool chosen = option.state & QStyle::State_Selected, over = option.state & QStyle::State_MouseOver;
    const auto& colours = studioColours(option.palette);
    auto ground = colours.accent;
    ground.setAlphaF(chosen ? 0.12f : 0.06f);
    if (chosen || over) painter->fillRect(option.rect, ground);
    if (chosen) painter->fillRect(QRect(option.rect.topLeft(), QSize(kBar, option.rect.height())), colours.accent);
    painter->setFont(chosen ? chosenFont(option.font) : option.font);
    painter->setPen(option.palette.color(QPalette::WindowText));
    painter->drawText(option.rect.adjusted(kIndent, 0, -kRight, 0), kTextFlags,
                      list != nullptr ? list->shownText(index.row()) : index.data().toString());
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

int RowList::textWidth() const {
  return std::max(1, viewport()->width() - kIndent - kRight);
}

QString RowList::shownText(int row) const {
  const auto font = chosenFont(this->font());
  const QFontMetrics metrics(font);
  const auto text = item(row)->text();
  const auto needed = metrics.boundingRect(QRect(0, 0, textWidth(), 0), kTextFlags, text);
  if (needed.width() <= textWidth() && needed.height() <= kMostLines * metrics.lineSpacing()) return text;
  auto lines = wrappedWords(text, QFontMetricsF(font), textWidth());
  if (lines.size() > kMostLines)
    lines = lines.mid(0, kMostLines - 1) << lines.mid(kMostLines - 1).join(QLatin1Char(' '));
  for (auto& line : lines) line = metrics.elidedText(line, Qt::ElideRight, textWidth());
  return lines.join(QLatin1Char('\n'));
}

void RowList::fitHeight() {
  const QFontMetrics metrics(chosenFont(font()));
  const QRect room(0, 0, textWidth(), 0);
  int shown = 0, text = metrics.height();
  for (int row = 0; row < count(); ++row) {
    if (isRowHidden(row)) continue;
    ++shown;
    text = std::max(text, metrics.boundingRect(room, kTextFlags, shownText(row)).height());
  }
  if (std::exchange(row_height_, text + kAround) != text + kAround) scheduleDelayedItemsLayout();
  setFixedHeight(2 + shown * row_height_);
}

void RowList::resizeEvent(QResizeEvent* event) {
  QListWidget::resizeEvent(event);
  if (event->size().width() == event->oldSize().width()) return;
  scheduleDelayedItemsLayout();  // rows may take other lines
  fitHeight();
}

void RowList::changeEvent(QEvent* event) {
  QListWidget::changeEvent(event);
  if (event->type() != QEvent::FontChange) return;
  scheduleDelayedItemsLayout();
  fitHeight();
}

}  // namespace p2l::ui
