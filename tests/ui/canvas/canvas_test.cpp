// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QMimeData>
#include <QPaintEvent>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>
#include <QUrl>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <set>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/mask_editor.h"
#include "ui/style/theme.h"

using namespace p2l::ui;

namespace {

QImage filled(QSize size, QColor colour) {
  QImage image(size, QImage::Format_RGB888);
  image.fill(colour);
  return image;
}

/// Every pixel its own colour: red is x, green is y.
QImage coordinates(QSize size) {
  QImage image(size, QImage::Format_RGB888);
  for (int y = 0; y < size.height(); ++y)
    for (int x = 0; x < size.width(); ++x) image.setPixelColor(x, y, QColor(x % 256, y % 256, 200));
  return image;
}

void wheel(ImageCanvas& canvas, QPointF at, int delta) {
  QWheelEvent event(at, canvas.mapToGlobal(at), {}, QPoint(0, delta), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false);
  QApplication::sendEvent(&canvas, &event);
}

void moveWithButton(ImageCanvas& canvas, QPoint at, Qt::MouseButton button) {
  QMouseEvent event(QEvent::MouseMove, at, canvas.mapToGlobal(at), button, button, Qt::NoModifier);
  QApplication::sendEvent(&canvas, &event);
}

void drag(ImageCanvas& canvas, QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton) {
  QTest::mousePress(&canvas, button, {}, from);
  moveWithButton(canvas, (from + to) / 2, button);
  moveWithButton(canvas, to, button);
  QTest::mouseRelease(&canvas, button, {}, to);
}

double distance(QPointF a, QPointF b) {
  return std::hypot(a.x() - b.x(), a.y() - b.y());
}

}  // namespace

class CanvasTest : public QObject {
  Q_OBJECT

 private slots:
  void theFocusOfTheKeyboardIsARing() {
    QWidget window;
    window.resize(220, 160);
    ImageCanvas canvas(&window);
    canvas.setGeometry(10, 10, 200, 140);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto accent = studioColours(canvas.palette()).accent;
    const auto isRing = [&](bool ring) {
      const auto image = canvas.grab().toImage();
      for (const QPoint edge : {QPoint(100, 0), QPoint(100, 1), QPoint(0, 70), QPoint(1, 70), QPoint(198, 70),
                                QPoint(199, 70), QPoint(100, 138), QPoint(100, 139)}) {
        if ((image.pixelColor(edge) == accent) != ring) return false;
      }
      return image.pixelColor(100, 3) != accent;
    };
    canvas.setFocus();
    window.setAttribute(Qt::WA_KeyboardFocusChange, false);  // the mouse brought it
    QVERIFY(isRing(false));
    window.setAttribute(Qt::WA_KeyboardFocusChange);
    QVERIFY(canvas.hasFocus());
    QVERIFY(isRing(true));
    canvas.setAfter(filled({200, 140}, Qt::darkGreen), QStringLiteral("after"));
    QVERIFY(isRing(true));
    canvas.clearFocus();
    QVERIFY(isRing(false));
  }

  void init() {
    canvas = std::make_unique<ImageCanvas>();
    canvas->resize(400, 300);
    canvas->setBefore(filled({200, 150}, Qt::red), "before");
    canvas->setAfter(filled({200, 150}, Qt::blue), "after");
    canvas->show();
    QVERIFY(QTest::qWaitForWindowExposed(canvas.get()));
  }
  void cleanup() { canvas.reset(); }

  void fitsTheFirstPictureAndAgainAfterResizing() {
    QCOMPARE(canvas->zoom(), 2.0);
    canvas->resize(200, 300);
    QCOMPARE(canvas->zoom(), 1.0);
    canvas->actualSize();
    canvas->resize(400, 300);
    QCOMPARE(canvas->zoom(), 1.0);
  }

  void splitShowsOnePictureOnEachSide() {
    const QImage shot = canvas->grab().toImage();
    QCOMPARE(shot.pixelColor(100, 150), QColor(Qt::red));
    QCOMPARE(shot.pixelColor(300, 150), QColor(Qt::blue));
  }

  void dividerIsGrabbedWithin12PixelsAndKeepsItsOffset_data() {
    QTest::addColumn<int>("offset");
    for (const int offset : {-12, -5, 0, 7, 12}) QTest::newRow(qPrintable(QString::number(offset))) << offset;
  }
  void dividerIsGrabbedWithin12PixelsAndKeepsItsOffset() {
    QFETCH(int, offset);
    QCOMPARE(canvas->dividerX(), 200.0);
    drag(*canvas, {200 + offset, 60}, {290 + offset, 80});
    QCOMPARE(canvas->dividerX(), 290.0);
  }

  void draggingElsewherePansInsteadOfMovingTheDivider() {
    canvas->zoomAt(8, {200, 150});
    const QPointF before = canvas->imageFromWidget({100, 100});
    QSignalSpy moved(canvas.get(), &ImageCanvas::dragMovesPicture);
    drag(*canvas, {100, 100}, {180, 140});
    QCOMPARE(moved.count(), 1);
    QCOMPARE(canvas->dividerX(), 200.0);
    QVERIFY(distance(canvas->imageFromWidget({180, 140}), before) < 0.1);
  }

  void clickPlacesTheDividerAndDoubleClickCentresIt() {
    QTest::mouseClick(canvas.get(), Qt::LeftButton, {}, {90, 100});
    QCOMPARE(canvas->dividerX(), 90.0);
    QTest::mouseClick(canvas.get(), Qt::LeftButton, {}, {330, 100});
    QCOMPARE(canvas->dividerX(), 330.0);
    QTest::mouseDClick(canvas.get(), Qt::LeftButton, {}, {120, 100});
    QCOMPARE(canvas->dividerX(), 200.0);
  }

  void dividerStaysWithinReach() {
    for (const int x : {-500, 0, 400, 2000}) {
      drag(*canvas, QPoint(int(canvas->dividerX()), 40), {x, 40});
      QVERIFY2(canvas->dividerX() >= ImageCanvas::kDividerGrab, qPrintable(QString::number(canvas->dividerX())));
      QVERIFY(canvas->dividerX() <= 400 - ImageCanvas::kDividerGrab);
    }
    // A tall picture leaves margins: the divider stays over the picture.
    canvas->setBefore(filled({100, 300}, Qt::red), "before");
    canvas->setAfter(filled({100, 300}, Qt::blue), "after");
    canvas->setDividerFraction(0.0);
    QVERIFY(canvas->dividerX() > 150);
    // Resizing does not lose it either.
    canvas->setDividerFraction(1.0);
    canvas->resize(60, 300);
    QVERIFY(canvas->dividerX() >= 12 && canvas->dividerX() <= 48);
  }

  void wheelZoomKeepsThePointUnderThePointer_data() {
    QTest::addColumn<QPointF>("anchor");
    QTest::newRow("centre") << QPointF(200, 150);
    QTest::newRow("corner") << QPointF(20, 30);
    QTest::newRow("edge") << QPointF(390, 160);
  }
  void wheelZoomKeepsThePointUnderThePointer() {
    QFETCH(QPointF, anchor);
    const QPointF before = canvas->imageFromWidget(anchor);
    for (int i = 0; i < 12; ++i) {
      wheel(*canvas, anchor, 120);
      // Half a device pixel of rounding, never more, however often one zooms.
      QVERIFY(distance(canvas->widgetFromImage(before), anchor) <= 0.75);
    }
    QVERIFY(canvas->zoom() > 20);
    for (int i = 0; i < 12; ++i) wheel(*canvas, anchor, -120);
    QVERIFY(std::abs(canvas->zoom() - 2.0) < 1e-9);
    QVERIFY(distance(canvas->widgetFromImage(before), anchor) <= 0.75);
  }

  void zoomIsBoundedAndRounds() {
    canvas->zoomAt(1e9, {200, 150});
    QCOMPARE(canvas->zoom(), CanvasView::kLargestZoom);
    canvas->zoomAt(1e-9, {200, 150});
    QCOMPARE(canvas->zoom(), CanvasView::kSmallestZoom);
    canvas->zoomAt(1.1, {200, 150});
    canvas->zoomIn();
    QCOMPARE(canvas->zoom(), 1.5);
    canvas->zoomOut();
    canvas->zoomOut();
    QVERIFY(std::abs(canvas->zoom() - 2.0 / 3) < 1e-9);
  }

  void keysZoomFitAndPan() {
    canvas->setFocus();
    QTest::keyClick(canvas.get(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(canvas->zoom(), 1.0);
    QTest::keyClick(canvas.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(canvas->zoom(), 2.0);
    QTest::keyClick(canvas.get(), Qt::Key_Plus);
    QCOMPARE(canvas->zoom(), 3.0);
    const QPointF before = canvas->imageFromWidget({200, 150});
    QTest::keyClick(canvas.get(), Qt::Key_Right);
    QVERIFY(canvas->imageFromWidget({200, 150}).x() > before.x() + 5);
    QTest::keyClick(canvas.get(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(canvas->dividerX(), 184.0);
  }

  void holdingBShowsBeforeAndReleasingItRestores() {
    const auto right = [&] { return canvas->grab().toImage().pixelColor(300, 150); };
    QTest::keyPress(canvas.get(), Qt::Key_B);
    QCOMPARE(right(), QColor(Qt::red));
    QTest::keyRelease(canvas.get(), Qt::Key_B);
    QCOMPARE(right(), QColor(Qt::blue));
    QTest::keyPress(canvas.get(), Qt::Key_B);
    QFocusEvent lost(QEvent::FocusOut);
    QApplication::sendEvent(canvas.get(), &lost);
    QCOMPARE(right(), QColor(Qt::blue));
  }

  void holdingSFlickers() {
    canvas->setCompareMode(ImageCanvas::CompareMode::AfterOnly);
    const auto shown = [&] { return canvas->grab().toImage().pixelColor(200, 150); };
    QCOMPARE(shown(), QColor(Qt::blue));
    QTest::keyPress(canvas.get(), Qt::Key_S);
    QCOMPARE(shown(), QColor(Qt::red));
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QColor(Qt::blue), 2000);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QColor(Qt::red), 2000);
    QTest::keyRelease(canvas.get(), Qt::Key_S);
    QCOMPARE(shown(), QColor(Qt::blue));
  }

  void sideBySideLinksBothPanes() {
    canvas->resize(604, 300);
    canvas->setCompareMode(ImageCanvas::CompareMode::SideBySide);
    canvas->setBefore(coordinates({200, 150}), "before");
    canvas->setAfter(coordinates({200, 150}), "after");
    canvas->zoomAt(10, {100, 100});
    const QImage shot = canvas->grab().toImage();
    const QRgb left = shot.pixel(100, 105);
    QCOMPARE(shot.pixel(100 + 304, 105), left);
  }

  void newFramesKeepZoomAndPosition() {
    canvas->zoomAt(6, {50, 60});
    const QPointF point = canvas->imageFromWidget({120, 80});
    QSignalSpy zoomed(canvas.get(), &ImageCanvas::zoomChanged);
    for (int i = 0; i < 5; ++i) canvas->setAfter(filled({200, 150}, QColor(0, i * 20, 0)), QString::number(i));
    QCOMPARE(canvas->zoom(), 6.0);
    QCOMPARE(canvas->imageFromWidget({120, 80}), point);
    QCOMPARE(zoomed.count(), 0);
    // Twice the pixels of the same picture: the same part stays in view.
    canvas->setAfter(filled({400, 300}, Qt::green), "larger");
    QCOMPARE(canvas->zoom(), 3.0);
    QVERIFY(distance(canvas->imageFromWidget({120, 80}), point * 2) < 0.5);
    // Another shape is fitted.
    canvas->setAfter(filled({300, 300}, Qt::green), "square");
    QCOMPARE(canvas->zoom(), 1.0);
  }

  void arrivingFramesCostNothing() {
    const QImage frame = filled({2000, 1500}, Qt::green);
    canvas->setAfter(frame, "0");
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 100; ++i) canvas->setAfter(frame, QString::number(i));
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
  }

  void aNewFrameRepaintsItsOwnHalf() {
    struct : QObject {
      QRegion painted;
      bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) painted += static_cast<QPaintEvent*>(event)->region();
        return false;
      }
    } watcher;
    QTest::qWait(50);
    canvas->installEventFilter(&watcher);
    canvas->setAfter(filled({200, 150}, Qt::green), "next");
    QTRY_VERIFY(!watcher.painted.isEmpty());
    QVERIFY(watcher.painted.boundingRect().left() >= 198);
    watcher.painted = {};
    canvas->setAfter(filled({400, 300}, Qt::green), "larger");
    QTRY_VERIFY(watcher.painted.boundingRect() == canvas->rect());
    // The second picture of two makes panes smaller.
    canvas->setCompareMode(ImageCanvas::CompareMode::SideBySide);
    const double beside = canvas->zoom();
    canvas->clearAfter();
    QVERIFY(canvas->zoom() > beside);
  }

  void pixelsAreExactAt100PercentAndAbove() {
    canvas->setBefore({}, {});
    canvas->setAfter(coordinates({200, 150}), "after");
    canvas->setCompareMode(ImageCanvas::CompareMode::AfterOnly);
    for (const double zoom : {1.0, 12.0}) {
      canvas->zoomAt(zoom, {200, 150});
      const QImage shot = canvas->grab().toImage();
      for (const QPoint pixel : {QPoint(100, 70), QPoint(101, 75), QPoint(99, 80)}) {
        const QPointF at = canvas->widgetFromImage(pixel + QPointF(0.5, 0.5));
        QCOMPARE(shot.pixelColor(int(at.x()), int(at.y())), QColor(pixel.x(), pixel.y(), 200));
      }
    }
  }

  void theGridLiesBetweenThePixelsOfThePictureThatIsShown() {
    canvas->setBefore(filled({20, 15}, Qt::red), "photo");  // ten times as coarse as the result, which the zoom is of
    canvas->setCompareMode(ImageCanvas::CompareMode::BeforeOnly);
    QCOMPARE(canvas->zoom(), 2.0);
    QCOMPARE(canvas->grab().toImage().pixelColor(100, 150), QColor(Qt::red));  // none over a picture that is fitted
    canvas->zoomAt(2.0, {200, 150});
    const QImage shot = canvas->grab().toImage();
    int lines = 0;
    for (int x = 0; x < 400; ++x) {
      const bool line = shot.pixelColor(x, 150) != QColor(Qt::red);
      if (line) QVERIFY2(x % 20 <= 1 || x % 20 == 19, qPrintable(QString::number(x)));
      lines += line ? 1 : 0;
    }
    QVERIFY2(lines >= 18 && lines <= 21, qPrintable(QString::number(lines)));
  }

  void shrinkingAveragesInsteadOfSkipping() {
    // A fine stripe pattern must turn grey, not into stripes or one of its colours.
    for (const QSize size : {QSize(1600, 600), QSize(3200, 1200)}) {
      QImage stripes(size, QImage::Format_RGB888);
      for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x) stripes.setPixelColor(x, y, x % 2 ? Qt::white : Qt::black);
      canvas->clear();
      canvas->setAfter(stripes, "stripes");
      const auto grey = [&] {
        const QColor c = canvas->grab().toImage().pixelColor(200, 150);
        return std::abs(c.red() - 128) < 10 && std::abs(c.green() - 128) < 10;
      };
      QTRY_VERIFY_WITH_TIMEOUT(grey(), 3000);  // the levels of large pictures come from another thread
    }
  }

  void hoverReportsPixelAndColours() {
    QSignalSpy hovered(canvas.get(), &ImageCanvas::pixelHovered);
    canvas->setAfter(coordinates({200, 150}), "after");
    moveWithButton(*canvas, {101, 61}, Qt::NoButton);
    QCOMPARE(hovered.last().at(0).toPoint(), QPoint(50, 30));
    QCOMPARE(hovered.last().at(1).value<QColor>(), QColor(Qt::red));
    QCOMPARE(hovered.last().at(2).value<QColor>(), QColor(50, 30, 200));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(canvas.get(), &leave);
    QCOMPARE(hovered.last().at(0).toPoint(), QPoint(-1, -1));
  }

  void dropsNameTheirFiles() {
    QSignalSpy dropped(canvas.get(), &ImageCanvas::filesDropped);
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile("/tmp/a b.png"), QUrl("https://example.org/c.png")});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas.get(), &drop);
    QCOMPARE(dropped.count(), 1);
    QCOMPARE(dropped[0][0].toStringList(), QStringList{"/tmp/a b.png"});
    QMimeData text;
    text.setText("no file");
    QDragEnterEvent refused({10, 10}, Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    refused.ignore();
    QApplication::sendEvent(canvas.get(), &refused);
    QVERIFY(!refused.isAccepted());
  }

  void transparentPartsAreShownAlikeBeforeAndAfter() {
    QImage glass(200, 150, QImage::Format_ARGB32);  // clear on the left, half clear on the right
    glass.fill(Qt::transparent);
    for (int y = 0; y < 150; ++y)
      for (int x = 100; x < 200; ++x) glass.setPixelColor(x, y, QColor(0, 0, 255, 128));
    canvas->setBefore(glass, "glass");
    canvas->setAfter(glass, "glass");
    const QRect inner(40, 60, 320, 180);  // without captions
    const auto shown = [&](ImageCanvas::CompareMode mode) {
      canvas->setCompareMode(mode);
      return canvas->grab().toImage().copy(inner).convertToFormat(QImage::Format_RGB32);
    };
    const auto before = shown(ImageCanvas::CompareMode::BeforeOnly);
    const auto after = shown(ImageCanvas::CompareMode::AfterOnly);
    QCOMPARE(before, after);
    // The same squares shine through the other half.
    std::set<QRgb> clear, tinted;
    for (int x = 0; x < 120; ++x) clear.insert(before.pixel(x, 20));
    for (int x = 200; x < 320; ++x) tinted.insert(before.pixel(x, 20));
    QCOMPARE(clear.size(), std::size_t{2});
    QVERIFY(tinted.size() >= 2);
    for (const auto pixel : clear) QVERIFY(qRed(pixel) == qBlue(pixel));
    for (const auto pixel : tinted) QVERIFY(qRed(pixel) < qBlue(pixel));
    const auto split = shown(ImageCanvas::CompareMode::Split);
    for (const QRect side : {QRect(0, 0, 120, 180), QRect(200, 0, 120, 180)})  // beside the divider
      QCOMPARE(split.copy(side), before.copy(side));
    // Between equal pictures there is no difference, whatever shines through.
    const auto difference = shown(ImageCanvas::CompareMode::Difference);
    QCOMPARE(qGray(difference.pixel(30, 30)), 0);
    QCOMPARE(qGray(difference.pixel(290, 30)), 0);
  }

  void theMaskHasAColourThatThePhotoHasNot() {
    const auto plain = [](QColor colour) {
      QImage image(40, 30, QImage::Format_RGB888);
      image.fill(colour);
      return image;
    };
    const auto isRed = [](const QColor& colour) { return colour.red() > 200 && colour.blue() < 100; };
    for (const QColor& cold : {QColor(100, 150, 220), QColor(128, 128, 128), QColor(40, 120, 40), QColor(Qt::white)})
      QVERIFY(isRed(maskColourFor(plain(cold))));
    for (const QColor& warm : {QColor(200, 60, 40), QColor(200, 150, 120), QColor(150, 110, 80)})
      QVERIFY(!isRed(maskColourFor(plain(warm))));
  }

  void maskStrokesArriveInImageCoordinates() {
    QUndoStack undo;
    MaskEditor editor(&undo);
    editor.setSize({200, 150});
    editor.setBrushSize(1);
    canvas->setMaskEditor(&editor);
    canvas->setMaskEditing(true);
    QSignalSpy moved(canvas.get(), &ImageCanvas::dragMovesPicture);
    drag(*canvas, {41, 21}, {81, 21});  // zoom 2: pixels 20 .. 40 of row 10
    QCOMPARE(moved.count(), 0);
    const QImage mask = editor.image();
    int set = 0;
    for (int y = 0; y < 150; ++y)
      for (int x = 0; x < 200; ++x) set += mask.constScanLine(y)[x] == 255;
    QCOMPARE(set, 21);
    QVERIFY(mask.constScanLine(10)[20] == 255 && mask.constScanLine(10)[40] == 255);
    QCOMPARE(undo.count(), 1);
    // The overlay is 45 % red over blue, and only there.
    canvas->setCompareMode(ImageCanvas::CompareMode::AfterOnly);
    const QImage shot = canvas->grab().toImage();
    QVERIFY(shot.pixelColor(60, 20).red() > 80);
    QCOMPARE(shot.pixelColor(60, 30), QColor(Qt::blue));
    // The right button takes away again.
    drag(*canvas, {41, 21}, {81, 21}, Qt::RightButton);
    QVERIFY(editor.isEmpty());
  }

  void whatIsPaintedIsSeenOverAnInset() {
    QUndoStack undo;
    MaskEditor editor(&undo);
    editor.setSize({200, 150});
    editor.setBrushSize(9);
    canvas->setMaskEditor(&editor);
    canvas->setInset(filled({200, 150}, Qt::blue), {0, 0, 1, 1}, QStringLiteral("preview"));
    for (const auto mode : {ImageCanvas::CompareMode::BeforeOnly, ImageCanvas::CompareMode::AfterOnly,
                            ImageCanvas::CompareMode::Split, ImageCanvas::CompareMode::SideBySide}) {
      canvas->setCompareMode(mode);
      canvas->setMaskEditing(true);
      const auto at = [&](QPointF pixel) {  // in the pane of the inset: the right one, or the lower one
        const auto first = canvas->widgetFromImage(pixel).toPoint();
        if (mode != ImageCanvas::CompareMode::SideBySide) return first;
        const auto before = canvas->widgetFromImage({0, 0}).toPoint();
        return first + (before.x() > 0 ? QPoint(0, 152) : QPoint(202, 0));
      };
      const auto tint = [&] {  // red or cyan over blue
        const auto seen = canvas->grab().toImage().pixelColor(at({130, 75}));
        return std::max(seen.red(), seen.green());
      };
      QTest::mousePress(canvas.get(), Qt::LeftButton, {}, at({115, 75}));  // beside the divider
      moveWithButton(*canvas, at({160, 75}), Qt::LeftButton);
      QVERIFY2(tint() > 80, qPrintable(QString::number(tint())));
      QTest::mouseRelease(canvas.get(), Qt::LeftButton, {}, at({160, 75}));
      QVERIFY2(tint() > 10 && tint() < 60, qPrintable(QString::number(tint())));  // in sight, and hides nothing
      QCOMPARE(canvas->grab().toImage().pixelColor(at({130, 100})), QColor(Qt::blue));
      canvas->setMaskEditing(false);
      canvas->setMaskVisible(false);
      QCOMPARE(canvas->grab().toImage().pixelColor(at({130, 75})), QColor(Qt::blue));
      editor.clear();
    }
  }

  void theNameOfAnInsetCoversNoOther() {
    constexpr int kCaptions = 40;                   // along the upper edge
    const auto rowsOf = [&](const QRectF& place) {  // those of the name
      canvas->setInset(filled({200, 150}, Qt::blue), place, {});
      const auto plain = canvas->grab().toImage();
      canvas->setInset(filled({200, 150}, Qt::blue), place, QStringLiteral("Preview, without the model"));
      const auto named = canvas->grab().toImage();
      QPair<int, int> rows(-1, -1);
      for (int y = 0; y < named.height(); ++y) {
        if (named.copy(0, y, 400, 1) == plain.copy(0, y, 400, 1)) continue;
        if (rows.first < 0) rows.first = y;
        rows.second = y;
      }
      return rows;
    };
    canvas->setCompareMode(ImageCanvas::CompareMode::BeforeOnly);
    for (const double top : {0.0, 0.1, 0.15, 0.2}) {  // of 300 rows
      const auto rows = rowsOf({0, top, 1, 1 - top});
      QVERIFY2(rows.first >= kCaptions && rows.second < 300, qPrintable(QString::number(rows.first)));
    }
    QVERIFY(rowsOf({0, 0.5, 1, 0.5}).second < 150);  // there is room above
    QVERIFY(rowsOf({0, 0, 1, 0.5}).first >= 150);
  }

  void anInsetCoversNoCaption() {
    canvas->setBefore(filled({200, 150}, Qt::blue), QStringLiteral("Photo"));
    canvas->setAfter(filled({200, 150}, Qt::blue), QStringLiteral("Result"));
    canvas->setCompareMode(ImageCanvas::CompareMode::AfterOnly);
    const auto corner = [&] { return canvas->grab().toImage().copy(0, 0, 80, 38); };
    const auto caption = corner();
    canvas->setInset(filled({200, 150}, Qt::blue), {0, 0, 1, 1}, {});
    const auto covered = corner();
    QCOMPARE(covered.pixelColor(20, 14), caption.pixelColor(20, 14));
    QVERIFY(covered.pixelColor(20, 14) != QColor(Qt::blue));
  }

  void emptyCanvasSaysWhatToDo() {
    canvas->clear();
    QVERIFY(canvas->isEmpty());
    QVERIFY(canvas->accessibleDescription().contains("Ctrl+O"));
    canvas->grab();
    wheel(*canvas, {10, 10}, 120);
    QTest::mouseClick(canvas.get(), Qt::LeftButton, {}, {90, 100});
    QTest::keyClick(canvas.get(), Qt::Key_Plus);
    QVERIFY(canvas->isEmpty());
  }

  void fractionalDevicePixelRatioFits() {
    CanvasView view;
    view.setDevicePixelRatio(1.5);
    view.setPaneSize({400, 300});
    view.setImageSize({600, 450});
    QCOMPARE(view.zoom(), 1.0);  // one pixel of the picture is one pixel of the screen
    QCOMPARE(view.imageRect(), QRectF(0, 0, 400, 300));
  }

 private:
  std::unique_ptr<ImageCanvas> canvas;
};

QTEST_MAIN(CanvasTest)
#include "canvas_test.moc"
