// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/past_runs_panel.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/base/dragged_runs.h"
#include "ui/base/past_runs.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kNarrow = 176, kLongestTitle = 192, kCardHeight = 60, kLeastCard = 32;
constexpr int kThumbnail = 48, kPad = 6, kGap = 8, kLines = 3;
constexpr int kTask = Qt::UserRole + 1, kNumbers = Qt::UserRole + 2;

/// What a click on the run's card brings back.
QString broughtBack(const PastRun& run) {
  if (run.steps.count() > 0) return PastRunsPanel::tr("Click: bring back picture, steps and settings.");
  if (run.result || !run.id.empty())
    return PastRunsPanel::tr(
        "Click: bring back picture, curve and settings, and its steps where the history has room for them.");
  return PastRunsPanel::tr("Click: bring back the settings. The picture was discarded to save memory.");
}

/// Of a card's lines; the first one is strong.
QFont cardFont(QFont font, bool strong) {
  font.setPointSizeF(font.pointSizeF() * 0.92);
  if (strong) font.setWeight(QFont::DemiBold);
  return font;
}

/// Of a card whose texts have this height: name, task and numbers; or name and numbers; or the name.
int linesWithin(double height, const QFont& font) {
  constexpr double kTight = 0.8;  // of a line's height
  if (height >= kCardHeight - 2 * kPad) return kLines;
  return std::clamp(static_cast<int>(height / (kTight * QFontMetricsF(cardFont(font, true)).height())), 1, kLines);
}

/// Draws a run as a card.
class CardDelegate : public QStyledItemDelegate {
 public:
  explicit CardDelegate(PastRunsPanel* panel) : QStyledItemDelegate(panel), panel_(panel) {}

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {panel_->cardWidth() + kGap, panel_->cardHeight()};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const auto& palette = option.palette;
    const auto& colours = studioColours(palette);
    const bool chosen = option.state & QStyle::State_Selected, over = option.state & QStyle::State_MouseOver;
    const bool focus = option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange;
    const QRectF card(option.rect.left(), option.rect.top(), option.rect.width() - kGap, panel_->cardHeight());
    const double pen = focus ? 2 : 1;
    const auto outline = card.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2);
    painter->setPen(QPen(chosen || focus ? colours.accent
                         : over          ? palette.color(QPalette::PlaceholderText)
                                         : colours.line,
                         pen));
    painter->setBrush(colours.panel);
    painter->drawRoundedRect(outline, 7, 7);
    if (chosen) {
      auto ground = colours.accent;
      ground.setAlphaF(0.12f);
      painter->setBrush(ground);
      painter->drawRoundedRect(outline, 7, 7);
    }
    const double high = card.height() - 2 * kPad, side = std::min<double>(kThumbnail, high);
    const QRectF place(card.left() + kPad, card.top() + kPad, side, side);
    const auto icon = qvariant_cast<QIcon>(index.data(Qt::DecorationRole));
    icon.paint(painter, place.toRect());
    const double left = place.right() + kGap, width = card.right() - left - kPad;
    const int lines = linesWithin(high, option.font);
    const double line = high / lines;
    const auto text = [&](int row, const QString& shown, bool strong) {
      const auto font = cardFont(option.font, strong);
      painter->setFont(font);
      painter->setPen(palette.color(strong ? QPalette::WindowText : QPalette::PlaceholderText));
      painter->drawText(QRectF(left, card.top() + kPad + row * line, width, line), Qt::AlignLeft | Qt::AlignVCenter,
                        QFontMetricsF(font).elidedText(shown, Qt::ElideRight, width));
    };
    text(0, index.data(Qt::DisplayRole).toString(), true);
    if (lines == kLines) text(1, index.data(kTask).toString(), false);
    if (lines > 1) text(lines - 1, index.data(kNumbers).toString(), false);
    painter->restore();
  }

 private:
  const PastRunsPanel* panel_;
};

/// What the card needs to show its lines whole; a title may be of any length, as its person has typed it.
int wholeWidthOf(const QListWidgetItem& item, const QFont& font) {
  const QFontMetricsF strong(cardFont(font, true)), plain(cardFont(font, false));
  const double widest = std::max({std::min<double>(strong.horizontalAdvance(item.text()), kLongestTitle),
                                  plain.horizontalAdvance(item.data(kTask).toString()),
                                  plain.horizontalAdvance(item.data(kNumbers).toString())});
  return static_cast<int>(std::ceil(widest)) + 2 * kPad + kThumbnail + kGap;
}

}  // namespace

PastRunsPanel::PastRunsPanel(const Catalogue& catalogue, const PastRuns* runs, QWidget* parent)
    : QListWidget(parent), catalogue_(catalogue), runs_(runs), card_width_(kNarrow), card_height_(kCardHeight) {
  setAccessibleName(tr("History of runs"));
  setFlow(LeftToRight);
  setWrapping(false);
  setFixedHeight(kHeight);
  setFrameShape(NoFrame);
  viewport()->setAutoFillBackground(false);
  setViewportMargins(10, 0, 10, 0);
  setIconSize(QSize(kThumbnail, kThumbnail));
  setUniformItemSizes(true);
  setItemDelegate(new CardDelegate(this));
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  setHorizontalScrollMode(ScrollPerPixel);
  setSelectionMode(ExtendedSelection);
  setDragDropMode(DragOnly);
  connect(runs, &PastRuns::changed, this, &PastRunsPanel::showRuns);
  const auto choose = [this](const QListWidgetItem* item) {
    const auto keys = QGuiApplication::keyboardModifiers();
    if (keys & (Qt::ControlModifier | Qt::ShiftModifier)) return;  // one more is selected
    emit chosen(item->data(Qt::UserRole).toInt());
  };
  connect(this, &QListWidget::itemActivated, this, choose);
  if (!style()->styleHint(QStyle::SH_ItemView_ActivateItemOnSingleClick)) {
    connect(this, &QListWidget::itemClicked, this, choose);
  }
}

PastRunsPanel::PastRunsPanel(const Catalogue& catalogue, RunModel* model, QWidget* parent)
    : PastRunsPanel(catalogue, &model->pastRuns(), parent) {
  model_ = model;
  connect(this, &PastRunsPanel::chosen, model, [this, model](int index) {
    model->bringBack(index);
    if (model->isRunning()) selectShown();  // it was refused
  });
  for (const auto signal : {&RunModel::photoChanged, &RunModel::runBegan, &RunModel::resultTaken})
    connect(model, signal, this, &PastRunsPanel::selectShown);
  connect(model, &RunModel::broughtBack, this, &PastRunsPanel::selectShown);
  connect(this, &PastRunsPanel::starWanted, model,
          [model](int index, bool starred) { model->pastRuns().setStarred(index, starred); });
  connect(this, &PastRunsPanel::compareWanted, &model->pastRuns(), &PastRuns::compare);
}

QString PastRunsPanel::titleOf(int index) const {
  const auto& runs = runs_->all();
  return (runs[index].starred ? QStringLiteral("★ ") : QString()) + titleOfRun(catalogue_, runs, index);
}

void PastRunsPanel::showRuns() {
  clear();
  const auto& runs = runs_->all();
  for (int i = static_cast<int>(runs.size()) - 1; i >= 0; --i) {
    const auto& run = runs[i];
    const auto title = titleOf(i), task = taskOfRun(catalogue_, run), numbers = numbersOfRun(run);
    auto* item = new QListWidgetItem(QIcon(QPixmap::fromImage(run.thumbnail)), title, this);
    item->setData(Qt::UserRole, i);
    item->setData(kTask, task);
    item->setData(kNumbers, numbersOfRun(run, 1));
    item->setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2, %3").arg(title, task, numbers));
    const auto photo = QString::fromStdString(run.request.photo).section(QLatin1Char('/'), -1);
    item->setToolTip(QStringList{title, photo, task, numbers, tr("seed %1").arg(run.request.seed), broughtBack(run),
                                 tr("Drag to Compare: hold it against others. Ctrl + click selects several.")}
                         .join(QLatin1Char('\n')));
  }
  fitCards();
  selectShown();
}

void PastRunsPanel::fitCards() {
  const int room = viewport()->width(), fitting = std::max(1, room / (kNarrow + kGap));
  int width = (room + fitting - 1) / fitting - kGap;  // so many fill it, and none is cut in two
  if (count() <= fitting) {
    int whole = kNarrow;
    for (int row = 0; row < count(); ++row) whole = std::max(whole, wholeWidthOf(*item(row), font()));
    width = std::min(whole, room / std::max(1, count()) - kGap);
  }
  width = std::max(width, kNarrow);
  const int height = std::clamp(viewport()->height(), kLeastCard, kCardHeight);
  if (width == card_width_ && height == card_height_) return;
  card_width_ = width;
  card_height_ = height;
  scheduleDelayedItemsLayout();
}

void PastRunsPanel::resizeEvent(QResizeEvent* event) {
  QListWidget::resizeEvent(event);
  fitCards();
}

void PastRunsPanel::selectShown() {
  const int shown = model_ != nullptr ? model_->shownRun() : -1;
  if (shown >= 0) return setCurrentRow(count() - 1 - shown);
  clearSelection();
  if (count() > 0 && currentRow() < 0) setCurrentRow(0, QItemSelectionModel::NoUpdate);  // for the keyboard
}

QList<int> PastRunsPanel::selectedRuns() const {
  QList<int> runs;
  for (const auto* item : selectedItems()) runs << item->data(Qt::UserRole).toInt();
  std::sort(runs.begin(), runs.end());
  return runs;
}

QMimeData* PastRunsPanel::mimeData(const QList<QListWidgetItem*>& items) const {
  QList<int> runs;
  for (const auto* item : items) runs << item->data(Qt::UserRole).toInt();
  return dataFromRuns(runs);
}

void PastRunsPanel::contextMenuEvent(QContextMenuEvent* event) {
  auto* item = event->reason() == QContextMenuEvent::Mouse ? itemAt(event->pos()) : currentItem();
  if (item == nullptr) return;
  const bool by_mouse = event->reason() == QContextMenuEvent::Mouse;
  if (selectedItems().isEmpty()) item->setSelected(true);
  showMenu(by_mouse ? event->globalPos() : viewport()->mapToGlobal(visualItemRect(item).bottomLeft()));
}

void PastRunsPanel::showMenu(QPoint global) {
  const auto runs = selectedRuns();
  if (runs.isEmpty()) return;
  QMenu menu(this);
  auto* back = menu.addAction(tr("Bring back"));
  back->setEnabled(runs.size() == 1);
  auto* compare =
      menu.addAction(runs.size() == 1 ? tr("Add to Compare") : tr("Compare the selected runs (%1)").arg(runs.size()));
  const bool starred = runs_->all()[runs.first()].starred;
  auto* star = menu.addAction(starred ? tr("Take the star") : tr("Star: its curves stay"));
  star->setEnabled(runs.size() == 1);
  const auto* taken = menu.exec(global);
  if (taken == nullptr) return;
  if (taken == back) emit chosen(runs.first());
  if (taken == compare) emit compareWanted(runs);
  if (taken == star) emit starWanted(runs.first(), !starred);
}

void PastRunsPanel::wheelEvent(QWheelEvent* event) {
  const auto delta = event->angleDelta();
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() - (delta.x() != 0 ? delta.x() : delta.y()));
  event->accept();
}

void PastRunsPanel::paintEvent(QPaintEvent* event) {
  QListWidget::paintEvent(event);
  if (count() > 0) return;
  QPainter painter(viewport());
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(viewport()->rect(), Qt::AlignLeft | Qt::AlignVCenter,
                   tr("Every run stands here with its settings: a click brings it back."));
}

}  // namespace p2l::ui
