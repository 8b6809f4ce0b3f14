// SPDX-License-Identifier: GPL-3.0-or-later
// The six pictures of a step: zoomed and panned together, and one of them enlarged.
#include <QMouseEvent>
#include <QWheelEvent>
#include <QtTest>

#include "tests/support/german_numbers.h"
#include "ui/steps/step_look.h"
#include "ui/steps/step_tiles.h"

using namespace p2l;
using ui::PictureTile;
using ui::StepTiles;

class StepTilesTest : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<StepTiles> tiles_;

  PictureTile* tile(StepPicture which) const { return tiles_->tile(which); }
  /// White where `x` and `y` are in the right lower quarter.
  static QImage quarter() {
    QImage image(64, 64, QImage::Format_RGB32);
    image.fill(Qt::black);
    for (int y = 32; y < 64; ++y) {
      for (int x = 32; x < 64; ++x) image.setPixel(x, y, qRgb(255, 255, 255));
    }
    return image;
  }
  static void turnWheel(PictureTile* tile, QPointF at, int clicks) {
    QWheelEvent wheel(at, tile->mapToGlobal(at), {}, {0, 120 * clicks}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(tile, &wheel);
  }
  static void drag(PictureTile* tile, QPoint from, QPoint to) {
    QTest::mousePress(tile, Qt::LeftButton, {}, from);
    for (const auto& at : {from + (to - from) / 2, to}) {
      QMouseEvent move(QEvent::MouseMove, at, tile->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
      QCoreApplication::sendEvent(tile, &move);
    }
    QTest::mouseRelease(tile, Qt::LeftButton, {}, to);
  }
  bool isWhole() const { return tiles_->part() == QRectF(0, 0, 1, 1); }
  static QRgb middleOf(PictureTile* tile) { return tile->grab().toImage().pixel(tile->place().center()) | 0xff000000; }

 private slots:
  void init() {
    tiles_ = std::make_unique<StepTiles>();
    tiles_->resize(620, 420);
    for (int i = 0; i < ui::kStepPictures; ++i) tiles_->setPicture(static_cast<StepPicture>(i), quarter(), {});
    tiles_->show();
  }
  void cleanup() { tiles_.reset(); }

  void aSentenceHasTheNumbersOfTheLanguage() {
    SolverInfo solver;
    IterationLine line;
    line.picture = StepPicture::Estimate;
    solver.iteration = {line};
    StepReport step;
    step.residual = 2.5;
    ui::StepLook look;
    look.solver = &solver;
    look.step = &step;
    look.noise_level = 0.5;
    QVERIFY(ui::sentenceOf(look, 0).contains(QStringLiteral("<b>2.5</b>")));
    const test::GermanNumbers german;
    const auto sentence = ui::sentenceOf(look, 0);
    QVERIFY2(sentence.contains(QStringLiteral("<b>2,5</b>")), qPrintable(sentence));
    QVERIFY2(sentence.contains(QStringLiteral("<b>0,5</b>")), qPrintable(sentence));
  }

  void aStepThatMovesNothingOntoTheDataIsNotSaidToCutTheResidual() {
    SolverInfo solver;
    IterationLine projected, reencoded;
    projected.picture = StepPicture::Projected;
    reencoded.picture = StepPicture::Reencoded;
    solver.iteration = {projected, reencoded};
    StepReport step;
    step.projected = true;
    step.residual = 5.0;
    step.residual_projected = 2.0;
    step.residual_reencoded = 3.0;
    ui::StepLook look;
    look.solver = &solver;
    look.step = &step;
    for (const int line : {0, 1}) {
      const auto said = ui::sentenceOf(look, line);
      QVERIFY2(said.contains(QStringLiteral("cut the residual from <b>5.0</b> to <b>2.0</b>")), qPrintable(said));
    }
    step.residual_projected = 5.0;
    const auto of_picture = ui::sentenceOf(look, 0), of_latent = ui::sentenceOf(look, 1);
    QVERIFY2(of_picture.contains(QStringLiteral("misses the measurement by <b>5.0</b>")), qPrintable(of_picture));
    QVERIFY2(of_latent.contains(QStringLiteral("by <b>3.0</b>, before by <b>5.0</b>")), qPrintable(of_latent));
  }

  void aGradientThatIsNotTakenIsNotCalledLost() {
    SolverInfo solver;
    ParamSpec rho;
    rho.key = "rho";
    solver.parameters = {rho};
    StepReport step;
    ui::StepLook look;
    look.solver = &solver;
    look.step = &step;
    QCOMPARE(ui::missingText(look, StepPicture::Gradient), QStringLiteral("not taken: ρ = 0"));
    QCOMPARE(ui::missingText(look, StepPicture::Estimate), QStringLiteral("not kept of this run"));
    solver.parameters.clear();
    QCOMPARE(ui::missingText(look, StepPicture::Gradient), QStringLiteral("this solver shows none"));
    step.gradient_norm = 2.0;
    QCOMPARE(ui::missingText(look, StepPicture::Gradient), QStringLiteral("not kept of this run"));
  }

  void theWheelZoomsAllAboutThePointer() {
    auto* under = tile(StepPicture::Gradient);
    const auto place = under->place();
    const QPointF corner = place.topLeft() + QPointF(0.9 * place.width(), 0.9 * place.height());
    QVERIFY(isWhole());
    turnWheel(under, corner, 6);
    QVERIFY(!isWhole());
    const auto part = tiles_->part();
    QCOMPARE(part.width(), part.height());
    // The pointer's place stays where it was, nine tenths of the way.
    QVERIFY(std::abs(part.left() + 0.9 * part.width() - 0.9) < 0.01);
    for (int i = 0; i < ui::kStepPictures; ++i) {
      auto* each = tile(static_cast<StepPicture>(i));
      QCOMPARE(each->part(), part);
      QCOMPARE(middleOf(each), qRgb(255, 255, 255));  // of the quarter
    }
    turnWheel(under, corner, -20);
    QVERIFY(isWhole());
    turnWheel(under, corner, 100);
    QCOMPARE(tiles_->part().width(), 1.0 / StepTiles::kLargestZoom);
  }

  void aDragPansAllAndEnlargesNone() {
    auto* dragged = tile(StepPicture::Projected);
    const auto middle = dragged->place().center();
    drag(dragged, middle, middle + QPoint(60, 60));
    QVERIFY(isWhole());  // there is nothing to pan: it is a click
    tiles_->showAll();
    turnWheel(dragged, middle, 4);
    QCOMPARE(middleOf(dragged) == qRgb(255, 255, 255), middleOf(tile(StepPicture::Noisy)) == qRgb(255, 255, 255));
    const auto before = tiles_->part();
    drag(dragged, middle, middle - QPoint(60, 60));
    QVERIFY(!tiles_->enlarged());
    QVERIFY(tiles_->part().left() > before.left() && tiles_->part().top() > before.top());
    QCOMPARE(middleOf(tile(StepPicture::Noisy)), qRgb(255, 255, 255));
    drag(dragged, middle, middle - QPoint(5000, 5000));  // not beyond the picture
    QVERIFY(std::abs(tiles_->part().right() - 1.0) < 1e-9);
  }

  void aClickEnlargesOneWithThePartThatIsShown() {
    turnWheel(tile(StepPicture::Next), tile(StepPicture::Next)->place().center(), 3);
    const auto part = tiles_->part();
    QTest::mouseClick(tile(StepPicture::Next), Qt::LeftButton);
    QCOMPARE(tiles_->enlarged(), std::optional(StepPicture::Next));
    QCOMPARE(tile(StepPicture::Next)->part(), part);
    QVERIFY(tile(StepPicture::Noisy)->isHidden());
    QTest::keyClick(tile(StepPicture::Next), Qt::Key_Escape);
    QVERIFY(!tiles_->enlarged());
    QCOMPARE(tiles_->part(), part);
    QTest::keyClick(tile(StepPicture::Next), Qt::Key_Escape);
    QVERIFY(isWhole());
  }

  void theirWidthIsKnownFromTheirHeight() {
    for (const QSize shape : {QSize(64, 64), QSize(96, 64), QSize(64, 96)}) {
      QImage image(shape, QImage::Format_RGB32);
      image.fill(Qt::gray);
      for (int i = 0; i < ui::kStepPictures; ++i) tiles_->setPicture(static_cast<StepPicture>(i), image, {});
      tiles_->resize(StepTiles::widthFor(420, shape), 420);
      QCoreApplication::processEvents();
      const auto first = tile(StepPicture::Noisy)->geometry(), last = tile(StepPicture::Next)->geometry();
      QVERIFY2(first.left() <= 1 && first.top() <= 1, qPrintable(QString::number(first.left())));
      QVERIFY(tiles_->width() - last.right() <= 2 && tiles_->height() - last.bottom() <= 2);
      tiles_->resize(tiles_->width() + 60, 420);  // what is more is left empty
      QCoreApplication::processEvents();
      QCOMPARE(tile(StepPicture::Noisy)->size(), first.size());
    }
  }

  void aNameInLargeTextIsNotMadeSmaller() {
    PictureTile tile(ui::tileColour(StepPicture::Projected), nullptr);
    auto large = tile.font();
    large.setPointSize(18);
    tile.setFont(large);
    const auto name = QStringLiteral("projected onto the data"), short_name = QStringLiteral("projected");
    tile.setTexts(QStringLiteral("x_0"), name, short_name);
    tile.resize(130, 130);  // as with a projector at 960 x 600
    QCOMPARE(tile.labelFont().pointSize(), 18);
    auto cut = tile.shownName();  // as much as there is room for, and whole in the tip
    const bool whole = cut == short_name;
    if (!whole) QVERIFY2(cut.endsWith(QChar(0x2026)), qPrintable(cut));
    if (!whole) cut.chop(1);
    QVERIFY2(cut.size() >= 3 && short_name.startsWith(cut), qPrintable(cut));
    QVERIFY(tile.toolTip().startsWith(name));
    // What is painted is as high: the label's ground at its left edge.
    tile.setPicture(quarter());
    const auto image = tile.grab().toImage();
    int rows = 0;
    const auto colour = ui::tileColour(StepPicture::Projected);
    const int x = qRound((tile.place().left() + 5) * image.devicePixelRatio());
    for (int y = 0; y < image.height(); ++y) rows += image.pixelColor(x, y).rgb() == colour.rgb() ? 1 : 0;
    QVERIFY2(rows >= QFontMetrics(large).height() * image.devicePixelRatio(), qPrintable(QString::number(rows)));
    tile.resize(700, 700);
    QCOMPARE(tile.shownName(), name);
    tile.resize(44, 44);  // there it is cut, and whole in the tip
    QVERIFY(tile.shownName() != name && tile.shownName() != short_name);
    QVERIFY(tile.toolTip().startsWith(name));
    const auto spread = QStringLiteral("spread: where they differ");
    tile.setTexts({}, spread);
    tile.resize(260, 260);
    QCOMPARE(tile.shownName(), spread);
    QCOMPARE(tile.labelFont().pointSize(), 18);
  }

  void aNameInSmallTextIsWholeOnASmallTile() {
    PictureTile tile(ui::tileColour(StepPicture::Projected), nullptr);
    auto small = tile.font();
    small.setPointSize(12);
    tile.setFont(small);
    tile.setTexts(QStringLiteral("x_0"), QStringLiteral("projected onto the data"), QStringLiteral("projected"));
    tile.resize(90, 90);
    QCOMPARE(tile.shownName(), QStringLiteral("projected"));
    QVERIFY(tile.labelFont().pointSizeF() <= 12.0);
  }

  void aNameStandsAtOneHeightWithAndWithoutAPicture() {
    QImage tall(40, 100, QImage::Format_RGB32);
    tall.fill(Qt::black);
    tiles_->setPicture(StepPicture::Noisy, tall, {});
    tiles_->setPicture(StepPicture::Estimate, {}, QStringLiteral("not kept of this run"));
    QCOMPARE(tile(StepPicture::Estimate)->place(), tile(StepPicture::Noisy)->place());
    tile(StepPicture::Estimate)->click();  // the tile is wide, its picture would be tall
    const auto place = tile(StepPicture::Estimate)->place();
    QVERIFY2(place.width() < place.height(), qPrintable(QString::number(place.width())));
    tiles_->showAll();
  }

  void keysZoomAndPan() {
    auto* focused = tile(StepPicture::Noisy);
    QTest::keyClick(focused, Qt::Key_Plus);
    QVERIFY(tiles_->part().width() < 1.0);
    const auto before = tiles_->part();
    QTest::keyClick(focused, Qt::Key_Right);
    QVERIFY(tiles_->part().left() > before.left());
    QTest::keyClick(focused, Qt::Key_Minus);
    QTest::keyClick(focused, Qt::Key_Minus);
    QVERIFY(isWhole());
  }
};

QTEST_MAIN(StepTilesTest)
#include "step_tiles_test.moc"
