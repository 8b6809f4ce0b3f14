// SPDX-License-Identifier: GPL-3.0-or-later
// A photo of 640 x 427 is enlarged whole to four times its size, as it is proposed, by the model that comes with the
// program: some minutes.
#include <QAction>
#include <QImage>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <memory>

#include "app/studio/studio.h"
#include "ui/run/run_bar.h"
#include "ui/settings/quality_row.h"
#include "ui/task/degradation_panel.h"

using namespace p2l;

namespace {

/// Root mean square difference of grey levels, 0 .. 255; both are of one size.
double differenceOf(const QImage& a, const QImage& b) {
  double sum = 0.0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      const double difference = qGray(a.pixel(x, y)) - qGray(b.pixel(x, y));
      sum += difference * difference;
    }
  }
  return std::sqrt(sum / (double(a.width()) * a.height()));
}

}  // namespace

class WholePhotoTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 60000;
  static constexpr int kRunPatience = 3000000;

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-whole-photo-test"));
    QSettings().clear();
  }

  void itIsEnlargedWhole() {
    const QSize small(640, 427), large = small * 4;
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("photo.png"));
    const QImage sample(QStringLiteral(P2L_TEST_RESOURCES "/photos/skimage_astronaut.png"));
    const auto photo = sample.scaled(small, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QVERIFY(photo.save(path));
    app::Studio studio;
    auto* document = studio.window().document();
    const auto& widgets = studio.window().widgets();
    studio.start(path);
    QTRY_VERIFY_WITH_TIMEOUT(document->photo() != nullptr && document->photo()->path == path, kPatience);
    widgets.degradation->setDegradation("sr");
    widgets.quality->choose(int(ui::QualityRow::Quality::Fast));
    QCOMPARE(document->workingSize(), small);
    QCOMPARE(document->outputScale(), 4.0);
    QTRY_VERIFY_WITH_TIMEOUT(widgets.bar->runAction()->isEnabled(), kPatience);
    widgets.bar->runAction()->trigger();
    QVERIFY(document->isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(!document->isRunning(), kRunPatience);
    const auto result = document->result();
    QVERIFY(result != nullptr);
    const auto& outcome = result->outcome;
    QVERIFY2(outcome.status == Outcome::Status::Completed, outcome.message.c_str());
    qInfo("%.0f s", outcome.report.seconds);
    QCOMPARE(QSize(outcome.picture.width, outcome.picture.height), large);
    QCOMPARE(result->picture.size(), large);
    QCOMPARE(outcome.report.request.mode, Mode::Restore);
    // Where it is made smaller again it is the photo, at every corner of it.
    const auto again = result->picture.scaled(small, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    for (const QPoint corner : {QPoint(0, 0), QPoint(320, 0), QPoint(0, 213), QPoint(320, 213)}) {
      const QRect quarter(corner, QSize(320, 213));
      const double difference = differenceOf(again.copy(quarter), photo.copy(quarter));
      QVERIFY2(difference < 12.0, qPrintable(QString::number(difference)));
    }
    document->markSaved();
  }
};

QTEST_MAIN(WholePhotoTest)
#include "whole_photo_test.moc"
