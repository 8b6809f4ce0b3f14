// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcut_sheet.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/style/theme.h"
#include "ui/style/window_size.h"

namespace p2l::ui {
namespace {

constexpr QSize kFirstSize(860, 620);
constexpr int kBetween = 36, kColumns = 2, kCap = 6;

QString withoutMnemonic(QString text) {
  return text.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

QString textOf(QKeySequence keys) {
  return keys.toString(QKeySequence::NativeText);
}

/// A key as it looks on a keyboard.
class KeyCap : public QLabel {
 public:
  explicit KeyCap(const QString& key) : QLabel(key) {
    setContentsMargins(kCap, 1, kCap, 2);
    setAlignment(Qt::AlignCenter);
  }

 protected:
  void paintEvent(QPaintEvent* event) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(studioColours(palette()).line);
    painter.setBrush(palette().color(QPalette::Button));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.end();
    QLabel::paintEvent(event);
  }
};

void addRows(const QList<QAction*>& actions, QList<ShortcutSheet::Row>& rows) {
  for (const auto* action : actions) {
    if (const auto* menu = action->menu()) {
      addRows(menu->actions(), rows);
      continue;
    }
    QStringList keys;
    for (const auto& shortcut : action->shortcuts()) keys << shortcut.toString(QKeySequence::NativeText);
    const auto name = action->property(ShortcutSheet::kName).toString();
    if (!keys.isEmpty()) rows.append({withoutMnemonic(name.isEmpty() ? action->text() : name), keys});
  }
}

QWidget* column(const QList<ShortcutSheet::Group>& groups) {
  auto* widget = new QWidget;
  auto* grid = new QGridLayout(widget);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(6);
  grid->setColumnStretch(0, 1);
  int line = 0;
  for (const auto& group : groups) {
    if (line > 0) grid->setRowMinimumHeight(line++, 10);
    auto* title = new QLabel(group.title);
    title->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(title, line++, 0, 1, 2);
    for (const auto& row : group.rows) {
      auto* what = new QLabel(row.what);
      auto* keys = new QHBoxLayout;
      keys->setSpacing(6);
      keys->addStretch(1);
      for (const auto& key : row.keys) keys->addWidget(new KeyCap(key));
      what->setAccessibleDescription(row.keys.join(QLatin1Char(' ')));
      grid->addWidget(what, line, 0);
      grid->addLayout(keys, line++, 1);
    }
  }
  grid->setRowStretch(line, 1);
  return widget;
}

int lengthOf(const ShortcutSheet::Group& group) {
  return static_cast<int>(group.rows.size()) + 2;
}

}  // namespace

QList<ShortcutSheet::Group> ShortcutSheet::groupsOf(const QMenuBar& menus) {
  QList<Group> groups;
  for (const auto* action : menus.actions()) {
    if (action->menu() == nullptr) continue;
    Group group{withoutMnemonic(action->text()), {}};
    addRows(action->menu()->actions(), group.rows);
    if (!group.rows.isEmpty()) groups << group;
  }
  const auto left = QStringLiteral("←"), right = QStringLiteral("→"), up = QStringLiteral("↑"),
             down = QStringLiteral("↓");
  groups << Group{tr("On the photo"),
                  {{tr("Move the photo"), {left, right, up, down}},
                   {tr("Larger, smaller"), {QStringLiteral("+"), QStringLiteral("−")}},
                   {tr("Move the divider"), {textOf(Qt::SHIFT | Qt::Key_Left), textOf(Qt::SHIFT | Qt::Key_Right)}},
                   {tr("Divider to the middle; else 100 %, or all of it"), {tr("Double-click")}},
                   {tr("Show the picture before, while held"), {QStringLiteral("B")}},
                   {tr("Flicker, while held"), {QStringLiteral("S")}},
                   {tr("Pan, while held"), {tr("Space")}},
                   {tr("Brush smaller, larger"), {QStringLiteral("["), QStringLiteral("]")}},
                   {tr("Leave a tool"), {tr("Esc")}}}};
  groups << Group{tr("An area of the pictures, on Compare"),
                  {{tr("Begin or take up, let go"), {QStringLiteral("A")}},
                   {tr("Move it"), {left, right, up, down}},
                   {tr("Narrower, wider"), {textOf(Qt::SHIFT | Qt::Key_Left), textOf(Qt::SHIFT | Qt::Key_Right)}},
                   {tr("Lower, higher"), {textOf(Qt::SHIFT | Qt::Key_Up), textOf(Qt::SHIFT | Qt::Key_Down)}},
                   {tr("Take it away"), {tr("Esc")}}}};
  groups << Group{tr("On the timeline"),
                  {{tr("Play, pause"), {tr("Space")}},
                   {tr("The step before, the next"), {left, right}},
                   {tr("A tenth back, on"), {textOf(Qt::Key_PageDown), textOf(Qt::Key_PageUp)}},
                   {tr("First step, newest step"), {textOf(Qt::Key_Home), textOf(Qt::Key_End)}}}};
  groups << Group{
      tr("Elsewhere"),
      {{tr("Run"), {tr("Enter")}},
       {tr("The menu"), {textOf(Qt::Key_F9)}},
       {tr("A setting as it was"), {tr("Double-click")}},
       {tr("Slider ten times as fast, as fine"), {tr("Shift"), tr("Ctrl")}},
       {tr("A tile of the comparison alone"), {QStringLiteral("1 – 9")}},
       {tr("Another divider, on Compare"), {textOf(Qt::SHIFT | Qt::Key_Up), textOf(Qt::SHIFT | Qt::Key_Down)}}}};
  groups << Group{tr("A step line by line, in Learn and Lines"),
                  {{tr("Next line"), {QStringLiteral("N")}},
                   {tr("Line before"), {tr("Shift+N")}},
                   {tr("Another run at the same line, in Lines"), {QStringLiteral("1 – 9")}},
                   {tr("Larger, smaller pictures"), {QStringLiteral("+"), QStringLiteral("−")}}}};
  return groups;
}

ShortcutSheet::ShortcutSheet(const QList<Group>& groups, QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("shortcuts"));
  setWindowTitle(tr("Shortcuts"));
  auto* content = new QWidget;
  auto* columns = new QHBoxLayout(content);
  columns->setContentsMargins(4, 4, 16, 4);
  columns->setSpacing(kBetween);
  int left = 0;
  for (const auto& group : groups) left += lengthOf(group);
  auto next = groups.begin();
  for (int i = kColumns; i > 0; --i) {  // as long as the others will be
    QList<Group> mine;
    const int share = left / i;
    for (int length = 0; next != groups.end() && (i == 1 || length + lengthOf(*next) / 2 <= share); ++next) {
      mine << *next;
      length += lengthOf(*next);
      left -= lengthOf(*next);
    }
    columns->addWidget(column(mine), 1);
  }
  auto* area = new QScrollArea(this);
  area->setAccessibleName(tr("Shortcuts"));
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setWidget(content);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* rows = new QVBoxLayout(this);
  rows->addWidget(area, 1);
  rows->addWidget(buttons);
  const auto wanted = content->sizeHint() + QSize(area->verticalScrollBar()->sizeHint().width() + 40, 90);
  resize(sizeOnScreen(*this,
                      {std::max(kFirstSize.width(), wanted.width()), std::min(kFirstSize.height(), wanted.height())}));
}

}  // namespace p2l::ui
