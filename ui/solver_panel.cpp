// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/solver_panel.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/param_panel.h"

namespace p2l::ui {
namespace {

constexpr int kSizes[] = {128, 256, 384, 512, 768};

}  // namespace

SolverPanel::SolverPanel(const Catalogue& catalogue, QUndoStack* undo_stack, QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), degradation_(catalogue.degradations.front().id) {
  auto* column = new QVBoxLayout(this);
  column->setSpacing(8);
  auto* top = new QFormLayout;
  top->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
  solver_ = new QComboBox(this);
  solver_->setAccessibleName(tr("Solver"));
  for (const auto& each : catalogue.solvers)
    solver_->addItem(QString::fromStdString(each.label), QString::fromStdString(each.id));
  top->addRow(tr("&Solver"), solver_);
  preset_ = new QComboBox(this);
  preset_->setAccessibleName(tr("Preset"));
  preset_->setToolTip(tr("Values known to work for this model, task and solver, and those of the paper"));
  preset_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  preset_->setMinimumContentsLength(16);
  top->addRow(tr("Prese&t"), preset_);
  column->addLayout(top);
  solver_help_ = new QLabel(this);
  solver_help_->setWordWrap(true);
  solver_help_->setMinimumWidth(1);
  solver_help_->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(solver_help_);

  params_ = new ParamPanel(undo_stack, this);
  column->addWidget(params_);
  sampler_ = new ParamPanel(undo_stack, this);
  sampler_->setSpecs(catalogue.sampler);
  column->addWidget(sampler_);
  column->addWidget(buildMore());
  column->addStretch(1);

  connect(solver_, &QComboBox::currentIndexChanged, this, [this] {
    showSolver();
    emit changed();
  });
  connect(preset_, &QComboBox::activated, this, &SolverPanel::applyPreset);
  for (auto* panel : {params_, sampler_}) {
    connect(panel, &ParamPanel::valuesChanged, this, [this] {
      markCustom();
      emit changed();
    });
  }
  showSolver();
}

QWidget* SolverPanel::buildMore() {
  auto* box = new QWidget(this);
  auto* form = new QFormLayout(box);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);

  prompt_ = new QLineEdit(box);
  prompt_->setAccessibleName(tr("Prompt"));
  prompt_->setPlaceholderText(tr("empty: the null prompt"));
  prompt_->setToolTip(tr("The text that the embedding starts from; P2L tunes it from there"));
  form->addRow(tr("&Prompt"), prompt_);

  auto* seed_row = new QHBoxLayout;
  seed_ = new QSpinBox(box);
  seed_->setAccessibleName(tr("Seed"));
  seed_->setRange(0, 999999);
  seed_->setToolTip(tr("Draws the first latent. The same seed gives the same picture."));
  auto* dice = new QPushButton(tr("New seed"), box);
  dice->setAccessibleName(tr("New seed"));
  dice->setToolTip(tr("Another random seed"));
  seed_row->addWidget(seed_, 1);
  seed_row->addWidget(dice);
  auto* seed_label = new QLabel(tr("S&eed"), box);
  seed_label->setBuddy(seed_);
  form->addRow(seed_label, seed_row);

  size_ = new QComboBox(box);
  size_->setAccessibleName(tr("Working size"));
  size_->setToolTip(tr("Smaller is faster. The centre square of the photo is taken, except for \"as it is\"."));
  size_->addItem(tr("as it is"), 0);
  for (const int side : kSizes) size_->addItem(tr("%1 × %1, centre").arg(side), side);
  form->addRow(tr("Si&ze"), size_);

  model_ = new QComboBox(box);
  model_->setAccessibleName(tr("Model"));
  model_->setToolTip(tr("The latent diffusion model; a folder in diffusers layout can be opened"));
  for (const auto& each : catalogue_.models)
    model_->addItem(QString::fromStdString(each.name), QString::fromStdString(each.name));
  model_->addItem(tr("Open folder…"), QString());
  form->addRow(tr("&Model"), model_);
  device_ = new QComboBox(box);
  device_->setAccessibleName(tr("Device"));
  device_->setToolTip(tr("auto: CUDA where there is a card, else the CPU"));
  for (const char* name : {"auto", "cpu", "cuda:0"}) device_->addItem(QString::fromLatin1(name));
  form->addRow(tr("De&vice"), device_);
  model_text_ = new QLabel(tr("Loading the model…"), box);
  model_text_->setWordWrap(true);
  model_text_->setForegroundRole(QPalette::PlaceholderText);
  form->addRow(model_text_);

  connect(dice, &QPushButton::clicked, this, [this] { seed_->setValue(QRandomGenerator::global()->bounded(1000000)); });
  connect(seed_, &QSpinBox::valueChanged, this, &SolverPanel::changed);
  connect(prompt_, &QLineEdit::textEdited, this, &SolverPanel::changed);
  connect(device_, &QComboBox::currentIndexChanged, this, &SolverPanel::changed);
  connect(size_, &QComboBox::currentIndexChanged, this, [this] { emit workingSizeChanged(workingSize()); });
  connect(model_, &QComboBox::activated, this, [this](int index) {
    if (!model_->itemData(index).toString().isEmpty()) {
      emit modelRequested(QString::fromStdString(model()));
      showPresets();
      return;
    }
    const auto folder = QFileDialog::getExistingDirectory(this, tr("Model folder in diffusers layout"));
    model_->setCurrentIndex(0);
    if (folder.isEmpty()) return;
    model_->insertItem(model_->count() - 1, folder.section(QLatin1Char('/'), -1), folder);
    model_->setCurrentIndex(model_->count() - 2);
    emit modelRequested(folder);
    showPresets();
  });
  return box;
}

std::string SolverPanel::solver() const {
  return solver_->currentData().toString().toStdString();
}
std::string SolverPanel::model() const {
  return model_->currentData().toString().toStdString();
}
int SolverPanel::workingSize() const {
  return size_->currentData().toInt();
}
void SolverPanel::setModelText(const QString& text) {
  model_text_->setText(text);
}

void SolverPanel::setSolver(const std::string& id) {
  const int index = solver_->findData(QString::fromStdString(id));
  if (index >= 0) solver_->setCurrentIndex(index);
}

void SolverPanel::setWorkingSize(int side) {
  int index = size_->findData(side);
  if (index < 0) {
    size_->addItem(tr("%1 × %1, centre").arg(side), side);
    index = size_->count() - 1;
  }
  size_->setCurrentIndex(index);
}

void SolverPanel::setDegradation(const std::string& id) {
  if (degradation_ == id) return;
  degradation_ = id;
  showPresets();
}

void SolverPanel::showSolver() {
  const auto& info = catalogue_.solver(solver());
  solver_help_->setText(QString::fromStdString(info.help));
  solver_->setToolTip(QString::fromStdString(info.reference));
  params_->setSpecs(info.parameters);
  showPresets();
}

std::vector<const Preset*> SolverPanel::presets() const {
  std::vector<const Preset*> found;
  const Preset* standard = catalogue_.defaultPreset(model(), degradation_, solver());
  if (standard != nullptr) found.push_back(standard);
  for (const auto& preset : catalogue_.presets) {
    if (&preset == standard || preset.degradation != degradation_ || preset.solver != solver()) continue;
    if (preset.model.empty() || preset.model == model()) found.push_back(&preset);
  }
  return found;
}

void SolverPanel::showPresets() {
  preset_->clear();
  for (const auto* preset : presets()) {
    preset_->addItem(QString::fromStdString(preset->label), QString::fromStdString(preset->id));
    preset_->setItemData(preset_->count() - 1, QString::fromStdString(preset->origin), Qt::ToolTipRole);
  }
  preset_->addItem(tr("Custom"), QString());
  applyPreset(0);
}

void SolverPanel::applyPreset(int index) {
  const auto id = preset_->itemData(index).toString().toStdString();
  RestoreRequest request;
  request.degradation = degradation_;
  request.solver = solver();
  request.model = model();
  if (!id.empty()) {
    const auto& preset = catalogue_.preset(id);
    request.solver_values = preset.solver_values;
    request.sampler_values = preset.sampler_values;
  } else if (preset_->count() > 1) {
    return;  // "Custom" is what there is
  }
  const auto completed = catalogue_.complete(request);
  for (const auto& [panel, values] :
       {std::pair{params_, completed.solver_values}, std::pair{sampler_, completed.sampler_values}}) {
    panel->setValues(values);
    panel->setDefaults(values);
  }
  preset_->setCurrentIndex(index);
  emit changed();
}

void SolverPanel::markCustom() {
  preset_->setCurrentIndex(preset_->count() - 1);
}

void SolverPanel::writeTo(RestoreRequest& request) const {
  request.solver = solver();
  request.solver_values = params_->values();
  request.sampler_values = sampler_->values();
  request.prompt = prompt_->text().toStdString();
  request.seed = static_cast<std::uint64_t>(seed_->value());
  request.model = model();
  request.device = device_->currentText().toStdString();
  request.size = workingSize();
}

void SolverPanel::readFrom(const RestoreRequest& request) {
  const QSignalBlocker quiet(this);
  setDegradation(request.degradation);
  setSolver(request.solver);
  params_->setValues(request.solver_values);
  sampler_->setValues(request.sampler_values);
  markCustom();
  prompt_->setText(QString::fromStdString(request.prompt));
  seed_->setValue(static_cast<int>(std::min<std::uint64_t>(request.seed, 999999)));
  const int device = device_->findText(QString::fromStdString(request.device));
  if (device >= 0) device_->setCurrentIndex(device);
}

}  // namespace p2l::ui
