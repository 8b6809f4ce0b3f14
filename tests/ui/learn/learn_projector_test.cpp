// SPDX-License-Identifier: GPL-3.0-or-later
// The page Learn on a projector: all of its text is large, and none is cut.
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

#include "tests/ui/learn/learn_fixture.h"
#include "ui/learn/lesson_panel.h"
#include "ui/learn/projection_plot.h"
#include "ui/settings/param_panel.h"
#include "ui/steps/step_tiles.h"
#include "ui/style/sentence_label.h"
#include "ui/widgets/row_list.h"

using namespace p2l;

class LearnProjectorTest : public LearnFixture {
  Q_OBJECT

 private slots:
  void initTestCase() { prepare("p2l-studio-learn-projector-test"); }
  void init() { openPage(); }
  void cleanup() { closePage(); }

  void theProjectorHasTextOf18Points() {
    const auto textsOf = [this](int points) {  // how many of them are as large, and how many are not
      int right = 0, wrong = 0;
      for (auto* each : page_->findChildren<QWidget*>()) {
        const bool has_text =
            qobject_cast<QLabel*>(each) != nullptr || qobject_cast<QAbstractButton*>(each) != nullptr ||
            qobject_cast<QComboBox*>(each) != nullptr || qobject_cast<QAbstractSpinBox*>(each) != nullptr ||
            qobject_cast<QListWidget*>(each) != nullptr;
        if (has_text) ++(each->font().pointSize() == points ? right : wrong);
      }
      return std::pair(right, wrong);
    };
    page_->projectorButton()->click();
    for (int i = 0; i < int(model()->lessons().size()); ++i) {
      model()->choose(i);
      QTRY_VERIFY_WITH_TIMEOUT(model()->isReady(), kPatience);
      const auto [large, others] = textsOf(LearnPage::kProjectorPoints);
      QVERIFY2(large > 25 && others == 0, qPrintable(QStringLiteral("%1: %2, %3").arg(i).arg(large).arg(others)));
      for (const auto* tile : page_->findChildren<ui::PictureTile*>()) {  // their labels are painted
        const auto said = QStringLiteral("%1: %2").arg(i).arg(tile->shownName());
        QVERIFY2(!tile->isVisible() || tile->labelFont().pointSize() == LearnPage::kProjectorPoints, qPrintable(said));
      }
    }
    page_->projectorButton()->click();
    QCOMPARE(textsOf(LearnPage::kProjectorPoints).first, 0);
  }

  void whatLessonsSpeakOfIsThereOnAProjector() {
    page_->resize(1920, 800);
    page_->projectorButton()->click();
    openLesson(Lesson::Stage::Steps);
    QCoreApplication::processEvents();
    QVERIFY(page_->plot()->isVisible());  // "in the plot the green curve..."
    QVERIFY(page_->plot()->height() >= 5 * page_->plot()->fontMetrics().height());
    QVERIFY(!page_->figuresButton()->isVisible());
    QVERIFY(page_->moreButton()->isVisible());
    auto* menu = page_->moreButton()->menu();
    QCOMPARE(menu->actions().size(), 2);
    QCOMPARE(menu->font().pointSize(), LearnPage::kProjectorPoints);
    QSignalSpy wanted(page_.get(), &LearnPage::figuresWanted);
    menu->actions()[0]->trigger();
    QCOMPARE(wanted.count(), 1);
    int asked = 0;
    page_->setAskPath([&asked] {
      ++asked;
      return QString();
    });
    menu->actions()[1]->trigger();
    QCOMPARE(asked, 1);
    page_->projectorButton()->click();
    QVERIFY(page_->figuresButton()->isVisible() && !page_->moreButton()->isVisible());
  }

  void theProjectorsLessonLeavesRoomInANarrowWindow() {
    page_->projectorButton()->click();
    const auto* column = page_->panel()->parentWidget()->parentWidget();  // what scrolls it
    for (const int width : {640, 960, 1700}) {
      page_->resize(width, 650);
      QCoreApplication::processEvents();
      QCOMPARE(column->width(), std::clamp(page_->width() * 2 / 5, LearnPage::kLeft, LearnPage::kProjectorLeft));
    }
    QCOMPARE(column->width(), LearnPage::kProjectorLeft);
    page_->projectorButton()->click();
    QCOMPARE(column->width(), LearnPage::kLeft);
  }

  void theListOfLessonsIsTheOpenOneOnAProjectorUntilAllAreWanted() {
    page_->resize(1280, LearnPage::kLow);  // in a lower one the list is folded without it
    auto* list = page_->panel()->list();
    auto* all = page_->panel()->allButton();
    const auto shown = [list] {
      QStringList texts;
      for (int row = 0; row < list->count(); ++row) {
        if (!list->isRowHidden(row)) texts << list->item(row)->text();
      }
      return texts;
    };
    QVERIFY(!all->isVisible());
    QCOMPARE(shown().size(), list->count());
    page_->projectorButton()->click();
    model()->choose(1);
    QTRY_VERIFY_WITH_TIMEOUT(model()->isReady(), kPatience);
    QVERIFY(all->isVisible());
    QCOMPARE(shown(), QStringList(list->item(2)->text()));
    QVERIFY(list->height() < 4 * list->fontMetrics().height());
    all->click();
    QCOMPARE(shown().size(), list->count());
    QCoreApplication::processEvents();
    list->doItemsLayout();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(3)).center());
    QTRY_COMPARE(model()->current(), 2);
    QVERIFY(!all->isChecked());
    QCOMPARE(shown(), QStringList(list->item(3)->text()));
    page_->projectorButton()->click();
    QVERIFY(!all->isVisible());
    QCOMPARE(shown().size(), list->count());
  }

  void noTitleOfALessonIsCut() {
    page_->projectorButton()->click();
    page_->panel()->allButton()->click();
    auto* list = page_->panel()->list();
    auto bold = list->font();
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(bold);
    for (const QSize size : {QSize(960, 530), QSize(1280, 650)}) {
      page_->resize(size);
      QCoreApplication::processEvents();
      list->doItemsLayout();
      const QSignalBlocker chooses_none(list);
      int highest = 0, lowest = page_->height();
      for (int row = 0; row < list->count(); ++row) {
        list->setCurrentRow(row);  // in bold print
        const auto place = list->visualItemRect(list->item(row));
        const auto text = list->item(row)->text();
        const QRect room(0, 0, place.width() - 12, place.height());
        const auto needed = metrics.boundingRect(room, Qt::TextWordWrap, text);
        QVERIFY2(room.width() > 0 && needed.width() <= room.width() && needed.height() <= room.height(),
                 qPrintable(text));
        QVERIFY2(list->viewport()->rect().contains(place), qPrintable(text));
        highest = std::max(highest, place.height());
        lowest = std::min(lowest, place.height());
      }
      QCOMPARE(lowest, highest);
      QVERIFY(highest >= 2 * metrics.height());  // one of them takes two lines
    }
    page_->projectorButton()->click();
    page_->resize(1280, 650);
    QCoreApplication::processEvents();
    QVERIFY(list->height() < list->count() * 2 * list->fontMetrics().height());  // one line each
  }

  void theProjectorCutsNoTextInASmallWindow() {
    page_->resize(960, 530);
    page_->projectorButton()->click();
    const auto* viewport = page_->panel()->parentWidget();
    QCOMPARE(page_->panel()->list()->count(), int(model()->lessons().size()) + 1);
    for (int i = 0; i < int(model()->lessons().size()); ++i) {
      model()->choose(i);
      QTRY_VERIFY_WITH_TIMEOUT(model()->isReady(), kPatience);
      QCoreApplication::processEvents();
      const auto name = QStringLiteral("lesson %1: ").arg(i);
      const int needed = page_->panel()->minimumSizeHint().width();
      QVERIFY2(needed <= viewport->width(), qPrintable(name + QString::number(needed)));
      const auto* values = page_->panel()->changeable();
      QVERIFY2(values->minimumSizeHint().width() <= values->parentWidget()->width(), qPrintable(name));
      QVERIFY2(page_->minimumSizeHint().width() <= 960,
               qPrintable(name + QString::number(page_->minimumSizeHint().width())));
      for (const auto* spin : page_->panel()->values()->findChildren<QDoubleSpinBox*>()) {
        const int text = spin->fontMetrics().horizontalAdvance(spin->text());
        QVERIFY2(spin->width() >= text + 4, qPrintable(name + spin->text()));
      }
      const auto* row = page_->panel()->list()->item(i + 1);
      QCOMPARE(row->toolTip(), row->text());  // a word may be longer than the row
    }
    // However long a sentence is, it can be scrolled to its end.
    const auto* sentence = page_->notice();
    emit model()->failed(QStringLiteral("A sentence that says much of what has happened. ").repeated(12));
    QCoreApplication::processEvents();
    QVERIFY2(sentence->height() >= sentence->heightForWidth(sentence->width()),
             qPrintable(
                 QStringLiteral("%1 of %2").arg(sentence->height()).arg(sentence->heightForWidth(sentence->width()))));
    const auto* room = sentence->parentWidget()->parentWidget();
    QVERIFY(room->height() < sentence->height() && room->height() <= page_->height() / 3);
  }
};

QTEST_MAIN(LearnProjectorTest)
#include "learn_projector_test.moc"
