// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>
#include <string>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace p2l::ui {

class Card;
class LearnModel;
class RowList;
class ParamPanel;

/// The lessons, and of the open one its text and its question with the choices. The values that may be changed are in a
/// widget of their own, which the page shows where it is always seen.
class LessonPanel : public QWidget {
  Q_OBJECT
 public:
  explicit LessonPanel(LearnModel* model, QWidget* parent = nullptr);

  /// Puts a button beside the title.
  void addTool(QWidget* tool);
  RowList* list() const { return list_; }
  /// Only the open lesson is in the list, until allButton() is pressed: text and question need the room. The button is
  /// in the title's place.
  void setFoldable(bool foldable);
  /// The question stands over the lesson's text: where the text is large, it would not be seen below it.
  void setQuestionFirst(bool first);
  /// What the panel needs from its top to the end of a question that stands first, at its present width.
  int heightToQuestion() const;
  QToolButton* allButton() const { return all_; }
  QPushButton* revealButton() const { return reveal_; }
  QButtonGroup* choices() const { return choices_; }
  Card* card() const { return card_; }
  /// What came out and, below it, the button that goes on; hidden ones among them.
  QList<QWidget*> endOfCard() const;
  ParamPanel* values() const { return values_; }
  /// The values, and whose run is shown where it is another one. It has a parent of its own.
  QWidget* changeable() const { return changeable_; }
  /// Whether there is something in it.
  bool hasChangeable() const;
  /// Whose steps are shown, where they are not of the values above it.
  QLabel* shownRun() const { return shown_run_; }
  /// Takes that run's values, where they may be changed.
  QPushButton* takeButton() const { return take_; }
  QString answer() const;

 signals:
  /// A person is about to choose a lesson, an answer or a value, or to have the question answered.
  void acted();
  /// What changeable() has is another height.
  void changeableChanged();

 private:
  void buildCard(QVBoxLayout* column);
  void showLessons();
  void foldList();
  void showLesson();
  void showQuestion();
  void showShownRun();
  void act();
  /// The answer takes a run.
  bool runs() const;

  LearnModel* model_;
  bool question_first_ = false;
  QHBoxLayout* title_row_;
  QLabel* title_;
  QToolButton* all_;
  RowList* list_;
  bool by_key_ = false;  ///< a lesson is being chosen by an arrow key
  QLabel *hint_, *text_;
  Card* card_ = nullptr;
  QLabel *question_ = nullptr, *answer_ = nullptr;
  QVBoxLayout* choice_column_ = nullptr;
  QButtonGroup* choices_ = nullptr;
  QPushButton* reveal_ = nullptr;
  QWidget* changeable_;
  ParamPanel* values_;
  QLabel* shown_run_;
  QPushButton* take_;
  int shown_question_ = -1;
  std::string shown_values_;  ///< the lesson and the solver that they are of
};

}  // namespace p2l::ui
