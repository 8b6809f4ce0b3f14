// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/studio_log.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QComboBox>
#include <QLoggingCategory>
#include <QTimer>

#include "ui/canvas/image_canvas.h"
#include "ui/run/step_timeline.h"
#include "ui/task/degradation_panel.h"
#include "ui/window/main_window.h"

namespace p2l::app {
namespace {

Q_LOGGING_CATEGORY(runLog, "p2l.run", QtWarningMsg)
Q_LOGGING_CATEGORY(layoutLog, "p2l.layout", QtWarningMsg)

constexpr int kSettledMs = 200;

const char* nameOf(ui::RunBar::State state) {
  switch (state) {
    case ui::RunBar::State::Idle:
      return "idle";
    case ui::RunBar::State::Running:
      return "running";
    case ui::RunBar::State::Paused:
      return "paused";
    case ui::RunBar::State::Stopping:
      return "stopping";
  }
  return "";
}

}  // namespace

StudioLog::StudioLog(ui::MainWindow& window) : QObject(&window), window_(window) {
  const auto& widgets = window.widgets();
  connect(widgets.bar, &ui::RunBar::titleChanged, this, &StudioLog::showState);
  connect(widgets.timeline, &ui::StepTimeline::stepSelected, this,
          [](int step) { qCInfo(runLog, "shown step %d", step); });
  connect(window.document(), &ui::RunModel::resultReady, this, [](const ui::ResultPtr& result) {
    const auto& report = result->outcome.report;
    qCInfo(runLog, "result of %d steps, PSNR %.2f", static_cast<int>(report.steps.size()), report.metric("psnr"));
  });
  connect(window.document(), &ui::RunModel::problem, this,
          [](const QString& sentence) { qCInfo(runLog, "problem: %s", qPrintable(sentence)); });
  const auto showLayoutSoon = [this] { QTimer::singleShot(kSettledMs, this, &StudioLog::showLayout); };
  connect(widgets.degradation, &ui::DegradationPanel::changed, this, showLayoutSoon);  // other controls
  showLayoutSoon();
}

void StudioLog::stepFinished(quint64 run_id, const StepReport& report) {
  qCInfo(runLog, "run %llu step %d of %d", run_id, report.step, report.steps);
}

void StudioLog::showState() {
  const auto state = window_.widgets().bar->state();
  if (state == state_) return;
  state_ = state;
  qCInfo(runLog, "%s", nameOf(state));
  QTimer::singleShot(kSettledMs, this, &StudioLog::showLayout);  // messages come and go with runs
}

void StudioLog::showLayout() {
  if (!layoutLog().isInfoEnabled()) return;
  for (const auto* widget : window_.findChildren<QWidget*>()) {
    const bool control = qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QAbstractSlider*>(widget) ||
                         qobject_cast<const QComboBox*>(widget) || qobject_cast<const ui::ImageCanvas*>(widget);
    if (!control || !widget->isVisible() || widget->accessibleName().isEmpty()) continue;
    const auto corner = widget->mapToGlobal(QPoint(0, 0));
    qCInfo(layoutLog, "%s %s: %d %d %d %d", widget->metaObject()->className(), qPrintable(widget->accessibleName()),
           corner.x(), corner.y(), widget->width(), widget->height());
  }
}

}  // namespace p2l::app
