// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/history_dialog.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/archive/kept_run.h"
#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"
#include "ui/files/thumbnails.h"
#include "ui/language/language.h"
#include "ui/language/numbers.h"
#include "ui/style/flow_layout.h"
#include "ui/style/question_box.h"
#include "ui/style/studio_style.h"
#include "ui/style/tab_order.h"
#include "ui/style/window_size.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/row_list.h"

namespace p2l::ui {
namespace {

constexpr QSize kFirstSize(560, 480);
constexpr int kThumbnail = 64;

QString describe(const PastRun& run, const QString& title) {
  const auto when = run.time_ms > 0
                        ? dateLocale().toString(QDateTime::fromMSecsSinceEpoch(run.time_ms), QLocale::ShortFormat)
                        : QString();
  const auto star = run.starred ? QStringLiteral("★ ") : QString();
  const auto& report = run.outcome.report;
  const bool stopped = run.outcome.status == Outcome::Status::Cancelled && !report.steps.empty();
  const auto name = stopped ? HistoryDialog::tr("%1, up to step %2").arg(title).arg(report.steps.back().step) : title;
  return QStringLiteral("%1%2\n%3 · %4\n%5")
      .arg(star, name, run.photo_label, QString(run.numbers).replace(QLatin1Char('\n'), QStringLiteral(", ")), when);
}

}  // namespace

HistoryDialog::HistoryDialog(RunModel* document, QWidget* parent) : QDialog(parent), document_(document) {
  setWindowTitle(tr("History"));
  auto* column = new QVBoxLayout(this);
  search_ = new QLineEdit(this);
  search_->setPlaceholderText(tr("Search names, photos, solvers, prompts, seeds, or star"));
  search_->setAccessibleName(tr("Search the history"));
  search_->setToolTip(tr("Runs that hold every word"));
  search_->setClearButtonEnabled(true);
  for (auto* clear : search_->findChildren<QToolButton*>()) clear->setAccessibleName(tr("Clear the search"));
  list_ = new QListWidget(this);
  list_->setAccessibleName(tr("Runs"));
  list_->setIconSize({kThumbnail, kThumbnail});
  list_->setUniformItemSizes(true);
  padRows(list_);
  list_->setSelectionMode(QListWidget::ExtendedSelection);
  hint_ = new EmptyHint(list_, {});
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  auto* actions = new FlowLayout;
  const auto add = [&](const QString& text, const QString& help) {
    auto* button = new QPushButton(text, this);
    actions->addWidget(button);
    button->setToolTip(help);
    button->setAutoDefault(false);
    return button;
  };
  back_ = add(tr("&Bring back"), tr("Photo, settings, mask and result as they were"));
  compare_ = add(tr("&Compare"), tr("Puts the selected runs on the page Compare. Ctrl or Shift selects several."));
  star_ = add(tr("&Star"), tr("Runs with a star are deleted last, and their curves stay beside those of other photos"));
  rename_ = add(tr("&Rename…"), tr("Give the run a name of your own"));
  remove_ = add(tr("&Delete…"), tr("Delete the run from the disk"));
  makePrimary(back_);
  column->addWidget(search_);
  column->addWidget(list_, 1);
  auto* row = new QHBoxLayout;
  row->addLayout(actions, 1);
  row->addWidget(buttons, 0, Qt::AlignBottom);
  column->addLayout(row);
  ensurePolished();
  star_->setText(tr("Un&star"));  // the longer of its two
  const auto margins = column->contentsMargins();
  const int in_one_row =
      actions->sizeHint().width() + row->spacing() + buttons->sizeHint().width() + margins.left() + margins.right();
  resize(sizeOnScreen(*this, kFirstSize.expandedTo({in_one_row, 0})));
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(search_, &QLineEdit::textChanged, this, &HistoryDialog::showRuns);
  connect(&document->pastRuns(), &PastRuns::changed, this, &HistoryDialog::showRuns);
  connect(list_, &QListWidget::currentRowChanged, this, &HistoryDialog::updateButtons);
  connect(list_, &QListWidget::itemActivated, this, &HistoryDialog::bringBack);
  connect(back_, &QPushButton::clicked, this, &HistoryDialog::bringBack);
  connect(compare_, &QPushButton::clicked, this, &HistoryDialog::compare);
  connect(list_, &QListWidget::itemSelectionChanged, this, &HistoryDialog::updateButtons);
  connect(star_, &QPushButton::clicked, this, &HistoryDialog::star);
  connect(rename_, &QPushButton::clicked, this, &HistoryDialog::rename);
  connect(remove_, &QPushButton::clicked, this, &HistoryDialog::remove);
  showRuns();
  new TabOrder(this);
}

void HistoryDialog::showRuns() {
  const int former = chosen();
  list_->clear();
  const auto& runs = document_->pastRuns().all();
  const auto wanted = search_->text().toStdString();
  for (int i = static_cast<int>(runs.size()) - 1; i >= 0; --i) {
    const auto title = titleOf(i);
    auto kept = keptRunFrom(runs[i]);
    const auto made = QString::fromStdString(kept.name);  // also as it was named when it was made
    kept.name = withEitherMark(QStringLiteral("%1 %2").arg(title, made)).toStdString();
    if (!matches(kept, wanted)) continue;
    auto* item = new QListWidgetItem(untintedIcon(runs[i].thumbnail), describe(runs[i], title), list_);
    item->setData(Qt::UserRole, i);
    item->setToolTip(item->text());
    if (i == former) list_->setCurrentItem(item);
  }
  hint_->setText(runs.empty() ? tr("No run is here. Every run is kept on the disk and can be brought back as it was.")
                              : tr("No run has every word of the search."));
  if (list_->currentRow() < 0) list_->setCurrentRow(0);
  updateButtons();
}

QString HistoryDialog::titleOf(int place) const {
  const auto& runs = document_->pastRuns().all();
  return document_->catalogue() != nullptr ? titleOfRun(*document_->catalogue(), runs, place) : runs.at(place).name;
}

int HistoryDialog::chosen() const {
  const auto* item = list_->currentItem();
  const int index = item != nullptr ? item->data(Qt::UserRole).toInt() : -1;
  return index < static_cast<int>(document_->pastRuns().all().size()) ? index : -1;
}

void HistoryDialog::updateButtons() {
  const int index = chosen();
  const auto selected = list_->selectedItems().size();
  for (auto* button : {back_, star_, rename_, remove_}) button->setEnabled(index >= 0 && selected == 1);
  compare_->setEnabled(selected > 0);
  const bool starred = index >= 0 && document_->pastRuns().all()[index].starred;
  star_->setText(starred ? tr("Un&star") : tr("&Star"));
}

void HistoryDialog::bringBack() {
  if (chosen() < 0) return;
  document_->bringBack(chosen());
  accept();
}

void HistoryDialog::compare() {
  QList<int> runs;
  for (const auto* item : list_->selectedItems()) runs << item->data(Qt::UserRole).toInt();
  std::sort(runs.begin(), runs.end());
  accept();
  document_->pastRuns().compare(runs);
}

void HistoryDialog::star() {
  const int index = chosen();
  if (index >= 0) document_->pastRuns().setStarred(index, !document_->pastRuns().all()[index].starred);
}

void HistoryDialog::rename() {
  const int index = chosen();
  if (index < 0) return;
  const auto name = QInputDialog::getText(this, tr("Rename run"), tr("Name"), QLineEdit::Normal, titleOf(index));
  document_->pastRuns().rename(index, name);
}

void HistoryDialog::remove() {
  const int index = chosen();
  if (index < 0) return;
  if (askYes(this, tr("Delete run"), tr("Delete the run “%1” and its picture?").arg(titleOf(index))))
    document_->pastRuns().remove(index);
}

}  // namespace p2l::ui
