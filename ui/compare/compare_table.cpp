// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>
#include <cmath>

#include "core/api/metric_list.h"

namespace p2l::ui {
namespace {

QString numberText(double value, int decimals) {
  return std::isfinite(value) ? QString::number(value, 'f', decimals) : QStringLiteral("–");
}

/// The metrics that compare two pictures.
const std::vector<MetricSpec>& pictureMetrics() {
  static const std::vector<MetricSpec> metrics = [] {
    std::vector<MetricSpec> list;
    for (const auto& spec : metricList()) {
      if (!spec.of_set && !spec.of_run) list.push_back(spec);
    }
    return list;
  }();
  return metrics;
}

const std::vector<std::string> kFurther = {"residual", "steps", "seconds", "state"};

double residualOf(const CompareRun& run) {
  return run.result ? run.result->outcome.report.residual : run.last.residual;
}

double valueOf(const MetricSpec& spec, const CompareRun& run) {
  if (run.result) return run.result->outcome.report.metric(spec.key);
  return spec.key == "psnr" ? run.last.psnr : kUnknown;  // steps have that one alone
}

QString tipOf(const MetricSpec& spec) {
  auto tip = CompareTable::tr("%1 against the photo").arg(QString::fromStdString(spec.label));
  if (spec.better == MetricSpec::Better::Higher) tip += CompareTable::tr("; higher is better");
  if (spec.better == MetricSpec::Better::Lower) tip += CompareTable::tr("; lower is better");
  return tip;
}

QString stateText(const CompareRun& run) {
  switch (run.state) {
    case CompareRun::State::Waiting:
      return CompareTable::tr("waiting");
    case CompareRun::State::Running:
      return CompareTable::tr("running");
    case CompareRun::State::Done:
      return CompareTable::tr("done");
    case CompareRun::State::Stopped:
      return CompareTable::tr("stopped");
    case CompareRun::State::Failed:
      return run.problem;
  }
  return {};
}

}  // namespace

int CompareTable::columnOf(const std::string& key) {
  const auto& metrics = pictureMetrics();
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    if (metrics[i].key == key) return FirstMetric + static_cast<int>(i);
  }
  const auto found = std::find(kFurther.begin(), kFurther.end(), key);
  return FirstMetric + static_cast<int>(metrics.size()) + static_cast<int>(found - kFurther.begin());
}

CompareTable::CompareTable(QWidget* parent) : QTableWidget(parent) {
  setAccessibleName(tr("Numbers of the compared runs"));
  QStringList titles = {tr("Run")};
  for (const auto& spec : pictureMetrics()) titles << QString::fromStdString(spec.title());
  titles << tr("Residual") << tr("Steps") << tr("Seconds") << tr("State");
  setColumnCount(static_cast<int>(titles.size()));
  setHorizontalHeaderLabels(titles);
  for (const auto& spec : pictureMetrics()) {
    const int column = columnOf(spec.key);
    horizontalHeaderItem(column)->setToolTip(tipOf(spec));
    setColumnHidden(column, !spec.in_runs);
  }
  horizontalHeaderItem(columnOf("residual"))
      ->setToolTip(tr("‖y − A x‖; the goal is the noise level σ√m; lower fits the noise"));
  verticalHeader()->hide();
  setEditTriggers(NoEditTriggers);
  setSelectionBehavior(SelectRows);
  setSelectionMode(SingleSelection);
  setTabKeyNavigation(false);
  horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  horizontalHeader()->setSectionResizeMode(Name, QHeaderView::Stretch);
  horizontalHeader()->setHighlightSections(false);
}

void CompareTable::showRuns(const std::vector<CompareRun>& runs) {
  clearContents();
  setRowCount(static_cast<int>(runs.size()));
  for (int row = 0; row < rowCount(); ++row) {
    for (int column = 0; column < columnCount(); ++column) {
      auto* item = new QTableWidgetItem;
      if (column != Name && column != columnOf("state")) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      setItem(row, column, item);
    }
    showRun(runs, row);
  }
}

void CompareTable::showRun(const std::vector<CompareRun>& runs, int index) {
  const auto& run = runs[index];
  const int done = run.last.step;
  const double seconds = run.result ? run.result->outcome.report.seconds : kUnknown;
  item(index, Name)->setText(run.label);
  item(index, Name)->setToolTip(run.label);
  for (const auto& spec : pictureMetrics())
    item(index, columnOf(spec.key))->setText(numberText(valueOf(spec, run), spec.digits));
  item(index, columnOf("residual"))->setText(numberText(residualOf(run), 2));
  item(index, columnOf("steps"))
      ->setText(done == run.steps ? QString::number(done) : tr("%1 of %2").arg(done).arg(run.steps));
  item(index, columnOf("seconds"))->setText(numberText(seconds, 1));
  item(index, columnOf("state"))->setText(stateText(run));
  item(index, columnOf("state"))->setToolTip(run.problem);
  markBest(runs);
}

void CompareTable::markBest(const std::vector<CompareRun>& runs) {
  for (const auto& spec : pictureMetrics()) {
    const bool less_is_better = spec.better == MetricSpec::Better::Lower;
    const int column = columnOf(spec.key);
    double best = less_is_better ? HUGE_VAL : -HUGE_VAL;
    int finished = 0;
    for (const auto& run : runs) {
      if (!run.result || !std::isfinite(valueOf(spec, run))) continue;
      ++finished;
      best = less_is_better ? std::min(best, valueOf(spec, run)) : std::max(best, valueOf(spec, run));
    }
    if (!spec.in_runs)
      setColumnHidden(column, finished == 0);  // there are no weights for it, or the pictures are small
    for (int row = 0; row < rowCount(); ++row) {
      auto font = this->font();
      font.setBold(finished > 1 && runs[row].result && valueOf(spec, runs[row]) == best);
      if (item(row, column)) item(row, column)->setFont(font);
    }
  }
}

QString CompareTable::text() const {
  QStringList lines;
  for (int row = -1; row < rowCount(); ++row) {
    QStringList cells;
    for (int column = 0; column < columnCount(); ++column)
      if (!isColumnHidden(column))
        cells << (row < 0 ? horizontalHeaderItem(column)->text() : item(row, column)->text());
    lines << cells.join(QLatin1Char('\t'));
  }
  return lines.join(QLatin1Char('\n'));
}

void CompareTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) return QGuiApplication::clipboard()->setText(text());
  QTableWidget::keyPressEvent(event);
}

}  // namespace p2l::ui
