// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: what tiles and curves say at a time, of an area, and of seeds.
#include <QAction>
#include <QLabel>
#include <QStyle>
#include <QStyleOption>
#include <QToolButton>

#include "tests/support/german_numbers.h"
#include "tests/ui/compare/compare_fixture.h"
#include "ui/curves/curves_plot.h"
#include "ui/run/compare_timeline.h"
#include "ui/widgets/segmented.h"

using namespace p2l;

class CompareTilesTest : public CompareFixture {
  Q_OBJECT

 private:
  QString detail(quint64 key) const {
    const int at = view()->tileOf(key);
    return at < 0 ? QString() : canvas()->pictures()[at].detail;
  }
  /// What is said of the pixel in the middle of a tile.
  QString hovered(quint64 key) {
    const auto place = canvas()->cell(view()->tileOf(key)).center().toPoint();
    QMouseEvent move(QEvent::MouseMove, place, canvas()->mapToGlobal(place), Qt::NoButton, Qt::NoButton, {});
    QCoreApplication::sendEvent(canvas(), &move);
    QStringList texts;
    for (const auto* label : view()->timeline()->findChildren<QLabel*>()) texts << label->text() << label->toolTip();
    return texts.join(QLatin1Char('\n'));
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-tiles-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  /// As on the other pages.
  void whatKeepsTheMeasuredPixelsHasNoResidual() {
    addLadder();
    jobs_.clear();
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) {
      keeps_measured_ = i == 1;
      runWhole(jobs_.at(i), kUnknown, 190 + 5 * i);
    }
    finishBound();
    auto* table = view()->table();
    table->refresh();
    const auto residual = CompareTable::columnOf("residual");
    QCOMPARE(cell(0, "residual"), QStringLiteral("0.75"));
    for (const char* key : {"residual", "relative_residual"}) QCOMPARE(cell(1, key), QStringLiteral("–"));
    QCOMPARE(table->item(rowOf(1), residual)->toolTip(), QStringLiteral("measured pixels kept"));
    QVERIFY(table->item(rowOf(0), residual)->toolTip().isEmpty());
    QTRY_VERIFY2_WITH_TIMEOUT(detail(entry(1).key).contains(QStringLiteral("measured pixels kept")),
                              qPrintable(detail(entry(1).key)), kPatience);
    QVERIFY2(!detail(entry(1).key).contains(QStringLiteral("residual")), qPrintable(detail(entry(1).key)));
    QTRY_VERIFY2_WITH_TIMEOUT(detail(entry(0).key).contains(QStringLiteral("residual 0.75 (noise 0.50)")),
                              qPrintable(detail(entry(0).key)), kPatience);
  }

  void theCurvesCursorFollowsTheTimeline() {
    addLadder();
    auto* curves = view()->curves();
    QCOMPARE(curves->cursorStep(), 0);
    jobs_.clear();
    bar()->runAction()->trigger();
    start(jobs_[0]);
    step(jobs_[0], 1);
    step(jobs_[0], 2);
    QTRY_COMPARE_WITH_TIMEOUT(curves->cursorStep(), 2, kPatience);  // with the run
    for (int i = 3; i <= 4; ++i) step(jobs_[0], i);
    finish(jobs_[0], Outcome::Status::Completed, 22.0);
    for (int i = 1; i < 3; ++i) runWhole(jobs_.at(i), 22.0 + i);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(curves->cursorStep(), 4, kPatience);
    view()->timeline()->setTime(500);  // steps at 750, 500, 250 and 0
    QCOMPARE(curves->cursorStep(), 2);
    view()->timeline()->setTime(300);
    QCOMPARE(curves->cursorStep(), 2);
    view()->timeline()->previous();
    QCOMPARE(curves->cursorStep(), 2);
    view()->timeline()->previous();
    QCOMPARE(curves->cursorStep(), 1);
    emit curves->stepClicked(3);
    QCOMPARE(view()->timeline()->time(), 250);
    QCOMPARE(curves->cursorStep(), 3);
    view()->timeline()->setTime(-1);
    QCOMPARE(curves->cursorStep(), 4);
  }

  void theMeasurementsTileHasTheNumbersOfDegrade() {
    Image striped(kSide, kSide, 3, 0.25f);  // a blur takes something away
    for (int y = 0; y < kSide; ++y) {
      for (int x = 0; x < kSide; x += 2) {
        for (int c = 0; c < 3; ++c) striped.at(x, y, c) = 0.75f;
      }
    }
    const auto path = folder_.filePath(QStringLiteral("striped.png"));
    writePhoto(striped, path.toStdString(), {});
    window_->files()->open(path);
    const auto opened = [&] { return document()->photo()->photo->image.at(0, 0, 0) > 0.5f; };
    QTRY_VERIFY_WITH_TIMEOUT(opened(), kPatience);
    window_->showPage(ui::MainWindow::Page::Compare);  // it was opened in Restore
    auto settings = document()->request();
    settings.mode = Mode::Demonstrate;
    settings.noise = RestoreRequest().noise;
    settings.degradations = {DegradationChoice{"sr", {{"factor", 2.0}}}};
    document()->recall(catalogue_.complete(settings));
    addLadder();
    RestoreRequest request;
    const auto pictures = document()->pictures(request);
    const auto expected = degrade(catalogue_, request, ui::inputsFromPictures(request, pictures)).report;
    QVERIFY(std::isfinite(expected.psnr_measurement) && expected.psnr_measurement < 60.0);
    const auto psnr = QStringLiteral("%1 dB").arg(expected.psnr_measurement, 0, 'f', 2);
    QTRY_VERIFY2_WITH_TIMEOUT(detail(ComparePage::kMeasurement).startsWith(psnr),
                              qPrintable(detail(ComparePage::kMeasurement) + psnr), kPatience);
    QVERIFY(detail(ComparePage::kMeasurement).contains(QStringLiteral("SSIM ")));
    settings = document()->request();
    settings.mode = Mode::Restore;  // without a truth there is nothing to hold y against
    document()->recall(settings);
    QTRY_VERIFY2_WITH_TIMEOUT(detail(ComparePage::kMeasurement).isEmpty(),
                              qPrintable(detail(ComparePage::kMeasurement)), kPatience);
  }

  void theMeasurementIsCalledSoInItsTileAndInTheLists() {
    addLadder();
    int index = -1;
    tile(ComparePage::kMeasurement, &index);
    const auto name = QStringLiteral("Measurement (y)");
    const auto title = canvas()->pictures()[index].title;
    QVERIFY2(title.startsWith(name + QStringLiteral(" · ")), qPrintable(title));
    QVERIFY(view()->reference()->findText(name) >= 0);
  }

  void aTileWithoutStepsSaysThatItShowsItsResult() {
    addLadder();
    const auto path = folder_.filePath(QStringLiteral("made.png"));
    writePhoto(Image(kSide, kSide, 3, 0.30f), path.toStdString(), {});
    compare()->addFile(path);
    runAll();
    QTRY_COMPARE_WITH_TIMEOUT(entry(3).state, CompareEntry::State::Done, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(detail(entry(3).key).contains(QStringLiteral(" dB")), kPatience);
    const auto said = QStringLiteral("the result, at every t");
    QVERIFY(!detail(entry(3).key).contains(said));
    view()->timeline()->setTime(500);
    QTRY_VERIFY2_WITH_TIMEOUT(detail(entry(3).key).contains(said), qPrintable(detail(entry(3).key)), kPatience);
    QVERIFY2(detail(entry(3).key).indexOf(QStringLiteral(" dB")) < detail(entry(3).key).indexOf(said),
             qPrintable(detail(entry(3).key)));
    QVERIFY2(detail(entry(0).key).contains(QStringLiteral("t = 500")), qPrintable(detail(entry(0).key)));
    QVERIFY(!detail(entry(0).key).contains(said));
  }

  void seedsSayTheirCalibrationInLinesAndInTheTable() {
    window_->resize(1920, 1200);
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 3), /*seeds=*/true);
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) runWhole(jobs_.at(i), 22.0, 100 + 10 * i);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(entry(3).state, CompareEntry::State::Done, kPatience);
    // Everywhere 10 grey levels from 110, which is 46 from the photo's 64.
    for (const char* key : {"spread_surest", "spread_least_sure"}) QCOMPARE(cell(3, key), QStringLiteral("10.0"));
    for (const char* key : {"error_surest", "error_least_sure"}) QCOMPARE(cell(3, key), QStringLiteral("46.0"));
    QCOMPARE(cell(0, "spread_surest"), QStringLiteral("–"));
    const auto latex = view()->table()->text(TableFormat::Latex);
    QVERIFY2(latex.contains(QStringLiteral("& Spread, surest tenth & Error, surest tenth &")), qPrintable(latex));
    QVERIFY(view()->table()->text(TableFormat::Csv).contains(QStringLiteral(",spread_least_sure,error_least_sure,")));
    const auto key = entry(3).key | ComparePage::kSpread;
    int index = -1;
    tile(key, &index);
    const auto lines = detail(key).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].contains(QStringLiteral("10\u00a0grey\u00a0levels")), qPrintable(lines[0]));  // with its unit
    QVERIFY2(lines[1].contains(QStringLiteral("spread 10.0, error 46.0")), qPrintable(lines[1]));
    // The map is white; red is in the bar of its colours, in the corner.
    QCOMPARE(float(canvas()->pictures()[index].map_most), 10.0f);  // it is of a map of floats
    QVERIFY(canvas()->cell(index).height() > 200);
    const auto image = canvas()->grab().toImage();
    const auto at = [&](double x, double y) {
      const auto place = (canvas()->cell(index).bottomLeft() + QPointF(x, y)) * image.devicePixelRatio();
      return QColor(image.pixel(place.toPoint()));
    };
    int reddish = 0;
    for (int y = -80; y < -10; ++y) {
      const auto colour = at(68, y);
      reddish += colour.red() > 180 && colour.green() < 100 && colour.blue() < 60 ? 1 : 0;
    }
    QVERIFY(reddish > 5);
  }

  void anAreaOfASpreadHasItsGreyLevels() {
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 3), /*seeds=*/true);
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) runWhole(jobs_.at(i), 22.0, 100 + 10 * i);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(entry(3).state, CompareEntry::State::Done, kPatience);
    int index = -1;
    tile(entry(3).key | ComparePage::kSpread, &index);
    window_->resize(640, 480);
    QTRY_VERIFY_WITH_TIMEOUT(!canvas()->showsAreaTexts(), kPatience);
    canvas()->setArea(QRect(5, 5, 20, 20));
    auto* label = view()->areaLabel();
    const auto said = QStringLiteral("mean 10.0 · σ 0.0 grey levels");  // and not of white, which is 255
    QTRY_VERIFY2_WITH_TIMEOUT(label->text().contains(said), qPrintable(label->text()), kPatience);
    QVERIFY2(!label->text().contains(QStringLiteral("255.0")), qPrintable(label->text()));
  }

  void anAreasLineHasAllNumbersWhereTilesCutThem() {
    addLadder();
    runAll();
    int index = -1;
    tile(entry(0).key, &index);
    QVERIFY(canvas()->showsAreaTexts());
    auto font = canvas()->font();
    font.setPixelSize(60);  // tiles are too narrow for the line
    canvas()->setFont(font);
    canvas()->setArea(QRect(5, 5, 20, 20));
    auto* label = view()->areaLabel();
    QTRY_VERIFY2_WITH_TIMEOUT(label->text().contains(QStringLiteral("dB · mean 190.0 · σ 0.0")),
                              qPrintable(label->text()), kPatience);
  }

  void aCaptionThatDoesNotFitEndsWithAnEllipsis() {
    const QFontMetricsF metrics(canvas()->font());
    const QStringList lines{QStringLiteral("Spread of 3 seeds, up to 12 grey levels."), QStringLiteral("Calibration.")};
    const double width = metrics.horizontalAdvance(QStringLiteral("Spread of 3 seeds, up to 12")) + 1;
    const auto all = ui::wrappedCaption(lines, metrics, width, 5);
    QCOMPARE(all.join(QLatin1Char(' ')), lines.join(QLatin1Char(' ')));
    QVERIFY(all.size() > 2);
    QCOMPARE(ui::wrappedCaption(lines, metrics, width, 1), QStringList{all[0] + QStringLiteral("…")});
    QCOMPARE(ui::wrappedCaption(lines, metrics, 10 * width, 1), QStringList{lines[0] + QStringLiteral(" …")});
    QVERIFY(ui::wrappedCaption(lines, metrics, width, 0).isEmpty());
    QVERIFY(ui::wrappedCaption(lines, metrics, width, -1).isEmpty());
  }

  void aSmallTileHasTwoLinesAndAllInItsTip() {
    addLadder();
    lpips_ = 0.25;
    runAll();
    emit view()->chips()->referenceWanted(entry(0).key);
    int index = -1;
    tile(entry(1).key, &index);
    const auto lines = [&] { return canvas()->captionLines(index); };
    const auto numbers = QStringLiteral("23.00 dB · LPIPS 0.250 · ");
    QTRY_VERIFY2_WITH_TIMEOUT(lines().value(1).startsWith(numbers), qPrintable(lines().join('|')), kPatience);
    QVERIFY2(canvas()->cell(index).height() < 320, "a window of 1280 x 720 has small tiles");
    QCOMPARE(lines().size(), 2);
    QVERIFY2(lines()[0].endsWith(entry(1).label), qPrintable(lines()[0]));
    const auto caption = canvas()->cell(index).topLeft() + QPointF(14, 14);
    const auto tip = canvas()->captionTip(caption);
    QVERIFY2(tip.startsWith(entry(1).label + QStringLiteral("\n23.00 dB")), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("SSIM 0.575")) && tip.contains(QStringLiteral("vs ")), qPrintable(tip));
    QVERIFY(canvas()->captionTip(canvas()->cell(index).center()).isEmpty());
    window_->resize(1920, 1200);
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->cell(index).height() > 320, kPatience);
    QCOMPARE(lines().size(), 3);
    emit view()->modes()->chosen(1);  // split: each has its strip
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->mode(), CompareCanvas::Mode::Split, kPatience);
    const double left = canvas()->dividers().at(index - 1) * canvas()->width();
    QVERIFY(canvas()->captionTip(QPointF(left + 14, 14)).startsWith(entry(1).label));
  }

  void aTileOfOneLineKeepsItsFirstNumber() {
    CompareCanvas tiles;
    std::vector<ui::ComparePicture> pictures(6);
    for (auto& each : pictures) {
      each.title = QStringLiteral("P2L, tuned prompt and a preset of a long name");
      each.detail = QStringLiteral("23.00 dB · LPIPS 0.250\nSSIM 0.575");
      each.colour = Qt::red;
      each.picture.shown = QImage(32, 32, QImage::Format_RGB888);
    }
    pictures[1].title = QStringLiteral("LDPS");
    pictures[2].detail = QStringLiteral("not run yet");
    tiles.resize(600, 240);
    tiles.setPictures(pictures, {32, 32});
    QVERIFY2(tiles.cell(0).height() < 130, "there is room for one line");
    const auto lines = tiles.captionLines(0);
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines[0].startsWith(QStringLiteral("1  P2L")) && lines[0].endsWith(QStringLiteral("… · 23.00 dB")),
             qPrintable(lines[0]));
    QVERIFY(QFontMetricsF(tiles.font()).horizontalAdvance(lines[0]) < tiles.cell(0).width() - 48);
    QCOMPARE(tiles.captionLines(1), QStringList{QStringLiteral("2  LDPS · 23.00 dB")});
    QCOMPARE(tiles.captionLines(2), QStringList{QStringLiteral("3  ") + pictures[2].title});
    tiles.resize(600, 400);
    QCOMPARE(tiles.captionLines(1).size(), 2);
  }

  void tilesOfNarrowPicturesHaveRoomForTheirNames() {
    CompareCanvas tiles;
    std::vector<ui::ComparePicture> pictures(11);
    for (auto& each : pictures) {
      each.title = QStringLiteral("LDPS");
      each.detail = QStringLiteral("23.00 dB · LPIPS 0.250");
      each.colour = Qt::red;
      each.picture.shown = QImage(17, 3000, QImage::Format_RGB888);
    }
    tiles.resize(700, 560);
    tiles.setPictures(pictures, {17, 3000});
    const auto cell = tiles.cell(0);
    QCOMPARE(tiles.captionLines(0).first(), QStringLiteral("1  LDPS"));
    const double name = QFontMetricsF(tiles.font()).horizontalAdvance(QStringLiteral("1  LDPS"));
    QVERIFY2(cell.width() >= name + 48, qPrintable(QString::number(cell.width())));
    QVERIFY(!tiles.captionTip(cell.topLeft() + QPointF(14, 14)).isEmpty());  // it is painted
    QVERIFY(cell.height() > 150);
    tiles.resize(700, 100);  // where there is no height for a second row they stay in one
    tiles.setPictures(pictures, {17, 3000});
    QVERIFY(tiles.cell(0).height() > 90);
  }

  void aFileOfAnotherSizeSaysItsSizeInItsTile() {
    const auto path = folder_.filePath(QStringLiteral("large.png"));
    writePhoto(Image(64, kSide, 3, 0.30f), path.toStdString(), {});
    compare()->addFile(path);
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    const auto said = QStringLiteral("The picture is 64 × 40 pixels");
    QTRY_VERIFY2_WITH_TIMEOUT(detail(entry(0).key).startsWith(said), qPrintable(detail(entry(0).key)), kPatience);
    QVERIFY(canvas()->pictures()[view()->tileOf(entry(0).key)].is_sentence);
  }

  void theBarOfDifferencesLeavesTheLastPictureToBeSeen() {
    addLadder();
    runAll();
    emit view()->modes()->chosen(3);
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->count(), 5, kPatience);  // in two rows of three, so that a cell is free
    for (const QSize size : {QSize(1920, 1200), QSize(1280, 720)}) {
      window_->resize(size);
      QCoreApplication::processEvents();
      QVERIFY(!canvas()->isBarSmall());
      QVERIFY(canvas()->barArea().left() > canvas()->cell(4).right());
    }
  }

  void theBarOfDifferencesIsWhereThereIsRoom_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("left");
    QTest::addColumn<bool>("small");
    QTest::newRow("one, in a small pane") << 1 << QSize(200, 160) << 0.0 << true;
    QTest::newRow("one, in a large pane") << 1 << QSize(900, 700) << 0.0 << false;
    QTest::newRow("five, the sixth cell is free") << 5 << QSize(900, 600) << 604.0 << false;
    QTest::newRow("five, in smaller cells") << 5 << QSize(600, 400) << 404.0 << false;
    QTest::newRow("five, the free cell is too narrow") << 5 << QSize(300, 200) << 0.0 << true;
    QTest::newRow("six, over the last") << 6 << QSize(900, 600) << 0.0 << false;
    QTest::newRow("six, over the last, small") << 6 << QSize(600, 400) << 0.0 << true;
  }
  void theBarOfDifferencesIsWhereThereIsRoom() {
    QFETCH(int, count);
    QFETCH(QSize, size);
    QFETCH(double, left);
    QFETCH(bool, small);
    std::vector<ui::ComparePicture> pictures(count);
    for (int i = 0; i < count; ++i) {
      pictures[i].key = i + 1;
      pictures[i].picture.shown = QImage(kSide, kSide, QImage::Format_RGB32);
      pictures[i].picture.shown.fill(Qt::gray);
    }
    CompareCanvas alone;
    auto font = alone.font();
    font.setPixelSize(12);
    alone.setFont(font);
    alone.resize(size);
    alone.setPictures(std::move(pictures), QSize(kSide, kSide));
    alone.setMode(CompareCanvas::Mode::Difference);
    QCOMPARE(alone.barArea(), QRectF(left, 0, size.width() - left, size.height()));
    QCOMPARE(alone.isBarSmall(), small);
  }

  void keysMakeAnAreaAndItsNumbers() {
    addLadder();
    runAll();
    int index = -1;
    tile(entry(0).key, &index);
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->count(), 5, kPatience);
    canvas()->setFocus();
    QVERIFY2(canvas()->accessibleDescription().contains(QStringLiteral("A begins an area")),
             qPrintable(canvas()->accessibleDescription()));
    QTest::keyClick(canvas(), Qt::Key_A);
    QCOMPARE(canvas()->area(), QRect(13, 13, 14, 14));  // a third of the 40 pixels, in their middle
    QVERIFY(canvas()->isAreaHeld());
    QVERIFY2(canvas()->accessibleDescription().contains(QStringLiteral("Arrows move the area")),
             qPrintable(canvas()->accessibleDescription()));
    auto* label = view()->areaLabel();
    QTRY_VERIFY2_WITH_TIMEOUT(label->isVisible() && label->text().contains(QStringLiteral("14 × 14 px at 13, 13")),
                              qPrintable(label->text()), kPatience);
    const double scale = canvas()->view(0).scale();
    QTest::keyClick(canvas(), Qt::Key_Right);
    const int way = canvas()->area().x() - 13;
    QVERIFY2(way > 0 && std::abs(way * scale - CompareCanvas::kArrowArea) <= std::max(scale, 1.0),
             qPrintable(QStringLiteral("%1 at %2").arg(way).arg(scale)));
    QTest::keyClick(canvas(), Qt::Key_Up);
    QCOMPARE(canvas()->area(), QRect(13 + way, 13 - way, 14, 14));
    QTest::keyClick(canvas(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(canvas(), Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(canvas()->area(), QRect(13 + way, 13 - way, 14 + way, 14 - way));
    for (int i = 0; i < 50; ++i) QTest::keyClick(canvas(), Qt::Key_Left);
    QCOMPARE(canvas()->area(), QRect(0, 13 - way, 14 + way, 14 - way));  // as large, at the picture's edge
    for (int i = 0; i < 50; ++i) QTest::keyClick(canvas(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(canvas()->area(), QRect(0, 13 - way, 14 + way, kSide - 13 + way));
    for (int i = 0; i < 50; ++i) QTest::keyClick(canvas(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(canvas()->area().width(), 1);
    const auto shown = canvas()->view(0).imageRect();
    QTest::keyClick(canvas(), Qt::Key_Escape);
    QVERIFY(canvas()->area().isEmpty() && !canvas()->isAreaHeld());
    QTRY_VERIFY_WITH_TIMEOUT(!label->isVisible(), kPatience);
    QCOMPARE(canvas()->view(0).imageRect(), shown);
    QTest::keyClick(canvas(), Qt::Key_Right);  // pans again
    QVERIFY(canvas()->view(0).imageRect() != shown);
  }

  void anAreaByKeysIsInTheMiddleOfWhatIsSeen() {
    addLadder();
    runAll();
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->count(), 5, kPatience);
    canvas()->setFocus();
    for (int i = 0; i < 6; ++i) QTest::keyClick(canvas(), Qt::Key_Plus);
    for (int i = 0; i < 4; ++i) QTest::keyClick(canvas(), Qt::Key_Left);  // to the picture's left
    const auto& seen = canvas()->view(0);
    const auto pane = canvas()->cell(0).size();
    QTest::keyClick(canvas(), Qt::Key_A);
    const auto area = canvas()->area();
    const QRectF drawn(seen.paneFromImage(area.topLeft()), seen.paneFromImage(area.bottomRight() + QPoint(1, 1)));
    QVERIFY(!area.isEmpty() && QRectF({0, 0}, pane).contains(drawn));
    const QRectF visible = seen.imageRect() & QRectF({0, 0}, pane);
    QVERIFY((drawn.center() - visible.center()).manhattanLength() <= 2 * seen.scale() + 2);
    QVERIFY(area.center() != QRect(0, 0, kSide, kSide).center());
  }

  void dividersAreMovedAgainWhenTheAreaIsLetGo() {
    addLadder();
    runAll();
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->count(), 5, kPatience);
    emit view()->modes()->chosen(1);
    canvas()->setFocus();
    const auto dividers = canvas()->dividers();
    QTest::keyClick(canvas(), Qt::Key_A);
    const auto begun = canvas()->area();
    QTest::keyClick(canvas(), Qt::Key_Right, Qt::ShiftModifier);
    const auto wider = canvas()->area();
    QVERIFY(wider.topLeft() == begun.topLeft() && wider.width() > begun.width() && wider.height() == begun.height());
    QCOMPARE(canvas()->dividers(), dividers);
    QTest::keyClick(canvas(), Qt::Key_A);  // it stays where it is
    QVERIFY(!canvas()->isAreaHeld());
    QTest::keyClick(canvas(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(canvas()->area(), wider);
    QVERIFY(canvas()->dividers() != dividers);
    QTest::keyClick(canvas(), Qt::Key_A);  // and is taken up again, not begun anew
    QVERIFY(canvas()->isAreaHeld());
    QCOMPARE(canvas()->area(), wider);
  }

  void aMapsNumbersAreThoseOfItsArea() {
    ui::MeasuredPicture map{QImage(3, 2, QImage::Format_RGB32), nullptr};
    map.shown.fill(Qt::white);  // its colours say nothing
    map.map_numbers = std::make_shared<std::vector<float>>(std::vector{0.0f, 0.2f, 0.4f, 1.0f, 1.0f, 1.0f});
    const ui::MeasuredPicture truth{map.shown, nullptr};
    const auto found = ui::areaStatistics(map, truth, map, QRect(1, 0, 5, 1));
    QVERIFY2(std::abs(found.mean - 0.3 * 255.0) < 1e-3, qPrintable(QString::number(found.mean)));
    QVERIFY2(std::abs(found.deviation - 0.1 * 255.0) < 1e-3, qPrintable(QString::number(found.deviation)));
    QVERIFY(std::isnan(found.psnr_truth) && std::isnan(found.psnr_reference));
    map.map_numbers = std::make_shared<std::vector<float>>(1, 0.5f);
    QVERIFY(std::isnan(ui::areaStatistics(map, {}, {}, QRect(0, 0, 1, 1)).mean));
  }

  void numbersOfPixelsAreTheDifferences() {
    addLadder();
    runAll();  // 190, 195 and 200
    int index = -1;
    tile(entry(1).key, &index);
    view()->reference()->setCurrentIndex(view()->reference()->findData(QVariant::fromValue(entry(0).key)));
    emit view()->reference()->activated(view()->reference()->currentIndex());
    const auto text = [&](int of) { return canvas()->mapText(view()->tileOf(entry(of).key), {3, 4}); };
    QCOMPARE(text(1), QString());  // the picture itself is shown
    emit view()->modes()->chosen(3);
    chooseRange(0.25);
    const auto said = [](double value) { return QString::number(value, 'g', 3); };
    QTRY_COMPARE_WITH_TIMEOUT(text(1), said(5.0 / 255.0), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(text(2), said(10.0 / 255.0), kPatience);
    QCOMPARE(text(0), QString());  // the reference
    const auto line = hovered(entry(1).key);
    QVERIFY2(line.contains(QStringLiteral("AE %1").arg(said(5.0 / 255.0))), qPrintable(line));
    QVERIFY2(line.contains(QStringLiteral("190 190 190")), qPrintable(line));
    // An error has a sign, and what is darker than the reference is below 0.
    view()->reference()->setCurrentIndex(view()->reference()->findData(QVariant::fromValue(entry(2).key)));
    emit view()->reference()->activated(view()->reference()->currentIndex());
    view()->differences()->setCurrentIndex(0);
    QTRY_COMPARE_WITH_TIMEOUT(text(1), said(-5.0 / 255.0), kPatience);
    emit view()->modes()->chosen(0);
    QCOMPARE(text(1), QString());
  }

  void numbersOfASpreadAreItsGreyLevels() {
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 3), /*seeds=*/true);
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) runWhole(jobs_.at(i), 22.0, 100 + 10 * i);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(entry(3).state, CompareEntry::State::Done, kPatience);
    const auto key = entry(3).key | ComparePage::kSpread;
    int index = -1;
    tile(key, &index);
    QCOMPARE(canvas()->mapText(index, {3, 4}), QStringLiteral("10.0"));
    {
      const test::GermanNumbers german;
      QCOMPARE(canvas()->mapText(index, {3, 4}), QStringLiteral("10,0"));
      QVERIFY2(hovered(key).contains(QStringLiteral("σ 10,0")), qPrintable(hovered(key)));
    }
    QCOMPARE(canvas()->mapText(index, {kSide, 4}), QString());  // beside it
    const auto line = hovered(key);
    QVERIFY2(line.contains(QStringLiteral("σ 10.0")), qPrintable(line));
    QVERIFY2(!line.contains(QStringLiteral("255 255 255")), qPrintable(line));  // the colour of the largest spread
  }

  void spaceThatIsLetGoElsewhereHoldsNoMore() {
    addLadder();
    runAll();
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->count() >= 5, kPatience);
    canvas()->setFocus();
    QTest::keyPress(canvas(), Qt::Key_Space);
    QCOMPARE(canvas()->cursor().shape(), Qt::OpenHandCursor);
    QFocusEvent leaves(QEvent::FocusOut);
    QCoreApplication::sendEvent(canvas(), &leaves);
    QCOMPARE(canvas()->cursor().shape(), Qt::CrossCursor);  // a drag makes an area
  }

  void theKindsOfDifferencesAreWhole() {
    addLadder();
    runAll();
    emit view()->modes()->chosen(3);
    auto* box = view()->differences();
    QVERIFY(box->isVisible());
    for (const QSize size : {QSize(1280, 720), QSize(960, 600)}) {
      window_->resize(size);
      QCoreApplication::processEvents();
      QStyleOptionComboBox option;
      option.initFrom(box);
      const auto room = box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box);
      for (int i = 0; i < box->count(); ++i) {
        const int text = box->fontMetrics().horizontalAdvance(box->itemText(i));
        QVERIFY2(text + 4 <= room.width(), qPrintable(box->itemText(i)));
      }
    }
  }

  void anAreasNumbersAreUnderThePicturesWhereThereIsNoPanel() {
    addLadder();
    runAll();
    int index = -1;
    tile(entry(0).key, &index);
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->count() >= 5, kPatience);
    window_->resize(640, 480);
    QTRY_VERIFY_WITH_TIMEOUT(!view()->panel()->isVisible(), kPatience);
    QVERIFY(!canvas()->showsAreaTexts());
    canvas()->setArea(QRect(5, 5, 20, 20));
    auto* label = view()->areaLabel();
    // 190 against a truth of 64, a photo of 8 bits at 0.25.
    const auto said =
        QStringLiteral("LDPS %1 dB · mean 190.0 · σ 0.0").arg(-20.0 * std::log10(126.0 / 255.0), 0, 'f', 2);
    QTRY_VERIFY2_WITH_TIMEOUT(label->isVisible() && label->text().contains(said), qPrintable(label->text()), kPatience);
    QCOMPARE(view()->areaBox()->parentWidget(), canvas()->parentWidget());
    QVERIFY(label->mapTo(window_.get(), QPoint()).y() >=
            canvas()->mapTo(window_.get(), QPoint()).y() + canvas()->height());
    view()->numbersButton()->setChecked(true);
    QVERIFY(label->isVisible());
    QCOMPARE(view()->areaBox()->parentWidget(), view()->panel());
    view()->numbersButton()->setChecked(false);
    QVERIFY(label->isVisible());
    window_->resize(1920, 1200);
    QTRY_COMPARE_WITH_TIMEOUT(view()->areaBox()->parentWidget(), view()->panel(), kPatience);
    QVERIFY(label->isVisible() && canvas()->showsAreaTexts());
    QTRY_VERIFY2_WITH_TIMEOUT(!label->text().contains(QStringLiteral("mean")), qPrintable(label->text()), kPatience);
    canvas()->setArea({});
    QTRY_VERIFY_WITH_TIMEOUT(!label->isVisible(), kPatience);
  }
};

QTEST_MAIN(CompareTilesTest)
#include "compare_tiles_test.moc"
