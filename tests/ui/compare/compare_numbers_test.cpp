// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of the window are those of the command line: real runs on the page, and the same by `p2l evaluate`.
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>

#include "core/api/metric_list.h"
#include "core/experiment/record.h"
#include "tests/ui/compare/compare_fixture.h"
#include "ui/compare/repeat_dialog.h"

using namespace p2l;

namespace {

/// Tells SideRuns what a run says, on the thread of the window.
class Teller : public RunObserver {
 public:
  explicit Teller(ui::SideRuns* runs) : runs_(runs) {}
  void runStarted(const RunStart& start) override { runs_->runStarted(start); }
  void stepFinished(std::uint64_t id, const StepReport& report) override { runs_->stepFinished(id, report); }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override { runs_->picturesReady({snapshot}); }

 private:
  ui::SideRuns* runs_;
};

/// Rows of a CSV file without quoted commas in the columns that are asked for.
class Csv {
 public:
  explicit Csv(const QString& text) {
    for (const auto& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) rows_ << line.split(QLatin1Char(','));
  }
  int count() const { return int(rows_.size()) - 1; }
  QString at(int row, const QString& column) const {
    const auto place = rows_.at(0).indexOf(column);
    return place < 0 ? QStringLiteral("no column ") + column : rows_.at(row + 1).value(place);
  }
  int rowWith(const QString& column, const QString& text) const {
    for (int i = 0; i < count(); ++i) {
      if (at(i, column) == text) return i;
    }
    return -1;
  }

 private:
  QList<QStringList> rows_;
};

QString contentsOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

class CompareNumbersTest : public CompareFixture {
  Q_OBJECT

 private:
  Session session_;

  /// Runs the job, in the window's thread.
  void serve(const ui::RunJob& job) {
    if (job.round_trip) return runs()->runFailed(job.run_id, QStringLiteral("Not here."));
    Teller teller(runs());
    auto outcome =
        session_.run(job.request, ui::inputsFromPictures(job.request, job.pictures), teller, *job.control, job.run_id);
    runs()->runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome), job.pictures));
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-numbers-test"); }
  void init() {
    openWindow();
    connect(
        runs(), &ui::SideRuns::runRequested, this, [this](const ui::RunJob& job) { serve(job); }, Qt::QueuedConnection);
  }
  void cleanup() { window_.reset(); }

  void theTableHasTheNumbersOfTheCommandLine() {
    const auto photos = folder_.filePath(QStringLiteral("photos")), out = folder_.filePath(QStringLiteral("results"));
    QDir().mkpath(photos);
    const auto photo = photos + QStringLiteral("/coffee.png");
    auto whole = readPhoto(resourceFolder() + "/photos/skimage_coffee.png").image;
    Image part(64, 64, 3);
    for (int y = 0; y < 64; ++y) {
      for (int x = 0; x < 64; ++x) {
        for (int c = 0; c < 3; ++c) part.at(x, y, c) = whole.at(x + 200, y + 150, c);
      }
    }
    writePhoto(part, photo.toStdString(), {});
    window_->files()->open(photo);
    QTRY_COMPARE_WITH_TIMEOUT(document()->workingSize(), QSize(64, 64), kPatience);
    window_->showPage(ui::MainWindow::Page::Compare);
    // The evaluation draws a photo's measurement from the photo's bytes.
    auto settings = document()->request();
    settings.mode = Mode::Demonstrate;
    settings.degradations = {DegradationChoice{"sr", {{"factor", 4.0}}}};
    settings.noise = 0.02;
    settings.seed = 3;
    settings.measurement_seed = measurementSeed(3, document()->openedPhoto()->sha256, 1);
    settings.size = 64;
    document()->recall(catalogue_.complete(settings));
    QCOMPARE(document()->request().measurement_seed.value_or(0), *settings.measurement_seed);
    view()->steps()->setValue(3);
    addLadder();
    bar()->runAction()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(compare()->isRunning(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!compare()->isRunning(), kPatience);
    for (int i = 0; i < 3; ++i) QCOMPARE(entry(i).state, CompareEntry::State::Done);

    std::unique_ptr<ui::RepeatDialog> dialog(view()->repeatOnFolder());
    QVERIFY(dialog != nullptr);
    dialog->photos()->setText(photos);
    dialog->results()->setText(out);
    QSignalSpy ended(dialog.get(), &ui::RepeatDialog::ended);
    dialog->startButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
    QVERIFY2(ended[0][0].toInt() == 0, qPrintable(dialog->output()->toPlainText()));

    view()->table()->refresh();
    const Csv window(view()->table()->text(TableFormat::Csv)), there(contentsOf(out + QStringLiteral("/results.csv")));
    int numbers = 0;
    for (int i = 0; i < 3; ++i) {
      const int here = window.rowWith(QStringLiteral("run"), entry(i).label);
      const int row = there.rowWith(QStringLiteral("method"), entry(i).label);
      QVERIFY2(row >= 0 && here >= 0, qPrintable(entry(i).label));
      QCOMPARE(there.at(row, QStringLiteral("seed")), QString::number(*settings.measurement_seed));
      QStringList columns{QStringLiteral("residual"), QStringLiteral("noise_level")};
      for (const auto& metric : metricList()) {
        const auto key = QString::fromStdString(metric.key);
        if (!metric.of_set && !metric.of_run && std::isfinite(entry(i).result->outcome.report.metric(metric.key)))
          columns << key;
      }
      for (const auto& column : columns) {
        const auto ours = window.at(here, column), theirs = there.at(row, column);
        QVERIFY2(!ours.isEmpty() && ours == theirs,
                 qPrintable(
                     QStringLiteral("%1 of %2: %3 in the window, %4 there").arg(column, entry(i).label, ours, theirs)));
        ++numbers;
      }
    }
    QVERIFY(numbers >= 3 * 4);  // PSNR and SSIM, residual and noise level; LPIPS where its weights are
    // What is shown is what is copied, rounded as the command line's table.
    const auto table = ended[0][1].toString();
    QVERIFY2(table.contains(cell(0, "psnr")) && table.contains(cell(2, "psnr")), qPrintable(table));
  }

  void theReportsCommandsMakeItsRunsAgain() {
    auto settings = document()->request();
    settings.degradations = {DegradationChoice{"sr", {{"factor", 2.0}}}};
    settings.noise = 0.02;
    document()->recall(catalogue_.complete(settings));
    view()->steps()->setValue(2);
    addLadder();
    compare()->remove(2);
    bar()->runAction()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(compare()->isRunning(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!compare()->isRunning(), kPatience);
    for (int i = 0; i < 2; ++i) {
      QCOMPARE(entry(i).state, CompareEntry::State::Done);
      QTRY_VERIFY_WITH_TIMEOUT(view()->tileOf(entry(i).key) >= 0, kPatience);
    }
    const auto place = folder_.filePath(QStringLiteral("report"));
    QVERIFY(QDir().mkpath(place));
    const auto path = place + QStringLiteral("/comparison.html");
    view()->setAskPath([path] { return path; });
    const int tiles = canvas()->count();
    view()->reportButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), kPatience);
    const auto html = contentsOf(path);
    QCOMPARE(html.count(QStringLiteral("<figure>")), tiles);
    for (int i = 0; i < 2; ++i) QVERIFY(html.contains(cell(i, "psnr")) && html.contains(entry(i).label));
    QVERIFY(html.contains(QStringLiteral("p2l evaluate --recipe comparison-recipe.json")));
    // As a person does: each file is saved, and the first command typed.
    static const QRegularExpression link(
        QStringLiteral("<a href=\"data:image/png;base64,([^\"]*)\" download=\"([^\"]*)\">"));
    QStringList files;
    for (auto found = link.globalMatch(html); found.hasNext();) {
      const auto match = found.next();
      files << match.captured(2);
      QFile file(place + QLatin1Char('/') + match.captured(2));
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(QByteArray::fromBase64(match.captured(1).toLatin1()));
    }
    QCOMPARE(files, (QStringList{QStringLiteral("1-LDPS.png"), files.value(1), QStringLiteral("photo.png")}));
    QVERIFY2(files[1].startsWith(QStringLiteral("2-")), qPrintable(files[1]));
    static const QRegularExpression tidy(QStringLiteral("^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\\.png$"));
    for (const auto& file : files) QVERIFY2(tidy.match(file).hasMatch(), qPrintable(file));
    static const QRegularExpression command(QStringLiteral("p2l (restore [^\\n<]*)"));
    const auto typed = command.match(html).captured(1);
    QVERIFY2(typed.endsWith(QStringLiteral("--out '1-LDPS-again.png'")), qPrintable(typed));
    QProcess program;
    program.setWorkingDirectory(place);
    program.start(QStringLiteral("/bin/sh"),
                  {QStringLiteral("-c"), QCoreApplication::applicationDirPath() + QStringLiteral("/p2l ") + typed});
    QVERIFY(program.waitForFinished(kPatience));
    QVERIFY2(program.exitCode() == 0, program.readAllStandardError().constData());
    const auto here = readPhoto((place + QStringLiteral("/1-LDPS.png")).toStdString()).image;
    const auto again = readPhoto((place + QStringLiteral("/1-LDPS-again.png")).toStdString()).image;
    QCOMPARE(QSize(again.width, again.height), QSize(here.width, here.height));
    float furthest = 0.0f;
    for (std::size_t i = 0; i < here.pixels.size(); ++i)
      furthest = std::max(furthest, std::abs(here.pixels[i] - again.pixels.at(i)));
    QVERIFY(furthest < 1.5f / 255.0f);
  }
};

QTEST_MAIN(CompareNumbersTest)
#include "compare_numbers_test.moc"
