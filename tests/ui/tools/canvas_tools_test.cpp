// SPDX-License-Identifier: GPL-3.0-or-later
// Small tools beside the canvas: the pixel under the pointer, and the seeds of Made up here.
#include <QApplication>
#include <QMouseEvent>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QtTest>

#include "ui/canvas/image_canvas.h"
#include "ui/jobs/made_up.h"
#include "ui/tools/made_up_menu.h"
#include "ui/tools/pixel_readout.h"

using namespace p2l;

class CanvasToolsTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-canvas-tools-test"));
    QSettings().clear();
  }

  void thePixelUnderThePointerIsRead() {
    ui::ImageCanvas canvas;
    const ui::PixelReadout readout(&canvas);
    canvas.resize(400, 300);
    QImage before(200, 150, QImage::Format_RGB888);
    before.fill(QColor(200, 100, 50));
    canvas.setBefore(before, QStringLiteral("before"));
    canvas.show();
    QVERIFY(QTest::qWaitForWindowExposed(&canvas));
    QVERIFY(readout.text().isEmpty());
    const auto point = [&](QPoint at) {
      QMouseEvent event(QEvent::MouseMove, at, canvas.mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
      QApplication::sendEvent(&canvas, &event);
    };
    point({101, 61});  // it is shown twice as large
    QCOMPARE(readout.text(), QStringLiteral("(50, 30)  before 200 100 50  after –"));
    QImage after(200, 150, QImage::Format_RGB888);
    after.fill(QColor(1, 2, 3));
    canvas.setAfter(after, QStringLiteral("after"));
    point({103, 61});
    QCOMPARE(readout.text(), QStringLiteral("(51, 30)  before 200 100 50  after 1 2 3"));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&canvas, &leave);
    QCOMPARE(readout.text(), QString());
  }

  void theSeedsOfMadeUpAreRememberedWithinTheirRange() {
    {
      ui::MadeUpMenu menu;
      QCOMPARE(menu.seeds(), ui::MadeUp::kDefaultSeeds);
      QCOMPARE(menu.actions().size(), 1);
      QSignalSpy changed(&menu, &ui::MadeUpMenu::seedsChanged);
      menu.box()->setValue(6);
      QCOMPARE(changed.count(), 1);
      QCOMPARE(changed[0][0].toInt(), 6);
    }
    {
      ui::MadeUpMenu menu;
      QCOMPARE(menu.seeds(), 6);
      menu.box()->setValue(100);
      QCOMPARE(menu.seeds(), ui::MadeUp::kMostSeeds);
      menu.box()->setValue(1);
      QCOMPARE(menu.seeds(), ui::MadeUp::kFewestSeeds);
    }
    QSettings().clear();
  }
};

QTEST_MAIN(CanvasToolsTest)
#include "canvas_tools_test.moc"
