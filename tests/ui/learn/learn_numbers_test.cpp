// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of lessons are those of the command line, with the program p2l that lies beside this one.
#include <QCoreApplication>
#include <QProcess>

#include "core/archive/kept_run.h"
#include "tests/ui/learn/learn_fixture.h"

using namespace p2l;

class LearnNumbersTest : public LearnFixture {
  Q_OBJECT

 private:
  void answer() {
    model()->predict(model()->asked()->answer);
    model()->reveal();
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), LearnModel::Phase::Revealed, kPatience);
  }
  /// p2l with the photo of the lesson and its request with this change.
  void call(const QStringList& command, const ParamValues& change, const QStringList& options) {
    auto request = changedRequest(model()->lesson()->request, change, session_.catalogue());
    request.size = kSide;
    const auto file = folder_.filePath(QStringLiteral("request.json"));
    writeTextFile(file.toStdString(), jsonFromRequest(request));
    const auto photo = QString::fromStdString(resourceFolder() + "/photos/" + model()->lesson()->photo);
    QProcess process;
    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/p2l"),
                  command + QStringList{photo, QStringLiteral("--request"), file} + options);
    QVERIFY(process.waitForFinished(kPatience));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
  }
  /// Within what a table's digits tell.
  void compare(const std::string& name, double there, double digits) {
    QVERIFY2(model()->numbers().contains(name), name.c_str());
    const double here = model()->numbers().at(name);
    const auto told = QStringLiteral("%1: %2 in the lesson, %3 there").arg(QString::fromStdString(name));
    QVERIFY2(std::abs(here - there) <= digits, qPrintable(told.arg(here).arg(there)));
  }
  void compareWithRestore(const std::string& prefix, const ParamValues& change) {
    const auto name = QString::fromStdString(prefix) + QString::number(model()->question());
    const auto report = folder_.filePath(name + QStringLiteral(".json"));
    call(
        {QStringLiteral("restore")}, change,
        {QStringLiteral("--out"), folder_.filePath(name + QStringLiteral(".png")), QStringLiteral("--report"), report});
    const auto numbers = numbersOfRun(reportFromJson(readTextFile(report.toStdString())), prefix);
    for (const auto& name : placeholdersOf(model()->asked()->reveal))
      QVERIFY2(name.rfind(prefix + '.', 0) != 0 || numbers.contains(name), name.c_str());
    QVERIFY(numbers.contains(prefix + ".psnr") && numbers.contains(prefix + ".residual"));
    for (const auto& [key, number] : numbers) compare(key, number, 1e-3 * std::max(1.0, std::abs(number)));
  }
  /// Rows of numbers of a CSV file, without its heads; what is no number is NaN.
  std::vector<std::vector<double>> rowsOf(const QString& file) const {
    auto lines = QString::fromStdString(readTextFile(file.toStdString())).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    lines.removeFirst();
    std::vector<std::vector<double>> rows;
    for (const auto& line : lines) {
      auto& row = rows.emplace_back();
      for (const auto& cell : line.split(QLatin1Char(','))) {
        bool is_number = false;
        const double number = cell.toDouble(&is_number);
        row.push_back(is_number ? number : std::nan(""));
      }
    }
    return rows;
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-learn-numbers-test"); }
  void init() { openPage(); }
  void cleanup() { closePage(); }

  void stepsAreThoseOfRestore_data() {
    QTest::addColumn<int>("lesson");
    const auto lessons = readLessons({lessonFolder()}, session_.catalogue());
    for (std::size_t i = 0; i < lessons.size(); ++i) {
      if (lessons[i].stage == Lesson::Stage::Steps) QTest::newRow(lessons[i].id.c_str()) << int(i);
    }
  }
  void stepsAreThoseOfRestore() {
    QFETCH(int, lesson);
    model()->choose(lesson);
    QTRY_VERIFY_WITH_TIMEOUT(model()->isReady(), kPatience);
    const int questions = int(model()->lesson()->questions.size());
    for (int i = 0; i < questions; ++i) {
      QCOMPARE(model()->question(), i);
      answer();
      if (i == 0) compareWithRestore("base", {});
      QVERIFY(!model()->asked()->change.empty());
      compareWithRestore("changed", model()->asked()->change);
      if (i + 1 < questions) model()->nextQuestion();
    }
  }

  void seedsAreThoseOfAnalyseSpread() {
    openLesson(Lesson::Stage::Seeds);
    answer();
    const auto out = folder_.filePath(QStringLiteral("spread"));
    const auto& lesson = *model()->lesson();
    call({QStringLiteral("analyse"), QStringLiteral("spread")}, {},
         {QStringLiteral("--measurement-seed"), QString::number(lesson.request.seed), QStringLiteral("--seeds"),
          QString::number(lesson.seeds), QStringLiteral("--out"), out});
    const auto runs = rowsOf(out + QStringLiteral("/numbers.csv"));  // seed, PSNR, ...; the mean picture last
    QCOMPARE(int(runs.size()), lesson.seeds + 1);
    double sum = 0.0;
    for (int i = 0; i < lesson.seeds; ++i) sum += runs[std::size_t(i)][1];
    compare("single.psnr", sum / lesson.seeds, 1e-3);
    compare("mean.psnr", runs.back()[1], 1e-3);
    const auto groups = rowsOf(out + QStringLiteral("/calibration.csv"));  // spread, error
    compare("sure.spread", 255 * groups.front()[0], 1e-3);
    compare("sure.error", 255 * groups.front()[1], 1e-3);
    compare("unsure.spread", 255 * groups.back()[0], 1e-3);
    compare("unsure.error", 255 * groups.back()[1], 1e-3);
  }
};

QTEST_MAIN(LearnNumbersTest)
#include "learn_numbers_test.moc"
