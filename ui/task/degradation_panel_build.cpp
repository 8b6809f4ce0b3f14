// SPDX-License-Identifier: GPL-3.0-or-later
// The controls of the panel, and what their changes do.
#include "ui/task/degradation_panel.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/base/frame_image.h"
#include "ui/document/mask_editor.h"
#include "ui/language/words.h"
#include "ui/settings/param_panel.h"
#include "ui/task/kernel_picture.h"
#include "ui/task/task_tiles.h"
#include "ui/task/then_box.h"
#include "ui/tools/mask_tool_bar.h"
#include "ui/widgets/file_filters.h"
#include "ui/widgets/seed_box.h"

namespace p2l::ui {
namespace {

QLabel* helpLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

QWidget* makeBox(QWidget* parent) {
  auto* box = new QWidget(parent);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  return box;
}

QFormLayout* addForm(QWidget* box) {
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(form);
  return form;
}

}  // namespace

DegradationPanel::DegradationPanel(const Catalogue& catalogue, MaskEditor* mask_editor, QUndoStack* undo_stack,
                                   QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), mask_editor_(mask_editor) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(9);
  tiles_title_ = helpLabel(this);
  tiles_title_->setText(tr("What happened to the photo?"));
  tiles_ = new TaskTiles(catalogue, TaskTiles::Shape::Cards, this);
  truth_ = new QCheckBox(tr("Tr&uth known: degrade it"), this);
  truth_->setAccessibleName(tr("Truth known: degrade it"));
  truth_->setToolTip(
      tr("On: the photo is the truth; it is degraded, restored and compared with itself (PSNR, LPIPS).\n"
         "Off: the photo is damaged already; there is nothing to compare the result with."));
  truth_->setChecked(true);
  column->addWidget(tiles_title_);
  column->addWidget(tiles_);
  column->addWidget(truth_);
  column->addWidget(buildTask(undo_stack));
  column->addWidget(kernel_box_ = buildKernel());
  column->addWidget(mask_box_ = buildMask());
  question_ = new QLabel(this);
  question_->setObjectName(QStringLiteral("openQuestion"));
  question_->setWordWrap(true);
  question_->setAccessibleName(tr("What is missing for a run"));
  column->addWidget(question_);
  column->addWidget(buildNoise(undo_stack));
  column->addWidget(degraded_line_ = buildDegradedLine());
  connectChanges();
  showDegradation();
  showKernel();
  showFace();
  showQuestion();
}

QWidget* DegradationPanel::buildDegradedLine() {
  auto* box = makeBox(this);
  degraded_text_ = helpLabel(box);
  auto* leave = new QPushButton(tr("Restore it as it is"), box);
  leave->setObjectName(QStringLiteral("restoreAsItIs"));
  leave->setToolTip(tr("The photo is damaged already; there is nothing to compare the result with"));
  connect(leave, &QPushButton::clicked, this, [this] { setMode(Mode::Restore); });
  degraded_leave_ = leave;
  for (QWidget* widget : {static_cast<QWidget*>(degraded_text_), degraded_leave_}) box->layout()->addWidget(widget);
  return box;
}

QWidget* DegradationPanel::buildTask(QUndoStack* undo_stack) {
  auto* box = makeBox(this);
  task_ = new QComboBox(box);
  task_->setAccessibleName(tr("Degradation"));
  task_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);  // long entries do not widen the dock
  for (const auto& each : catalogue_.degradations)
    task_->addItem(catalogueText(each.label), QString::fromStdString(each.id));
  task_line_ = makeBox(box);
  addForm(task_line_)->addRow(tr("De&gradation"), task_);
  box->layout()->addWidget(task_line_);
  params_ = new ParamPanel(undo_stack, tr("More of the degradation"), box);
  then_ = new ThenBox(catalogue_, undo_stack, box);
  for (QWidget* widget : {static_cast<QWidget*>(params_), static_cast<QWidget*>(then_)})
    box->layout()->addWidget(widget);
  return box;
}

QWidget* DegradationPanel::buildMask() {
  auto* box = makeBox(this);
  mask_source_ = new QComboBox(box);
  mask_source_->setObjectName(QStringLiteral("maskSource"));
  mask_source_->setAccessibleName(tr("Mask"));
  mask_source_->setToolTip(
      tr("Which pixels are missing: drawn by the measurement seed, painted on the picture, or white in a picture "
         "file of the working size or the photo's size"));
  mask_source_->addItem(tr("Random, by seed"));
  mask_source_->addItem(tr("Painted"));
  mask_source_->addItem(tr("From a file…"));
  addForm(box)->addRow(tr("Mas&k"), mask_source_);
  paint_ = new QPushButton(tr("Stop painting (M)"), box);
  paint_->setAccessibleName(tr("Paint the mask on the picture"));
  paint_->setToolTip(tr("While pressed in, the left button paints missing pixels and the right one erases"));
  paint_->setCheckable(true);
  paint_->setChecked(true);
  mask_tools_ = new MaskToolBar(mask_editor_, box);
  box->layout()->addWidget(paint_);
  box->layout()->addWidget(mask_tools_);
  return box;
}

QWidget* DegradationPanel::buildKernel() {
  auto* box = makeBox(this);
  auto* row = new QHBoxLayout;
  row->setSpacing(10);
  kernel_picture_ = new KernelPicture(box);
  row->addWidget(kernel_picture_, 0, Qt::AlignTop);
  kernel_buttons_ = new QVBoxLayout;
  kernel_buttons_->setSpacing(6);
  row->addLayout(kernel_buttons_, 1);
  kernel_load_ = new QPushButton(tr("From a file…"), box);
  kernel_load_->setAccessibleName(tr("Kernel from a file"));
  kernel_load_->setToolTip(
      tr("The point-spread function, what one white point looks like in the photo: a small grey picture of odd width "
         "and height; it is divided by its sum. It takes the place of the blur by settings."));
  kernel_clear_ = new QPushButton(tr("By settings"), box);
  kernel_clear_->setObjectName(QStringLiteral("kernelBySettings"));
  kernel_clear_->setAccessibleName(tr("Kernel by settings"));
  kernel_clear_->setToolTip(tr("Use the kernel that the settings above and the measurement seed make"));
  for (auto* button : {kernel_load_, kernel_clear_}) kernel_buttons_->addWidget(button);
  kernel_buttons_->addStretch(1);
  kernel_text_ = helpLabel(box);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(row);
  box->layout()->addWidget(kernel_text_);
  connect(kernel_load_, &QPushButton::clicked, this, [this] {
    const auto path = QFileDialog::getOpenFileName(this, tr("Blur kernel"), {}, pictureFilter());
    if (!path.isEmpty()) loadKernel(path);
  });
  connect(kernel_clear_, &QPushButton::clicked, this, [this] {
    seed_chosen_ = true;
    clearKernel();
  });
  return box;
}

void DegradationPanel::addKernelAction(QAction* action) {
  auto* button = new QPushButton(action->iconText(), kernel_box_);
  button->setToolTip(action->toolTip());
  const auto follow = [button, action] { button->setVisible(action->isEnabled()); };
  connect(action, &QAction::changed, button, follow);
  connect(button, &QPushButton::clicked, action, &QAction::trigger);
  kernel_buttons_->insertWidget(kernel_actions_++, button);
  follow();
}

QWidget* DegradationPanel::buildNoise(QUndoStack* undo_stack) {
  auto* box = makeBox(this);
  noise_ = new ParamPanel(undo_stack, {}, box);
  noise_kind_ = new QComboBox(box);
  noise_kind_->setAccessibleName(tr("Noise model"));
  for (const auto& each : catalogue_.noises) {
    noise_kind_->addItem(catalogueText(each.label), QString::fromStdString(each.id));
    noise_kind_->setItemData(noise_kind_->count() - 1, catalogueText(each.help), Qt::ToolTipRole);
  }
  noise_kind_line_ = makeBox(box);
  addForm(noise_kind_line_)->addRow(tr("N&oise model"), noise_kind_);
  box->layout()->addWidget(noise_kind_line_);
  showNoiseKind();
  box->layout()->addWidget(noise_);
  noise_estimate_ = new QPushButton(box);
  noise_estimate_->setToolTip(
      tr("The noise that the photo has by the finest detail of its smooth parts; a click takes it"));
  noise_estimated_ = helpLabel(box);
  noise_estimated_->setText(tr("Noise estimated from the photo"));
  noise_estimated_->setToolTip(
      tr("By the finest detail of the photo's smooth parts. Another number takes its place; a double-click on the name "
         "brings it back."));
  noise_hint_ = new QWidget(box);
  auto* hint = new QGridLayout(noise_hint_);
  hint->setContentsMargins(0, 0, 0, 0);
  for (QWidget* widget : {static_cast<QWidget*>(noise_estimated_), static_cast<QWidget*>(noise_estimate_)}) {
    auto policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(true);  // one takes the other's place, and nothing below moves
    widget->setSizePolicy(policy);
    widget->hide();
    hint->addWidget(widget, 0, 0);
  }
  noise_hint_->hide();  // until it is known
  box->layout()->addWidget(noise_hint_);
  seed_ = new SeedBox(box);
  seed_->setAccessibleName(tr("Measurement seed"));
  seed_->setToolTip(
      tr("Draws noise, random mask and random kernel: the same seed gives the same measurement. The sampler has "
         "a seed of its own."));
  seed_line_ = makeBox(box);
  seed_->addTo(addForm(seed_line_), tr("Degradati&on seed"), tr("New measurement seed"),
               tr("Draw another measurement seed"));
  box->layout()->addWidget(seed_line_);
  return box;
}

void DegradationPanel::connectChanges() {
  connect(this, &DegradationPanel::changed, this, &DegradationPanel::showQuestion);
  connect(this, &DegradationPanel::changed, this, &DegradationPanel::showDegradedLine);
  connect(tiles_, &TaskTiles::chosen, this, &DegradationPanel::chooseDegradation);
  connect(truth_, &QCheckBox::toggled, this, [this] {
    seed_chosen_ = false;
    // What is missing in a real picture is hardly ever what the seed draws.
    if (mode() == Mode::Restore && maskSource() == MaskSource::Random) setMaskSource(MaskSource::Painted);
    if (mode() == Mode::Demonstrate && maskSource() == MaskSource::Painted && mask_editor_->isEmpty())
      setMaskSource(MaskSource::Random);
    showKernel();
    if (!noise_chosen_) setNoise(usualNoise());
    emit modeChanged();
    emit changed();
  });
  connect(task_, &QComboBox::currentIndexChanged, this, [this] {
    seed_chosen_ = false;
    if (info().takes_mask) paint_->setChecked(true);
    showDegradation();
    emit degradationChanged(task_->currentData().toString());
    emit changed();
  });
  connect(params_, &ParamPanel::valuesChanged, this, [this] {
    if (!followFactor()) emit changed();
  });
  connect(params_, &ParamPanel::valuesChanged, this, &DegradationPanel::showKernel);
  connect(noise_kind_, &QComboBox::currentIndexChanged, this, [this] {
    showNoiseKind();
    noiseEdited();
  });
  connect(noise_, &ParamPanel::valuesChanged, this, &DegradationPanel::noiseEdited);
  connect(then_, &ThenBox::changed, this, &DegradationPanel::changed);
  connect(then_, &ThenBox::degradationChanged, this,
          [this] { emit degradationChanged(task_->currentData().toString()); });
  for (auto* panel : {params_, then_->params(), noise_})
    connect(panel, &ParamPanel::clamped, this, &DegradationPanel::clamped);
  connect(seed_, &SeedBox::valueChanged, this, [this] {
    seed_chosen_ = true;
    showKernel();
    emit changed();
  });
  connect(mask_source_, &QComboBox::activated, this, &DegradationPanel::chooseMaskSource);
  connect(paint_, &QPushButton::toggled, this, [this](bool painting) {
    paint_->setText(painting ? tr("Stop painting (M)") : tr("Paint on the picture (M)"));
    emit maskPaintingChanged(isPainting());
  });
  connect(mask_tools_, &MaskToolBar::toolTaken, this, [this] { paint_->setChecked(true); });
  connect(mask_tools_, &MaskToolBar::failed, this, &DegradationPanel::failed);
  connect(mask_tools_, &MaskToolBar::importAsked, this, &DegradationPanel::loadMask);
  connect(mask_editor_, &MaskEditor::changed, this, [this] {
    if (mask_editor_->strokeActive() || loading_mask_) return;
    if (maskSource() == MaskSource::File) setMaskSource(MaskSource::Painted);  // no longer what the file holds
    if (maskSource() == MaskSource::Painted) emit changed();
  });
}

}  // namespace p2l::ui
