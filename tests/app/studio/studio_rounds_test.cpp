// SPDX-License-Identifier: GPL-3.0-or-later
// Rounds of what a person does while the engine works, in random order: run, pause, step, stop, scrub, change settings
// and pages, open another photo, close the window. P2L_ROUNDS and P2L_SEED set their number and their order.
#include <QAction>
#include <QMap>
#include <QRandomGenerator>
#include <QSettings>
#include <QSlider>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <functional>

#include "app/studio/studio.h"
#include "app/studio/studio_application.h"
#include "core/api/files.h"
#include "tests/support/qt_handovers.h"
#include "ui/files/file_desk.h"
#include "ui/run/run_bar.h"
#include "ui/run/step_timeline.h"
#include "ui/settings/solver_panel.h"
#include "ui/task/degradation_panel.h"

using namespace p2l;
using State = ui::RunModel::State;
using Page = ui::MainWindow::Page;

namespace {

constexpr int kPatience = 60000;
constexpr int kOrdinaryRounds = 6;
constexpr QSize kSides[] = {{64, 64}, {48, 64}};  ///< of the photos; a picture of the other one shows

int numberFrom(const char* variable, int otherwise) {
  bool given = false;
  const int number = qEnvironmentVariableIntValue(variable, &given);
  return given ? number : otherwise;
}

/// What a run that has ended leaves to be seen, by name.
using View = QMap<QString, qint64>;

QString namesOfChanges(const View& before, const View& after) {
  QStringList names;
  for (auto it = before.begin(); it != before.end(); ++it)
    if (after[it.key()] != it.value()) names << it.key();
  return names.join(QStringLiteral(", "));
}

}  // namespace

class StudioRoundsTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  QString photos_[2];
  int photo_ = 0;
  std::unique_ptr<app::Studio> studio_;
  RestoreRequest base_;
  QRandomGenerator random_;
  QStringList done_;     ///< in this round
  QStringList strange_;  ///< seen at an event that should not have come so
  const int rounds_ = numberFrom("P2L_ROUNDS", kOrdinaryRounds), seed_ = numberFrom("P2L_SEED", 1);
  int expected_step_ = 1, steps_seen_ = 0, asked_to_leave_ = 0, runs_ = 0;
  ui::Leave leave_ = ui::Leave::Discard;

  ui::MainWindow& window() { return studio_->window(); }
  ui::RunModel* document() { return window().document(); }
  ui::RunBar* bar() { return window().widgets().bar; }
  ui::StepTimeline* timeline() { return window().widgets().timeline; }
  int below(int bound) { return static_cast<int>(random_.bounded(bound)); }

  void beginStudio() {
    studio_ = std::make_unique<app::Studio>();
    auto dialogs = ui::screenDialogs();
    dialogs.leave = [this](QWidget*, const ui::AtStake&) {
      ++asked_to_leave_;
      return leave_;
    };
    window().files()->setDialogs(dialogs);
    connect(document(), &ui::RunModel::runRequested, this, [this] {
      ++runs_;
      expected_step_ = 1;
    });
    connect(document(), &ui::RunModel::photoChanged, this,
            [this] { photo_ = document()->photo()->path == photos_[0] ? 0 : 1; });
    connect(document(), &ui::RunModel::stepAdded, this, &StudioRoundsTest::checkStep);
    connect(document(), &ui::RunModel::picturesChanged, this, &StudioRoundsTest::checkPictures);
    studio_->start(photos_[photo_]);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    base_ = document()->request();
  }
  void checkStep(const StepReport& report) {
    ++steps_seen_;
    if (!document()->isRunning()) strange_ << QStringLiteral("step %1 after the end").arg(report.step);
    if (report.step != expected_step_++) strange_ << QStringLiteral("step %1 out of order").arg(report.step);
    const double steps = numberOf(document()->runRequest().sampler_values, "steps");
    if (report.steps != static_cast<int>(steps))
      strange_ << QStringLiteral("a step of another run's %1").arg(report.steps);
  }
  void checkPictures() {
    for (const auto& [step, snapshot] : document()->steps().all()) {
      if (snapshot->run_id != document()->steps().runId()) strange_ << QStringLiteral("a picture of another run");
      const auto& frame = *snapshot->estimate;
      if (QSize(frame.width, frame.height) != kSides[photo_]) strange_ << QStringLiteral("a picture of another photo");
    }
  }
  View view() {
    const auto result = document()->result();
    return {{QStringLiteral("run"), qint64(document()->runId())},
            {QStringLiteral("ending"), qint64(document()->ending())},
            {QStringLiteral("number of steps"), document()->stepCount()},
            {QStringLiteral("last step"), document()->lastStep()},
            {QStringLiteral("timeline"), timeline()->current()},
            {QStringLiteral("pictures"), qint64(document()->steps().count())},
            {QStringLiteral("result"), result ? result->picture.cacheKey() : 0}};
  }
  /// Bar, timeline and document say the same.
  QString disagreement() {
    if (!strange_.isEmpty()) return strange_.join(QStringLiteral("; "));
    const auto state = document()->state();
    const bool in_use = window().page() != Page::Compare;
    const bool steerable = state == State::Running || state == State::Paused;
    const bool begins = state == State::Idle && document()->openQuestion().isEmpty();
    if (bar()->state() != state) return QStringLiteral("the bar is in another state");
    if (document()->isRunning() != (state != State::Idle)) return QStringLiteral("running and idle at once");
    if (bar()->pauseAction()->isChecked() != (state == State::Paused)) return QStringLiteral("Pause is not as checked");
    if (bar()->pauseAction()->isEnabled() != (in_use && steerable)) return QStringLiteral("Pause");
    if (bar()->stopAction()->isEnabled() != (in_use && steerable)) return QStringLiteral("Stop");
    if (bar()->runAction()->isEnabled() != (in_use && (begins || state == State::Paused))) return QStringLiteral("Run");
    if (timeline()->available() != document()->lastStep()) return QStringLiteral("the timeline has other steps");
    if (int(document()->reports().size()) != document()->lastStep()) return QStringLiteral("reports and steps differ");
    return {};
  }

  // What a person does.
  void choose(int steps) {
    auto request = base_;
    request.degradation().id = "sr";
    request.mode = Mode::Demonstrate;
    request.solver = "p2l";
    request.solver_values["K"] = 0.0;  // quick
    request.sampler_values["start"] = 1.0;
    request.sampler_values["steps"] = double(steps);
    document()->recall(request);
  }
  void run() {
    const bool can = bar()->runAction()->isEnabled();
    bar()->runAction()->trigger();
    if (can) QCOMPARE(document()->state(), State::Running);
  }
  void pause() {
    const auto before = document()->state();
    const bool can = bar()->pauseAction()->isEnabled();
    bar()->pauseAction()->trigger();
    if (can) QCOMPARE(document()->state(), before == State::Paused ? State::Running : State::Paused);
  }
  void step() {
    const bool can = bar()->stepAction()->isEnabled();
    bar()->stepAction()->trigger();
    if (can) QVERIFY(document()->isRunning());
  }
  void stop() {
    const bool can = bar()->stopAction()->isEnabled();
    bar()->stopAction()->trigger();
    if (can) QCOMPARE(document()->state(), State::Stopping);
  }
  void scrub() {
    switch (below(5)) {
      case 0:
        return timeline()->first();
      case 1:
        return timeline()->previous();
      case 2:
        return timeline()->next();
      case 3:
        return document()->setNoisy(!document()->cursor().noisy);
      default:
        return timeline()->setLive(true);
    }
  }
  void moveSlider() {
    QList<QSlider*> sliders;
    for (auto* panel :
         {static_cast<QWidget*>(window().widgets().solver), static_cast<QWidget*>(window().widgets().degradation)})
      for (auto* slider : panel->findChildren<QSlider*>())
        if (slider->isVisible() && slider->isEnabled()) sliders << slider;
    if (sliders.isEmpty()) return;
    auto* slider = sliders.at(below(int(sliders.size())));
    const auto running = jsonFromRequest(document()->runRequest());
    slider->setValue(slider->minimum() + below(slider->maximum() - slider->minimum() + 1));
    QCOMPARE(jsonFromRequest(document()->runRequest()), running);  // what was asked for stays
  }
  void turnPage() {
    constexpr Page kPages[] = {Page::Restore, Page::Lab, Page::Compare, Page::Learn};
    const auto page = kPages[below(4)];
    window().showPage(page);
    QCOMPARE(window().page(), page);
  }
  /// As when one of a person's own is kept: what works beside the window reads them, too.
  void reloadPresets() {
    moveSlider();
    QTest::qWait(below(300));
    window().reloadPresets();
  }
  void openOther() {
    const auto path = photos_[1 - photo_];
    window().files()->open(path);  // the run goes on while it is read
    QTRY_COMPARE_WITH_TIMEOUT(document()->photo()->path, path, kPatience);
    QVERIFY(!document()->isRunning());
    QCOMPARE(document()->lastStep(), 0);
    QVERIFY(!document()->result());
    QTest::qWait(below(40));
    QCOMPARE(document()->lastStep(), 0);  // nothing of the former photo's run
    QCOMPARE(document()->steps().count(), std::size_t{0});
    choose(3 + below(40));
  }
  void closeAndBeginAnew() {
    const bool running = document()->isRunning();
    if (running) {
      leave_ = ui::Leave::Stay;
      const int asked = asked_to_leave_;
      QVERIFY(!window().close());
      QCOMPARE(asked_to_leave_, asked + 1);
      QVERIFY(window().isVisible());
      leave_ = ui::Leave::Discard;
    }
    if (below(2) == 0) QVERIFY(window().close());  // else the program ends by itself
    studio_.reset();
    beginStudio();
    choose(3 + below(40));
  }

  /// At random where `which` is negative.
  void act(int which = -1) {
    const std::pair<const char*, void (StudioRoundsTest::*)()> actions[] = {
        {"close", &StudioRoundsTest::closeAndBeginAnew},
        {"photo", &StudioRoundsTest::openOther},
        {"presets", &StudioRoundsTest::reloadPresets},
        {"slider", &StudioRoundsTest::moveSlider},
        {"page", &StudioRoundsTest::turnPage},
        {"scrub", &StudioRoundsTest::scrub},
        {"scrub", &StudioRoundsTest::scrub},
        {"stop", &StudioRoundsTest::stop},
        {"pause", &StudioRoundsTest::pause},
        {"pause", &StudioRoundsTest::pause},
        {"step", &StudioRoundsTest::step},
        {"step", &StudioRoundsTest::step},
        {"run", &StudioRoundsTest::run},
        {"run", &StudioRoundsTest::run}};
    const int count = int(std::size(actions));
    const auto& [name, action] = actions[which < 0 ? below(count) : which % count];
    done_ << QLatin1String(name);
    (this->*action)();
  }
  /// Lets the run end by itself, or stops it.
  void end() {
    window().showPage(Page::Restore);
    if (!document()->isRunning()) return;
    if (below(2) == 0) {
      done_ << QStringLiteral("to the end");
      if (document()->state() == State::Paused) run();
    } else {
      done_ << QStringLiteral("stop");
      stop();
    }
  }

  /// The next action comes at any moment, or right behind a step of the run, however slow the machine.
  void waitALittle() {
    const int seen = steps_seen_;
    if (below(2) == 0) return QTest::qWait(below(60));
    (void)QTest::qWaitFor([&] { return steps_seen_ != seen || document()->state() != State::Running; }, kPatience / 6);
  }
  void round(int number) {
    choose(3 + below(40));
    QTRY_VERIFY_WITH_TIMEOUT(bar()->runAction()->isEnabled(), kPatience);
    below(2) == 0 ? run() : step();
    for (int left = 2 + below(6); left >= 0; --left) {
      act(left == 1 ? number - 1 : -1);  // each in its turn, so that a few rounds have the rare ones
      if (QTest::currentTestFailed()) return;
      QVERIFY2(disagreement().isEmpty(), qPrintable(disagreement()));
      waitALittle();
      QVERIFY2(disagreement().isEmpty(), qPrintable(disagreement()));
    }
    end();
    // A single step ends in a pause that nobody asked for.
    QTRY_VERIFY_WITH_TIMEOUT(!document()->isRunning() || document()->state() == State::Paused, kPatience);
    if (document()->isRunning()) stop();
    QTRY_VERIFY_WITH_TIMEOUT(!document()->isRunning(), kPatience);
    const auto ended = view();
    QTest::qWait(30 + below(60));
    const auto changes = namesOfChanges(ended, view());
    QVERIFY2(changes.isEmpty(), qPrintable(QStringLiteral("changed after the end: ") + changes));
    QVERIFY(!window().windowTitle().contains(QLatin1Char('%')));
    QVERIFY2(disagreement().isEmpty(), qPrintable(disagreement()));
  }
  /// After all that, a run is what it always is.
  void aRunAsEver() {
    choose(2);
    QTRY_VERIFY_WITH_TIMEOUT(bar()->runAction()->isEnabled(), kPatience);
    run();
    QTRY_VERIFY_WITH_TIMEOUT(!document()->isRunning(), kPatience);
    QCOMPARE(document()->ending(), ui::RunModel::Ending::Completed);
    QCOMPARE(document()->lastStep(), 2);
    QVERIFY(document()->result());
    QCOMPARE(document()->result()->picture.size(), kSides[photo_]);
    QCOMPARE(document()->measurementPicture().size(), kSides[photo_]);
    QCOMPARE(document()->result()->outcome.report.steps.size(), std::size_t{2});
    QCOMPARE(document()->steps().runId(), document()->runId());
    QVERIFY2(disagreement().isEmpty(), qPrintable(disagreement()));
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-rounds-test"));
    QSettings().clear();
    const QImage chelsea(QStringLiteral(P2L_TEST_RESOURCES "/photos/skimage_chelsea.png"));
    for (int i = 0; i < 2; ++i) {
      photos_[i] = folder_.filePath(QStringLiteral("photo%1.png").arg(i));
      QVERIFY(chelsea.copy(QRect({150, 80}, kSides[i])).save(photos_[i]));
    }
  }
  void cleanupTestCase() {
    qInfo("%d runs, %d steps, asked %d times before closing", runs_, steps_seen_, asked_to_leave_);
    studio_.reset();
    QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).removeRecursively();
  }

  // A row each, which Qt gives five minutes; the studio goes on from one to the next.
  void whateverAPersonDoesTheNextRunIsAsEver_data() {
    QTest::addColumn<int>("number");
    for (int number = 1; number <= rounds_; ++number) QTest::addRow("round %d of seed %d", number, seed_) << number;
  }
  void whateverAPersonDoesTheNextRunIsAsEver() {
    QFETCH(int, number);
    random_.seed(static_cast<quint32>(1000 * seed_ + number));
    done_.clear();
    strange_.clear();
    leave_ = ui::Leave::Discard;
    const int runs = runs_, steps = steps_seen_;
    if (!studio_) beginStudio();
    if (!QTest::currentTestFailed()) round(number);
    if (!QTest::currentTestFailed()) aRunAsEver();
    if (QTest::currentTestFailed() || rounds_ > kOrdinaryRounds)
      qInfo("%s", qPrintable(done_.join(QStringLiteral(", "))));
    QVERIFY(QTest::currentTestFailed() || (runs_ >= runs + 2 && steps_seen_ >= steps + 2));
  }
  void cleanup() {
    if (QTest::currentTestFailed()) studio_.reset();
  }
};

int main(int argc, char** argv) {
  support::TellsOfHandovers<app::StudioApplication> application(argc, argv);
  StudioRoundsTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "studio_rounds_test.moc"
