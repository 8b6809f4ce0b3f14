// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_run_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>
#include <algorithm>

#include "core/request/memory_plan.h"
#include "core/request/time_plan.h"
#include "ui/compare/compare_session.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/run/run_status.h"
#include "ui/style/icons.h"
#include "ui/style/studio_style.h"

namespace p2l::ui {
namespace {

constexpr int kSoonMs = 100, kTickMs = 500;
constexpr double kLong = 60.0;  // seconds

}  // namespace

CompareRunBar::CompareRunBar(CompareSession* session, QWidget* parent) : QWidget(parent), session_(session) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  status_ = new RunStatus(this);
  status_->setAccessibleName(tr("Progress of the comparison"));
  status_->setToolTip(
      tr("Before it begins: how many runs, how long and how much memory all take. Then: the run, its "
         "step, the time left for all, the time elapsed, and seconds per step"));
  row->addWidget(status_, 1);
  run_ = addAction(tr("Run all"), tr("Run all that is not done yet"), Qt::Key_F5, static_cast<int>(Glyph::Play));
  pause_ = addAction(tr("Pause"), tr("Pause or resume"), Qt::Key_F6, static_cast<int>(Glyph::Pause));
  pause_->setCheckable(true);
  stop_ =
      addAction(tr("Stop"), tr("Stop the comparison and keep what is done"), Qt::Key_F7, static_cast<int>(Glyph::Stop));
  soon_.setSingleShot(true);
  soon_.setInterval(kSoonMs);
  connect(&soon_, &QTimer::timeout, this, &CompareRunBar::showState);
  tick_.setInterval(kTickMs);
  connect(&tick_, &QTimer::timeout, this, &CompareRunBar::showState);
  connect(session, &CompareSession::runningChanged, this, [this](bool running) {
    if (running) clock_.start();
    running ? tick_.start() : tick_.stop();
  });
  connect(run_, &QAction::triggered, this, [this] {
    const auto sentence = session_->start();
    if (!sentence.isEmpty()) emit failed(sentence);
  });
  connect(pause_, &QAction::triggered, this, [this](bool paused) {
    session_->setPaused(paused);
    showState();
  });
  connect(stop_, &QAction::triggered, session, &CompareSession::stop);
  connect(session, &CompareSession::runningChanged, this, &CompareRunBar::showState);
  connect(session, &CompareSession::listChanged, this, &CompareRunBar::showState);
  connect(session, &CompareSession::forecastChanged, this, &CompareRunBar::showSoon);
  connect(session, &CompareSession::stepped, this, &CompareRunBar::showSoon);
  connect(session, &CompareSession::entryChanged, this, &CompareRunBar::showSoon);
  connect(session, &CompareSession::referencesChanged, this, &CompareRunBar::showSoon);
  connect(session, &CompareSession::measuringChanged, this, &CompareRunBar::showState);
  showState();
}

QAction* CompareRunBar::addAction(const QString& text, const QString& help, int key, int glyph) {
  auto* action = new QAction(text, this);
  action->setIcon(
      glyphIcon(static_cast<Glyph>(glyph), key == Qt::Key_F5 ? QPalette::HighlightedText : QPalette::ButtonText));
  action->setShortcut(QKeySequence(key));
  action->setToolTip(QStringLiteral("%1 (%2)").arg(help, action->shortcut().toString(QKeySequence::NativeText)));
  auto* button = new QToolButton(this);
  button->setDefaultAction(action);
  button->setAccessibleName(text);
  button->setFocusPolicy(Qt::StrongFocus);
  button->setToolButtonStyle(key == Qt::Key_F5 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
  if (key == Qt::Key_F5) setLook(button, Look::Primary);
  layout()->addWidget(button);
  return action;
}

void CompareRunBar::setInUse(bool in_use) {
  setVisible(in_use);
  for (auto* action : {run_, pause_, stop_}) action->setVisible(in_use);
}

QString CompareRunBar::text() const {
  return status_->format();
}

QString CompareRunBar::titlePart() const {
  if (!session_->isRunning()) return {};
  const double left = session_->isLeftLonger() ? kUnknown : session_->secondsLeft();
  return RunStatus::titlePart(static_cast<int>(100 * session_->share()), left, session_->isPaused());
}

void CompareRunBar::showSoon() {
  if (!soon_.isActive()) soon_.start();
}

void CompareRunBar::showState() {
  const bool running = session_->isRunning();
  clock_.setPaused(session_->isPaused());
  run_->setEnabled(!running && (session_->dueCount() > 0 || session_->areReferencesDue()));
  pause_->setEnabled(running);
  pause_->setChecked(session_->isPaused());
  stop_->setEnabled(session_->canStop());
  constexpr int kParts = 1000;
  status_->setRange(0, kParts);
  status_->setValue(running ? static_cast<int>(kParts * session_->share()) : 0);
  status_->setWarning(!running && session_->dueSeconds() > kLong);
  running ? showTimes() : status_->setFormat(dueText());
  emit titleChanged();
}

void CompareRunBar::showTimes() {
  QStringList parts;
  QString narrow;
  const int current = session_->current();
  if (current < 0) {
    parts << tr("Preparing…");
  } else {
    const auto& entry = session_->entries()[current];
    const auto label =
        status_->fontMetrics().elidedText(entry.shownLabel(), Qt::ElideRight, std::max(60, status_->width() / 3));
    const bool made = entry.steps > 0 && entry.last.step == entry.steps;
    parts << (made ? tr("%1: measuring").arg(label)
                   : tr("%1: step %2 of %3").arg(label).arg(entry.last.step).arg(entry.steps));
    if (!made) narrow = QStringLiteral("%1/%2").arg(entry.last.step).arg(entry.steps);
  }
  if (session_->isPaused()) parts << tr("paused");
  status_->showTimes(
      parts,
      {session_->secondsLeft(), clock_.seconds(), session_->secondsPerStep(), /*longer=*/session_->isLeftLonger()},
      narrow);
}

QString CompareRunBar::dueText() const {
  const int due = session_->dueCount(), files = session_->dueFiles();
  const int runs = static_cast<int>(session_->runsToMake().size());
  QStringList parts;
  if (due > 0) {
    if (runs > 0) parts << (runs == 1 ? tr("1 run") : tr("%1 runs").arg(runs));
    if (files > 0) parts << (files == 1 ? tr("1 file") : tr("%1 files").arg(files));
    if (parts.isEmpty()) parts << tr("Equal runs, done already: %1").arg(due);
  } else if (session_->areReferencesDue()) {
    if (session_->isPlainDue()) parts << tr("Baseline");
    if (session_->isBoundDue()) parts << tr("Autoencoder's bound");
  } else if (session_->measuredNow().isEmpty()) {
    parts << (session_->entries().empty() ? tr("Nothing to run yet") : tr("Done"));
  }
  if (const double seconds = session_->dueSeconds(); seconds > 0.0) {
    const auto time = catalogueText(textFromTime({seconds, false}));
    parts << (session_->isDueLonger() ? tr("at least %1").arg(time) : time);
  }
  if (session_->dueMemory() > 0.0) parts << localNumbers(textFromBytes(session_->dueMemory()));
  if (const auto name = session_->measuredNow(); !name.isEmpty()) parts << tr("%1: measuring").arg(name);
  return parts.join(QStringLiteral(" · "));
}

}  // namespace p2l::ui
