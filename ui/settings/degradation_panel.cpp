// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/degradation_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "ui/canvas/mask_tool_bar.h"
#include "ui/document/frame_image.h"
#include "ui/document/mask_editor.h"
#include "ui/settings/kernel_picture.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/task_tiles.h"
#include "ui/settings/then_box.h"
#include "ui/widgets/seed_box.h"

namespace p2l::ui {
namespace {

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
      tr("On: the photo is the truth; it is degraded, restored and compared with itself (PSNR).\n"
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
  connectChanges();
  showDegradation();
  showKernel();
  showFace();
  showQuestion();
}

void DegradationPanel::setFace(Face face) {
  face_ = face;
  showFace();
}

void DegradationPanel::showFace() {
  const bool plain = face_ == Face::Plain;
  for (QWidget* widget : {static_cast<QWidget*>(tiles_title_), static_cast<QWidget*>(tiles_)})
    widget->setVisible(plain);
  for (QWidget* widget :
       {static_cast<QWidget*>(truth_), task_line_, static_cast<QWidget*>(then_), seed_line_, noise_kind_line_})
    widget->setVisible(!plain);
  for (auto* panel : {params_, noise_}) panel->setPlain(plain);
  showMaskSource();
}

QWidget* DegradationPanel::buildTask(QUndoStack* undo_stack) {
  auto* box = makeBox(this);
  task_ = new QComboBox(box);
  task_->setAccessibleName(tr("Degradation"));
  task_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);  // long entries do not widen the dock
  for (const auto& each : catalogue_.degradations)
    task_->addItem(QString::fromStdString(each.label), QString::fromStdString(each.id));
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
  auto* load = new QPushButton(tr("From a file…"), box);
  load->setAccessibleName(tr("Kernel from a file"));
  load->setToolTip(
      tr("The point-spread function, what one white point looks like in the photo: a small grey picture of odd width "
         "and height; it is divided by its sum"));
  kernel_clear_ = new QPushButton(tr("By settings"), box);
  kernel_clear_->setObjectName(QStringLiteral("kernelBySettings"));
  kernel_clear_->setAccessibleName(tr("Kernel by settings"));
  kernel_clear_->setToolTip(tr("Use the kernel that the settings above and the measurement seed make"));
  for (auto* button : {load, kernel_clear_}) kernel_buttons_->addWidget(button);
  kernel_buttons_->addStretch(1);
  kernel_text_ = helpLabel(box);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(row);
  box->layout()->addWidget(kernel_text_);
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
  noise_kind_ = new QComboBox(box);
  noise_kind_->setAccessibleName(tr("Noise model"));
  for (const auto& each : catalogue_.noises) {
    noise_kind_->addItem(QString::fromStdString(each.label), QString::fromStdString(each.id));
    noise_kind_->setItemData(noise_kind_->count() - 1, QString::fromStdString(each.help), Qt::ToolTipRole);
  }
  noise_kind_line_ = makeBox(box);
  addForm(noise_kind_line_)->addRow(tr("N&oise model"), noise_kind_);
  box->layout()->addWidget(noise_kind_line_);
  showNoiseKind();
  box->layout()->addWidget(noise_);
  noise_estimate_ = new QPushButton(box);
  noise_estimate_->setToolTip(
      tr("The noise that the photo has by the finest detail of its smooth parts; a click takes it"));
  noise_estimate_->hide();  // until it is known
  box->layout()->addWidget(noise_estimate_);
  seed_ = new SeedBox(box);
  seed_->setAccessibleName(tr("Measurement seed"));
  seed_->setMinimumWidth(60);
  seed_->setToolTip(
      tr("Draws noise, random mask and random kernel: the same seed gives the same measurement. The sampler has "
         "a seed of its own."));
  auto* dice = new QPushButton(tr("New"), box);
  dice->setAccessibleName(tr("New measurement seed"));
  dice->setToolTip(tr("Draw another measurement seed"));
  auto* row = new QHBoxLayout;
  row->addWidget(seed_, 1);
  row->addWidget(dice);
  seed_line_ = makeBox(box);
  auto* form = addForm(seed_line_);
  form->addRow(tr("Degradati&on seed"), row);
  qobject_cast<QLabel*>(form->labelForField(row))->setBuddy(seed_);
  box->layout()->addWidget(seed_line_);
  connect(dice, &QPushButton::clicked, seed_, &SeedBox::draw);
  return box;
}

void DegradationPanel::connectChanges() {
  connect(this, &DegradationPanel::changed, this, &DegradationPanel::showQuestion);
  connect(tiles_, &TaskTiles::chosen, this, [this](const QString& id) { setDegradation(id.toStdString()); });
  connect(truth_, &QCheckBox::toggled, this, [this] {
    seed_chosen_ = false;
    // What is missing in a real picture is hardly ever what the seed draws.
    if (mode() == Mode::Restore && maskSource() == MaskSource::Random) setMaskSource(MaskSource::Painted);
    if (mode() == Mode::Demonstrate && maskSource() == MaskSource::Painted && mask_editor_->isEmpty())
      setMaskSource(MaskSource::Random);
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
  connect(params_, &ParamPanel::valuesChanged, this, &DegradationPanel::showKernel);
  connect(noise_kind_, &QComboBox::currentIndexChanged, this, [this] {
    showNoiseKind();
    emit changed();
  });
  connect(noise_, &ParamPanel::valuesChanged, this, &DegradationPanel::changed);
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
  return truth_->isChecked() ? Mode::Demonstrate : Mode::Restore;
}

void DegradationPanel::setMode(Mode mode) {
  truth_->setChecked(mode == Mode::Demonstrate);
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

double DegradationPanel::outputScale() const {
  const auto& key = info().scale_key;
  if (mode() == Mode::Demonstrate) return 1.0;
  return (key.empty() ? 1.0 : numberOf(params_->values(), key)) * then_->scale();
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
  const bool loadable = info().takes_kernel,
             unknown = mode() == Mode::Restore && !seed_chosen_ && !info().drawn.empty();
  kernel_box_->setVisible(isBlur());
  kernel_clear_->setEnabled(kernel_ != nullptr || unknown);
  for (int i = 0; i < kernel_buttons_->count(); ++i) {
    if (auto* button = kernel_buttons_->itemAt(i)->widget()) button->setVisible(loadable);
  }
  params_->setEnabled(!loadable || kernel_ == nullptr);
  kernel_clear_->setVisible(loadable && kernel_clear_->isEnabled());
  kernel_text_->setVisible(loadable && (kernel_ != nullptr || unknown));
  if (isBlur()) {
    RestoreRequest request;
    request.degradation().id = degradation();
    request.degradation().values = params_->values();
    request.degradation().kernel_turned = kernel_turned_;
    request.measurement_seed = seed_->value();
    kernel_picture_->show(request, loadable ? kernel_ : nullptr);
  }
  if (!kernel_) return kernel_text_->setText(tr("A random one, until it is chosen."));
  const auto text = tr("%1, %2 × %3").arg(QFileInfo(kernel_path_).fileName()).arg(kernel_->width).arg(kernel_->height);
  kernel_text_->setText(kernel_turned_ ? tr("%1, turned by 180° as an earlier version applied it").arg(text) : text);
}

bool DegradationPanel::isBlur() const {
  // A kernel blurs, and so does what says so: the others reduce, hide or compress.
  return info().takes_kernel || degradation().find("blur") != std::string::npos || degradation() == "defocus";
}

void DegradationPanel::showDegradation() {
  params_->setSpecs(info().parameters);
  task_->setToolTip(QStringLiteral("<p>%1</p><p>%2</p>")
                        .arg(QString::fromStdString(info().help).toHtmlEscaped(),
                             tr("The A of y = A x + n. After: %1").arg(QString::fromStdString(info().reference))));
  tiles_->setCurrent(degradation());
  mask_box_->setVisible(info().takes_mask);
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
  params_->setVisible(!info().parameters.empty() && (face_ == Face::Full || !own_mask));
  emit maskPaintingChanged(isPainting());
}

NoiseChoice DegradationPanel::noise() const {
  NoiseChoice choice;
  choice.id = noise_kind_->currentData().toString().toStdString();
  choice.values = noise_->values();
  return choice;
}

void DegradationPanel::setNoise(const NoiseChoice& choice) {
  const QSignalBlocker quiet(noise_kind_);
  noise_kind_->setCurrentIndex(std::max(0, noise_kind_->findData(QString::fromStdString(choice.id))));
  showNoiseKind();
  noise_->setValues(choice.values);
}

void DegradationPanel::showNoiseKind() {
  const auto& info = catalogue_.noise(noise_kind_->currentData().toString().toStdString());
  noise_->setSpecs(info.parameters);
  noise_->setVisible(!info.parameters.empty());
  noise_kind_->setToolTip(QString::fromStdString(info.help));
}

}  // namespace p2l::ui
