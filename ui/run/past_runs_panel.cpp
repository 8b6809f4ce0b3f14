// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/past_runs_panel.h"

#include <QPainter>

#include "ui/document/past_runs.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

constexpr int kThumbnail = 64;

QString valuesText(const ParamValues& values) {
  QStringList parts;
  for (const auto& [key, value] : values)
    parts << QStringLiteral("%1 = %2").arg(QString::fromStdString(key), QString::fromStdString(textFromValue(value)));
  return parts.join(QStringLiteral(", "));
}

}  // namespace

PastRunsPanel::PastRunsPanel(const PastRuns* runs, QWidget* parent) : QListWidget(parent), runs_(runs) {
  setAccessibleName(tr("Runs of this session"));
  setIconSize(QSize(kThumbnail, kThumbnail));
  setUniformItemSizes(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setTextElideMode(Qt::ElideRight);
  connect(runs, &PastRuns::changed, this, &PastRunsPanel::showRuns);
  const auto choose = [this](const QListWidgetItem* item) { emit chosen(item->data(Qt::UserRole).toInt()); };
  connect(this, &QListWidget::itemActivated, this, choose);
  if (!style()->styleHint(QStyle::SH_ItemView_ActivateItemOnSingleClick)) {
    connect(this, &QListWidget::itemClicked, this, choose);
  }
}

PastRunsPanel::PastRunsPanel(RunModel* model, QWidget* parent) : PastRunsPanel(&model->pastRuns(), parent) {
  connect(this, &PastRunsPanel::chosen, model, &RunModel::bringBack);
}

void PastRunsPanel::showRuns() {
  clear();
  const auto& runs = runs_->all();
  for (int i = static_cast<int>(runs.size()) - 1; i >= 0; --i) {
    const auto& run = runs[i];
    auto* item =
        new QListWidgetItem(QIcon(QPixmap::fromImage(run.thumbnail)), run.name + QLatin1Char('\n') + run.numbers, this);
    item->setData(Qt::UserRole, i);
    const auto& request = run.request;
    QStringList lines = {tr("%1, seed %2").arg(QString::fromStdString(request.degradation)).arg(request.seed),
                         valuesText(request.degradation_values), valuesText(request.solver_values),
                         valuesText(request.sampler_values)};
    lines << (run.result ? tr("Click: bring back picture, steps and settings.")
                         : tr("Click: bring back the settings. The picture was discarded to save memory."));
    item->setToolTip(lines.join(QLatin1Char('\n')));
  }
}

void PastRunsPanel::paintEvent(QPaintEvent* event) {
  QListWidget::paintEvent(event);
  if (count() > 0) return;
  QPainter painter(viewport());
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                   tr("Every run is kept here: a click brings it back."));
}

}  // namespace p2l::ui
