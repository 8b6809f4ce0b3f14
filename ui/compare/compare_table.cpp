// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QResizeEvent>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/style/icons.h"

namespace p2l::ui {
namespace {

constexpr int kKey = Qt::UserRole, kNumber = Qt::UserRole + 1, kPlace = Qt::UserRole + 2, kBare = Qt::UserRole + 3,
              kTip = Qt::UserRole + 4;
constexpr int kRefreshMs = 100, kNameWidth = 88, kNiceName = 160, kRowHeight = 26, kPad = 4;
/// What is shown beside the names where there is no room for all; tables that are copied keep their order.
constexpr const char* kFirst[] = {
    "psnr",     "ssim",  "psnr_reference", "ssim_reference", "lpips_alex", "lpips_reference",
    "residual", "steps", "seconds",        "memory"};

/// Whether the column is of two pictures, in every comparison.
bool isOfPictures(const std::string& column) {
  return column == "psnr" || column == "ssim" || column == "psnr_reference" || column == "ssim_reference";
}

/// Whether the column tells of ‖y − A x‖, which is nothing where measured pixels are kept.
bool isOfResidual(const std::string& column) {
  return column == "residual" || column == "relative_residual";
}

/// Sorts by its number; what is not known goes last in both directions.
class NumberItem : public QTableWidgetItem {
 public:
  bool operator<(const QTableWidgetItem& other) const override {
    const double one = data(kNumber).toDouble(), two = other.data(kNumber).toDouble();
    if (std::isnan(one) == std::isnan(two)) return one < two;
    const bool down = tableWidget()->horizontalHeader()->sortIndicatorOrder() == Qt::DescendingOrder;
    return std::isnan(one) == down;  // the largest are first then
  }
};

/// Where a name has no room, what is noted after it, ", of other settings", is shortened first: "K = 0" tells rows
/// apart.
class NameDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    const auto bare = index.data(kBare).toString();
    if (bare.isEmpty() || option->rect.isEmpty() || option->widget == nullptr) return;  // it asks how wide it would be
    const auto* style = option->widget->style();
    const int edge = style->pixelMetric(QStyle::PM_FocusFrameHMargin, option, option->widget) + 1;
    const int room = style->subElementRect(QStyle::SE_ItemViewItemText, option, option->widget).width() - 2 * edge;
    const auto wide = [option](const QString& text) { return option->fontMetrics.horizontalAdvance(text); };
    if (wide(option->text) <= room) return;
    if (wide(bare + QChar(0x2026)) <= room)
      option->textElideMode = Qt::ElideRight;
    else
      option->text = bare;
  }
};

QString tipOf(const ComparisonColumn& column) {
  if (column.key == "residual") return CompareTable::tr("‖y − A x‖; the goal is the noise level σ√m");
  if (column.key == "relative_residual")
    return CompareTable::tr("‖y − A x‖ / (σ√m): 1 fits y as closely as its noise; less fits the noise");
  if (column.key == "evaluations") return CompareTable::tr("Evaluations of the noise network");
  if (column.key == "seconds") return CompareTable::tr("Seconds of the solver, without loading and pauses");
  if (column.key == "memory") return CompareTable::tr("Peak memory as planned, MiB");
  if (column.key.ends_with("_reference"))
    return QStringLiteral("%1\n%2").arg(
        catalogueText(column.title),
        CompareTable::tr("Against the chosen reference, of results that no truth is known of"));
  if (column.key.starts_with("spread_") || column.key.starts_with("error_"))
    return CompareTable::tr(
        "Calibration of a mean of seeds, in grey levels: where the seeds tell how sure they are, the error is as large "
        "as the spread");
  auto tip = catalogueText(column.title);
  if (column.better == MetricSpec::Better::Higher) tip += CompareTable::tr("; higher is better");
  if (column.better == MetricSpec::Better::Lower) tip += CompareTable::tr("; lower is better");
  return tip;
}

/// What does not stand in it is in the tip.
QString shortTitle(const ComparisonColumn& column) {
  if (column.key == "seconds") return QStringLiteral("s");
  const auto title = catalogueText(column.title);
  if (column.key.ends_with("_reference"))
    return CompareTable::tr("%1 vs ref.").arg(title.section(QLatin1Char(' '), 0, 0));
  const bool shorter = column.key == "psnr" || column.key == "lpips_alex";
  return shorter ? title.section(QStringLiteral(" ("), 0, 0) : title;
}

}  // namespace

QString CompareTable::boundHelp() {
  return tr(
      "The true picture encoded and decoded, D(E(x)): it bounds latent solvers that do not end on the data. Runs "
      "with “End on the data” above 0 can pass it.");
}

int CompareTable::columnOf(const std::string& key) {
  const auto& columns = comparisonColumns();
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& each) { return each.key == key; });
  return 1 + static_cast<int>(found - columns.begin());
}

CompareTable::CompareTable(CompareSession* session, QWidget* parent) : QTableWidget(parent), session_(session) {
  setAccessibleName(tr("Numbers of the compared runs"));
  QStringList titles = {tr("Run")};
  for (const auto& column : comparisonColumns()) titles << shortTitle(column);
  setColumnCount(static_cast<int>(titles.size()));
  setHorizontalHeaderLabels(titles);
  for (std::size_t i = 0; i < comparisonColumns().size(); ++i) {
    const auto& column = comparisonColumns()[i];
    auto* head = horizontalHeaderItem(static_cast<int>(i) + 1);
    head->setToolTip(tipOf(column));
    if (column.better == MetricSpec::Better::Higher || isOfPictures(column.key))  // a first click has the best on top
      head->setData(Qt::InitialSortOrderRole, Qt::DescendingOrder);
  }
  int place = kName;
  for (const char* key : kFirst)
    if (columnOf(key) < columnCount())
      horizontalHeader()->moveSection(horizontalHeader()->visualIndex(columnOf(key)), ++place);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(kRowHeight);
  setFrameShape(NoFrame);
  setShowGrid(false);
  setAlternatingRowColors(true);
  setEditTriggers(NoEditTriggers);
  setSelectionBehavior(SelectRows);
  setSelectionMode(SingleSelection);
  setTabKeyNavigation(false);
  setWordWrap(false);
  setHorizontalScrollMode(ScrollPerPixel);
  setSortingEnabled(true);
  setTextElideMode(Qt::ElideMiddle);  // names differ at their ends, and are whole in their tips
  setItemDelegateForColumn(kName, new NameDelegate(this));
  horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);  // fitColumns()
  horizontalHeader()->setSectionResizeMode(kName, QHeaderView::Interactive);
  horizontalHeader()->setMinimumSectionSize(1);
  horizontalHeader()->resizeSection(kName, kNameWidth);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);  // as they were added
  horizontalHeader()->setSortIndicatorClearable(true);
  connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &CompareTable::fitColumns);
  connect(session, &CompareSession::listChanged, this, &CompareTable::refresh);
  connect(session, &CompareSession::entryChanged, this, &CompareTable::refreshSoon);
  connect(session, &CompareSession::stepped, this, &CompareTable::refreshSoon);
  connect(session, &CompareSession::referencesChanged, this, &CompareTable::refreshSoon);
  refresh();
}

void CompareTable::refreshSoon() {
  if (!std::exchange(pending_, true)) QTimer::singleShot(kRefreshMs, this, &CompareTable::refresh);
}

QString CompareTable::stateOf(quint64 key) const {
  const int index = session_->indexOf(key);
  if (index < 0) return {};
  const auto& entry = session_->entries()[index];
  switch (entry.state) {
    case CompareEntry::State::New:
      return tr("not run yet");
    case CompareEntry::State::Waiting:
      return tr("waiting");
    case CompareEntry::State::Running:
      return tr("running, step %1 of %2").arg(entry.last.step).arg(entry.steps);
    case CompareEntry::State::Done:
      return entry.problem.isEmpty() ? tr("done") : entry.problem;
    case CompareEntry::State::Stopped:
      return tr("stopped");
    case CompareEntry::State::Failed:
      return entry.problem;
  }
  return {};
}

QString CompareTable::whyUnknown(quint64 key) const {
  const int index = session_->indexOf(key);
  if (index < 0 || !session_->entries()[index].result) return {};
  QStringList reasons;
  const auto& problem = session_->entries()[index].problem;
  if (!problem.isEmpty()) reasons << problem;
  const auto found = from_reference_.find(key);
  if (found != from_reference_.end() && !found->second.problem.isEmpty()) reasons << found->second.problem;
  if (reasons.isEmpty()) reasons << tr("No truth is known: it is measured against the reference that you choose.");
  return reasons.join(QLatin1Char('\n'));
}

void CompareTable::setFromReference(std::map<quint64, FromReference> numbers) {
  from_reference_ = std::move(numbers);
  refreshSoon();
}

void CompareTable::refresh() {
  pending_ = false;
  const auto chosen = chosenKey();
  keys_.clear();
  QStringList names;
  rows_ = session_->rows(&keys_, &names);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    auto& row = rows_[i];
    if (const auto found = from_reference_.find(keys_[i]); found != from_reference_.end()) {
      row.report.metrics["psnr_reference"] = found->second.psnr;
      row.report.metrics["ssim_reference"] = found->second.ssim;
      row.report.metrics["lpips_reference"] = found->second.lpips;
    }
    if (!row.former) continue;
    row.label += ", of other settings";
    names[static_cast<int>(i)] = tr("%1, of other settings").arg(names[static_cast<int>(i)]);
  }
  const auto& columns = comparisonColumns();
  setSortingEnabled(false);
  clearContents();
  setRowCount(static_cast<int>(rows_.size()));
  for (int row = 0; row < rowCount(); ++row) {
    const auto key = QVariant::fromValue(keys_[row]);
    const int index = session_->indexOf(keys_[row]);  // none of a reference
    auto* name = new QTableWidgetItem(names[row]);
    if (index >= 0) name->setData(kBare, session_->entries()[index].shownLabel());
    name->setData(kKey, key);
    name->setData(kPlace, row);
    if (rows_[row].former) name->setIcon(glyphIcon(Glyph::Former, QPalette::WindowText));  // a long name is cut
    const bool bound = rows_[row].kind == ComparedRow::Kind::Bound;
    name->setData(kTip,
                  QStringLiteral("%1\n%2").arg(name->text(), bound ? boundHelp() : stateOf(keys_[row])).trimmed());
    setItem(row, kName, name);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto* item = new NumberItem;
      const double number = comparedNumber(rows_[row], columns[i].key);
      const bool kept = isOfResidual(columns[i].key) && !std::isnan(number) && keepsMeasured(rows_[row].report);
      item->setText(std::isnan(number) || kept ? QStringLiteral("–")
                                               : localNumbers(comparedText(rows_[row], columns[i])));
      item->setData(kNumber, number);
      if (std::isnan(number) && isOfPictures(columns[i].key)) item->setToolTip(whyUnknown(keys_[row]));
      if (kept) item->setToolTip(residualText(rows_[row].report, columns[i].digits, /*goal=*/false));
      item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      auto font = this->font();
      font.setBold(isBest(rows_, row, columns[i]));
      item->setFont(font);
      setItem(row, static_cast<int>(i) + 1, item);
    }
    if (rows_[row].kind == ComparedRow::Kind::Run || rows_[row].kind == ComparedRow::Kind::Picture) continue;
    for (int column = 0; column < columnCount(); ++column)
      item(row, column)->setForeground(palette().color(QPalette::PlaceholderText));
  }
  setSortingEnabled(true);
  horizontalHeader()->setVisible(rowCount() > 0);
  // No higher than its rows: the room below is the curves'.
  const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
  setMaximumHeight(horizontalHeader()->sizeHint().height() + rowCount() * kRowHeight + bar + 2 * frameWidth() + 2);
  fitColumns();
  if (chosen != 0 && rowOf(chosen) >= 0) selectRow(rowOf(chosen));
  emit refreshed();
}

bool CompareTable::isKnown(const std::string& column) const {
  return std::any_of(rows_.begin(), rows_.end(),
                     [&](const auto& row) { return !std::isnan(comparedNumber(row, column)); });
}

void CompareTable::fitColumns() {
  const auto* head = horizontalHeader();
  const bool awaits_truth = session_->references().truth_known;  // its number follows
  widths_.assign(static_cast<std::size_t>(columnCount()), 0);
  const int edge = style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, head);
  const int of_item = style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1;
  for (int column = kName + 1; column < columnCount(); ++column) {
    const auto& key = comparisonColumns()[static_cast<std::size_t>(column) - 1].key;
    if (!isKnown(key) && !(key == "psnr" && awaits_truth)) continue;
    const auto title = horizontalHeaderItem(column)->text();
    int wide = head->fontMetrics().horizontalAdvance(title) + 2 * edge;
    if (title.contains(QLatin1Char(' '))) wide += 2 * kPad;  // several words end where a wider gap is
    if (head->sortIndicatorSection() == column) wide += head->fontMetrics().height() + edge;  // its arrow
    for (int row = 0; row < rowCount(); ++row) {
      const auto* cell = item(row, column);
      if (cell == nullptr) continue;
      wide = std::max(wide, QFontMetrics(cell->font()).horizontalAdvance(cell->text()) + 2 * of_item + kPad);
    }
    widths_[static_cast<std::size_t>(column)] = wide;
  }
  fitWidth();
}

void CompareTable::fitWidth() {
  if (widths_.empty()) return;  // before the first refresh
  const auto widthOf = [this](int column) { return widths_[static_cast<std::size_t>(column)]; };
  const int sorted = std::max(kName, horizontalHeader()->sortIndicatorSection());
  const int whole = std::max(kNameWidth, sizeHintForColumn(kName));
  int numbers = widthOf(sorted);
  bool is_full = false;
  std::vector<int> left_out;
  for (int place = kName + 1; place < columnCount(); ++place) {
    const int column = horizontalHeader()->logicalIndex(place), wide = widthOf(column);
    const bool is_first = place <= static_cast<int>(std::size(kFirst));
    const int names = is_first ? kNameWidth : std::min(whole, kNiceName);
    is_full = is_full || (wide > 0 && column != sorted && names + numbers + wide > viewport()->width());
    const bool shown = wide > 0 && (column == sorted || !is_full);
    setColumnHidden(column, !shown);
    if (shown) setColumnWidth(column, wide);
    if (shown && column != sorted) numbers += wide;
    if (!shown && wide > 0) left_out.push_back(column);
  }
  setColumnWidth(kName, std::clamp(viewport()->width() - numbers, kNameWidth, whole));
  tellLeftOut(left_out);
}

void CompareTable::tellLeftOut(const std::vector<int>& columns) {
  QStringList titles;
  for (const int column : columns)
    titles << catalogueText(comparisonColumns()[static_cast<std::size_t>(column) - 1].title);
  horizontalHeaderItem(kName)->setToolTip(
      titles.isEmpty() ? QString()
                       : tr("In the tips of the names, for lack of room: %1").arg(titles.join(QStringLiteral("; "))));
  for (int row = 0; row < rowCount(); ++row) {
    auto* name = item(row, kName);
    if (name == nullptr) return;  // it is being filled
    QStringList tip(name->data(kTip).toString());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto* number = item(row, columns[i]);
      const bool is_known = number != nullptr && !std::isnan(number->data(kNumber).toDouble());
      if (is_known) tip << QStringLiteral("%1: %2").arg(titles[static_cast<qsizetype>(i)], number->text());
    }
    name->setToolTip(tip.join(QLatin1Char('\n')));
  }
}

void CompareTable::resizeEvent(QResizeEvent* event) {
  QTableWidget::resizeEvent(event);
  if (event->size().width() != event->oldSize().width()) fitWidth();  // and not for a scroll bar below
}

int CompareTable::rowOf(quint64 key) const {
  for (int row = 0; row < rowCount(); ++row) {
    if (item(row, kName)->data(kKey).toULongLong() == key) return row;
  }
  return -1;
}

quint64 CompareTable::chosenKey() const {
  const auto chosen = selectedItems();
  return chosen.isEmpty() ? 0 : item(chosen.first()->row(), kName)->data(kKey).toULongLong();
}

std::vector<ComparedRow> CompareTable::shownRows() const {
  std::vector<ComparedRow> rows;
  for (int row = 0; row < rowCount(); ++row) rows.push_back(rows_.at(item(row, kName)->data(kPlace).toInt()));
  return rows;
}

QString CompareTable::text(TableFormat format) const {
  return QString::fromStdString(comparisonTable(shownRows(), format));
}

void CompareTable::copy(TableFormat format) const {
  QGuiApplication::clipboard()->setText(text(format));
}

QString CompareTable::html() const {
  QString text = QStringLiteral("<table>\n");
  const auto* head = horizontalHeader();
  for (int row = -1; row < rowCount(); ++row) {
    text += QStringLiteral("<tr>");
    for (int place = 0; place < columnCount(); ++place) {
      const int column = head->logicalIndex(place);
      if (column != kName && widths_[static_cast<std::size_t>(column)] == 0) continue;
      const auto* shown = row < 0 ? horizontalHeaderItem(column) : item(row, column);
      const auto* element = row < 0 ? "<th>%1</th>" : shown->font().bold() ? "<td><b>%1</b></td>" : "<td>%1</td>";
      text += QLatin1String(element).arg(shown->text().toHtmlEscaped());
    }
    text += QStringLiteral("</tr>\n");
  }
  return text + QStringLiteral("</table>\n");
}

void CompareTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) return copy(TableFormat::Tsv);
  QTableWidget::keyPressEvent(event);
}

}  // namespace p2l::ui
