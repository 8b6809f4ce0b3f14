// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/degradation_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "core/api/photo_file.h"
#include "ui/frame_image.h"
#include "ui/mask_editor.h"
#include "ui/mask_tool_bar.h"
#include "ui/param_panel.h"

namespace p2l::ui {
namespace {

QLabel* helpLabel(const QString& text = {}) {
  auto* label = new QLabel(text);
  label->setWordWrap(true);
  label->setMinimumWidth(1);  // wraps instead of widening the panel
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

}  // namespace

DegradationPanel::DegradationPanel(const Catalogue& catalogue, MaskEditor* mask_editor, QUndoStack* undo_stack,
                                   QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), mask_editor_(mask_editor) {
  auto* column = new QVBoxLayout(this);
  column->setSpacing(8);
  column->addWidget(buildMode());

  auto* form = new QFormLayout;
  form->setRowWrapPolicy(QFormLayout::WrapAllRows);
  task_ = new QComboBox(this);
  task_->setAccessibleName(tr("Degradation"));
  task_->setToolTip(tr("What happened to the picture: the A of y = A x + n"));
  for (const auto& each : catalogue.degradations)
    task_->addItem(QString::fromStdString(each.label), QString::fromStdString(each.id));
  form->addRow(tr("&Degradation"), task_);
  column->addLayout(form);
  task_help_ = helpLabel();
  column->addWidget(task_help_);

  params_ = new ParamPanel(undo_stack, this);
  column->addWidget(params_);
  column->addWidget(mask_box_ = buildMask());
  column->addWidget(kernel_box_ = buildKernel());

  auto* numbers = new QFormLayout;
  numbers->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
  noise_ = new QDoubleSpinBox(this);
  noise_->setAccessibleName(tr("Noise"));
  noise_->setDecimals(3);
  noise_->setRange(0.0, kLargestNoise);
  noise_->setSingleStep(0.005);
  noise_->setValue(0.01);
  noise_->setToolTip(
      tr("Standard deviation of the noise on the scale −1 to 1 (half of it on 0 to 1). In Restore: what you think "
         "the picture has."));
  numbers->addRow(tr("&Noise σ (on −1…1)"), noise_);
  seed_ = new QSpinBox(this);
  seed_->setAccessibleName(tr("Measurement seed"));
  seed_->setRange(0, 999999);
  seed_->setToolTip(
      tr("Draws the noise, the random mask and the random kernel. Results with one seed have the same measurement."));
  numbers->addRow(tr("Measurement s&eed"), seed_);
  column->addLayout(numbers);
  column->addStretch(1);

  connect(task_, &QComboBox::currentIndexChanged, this, [this] {
    showDegradation();
    emit degradationChanged(task_->currentData().toString());
    emit changed();
  });
  connect(params_, &ParamPanel::valuesChanged, this, &DegradationPanel::changed);
  connect(noise_, &QDoubleSpinBox::valueChanged, this, &DegradationPanel::changed);
  connect(seed_, &QSpinBox::valueChanged, this, &DegradationPanel::changed);
  connect(mask_editor_, &MaskEditor::changed, this, [this] {
    if (maskSource() == MaskSource::Painted && !mask_editor_->strokeActive()) emit changed();
  });
  showDegradation();
}

QWidget* DegradationPanel::buildMode() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  demonstrate_ = new QRadioButton(tr("Demons&trate on a good photo"), box);
  restore_ = new QRadioButton(tr("&Restore a damaged photo"), box);
  demonstrate_->setToolTip(
      tr("The picture is the truth. The program degrades it and shows how near the restoration comes."));
  restore_->setToolTip(tr("The picture is the measurement itself. There is no truth, so no PSNR is shown."));
  demonstrate_->setChecked(true);
  for (auto* button : {demonstrate_, restore_}) {
    button->setAccessibleName(button->text().remove(QLatin1Char('&')));
    column->addWidget(button);
  }
  mode_help_ = helpLabel();
  column->addWidget(mode_help_);
  auto showHelp = [this] {
    mode_help_->setText(mode() == Mode::Demonstrate
                            ? tr("The picture is the truth; PSNR and SSIM are shown.")
                            : tr("Say below what happened to it. There is no truth, so no PSNR."));
  };
  showHelp();
  connect(demonstrate_, &QRadioButton::toggled, this, [this, showHelp] {
    showHelp();
    emit changed();
  });
  return box;
}

QWidget* DegradationPanel::buildMask() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  auto* form = new QFormLayout;
  form->setRowWrapPolicy(QFormLayout::WrapAllRows);
  mask_source_ = new QComboBox(box);
  mask_source_->setAccessibleName(tr("Mask"));
  mask_source_->setToolTip(tr("Which pixels are missing"));
  mask_source_->addItem(tr("Random, by the measurement seed"));
  mask_source_->addItem(tr("Painted or from a file"));
  form->addRow(tr("&Mask"), mask_source_);
  column->addLayout(form);
  mask_tools_ = new MaskToolBar(mask_editor_, box);
  column->addWidget(mask_tools_);
  connect(mask_source_, &QComboBox::currentIndexChanged, this, [this] {
    showMaskSource();
    emit changed();
  });
  connect(mask_tools_, &MaskToolBar::failed, this, &DegradationPanel::failed);
  return box;
}

QWidget* DegradationPanel::buildKernel() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  kernel_label_ = helpLabel(tr("Blur kernel: by the settings above"));
  column->addWidget(kernel_label_);
  auto* row = new QHBoxLayout;
  auto* load = new QPushButton(tr("Kernel from &picture…"), box);
  load->setToolTip(tr("A small grey picture of odd width and height; it is divided by its sum"));
  kernel_clear_ = new QPushButton(tr("By settings"), box);
  kernel_clear_->setToolTip(tr("Use the kernel of the settings above again"));
  kernel_clear_->setEnabled(false);
  for (auto* button : {load, kernel_clear_}) {
    button->setAccessibleName(button->text().remove(QLatin1Char('&')));
    row->addWidget(button);
  }
  column->addLayout(row);
  connect(load, &QPushButton::clicked, this, [this] {
    const auto path = QFileDialog::getOpenFileName(this, tr("Blur kernel"), {},
                                                   tr("Pictures (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp)"));
    if (!path.isEmpty()) loadKernel(path);
  });
  connect(kernel_clear_, &QPushButton::clicked, this, [this] {
    kernel_ = {};
    kernel_path_.clear();
    kernel_label_->setText(tr("Blur kernel: by the settings above"));
    kernel_clear_->setEnabled(false);
    emit changed();
  });
  return box;
}

bool DegradationPanel::loadKernel(const QString& path) {
  try {
    kernel_ = readGrey(path.toStdString());
  } catch (const std::exception& error) {
    emit failed(QString::fromUtf8(error.what()));
    return false;
  }
  kernel_path_ = path;
  kernel_label_->setText(
      tr("Blur kernel: %1, %2 × %3").arg(path.section(QLatin1Char('/'), -1)).arg(kernel_.width).arg(kernel_.height));
  kernel_clear_->setEnabled(true);
  emit changed();
  return true;
}

const DegradationInfo& DegradationPanel::info() const {
  return catalogue_.degradation(degradation());
}
Mode DegradationPanel::mode() const {
  return demonstrate_->isChecked() ? Mode::Demonstrate : Mode::Restore;
}
void DegradationPanel::setMode(Mode mode) {
  (mode == Mode::Demonstrate ? demonstrate_ : restore_)->setChecked(true);
}
std::string DegradationPanel::degradation() const {
  return task_->currentData().toString().toStdString();
}

void DegradationPanel::setDegradation(const std::string& id) {
  const int index = task_->findData(QString::fromStdString(id));
  if (index >= 0) task_->setCurrentIndex(index);
}

DegradationPanel::MaskSource DegradationPanel::maskSource() const {
  return mask_source_->currentIndex() == 1 ? MaskSource::Painted : MaskSource::Random;
}

void DegradationPanel::setMaskSource(MaskSource source) {
  mask_source_->setCurrentIndex(source == MaskSource::Painted ? 1 : 0);
}

void DegradationPanel::showDegradation() {
  params_->setSpecs(info().parameters);
  task_help_->setText(QString::fromStdString(info().help));
  mask_box_->setVisible(info().takes_mask);
  kernel_box_->setVisible(info().takes_kernel);
  showMaskSource();
}

void DegradationPanel::showMaskSource() {
  const bool painting = info().takes_mask && maskSource() == MaskSource::Painted;
  mask_tools_->setVisible(painting);
  params_->setEnabled(!painting);  // size and share are those of the random mask
  emit maskPaintingChanged(painting);
}

void DegradationPanel::writeTo(RestoreRequest& request, RunInputs& inputs) const {
  request.mode = mode();
  request.degradation = degradation();
  request.degradation_values = params_->values();
  request.noise = noise_->value();
  request.measurement_seed = static_cast<std::uint64_t>(seed_->value());
  if (info().takes_mask && maskSource() == MaskSource::Painted) {
    request.mask = "painted";
    const auto mask = mask_editor_->image();
    inputs.mask = mask.isNull() ? Image() : imageFromQImage(mask);
  }
  if (info().takes_kernel && !kernel_.empty()) {
    request.kernel = kernel_path_.toStdString();
    inputs.kernel = kernel_;
  }
}

void DegradationPanel::readFrom(const RestoreRequest& request) {
  const QSignalBlocker quiet(this);
  setMode(request.mode);
  setDegradation(request.degradation);
  params_->setValues(request.degradation_values);
  noise_->setValue(request.noise);
  seed_->setValue(static_cast<int>(request.measurement_seed.value_or(request.seed)));
  if (request.mask.empty()) setMaskSource(MaskSource::Random);
}

}  // namespace p2l::ui
