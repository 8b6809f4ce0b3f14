// SPDX-License-Identifier: GPL-3.0-or-later
// What the views say in numbers of a result and of the step that is shown.
#include <QImage>
#include <QLabel>
#include <QtTest>

#include "tests/support/german_numbers.h"
#include "ui/base/frame_image.h"
#include "ui/base/past_runs.h"
#include "ui/curves/curves_data.h"
#include "ui/document/run_model.h"
#include "ui/exports/evolution_export.h"
#include "ui/run/event_log.h"
#include "ui/run/residual_sparkline.h"
#include "ui/run/result_summary.h"
#include "ui/run/run_status.h"
#include "ui/run/step_numbers.h"

using namespace p2l;

class RunNumbersTest : public QObject {
  Q_OBJECT

 private:
  static RunReport report(double residual, bool kept) {
    RunReport report;
    report.residual = residual;
    report.noise_level = 0.5;
    if (kept) report.request.sampler_values["keep_measured"] = 1.0;
    return report;
  }
  static std::shared_ptr<const ui::OpenedPhoto> photo() {
    auto opened = std::make_shared<ui::OpenedPhoto>();
    auto read = std::make_shared<Photo>();
    read->image = Image(32, 32, 3, 0.5f);
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    return opened;
  }
  static QString textOf(const QWidget& numbers, const QString& name) {
    for (const auto* label : numbers.findChildren<QLabel*>()) {
      if (label->accessibleName() == name) return label->text();
    }
    return {};
  }

 private slots:
  /// Where the measured pixels take the result's place there is no residual to speak of.
  void noResidualIsSaidWhereMeasuredPixelsAreKept() {
    const auto kept = report(1e-6, true);
    for (const auto& text : {ui::residualText(kept, 2, true), ui::residualText(kept, 1, false),
                             ui::numbersText(kept, 3), ui::ResultSummary::shortText(kept)}) {
      QVERIFY2(text.startsWith(QStringLiteral("measured pixels kept")), qPrintable(text));
      QVERIFY2(!text.contains(QStringLiteral("residual")), qPrintable(text));
    }
    const auto free = report(1.25, false);
    QCOMPARE(ui::residualText(free, 2, true), QStringLiteral("residual 1.25 (noise 0.50)"));
    QCOMPARE(ui::numbersText(free, 3).section(QLatin1Char('\n'), 0, 0), QStringLiteral("residual 1.25"));
    // A run that was cut short has an estimate, whose pixels are not the measured ones yet.
    QCOMPARE(ui::residualText(report(1.25, true), 2, false), QStringLiteral("residual 1.25"));
    QCOMPARE(ui::residualText(report(kUnknown, false), 2, true), QString());
  }

  /// What a file says of a run has the run's own numbers among the metrics.
  void theLineOfARunFromTheHistorySaysEachNumberOnce() {
    Outcome outcome;
    outcome.report = report(88.52, false);
    outcome.report.noise_level = 3.75;
    outcome.report.seconds = 7.3;
    outcome.report.metrics = {{"psnr", 25.5}, {"residual", 88.52}, {"seconds", 7.3}};
    const auto text = ui::summaryText(outcome);
    QVERIFY2(text.endsWith(QStringLiteral(" · result's residual 88.52 (noise 3.75) · 7.3 s")), qPrintable(text));
    QCOMPARE(text.count(QStringLiteral("88.52")), 1);
    QVERIFY2(!text.contains(QStringLiteral("seconds")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("25.5")), qPrintable(text));
  }

  /// Where the truth is known, LPIPS goes before the residual.
  void aShortLineHasPsnrAndLpipsAndNoHalfNumber() {
    auto known = report(1.5, false);
    known.metrics["psnr"] = 26.3;
    known.psnr_measurement = 20.0;
    known.metrics["lpips_alex"] = 0.123;
    const auto quality = QStringLiteral("26.3 dB (+6.3) · LPIPS 0.123");
    QCOMPARE(ui::ResultSummary::shortText(known), quality + QStringLiteral(" · result's residual 1.5 (noise 0.5)"));
    const QLabel label;
    const auto metrics = label.fontMetrics();
    const auto in = [&](const QString& text) {
      return ui::ResultSummary::shortText(known, metrics, metrics.horizontalAdvance(text) + 2);
    };
    QCOMPARE(in(ui::ResultSummary::shortText(known)), ui::ResultSummary::shortText(known));
    for (const char* residual : {" · result's residual 1.5", " · residual 1.5"})
      QCOMPARE(in(quality + QString::fromUtf8(residual)), quality + QString::fromUtf8(residual));
    QCOMPARE(in(quality), quality);
    known.metrics.erase("lpips_alex");  // its weights are not there
    QCOMPARE(ui::ResultSummary::shortText(known), QStringLiteral("26.3 dB (+6.3) · result's residual 1.5 (noise 0.5)"));
  }

  void aNarrowProgressKeepsTheNumberOfTheStep() {
    ui::RunStatus status;
    const auto widthOf = [&](const QString& text) { return status.fontMetrics().horizontalAdvance(text); };
    const auto wide = QStringLiteral("Schritt 3 von 20");
    status.resize(widthOf(wide) + 20, 28);
    status.showTimes({wide}, {}, QStringLiteral("3/20"));
    QCOMPARE(status.shownText(), wide);
    status.resize(widthOf(wide) - 20, 28);
    QCOMPARE(status.shownText(), QStringLiteral("3/20"));
    status.setFormat(QStringLiteral("Gestoppt"));  // nothing of the run before
    status.resize(200, 28);
    QCOMPARE(status.shownText(), QStringLiteral("Gestoppt"));
  }

  /// Grey holes are far from any picture, so that a gain over them says nothing.
  void aGainCountsFromHolesThatAreFilledPlainly() {
    Outcome outcome;
    outcome.report = report(kUnknown, false);
    outcome.report.metrics["psnr"] = 26.3;
    outcome.report.psnr_measurement = 8.2;
    QCOMPARE(ui::ResultSummary::shortText(outcome.report), QStringLiteral("26.3 dB (+18.1)"));  // of no holes
    QVERIFY2(ui::summaryText(outcome).contains(QStringLiteral(" (measurement 8.20)")),
             qPrintable(ui::summaryText(outcome)));
    outcome.report.psnr_telea = 24.1;
    QCOMPARE(ui::ResultSummary::shortText(outcome.report), QStringLiteral("26.3 dB (+2.2)"));
    QVERIFY2(ui::summaryText(outcome).contains(QStringLiteral(" (Telea's fill 24.10)")),
             qPrintable(ui::summaryText(outcome)));
  }

  /// The log alone keeps the point.
  void inGermanTheyHaveAComma() {
    const test::GermanNumbers german;
    Outcome outcome;
    outcome.report = report(1.5, false);
    outcome.report.seconds = 7.3;
    outcome.report.metrics = {{"psnr", 24.1}, {"lpips_alex", 0.188}};
    outcome.report.psnr_measurement = 20.0;
    const auto line = QStringLiteral(" · result's residual 1,50 (noise 0,50) · 7,3 s");
    const auto whole = ui::summaryText(outcome);
    QVERIFY2(whole.contains(QStringLiteral("24,10")) && whole.endsWith(line), qPrintable(whole));
    QCOMPARE(ui::ResultSummary::shortText(outcome.report),
             QStringLiteral("24,1 dB (+4,1) · LPIPS 0,188 · result's residual 1,5 (noise 0,5)"));
    QCOMPARE(ui::numbersText(outcome.report, 3), QStringLiteral("24,10 dB\nseed 3"));
    QCOMPARE(ui::RunStatus::titlePart(10, 62.0, false, 0.523), QStringLiteral("10 %, 1:02 left, 0,52 s/step"));
    ui::RunStatus bar;
    bar.resize(600, bar.sizeHint().height());
    bar.showTimes({}, {62.0, 3.0, 0.523, false});
    QVERIFY2(bar.format().contains(QStringLiteral("0,52 s/step")), qPrintable(bar.format()));
    ui::RunModel model;
    const ui::EventLog log(&model);
    emit model.resultReady(ui::resultFromOutcome(std::move(outcome)));
    const auto logged = log.toPlainText();
    QVERIFY2(logged.contains(QStringLiteral("24.10")) && !logged.contains(QStringLiteral("24,10")), qPrintable(logged));
    QVERIFY2(logged.endsWith(QStringLiteral(" · result's residual 1.50 (noise 0.50) · 7.3 s")), qPrintable(logged));
  }

  /// The curve ends where the last estimate is; the result, which is projected once more, may be far below.
  void theResidualOfTheResultIsToldFromThoseOfTheEstimates() {
    ui::RunModel model;
    const ui::ResidualSparkline curve(&model);
    for (const char* words : {"of each step's estimate", "result's residual is ‖y − A x‖"})
      QVERIFY2(curve.toolTip().contains(QString::fromUtf8(words)), qPrintable(curve.toolTip()));
    QCOMPARE(ui::curveTitle(ui::CurvesPlot::Curve::Residual), QStringLiteral("Estimate's residual ‖y − A D(ẑ₀)‖"));
    const ui::ResultSummary line(&model);
    ui::PastRun run;
    run.photo = photo();
    Outcome outcome;
    outcome.picture = Image(32, 32, 3, 0.5f);
    outcome.report = report(1.25, false);
    for (const int number : {1, 2}) {
      StepReport step;
      step.step = number;
      step.steps = 2;
      step.residual = 6.5 / number;
      outcome.report.steps.push_back(step);
    }
    run.result = ui::resultFromOutcome(std::move(outcome));
    model.showRun(run, /*keep=*/true);
    QVERIFY2(line.text().contains(QStringLiteral("result's residual 1.25 (noise 0.50)")), qPrintable(line.text()));
    QVERIFY2(line.toolTip().contains(QStringLiteral("of the result x")), qPrintable(line.toolTip()));
    model.showStep(1, /*live=*/false);
    QVERIFY2(line.text().startsWith(QStringLiteral("residual 6.50")), qPrintable(line.text()));
  }

  void aStepsLineIsWithoutItsLastPartsWhereTheyHaveNoRoom() {
    ui::RunModel model;
    ui::ResultSummary line(&model);
    const auto drawn = [&](const QString& text) {
      line.setText(text);
      return line.grab().toImage();
    };
    const auto residual = QStringLiteral("residual 49.71 → goal 4.43"),
               first = residual + QStringLiteral(" · 22.58 dB");
    line.resize(line.fontMetrics().horizontalAdvance(first + QStringLiteral(" · pr")), 20);
    QCOMPARE(drawn(first + QStringLiteral(" · projected · 0.52 s")), drawn(first));
    QVERIFY(drawn(first) != drawn(residual));
    line.resize(line.fontMetrics().horizontalAdvance(residual) + 8, 20);
    QCOMPARE(drawn(first), drawn(residual));
    line.resize(60, 20);
    QVERIFY(drawn(residual) != drawn(QString()));  // one part alone is cut, not left out
  }

  void theContactSheetSaysTheSame() {
    const auto sheetOf = [](const RunReport& report) {
      Outcome outcome;
      outcome.picture = Image(32, 32, 3, 0.5f);
      outcome.report = report;
      ui::Evolution evolution;
      evolution.result = ui::resultFromOutcome(std::move(outcome));
      return ui::contactSheet(evolution, QStringLiteral("photo.png"));
    };
    auto other = report(0.0, true);
    other.residual = 1e-5;
    QCOMPARE(sheetOf(report(0.0, true)), sheetOf(other));
    QVERIFY(sheetOf(report(0.0, true)) != sheetOf(report(0.0, false)));
  }

  void theGoalIsThatOfTheRunThatIsShown() {
    ui::RunModel model;
    const ui::StepNumbers numbers(&model);
    ui::PastRun run;
    run.photo = photo();
    Outcome outcome;
    outcome.picture = Image(32, 32, 3, 0.5f);
    outcome.report.noise_level = 0.75;
    StepReport step;
    step.step = step.steps = 2;
    step.residual = 1.5;
    outcome.report.steps = {step};
    run.result = ui::resultFromOutcome(std::move(outcome));
    model.showRun(run, /*keep=*/true);
    QCOMPARE(textOf(numbers, QStringLiteral("Residual")), QStringLiteral("1.500"));
    QCOMPARE(textOf(numbers, QStringLiteral("Goal")), QStringLiteral("0.750"));
    const test::GermanNumbers german;
    emit model.cursorChanged();
    QCOMPARE(textOf(numbers, QStringLiteral("Residual")), QStringLiteral("1,500"));
  }

  void whatTheBarHasNoRoomForIsLeftOutWhole() {
    ui::RunStatus bar;
    bar.resize(320, bar.sizeHint().height());
    const auto drawn = [&](const QString& text) {
      bar.setFormat(text);
      return bar.grab().toImage();
    };
    const auto what = QStringLiteral("What the projection is for, brought back");
    bar.resize(bar.fontMetrics().horizontalAdvance(what) + 60, bar.height());
    QCOMPARE(drawn(what + QStringLiteral(" · next run: a few seconds · 305 MiB")), drawn(what));
    QVERIFY(drawn(what + QStringLiteral(" · 1 s")) != drawn(what));
    bar.resize(60, bar.height());
    QVERIFY(drawn(what) != drawn(QString()));  // one part alone is cut, not left out
  }
};

QTEST_MAIN(RunNumbersTest)
#include "run_numbers_test.moc"
