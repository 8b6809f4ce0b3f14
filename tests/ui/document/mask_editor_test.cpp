// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>
#include <cmath>
#include <ctime>

#include "ui/document/mask_editor.h"
#include "ui/tools/mask_tool_bar.h"

using namespace p2l::ui;

namespace {

/// Distance of a point from a segment, computed plainly.
double distanceToSegment(QPointF p, QPointF a, QPointF b) {
  const QPointF d = b - a;
  const double length2 = QPointF::dotProduct(d, d);
  const double t = length2 > 0 ? std::clamp(QPointF::dotProduct(p - a, d) / length2, 0.0, 1.0) : 0.0;
  const QPointF nearest = a + t * d;
  return std::hypot(p.x() - nearest.x(), p.y() - nearest.y());
}

int countOf(const QImage& mask) {
  int count = 0;
  for (int y = 0; y < mask.height(); ++y)
    for (int x = 0; x < mask.width(); ++x) count += mask.constScanLine(y)[x] == 255;
  return count;
}

void stroke(MaskEditor& editor, QPointF from, QPointF to, bool erase = false) {
  editor.beginStroke(from, erase);
  editor.endStroke(to);
}

}  // namespace

class MaskEditorTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    undo = std::make_unique<QUndoStack>();
    editor = std::make_unique<MaskEditor>(undo.get());
    editor->setSize({101, 67});  // odd, so that rows are padded
  }

  void brushMarksExactlyThePixelsWithinItsRadius_data() {
    QTest::addColumn<QPointF>("from");
    QTest::addColumn<QPointF>("to");
    QTest::addColumn<int>("size");
    QTest::newRow("dot") << QPointF(40.3, 30.8) << QPointF(40.3, 30.8) << 9;
    QTest::newRow("horizontal") << QPointF(10, 20.5) << QPointF(90, 20.5) << 7;
    QTest::newRow("vertical") << QPointF(50.2, 5) << QPointF(50.2, 60) << 12;
    QTest::newRow("slanted") << QPointF(12.7, 8.1) << QPointF(83.2, 55.9) << 10;
    QTest::newRow("back") << QPointF(83.2, 8.1) << QPointF(12.7, 55.9) << 3;
    QTest::newRow("over the edge") << QPointF(-20, -10) << QPointF(130, 40) << 30;
    QTest::newRow("huge") << QPointF(50, 30) << QPointF(51, 30) << 400;
  }
  void brushMarksExactlyThePixelsWithinItsRadius() {
    QFETCH(QPointF, from);
    QFETCH(QPointF, to);
    QFETCH(int, size);
    editor->setBrushSize(size);
    stroke(*editor, from, to);
    const QImage mask = editor->image();
    for (int y = 0; y < mask.height(); ++y) {
      for (int x = 0; x < mask.width(); ++x) {
        const double distance = distanceToSegment({x + 0.5, y + 0.5}, from, to);
        if (std::abs(distance - size / 2.0) < 1e-6) continue;  // on the rim: either
        QCOMPARE(mask.constScanLine(y)[x], uchar(distance < size / 2.0 ? 255 : 0));
      }
    }
    QCOMPARE(editor->missingFraction(), double(countOf(mask)) / (101 * 67));
  }

  void smallestBrushDrawsAConnectedLineOfSinglePixels() {
    editor->setBrushSize(1);
    stroke(*editor, {10.1, 10.9}, {40.9, 20.2});
    const QImage mask = editor->image();
    for (int x = 10; x <= 40; ++x) {
      int in_column = 0;
      for (int y = 0; y < mask.height(); ++y) in_column += mask.constScanLine(y)[x] == 255;
      QVERIFY(in_column >= 1 && in_column <= 2);
    }
    QVERIFY(mask.constScanLine(10)[10] == 255 && mask.constScanLine(20)[40] == 255);
  }

  void rectangleCoversTheTouchedPixels() {
    editor->setTool(MaskEditor::Tool::Rectangle);
    editor->beginStroke({19.8, 14.9});
    editor->moveStroke({15, 12});
    QVERIFY(editor->isEmpty());  // takes effect at the end
    QCOMPARE(editor->pendingOutline().boundingRect(), QRectF(QPointF(15, 12), QPointF(19.8, 14.9)));
    editor->endStroke({10.2, 10.2});
    const QImage mask = editor->image();
    for (int y = 0; y < 67; ++y)
      for (int x = 0; x < 101; ++x)
        QCOMPARE(mask.constScanLine(y)[x], uchar(QRect(10, 10, 10, 5).contains(x, y) ? 255 : 0));
  }

  void lassoFillsByTheEvenOddRule() {
    editor->setTool(MaskEditor::Tool::Lasso);
    const QPolygonF polygon{{10, 10}, {60.3, 12.2}, {30.1, 50.7}, {55, 5}, {12, 40}};
    editor->beginStroke(polygon[0]);
    for (int i = 1; i + 1 < polygon.size(); ++i) editor->moveStroke(polygon[i]);
    editor->endStroke(polygon.last());
    const QImage mask = editor->image();
    QVERIFY(countOf(mask) > 200);
    for (int y = 0; y < 67; ++y)
      for (int x = 0; x < 101; ++x)
        QCOMPARE(mask.constScanLine(y)[x] == 255, polygon.containsPoint({x + 0.5, y + 0.5}, Qt::OddEvenFill));
  }

  void eraserAndErasingStrokesTakeAway() {
    editor->invert();
    QCOMPARE(editor->missingFraction(), 1.0);
    editor->setTool(MaskEditor::Tool::Eraser);
    editor->setBrushSize(10);
    stroke(*editor, {50, 30}, {50, 30});
    QVERIFY(editor->image().constScanLine(30)[50] == 0);
    editor->setTool(MaskEditor::Tool::Rectangle);
    stroke(*editor, {0, 0}, {100.5, 66.5}, true);
    QVERIFY(editor->isEmpty());
  }

  void undoAndRedoRestoreEveryByte() {
    QList<QImage> states{editor->image().copy()};
    const auto remember = [&] { states << editor->image().copy(); };
    editor->setBrushSize(15);
    stroke(*editor, {5, 5}, {80, 60});
    remember();
    editor->invert();
    remember();
    editor->setTool(MaskEditor::Tool::Rectangle);
    stroke(*editor, {20, 20}, {60, 40}, true);
    remember();
    editor->setTool(MaskEditor::Tool::Lasso);
    editor->beginStroke({30, 25});
    editor->moveStroke({50, 25});
    editor->endStroke({40, 38});
    remember();
    editor->clear();
    remember();
    QCOMPARE(undo->count(), 5);
    for (int i = states.size() - 2; i >= 0; --i) {
      undo->undo();
      QCOMPARE(editor->image(), states[i]);
      QCOMPARE(editor->missingFraction(), double(countOf(states[i])) / (101 * 67));
    }
    for (int i = 1; i < states.size(); ++i) {
      undo->redo();
      QCOMPARE(editor->image(), states[i]);
    }
  }

  void strokesWithoutEffectAreNoCommands() {
    stroke(*editor, {-500, -500}, {-400, -400});
    editor->clear();
    editor->setTool(MaskEditor::Tool::Eraser);
    stroke(*editor, {10, 10}, {20, 20});
    editor->setTool(MaskEditor::Tool::Lasso);
    stroke(*editor, {10, 10}, {20, 20});
    QCOMPARE(undo->count(), 0);
  }

  void cancelTakesTheUnfinishedStrokeBack() {
    stroke(*editor, {20, 20}, {30, 20});
    const QImage before = editor->image().copy();
    editor->beginStroke({60, 40});
    editor->moveStroke({80, 50});
    QVERIFY(editor->image() != before);
    editor->cancelStroke();
    QCOMPARE(editor->image(), before);
    QCOMPARE(undo->count(), 1);
    QCOMPARE(editor->missingFraction(), double(countOf(before)) / (101 * 67));
  }

  void changedNamesTheTouchedArea() {
    QSignalSpy changed(editor.get(), &MaskEditor::changed);
    editor->setBrushSize(10);
    editor->beginStroke({50, 30});
    QCOMPARE(changed.count(), 1);
    const QRect area = changed[0][0].toRect();
    QVERIFY(area.contains(QRect(45, 25, 10, 10).adjusted(1, 1, -1, -1)) && area.width() <= 12 && area.height() <= 12);
    editor->endStroke({50, 30});
  }

  void sameSizeKeepsTheMaskAndAnotherOneDoesNot() {
    stroke(*editor, {20, 20}, {30, 20});
    const QImage before = editor->image().copy();
    editor->setSize({101, 67});
    QCOMPARE(editor->image(), before);
    editor->setSize({50, 50});
    QVERIFY(editor->isEmpty());
    undo->undo();  // of the former size: does nothing, crashes nothing
    QVERIFY(editor->isEmpty());
    QCOMPARE(editor->image().size(), QSize(50, 50));
  }

  void loadTakesLightPixelsAndRefusesAnotherSize() {
    QString error;
    QVERIFY(!editor->load(QImage(30, 40, QImage::Format_RGB32), &error));
    QVERIFY2(error.contains("30 x 40") && error.contains("101 x 67"), qPrintable(error));
    QImage picture(101, 67, QImage::Format_ARGB32);
    picture.fill(QColor(127, 127, 127));
    picture.setPixelColor(3, 4, Qt::white);
    picture.setPixelColor(5, 6, QColor(128, 128, 128));
    picture.setPixelColor(7, 8, QColor(255, 255, 255, 0));
    QVERIFY(editor->load(picture, &error));
    QCOMPARE(countOf(editor->image()), 2);
    undo->undo();
    QVERIFY(editor->isEmpty());
  }

  void aMaskOfThePhotosOwnSizeIsCutAlong() {
    editor->setSize({24, 24});
    editor->setPhotoSize({64, 48});
    QImage picture(64, 48, QImage::Format_Grayscale8);
    picture.fill(Qt::black);
    picture.setPixelColor(8 + 20, 10, Qt::white);  // the centre square begins at 8; two pixels become one
    picture.setPixelColor(2, 2, Qt::white);        // cut away
    QString error;
    QVERIFY2(editor->load(picture, &error), qPrintable(error));
    QCOMPARE(countOf(editor->image()), 1);
    QCOMPARE(editor->image().pixelColor(10, 5), QColor(Qt::white));
    editor->setSize({96, 96});  // enlarged, a hidden pixel hides all that are made of it
    QVERIFY(editor->load(picture, &error));
    QVERIFY(countOf(editor->image()) >= 36);
    QVERIFY(!editor->load(QImage(50, 50, QImage::Format_RGB32), &error));
  }

  void largePicturesArePaintedQuickly() {
    editor->setSize({4000, 3000});
    editor->setBrushSize(400);
    editor->beginStroke({200, 200});
    // Of the processor: on a busy machine a stroke waits for others.
    const auto since = [](std::clock_t begin) { return 1e3 * double(std::clock() - begin) / CLOCKS_PER_SEC; };
    double slowest = 0, end = 0;
    for (int i = 1; i <= 60; ++i) {
      const auto begin = std::clock();
      editor->moveStroke({200.0 + 60 * i, 200.0 + 40 * i});
      slowest = std::max(slowest, since(begin));
    }
    const auto begin = std::clock();
    editor->endStroke({3900, 2800});
    end = since(begin);
    qInfo("4000 x 3000: slowest move %.2f ms, end of the stroke %.2f ms", slowest, end);
    QVERIFY2(std::max(slowest, end) < 100, "far beyond 10 ms, even for a slow machine");
  }

  void toolBarFollowsAndDrivesTheEditor() {
    MaskToolBar bar(editor.get());
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    editor->setBrushSize(40);
    // Through the actions: a window without a window manager is never active, and shortcuts need an active one.
    const auto press = [&](Qt::Key key) {
      for (QAction* action : bar.actions())
        if (action->shortcut() == QKeySequence(key)) return action->trigger();
      QFAIL("no such shortcut");
    };
    press(Qt::Key_BracketRight);
    QCOMPARE(editor->brushSize(), 50);
    press(Qt::Key_BracketLeft);
    QCOMPARE(editor->brushSize(), 40);
    editor->setTool(MaskEditor::Tool::Rectangle);
    stroke(*editor, {0, 0}, {100.5, 6.5});
    const auto* fraction = bar.findChild<QLabel*>("maskFraction");
    QVERIFY2(fraction->text().startsWith("10.4 %"), qPrintable(fraction->text()));  // 7 of 67 rows

    QTemporaryDir folder;
    QString error;
    const QImage mask = editor->image().copy();
    QVERIFY2(bar.exportMask(folder.filePath("mask.png"), &error), qPrintable(error));
    editor->clear();
    QVERIFY2(editor->load(QImage(folder.filePath("mask.png")), &error), qPrintable(error));
    QCOMPARE(editor->image(), mask);
    QVERIFY(!bar.exportMask(folder.filePath("no/such/folder.png"), &error));
    for (const QWidget* child : bar.findChildren<QWidget*>())
      if (child->focusPolicy() != Qt::NoFocus && child->isVisible() && child->parentWidget() == &bar)
        QVERIFY2(!child->accessibleName().isEmpty() && !child->toolTip().isEmpty(), child->metaObject()->className());
  }

 private:
  std::unique_ptr<QUndoStack> undo;
  std::unique_ptr<MaskEditor> editor;
};

QTEST_MAIN(MaskEditorTest)
#include "mask_editor_test.moc"
