// SPDX-License-Identifier: GPL-3.0-or-later
// The log, the small curve of the residual and the cards of runs: what they show of a document.
#include <QApplication>
#include <QImage>
#include <QPushButton>
#include <QRegularExpression>
#include <QUndoStack>
#include <QVBoxLayout>
#include <QtTest>
#include <cstdlib>
#include <vector>

#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/base/past_runs.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"
#include "ui/run/event_log.h"
#include "ui/run/past_runs_panel.h"
#include "ui/run/residual_sparkline.h"
#include "ui/style/theme.h"

using namespace p2l;

class RunViewsTest : public QObject {
  Q_OBJECT

 private:
  static std::shared_ptr<const ui::OpenedPhoto> photo() {
    auto opened = std::make_shared<ui::OpenedPhoto>();
    auto read = std::make_shared<Photo>();
    read->image = Image(64, 48, 3, 0.5f);
    opened->label = QStringLiteral("cat.png");
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    return opened;
  }
  static void showRun(ui::RunModel& model, const std::vector<double>& residuals, double noise_level,
                      const char* task = "sr") {
    ui::PastRun run;
    run.request.degradation().id = task;
    run.photo = photo();
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(64, 48, 3, 0.5f);
    outcome.report.noise_level = noise_level;
    for (const double residual : residuals) {
      StepReport step;
      step.step = static_cast<int>(outcome.report.steps.size()) + 1;
      step.steps = static_cast<int>(residuals.size());
      step.residual = residual;
      outcome.report.steps.push_back(step);
    }
    run.result = ui::resultFromOutcome(std::move(outcome));
    model.showRun(run, /*keep=*/true);
  }
  static QImage drawn(ui::RunModel& model) {
    ui::ResidualSparkline line(&model);
    line.resize(line.sizeHint());
    return line.grab().toImage();
  }
  /// The mean row of what differs from the corner's colour between two columns; below 0: nothing does.
  static double levelOf(const QImage& image, int left, int right) {
    const auto ground = image.pixel(0, 0);
    double sum = 0.0;
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = left; x < right; ++x) {
        if (image.pixel(x, y) == ground) continue;
        sum += y;
        ++count;
      }
    }
    return count > 0 ? sum / count : -1.0;
  }

 private slots:
  void theLogSaysWhatHappensWithItsTime() {
    ui::RunModel model;
    ui::EventLog log(&model);
    QVERIFY(log.isReadOnly());
    QVERIFY(log.toPlainText().isEmpty() && !log.placeholderText().isEmpty());
    model.setPhoto(photo());
    ModelInfo loaded;
    loaded.name = "tiny";
    model.modelLoaded(loaded, 2.5);
    model.modelFailed(QStringLiteral("The model is gone."));
    emit model.problem(QStringLiteral("The disk is full."));
    emit model.remarked(QStringLiteral("The photo is grey."));
    emit model.stepsRefused(QStringLiteral("The disk took no pictures."));
    auto lines = log.toPlainText().split(QLatin1Char('\n'));
    const QRegularExpression time(QStringLiteral("^\\d\\d:\\d\\d:\\d\\d  "));
    for (auto& line : lines) {
      QVERIFY2(time.match(line).hasMatch(), qPrintable(line));
      line.remove(time);
    }
    QCOMPARE(lines,
             QStringList({QStringLiteral("Opened cat.png, 64 × 48"), QStringLiteral("Model tiny is ready after 2.5 s"),
                          QStringLiteral("The model is gone."), QStringLiteral("The disk is full."),
                          QStringLiteral("The photo is grey."), QStringLiteral("The disk took no pictures.")}));
  }

  void theLogSaysOnceThatTheHistoryTakesNoRun() {
    ui::RunModel model;
    ui::EventLog log(&model);
    const auto lines = [&log] { return log.toPlainText().count(QStringLiteral("The disk is full.")); };
    const auto refuse = [&model](const char* id) {
      emit model.runRefused(QString::fromLatin1(id), QStringLiteral("The disk is full."));
    };
    refuse("1");
    refuse("1");  // with another number
    QCOMPARE(lines(), 1);
    refuse("2");
    refuse("1");
    QCOMPARE(lines(), 2);
    emit model.runKept();  // there was room in between
    refuse("1");
    QCOMPARE(lines(), 3);
  }

  void theOldestLinesOfTheLogGoFirst() {
    ui::RunModel model;
    ui::EventLog log(&model);
    for (int i = 0; i < 2100; ++i) log.say(QStringLiteral("line %1.").arg(i));
    QCOMPARE(log.blockCount(), 2000);
    QVERIFY(!log.toPlainText().contains(QStringLiteral("line 99.")));
    QVERIFY(log.toPlainText().contains(QStringLiteral("line 100.")));
    QVERIFY(log.toPlainText().endsWith(QStringLiteral("line 2099.")));
  }

  void theCurveFallsAsTheResidualDoes() {
    ui::RunModel empty;
    QCOMPARE(levelOf(drawn(empty), 0, 148), -1.0);
    ui::RunModel falling, rising;
    showRun(falling, {100.0, 10.0, 1.0, 0.1}, kUnknown);
    showRun(rising, {0.1, 1.0, 10.0, 100.0}, kUnknown);
    const auto down = drawn(falling), up = drawn(rising);
    QVERIFY(levelOf(down, 0, 20) >= 0.0);
    QVERIFY(levelOf(down, 0, 20) + 6.0 < levelOf(down, 120, 140));
    QVERIFY(levelOf(up, 0, 20) > levelOf(up, 120, 140) + 6.0);
  }

  void theCardWithTheFocusHasARing() {
    ui::applyTheme(*qApp, ui::Theme::Light);
    const auto catalogue = readCatalogue();
    ui::RunModel model;
    showRun(model, {1.0}, kUnknown);
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* panel = new ui::PastRunsPanel(catalogue, &model);
    auto* other = new QPushButton(QStringLiteral("other"));
    column->addWidget(panel);
    column->addWidget(other);
    window.resize(400, 160);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    window.setAttribute(Qt::WA_KeyboardFocusChange);
    model.pastRuns().setStarred(0, true);  // the panel shows what changes
    QCOMPARE(panel->count(), 1);
    const auto accent = ui::studioColours(panel->palette()).accent;
    const auto card = panel->visualItemRect(panel->item(0));
    const auto widthOf = [&](QPoint from, QPoint way) {
      const auto image = panel->viewport()->grab().toImage();
      const auto isAccent = [&](QPoint at) {
        const auto colour = image.pixelColor(at);
        return std::abs(colour.red() - accent.red()) + std::abs(colour.green() - accent.green()) +
                   std::abs(colour.blue() - accent.blue()) <
               30;
      };
      int width = 0;
      for (QPoint at = from; image.rect().contains(at) && isAccent(at); at += way) ++width;
      return width;
    };
    const QPoint left(card.left(), card.top() + 30), top(card.left() + 88, card.top());
    other->setFocus();
    QCOMPARE(widthOf(left, {1, 0}), 1);  // it is chosen
    QCOMPARE(widthOf(top, {0, 1}), 1);
    panel->setFocus();
    QCOMPARE(widthOf(left, {1, 0}), 2);
    QCOMPARE(widthOf(top, {0, 1}), 2);
    window.setAttribute(Qt::WA_KeyboardFocusChange, false);  // the mouse brought it
    QCOMPARE(widthOf(left, {1, 0}), 1);
  }

  void cardsTakeTheRoomThatThereIsAndNoneIsCutInTwo() {
    const auto catalogue = readCatalogue();
    ui::RunModel model;
    ui::PastRunsPanel panel(catalogue, &model);
    panel.resize(1000, ui::PastRunsPanel::kHeight);
    panel.show();
    showRun(model, {1.0}, kUnknown, "denoise");
    model.pastRuns().rename(0, QStringLiteral("as it is"));
    const auto width = [&](int row) { return panel.visualItemRect(panel.item(row)).width(); };
    const int narrow = width(0);
    model.pastRuns().rename(0, QStringLiteral("a name that has more letters"));
    QVERIFY2(width(0) > narrow, qPrintable(QString::number(width(0))));
    model.pastRuns().rename(0, QStringLiteral("long").repeated(100));
    const int widest = width(0);
    QVERIFY2(widest < 300, qPrintable(QString::number(widest)));
    while (panel.count() < 4) showRun(model, {1.0}, kUnknown, "denoise");
    QVERIFY(width(0) > narrow && width(0) < widest);  // all four are seen
    QVERIFY(panel.visualItemRect(panel.item(3)).right() < panel.viewport()->width());
    while (panel.count() < 20) showRun(model, {1.0}, kUnknown, "denoise");
    for (const int room : {420, 700, 1000, 1117}) {
      panel.resize(room, ui::PastRunsPanel::kHeight);
      panel.scrollToItem(panel.item(0));
      int whole = 0;
      for (int row = 0; row < panel.count(); ++row) {
        const auto card = panel.visualItemRect(panel.item(row));
        if (card.left() >= panel.viewport()->width()) break;
        QVERIFY2(card.left() + panel.cardWidth() <= panel.viewport()->width(),
                 qPrintable(QStringLiteral("%1: %2").arg(room).arg(row)));
        ++whole;
      }
      QVERIFY(whole >= 2 && whole < 20);
    }
  }

  void aTaskIsReadWholeWhereThereIsRoomBesideTheCard() {
    const auto catalogue = readCatalogue();
    for (const auto& each : catalogue.degradations) {
      ui::RunModel model;
      ui::PastRunsPanel panel(catalogue, &model);
      panel.resize(1000, ui::PastRunsPanel::kHeight);
      panel.show();
      showRun(model, {1.0}, kUnknown, each.id.c_str());
      const auto& run = model.pastRuns().all().front();
      auto font = panel.font();
      font.setPointSizeF(font.pointSizeF() * 0.92);
      const double line = QFontMetricsF(font).horizontalAdvance(ui::taskOfRun(catalogue, run));
      QVERIFY2(panel.cardWidth() - panel.iconSize().width() > line, each.id.c_str());
    }
  }

  void theCardOfTheResultThatIsShownIsChosen() {
    const auto catalogue = readCatalogue();
    ui::RunModel model;
    ui::PastRunsPanel panel(catalogue, &model);
    showRun(model, {1.0}, kUnknown);
    QCOMPARE(panel.selectedRuns(), QList<int>{0});
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(64, 48, 3, 0.2f);
    model.keepRun(QStringLiteral("Compared"), RestoreRequest(), ui::JobPictures(), photo(),
                  ui::resultFromOutcome(std::move(outcome)), ui::SnapshotHistory());
    QCOMPARE(panel.count(), 2);
    QCOMPARE(panel.selectedRuns(), QList<int>{0});  // a comparison's run is not shown
    model.bringBack(1);
    QCOMPARE(panel.selectedRuns(), QList<int>{1});
    model.setPhoto(photo());
    QVERIFY(panel.selectedRuns().isEmpty());
    model.bringBack(0);
    QCOMPARE(panel.selectedRuns(), QList<int>{0});
    model.undoStack()->undo();
    QVERIFY(panel.selectedRuns().isEmpty());
  }

  void theGoalIsDashedAndTheStepThatIsShownHasADot() {
    ui::RunModel plain, aimed;
    showRun(plain, {100.0, 10.0, 1.0, 1.0}, kUnknown);
    showRun(aimed, {100.0, 10.0, 1.0, 1.0}, 0.01);
    QVERIFY(drawn(plain) != drawn(aimed));
    // Nothing but the goal lies at the lower edge, and it is no closed line.
    const auto image = drawn(aimed);
    const auto ground = image.pixel(0, 0);
    int changes = 0;
    for (int x = 5; x < image.width() - 5; ++x) {
      const bool ink = image.pixel(x, image.height() - 3) != ground,
                 former = image.pixel(x - 1, image.height() - 3) != ground;
      changes += ink != former;
    }
    QVERIFY2(changes > 10, qPrintable(QString::number(changes)));
    const auto at_the_end = drawn(plain);
    plain.showStep(1, /*live=*/false);
    QVERIFY(drawn(plain) != at_the_end);
  }
};

QTEST_MAIN(RunViewsTest)
#include "run_views_test.moc"
