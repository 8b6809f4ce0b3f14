// SPDX-License-Identifier: GPL-3.0-or-later
// What a person meets first, with the model that comes with the program: the sample's first result, and the preview
// that follows the settings. With P2L_TIMED their seconds are held, too, which needs a machine that does nothing else.
#include <QAction>
#include <QElapsedTimer>
#include <QImage>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <memory>

#include "app/studio/studio.h"
#include "ui/jobs/live_preview.h"
#include "ui/run/run_bar.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/quality_row.h"
#include "ui/task/degradation_panel.h"

using namespace p2l;

class FirstMinuteTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 240000;
  static constexpr double kLeastGain = 5.0;       ///< dB over what the measurement alone gives
  static constexpr qint64 kFirstResultMs = 3000;  ///< on two cores
  static constexpr qint64 kPreviewMs = 1000;

  const bool timed_ = qEnvironmentVariableIsSet("P2L_TIMED");
  QTemporaryDir folder_;
  std::unique_ptr<app::Studio> studio_;

  ui::RunModel* document() { return studio_->window().document(); }
  const ui::MainWindow::Widgets& widgets() { return studio_->window().widgets(); }
  void start(const QString& photo) {
    studio_ = std::make_unique<app::Studio>();
    studio_->start(photo);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(document()->loaded().times.pixels > 0.0, kPatience);  // the model is there
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-first-minute-test"));
    QSettings().clear();
  }
  void cleanup() {
    document()->markSaved();
    studio_.reset();
  }

  void theSamplesFirstResultIsAGain() {
    start(QString());
    QVERIFY(document()->isSample());
    QCOMPARE(widgets().quality->current(), int(ui::QualityRow::Quality::Fast));
    QTRY_VERIFY_WITH_TIMEOUT(document()->measured() != nullptr, kPatience);
    QVERIFY(widgets().bar->runAction()->isEnabled());
    QElapsedTimer clock;
    clock.start();
    widgets().bar->runAction()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(document()->result() != nullptr, kPatience);
    const auto elapsed = clock.elapsed();
    const auto& outcome = document()->result()->outcome;
    QCOMPARE(int(outcome.status), int(Outcome::Status::Completed));
    const double gain = outcome.report.metric("psnr") - outcome.report.psnr_measurement;
    qInfo("%s: %.2f dB more after %lld ms", outcome.report.request.degradation().id.c_str(), gain, elapsed);
    QVERIFY2(gain >= kLeastGain, qPrintable(QString::number(gain)));
    if (timed_) QVERIFY2(elapsed <= kFirstResultMs, qPrintable(QString::number(elapsed)));
  }

  void aPreviewFollowsAndTheModelsAfterIt() {
    const auto photo = folder_.filePath(QStringLiteral("photo.png"));
    const QImage sample(QStringLiteral(P2L_TEST_RESOURCES "/photos/skimage_astronaut.png"));
    QVERIFY(sample.scaled(640, 427, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).save(photo));
    start(photo);
    QCOMPARE(document()->workingSize(), QSize(640, 427));
    QTRY_VERIFY_WITH_TIMEOUT(document()->photoNoise() >= 0.0, kPatience);  // it changes the settings when it comes
    // Quick enough, and no longer known to have been slow.
    const auto be_quick = [&] {
      if (!timed_) document()->networksTimed(document()->loaded().info, {1e6, 1e-6, 1e-6, 1e-6});
    };
    be_quick();
    const auto* live = studio_->window().livePreview();
    QVERIFY(live->isEnabled());
    QElapsedTimer clock;
    qint64 plain = -1, model = -1;  // when the closed form and the model's part came
    connect(live, &ui::LivePreview::changed, this, [&] {
      if (live->part().isNull()) return;
      auto& came = live->part().steps > 0 ? model : plain;
      if (came < 0) came = clock.elapsed();
    });
    widgets().degradation->setDegradation("defocus");
    QTRY_VERIFY_WITH_TIMEOUT(live->part().steps > 0, kPatience);
    QTest::qWait(500);  // nothing else is on its way
    QImage former = live->part().picture;
    for (const double radius : {2.5, 5.0, 3.5}) {
      plain = model = -1;
      be_quick();
      clock.start();
      widgets().degradation->params()->changeValues({{"radius", radius}}, QStringLiteral("radius"));
      // A machine that was slow may leave the model's part out.
      QTRY_VERIFY_WITH_TIMEOUT((timed_ ? plain : model) >= 0, kPatience / 4);
      qInfo("radius %.1f: without the model after %lld ms, %d steps after %lld ms", radius, plain, live->part().steps,
            model);
      QVERIFY(plain >= 0 && (model < 0 || plain <= model));
      QVERIFY(live->part().picture != former);
      former = live->part().picture;
      if (timed_) QVERIFY2(plain <= kPreviewMs, qPrintable(QString::number(plain)));  // the model's follows it
    }
  }
};

QTEST_MAIN(FirstMinuteTest)
#include "first_minute_test.moc"
