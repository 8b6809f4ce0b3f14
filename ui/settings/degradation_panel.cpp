// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/degradation_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "ui/canvas/mask_tool_bar.h"
#include "ui/document/frame_image.h"
#include "ui/document/mask_editor.h"
#include "ui/settings/mode_card.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/then_box.h"
#include "ui/widgets/seed_box.h"

namespace p2l::ui {
namespace {

constexpr int kKernelPicture = 64;  // side of the kernel's picture in the panel

QString pictureFilter() {
  return DegradationPanel::tr("Pictures (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp)");
}

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
  static_cast<QVBoxLayout*>(box->layout())->addLayout(form);
  return form;
}

ParamSpec noiseSpec() {
  return realParam(DegradationPanel::kNoiseKey, "σ", DegradationPanel::tr("Noise").toStdString(), 0.0, kLargestNoise,
                   0.01,
                   DegradationPanel::tr("n ~ N(0, σ²) in y = A x + n, on the scale −1 to 1. Demonstrate adds it; "
                                        "in Restore say how much the photo has. It sets the residual to reach.")
                       .toStdString(),
                   ParamScale::Logarithmic);
}

}  // namespace

DegradationPanel::DegradationPanel(const Catalogue& catalogue, MaskEditor* mask_editor, QUndoStack* undo_stack,
                                   QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), mask_editor_(mask_editor) {
  auto* column = new QVBoxLayout(this);
  column->setSpacing(10);
  column->addWidget(buildModes());
  column->addWidget(buildTask(undo_stack));
  column->addWidget(mask_box_ = buildMask());
  column->addWidget(kernel_box_ = buildKernel());
  question_ = new QLabel(this);
  question_->setObjectName(QStringLiteral("openQuestion"));
  question_->setWordWrap(true);
  question_->setAccessibleName(tr("What is missing for a run"));
  column->addWidget(question_);
  column->addWidget(buildNoise(undo_stack));
  column->addStretch(1);
  connectChanges();
  showDegradation();
  showKernel();
  showNoise();
  showQuestion();
}

QWidget* DegradationPanel::buildModes() {
  auto* box = makeBox(this);
  demonstrate_ =
      new ModeCard(tr("Demonstr&ate"),
                   tr("The photo is the truth: it is degraded, restored, and compared with itself (PSNR)."), box);
  restore_ =
      new ModeCard(tr("Rest&ore"),
                   tr("The photo is damaged already: it is the measurement. Without a truth there is no PSNR."), box);
  auto* group = new QButtonGroup(this);
  for (auto* card : {demonstrate_, restore_}) {
    group->addButton(card->button());
    box->layout()->addWidget(card);
  }
  demonstrate_->button()->setChecked(true);
  return box;
}

QWidget* DegradationPanel::buildTask(QUndoStack* undo_stack) {
  auto* box = makeBox(this);
  task_ = new QComboBox(box);
  task_->setAccessibleName(tr("Degradation"));
  task_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);  // long entries do not widen the dock
  for (const auto& each : catalogue_.degradations)
    task_->addItem(QString::fromStdString(each.label), QString::fromStdString(each.id));
  addForm(box)->addRow(tr("&What happened"), task_);
  task_help_ = helpLabel(box);
  params_ = new ParamPanel(undo_stack, tr("More of the degradation"), box);
  then_ = new ThenBox(catalogue_, undo_stack, box);
  for (QWidget* widget :
       {static_cast<QWidget*>(task_help_), static_cast<QWidget*>(params_), static_cast<QWidget*>(then_)})
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
  kernel_picture_ = new QLabel(box);
  kernel_picture_->setFixedSize(kKernelPicture, kKernelPicture);
  kernel_text_ = helpLabel(box);
  row->addWidget(kernel_picture_);
  row->addWidget(kernel_text_, 1);
  auto* buttons = new QHBoxLayout;
  auto* load = new QPushButton(tr("&Kernel from a file…"), box);
  load->setAccessibleName(tr("Kernel from a file"));
  load->setToolTip(
      tr("The point-spread function, what one white point looks like in the photo: a small grey picture of odd width "
         "and height; it is divided by its sum"));
  kernel_clear_ = new QPushButton(tr("By settings"), box);
  kernel_clear_->setObjectName(QStringLiteral("kernelBySettings"));
  kernel_clear_->setAccessibleName(tr("Kernel by settings"));
  kernel_clear_->setToolTip(tr("Use the kernel that the settings above and the measurement seed make"));
  buttons->addWidget(load);
  buttons->addWidget(kernel_clear_);
  for (auto* layout : {row, buttons}) static_cast<QVBoxLayout*>(box->layout())->addLayout(layout);
  connect(load, &QPushButton::clicked, this, [this] {
    const auto path = QFileDialog::getOpenFileName(this, tr("Blur kernel"), {}, pictureFilter());
    if (!path.isEmpty()) loadKernel(path);
  });
  connect(kernel_clear_, &QPushButton::clicked, this, [this] {
    seed_chosen_ = true;
    clearKernel();
  });
  return box;
}

QWidget* DegradationPanel::buildNoise(QUndoStack* undo_stack) {
  auto* box = makeBox(this);
  noise_ = new ParamPanel(undo_stack, {}, box);
  noise_->setSpecs({noiseSpec()});
  noise_help_ = helpLabel(box);
  box->layout()->addWidget(noise_);
  box->layout()->addWidget(noise_help_);
  seed_ = new SeedBox(box);
  seed_->setAccessibleName(tr("Measurement seed"));
  seed_->setToolTip(
      tr("Draws noise, random mask and random kernel: the same seed gives the same measurement. The sampler has "
         "a seed of its own."));
  auto* dice = new QPushButton(tr("New"), box);
  dice->setAccessibleName(tr("New measurement seed"));
  dice->setToolTip(tr("Draw another measurement seed"));
  auto* row = new QHBoxLayout;
  row->addWidget(seed_, 1);
  row->addWidget(dice);
  auto* form = addForm(box);
  form->addRow(tr("Meas&urement seed"), row);
  qobject_cast<QLabel*>(form->labelForField(row))->setBuddy(seed_);
  connect(dice, &QPushButton::clicked, seed_, &SeedBox::draw);
  return box;
}

void DegradationPanel::connectChanges() {
  connect(this, &DegradationPanel::changed, this, &DegradationPanel::showQuestion);
  connect(demonstrate_->button(), &QRadioButton::toggled, this, [this] {
    seed_chosen_ = false;
    // What is missing in a real picture is hardly ever what the seed draws.
    if (mode() == Mode::Restore && maskSource() == MaskSource::Random) setMaskSource(MaskSource::Painted);
    showNoise();
    showKernel();
    emit modeChanged();
    emit changed();
  });
  connect(task_, &QComboBox::currentIndexChanged, this, [this] {
    seed_chosen_ = false;
    showDegradation();
    emit degradationChanged(task_->currentData().toString());
    emit changed();
  });
  connect(params_, &ParamPanel::valuesChanged, this, &DegradationPanel::changed);
  connect(noise_, &ParamPanel::valuesChanged, this, [this] {
    showNoise();
    emit changed();
  });
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
  connect(mask_tools_, &MaskToolBar::failed, this, &DegradationPanel::failed);
  connect(mask_tools_, &MaskToolBar::importAsked, this, &DegradationPanel::loadMask);
  connect(mask_editor_, &MaskEditor::changed, this, [this] {
    if (mask_editor_->strokeActive() || loading_mask_) return;
    if (maskSource() == MaskSource::File) setMaskSource(MaskSource::Painted);  // no longer what the file holds
    if (maskSource() == MaskSource::Painted) emit changed();
  });
}

const DegradationInfo& DegradationPanel::info() const {
  return catalogue_.degradation(degradation());
}

Mode DegradationPanel::mode() const {
  return demonstrate_->button()->isChecked() ? Mode::Demonstrate : Mode::Restore;
}

void DegradationPanel::setMode(Mode mode) {
  (mode == Mode::Demonstrate ? demonstrate_ : restore_)->button()->setChecked(true);
}

std::string DegradationPanel::secondDegradation() const {
  return then_->degradation();
}

std::string DegradationPanel::degradation() const {
  return task_->currentData().toString().toStdString();
}

void DegradationPanel::setDegradation(const std::string& id) {
  const int index = task_->findData(QString::fromStdString(id));
  if (index >= 0) task_->setCurrentIndex(index);
}

DegradationPanel::MaskSource DegradationPanel::maskSource() const {
  return shown_source_;
}

void DegradationPanel::setMaskSource(MaskSource source) {
  if (source == shown_source_) return;
  shown_source_ = source;
  mask_source_->setCurrentIndex(static_cast<int>(source));
  showMaskSource();
  emit changed();
}

void DegradationPanel::chooseMaskSource() {
  const auto wanted = static_cast<MaskSource>(mask_source_->currentIndex());
  if (wanted != MaskSource::File) {
    paint_->setChecked(true);
    seed_chosen_ = wanted == MaskSource::Random;
    setMaskSource(wanted);
    return showQuestion();
  }
  const auto path = QFileDialog::getOpenFileName(this, tr("Mask: white is missing"), {}, pictureFilter());
  mask_source_->setCurrentIndex(static_cast<int>(shown_source_));  // until it is read
  if (!path.isEmpty()) loadMask(path);
}

int DegradationPanel::outputScale() const {
  const auto& key = info().scale_key;
  if (mode() == Mode::Demonstrate) return 1;
  return (key.empty() ? 1 : integerOf(params_->values(), key)) * then_->scale();
}

bool DegradationPanel::isPainting() const {
  return info().takes_mask && shown_source_ != MaskSource::Random && paint_->isChecked();
}

bool DegradationPanel::takeMask(const QImage& mask, MaskSource source, QString* error) {
  loading_mask_ = true;
  const bool taken = mask_editor_->load(mask, error);
  loading_mask_ = false;
  if (!taken) return false;
  const bool same_source = shown_source_ == source;
  setMaskSource(source);
  paint_->setChecked(false);
  if (same_source) emit changed();
  return true;
}

void DegradationPanel::loadMask(const QString& path) {
  using Read = std::pair<QImage, QStringList>;
  files_.start(
      [path] {
        const auto mask = readMask(path.toStdString());
        QStringList remarks;
        for (const auto& remark : mask.remarks) remarks << QString::fromStdString(remark);
        return Read(qimageFromImage(mask.image), remarks);
      },
      [this, path, id = ++newest_mask_](const Read& read, const QString& problem) {
        showQuestion();
        if (id != newest_mask_) return;
        const auto former_path = std::exchange(mask_path_, path);
        QString error = problem;
        if (error.isEmpty() && takeMask(read.first, MaskSource::File, &error)) {
          if (!read.second.isEmpty()) emit remarked(read.second.join(QLatin1Char(' ')));
          return;
        }
        mask_path_ = former_path;
        emit failed(error);
      });
  showQuestion();
}

void DegradationPanel::loadKernel(const QString& path, bool turned) {
  files_.start(
      [path] { return std::make_shared<const Image>(readKernel(path.toStdString())); },
      [this, path, turned, id = ++newest_kernel_](const std::shared_ptr<const Image>& kernel, const QString& problem) {
        showQuestion();
        if (id != newest_kernel_) return;
        if (!problem.isEmpty()) return emit failed(problem);
        kernel_ = kernel;
        kernel_path_ = path;
        kernel_turned_ = turned;
        showKernel();
        emit changed();
      });
  showQuestion();
}

void DegradationPanel::clearKernel() {
  ++newest_kernel_;
  kernel_.reset();
  kernel_path_.clear();
  kernel_turned_ = false;
  showKernel();
  emit changed();
}

void DegradationPanel::showKernel() {
  const bool unknown = mode() == Mode::Restore && !seed_chosen_;
  kernel_clear_->setEnabled(kernel_ != nullptr || unknown);
  kernel_picture_->setVisible(kernel_ != nullptr);
  params_->setEnabled(!info().takes_kernel || kernel_ == nullptr);
  if (!kernel_) {
    kernel_text_->setText(unknown ? tr("No kernel yet.") : tr("The settings above make the kernel."));
    return;
  }
  const auto text = tr("%1, %2 × %3").arg(QFileInfo(kernel_path_).fileName()).arg(kernel_->width).arg(kernel_->height);
  kernel_text_->setText(kernel_turned_ ? tr("%1, turned by 180° as an earlier version applied it").arg(text) : text);
  Image bright = *kernel_;  // its largest sample becomes white
  const float peak = *std::max_element(bright.pixels.begin(), bright.pixels.end());
  for (auto& sample : bright.pixels) sample = peak > 0.0f ? sample / peak : 0.0f;
  kernel_picture_->setPixmap(QPixmap::fromImage(qimageFromImage(bright))
                                 .scaled(kKernelPicture, kKernelPicture, Qt::KeepAspectRatio, Qt::FastTransformation));
}

void DegradationPanel::showDegradation() {
  params_->setSpecs(info().parameters);
  task_help_->setText(QString::fromStdString(info().help));
  task_->setToolTip(tr("The A of y = A x + n. After: %1").arg(QString::fromStdString(info().reference)));
  mask_box_->setVisible(info().takes_mask);
  kernel_box_->setVisible(info().takes_kernel);
  showKernel();
  if (info().takes_mask && mode() == Mode::Restore && shown_source_ == MaskSource::Random) {
    shown_source_ = MaskSource::Painted;
    mask_source_->setCurrentIndex(static_cast<int>(shown_source_));
  }
  showMaskSource();
}

void DegradationPanel::showMaskSource() {
  const bool own_mask = info().takes_mask && shown_source_ != MaskSource::Random;
  mask_tools_->setVisible(own_mask);
  paint_->setVisible(own_mask);
  if (info().takes_mask) params_->setEnabled(!own_mask);  // they are about the random mask
  emit maskPaintingChanged(isPainting());
}

void DegradationPanel::showNoise() {
  const double sigma = numberOf(noise_->values(), kNoiseKey);
  const auto scales = tr("%1 on [−1, 1]; half of it, %2, on [0, 1]").arg(sigma, 0, 'g', 3).arg(sigma / 2, 0, 'g', 3);
  noise_help_->setText(mode() == Mode::Demonstrate ? scales : tr("Your estimate: %1").arg(scales));
}

}  // namespace p2l::ui
