// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/undo_places.h"

#include <QUndoStack>
#include <QtTest>

using namespace p2l::ui;

class UndoPlacesTest : public QObject {
  Q_OBJECT

 private:
  int here_ = 0;
  QList<int> gone_;  ///< where it led
  std::unique_ptr<QUndoStack> stack_;

  void pushAt(int place) {
    here_ = place;
    stack_->push(new QUndoCommand);
  }

 private slots:
  void init() {
    here_ = 0;
    gone_.clear();
    stack_ = std::make_unique<QUndoStack>();
    new UndoPlaces(
        stack_.get(), [this] { return here_; },
        [this](int place) {
          here_ = place;
          gone_ << place;
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
};

QTEST_GUILESS_MAIN(UndoPlacesTest)
#include "undo_places_test.moc"
