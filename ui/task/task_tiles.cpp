// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/task/task_tiles.h"

#include <QGridLayout>
#include <QMenu>
#include <QToolButton>
#include <algorithm>

#include "ui/language/words.h"
#include "ui/style/icons.h"
#include "ui/style/studio_style.h"

namespace p2l::ui {
namespace {

constexpr int kColumns = 3, kIcon = 22, kNarrow = 44;

/// A kind of damage in plain words: the first of `ids` that the catalogue has. The same tile stands for `also`.
struct Damage {
  const char* text;
  const char* tip;
  Glyph glyph;
  std::vector<std::string> ids;
  std::string also = {};
};

const std::vector<Damage>& damages() {
  static const std::vector<Damage> kDamages = {
      {QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "Too small"),
       QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "The photo has too few pixels: enlarge it"),
       Glyph::TooSmall,
       {"sr"},
       "area-sr"},
      {QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "Out of focus"),
       QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "The lens was not in focus: every point is a disc"),
       Glyph::OutOfFocus,
       {"defocus"}},
      {QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "Shaken"),
       QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "The camera moved: every point is a streak"),
       Glyph::Shaken,
       {"straight-motion-blur", "motion-blur"}},
      {QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "Scratched"),
       QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "Parts are missing: paint what is to be filled"),
       Glyph::Scratched,
       {"inpaint"}},
      {QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "Noisy"),
       QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "Grain and colour specks"),
       Glyph::Noisy,
       {"denoise"}},
      {QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "JPEG"),
       QT_TRANSLATE_NOOP("p2l::ui::TaskTiles", "Compressed too much: blocks and ringing"),
       Glyph::Blocks,
       {"jpeg"}}};
  return kDamages;
}

}  // namespace

TaskTiles::TaskTiles(const Catalogue& catalogue, Shape shape, QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), shape_(shape) {
  setAccessibleName(tr("What happened to the photo?"));
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(6);
  const int columns = shape == Shape::Cards ? kColumns : 1;
  for (int i = 0; i < columns; ++i) grid->setColumnStretch(i, 1);
  for (const auto& damage : damages()) {
    const auto has = [&](const std::string& id) {
      return std::any_of(catalogue.degradations.begin(), catalogue.degradations.end(),
                         [&](const auto& each) { return each.id == id; });
    };
    const auto id = std::find_if(damage.ids.begin(), damage.ids.end(), has);
    if (id == damage.ids.end()) continue;
    auto* button = makeTile(tr(damage.text), tr(damage.tip));
    button->setIcon(glyphIcon(damage.glyph, QPalette::WindowText));
    button->setCheckable(true);
    const int index = static_cast<int>(tiles_.size());
    grid->addWidget(button, index / columns, index % columns);
    connect(button, &QToolButton::clicked, this, [this, id = *id] {
      setCurrent(id);
      emit chosen(QString::fromStdString(id));
    });
    tiles_.push_back({*id, damage.also, button});
  }
  fillMenu();
}

QToolButton* TaskTiles::makeTile(const QString& text, const QString& tip) {
  auto* button = new QToolButton(this);
  button->setText(text);
  button->setAccessibleName(text);
  button->setToolTip(shape_ == Shape::Cards ? tip : QStringLiteral("%1: %2").arg(text, tip));
  button->setAccessibleDescription(tip);
  button->setFocusPolicy(Qt::StrongFocus);
  setLook(button, Look::Tile);
  button->setIconSize(QSize(kIcon, kIcon));
  button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  if (shape_ == Shape::Cards) {
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    auto font = button->font();
    font.setPointSizeF(font.pointSizeF() * 0.92);
    button->setFont(font);
  } else {
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setFixedSize(kNarrow, kNarrow);
  }
  return button;
}

void TaskTiles::fillMenu() {
  more_ = makeTile(tr("More…"), tr("Other kinds of damage"));
  auto* grid = static_cast<QGridLayout*>(layout());
  const int columns = shape_ == Shape::Cards ? kColumns : 1;
  const int row = (static_cast<int>(tiles_.size()) + columns - 1) / columns;
  setLook(more_, Look::Plain);
  more_->setCheckable(true);
  more_->setPopupMode(QToolButton::InstantPopup);
  if (shape_ == Shape::Cards) {
    more_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    more_->setFont(font());
    grid->addWidget(more_, row, 0, 1, columns);
  } else {
    more_->setText(tr("…"));
    more_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    grid->addWidget(more_, row, 0);
  }
  auto* menu = new QMenu(more_);
  menu->setToolTipsVisible(true);
  for (const auto& each : catalogue_.degradations) {
    if (tileOf(each.id) != more_) continue;
    auto* action = menu->addAction(catalogueText(each.label));
    action->setToolTip(catalogueText(each.help));
    connect(action, &QAction::triggered, this, [this, id = each.id] {
      setCurrent(id);
      emit chosen(QString::fromStdString(id));
    });
  }
  more_->setMenu(menu);
}

QToolButton* TaskTiles::tileOf(const std::string& degradation) const {
  const auto tile = std::find_if(tiles_.begin(), tiles_.end(),
                                 [&](const Tile& each) { return each.id == degradation || each.also == degradation; });
  return tile != tiles_.end() ? tile->button : more_;
}

void TaskTiles::setCurrent(const std::string& degradation) {
  const auto* current = tileOf(degradation);
  for (const auto& tile : tiles_) tile.button->setChecked(tile.button == current);
  more_->setChecked(more_ == current);
  if (shape_ != Shape::Cards) return;
  more_->setText(more_ == current ? tr("More: %1").arg(catalogueText(catalogue_.degradation(degradation).label))
                                  : tr("More…"));
}

}  // namespace p2l::ui
