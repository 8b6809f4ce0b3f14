// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/solver_panel.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>
#include <set>

#include "ui/base/model_store.h"
#include "ui/language/words.h"
#include "ui/settings/model_box.h"
#include "ui/settings/param_panel.h"
#include "ui/widgets/seed_box.h"

namespace p2l::ui {
namespace {

constexpr int kSizes[] = {128, 256, 384, 512};
constexpr int kShortCombo = 8;  // characters: long entries must not widen the dock
constexpr int kShortName = 28;  // of a file, also

QLabel* helpLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

QComboBox* shrinkable(QComboBox* combo) {
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(kShortCombo);
  return combo;
}

QFormLayout* makeForm(QWidget* box) {
  auto* form = new QFormLayout(box);
  form->setContentsMargins(0, 0, 0, 0);
  form->setVerticalSpacing(4);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  return form;
}

/// The options of a run that no other widget of the studio shows.
std::vector<ParamSpec> optionsWithoutPlace() {
  const std::set<std::string> placed = {"crop", "size", "prompt", "embedding", "device"};
  std::vector<ParamSpec> specs;
  for (const auto& spec : runParameters()) {
    if (!placed.contains(spec.key)) specs.push_back(spec);
  }
  return specs;
}

}  // namespace

SolverPanel::SolverPanel(const Catalogue& catalogue, QUndoStack* undo_stack, QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), undo_stack_(undo_stack), degradation_(catalogue.degradations.front().id) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(9);
  models_ = new ModelStore(catalogue, this);
  column->addWidget(buildTop());
  params_ = new ParamPanel(undo_stack, tr("More of the solver"), this);
  column->addWidget(params_);
  sampler_ = new ParamPanel(undo_stack, tr("More of the sampler"), this);
  sampler_->setSpecs(catalogue.sampler);
  column->addWidget(sampler_);
  column->addWidget(buildStart());
  model_ = new ModelBox(models_, this);
  column->addWidget(model_);
  run_ = new ParamPanel(undo_stack, {}, this);
  run_->setSpecs(optionsWithoutPlace());
  column->addWidget(run_);
  connectChanges();
  connectModels();
  showCatalogueModel();
  showSolver();
}

QWidget* SolverPanel::buildTop() {
  auto* box = new QWidget(this);
  auto* form = makeForm(box);
  solver_ = shrinkable(new QComboBox(box));
  solver_->setAccessibleName(tr("Solver"));
  for (const auto& each : catalogue_.solvers)
    solver_->addItem(catalogueText(each.label), QString::fromStdString(each.id));
  preset_ = shrinkable(new QComboBox(box));
  preset_->setAccessibleName(tr("Preset"));
  form->addRow(tr("&Solver"), solver_);
  form->addRow(tr("Prese&t"), preset_);
  return box;
}

QWidget* SolverPanel::buildStart() {
  auto* box = new QWidget(this);
  auto* form = makeForm(box);
  prompt_ = new QLineEdit(box);
  prompt_->setAccessibleName(tr("Prompt"));
  prompt_->setToolTip(
      tr("The text that the embedding C starts from; empty is the null prompt. P2L tunes it from there."));
  prompt_->setClearButtonEnabled(true);
  for (auto* clear : prompt_->findChildren<QToolButton*>()) clear->setAccessibleName(tr("Clear the prompt"));
  open_embedding_ = new QToolButton(box);
  open_embedding_->setText(tr("…"));
  open_embedding_->setAccessibleName(tr("Start from an embedding in a file"));
  open_embedding_->setToolTip(
      tr("Start from a tuned embedding that you saved (File > Save tuned embedding), or use the word of a textual "
         "inversion"));
  connect(open_embedding_, &QToolButton::clicked, this, &SolverPanel::embeddingWanted);
  auto* start = new QHBoxLayout;
  start->addWidget(prompt_, 1);
  start->addWidget(open_embedding_);
  form->addRow(tr("&Prompt"), start);
  qobject_cast<QLabel*>(form->labelForField(start))->setBuddy(prompt_);
  form->addRow(buildEmbeddingLine(box));
  setEmbedding({});

  seed_ = new SeedBox(box);
  seed_->setAccessibleName(tr("Seed"));
  seed_->setToolTip(tr("Draws the first latent z_T and the sampler's noise. The same seed gives the same picture."));
  seed_->addTo(form, tr("See&d"), tr("New seed"), tr("Draw another seed"));

  size_ = shrinkable(new QComboBox(box));
  size_->setAccessibleName(tr("Working size"));
  size_->setToolTip(tr("As it is, or the centre square of the photo resized. Smaller is faster."));
  size_->addItem(tr("as it is"), 0);
  for (const int side : kSizes) addSize(side);
  form->addRow(tr("Working si&ze"), size_);
  size_text_ = helpLabel(box);
  form->addRow(size_text_);
  return box;
}

QWidget* SolverPanel::buildEmbeddingLine(QWidget* parent) {
  embedding_line_ = new QWidget(parent);
  auto* row = new QHBoxLayout(embedding_line_);
  row->setContentsMargins(0, 0, 0, 0);
  embedding_text_ = new QLabel(embedding_line_);
  embedding_text_->setWordWrap(true);
  auto* clear = new QPushButton(tr("Clear"), embedding_line_);
  clear->setAccessibleName(tr("Clear the embedding"));
  clear->setToolTip(tr("Start from the text above again; empty is the null prompt"));
  connect(clear, &QPushButton::clicked, this, [this] {
    setEmbedding({});
    emit changed();
  });
  row->addWidget(embedding_text_, 1);
  row->addWidget(clear, 0, Qt::AlignTop);
  return embedding_line_;
}

void SolverPanel::connectModels() {
  connect(model_, &ModelBox::managerWanted, this, &SolverPanel::managerWanted);
  connect(models_, &ModelStore::chosenChanged, this, [this] {
    showCatalogueModel();
    if (recalling_) return;
    showModelText(tr("The model is being loaded…"));
    const auto& chosen = models_->chosen();
    emit modelRequested(chosen.key, chosen.device, chosen.options);
    showPresets();
    emit changed();
  });
  connect(models_, &ModelStore::entryChanged, this, [this](int index) {
    if (index == models_->current() && !recalling_) emit changed();
  });
}

void SolverPanel::connectChanges() {
  connect(solver_, &QComboBox::currentIndexChanged, this, [this] {
    showSolver();
    emit changed();
  });
  connect(preset_, &QComboBox::activated, this, [this](int index) { applyPreset(index, true); });
  for (auto* panel : {params_, sampler_, run_}) {
    connect(panel, &ParamPanel::clamped, this, &SolverPanel::clamped);
    connect(panel, &ParamPanel::valuesChanged, this, [this] {
      showMatchingPreset();
      emit changed();
    });
  }
  connect(seed_, &SeedBox::valueChanged, this, &SolverPanel::changed);
  connect(prompt_, &QLineEdit::textChanged, this, &SolverPanel::changed);
  connect(prompt_, &QLineEdit::textEdited, this, [this] {
    if (!word_) setEmbedding({});
  });
  connect(size_, &QComboBox::currentIndexChanged, this, &SolverPanel::changed);
  connect(size_, &QComboBox::activated, this, [this] { emit workingSizeChosen(workingSize()); });
}

std::string SolverPanel::solver() const {
  return solver_->currentData().toString().toStdString();
}

void SolverPanel::setSolver(const std::string& id) {
  const int index = solver_->findData(QString::fromStdString(id));
  if (index >= 0) solver_->setCurrentIndex(index);
}

void SolverPanel::showCatalogueModel() {
  if (const auto* listed = catalogue_.model(models_->chosen().key.toStdString())) showModel(*listed);
}

void SolverPanel::showModel(const ModelInfo& model) {
  shown_info_ = model;
  reads_text_ = !model.isPixel();
  prompt_->setEnabled(reads_text_ || model.classes > 0);
  open_embedding_->setEnabled(reads_text_);
  setEmbedding(embedding_);
  showPossibleSolvers();
  emit changed();  // what is read of the settings
}

void SolverPanel::setDegradation(const std::string& id, const std::string& then, const ParamValues& values) {
  const auto* before = standardPreset();
  const bool standard_shown = before != nullptr && preset() == before->id && chosenPreset() == nullptr;
  const bool another_task = degradation_ != id;
  degradation_ = id;
  degradation_values_ = values;
  linear_ = catalogue_.degradation(id).linear && (then.empty() || catalogue_.degradation(then).linear);
  showPossibleSolvers();
  if (another_task || (standard_shown && standardPreset() != before)) return showPresets();
  showOrigin();
}

void SolverPanel::showPossibleSolvers() {
  auto* items = qobject_cast<QStandardItemModel*>(solver_->model());
  int first = -1;
  for (int i = 0; i < items->rowCount(); ++i) {
    const auto& solver = catalogue_.solvers[static_cast<std::size_t>(i)];
    auto problem = QString::fromStdString(catalogue_.misfit(solver, shown_info_));
    if (problem.isEmpty() && solver.needs_linear && !linear_)
      problem = tr("Needs a linear degradation, and this one is not");
    items->item(i)->setEnabled(problem.isEmpty());
    items->item(i)->setToolTip(problem);
    if (problem.isEmpty() && first < 0) first = i;
  }
  if (!items->item(solver_->currentIndex())->isEnabled() && first >= 0) solver_->setCurrentIndex(first);
}

QString SolverPanel::model() const {
  return models_->chosen().key;
}

int SolverPanel::workingSize() const {
  return size_->currentData().toInt();
}

int SolverPanel::addSize(int side) {
  size_->addItem(tr("%1 × %1, centre").arg(side), side);
  return size_->count() - 1;
}

void SolverPanel::setWorkingSize(int side) {
  const int index = size_->findData(side);
  size_->setCurrentIndex(index >= 0 ? index : addSize(side));
}

void SolverPanel::showModelText(const QString& text) {
  model_->showText(text);
}

void SolverPanel::showNeeds(const QString& text, bool too_much) {
  model_->showNeeds(text, too_much);
}

void SolverPanel::showSizeText(const QString& text) {
  size_text_->setText(text);
  size_text_->setVisible(!text.isEmpty());
}

void SolverPanel::setEmbedding(const std::string& file) {
  embedding_ = file;
  word_ = file.empty() ? std::nullopt : textualInversionIn(file);
  const auto path = QString::fromStdString(file);
  const auto name = QFileInfo(path).fileName();
  const int classes = shown_info_.classes;
  prompt_->setPlaceholderText(classes > 0    ? tr("number of a class, 0 to %1; none").arg(classes - 1)
                              : !reads_text_ ? tr("not read by a pixel model")
                              : file.empty() ? tr("none")
                                             : tr("embedding: %1").arg(name));
  const auto metrics = embedding_text_->fontMetrics();
  const auto shown = metrics.elidedText(name, Qt::ElideMiddle, kShortName * metrics.averageCharWidth());
  embedding_text_->setText(word_ ? tr("%1 in the prompt stands for %2").arg(QString::fromStdString(word_->word), shown)
                                 : tr("Starts from the embedding %1").arg(shown));
  embedding_text_->setToolTip(path);
  embedding_line_->setVisible(reads_text_ && !file.empty());
}

void SolverPanel::startFrom(const QString& embedding_file) {
  setEmbedding(embedding_file.toStdString());
  if (!word_) {
    prompt_->clear();
  } else if (const auto word = QString::fromStdString(word_->word);
             !prompt_->text().contains(word, Qt::CaseInsensitive)) {
    prompt_->setText(prompt_->text().isEmpty() ? word : prompt_->text() + QStringLiteral(", ") + word);
  }
  emit changed();
}

void SolverPanel::showSolver() {
  const auto& info = catalogue_.solver(solver());
  solver_->setToolTip(QStringLiteral("<p>%1</p><p>%2</p>")
                          .arg(catalogueText(info.help).toHtmlEscaped(),
                               tr("After: %1").arg(QString::fromStdString(info.reference)).toHtmlEscaped()));
  params_->setSpecs(info.parameters);
  showPresets();
}

void SolverPanel::writeTo(RestoreRequest& request) const {
  const auto* chosen_preset = chosenPreset();
  request.preset = chosen_preset ? chosen_preset->id : std::string();
  request.solver = solver();
  request.solver_values = params_->values();
  request.sampler_values = sampler_->values();
  request.prompt = prompt_->isEnabled() ? prompt_->text().toStdString() : std::string();
  request.embedding = (request.prompt.empty() || word_) && reads_text_ ? embedding_ : std::string();
  request.seed = seed_->value();
  request.model = models_->chosen().key.toStdString();
  request.model_options = models_->chosen().options;
  request.model_options.vae_tiling = request.model_options.vae_tiling || tiled_;
  request.device = models_->chosen().device.toStdString();
  for (const auto& [key, value] : run_->values()) setRunOption(request, key, value);
  request.size = workingSize();
}

void SolverPanel::readFrom(const RestoreRequest& request) {
  setDegradation(request.degradation().id, request.degradations.size() > 1 ? request.degradations[1].id : std::string(),
                 request.degradation().values);
  const int index = models_->indexOf(QString::fromStdString(request.model));
  if (index >= 0) {
    recalling_ = true;
    models_->choose(index);
    models_->setOptions(index, request.model_options, QString::fromStdString(request.device));
    recalling_ = false;
  }
  setSolver(request.solver);
  if (index >= 0) showPresets();
  chosen_preset_ = request.preset;
  params_->setValues(request.solver_values);
  sampler_->setValues(request.sampler_values);
  showMatchingPreset();
  prompt_->setText(QString::fromStdString(request.prompt));
  setEmbedding(request.embedding);
  seed_->setValue(request.seed);
  run_->setValues(runValuesOf(request));
  setWorkingSize(request.size);
  emit changed();
}

}  // namespace p2l::ui
