// SPDX-License-Identifier: GPL-3.0-or-later
// What an exported lesson says of its questions.
#include <QFile>

#include "tests/support/german_numbers.h"
#include "tests/ui/learn/learn_fixture.h"
#include "ui/language/numbers.h"
#include "ui/learn/lesson_html.h"

using namespace p2l;

class LearnExportTest : public LearnFixture {
  Q_OBJECT

 private:
  using Phase = LearnModel::Phase;

  void answer(LearnModel& model) {
    model.predict(model.asked()->answer);
    model.reveal();
    QTRY_COMPARE_WITH_TIMEOUT(model.phase(), Phase::Revealed, kPatience);
  }
  static bool says(const LearnModel& model, const QString& text) {
    return ui::lessonHtml(model, {}).contains(text.toHtmlEscaped());
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-learn-export-test"); }
  void init() { openPage(); }
  void cleanup() { closePage(); }

  void everyQuestionHasTheNumbersOfItsOwnRun() {
    openLesson(Lesson::Stage::Mixture);
    answer(*model());
    const auto first = model()->revealed();
    const auto share = QString::number(model()->numbers().at("changed.hill2"), 'f', 0);
    QVERIFY2(first.contains(share), qPrintable(first));
    QVERIFY(says(*model(), first));
    const auto second = model()->revealOf(1);  // no run of it was made
    QVERIFY2(second.contains(QStringLiteral("now it has – %")), qPrintable(second));
    QVERIFY(!second.contains(QStringLiteral("did not come out")));
    QVERIFY(says(*model(), second));

    model()->nextQuestion();
    QCOMPARE(model()->revealOf(0), first);
    answer(*model());
    QVERIFY(model()->revealed() != second);
    QVERIFY(says(*model(), model()->revealed()));
    QCOMPARE(model()->revealOf(0), first);
    QVERIFY(says(*model(), first));
  }

  void whatDidNotComeOutIsSaid() {
    const QTemporaryDir folder;
    auto text = readTextFile(lessonFolder() + "/1-what-a-destroys.json");
    const auto put = [&text](const std::string& from, const std::string& to) {
      const auto at = text.find(from);
      QVERIFY(at != std::string::npos);
      text.replace(at, from.size(), to);
    };
    put("\"what-a-destroys\"", "\"wrong\"");
    put("\"is\": \"smaller\"", "\"is\": \"larger\"");
    writeTextFile(folder.filePath(QStringLiteral("wrong.json")).toStdString(), text);
    LearnModel model(session_.catalogue(), document_.get(), folder.path());
    model.setLargestSide(kSide);
    for (std::size_t i = 0; i < model.lessons().size(); ++i) {
      if (model.lessons()[i].id == "wrong") model.choose(static_cast<int>(i));
    }
    QTRY_VERIFY_WITH_TIMEOUT(model.nullSpace() != nullptr, kPatience);
    QVERIFY(!says(model, QStringLiteral("did not come out")));
    answer(model);
    QVERIFY(says(model, QStringLiteral("did not come out as the lesson expects")));
    const auto revealed = model.revealed();
    const test::GermanNumbers german;
    QVERIFY2(ui::localNumbers(revealed) != revealed, qPrintable(revealed));  // it has decimals
    QCOMPARE(model.revealed(), ui::localNumbers(revealed));
    QCOMPARE(ui::lessonHtml(model, {}).count(QStringLiteral("did not come out")), 1);
    model.choose(-1);
  }

  void itNamesItsLanguage() {
    model()->choose(0);
    QTRY_VERIFY_WITH_TIMEOUT(model()->isReady(), kPatience);
    QVERIFY(ui::lessonHtml(*model(), {}).contains(QStringLiteral("<html lang=\"en\">")));
  }
};

QTEST_MAIN(LearnExportTest)
#include "learn_export_test.moc"
