// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "tests/support/german_numbers.h"
#include "ui/base/frame_image.h"
#include "ui/base/past_runs.h"
#include "ui/curves/curves_data.h"
#include "ui/curves/curves_plot.h"
#include "ui/curves/curves_style.h"
#include "ui/document/run_model.h"
#include "ui/style/theme.h"

using namespace p2l;
using namespace p2l::ui;

namespace {

StepReport reportOf(int step, int steps = 40) {
  StepReport report;
  report.step = step;
  report.steps = steps;
  report.timestep = 1000 - 1000 / steps * step;
  report.residual = 10.0 / step;
  report.prompt_drift = 0.5 * step;
  report.gradient_norm = 3.25;
  report.seconds = 0.125;
  report.projected = step % 4 == 0;
  return report;
}

QByteArray contentsOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The largest plain child is the drawing.
QWidget* drawingOf(CurvesPlot& plot) {
  for (QWidget* child : plot.findChildren<QWidget*>())
    if (child->accessibleName() == "Plot of the curves") return child;
  return nullptr;
}

int countOfColour(const QImage& image, QColor wanted, int tolerance = 24) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor c = image.pixelColor(x, y);
      count += std::abs(c.red() - wanted.red()) < tolerance && std::abs(c.green() - wanted.green()) < tolerance &&
               std::abs(c.blue() - wanted.blue()) < tolerance;
    }
  }
  return count;
}

}  // namespace

class CurvesPlotTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    applyTheme(*qApp, Theme::Light);
    plot = std::make_unique<CurvesPlot>();
    plot->resize(500, 360);
    plot->show();
    QVERIFY(QTest::qWaitForWindowExposed(plot.get()));
  }
  void cleanup() { plot.reset(); }

  void csvHasEveryStepOfEveryRun() {
    plot->addRun(7, "P2L, \"K=3\"", 0.25);
    plot->appendStep(7, reportOf(1));
    StepReport second = reportOf(4);
    second.psnr = 21.5;
    second.residual = kUnknown;
    second.residual_projected = 0.75;
    plot->appendStep(7, second);
    plot->addRun(8, "LDPS", -1);
    plot->appendStep(8, reportOf(2));
    plot->appendStep(99, reportOf(3));  // unknown run
    QTemporaryDir folder;
    QString error;
    QVERIFY2(plot->exportCsv(folder.filePath("curves.csv"), &error), qPrintable(error));
    QCOMPARE(contentsOf(folder.filePath("curves.csv")),
             QByteArray("run,label,step,steps,t,residual,noise_level,psnr,prompt_drift,gradient_norm,seconds,projected,"
                        "residual_projected\r\n"
                        "7,\"P2L, \"\"K=3\"\"\",1,40,975,10,0.25,,0.5,3.25,0.125,0,\r\n"
                        "7,\"P2L, \"\"K=3\"\"\",4,40,900,,0.25,21.5,2,3.25,0.125,1,0.75\r\n"
                        "8,LDPS,2,40,950,5,,,1,3.25,0.125,0,\r\n"));
    const auto english = contentsOf(folder.filePath("curves.csv"));
    const test::GermanNumbers german;  // not those of a file
    QVERIFY(plot->exportCsv(folder.filePath("german.csv")));
    QCOMPARE(contentsOf(folder.filePath("german.csv")), english);
  }

  void aLabelForAPersonMayDifferFromThatOfFiles() {
    plot->addRun(1, "rho = 0.5", 0.5, 0, "rho = 0,5");
    plot->addRun(2, "K = 3", 0.5, 1);
    for (const int id : {1, 2}) plot->appendStep(id, reportOf(1));
    QStringList labels;
    for (const QObject* item : drawingOf(*plot)->children())
      if (item->inherits("QCPItemText")) labels << item->property("text").toString();
    QVERIFY2(labels.contains("rho = 0,5") && labels.contains("K = 3"), qPrintable(labels.join('|')));
    QVERIFY(!labels.contains("rho = 0.5"));
    QTemporaryDir folder;
    QVERIFY(plot->exportCsv(folder.filePath("c.csv")));
    QVERIFY(contentsOf(folder.filePath("c.csv")).contains("1,rho = 0.5,1,"));
  }

  void axesWriteNumbersAsTheLanguageDoes() {
    QCOMPARE(drawingOf(*plot)->locale().toString(0.25), QStringLiteral("0.25"));
    const test::GermanNumbers german;
    CurvesPlot other;
    QCOMPARE(drawingOf(other)->locale().toString(0.25), QStringLiteral("0,25"));
    QCOMPARE(drawingOf(other)->locale().toString(12345), QStringLiteral("12345"));
  }

  void aProjectionIsMarkedAtTheResidualAfterIt() {
    StepReport report = reportOf(4);
    QCOMPARE(projectionValue(CurvesPlot::Curve::Residual, report), 2.5);  // not known: where the curve is
    report.residual_projected = 0.75;
    QCOMPARE(projectionValue(CurvesPlot::Curve::Residual, report), 0.75);
    QCOMPARE(projectionValue(CurvesPlot::Curve::GradientNorm, report), 3.25);
    report.projected = false;
    QVERIFY(std::isnan(projectionValue(CurvesPlot::Curve::Residual, report)));
  }

  void sameStepAgainReplacesIt() {
    plot->addRun(1, "run", 0.5);
    plot->appendStep(1, reportOf(1));
    plot->appendStep(1, reportOf(1));
    QTemporaryDir folder;
    QVERIFY(plot->exportCsv(folder.filePath("c.csv")));
    QCOMPARE(contentsOf(folder.filePath("c.csv")).count('\n'), 2);
  }

  void pdfIsWrittenAndFailuresAreTold() {
    fill(1);
    QTemporaryDir folder;
    QString error;
    for (const bool all : {false, true}) {
      plot->setShowAll(all);
      const QString path = folder.filePath(all ? "all.pdf" : "one.pdf");
      QVERIFY2(plot->exportPdf(path, &error), qPrintable(error));
      const QByteArray pdf = contentsOf(path);
      QVERIFY(pdf.startsWith("%PDF"));
      QVERIFY(pdf.size() > 4000);
    }
    QVERIFY(!plot->exportPdf(folder.filePath("no/such/folder.pdf"), &error));
    QVERIFY2(error.contains("folder.pdf"), qPrintable(error));
    error.clear();
    QVERIFY(!plot->exportCsv(folder.filePath("no/such/folder.csv"), &error));
    QVERIFY(!error.isEmpty());
  }

  void pdfHasLightColoursInTheDarkTheme() {
    fill(1);
    QTemporaryDir folder;
    QVERIFY(plot->exportPdf(folder.filePath("light.pdf")));
    applyTheme(*qApp, Theme::Dark);
    QTest::qWait(100);
    const QImage shot = plot->grab().toImage();
    QVERIFY(plot->exportPdf(folder.filePath("dark.pdf")));
    const auto withoutDates = [](QByteArray pdf) { return pdf.size(); };
    QCOMPARE(withoutDates(contentsOf(folder.filePath("dark.pdf"))),
             withoutDates(contentsOf(folder.filePath("light.pdf"))));
    QTest::qWait(100);
    QCOMPARE(plot->grab().toImage(), shot);  // the screen stays dark
  }

  void coloursFollowTheTheme() {
    fill(1);
    QCOMPARE(drawingOf(*plot)->grab().toImage().pixelColor(1, 1), themePalette(Theme::Light).color(QPalette::Base));
    applyTheme(*qApp, Theme::Dark);
    QTest::qWait(100);
    QCOMPARE(drawingOf(*plot)->grab().toImage().pixelColor(1, 1), themePalette(Theme::Dark).color(QPalette::Base));
  }

  void clickNamesTheStepUnderThePointer() {
    fill(1);
    QSignalSpy clicked(plot.get(), &CurvesPlot::stepClicked);
    QWidget* drawing = drawingOf(*plot);
    QVERIFY(drawing);
    // The cursor line of the clicked step must be drawn where the click was.
    const QPoint at(drawing->width() * 3 / 5, drawing->height() / 2);
    QTest::mouseClick(drawing, Qt::LeftButton, {}, at);
    QCOMPARE(clicked.count(), 1);
    const int step = clicked[0][0].toInt();
    QVERIFY2(step > 18 && step < 30, qPrintable(QString::number(step)));
    const QImage before = drawing->grab().toImage();
    plot->setCursorStep(step);
    QTest::qWait(50);
    const QImage after = drawing->grab().toImage();
    QRect changed;
    for (int y = 0; y < after.height(); ++y)
      for (int x = 0; x < after.width(); ++x)
        if (after.pixel(x, y) != before.pixel(x, y)) changed |= QRect(x, y, 1, 1);
    QVERIFY(changed.height() > 100);
    QVERIFY2(changed.width() <= 4, qPrintable(QString::number(changed.width())));
    QVERIFY2(std::abs(changed.center().x() - at.x()) <= 7, qPrintable(QString::number(changed.center().x())));
  }

  void theCursorMovesWithoutDrawingTheCurvesAgain() {
    fill(1);
    QSignalSpy redrawn(drawingOf(*plot), SIGNAL(afterReplot()));
    QVERIFY(redrawn.isValid());
    for (int step = 1; step <= 20; ++step) plot->setCursorStep(step);
    QTest::qWait(100);
    QCOMPARE(redrawn.count(), 0);
  }

  void clicksOutsideTheStepsAreClipped() {
    QSignalSpy clicked(plot.get(), &CurvesPlot::stepClicked);
    plot->addRun(1, "run", 0.5);
    QTest::mouseClick(drawingOf(*plot), Qt::LeftButton, {}, QPoint(250, 100));
    QCOMPARE(clicked.count(), 0);  // no step yet
    plot->appendStep(1, reportOf(1, 3));
    QTest::qWait(100);
    QTest::mouseClick(drawingOf(*plot), Qt::LeftButton, {}, QPoint(drawingOf(*plot)->width() - 16, 100));
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked[0][0].toInt(), 3);
  }

  void unknownValuesAreGaps() {
    plot->setCurve(CurvesPlot::Curve::Psnr);
    const QColor blue(0x0072b2);
    plot->addRun(1, "run", 0);
    for (int step = 1; step <= 40; ++step) {
      StepReport report = reportOf(step);
      report.projected = false;
      report.psnr = step > 10 && step < 30 ? kUnknown : 20.0;
      plot->appendStep(1, report);
    }
    QTest::qWait(120);
    QWidget* drawing = drawingOf(*plot);
    const QImage shot = drawing->grab().toImage();
    const int w = shot.width(), h = shot.height() * 3 / 4;
    QVERIFY(countOfColour(shot.copy(w / 8, 0, w / 8, h), blue) > 10);
    QCOMPARE(countOfColour(shot.copy(w * 45 / 100, 0, w / 5, h), blue), 0);
    QVERIFY(countOfColour(shot.copy(w * 85 / 100, 0, w / 8, h), blue) > 10);
  }

  void everyCombinationDrawsWithoutTrouble() {
    fill(1, "first");
    fill(2, "second with a very long label that goes on and on and on and on");
    StepReport strange = reportOf(41);
    strange.residual = HUGE_VAL;
    strange.prompt_drift = 0;
    strange.gradient_norm = -1;
    plot->appendStep(2, strange);
    for (const QSize size : {QSize(200, 180), QSize(320, 640), QSize(900, 600)}) {
      plot->resize(size);
      for (int choice = 0; choice < 5; ++choice) {
        for (const bool log : {true, false}) {
          plot->setLogScale(log);
          plot->findChild<QComboBox*>()->setCurrentIndex(choice);
          QTest::qWait(70);
          QVERIFY(!plot->grab().isNull());
        }
      }
    }
    plot->clearRuns();
    QCOMPARE(plot->runCount(), 0);
    QCOMPARE(plot->cursorStep(), 0);
  }

  // Distances that the rounding of pixels leaves just below the room once kept the window for ever.
  void labelsFindRoomWhereverLinesEnd() {
    constexpr double kRoom = 14;
    for (int part = 0; part < 1000; ++part) {
      std::vector<double> taken;
      for (const double offset : {0.0, 0.0, -14.0, 3.7, 60.1, 14.0, -28.0, 0.3})
        placeLabel(part * 0.337 + offset, kRoom, taken);
      QCOMPARE(int(taken.size()), 8);
      for (std::size_t i = 1; i < taken.size(); ++i) QVERIFY(taken[i - 1] - taken[i] > kRoom - 1e-9);
    }
    std::vector<double> taken{10.0};
    QCOMPARE(placeLabel(60.0, kRoom, taken), 60.0);
    QCOMPARE(placeLabel(57.0, kRoom, taken), 46.0);
  }

  void aRunWithAStarStaysBesideThoseOfAnotherPhoto() {
    PastRuns past;
    const auto add = [&](const char* id, int steps) {
      PastRun run;
      run.id = id;
      run.name = QString::fromLatin1(id);
      run.photo_label = QStringLiteral("cat.png");
      for (int step = 1; step <= steps; ++step) run.outcome.report.steps.push_back(reportOf(step, steps));
      past.add(std::move(run));
    };
    add("one", 10);
    add("two", 12);
    fill(1);
    plot->showPinned(past);
    QCOMPARE(plot->runCount(), 1);
    past.setStarred(1, true);
    plot->showPinned(past);
    QCOMPARE(plot->runCount(), 2);
    plot->appendStep(1, reportOf(41, 41));  // the session's own goes on
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("curves.csv"));
    QVERIFY(plot->exportCsv(path));
    const auto csv = QString::fromUtf8(contentsOf(path));
    QCOMPARE(csv.count(QStringLiteral("★ cat.png: two")), 12);
    QCOMPARE(csv.count(QLatin1Char('\n')), 1 + 12 + 41);
    plot->clearRuns();  // another photo
    plot->showPinned(past);
    QCOMPARE(plot->runCount(), 1);
    past.setStarred(1, false);
    plot->showPinned(past);
    QCOMPARE(plot->runCount(), 0);
  }

  void aRunThatIsBroughtBackHasItsCurve() {
    RunModel model;
    plot->follow(&model);
    const auto photo = [](const char* label) {
      auto read = std::make_shared<Photo>();
      read->image = Image(32, 32, 3, 0.5f);
      auto opened = std::make_shared<OpenedPhoto>();
      opened->label = QString::fromLatin1(label);
      opened->shown = qimageFromImage(read->image);
      opened->photo = std::move(read);
      return opened;
    };
    const auto past = [](const char* name, const std::shared_ptr<const OpenedPhoto>& photo, int steps) {
      PastRun run;
      run.name = QString::fromLatin1(name);
      run.photo = photo;
      Outcome outcome;
      outcome.picture = Image(32, 32, 3, 0.25f);
      outcome.report.noise_level = 0.5;
      for (int step = 1; step <= steps; ++step) outcome.report.steps.push_back(reportOf(step, steps));
      run.result = resultFromOutcome(std::move(outcome));
      return run;
    };
    const auto csv = [&] {
      QTemporaryDir folder;
      const auto path = folder.filePath(QStringLiteral("curves.csv"));
      return plot->exportCsv(path) ? QString::fromUtf8(contentsOf(path)) : QString();
    };
    const auto cat = photo("cat.png");
    model.showRun(past("K 1 to 8", cat, 12), /*keep=*/true);
    QCOMPARE(plot->runCount(), 1);
    QCOMPARE(csv().count(QStringLiteral("K 1 to 8")), 12);
    model.showRun(past("seed 7", cat, 9), /*keep=*/true);
    QCOMPARE(plot->runCount(), 2);
    model.bringBack(0);  // it is there already
    QCOMPARE(plot->runCount(), 2);
    model.showRun(past("Fast", photo("dog.png"), 5), /*keep=*/true);
    QCOMPARE(plot->runCount(), 1);  // of another photo
    QCOMPARE(csv().count(QStringLiteral("Fast")), 5);
  }

  void labelsAreReadableAndADotHasTheColourOfTheLine() {
    for (const auto theme : {Theme::Light, Theme::Dark}) {
      applyTheme(*qApp, theme);
      plot->clearRuns();
      for (quint64 run = 1; run <= 6; ++run) fill(run, QStringLiteral("run %1").arg(run));
      QTest::qWait(100);
      const auto palette = themePalette(theme);
      int labels = 0;
      QList<QColor> dots;
      for (const auto* item : drawingOf(*plot)->findChildren<QObject*>()) {
        if (item->inherits("QCPItemEllipse")) dots << item->property("brush").value<QBrush>().color();
        if (!item->inherits("QCPItemText")) continue;
        const auto colour = item->property("color").value<QColor>();
        const double contrast = contrastRatio(colour, palette.color(QPalette::Base));
        QVERIFY2(contrast >= 4.5,
                 qPrintable(QStringLiteral("%1: %2").arg(item->property("text").toString()).arg(contrast)));
        labels += item->property("text").toString().startsWith(QStringLiteral("run "));
      }
      QCOMPARE(labels, 6);
      QCOMPARE(dots.size(), 6);
      for (int run = 0; run < 6; ++run) QCOMPARE(dots[run], runPen(std::size_t(run), palette).color());
    }
    applyTheme(*qApp, Theme::Light);
  }

  void everyLineIsTheRunsOwn() {
    for (const auto theme : {Theme::Light, Theme::Dark}) {
      const auto palette = themePalette(theme);
      QSet<QRgb> colours;
      QSet<QPair<QRgb, int>> lines;
      for (std::size_t run = 0; run < 3 * kRunColours; ++run) {
        const auto pen = runPen(run, palette);
        if (run < kRunColours) colours << pen.color().rgb();
        lines << qMakePair(pen.color().rgb(), int(pen.style()));
        QCOMPARE(pen.style() == Qt::SolidLine, run % 18 < 6);
        const double contrast = contrastRatio(pen.color(), palette.color(QPalette::Base));
        const bool is_new = run % kRunColours >= 6;  // the others are Okabe and Ito's
        QVERIFY2(contrast >= (is_new ? 3.0 : 2.0), qPrintable(QStringLiteral("%1: %2").arg(run).arg(contrast)));
      }
      QCOMPARE(colours.size(), qsizetype(kRunColours));
      QCOMPARE(lines.size(), qsizetype(3 * kRunColours));
    }
  }

  // Six runs with the same settings end at one point: labels far above it, or cut by the frame, say nothing.
  void labelsWithoutRoomNearTheirLineAreLeftOut() {
    constexpr double kRoom = 14, kTop = 100;
    const auto count = [&](double wanted) {
      std::vector<double> taken;
      int placed = 0;
      for (int run = 0; run < 6; ++run) {
        const auto place = placeLabelNear(wanted, kRoom, kTop, taken);
        if (!place) continue;
        ++placed;
        if (*place < kTop + kRoom || std::abs(*place - wanted) > 3 * kRoom) return -1;
      }
      return int(taken.size()) == placed ? placed : -1;
    };
    QCOMPARE(count(300), 3);
    QCOMPARE(count(kTop + 2 * kRoom), 2);
    QCOMPARE(count(kTop + 3), 1);  // the line ends at the frame: its label stands below it
  }

  void namesThatWouldLieOnTheCurvesOfASmallPlotAreALegendBelowIt() {
    const auto* legend = plot->findChild<QLabel*>(QStringLiteral("curves_legend"));
    QVERIFY(legend != nullptr);
    const auto labelled = [&] {
      int count = 0;
      for (const auto* item : drawingOf(*plot)->findChildren<QObject*>()) {
        count += item->inherits("QCPItemText") && item->property("visible").toBool() &&
                 item->property("text").toString().startsWith(QStringLiteral("run "));
      }
      return count;
    };
    plot->resize(340, 230);
    fill(1, QStringLiteral("run 1"));
    QTest::qWait(120);
    QVERIFY(!legend->isVisible());                                                        // one run needs no name
    for (quint64 run = 2; run <= 5; ++run) fill(run, QStringLiteral("run %1").arg(run));  // they end at one point
    QTRY_VERIFY(legend->isVisible());
    QTRY_COMPARE(labelled(), 0);
    for (int run = 1; run <= 5; ++run) {
      const auto name = QStringLiteral("run&nbsp;%1").arg(run);
      const auto colour = runPen(std::size_t(run - 1), plot->palette()).color().name();
      QVERIFY2(legend->text().contains(name) && legend->text().contains(colour), qPrintable(legend->text()));
    }
    QVERIFY(drawingOf(*plot)->height() >= 100);
    QTemporaryDir folder;
    QVERIFY(plot->exportPdf(folder.filePath("small.pdf")));  // has the names at its lines
    QTRY_COMPARE(labelled(), 0);
    QVERIFY(legend->isVisible());
    plot->resize(900, 600);
    QTRY_VERIFY(!legend->isVisible());
    QTRY_VERIFY(labelled() >= 3);
  }

  void aLabelBeginsInsideThePlot() {
    constexpr double kLeft = 50, kRight = 450, kWidth = 80;
    QCOMPARE(labelEnd(300, kWidth, kLeft, kRight), 300.0);
    QCOMPARE(labelEnd(60, kWidth, kLeft, kRight), kLeft + kWidth);  // of a run that is shorter than the longest
    QCOMPARE(labelEnd(60, 1000, kLeft, kRight), kRight);
  }

  void theGoalsLabelStandsWhereNoCurveIs() {
    const QRectF plot(50, 0, 400, 200);
    const QSizeF label(100, 14);
    const auto place = [&](const std::vector<std::vector<QPointF>>& lines, const std::vector<QRectF>& labels = {}) {
      return placeBesideLevel(label, 100, plot, lines, labels);
    };
    QCOMPARE(place({}), QRectF(350, 84, 100, 14));
    const std::vector<QPointF> falling{{50, 10}, {200, 60}, {450, 98}};
    QVERIFY(isCrossed(place({}), falling));
    QCOMPARE(place({falling}), QRectF(50, 84, 100, 14));  // the line is far above its left end
    QCOMPARE(place({}, {QRectF(400, 80, 50, 14)}), QRectF(50, 84, 100, 14));
    const std::vector<QPointF> along{{50, 90}, {450, 90}};
    QCOMPARE(place({along}), QRectF(350, 102, 100, 14));
    QCOMPARE(place({along, {{50, 110}, {450, 110}}}), QRectF(350, 84, 100, 14));  // no room at all
    QVERIFY(!isCrossed(place({}), {{340, 90}, {400, qQNaN()}, {460, 90}}));
  }

  void aCurveWithoutValuesSaysSo() {
    const auto says = [&](const QString& wanted) {
      const auto items = drawingOf(*plot)->findChildren<QObject*>();
      return std::any_of(items.begin(), items.end(), [&](const QObject* item) {
        return item->inherits("QCPItemText") && item->property("text").toString() == wanted &&
               item->property("visible").toBool();
      });
    };
    const auto sentence = QStringLiteral("Not computed with these settings");
    plot->setCurve(CurvesPlot::Curve::GradientNorm);
    plot->addRun(1, QStringLiteral("run"), 0.5);
    QVERIFY(!says(sentence));
    StepReport report = reportOf(1);
    report.gradient_norm = kUnknown;
    plot->appendStep(1, report);
    QTRY_VERIFY(says(sentence));
    plot->appendStep(1, reportOf(2));
    QTRY_VERIFY(!says(sentence));
  }

  void theSentenceOfANarrowCurveIsWrapped() {
    plot->resize(600, 180);
    plot->setShowAll(true);
    plot->addRun(1, QStringLiteral("run"), 0.5);
    auto report = reportOf(1);
    report.gradient_norm = kUnknown;
    plot->appendStep(1, report);
    const auto wrapped = [&] {
      const auto items = drawingOf(*plot)->findChildren<QObject*>();
      return std::any_of(items.begin(), items.end(), [](const QObject* item) {
        const auto text = item->property("text").toString();
        return item->property("visible").toBool() && text.contains(QLatin1Char('\n')) &&
               text.simplified() == QStringLiteral("Not computed with these settings");
      });
    };
    QTRY_VERIFY(wrapped());
  }

  // Stacked, the curves without values have a line each, and "Step" stands below the last one that has an axis.
  void curvesWithoutValuesLeaveTheirRoomToTheOthers() {
    plot->resize(300, 700);
    plot->setShowAll(true);
    plot->addRun(1, QStringLiteral("run"), 0.5);
    auto report = reportOf(1, 2);
    report.gradient_norm = kUnknown;  // and no PSNR
    plot->appendStep(1, report);
    report.step = 2;
    plot->appendStep(1, report);
    const auto heights = [&] {
      std::vector<int> found;
      for (const auto* item : drawingOf(*plot)->findChildren<QObject*>())
        if (item->inherits("QCPAxisRect")) found.push_back(item->property("outerRect").toRect().height());
      return found;  // from top to bottom
    };
    const auto steps_named = [&] {
      int count = 0;
      for (const auto* item : drawingOf(*plot)->findChildren<QObject*>())
        count += item->inherits("QCPAxis") && item->property("visible").toBool() &&
                 item->property("label").toString() == QStringLiteral("Step");
      return count;
    };
    QCOMPARE(heights().size(), std::size_t{4});
    QTRY_VERIFY(heights()[1] < 80 && heights()[3] < 80 && heights()[0] > 200);
    QVERIFY(std::abs(heights()[0] - heights()[2]) < 30);
    QCOMPARE(steps_named(), 1);
    plot->appendStep(1, reportOf(2, 2));
    QTRY_VERIFY(heights()[3] > 130);
    QCOMPARE(steps_named(), 1);
  }

  void appendingAndCursorAreCheap() {
    plot->setShowAll(true);
    for (quint64 run = 1; run <= 3; ++run) plot->addRun(run, "run", 0.5);
    QElapsedTimer timer;
    timer.start();
    for (int step = 1; step <= 1000; ++step) plot->appendStep(1 + step % 3, reportOf(step, 1000));
    const double append = timer.nsecsElapsed() / 1e6 / 1000;
    QTest::qWait(200);
    timer.restart();
    for (int step = 1; step <= 50; ++step) plot->setCursorStep(step);
    const double cursor = timer.nsecsElapsed() / 1e6 / 50;
    qInfo("a step %.3f ms, the cursor %.3f ms", append, cursor);
    QVERIFY(append < 5);
    QVERIFY(cursor < 20);
  }

 private:
  void fill(quint64 run, const QString& label = "run") {
    plot->addRun(run, label, 0.5);
    for (int step = 1; step <= 40; ++step) plot->appendStep(run, reportOf(step));
    QTest::qWait(120);
  }

  std::unique_ptr<CurvesPlot> plot;
};

QTEST_MAIN(CurvesPlotTest)
#include "curves_plot_test.moc"
