// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/canvas_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <tuple>

#include "ui/canvas/canvas_presenter.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/run_model.h"
#include "ui/language/numbers.h"
#include "ui/widgets/segmented.h"

namespace p2l::ui {
namespace {

using CompareMode = ImageCanvas::CompareMode;
constexpr CompareMode kModes[] = {CompareMode::Split, CompareMode::SideBySide, CompareMode::Flicker,
                                  CompareMode::Difference};
}  // namespace

CanvasBar::CanvasBar(RunModel* model, ImageCanvas* canvas, QWidget* parent)
    : QWidget(parent), model_(model), canvas_(canvas) {
  setFixedHeight(kHeight);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(10, 3, 10, 3);
  row->setSpacing(8);
  buildModes();
  buildBefore();
  pictures_ = new Segmented(tr("Picture of a step"), this);
  pictures_->add(tr("Estimate"), tr("What the photo looks like by now: D(ẑ₀) of the step"));
  pictures_->add(tr("State"),
                 tr("The noisy state that is being denoised: D(z_t) of the step, one more decoding for each picture"));
  pictures_->setCurrent(0);
  row->addWidget(modes_);
  row->addSpacing(6);
  row->addWidget(before_title_);
  row->addWidget(before_);
  row->addWidget(pictures_);
  row->addStretch(1);
  extras_ = new QHBoxLayout;
  extras_->setSpacing(8);
  row->addLayout(extras_);
  buildMore();
  row->addWidget(more_);
  buildZoom();
  row->addWidget(fit_);
  row->addWidget(zoom_);
  connect(pictures_, &Segmented::chosen, model, [model](int index) { model->setNoisy(index == 1); });
  connect(model, &RunModel::cursorChanged, this, [this] { pictures_->setCurrent(model_->cursor().noisy ? 1 : 0); });
  connect(model, &RunModel::beforeChanged, this, &CanvasBar::showBefore);
  connect(model, &RunModel::settingsChanged, this, &CanvasBar::showBefore);
  showBefore();
  showZoom();
}

void CanvasBar::buildModes() {
  modes_ = new Segmented(tr("View"), this);
  modes_->add(tr("Split"), tr("Before and after with a divider (Alt+1)"));
  modes_->add(tr("Side"), tr("Before beside after (Alt+2)"));
  modes_->add(tr("Flicker"), tr("Before and after in turn (Alt+5); S while held"));
  modes_->add(tr("Difference"), tr("What has changed, four times as bright (Alt+6)"));
  const auto show = [this] {
    const auto* found = std::find(std::begin(kModes), std::end(kModes), canvas_->compareMode());
    modes_->setCurrent(found != std::end(kModes) ? static_cast<int>(found - std::begin(kModes)) : -1);
  };
  connect(modes_, &Segmented::chosen, canvas_, [this](int index) { canvas_->setCompareMode(kModes[index]); });
  connect(canvas_, &ImageCanvas::compareModeChanged, this, show);
  show();
}

void CanvasBar::buildBefore() {
  before_title_ = new QLabel(tr("Before"), this);
  before_title_->setForegroundRole(QPalette::PlaceholderText);
  before_ = new QToolButton(this);
  before_->setPopupMode(QToolButton::InstantPopup);
  before_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  before_->setFocusPolicy(Qt::StrongFocus);
  before_->setToolTip(tr("What the picture before is"));
  before_menu_ = new QMenu(before_);
  for (const auto kind : {RunModel::Before::Original, RunModel::Before::Measurement}) {
    auto* action = before_menu_->addAction(QString());
    action->setCheckable(true);
    connect(action, &QAction::triggered, model_, [this, kind] { model_->setBefore(kind); });
  }
  before_->setMenu(before_menu_);
}

void CanvasBar::buildZoom() {
  fit_ = new QToolButton(this);
  fit_->setText(tr("Fit"));
  fit_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  fit_->setAccessibleName(tr("Fit the picture"));
  fit_->setToolTip(tr("The whole picture (Ctrl+0); double-click: 100 %"));
  fit_->setFocusPolicy(Qt::StrongFocus);
  zoom_ = new QLabel(this);
  zoom_->setForegroundRole(QPalette::PlaceholderText);
  zoom_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  zoom_->setMinimumWidth(zoom_->fontMetrics().horizontalAdvance(tr("%1 %").arg(QStringLiteral("1200"))));
  connect(fit_, &QToolButton::clicked, canvas_, &ImageCanvas::fit);
  connect(canvas_, &ImageCanvas::zoomChanged, this, &CanvasBar::showZoom);
}

void CanvasBar::buildMore() {
  more_ = new QToolButton(this);
  more_->setText(QStringLiteral("»"));
  more_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  more_->setPopupMode(QToolButton::InstantPopup);
  more_->setFocusPolicy(Qt::StrongFocus);
  more_->setAccessibleName(tr("More"));
  more_->setToolTip(tr("One picture alone, and what has no room in this bar"));
  auto* menu = new QMenu(more_);
  const std::tuple<QString, CompareMode, Qt::Key> views[] = {{tr("Result only"), CompareMode::AfterOnly, Qt::Key_3},
                                                             {tr("Before only"), CompareMode::BeforeOnly, Qt::Key_4}};
  for (const auto& [text, mode, key] : views) {
    // The window's menu has the key itself.
    const auto keys = QKeySequence(Qt::ALT | key).toString(QKeySequence::NativeText);
    auto* action = new QAction(QStringLiteral("%1\t%2").arg(text, keys), this);
    action->setCheckable(true);
    connect(action, &QAction::triggered, canvas_, [this, mode = mode] { canvas_->setCompareMode(mode); });
    connect(menu, &QMenu::aboutToShow, action,
            [this, action, mode = mode] { action->setChecked(canvas_->compareMode() == mode); });
    alone_ << action;
  }
  connect(menu, &QMenu::aboutToShow, this, [this, menu] {
    menu->clear();
    menu->addActions(alone_);
    menu->addSeparator();
    for (const auto* button : switches_) {
      if (!button->isHidden()) continue;
      menu->addAction(button->defaultAction());
      if (button->menu() != nullptr) menu->addAction(button->menu()->menuAction());
    }
  });
  more_->setMenu(menu);
}

void CanvasBar::addSwitch(QAction* action, QMenu* menu) {
  auto* button = new QToolButton(this);
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setFocusPolicy(Qt::StrongFocus);
  button->setAccessibleName(action->iconText());
  button->setText(action->iconText());
  if (menu != nullptr) {
    button->setMenu(menu);
    button->setPopupMode(QToolButton::MenuButtonPopup);
  }
  switches_ << button;
  extras_->addWidget(button);
  showWhatFits();
}

void CanvasBar::showBefore() {
  const auto mode = model_->request().mode;
  const bool original = model_->cursor().before == RunModel::Before::Original;
  before_->setText(CanvasPresenter::beforeText(mode, original));
  before_->setAccessibleName(tr("Before: %1").arg(before_->text()));
  for (const bool each : {true, false}) {
    auto* action = before_menu_->actions().at(each ? 0 : 1);
    action->setText(CanvasPresenter::beforeText(mode, each));
    action->setChecked(each == original);
  }
  showWhatFits();
}

void CanvasBar::showZoom() {
  const double percent = canvas_->zoom() * 100;
  zoom_->setText(tr("%1 %").arg(percent < 10 ? numberText(percent, 1) : QString::number(std::round(percent))));
}

void CanvasBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  showWhatFits();
}

void CanvasBar::showWhatFits() {
  const int space = layout()->spacing();
  const auto margins = layout()->contentsMargins();
  const auto widthOf = [space](const QWidget* widget) {
    return std::max(widget->sizeHint().width(), widget->minimumWidth()) + space;
  };
  int used = margins.left() + margins.right() + modes_->sizeHint().width() + 2 * space;
  for (const QWidget* always : {before_, more_, fit_}) used += widthOf(always);
  // The most needed first.
  QList<QWidget*> optional = {pictures_, zoom_};
  optional.append({switches_.begin(), switches_.end()});
  optional << before_title_;
  for (auto* widget : optional) {
    used += widthOf(widget);
    widget->setVisible(used <= width());
  }
}

}  // namespace p2l::ui
