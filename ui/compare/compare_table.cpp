// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <cmath>

namespace p2l::ui {
namespace {

QString numberText(double value, int decimals) {
  return std::isfinite(value) ? QString::number(value, 'f', decimals) : QStringLiteral("–");
}

double psnrOf(const CompareRun& run) {
  return run.result ? run.result->outcome.report.psnr : run.last.psnr;
}

double residualOf(const CompareRun& run) {
  return run.result ? run.result->outcome.report.residual : run.last.residual;
}

double ssimOf(const CompareRun& run) {
  return run.result ? run.result->outcome.report.ssim : kUnknown;
}

double lpipsAlexOf(const CompareRun& run) {
  return run.result ? run.result->outcome.report.lpips_alex : kUnknown;
}

double lpipsVggOf(const CompareRun& run) {
  return run.result ? run.result->outcome.report.lpips_vgg : kUnknown;
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

CompareTable::CompareTable(QWidget* parent) : QTableWidget(parent) {
  setAccessibleName(tr("Numbers of the compared runs"));
  setColumnCount(State + 1);
  setHorizontalHeaderLabels({tr("Run"), tr("PSNR, dB"), tr("SSIM"), tr("LPIPS Alex"), tr("LPIPS VGG"), tr("Residual"),
                             tr("Steps"), tr("Seconds"), tr("State")});
  horizontalHeaderItem(Psnr)->setToolTip(tr("Against the photo: 10 log₁₀ (1 / mean squared error); higher is better"));
  horizontalHeaderItem(Ssim)->setToolTip(tr("Structural similarity with the photo, 0 to 1; higher is better"));
  for (const auto column : {LpipsAlex, LpipsVgg}) {
    horizontalHeaderItem(column)->setToolTip(tr("Perceptual distance from the photo by a network; lower is better"));
    setColumnHidden(column, true);
  }
  horizontalHeaderItem(Residual)->setToolTip(tr("‖y − A x‖; the goal is the noise level σ√m; lower fits the noise"));
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
      if (column != Name && column != State) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
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
  item(index, Psnr)->setText(numberText(psnrOf(run), 2));
  item(index, Ssim)->setText(numberText(ssimOf(run), 3));
  item(index, LpipsAlex)->setText(numberText(lpipsAlexOf(run), 3));
  item(index, LpipsVgg)->setText(numberText(lpipsVggOf(run), 3));
  item(index, Residual)->setText(numberText(residualOf(run), 2));
  item(index, Steps)->setText(done == run.steps ? QString::number(done) : tr("%1 of %2").arg(done).arg(run.steps));
  item(index, Seconds)->setText(numberText(seconds, 1));
  item(index, State)->setText(stateText(run));
  item(index, State)->setToolTip(run.problem);
  markBest(runs);
}

void CompareTable::markBest(const std::vector<CompareRun>& runs) {
  struct Ranked {
    Column column;
    double (*value)(const CompareRun&);
    bool less_is_better;
  };
  for (const auto& [column, value, less_is_better] : {Ranked{Psnr, &psnrOf, false},
                                                      {Ssim, &ssimOf, false},
                                                      {LpipsAlex, &lpipsAlexOf, true},
                                                      {LpipsVgg, &lpipsVggOf, true}}) {
    double best = less_is_better ? HUGE_VAL : -HUGE_VAL;
    int finished = 0;
    for (const auto& run : runs) {
      if (!run.result || !std::isfinite(value(run))) continue;
      ++finished;
      best = less_is_better ? std::min(best, value(run)) : std::max(best, value(run));
    }
    if (less_is_better) setColumnHidden(column, finished == 0);  // there are no weights for it
    for (int row = 0; row < rowCount(); ++row) {
      auto font = this->font();
      font.setBold(finished > 1 && runs[row].result && value(runs[row]) == best);
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
