// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>
#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QShortcut;
class QStackedWidget;
class QToolButton;

namespace p2l::ui {

class AlgorithmView;
class LearnModel;
struct LessonPicture;
class LessonPanel;
class MixtureStage;
class NullSpaceStage;
class PanelScroller;
class Card;
class PictureTile;
class ProjectionPlot;
class SeedsStage;
class Segmented;
class SentenceLabel;
class StepTiles;

/// The page Learn: lessons on the left, what they show in the middle with one plain sentence, the algorithm on the
/// right.
class LearnPage : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kLeft = 308, kRight = 300, kProjectorPoints = 18;
  /// A lower page lists the open lesson alone: below all of them its question would not be seen without scrolling.
  static constexpr int kLow = 780;
  /// The columns in projector mode; the left one is narrower where the window is.
  static constexpr int kProjectorLeft = 420, kProjectorRight = 440;
  /// Narrower than this, the lesson and the algorithm take turns beside the pictures.
  static constexpr int kNarrow = 1144, kProjectorNarrow = 1700;

  /// `model` becomes a child.
  explicit LearnPage(LearnModel* model, QWidget* parent = nullptr);

  LearnModel* model() const { return model_; }
  StepTiles* tiles() const { return tiles_; }
  LessonPanel* panel() const { return panel_; }
  AlgorithmView* algorithm() const { return algorithm_; }
  ProjectionPlot* plot() const { return plot_; }
  NullSpaceStage* nullSpace() const { return null_space_; }
  MixtureStage* mixture() const { return mixture_; }
  QLabel* sentence() const { return sentence_; }
  /// What has failed, or where an export lies, above the sentence. It stays until the person's next action: a click
  /// here, another lesson, a run that begins, another page.
  SentenceLabel* notice() const { return notice_; }
  /// Chooses the column where there is room for one.
  Segmented* sides() const { return sides_; }
  QPushButton* nextLineButton() const { return next_; }
  QPushButton* wholeStepButton() const { return whole_; }
  /// Is there where a run of one's own lacks pictures of its steps.
  QPushButton* makeAgainButton() const { return make_again_; }
  QToolButton* playButton() const { return play_; }
  QToolButton* projectorButton() const { return projector_; }
  QPushButton* figuresButton() const { return figures_; }
  /// Has figures and export in its menu in projector mode, where their buttons have no room.
  QToolButton* moreButton() const { return more_; }
  /// Chooses between the stage, the pictures of an answer and the lesson's figures, where there are some.
  Segmented* views() const { return views_; }
  /// The picture that is chosen.
  PictureTile* figure() const { return figure_; }
  /// Asks for a file's name with this, in place of the system's dialog; empty: cancelled.
  void setAskPath(std::function<QString()> ask) { ask_path_ = std::move(ask); }
  /// Asked before an export: a sentence where the file is needed for something else.
  void setSaveCheck(std::function<QString(const QString& path)> check) { save_check_ = std::move(check); }

 public slots:
  void setProjector(bool on);
  void exportHtml();

 signals:
  void status(const QString& text);
  /// Whether the page says at which step the run is.
  void stepsCounted(bool counted);
  /// The paper's figures of the document's photo and settings.
  void figuresWanted();

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  static constexpr int kMargin = 12;

  QWidget* buildLeft();
  QWidget* buildCentre();
  QWidget* buildRight();
  void buildMore();
  QPushButton* addButton(const QString& text, const QString& tip);
  void showLesson();
  void showStep();
  void showMakeAgain();
  void showSentence();
  /// As high as notice and sentence, and no higher than the pictures leave room: the rest is scrolled to.
  void fitSentence();
  /// The lesson's values are as high as they are, and leave the lesson most of the column.
  void fitValues();
  void showNotice(const QString& sentence);
  void clearNotice();
  void clearNoticeOnActions();
  void buildViews();
  /// What can be shown in the stage's place: of a question that was answered, then the lesson's figures.
  QList<LessonPicture> viewPictures() const;
  /// 0: the stage.
  void showView(int view);
  void place();
  void setSide(int side);
  void showQuestion();

  LearnModel* model_;
  LessonPanel* panel_ = nullptr;
  QWidget* left_column_ = nullptr;  ///< of the next two, the second below the first
  PanelScroller* left_ = nullptr;
  PanelScroller* values_room_ = nullptr;
  PanelScroller* right_ = nullptr;
  QLabel *status_ = nullptr, *sentence_ = nullptr;
  SentenceLabel* notice_ = nullptr;
  QWidget* said_ = nullptr;  ///< notice and sentence
  PanelScroller* sentence_room_ = nullptr;
  QStackedWidget* stages_ = nullptr;
  StepTiles* tiles_ = nullptr;
  NullSpaceStage* null_space_ = nullptr;
  MixtureStage* mixture_ = nullptr;
  SeedsStage* seeds_ = nullptr;
  AlgorithmView* algorithm_ = nullptr;
  ProjectionPlot* plot_ = nullptr;
  QLabel* hint_ = nullptr;
  QPushButton *next_ = nullptr, *whole_ = nullptr, *export_ = nullptr, *figures_ = nullptr, *make_again_ = nullptr;
  QToolButton *play_ = nullptr, *projector_ = nullptr, *more_ = nullptr;
  QShortcut* back_ = nullptr;
  Segmented *sides_ = nullptr, *views_ = nullptr;
  QHBoxLayout *sides_row_ = nullptr, *bar_ = nullptr, *views_row_ = nullptr;
  PictureTile* figure_ = nullptr;
  Card* card_ = nullptr;
  std::function<QString()> ask_path_;
  std::function<QString(const QString& path)> save_check_;
};

}  // namespace p2l::ui
