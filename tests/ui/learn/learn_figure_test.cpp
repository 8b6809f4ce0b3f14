// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that are drawn of a lesson, such as pictures from the tuned prompt, are on its stage and in its export.
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include "tests/ui/learn/learn_fixture.h"
#include "ui/learn/lesson_html.h"
#include "ui/steps/step_tiles.h"
#include "ui/widgets/segmented.h"

using namespace p2l;

class LearnFigureTest : public LearnFixture {
  Q_OBJECT

 private:
  static QImage sheet(Qt::GlobalColor colour) {
    QImage image(60, 40, QImage::Format_RGB32);
    image.fill(colour);
    return image;
  }
  bool showsFigure() const { return !page_->figure()->isHidden(); }

 private slots:
  void initTestCase() { prepare("p2l-studio-learn-figure-test"); }
  void init() { openPage(); }
  void cleanup() { closePage(); }

  void itIsOnTheStageAndInTheExport() {
    document_->setPhoto(photo("sklearn_flower.jpg"));
    openLesson(Lesson::Stage::Steps);
    QVERIFY(page_->views()->isHidden());
    model()->expectFigures();
    model()->addFigure(QStringLiteral("Tuned prompt"), sheet(Qt::red));
    model()->addFigure(QStringLiteral("Empty text"), sheet(Qt::blue));
    QVERIFY(!page_->views()->isHidden());
    QCOMPARE(page_->views()->count(), 3);
    QVERIFY(showsFigure());
    QTest::mouseClick(page_->views()->button(1), Qt::LeftButton);
    QCOMPARE(page_->figure()->picture(), sheet(Qt::red));
    QVERIFY(page_->figure()->shownName().isEmpty());  // it would cover the sheet's own captions
    QVERIFY(!page_->figure()->accessibleName().isEmpty());
    const auto html = ui::lessonHtml(*model(), model()->figures());
    for (const char* title : {"Tuned prompt", "Empty text"})
      QVERIFY2(html.contains(QStringLiteral("<img alt=\"%1\" src=\"data:image").arg(QLatin1String(title))), title);
    model()->addFigure(QStringLiteral("Tuned prompt"), sheet(Qt::green));  // drawn again
    QCOMPARE(page_->views()->count(), 3);
    QCOMPARE(page_->figure()->picture(), sheet(Qt::green));
    page_->wholeStepButton()->click();
    QVERIFY(!showsFigure());
    QVERIFY(page_->tiles()->isVisible());

    page_->hide();
    page_->show();  // it is kept with the lesson
    QTRY_COMPARE(page_->views()->count(), 3);
    QVERIFY(!page_->views()->isHidden());
    QVERIFY(!showsFigure());  // until it is chosen
    openLesson(Lesson::Stage::Seeds);
    QVERIFY(page_->views()->isHidden());
    QVERIFY(!showsFigure());
  }

  void oneOfAnotherLessonIsNotTaken() {
    openLesson(Lesson::Stage::Steps);
    model()->expectFigures();
    openLesson(Lesson::Stage::Seeds);
    model()->addFigure(QStringLiteral("Tuned prompt"), sheet(Qt::red));
    QVERIFY(model()->figures().isEmpty());
    model()->choose(-1);
    model()->expectFigures();
    model()->addFigure(QStringLiteral("Tuned prompt"), sheet(Qt::red));
    QVERIFY(model()->figures().isEmpty());
  }
};

QTEST_MAIN(LearnFigureTest)
#include "learn_figure_test.moc"
