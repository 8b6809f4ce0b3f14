// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/undo_places.h"

#include <QUndoStack>
#include <QtTest>
#include <utility>

using namespace p2l::ui;

class UndoPlacesTest : public QObject {
  Q_OBJECT

 private:
  int here_ = 0;
  QList<int> gone_;  ///< where it led
  std::unique_ptr<QUndoStack> stack_;
  UndoPlaces* places_ = nullptr;

  void walk(int place, bool alone = true) {
    const int from = std::exchange(here_, place);
    places_->went(from, place, QString::number(place), alone);
  }
  void pushAt(int place) {
    here_ = place;
    stack_->push(new QUndoCommand);
  }

 private slots:
  void init() {
    here_ = 0;
    gone_.clear();
    stack_ = std::make_unique<QUndoStack>();
    places_ = new UndoPlaces(
        stack_.get(), [this] { return here_; },
        [this](int place) {
          gone_ << place;
          walk(place, false);  // as a window that is led there
        },
        stack_.get());
  }

  void undoAndRedoLeadToWhereTheCommandWasMade() {
    pushAt(0);
    pushAt(1);
    here_ = 2;
    stack_->undo();
    QCOMPARE(here_, 1);
    stack_->undo();
    QCOMPARE(here_, 0);
    stack_->redo();
    stack_->redo();
    QCOMPARE(gone_, (QList<int>{1, 0, 1}));
    stack_->setIndex(0);  // several at once: the last one counts
    QCOMPARE(here_, 0);
  }

  void whatIsUndoneAndReplacedIsForgotten() {
    pushAt(0);
    pushAt(1);
    stack_->undo();
    for (int i = 0; i < 50; ++i) {  // one may get the address of one that is gone
      pushAt(2);
      QCOMPARE(here_, 2);
      stack_->undo();
      QCOMPARE(here_, 2);
    }
    stack_->clear();
    gone_.clear();
    for (int i = 0; i < 50; ++i) {
      pushAt(i % 3);
      QVERIFY(gone_.isEmpty());
    }
    here_ = 0;
    stack_->undo();
    QCOMPARE(here_, 49 % 3);
  }

  void toGoElsewhereIsAStepAndToGoOnIsThatStepStill() {
    pushAt(0);
    walk(1);
    walk(2);
    QCOMPARE(stack_->count(), 2);
    QCOMPARE(stack_->undoText(), QStringLiteral("2"));
    pushAt(2);
    stack_->undo();
    QVERIFY(gone_.isEmpty());
    stack_->undo();
    QCOMPARE(here_, 0);
    QCOMPARE(stack_->index(), 1);
    stack_->redo();
    QCOMPARE(here_, 2);
    QCOMPARE(stack_->count(), 3);
    stack_->setIndex(0);
    QCOMPARE(here_, 0);
  }

  void whoIsBackHasTakenNoStep() {
    pushAt(0);
    walk(1);
    walk(0);
    QCOMPARE(stack_->count(), 1);
    QVERIFY(gone_.isEmpty());
    for (int i = 0; i < 20; ++i) {  // the next ones may get its address
      walk(1 + i % 2);
      QCOMPARE(stack_->count(), 2);
    }
    stack_->undo();
    QCOMPARE(gone_, QList<int>{0});
  }

  void whatBringsAPlaceWithItBeginsNoStepAndGoesOnWithOne() {
    walk(1, false);
    QCOMPARE(stack_->count(), 0);
    walk(2);
    walk(0, false);
    QCOMPARE(stack_->count(), 1);
    stack_->undo();
    QCOMPARE(here_, 1);
  }

  void aLookAtAnotherPlaceThrowsNothingAwayThatCanBeRedone() {
    pushAt(0);
    pushAt(0);
    stack_->undo();
    walk(1);
    QVERIFY(stack_->canRedo());
    QCOMPARE(stack_->count(), 2);
    stack_->redo();
    QCOMPARE(here_, 0);
  }

  void stepsOfPlaceAreToldFromChanges() {
    int from = 0, places = 0, changes = 0;
    QObject context;
    connect(stack_.get(), &QUndoStack::indexChanged, &context, [&](int index) {
      ++(movedByPlaceOnly(*stack_, from) ? places : changes);
      from = index;
    });
    pushAt(0);
    QCOMPARE(std::pair(places, changes), std::pair(0, 1));
    walk(1);
    walk(2);
    QCOMPARE(std::pair(places, changes), std::pair(2, 1));
    stack_->undo();
    stack_->redo();
    QCOMPARE(std::pair(places, changes), std::pair(4, 1));
    walk(0);  // its step is gone
    QCOMPARE(std::pair(places, changes), std::pair(5, 1));
    stack_->undo();
    stack_->redo();
    walk(1);
    stack_->clear();
    QCOMPARE(std::pair(places, changes), std::pair(6, 4));
  }
};

QTEST_GUILESS_MAIN(UndoPlacesTest)
#include "undo_places_test.moc"
