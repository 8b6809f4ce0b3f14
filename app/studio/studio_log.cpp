// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/studio_log.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QLoggingCategory>
#include <QMenu>
#include <QTabBar>
#include <algorithm>
#include <utility>

#include "ui/base/run_keeper.h"
#include "ui/run/step_timeline.h"
#include "ui/window/main_window.h"

namespace p2l::app {
namespace {

Q_LOGGING_CATEGORY(runLog, "p2l.run", QtWarningMsg)
Q_LOGGING_CATEGORY(layoutLog, "p2l.layout", QtWarningMsg)

constexpr int kLayoutMs = 250, kMostRows = 200;

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

QString lineOf(const QString& name, const QWidget& on, const QRect& place) {
  const QRect screen(on.mapToGlobal(place.topLeft()), place.size());
  auto plain = name;
  return QStringLiteral("%1: %2 %3 %4 %5")
      .arg(plain.replace(QLatin1Char('\n'), QLatin1Char(' ')))
      .arg(screen.x())
      .arg(screen.y())
      .arg(screen.width())
      .arg(screen.height());
}

QString nameOf(const QWidget& widget) {
  const auto name = widget.accessibleName();
  if (!name.isEmpty()) return name;
  if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
    return button->text().remove(QLatin1Char('&'));
  const auto* label = qobject_cast<const QLabel*>(&widget);
  return label != nullptr && !label->objectName().isEmpty() ? label->objectName() + QLatin1Char(' ') + label->text()
                                                            : QString();
}

/// Where a control is, and the entries of a menu or a list. Of labels that have a name, also what they say.
void note(const QWidget& widget, QStringList& layout) {
  const auto name = nameOf(widget);
  if (!name.isEmpty())
    layout << lineOf(QStringLiteral("%1 %2").arg(QLatin1String(widget.metaObject()->className()), name), widget,
                     widget.rect());
  if (const auto* menu = qobject_cast<const QMenu*>(&widget)) {
    for (auto* action : menu->actions()) {
      auto text = action->text();
      if (!text.isEmpty())
        layout << lineOf(QStringLiteral("QAction ") + text.remove(QLatin1Char('&')), widget,
                         menu->actionGeometry(action));
    }
  }
  if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) {
    for (int i = 0; i < tabs->count(); ++i)
      layout << lineOf(QStringLiteral("tab ") + tabs->tabText(i), widget, tabs->tabRect(i));
  }
  const auto* list = qobject_cast<const QListView*>(&widget);
  if (list == nullptr || list->model() == nullptr) return;
  for (int i = 0; i < std::min(kMostRows, list->model()->rowCount(list->rootIndex())); ++i) {
    const auto index = list->model()->index(i, list->modelColumn(), list->rootIndex());
    layout << lineOf(QStringLiteral("row ") + index.data().toString(), *list->viewport(), list->visualRect(index));
  }
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
  if (const auto* history = window.document()->history()) {
    connect(history, &ui::RunKeeper::kept, this, [](const QString& id) { qCInfo(runLog, "kept %s", qPrintable(id)); });
  }
  connect(window.document(), &ui::RunModel::endingChanged, this,
          [document = window.document()] { qCInfo(runLog, "ending %d", static_cast<int>(document->ending())); });
  connect(window.document(), &ui::RunModel::problem, this,
          [](const QString& sentence) { qCInfo(runLog, "problem: %s", qPrintable(sentence)); });
  connect(window.document(), &ui::RunModel::runRefused, this,
          [](const QString&, const QString& sentence) { qCInfo(runLog, "problem: %s", qPrintable(sentence)); });
  connect(window.document(), &ui::RunModel::stepsRefused, this,
          [](const QString& sentence) { qCInfo(runLog, "problem: %s", qPrintable(sentence)); });
  if (!layoutLog().isInfoEnabled()) return;
  connect(&layout_timer_, &QTimer::timeout, this, &StudioLog::showLayout);
  layout_timer_.start(kLayoutMs);
}

void StudioLog::stepFinished(quint64 run_id, const StepReport& report) {
  qCInfo(runLog, "run %llu step %d of %d", run_id, report.step, report.steps);
}

void StudioLog::showState() {
  const auto state = window_.widgets().bar->state();
  if (state == state_) return;
  state_ = state;
  qCInfo(runLog, "%s", nameOf(state));
}

void StudioLog::showLayout() {
  QStringList layout;
  for (const auto* top : QApplication::topLevelWidgets()) {
    if (!top->isVisible()) continue;
    note(*top, layout);
    for (const auto* widget : top->findChildren<QWidget*>()) {
      if (widget->isVisible() && widget->window() == top) note(*widget, layout);
    }
  }
  if (std::exchange(layout_, layout) == layout) return;
  qCInfo(layoutLog, "begin");
  for (const auto& line : layout) qCInfo(layoutLog, "%s", qPrintable(line));
  qCInfo(layoutLog, "end");
}

}  // namespace p2l::app
