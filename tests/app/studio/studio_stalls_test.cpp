// SPDX-License-Identifier: GPL-3.0-or-later
// The window while a photo of 512 x 512 is restored: no event may keep it for longer than 10 ms on the run's account,
// and its timers come to their turn within 50 ms on the clock.
#include <QElapsedTimer>
#include <QSettings>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>
#include <QtTest>
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "app/studio/studio.h"
#include "app/studio/studio_application.h"
#include "ui/curves/curves_plot.h"
#include "ui/run/run_bar.h"
#include "ui/run/step_timeline.h"

using namespace p2l;

/// The longest time between two turns of a timer of the window's thread.
class Heartbeat {
 public:
  Heartbeat() {
    beat_.setTimerType(Qt::PreciseTimer);
    beat_.setInterval(kBeatMs);
    QObject::connect(&beat_, &QTimer::timeout, &beat_, [this] {
      longest_ms_ = std::max(longest_ms_, static_cast<double>(since_.nsecsElapsed()) / 1e6);
      since_.start();
    });
    since_.start();
    beat_.start();
  }
  double longestMs() const { return longest_ms_; }

 private:
  static constexpr int kBeatMs = 5;
  QTimer beat_;
  QElapsedTimer since_;
  double longest_ms_ = 0.0;
};

/// More programs want the cores than there are cores: what the clock says is theirs.
bool isBusy() {
  double load = 0.0;
  return getloadavg(&load, 1) == 1 && load > QThread::idealThreadCount();
}

class StudioStallsTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 512;
  static constexpr int kSteps = 4;
  static constexpr int kAttempts = 3;
  static constexpr int kPatience = 240000;
  static constexpr double kLimitMs = 10.0;
  static constexpr double kGapLimitMs = 50.0;

  app::EventClock& clock() { return static_cast<app::StudioApplication*>(qApp)->eventClock(); }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-stalls-test"));
    QSettings().clear();
  }

  void noEventOfARunKeepsTheWindow() {
    const bool busy = isBusy();
    app::Studio studio;
    auto* document = studio.window().document();
    const auto& widgets = studio.window().widgets();
    studio.start(QStringLiteral(P2L_TEST_RESOURCES "/photos/skimage_astronaut.png"));
    studio.window().resize(1400, 900);
    QTRY_VERIFY_WITH_TIMEOUT(document->photo() != nullptr, kPatience);
    auto request = document->request();
    request.size = kSide;
    request.solver_values["K"] = 0.0;
    request.sampler_values["steps"] = double(kSteps);
    document->recall(request);
    widgets.curves->setShowAll(true);
    QTRY_VERIFY_WITH_TIMEOUT(document->measured() && document->measured()->before.width() == kSide, kPatience);
    QTest::qWait(500);

    // What other programs do to caches and cores makes an event longer now and then; what is ours is there every time.
    app::EventClock::Handling shortest;  // of the attempts' longest
    std::vector<double> gaps;
    for (int attempt = 1; attempt <= kAttempts; ++attempt) {
      clock().reset();
      const Heartbeat heartbeat;
      widgets.bar->runAction()->trigger();
      QTRY_VERIFY_WITH_TIMEOUT(!document->isRunning(), kPatience);
      QTest::qWait(200);  // the last repaint
      QVERIFY(document->result());
      document->markSaved();
      QCOMPARE(widgets.timeline->available(), kSteps);
      const auto longest = clock().longest();
      gaps.push_back(heartbeat.longestMs());
      qInfo("%d events, the longest: %s, %.1f ms on the clock; the longest gap %.1f ms", clock().count(),
            qPrintable(longest.what), longest.wall_ms, gaps.back());
      if (attempt == 1 || longest.work_ms < shortest.work_ms) shortest = longest;
    }
    QVERIFY2(shortest.work_ms <= kLimitMs, qPrintable(shortest.what));
    std::sort(gaps.begin(), gaps.end());
    const double median = gaps[gaps.size() / 2];
    if (busy) {
      qInfo("The gaps on the clock are not held to %.0f ms: the machine is busy.", kGapLimitMs);
    } else {
      QVERIFY2(median < kGapLimitMs, qPrintable(QStringLiteral("a gap of %1 ms").arg(median)));
    }
  }
};

int main(int argc, char** argv) {
  app::StudioApplication application(argc, argv);
  StudioStallsTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "studio_stalls_test.moc"
