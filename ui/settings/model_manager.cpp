// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/model_manager.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/document/model_store.h"
#include "ui/settings/model_box.h"

namespace p2l::ui {
namespace {

constexpr QSize kFirstSize(820, 620);
constexpr int kListHeight = 170;
constexpr const char* kPrecisions[] = {"", "tf32", "bf16", "fp16"};

QString text(const std::string& value) {
  return QString::fromStdString(value);
}

/// The layout on disk, which is what tells models of one family apart.
QString shortKind(const ModelEntry& entry) {
  const auto kind = text(entry.info.kind);
  return entry.embedded ? ModelManager::tr("comes with the studio") : kind.section(QStringLiteral("; "), -1);
}

QString stateText(const ModelEntry& entry) {
  if (!entry.known) return ModelManager::tr("being read…");
  return entry.problem.isEmpty() ? ModelManager::tr("ok") : ModelManager::tr("cannot be used");
}

QLabel* selectable(QWidget* parent, const QString& name) {
  auto* label = new QLabel(parent);
  label->setAccessibleName(name);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

ModelManager::Questions screenQuestions() {
  return {[](QWidget* parent) {
            return QFileDialog::getExistingDirectory(parent, ModelManager::tr("Model folder in diffusers layout"));
          },
          [](QWidget* parent) {
            return QFileDialog::getOpenFileName(parent, ModelManager::tr("Checkpoint file"), {},
                                                ModelManager::tr("Checkpoints (*.safetensors);;All files (*)"));
          },
          [](QWidget* parent) {
            return QFileDialog::getOpenFileName(parent, ModelManager::tr("Another autoencoder"), {},
                                                ModelManager::tr("Weights (*.safetensors);;All files (*)"));
          }};
}

}  // namespace

QString fileSizeText(quint64 bytes) {
  return bytes == 0 ? QString() : QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

ModelManager::ModelManager(ModelStore* store, QWidget* parent)
    : QDialog(parent), store_(store), questions_(screenQuestions()) {
  setWindowTitle(tr("Models"));
  resize(kFirstSize);
  auto* column = new QVBoxLayout(this);
  column->addWidget(buildList(), 1);
  column->addWidget(buildDetails());
  column->addWidget(buildOptions());
  auto* close = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
  column->addWidget(close);
  fill();
  list_->setCurrentCell(store_->current(), Name);
  showDetails();

  connect(store_, &ModelStore::listChanged, this, &ModelManager::fill);
  connect(store_, &ModelStore::entryChanged, this, [this](int index) {
    fillRow(index);
    if (index == shown()) showDetails();
  });
  connect(store_, &ModelStore::chosenChanged, this, [this] {
    for (int i = 0; i < list_->rowCount(); ++i) fillRow(i);
    showDetails();
  });
  connect(list_, &QTableWidget::currentCellChanged, this, [this](int row, int, int before) {
    if (row != before && !filling_) showDetails();
  });
  connect(list_, &QTableWidget::cellActivated, this, [this](int row) { store_->choose(row); });
}

QPushButton* ModelManager::button(const QString& text, const QString& help, const std::function<void()>& action) {
  auto* made = new QPushButton(text, this);
  made->setToolTip(help);
  made->setAutoDefault(false);
  connect(made, &QPushButton::clicked, this, action);
  return made;
}

QWidget* ModelManager::buildList() {
  auto* box = new QWidget(this);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  list_ = new QTableWidget(0, State + 1, box);
  list_->setAccessibleName(tr("Models"));
  list_->setHorizontalHeaderLabels({tr("Name"), tr("Kind"), tr("Size"), tr("Licence"), tr("State")});
  list_->verticalHeader()->hide();
  list_->setSelectionBehavior(QAbstractItemView::SelectRows);
  list_->setSelectionMode(QAbstractItemView::SingleSelection);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  list_->setTabKeyNavigation(false);
  list_->setMinimumHeight(kListHeight);
  list_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  list_->horizontalHeader()->setSectionResizeMode(Name, QHeaderView::Stretch);
  list_->horizontalHeader()->setSectionResizeMode(Licence, QHeaderView::Interactive);
  row->addWidget(list_, 1);
  auto* buttons = new QVBoxLayout;
  buttons->addWidget(button(tr("Add &folder…"), tr("A model in diffusers layout: unet, vae, text_encoder, tokenizer"),
                            [this] { add(questions_.folder(this)); }));
  buttons->addWidget(button(tr("Add fi&le…"), tr("One .safetensors checkpoint of Stable Diffusion 1.x or 2.x"),
                            [this] { add(questions_.file(this)); }));
  remove_ = button(tr("&Remove"), tr("Remove it from the list; its files stay"), [this] { store_->remove(shown()); });
  use_ = button(tr("&Use this model"), tr("Restore with it from now on"), [this] { store_->choose(shown()); });
  buttons->addWidget(remove_);
  buttons->addStretch(1);
  buttons->addWidget(use_);
  row->addLayout(buttons);
  return box;
}

QWidget* ModelManager::buildDetails() {
  auto* box = new QWidget(this);
  auto* form = new QFormLayout(box);
  form->setContentsMargins(0, 4, 0, 4);
  title_ = selectable(box, tr("Name of the model"));
  auto font = title_->font();
  font.setBold(true);
  title_->setFont(font);
  form->addRow(title_);
  path_ = selectable(box, tr("Place"));
  form->addRow(tr("Place"), path_);
  kind_ = selectable(box, tr("Kind"));
  form->addRow(tr("Kind"), kind_);
  hash_ = selectable(box, tr("SHA-256"));
  hash_->setToolTip(tr("Over the weight files one after the other; of a checkpoint, of the file itself"));
  form->addRow(tr("SHA-256"), hash_);
  state_ = selectable(box, tr("State"));
  form->addRow(tr("State"), state_);
  return box;
}

QWidget* ModelManager::buildOptions() {
  auto* box = new QGroupBox(tr("How it computes"), this);
  auto* form = new QFormLayout(box);
  precision_ = new QComboBox(box);
  precision_->setAccessibleName(tr("Precision"));
  precision_->addItems({tr("float32"), tr("TF32"), tr("bfloat16"), tr("float16")});
  precision_->setToolTip(
      tr("Number format of the networks. TF32: float32 multiplied with fewer bits on NVIDIA cards, faster; elsewhere\n"
         "float32. bfloat16 and float16: half the memory; on most processors slower."));
  form->addRow(tr("&Precision"), precision_);
  checkpointing_ = new QCheckBox(tr("&Checkpointing"), box);
  checkpointing_->setToolTip(tr("Recomputes activations for the gradient: less memory, a quarter more time"));
  form->addRow({}, checkpointing_);
  tiling_ = new QCheckBox(tr("VAE &tiling"), box);
  tiling_->setToolTip(
      tr("Encodes and decodes pictures of more than 64 latents a side in overlapping tiles:\n"
         "less memory, more time; with AutoencoderKL slightly another picture"));
  form->addRow({}, tiling_);
  refinements_ = new QSpinBox(box);
  refinements_->setAccessibleName(tr("Encoder refinements"));
  refinements_->setRange(0, kMostRefinements);
  refinements_->setToolTip(
      tr("Corrections z ← z + (E(x) − E(D(z))) that encode a latent model's pictures more exactly,\n"
         "each one more decoding and encoding: repeated round trips no longer drift. Restorations keep the data\n"
         "step's errors, too, and are mostly worse"));
  form->addRow(tr("Encoder &refinements"), refinements_);
  graphs_ = new QCheckBox(tr("CUDA &graphs"), box);
  graphs_->setToolTip(
      tr("Records the networks of a latent model once and starts them as one: less time where an NVIDIA card waits\n"
         "for the processor, more memory. No effect on the processor"));
  form->addRow({}, graphs_);
  device_ = new QComboBox(box);
  device_->setAccessibleName(tr("Device"));
  device_->addItems(deviceNames());
  form->addRow(tr("&Device"), device_);
  auto* row = new QHBoxLayout;
  vae_ = new QLineEdit(box);
  vae_->setAccessibleName(tr("Another autoencoder"));
  vae_->setPlaceholderText(tr("the model's own"));
  vae_->setToolTip(tr("Folder or file of another AutoencoderKL, or of TAESD; empty: the model's own"));
  row->addWidget(vae_, 1);
  row->addWidget(button(tr("&Browse…"), tr("Choose a weight file"), [this] {
    if (const auto path = questions_.vae(this); !path.isEmpty()) vae_->setText(path);
    takeOptions();
  }));
  form->addRow(tr("&Autoencoder"), row);
  qobject_cast<QLabel*>(form->labelForField(row))->setBuddy(vae_);
  needs_ = selectable(box, tr("Memory"));
  form->addRow(tr("Memory"), needs_);
  connect(precision_, &QComboBox::activated, this, &ModelManager::takeOptions);
  connect(device_, &QComboBox::activated, this, &ModelManager::takeOptions);
  connect(checkpointing_, &QCheckBox::clicked, this, &ModelManager::takeOptions);
  connect(tiling_, &QCheckBox::clicked, this, &ModelManager::takeOptions);
  connect(graphs_, &QCheckBox::clicked, this, &ModelManager::takeOptions);
  connect(refinements_, &QSpinBox::editingFinished, this, &ModelManager::takeOptions);
  connect(vae_, &QLineEdit::editingFinished, this, &ModelManager::takeOptions);
  return box;
}

int ModelManager::shown() const {
  return qBound(0, list_->currentRow(), static_cast<int>(store_->all().size()) - 1);
}

void ModelManager::showEntry(int index) {
  list_->setCurrentCell(index, Name);
}

void ModelManager::add(const QString& path) {
  if (!path.isEmpty()) showEntry(store_->add(path));
}

void ModelManager::fill() {
  const int row = shown();
  filling_ = true;
  list_->setRowCount(static_cast<int>(store_->all().size()));
  for (int i = 0; i < list_->rowCount(); ++i) fillRow(i);
  list_->setCurrentCell(qMin(row, list_->rowCount() - 1), Name);
  filling_ = false;
  showDetails();
}

void ModelManager::fillRow(int index) {
  const auto& entry = store_->all().at(index);
  const QString cells[] = {entry.label(), shortKind(entry), fileSizeText(entry.info.bytes), text(entry.info.licence),
                           stateText(entry)};
  for (int c = 0; c <= State; ++c) {
    auto* item = list_->item(index, c);
    if (item == nullptr) list_->setItem(index, c, item = new QTableWidgetItem);
    item->setText(cells[c]);
    item->setToolTip(c == Name ? entry.key : c == State ? entry.problem : cells[c]);
    auto font = item->font();
    font.setBold(index == store_->current());
    item->setFont(font);
  }
  list_->item(index, Size)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void ModelManager::showDetails() {
  const auto& entry = store_->all().at(shown());
  const bool chosen = shown() == store_->current();
  title_->setText(chosen ? tr("%1, in use").arg(entry.label()) : entry.label());
  path_->setText(entry.info.folder.empty() ? entry.key : text(entry.info.folder));
  kind_->setText(text(entry.info.kind));
  hash_->setText(!entry.info.sha256.empty() ? text(entry.info.sha256)
                 : entry.problem.isEmpty()  ? tr("being computed…")
                                            : QString());
  QStringList state{entry.problem.isEmpty() ? stateText(entry) : entry.problem};
  for (const auto& note : entry.info.notes) state << text(note);
  state_->setText(state.join(QLatin1Char('\n')));

  const auto& options = entry.options;
  const auto* precision = std::find(std::begin(kPrecisions), std::end(kPrecisions), options.precision);
  precision_->setCurrentIndex(static_cast<int>(precision - kPrecisions) % precision_->count());  // fp32: the first
  checkpointing_->setChecked(options.checkpointing);
  tiling_->setChecked(options.vae_tiling);
  graphs_->setChecked(options.cuda_graphs);
  refinements_->setValue(options.encoder_refinements);
  if (device_->findText(entry.device) < 0) device_->addItem(entry.device);
  device_->setCurrentText(entry.device);
  if (vae_->text() != text(options.vae)) vae_->setText(text(options.vae));
  remove_->setEnabled(!entry.embedded);
  use_->setEnabled(!chosen && entry.problem.isEmpty());
  needs_->clear();
  emit needsWanted(shown());
}

void ModelManager::takeOptions() {
  auto options = store_->all().at(shown()).options;
  options.precision = kPrecisions[precision_->currentIndex()];
  options.checkpointing = checkpointing_->isChecked();
  options.vae_tiling = tiling_->isChecked();
  options.cuda_graphs = graphs_->isChecked();
  options.encoder_refinements = refinements_->value();
  options.vae = vae_->text().trimmed().toStdString();
  store_->setOptions(shown(), options, device_->currentText());
}

void ModelManager::showNeeds(const QString& text) {
  needs_->setText(text);
}

}  // namespace p2l::ui
