// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/model_manager.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGridLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/model_store.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/settings/model_box.h"
#include "ui/settings/param_panel.h"
#include "ui/style/tab_order.h"
#include "ui/style/window_size.h"
#include "ui/widgets/panel_scroller.h"

namespace p2l::ui {
namespace {

constexpr QSize kFirstSize(820, 620);
constexpr int kListHeight = 96;
constexpr int kMostCut = 40;      ///< of a row
constexpr int kTwoColumns = 800;  ///< a wider dialog has its options in two columns, so that all are seen at once

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
          [](QWidget* parent, const QString& title) {
            return QFileDialog::getOpenFileName(parent, title, {},
                                                ModelManager::tr("Weights (*.safetensors);;All files (*)"));
          }};
}

QString labelOf(const std::string& key) {
  return catalogueText(specOf(modelParameters(), key, "the model's options").label);
}

}  // namespace

QString fileSizeText(quint64 bytes) {
  if (bytes == 0) return {};
  return numberLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

ModelManager::ModelManager(ModelStore* store, QWidget* parent)
    : QDialog(parent), store_(store), questions_(screenQuestions()) {
  setWindowTitle(tr("Models"));
  resize(sizeOnScreen(*this, kFirstSize));
  auto* column = new QVBoxLayout(this);
  column->addWidget(buildList(), 1);
  auto* page = new QWidget(this);
  auto* below = new QVBoxLayout(page);
  below->setContentsMargins(0, 0, 0, 0);
  below->addWidget(buildDetails());
  below->addWidget(buildOptions());
  below->addStretch(1);
  column->addWidget(below_ = new PanelScroller(page, this), 4);
  auto* close = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
  column->addWidget(close);
  fill();
  list_->setCurrentCell(store_->current(), Name);
  showDetails();

  settled_.setSingleShot(true);
  settled_.setInterval(0);  // when all has its place
  connect(&settled_, &QTimer::timeout, this, &ModelManager::cutBetweenRows);
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
  new TabOrder(this);
}

void ModelManager::resizeEvent(QResizeEvent* event) {
  QDialog::resizeEvent(event);
  options_->setColumns(width() >= kTwoColumns ? 2 : 1);
  list_->setMinimumHeight(kListHeight);
  settled_.start();
}

void ModelManager::cutBetweenRows() {
  const auto* page = below_->widget();
  const int end = below_->viewport()->height();
  if (page->height() <= end) return;
  int cut = end;
  for (const auto* each : page->findChildren<QWidget*>()) {
    if (each->layout() != nullptr || !each->isVisibleTo(page)) continue;
    const int top = each->mapTo(page, QPoint()).y();
    if (top < end && top + each->height() > end) cut = std::min(cut, top);
  }
  if (end - cut < kMostCut) list_->setMinimumHeight(list_->height() + end - cut);
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
  auto* grid = new QGridLayout(box);  // closer than a form has its rows
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setVerticalSpacing(2);
  grid->setColumnStretch(1, 1);
  title_ = selectable(box, tr("Name of the model"));
  auto font = title_->font();
  font.setBold(true);
  title_->setFont(font);
  grid->addWidget(title_, 0, 0, 1, 2);
  const auto add = [&](const QString& name) {
    const int row = grid->rowCount();
    auto* label = selectable(box, name);
    grid->addWidget(new QLabel(name, box), row, 0, Qt::AlignTop);
    grid->addWidget(label, row, 1);
    return label;
  };
  path_ = add(tr("Place"));
  kind_ = add(tr("Kind"));
  hash_ = add(tr("SHA-256"));
  hash_->setToolTip(tr("Over the weight files one after the other; of a checkpoint, of the file itself"));
  state_ = add(tr("State"));
  return box;
}

QWidget* ModelManager::buildOptions() {
  auto* box = new QGroupBox(tr("How it computes"), this);
  auto* form = new QFormLayout(box);
  options_ = new ParamPanel(nullptr, {}, box);
  options_->setSpecs(modelParameters());
  form->addRow(options_);
  device_ = new QComboBox(box);
  device_->setAccessibleName(tr("Device"));
  device_->addItems(deviceNames());
  form->addRow(tr("&Device"), device_);
  needs_ = selectable(box, tr("Memory"));
  form->addRow(tr("Memory"), needs_);
  connect(device_, &QComboBox::activated, this, &ModelManager::takeOptions);
  connect(options_, &ParamPanel::valuesChanged, this, &ModelManager::takeOptions);
  connect(options_, &ParamPanel::browseWanted, this, &ModelManager::browse);
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

  options_->setValues(valuesOf(entry.options));
  if (device_->findText(entry.device) < 0) device_->addItem(entry.device);
  device_->setCurrentText(entry.device);
  remove_->setEnabled(!entry.embedded);
  use_->setEnabled(!chosen && entry.problem.isEmpty());
  needs_->clear();
  emit needsWanted(shown());
}

void ModelManager::takeOptions() {
  auto options = modelOptionsFrom(options_->values());
  const auto& before = store_->all().at(shown()).options;
  // A person chose another file than the one whose digest a run had brought.
  if (options.lora != before.lora && options.lora_digest == before.lora_digest) options.lora_digest.clear();
  store_->setOptions(shown(), options, device_->currentText());
}

void ModelManager::browse(const std::string& key) {
  const auto path = key == "tokenizer" ? questions_.folder(this) : questions_.part(this, labelOf(key));
  if (path.isEmpty()) return;
  options_->setValues({{key, path.toStdString()}});
  takeOptions();
}

void ModelManager::showNeeds(const QString& text) {
  needs_->setText(text);
}

}  // namespace p2l::ui
