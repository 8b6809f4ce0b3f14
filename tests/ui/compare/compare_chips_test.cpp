// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: what chips keep while others come and go.
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScopeGuard>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QUndoStack>
#include <memory>

#include "core/types/error.h"
#include "tests/support/german_numbers.h"
#include "tests/ui/compare/compare_fixture.h"
#include "ui/compare/compare_table.h"
#include "ui/curves/curves_plot.h"
#include "ui/curves/curves_style.h"
#include "ui/style/studio_style.h"
#include "ui/style/theme.h"
#include "ui/window/main_actions.h"

using namespace p2l;

class CompareChipsTest : public CompareFixture {
  Q_OBJECT

 private:
  QColor tileColour(int index) const {
    const int at = view()->tileOf(entry(index).key);
    return at < 0 ? QColor() : canvas()->pictures()[at].colour;
  }
  /// Of the chip and the curve.
  QColor colour(int place) const {
    return ui::runPen(static_cast<std::size_t>(place), view()->curves()->palette()).color();
  }
  /// A run that ends with this residual in every step, so that its line lies by itself.
  void finishWithResidual(const ui::RunJob& job, double residual) {
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(200));
    outcome.report.request = job.request;
    for (int i = 1; i <= 4; ++i) {
      outcome.report.steps.push_back(report(i, 4));
      outcome.report.steps.back().residual = residual;
    }
    runs()->runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome)));
  }
  /// Runs with these values of K, which may be compared already.
  void addSweep(const char* values) {
    compare()->add(ui::sweepChoices(catalogue_, compare()->base(), "K", QString::fromLatin1(values)));
  }
  /// Whether a line of this pen is among the curves.
  bool isDrawn(int place) const {
    const auto wanted = ui::runPen(static_cast<std::size_t>(place), view()->curves()->palette()).color();
    const auto image = view()->curves()->grab().toImage();
    const auto near = [](int one, int other) { return std::abs(one - other) < 48; };  // its edges are blended
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        const auto found = image.pixelColor(x, y);
        count +=
            near(found.red(), wanted.red()) && near(found.green(), wanted.green()) && near(found.blue(), wanted.blue());
      }
    }
    return count > 20;
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-chips-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  void aSweepTakesNumbersAsTheWindowWritesThem() {
    using Values = std::vector<double>;
    RestoreRequest request;
    request.solver_values["rho"] = 2.0;
    QString label;
    const auto swept = [&](const char* key, const char* typed) {
      Values values;
      for (const auto& choice : ui::sweepChoices(catalogue_, request, key, QString::fromUtf8(typed))) {
        values.push_back(numberOf(choice.request.solver_values, key));
        label = choice.label;
      }
      return values;
    };
    QVERIFY((swept("rho", "0,5") == Values{0.0, 5.0}));
    QVERIFY((swept("rho", "0.5") == Values{0.5}));
    QVERIFY2(label.endsWith(QStringLiteral(" = 0.5")), qPrintable(label));
    const test::GermanNumbers german;
    QVERIFY((swept("rho", "0,5") == Values{0.5}));
    QVERIFY2(label.endsWith(QStringLiteral(" = 0.5")), qPrintable(label));  // chips and tiles show a comma
    for (const char* typed : {"0,5; 1; 2", "0,5, 1, 2", "0.5 1,0 2,", "0.5,1,2"})
      QVERIFY2((swept("rho", typed) == Values{0.5, 1.0, 2.0}), typed);
    for (const char* typed : {"x0,5, ×1", "x0,5,×1", "x0.5,x1"})
      QVERIFY2((swept("rho", typed) == Values{1.0, 2.0}), typed);
    QVERIFY((swept("rho", "x0,5,x1,x2") == Values{1.0, 2.0, 4.0}));
    // A point or an exponent before the comma: two numbers.
    QVERIFY((swept("rho", "0.5,1") == Values{0.5, 1.0}));
    QVERIFY((swept("rho", "1e-3,1e-4") == Values{1e-3, 1e-4}));
    QVERIFY((swept("rho", "1,5e-03") == Values{1.5e-3}));  // as the panel writes it
    QVERIFY((swept("K", "1,3") == Values{1.0, 3.0}));      // whole numbers have no comma
    for (const char* typed : {"0; 1; 3", "0, 1, 3", "0 1 3"})
      QVERIFY2((swept("K", typed) == Values{0.0, 1.0, 3.0}), typed);
    for (const char* typed : {"0,5; 1; 2", "1 0,5"}) {  // but for a list's other gaps
      QString refusal;
      try {
        swept("K", typed);
      } catch (const Error& error) {
        refusal = QString::fromUtf8(error.what());
      }
      QVERIFY2(refusal.contains(QStringLiteral("must be a whole number from 0 ")), qPrintable(refusal));
      QVERIFY2(refusal.endsWith(QStringLiteral("found 0,5.")), qPrintable(refusal));
    }
  }

  void whatASweepProposesItTakes() {
    RestoreRequest request;
    const auto proposed = [&](const char* key, double own) {
      request.solver_values[key] = own;
      return ui::proposedSweep(catalogue_, request, key);
    };
    QCOMPARE(proposed("K", 0.0), QStringLiteral("0, 1, 3"));
    QCOMPARE(proposed("K", 4.0), QStringLiteral("x0.5, x1, x2"));
    QCOMPARE(proposed("rho", 2.0), QStringLiteral("x0.5, x1, x2"));
    for (const bool german : {false, true}) {
      const auto numbers = german ? std::make_unique<test::GermanNumbers>() : nullptr;
      for (const auto& spec : ui::sweptParameters(catalogue_, request)) {
        const auto values = ui::proposedSweep(catalogue_, request, spec.key);
        QVERIFY2(!ui::sweepChoices(catalogue_, request, spec.key, values).empty(), qPrintable(values));
      }
    }
    const test::GermanNumbers german;
    QCOMPARE(proposed("rho", 2.0), QStringLiteral("x0,5; x1; x2"));
  }

  void theMenuProposesASweepThatItsSettingTakes() {
    auto* menu = view()->chips()->sweep->menu();
    const auto proposal = [&](double rho) {
      auto settings = document()->request();
      settings.solver_values["rho"] = rho;
      document()->recall(settings);
      emit menu->aboutToShow();
      for (auto* action : menu->actions())
        if (action->text().startsWith(QStringLiteral("ρ: "))) return action;
      return static_cast<QAction*>(nullptr);
    };
    auto* action = proposal(0.5);
    QVERIFY(action != nullptr);
    QCOMPARE(action->text(), QStringLiteral("ρ: ×0.5, ×1, ×2"));
    action = proposal(0.0);  // times 0 all are equal
    QVERIFY(action != nullptr);
    QCOMPARE(action->text(), QStringLiteral("ρ: 0, 1, 3"));
    action->trigger();
    QCOMPARE(compare()->entries().size(), std::size_t(3));
    QVERIFY2(view()->messages()->text().isEmpty(), qPrintable(view()->messages()->text()));
  }

  void aSolverThatIsComparedAlreadyIsNotAddedAgain() {
    view()->chips()->addAllSolvers();
    const auto all = compare()->entries().size();
    QVERIFY(all > 2);
    QVERIFY2(view()->messages()->text().isEmpty(), qPrintable(view()->messages()->text()));
    compare()->remove(1);
    const auto first = entry(0).label;
    view()->chips()->addAllSolvers();  // the one that was taken away
    QCOMPARE(compare()->entries().size(), all);
    const auto said = view()->messages()->text();
    QVERIFY2(said.startsWith(QStringLiteral("Compared already, and not added again: %1 (chip 1), ").arg(first)),
             qPrintable(said));
    for (std::size_t i = 0; i < all; ++i) QCOMPARE(compare()->sameAs(int(i)), -1);
    const int steps_of_undo = document()->undoStack()->count();
    view()->chips()->addAllSolvers();
    QCOMPARE(compare()->entries().size(), all);
    QCOMPARE(document()->undoStack()->count(), steps_of_undo);  // nothing was added
  }

  void runsThatBecomeEqualSaySo() {
    compare()->add(ui::sweepChoices(catalogue_, compare()->base(), "steps", QStringLiteral("4 6 8")));
    const auto same = [this] {
      return std::vector<int>{compare()->sameAs(0), compare()->sameAs(1), compare()->sameAs(2)};
    };
    const auto tip = [this](int chip) { return view()->chips()->chips()[chip]->toolTip(); };
    QCOMPARE(same(), (std::vector<int>{-1, -1, -1}));
    const int width = view()->chips()->chips()[2]->sizeHint().width();
    view()->steps()->setValue(5);  // of all
    QCOMPARE(same(), (std::vector<int>{-1, 0, 0}));
    QVERIFY2(tip(2).contains(QStringLiteral("The same run as chip 1, %1").arg(entry(0).label)), qPrintable(tip(2)));
    QVERIFY(!tip(0).contains(QStringLiteral("The same run")));
    QVERIFY(view()->chips()->chips()[2]->sizeHint().width() > width);
    compare()->remove(0);
    QCOMPARE(compare()->sameAs(0), -1);
    QCOMPARE(compare()->sameAs(1), 0);
    QVERIFY(!tip(0).contains(QStringLiteral("The same run")));
    view()->steps()->setValue(0);
    QCOMPARE(compare()->sameAs(1), -1);
    QVERIFY(!tip(1).contains(QStringLiteral("The same run")));
  }

  void equalRunsAreMadeOnce() {
    view()->steps()->setValue(4);
    for (int i = 0; i < 2; ++i) addSweep("0, 1");
    NetworkTimes times;
    times.pixels = 256.0 * 256.0;
    times.unet = times.decode = times.encode = 0.05;
    document()->networksTimed(*catalogue_.model("p2l-tiny"), times);
    QTRY_VERIFY_WITH_TIMEOUT(entry(3).seconds > 0.0, kPatience);
    QCOMPARE(compare()->dueCount(), 4);
    const double bound = compare()->roundTripSeconds();
    QCOMPARE(compare()->dueSeconds(), entry(0).seconds + entry(1).seconds + bound);
    QTRY_VERIFY2_WITH_TIMEOUT(bar()->text().startsWith(QStringLiteral("2 runs · ")), qPrintable(bar()->text()),
                              kPatience);
    bar()->runAction()->trigger();
    start(jobs_.at(0));
    step(jobs_.at(0), 1);
    step(jobs_.at(0), 2);
    for (const int run : {1, 2, 3}) QCOMPARE(entry(run).state, CompareEntry::State::Waiting);
    QCOMPARE(compare()->share(), 0.25);
    const double left = 2 * 0.5 + 4 * 0.5 * entry(1).seconds / entry(0).seconds + bound;
    QVERIFY2(std::abs(compare()->secondsLeft() - left) < 1e-9, qPrintable(QString::number(compare()->secondsLeft())));
    for (const int number : {3, 4}) step(jobs_.at(0), number);
    finish(jobs_.at(0), Outcome::Status::Completed, 22.0, 190);
    QCOMPARE(entry(2).state, CompareEntry::State::Done);
    QCOMPARE(entry(3).state, CompareEntry::State::Waiting);
    runWhole(jobs_.at(1), 23.0, 195);
    finishBound();
    QCOMPARE(jobs_.size(), 2);
    QVERIFY(!compare()->isRunning());
    QCOMPARE(compare()->dueCount(), 0);
    QCOMPARE(document()->pastRuns().all().size(), std::size_t(2));
    for (const int run : {2, 3}) {
      QVERIFY(entry(run).result && entry(run).result == entry(run - 2).result);
      QVERIFY(!compare()->isFormer(run) && compare()->givenOf(entry(run).key) != nullptr);
      QCOMPARE(entry(run).evolution.count(), std::size_t(4));
      QCOMPARE(entry(run).past_id, entry(run - 2).past_id);
      for (const char* key : {"psnr", "ssim", "residual", "steps", "seconds", "memory"})
        QCOMPARE(cell(run, key), cell(run - 2, key));
    }
    QCOMPARE(cell(3, "psnr"), QStringLiteral("23.00"));
    QCOMPARE(view()->curves()->runCount(), 4);
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(3).key), qRgb(195, 195, 195), kPatience);
    compare()->remove(1);  // whose result it has
    QCOMPARE(cell(2, "psnr"), QStringLiteral("23.00"));
    QCOMPARE(compare()->dueCount(), 0);
  }

  void anEqualRunTakesTheResultThatIsThere() {
    addSweep("0, 1");
    runAll();  // 22 and 23 dB
    addSweep("0, 1");
    QCOMPARE(compare()->dueCount(), 2);
    QCOMPARE(compare()->dueSeconds(), 0.0);
    QTRY_COMPARE_WITH_TIMEOUT(bar()->text(), QStringLiteral("Equal runs, done already: 2"), kPatience);
    QVERIFY(bar()->runAction()->isEnabled());
    jobs_.clear();
    bar()->runAction()->trigger();
    QVERIFY(jobs_.isEmpty() && !compare()->isRunning());
    for (const int run : {2, 3}) QVERIFY(entry(run).result && entry(run).result == entry(run - 2).result);
    QCOMPARE(compare()->dueCount(), 0);
    QCOMPARE(view()->curves()->runCount(), 4);
    // One that is done can be made anew, for itself.
    QCOMPARE(compare()->retry(3), QString());
    QCOMPARE(jobs_.size(), 1);
    runWhole(jobs_.at(0), 30.0);
    finishBound();
    QCOMPARE(cell(3, "psnr"), QStringLiteral("30.00"));
    QCOMPARE(cell(1, "psnr"), QStringLiteral("23.00"));
  }

  void aSeedThatIsTheMeasurementsOwnMakesNoOtherRun() {
    auto settings = document()->request();
    settings.measurement_seed.reset();
    document()->recall(settings);
    const auto choices = ui::solverChoices(catalogue_, compare()->base());
    for (const auto& choice : choices) {
      if (choice.possible && choice.request.solver == settings.solver) compare()->add({choice});
    }
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 1));  // which names it
    QCOMPARE(compare()->entries().size(), std::size_t(2));
    QCOMPARE(compare()->sameAs(1), 0);
    runAll();
    QCOMPARE(jobs_.size(), 1);
    QVERIFY(entry(1).result && entry(1).result == entry(0).result);
  }

  void theNextEqualRunIsMadeWhereTheFirstEndsEarly() {
    for (int i = 0; i < 4; ++i) addSweep("0");
    bar()->runAction()->trigger();
    start(jobs_.at(0));
    step(jobs_.at(0), 1);
    compare()->cancel(0);
    QCOMPARE(entry(1).state, CompareEntry::State::Waiting);
    finish(jobs_.at(0), Outcome::Status::Cancelled, 20.0);
    finishBound();  // it was asked for before
    QCOMPARE(entry(0).state, CompareEntry::State::Stopped);
    QCOMPARE(jobs_.size(), 2);
    runs()->runFailed(jobs_.at(1).run_id, QStringLiteral("There is no memory."));
    QCOMPARE(entry(1).state, CompareEntry::State::Failed);
    QCOMPARE(jobs_.size(), 3);
    start(jobs_.at(2));
    compare()->remove(2);
    QVERIFY(jobs_.at(2).control->stopRequested());
    QVERIFY(compare()->isRunning());
    finish(jobs_.at(2), Outcome::Status::Cancelled, 20.0);  // nobody hears of it
    QCOMPARE(jobs_.size(), 4);
    runWhole(jobs_.at(3), 24.0);
    QVERIFY(!compare()->isRunning());
    QCOMPARE(cell(2, "psnr"), QStringLiteral("24.00"));
    // Those that ended early have it with the next Run all.
    QCOMPARE(compare()->dueCount(), 2);
    bar()->runAction()->trigger();
    finishBound();
    QCOMPARE(jobs_.size(), 4);
    for (const int run : {0, 1}) QVERIFY(entry(run).result == entry(2).result && entry(run).problem.isEmpty());
    window_->actions()->undo->trigger();  // the one that was taken away in progress
    QCOMPARE(compare()->entries().size(), std::size_t(4));
    QVERIFY(compare()->isDue(2) && compare()->runsToMake().empty());
  }

  void whatWaitsForAnEqualRunStopsWithAll() {
    for (int i = 0; i < 2; ++i) addSweep("0");
    runAll();
    auto settings = document()->request();
    settings.measurement_seed = 6;
    document()->recall(settings);
    QTRY_VERIFY_WITH_TIMEOUT(bar()->runAction()->isEnabled(), kPatience);
    jobs_.clear();
    bar()->runAction()->trigger();
    start(jobs_.at(0));
    step(jobs_.at(0), 1);
    QVERIFY(!entry(1).result);
    compare()->stop();
    QVERIFY(entry(1).result && compare()->isFormer(1));  // as it was
    finish(jobs_.at(0), Outcome::Status::Cancelled, 20.0);
    finishBound();
    QVERIFY(!compare()->isRunning());
    QCOMPARE(jobs_.size(), 1);
    QCOMPARE(compare()->dueCount(), 2);
  }

  void runsThatBecomeEqualKeepTheirResultsUntilRunAll() {
    compare()->add(ui::sweepChoices(catalogue_, compare()->base(), "steps", QStringLiteral("4 6 8")));
    runAll();
    QCOMPARE(jobs_.size(), 3);
    view()->steps()->setValue(6);  // as the second one has
    QCOMPARE(compare()->dueCount(), 2);
    QVERIFY(compare()->runsToMake().empty());
    view()->steps()->setValue(0);
    QCOMPARE(compare()->dueCount(), 0);
    view()->steps()->setValue(5);
    QCOMPARE(compare()->dueCount(), 3);
    QTRY_VERIFY_WITH_TIMEOUT(bar()->runAction()->isEnabled(), kPatience);
    runAll(30.0);
    QCOMPARE(jobs_.size(), 1);
    for (const int run : {0, 1, 2}) QCOMPARE(cell(run, "psnr"), QStringLiteral("30.00"));
    QCOMPARE(compare()->dueCount(), 0);
  }

  void aMeanIsOfRunsThatOtherSeedsHaveMade() {
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2), /*seeds=*/true);
    runAll();  // of the greys 190 and 195
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 3), /*seeds=*/true);
    jobs_.clear();
    bar()->runAction()->trigger();
    QCOMPARE(jobs_.size(), 1);
    QCOMPARE(jobs_.at(0).request.seed, compare()->base().seed + 2);
    runWhole(jobs_.at(0), 24.0, 215);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(entry(6).state, CompareEntry::State::Done, kPatience);
    QCOMPARE(entry(6).kind, CompareEntry::Kind::Mean);
    QVERIFY(std::abs(entry(6).result->outcome.picture.at(3, 3, 0) - 200.0 / 255.0) < 1e-5);
  }

  void theDialogOfASweepSaysWhatACommaIs() {
    const test::GermanNumbers german;
    view()->chips()->askSweep();
    auto* dialog = view()->chips()->findChild<QDialog*>();
    QVERIFY(dialog != nullptr);
    const auto tip = dialog->findChild<QLineEdit*>()->toolTip();
    QVERIFY2(tip.contains(QStringLiteral("“0,5” is one value, but 0 and 5 of a setting of whole numbers")),
             qPrintable(tip));
    dialog->reject();
  }

  void theDialogOfASweepSaysWhatItReads() {
    const test::GermanNumbers german;
    view()->chips()->askSweep();
    auto* dialog = view()->chips()->findChild<QDialog*>();
    QVERIFY(dialog != nullptr);
    auto* values = dialog->findChild<QLineEdit*>();
    auto* setting = dialog->findChild<QComboBox*>();
    const auto says = [&](const QString& sentence) {
      const auto labels = dialog->findChildren<QLabel*>();
      return std::any_of(labels.begin(), labels.end(), [&](const auto* label) { return label->text() == sentence; });
    };
    setting->setCurrentIndex(setting->findData(QStringLiteral("K")));
    values->selectAll();
    QTest::keyClicks(values, QStringLiteral("0,5"));
    QVERIFY(says(QStringLiteral("2 runs: K = 0; K = 5")));  // whole numbers
    setting->setCurrentIndex(setting->findData(QStringLiteral("rho")));
    QVERIFY(says(QStringLiteral("1 run: ρ = 0,5")));
    values->selectAll();
    QTest::keyClicks(values, QStringLiteral("0,5 1"));
    QVERIFY(says(QStringLiteral("2 runs: ρ = 0,5; ρ = 1")));
    values->selectAll();
    QTest::keyClicks(values, QStringLiteral("1 1"));
    QVERIFY(says(QString()));
    dialog->reject();
  }

  void theDialogOfASweepShowsItsWholeSentence() {
    view()->chips()->askSweep();
    auto* dialog = view()->chips()->findChild<QDialog*>();
    QVERIFY(dialog != nullptr);
    auto* values = dialog->findChild<QLineEdit*>();
    auto* setting = dialog->findChild<QComboBox*>();
    setting->setCurrentIndex(setting->findData(QStringLiteral("K")));
    const auto proposal = values->text();
    QVERIFY(!proposal.isEmpty());
    setting->setCurrentIndex(setting->findData(QStringLiteral("z_update")));
    QVERIFY(values->text() != proposal);
    setting->setCurrentIndex(setting->findData(QStringLiteral("K")));
    values->selectAll();
    QTest::keyClicks(values, QStringLiteral("1, 3, 1"));
    setting->setCurrentIndex(setting->findData(QStringLiteral("rho")));
    QCOMPARE(values->text(), QStringLiteral("1, 3, 1"));  // a person's own stay
    auto* button = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    QVERIFY(button->isDefault());
    QCOMPARE(ui::lookOf(button), ui::Look::Primary);
    button->click();
    QCoreApplication::processEvents();
    QLabel* problem = nullptr;
    for (auto* label : dialog->findChildren<QLabel*>())
      if (label->text().contains(QStringLiteral("more than once"))) problem = label;
    QVERIFY(problem != nullptr);
    QVERIFY(problem->height() >= problem->heightForWidth(problem->width()));
    dialog->reject();
    QVERIFY(compare()->entries().empty());
  }

  /// As the heads are, and as what reads them expects.
  void copiedTablesHaveEnglishNamesForWhatIsNoRun() {
    class GermanWords : public test::GermanNumbers {
     public:
      QString translate(const char* context, const char* text, const char* comment, int count) const override {
        return qstrcmp(text, "Baseline: %1") == 0 ? QStringLiteral("Vergleichswert: %1")
                                                  : GermanNumbers::translate(context, text, comment, count);
      }
    };
    const GermanWords german;
    addLadder();
    runAll();
    QTRY_VERIFY_WITH_TIMEOUT(compare()->references().plain != nullptr, kPatience);
    auto* table = view()->table();
    table->refresh();
    QVERIFY(table->html().contains(QStringLiteral("Vergleichswert: ")));
    for (const auto format : {TableFormat::Tsv, TableFormat::Csv, TableFormat::Latex, TableFormat::Markdown}) {
      QVERIFY(table->text(format).contains(QStringLiteral("Baseline: ")));
      QVERIFY(!table->text(format).contains(QStringLiteral("Vergleichswert")));
    }
  }

  void theTableIsReadInGermanAndCopiedWithThePoint() {
    addLadder();
    runAll();
    auto* table = view()->table();
    table->refresh();
    const auto cell = [&](int row) { return table->item(row, ui::CompareTable::columnOf("psnr"))->text(); };
    const auto copied = table->text(TableFormat::Tsv), latex = table->text(TableFormat::Latex);
    QCOMPARE(cell(0), QStringLiteral("22.00"));
    const test::GermanNumbers german;
    table->refresh();
    QCOMPARE(cell(0), QStringLiteral("22,00"));
    QVERIFY(table->html().contains(QStringLiteral("22,00")));
    QVERIFY(copied.contains(QStringLiteral("\t22.00\t")));
    QCOMPARE(table->text(TableFormat::Tsv), copied);
    QCOMPARE(table->text(TableFormat::Latex), latex);
  }

  void inGermanASweepIsShownWithACommaAndCopiedWithThePoint() {
    const test::GermanNumbers german;
    compare()->add(ui::sweepChoices(catalogue_, compare()->base(), "rho", QStringLiteral("0,5 1,5")));
    runAll();
    const auto is = [](const QString& text, const char* end) { return text.endsWith(QLatin1String(end)); };
    QVERIFY2(is(entry(0).label, " = 0.5"), qPrintable(entry(0).label));
    QVERIFY(compare()->keptText().contains(entry(0).label));
    const auto chip = view()->chips()->chips().first()->text();
    QVERIFY2(is(chip, " = 0,5"), qPrintable(chip));
    QVERIFY(document()->pastRuns().all().back().name.endsWith(QLatin1String(" = 1.5")));
    auto* table = view()->table();
    table->refresh();
    QVERIFY(table->html().contains(chip));
    QVERIFY(table->text(TableFormat::Csv).contains(entry(0).label));
    QVERIFY(!table->text(TableFormat::Tsv).contains(chip));
    QTRY_VERIFY_WITH_TIMEOUT(view()->tileOf(entry(0).key) >= 0, kPatience);
    QCOMPARE(canvas()->pictures()[view()->tileOf(entry(0).key)].title, chip);
    QStringList legend;
    for (const auto* item : view()->curves()->findChildren<QObject*>()) {
      if (item->inherits("QCPItemText")) legend << item->property("text").toString();
    }
    QVERIFY2(legend.contains(chip) && !legend.contains(entry(0).label), qPrintable(legend.join(QLatin1Char('|'))));
    compare()->remove(0);
    const auto undo = document()->undoStack()->undoText();
    QVERIFY2(undo.contains(chip), qPrintable(undo));
  }

  void aChipKeepsItsColourWhileOthersGo() {
    addLadder();
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) finishWithResidual(jobs_.at(i), 1.0 + 2.0 * i);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(tileColour(2), colour(2), kPatience);
    compare()->remove(0);
    for (int i = 0; i < 2; ++i) {
      QCOMPARE(entry(i).colour, i + 1);
      QTRY_COMPARE_WITH_TIMEOUT(tileColour(i), colour(i + 1), kPatience);
    }
    QTRY_VERIFY_WITH_TIMEOUT(isDrawn(1) && isDrawn(2), kPatience);
    QVERIFY(!isDrawn(0));
    view()->chips()->addLadder();  // the first takes the colour that is free
    QCOMPARE(entry(2).colour, 0);
    QCOMPARE(entry(3).colour, 3);
    QCOMPARE(entry(4).colour, 4);
    QCOMPARE(entry(0).colour, 1);
  }

  void aNewChipHasTheColourThatTheFewestHave() {
    const auto hues = [this] {
      std::map<QRgb, int> count;
      for (const auto& entry : compare()->entries()) ++count[ui::entryColour(entry, view()->palette()).rgb()];
      return count;
    };
    const auto add = [this](int runs) {
      for (int i = 0; i < runs; ++i) compare()->add(ui::seedChoices(catalogue_, compare()->base(), 1));
    };
    add(15);  // three colours are of two chips each
    QCOMPARE(hues().size(), std::size_t(12));
    for (int i = 0; i < 2; ++i) compare()->remove(0);  // of colours that others have, too
    for (int i = 0; i < 2; ++i) compare()->remove(1);  // of colours that no other has
    std::vector<int> before;
    for (const auto& entry : compare()->entries()) before.push_back(entry.colour);
    QVERIFY(hues().size() < 12);
    add(1);
    for (std::size_t i = 0; i < before.size(); ++i) QCOMPARE(entry(static_cast<int>(i)).colour, before[i]);
    const auto own = ui::entryColour(compare()->entries().back(), view()->palette()).rgb();
    QCOMPARE(hues()[own], 1);  // and not that of the place that has become free first
  }

  void aTileHasTheColourOfItsChipInEachTheme() {
    addLadder();
    const auto back = qScopeGuard([palette = QApplication::palette()] { QApplication::setPalette(palette); });
    QList<QColor> seen;
    for (const auto theme : {ui::Theme::Dark, ui::Theme::Light}) {
      QApplication::setPalette(ui::themePalette(theme));
      const auto wanted = ui::runPen(1, ui::themePalette(theme)).color();
      QTRY_COMPARE_WITH_TIMEOUT(tileColour(1), wanted, kPatience);
      QCOMPARE(ui::entryColour(entry(1), view()->chips()->chips()[1]->palette()), wanted);
      seen << wanted;
    }
    QVERIFY(seen[0] != seen[1]);
  }

  void theReferencesLongNameIsCutWithAnEllipsisAndNamedWholeInItsTip() {
    addLadder();
    runAll();
    auto* box = view()->reference();
    auto past = document()->pastRuns().all().at(1);
    past.name = QStringLiteral("A run with a name that is much too long for its box");
    compare()->addPast(past);
    emit view()->chips()->referenceWanted(compare()->entries().back().key);
    QTRY_COMPARE_WITH_TIMEOUT(box->currentText(), past.name, kPatience);
    QVERIFY(box->fontMetrics().horizontalAdvance(past.name) > box->width());
    QVERIFY2(box->toolTip().contains(past.name), qPrintable(box->toolTip()));
    QVERIFY(box->toolTip().contains(QStringLiteral("What the others are compared with")));
    // It looks as with a shorter name that ends so.
    const auto shown = box->grab().toImage();
    bool same = false;
    for (int room = box->width(); room > box->width() / 2 && !same; --room) {
      const auto cut = box->fontMetrics().elidedText(past.name, Qt::ElideRight, room);
      box->setItemText(box->currentIndex(), cut);
      same = box->grab().toImage() == shown;
    }
    QVERIFY(same);
  }

  void whatIsTakenAwayComesBackByUndoWithItsResult() {
    addLadder();
    runAll();
    const auto first = entry(0);
    const auto* undo = document()->undoStack();
    view()->chips()->chips()[0]->setFocus();
    QTest::keyClick(view()->chips()->chips()[0], Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(2), kPatience);
    QCOMPARE(undo->undoText(), QStringLiteral("take LDPS out of the comparison"));
    window_->showPage(ui::MainWindow::Page::Restore);
    window_->actions()->undo->trigger();
    QCOMPARE(window_->page(), ui::MainWindow::Page::Compare);  // it is seen
    QCOMPARE(compare()->entries().size(), std::size_t(3));
    QCOMPARE(entry(0).key, first.key);
    QCOMPARE(entry(0).result, first.result);
    QCOMPARE(entry(0).colour, first.colour);
    QVERIFY(!compare()->isFormer(0) && !compare()->isDue(0));
    QCOMPARE(cell(0, "psnr"), QStringLiteral("22.00"));
    QVERIFY(compare()->givenOf(first.key) != nullptr);  // it can be looked at line by line
    QCOMPARE(view()->chips()->chips().size(), 3);
    window_->actions()->redo->trigger();
    QCOMPARE(compare()->entries().size(), std::size_t(2));
    compare()->clear();
    QCOMPARE(undo->undoText(), QStringLiteral("clear the comparison"));
    QVERIFY(compare()->entries().empty() && view()->chips()->chips().isEmpty());
    window_->actions()->undo->trigger();
    window_->actions()->undo->trigger();
    QCOMPARE(compare()->entries().size(), std::size_t(3));
    for (int i = 0; i < 3; ++i) QVERIFY(entry(i).result);
  }

  void whatWasAddedGoesAndComesAgain() {
    addLadder();
    QCOMPARE(document()->undoStack()->undoText(), QStringLiteral("add runs to the comparison: 3"));
    const auto file = folder_.filePath(QStringLiteral("made.png"));
    writePhoto(Image(kSide, kSide, 3, 0.30f), file.toStdString(), {});
    compare()->addFile(file);
    QCOMPARE(document()->undoStack()->undoText(), QStringLiteral("add made.png to the comparison"));
    window_->actions()->undo->trigger();  // while it is judged
    QCOMPARE(compare()->entries().size(), std::size_t(3));
    runAll();
    window_->actions()->redo->trigger();
    QCOMPARE(compare()->entries().size(), std::size_t(4));
    QTRY_COMPARE_WITH_TIMEOUT(entry(3).state, CompareEntry::State::Done, kPatience);
    QVERIFY(entry(3).result && entry(0).result);  // what was there stays as it is
    window_->actions()->undo->trigger();
    window_->actions()->undo->trigger();
    QVERIFY(compare()->entries().empty());
    window_->actions()->redo->trigger();
    QCOMPARE(compare()->entries().size(), std::size_t(3));
    for (int i = 0; i < 3; ++i) QCOMPARE(entry(i).state, CompareEntry::State::Done);
    // Runs of the history that were dropped together are one step.
    view()->addRuns({0, 1});
    QCOMPARE(compare()->entries().size(), std::size_t(5));
    window_->actions()->undo->trigger();
    QCOMPARE(compare()->entries().size(), std::size_t(3));
  }

  void deletePressedTwiceTakesOneAway() {
    addLadder();
    const auto last = entry(2).key;
    auto* chip = view()->chips()->chips()[1];
    for (int i = 0; i < 2; ++i) QTest::keyClick(chip, Qt::Key_Delete);  // before the first is carried out
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(2), kPatience);
    QCoreApplication::processEvents();
    QCOMPARE(compare()->entries().size(), std::size_t(2));
    QCOMPARE(entry(1).key, last);  // which has the chip now
  }

  void anOpenMenuFollowsItsChip() {
    addLadder();
    bar()->runAction()->trigger();
    start(jobs_.at(0));
    QStringList before, after;
    bool closed = false;
    const auto offered = [](const QMenu* menu) {
      QStringList texts;
      for (const auto* action : menu->actions()) {
        if (action->isEnabled() && !action->isSeparator()) texts << action->text();
      }
      return texts;
    };
    QTimer::singleShot(0, this, [&] {
      QPointer<QMenu> menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
      if (menu == nullptr) return;
      before = offered(menu);
      finish(jobs_.at(0), Outcome::Status::Completed, 22.0);
      after = offered(menu);
      compare()->remove(0);
      closed = !menu->isVisible();
      menu->close();
    });
    view()->chips()->showMenu(0, window_->mapToGlobal(QPoint(40, 40)));
    QVERIFY(before.contains(QStringLiteral("Cancel it")) && !before.contains(QStringLiteral("Run it again")));
    QVERIFY(!after.contains(QStringLiteral("Cancel it")) && after.contains(QStringLiteral("Run it again")));
    QVERIFY(closed);
    QCOMPARE(compare()->entries().size(), std::size_t(2));
    compare()->stop();
  }

  void aRunThatWasTakenAwayInProgressIsDueAgain() {
    addLadder();
    bar()->runAction()->trigger();
    start(jobs_.at(0));
    step(jobs_.at(0), 1);
    compare()->remove(0);
    QVERIFY(jobs_.at(0).control->stopRequested());
    window_->actions()->undo->trigger();
    QCOMPARE(entry(0).state, CompareEntry::State::Stopped);
    finish(jobs_.at(0), Outcome::Status::Cancelled, 20.0);  // nobody hears of it
    QCOMPARE(entry(0).state, CompareEntry::State::Stopped);
    QVERIFY(!entry(0).result);
    runWhole(jobs_.at(1), 23.0);
    runWhole(jobs_.at(2), 24.0);
    finishBound();
    QVERIFY(!compare()->isRunning());
    QVERIFY(compare()->isDue(0));
    QCOMPARE(compare()->dueCount(), 1);
  }

  void theShareIsOfWhatWasBegun() {
    addLadder();
    runAll();
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2));
    jobs_.clear();
    bar()->runAction()->trigger();
    QCOMPARE(jobs_.size(), 1);
    start(jobs_.at(0));
    QCOMPARE(compare()->share(), 0.0);  // the ladder was done before
    step(jobs_.at(0), 1);
    step(jobs_.at(0), 2);
    QVERIFY(compare()->share() > 0.0 && compare()->share() <= 0.5);
    compare()->stop();
  }

  void aRunThatAnEarlierVersionMadeHasItsRow() {
    addLadder();
    runAll();
    auto past = document()->pastRuns().all().at(1);
    past.request.solver_values.erase("K");
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(120));
    outcome.report.request = past.request;
    outcome.report.metrics["psnr"] = 23.5;
    past.result = ui::resultFromOutcome(std::move(outcome));
    compare()->clear();
    compare()->addPast(past);
    QCOMPARE(cell(0, "psnr"), QStringLiteral("23.50"));
    QCOMPARE(cell(0, "evaluations"), QStringLiteral("–"));
  }

  void aSeedComesBackToItsMean() {
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2), /*seeds=*/true);
    bar()->runAction()->trigger();
    runWhole(jobs_.at(0), 22.0, 100);
    runWhole(jobs_.at(1), 23.0, 120);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(entry(2).state, CompareEntry::State::Done, kPatience);
    compare()->remove(0);  // one alone has no mean
    QCOMPARE(compare()->entries().size(), std::size_t(1));
    window_->actions()->undo->trigger();
    QCOMPARE(compare()->entries().size(), std::size_t(3));
    QCOMPARE(entry(2).kind, CompareEntry::Kind::Mean);
    QCOMPARE(entry(2).label, QStringLiteral("Mean of 2 seeds"));
    QTRY_COMPARE_WITH_TIMEOUT(entry(2).state, CompareEntry::State::Done, kPatience);
    QVERIFY(std::abs(entry(2).result->outcome.picture.at(3, 3, 0) - 110.0 / 255.0) < 1e-5);
  }
};

QTEST_MAIN(CompareChipsTest)
#include "compare_chips_test.moc"
