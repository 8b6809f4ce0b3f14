// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/mask_tool_bar.h"

#include <QAction>
#include <QActionGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/language/numbers.h"
#include "ui/style/icons.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {

namespace {

/// The slider moves over sizes evenly in their logarithm: small brushes need the finer choice.
constexpr int kSliderSteps = 100;
constexpr int kSizeWidth = 62;

int sliderFromSize(int size) {
  return static_cast<int>(std::lround(kSliderSteps * std::log(size) / std::log(MaskEditor::kLargestBrush)));
}

int sizeFromSlider(int position) {
  return static_cast<int>(std::lround(std::pow(MaskEditor::kLargestBrush, double(position) / kSliderSteps)));
}

/// A quarter larger or smaller, at least by one pixel.
int steppedSize(int size, bool larger) {
  return larger ? std::max(size + 1, static_cast<int>(std::lround(size * 1.25)))
                : std::min(size - 1, static_cast<int>(std::lround(size / 1.25)));
}

}  // namespace

MaskToolBar::MaskToolBar(MaskEditor* editor, QWidget* parent) : QWidget(parent), editor_(editor) {
  setObjectName(QStringLiteral("maskToolBar"));
  setAccessibleName(tr("Mask tools"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  buildTools(column);
  buildSize(column);

  connect(editor_, &MaskEditor::toolChanged, this,
          [this](MaskEditor::Tool tool) { tool_actions_[static_cast<int>(tool)]->setChecked(true); });
  connect(editor_, &MaskEditor::brushSizeChanged, this, &MaskToolBar::showSize);
  connect(editor_, &MaskEditor::changed, this, &MaskToolBar::updateState);
  connect(editor_, &MaskEditor::sizeChanged, this, &MaskToolBar::updateState);
  showSize(editor_->brushSize());
  updateState();
}

void MaskToolBar::buildTools(QVBoxLayout* column) {
  auto* row = new QHBoxLayout;
  row->setSpacing(1);
  column->addLayout(row);
  const auto addButton = [&](QAction* action) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setIconSize(QSize(20, 20));
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    row->addWidget(button);
  };
  auto* group = new QActionGroup(this);
  const auto tool = [&](Glyph glyph, const QString& text, const QString& tip, MaskEditor::Tool value) {
    auto* action = new QAction(glyphIcon(glyph), text, group);
    action->setToolTip(tip);
    action->setCheckable(true);
    action->setChecked(value == editor_->tool());
    connect(action, &QAction::triggered, editor_, [this, value] {
      editor_->setTool(value);
      emit toolTaken();
    });
    tool_actions_ << action;
    addButton(action);
  };
  tool(Glyph::Brush, tr("Brush"), tr("Brush: paint missing pixels; the right mouse button erases"),
       MaskEditor::Tool::Brush);
  tool(Glyph::Eraser, tr("Eraser"), tr("Eraser: mark pixels as known again"), MaskEditor::Tool::Eraser);
  tool(Glyph::Rectangle, tr("Rectangle"), tr("Rectangle: drag from corner to corner"), MaskEditor::Tool::Rectangle);
  tool(Glyph::Lasso, tr("Lasso"), tr("Lasso: draw around the missing pixels"), MaskEditor::Tool::Lasso);
  row->addSpacing(8);
  const auto command = [&](Glyph glyph, const QString& text, const QString& tip) {
    auto* action = new QAction(glyphIcon(glyph), text, this);
    action->setToolTip(tip);
    addButton(action);
    return action;
  };
  invert_ = command(Glyph::Invert, tr("Invert"), tr("Invert: missing becomes known and known becomes missing"));
  clear_ = command(Glyph::Clear, tr("Clear"), tr("Clear: no pixel is missing"));
  import_ =
      command(Glyph::Import, tr("Import mask..."), tr("Import a mask picture of the photo's size; white = missing"));
  export_ = command(Glyph::Export, tr("Export mask..."), tr("Export the mask as PNG; white = missing"));
  row->addStretch(1);
  connect(invert_, &QAction::triggered, editor_, &MaskEditor::invert);
  connect(clear_, &QAction::triggered, editor_, &MaskEditor::clear);
  connect(import_, &QAction::triggered, this, &MaskToolBar::askImport);
  connect(export_, &QAction::triggered, this, &MaskToolBar::askExport);
}

void MaskToolBar::buildSize(QVBoxLayout* column) {
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  column->addLayout(row);
  auto* label = new QLabel(tr("Si&ze"), this);
  size_slider_ = new QSlider(Qt::Horizontal, this);
  size_slider_->setRange(0, kSliderSteps);
  size_slider_->setPageStep(10);
  size_slider_->setMinimumWidth(40);
  size_box_ = new QSpinBox(this);
  size_box_->setRange(MaskEditor::kSmallestBrush, MaskEditor::kLargestBrush);
  size_box_->setSuffix(tr(" px"));
  size_box_->setButtonSymbols(QAbstractSpinBox::NoButtons);
  size_box_->setAlignment(Qt::AlignRight);
  size_box_->setFixedWidth(kSizeWidth);
  label->setBuddy(size_box_);
  const QString tip = tr("Diameter of brush and eraser in pixels of the picture; [ and ] change it");
  size_slider_->setToolTip(tip);
  size_box_->setToolTip(tip);
  size_slider_->setAccessibleName(tr("Brush size"));
  size_box_->setAccessibleName(tr("Brush size in pixels"));
  fraction_ = new QLabel(this);
  fraction_->setObjectName(QStringLiteral("maskFraction"));
  fraction_->setToolTip(tr("Share of the picture's pixels that are missing"));
  fraction_->setMinimumWidth(fraction_->fontMetrics().horizontalAdvance(tr("%1 %").arg(QStringLiteral("100.0"))));
  fraction_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  row->addWidget(label);
  row->addWidget(size_slider_, 1);
  row->addWidget(size_box_);
  row->addWidget(fraction_);

  connect(size_slider_, &QSlider::valueChanged, this, [this](int position) {
    if (position != sliderFromSize(editor_->brushSize())) editor_->setBrushSize(sizeFromSlider(position));
  });
  connect(size_box_, &QSpinBox::valueChanged, editor_, &MaskEditor::setBrushSize);
  for (const bool larger : {false, true}) {
    auto* action = new QAction(larger ? tr("Larger brush") : tr("Smaller brush"), this);
    action->setShortcut(larger ? Qt::Key_BracketRight : Qt::Key_BracketLeft);
    connect(action, &QAction::triggered, editor_,
            [this, larger] { editor_->setBrushSize(steppedSize(editor_->brushSize(), larger)); });
    addAction(action);
  }
}

void MaskToolBar::showSize(int pixels) {
  const QSignalBlocker quiet_slider(size_slider_), quiet_box(size_box_);
  size_slider_->setValue(sliderFromSize(pixels));
  size_box_->setValue(pixels);
}

void MaskToolBar::updateState() {
  const bool any = !editor_->size().isEmpty();
  for (QAction* action : {invert_, import_, export_}) action->setEnabled(any);
  clear_->setEnabled(!editor_->isEmpty());
  fraction_->setText(any ? tr("%1 %").arg(numberText(editor_->missingFraction() * 100, 1)) : QString());
}

bool MaskToolBar::exportMask(const QString& path, QString* error) {
  if (const auto problem = save_check_ ? save_check_(path) : QString(); !problem.isEmpty()) {
    if (error) *error = problem;
    return false;
  }
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && editor_->image().save(&file, "PNG") && file.commit()) {
    emit exported(editor_->image());
    return true;
  }
  if (error) *error = tr("The mask cannot be written to %1: %2.").arg(path, file.errorString());
  return false;
}

void MaskToolBar::askImport() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Import mask"), QString(), pictureFilter());
  if (!path.isEmpty()) emit importAsked(path);
}

void MaskToolBar::askExport() {
  const auto path = askSaveName(this, tr("Export mask"), QStringLiteral("mask.png"), tr("PNG (*.png)"));
  if (path.isEmpty()) return;
  QString error;
  if (!exportMask(path, &error)) {
    emit failed(error);
  } else {
    rememberSaved(path);
  }
}

}  // namespace p2l::ui
