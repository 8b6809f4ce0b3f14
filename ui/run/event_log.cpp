// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/event_log.h"

#include <QTime>
#include <utility>

#include "ui/document/run_model.h"
#include "ui/language/numbers.h"

namespace p2l::ui {
namespace {

constexpr int kMostLines = 2000;
constexpr double kMargin = 10.0;

}  // namespace

EventLog::EventLog(RunModel* model, QWidget* parent) : QPlainTextEdit(parent) {
  setReadOnly(true);
  setMaximumBlockCount(kMostLines);
  setFrameShape(QFrame::NoFrame);
  document()->setDocumentMargin(kMargin);
  setTabChangesFocus(true);
  setAccessibleName(tr("Log"));
  setPlaceholderText(tr("What happens is written here."));
  connect(model, &RunModel::photoChanged, this, [this, model] {
    const auto& image = model->photo()->photo->image;
    say(tr("Opened %1, %2 × %3").arg(model->photo()->label).arg(image.width).arg(image.height));
  });
  connect(model, &RunModel::modelChanged, this, [this, model] {
    const auto& loaded = model->loaded();
    say(loaded.problem.isEmpty() ? tr("Model %1 is ready after %2 s")
                                       .arg(QString::fromStdString(loaded.info.name))
                                       .arg(loggedNumber(loaded.seconds, 1))
                                 : loaded.problem);
  });
  connect(model, &RunModel::runPrepared, this,
          [this, model] { say(tr("%1: %2 steps").arg(model->runLabel()).arg(model->runStart().steps)); });
  connect(model, &RunModel::resultReady, this, [this, model](const ResultPtr& result) {
    say(QStringLiteral("%1: %2").arg(model->runLabel(), summaryText(result->outcome, loggedNumber)));
  });
  connect(model, &RunModel::problem, this, &EventLog::say);
  // A run is offered to the history again with each number that is measured after it, and as soon as there may be room.
  connect(model, &RunModel::runRefused, this, [this](const QString& id, const QString& sentence) {
    if (std::exchange(refused_[id], sentence) != sentence) say(sentence);
  });
  connect(model, &RunModel::runKept, this, [this] { refused_.clear(); });
  connect(model, &RunModel::stepsRefused, this, &EventLog::say);
  connect(model, &RunModel::remarked, this, &EventLog::say);
}

void EventLog::say(const QString& text) {
  appendPlainText(QStringLiteral("%1  %2").arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")), text));
}

}  // namespace p2l::ui
