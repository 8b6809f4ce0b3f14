// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is made of. What it shows is in learn_page.cpp.
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"
#include "ui/learn/lesson_panel.h"
#include "ui/learn/mixture_stage.h"
#include "ui/learn/null_space_stage.h"
#include "ui/learn/projection_plot.h"
#include "ui/learn/seeds_stage.h"
#include "ui/steps/algorithm_view.h"
#include "ui/steps/step_tiles.h"
#include "ui/style/icons.h"
#include "ui/style/sentence_label.h"
#include "ui/widgets/card.h"
#include "ui/widgets/panel_scroller.h"
#include "ui/widgets/segmented.h"

namespace p2l::ui {

QPushButton* LearnPage::addButton(const QString& text, const QString& tip) {
  auto* button = new QPushButton(text, this);
  button->setAccessibleName(text);
  button->setToolTip(tip);
  return button;
}

QWidget* LearnPage::buildLeft() {
  auto* left = new QWidget(this);
  left->setFixedWidth(kLeft);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  panel_ = new LessonPanel(model_);
  column->addWidget(left_ = new PanelScroller(panel_, left), 1);
  column->addWidget(values_room_ = new PanelScroller(panel_->changeable(), left));  // they are seen without scrolling
  values_room_->setAccessibleName(tr("Values of the lesson"));
  panel_->changeable()->installEventFilter(this);
  panel_->card()->installEventFilter(this);
  connect(panel_, &LessonPanel::changeableChanged, this, &LearnPage::fitValues);
  return left;
}

QWidget* LearnPage::buildCentre() {
  auto* centre = new QWidget(this);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(kMargin, 8, kMargin, kMargin);
  column->setSpacing(8);
  bar_ = new QHBoxLayout;
  status_ = new QLabel(centre);
  status_->setForegroundRole(QPalette::PlaceholderText);
  status_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  sides_ = new Segmented(tr("Beside the pictures"), centre);
  sides_->add(tr("Lesson"), tr("The lesson and its question"));
  sides_->add(tr("Algorithm"), tr("The solver's step, line by line"));
  sides_->setCurrent(0);
  column->addLayout(sides_row_ = new QHBoxLayout);  // it is shown where there is little room
  sides_row_->addWidget(sides_);
  sides_row_->addStretch(1);
  column->addLayout(bar_);
  bar_->addWidget(status_, 1);
  next_ =
      addButton(tr("Next line"), tr("The next line of the step; after the last one the next step. Shift+N goes back."));
  next_->setShortcut(Qt::Key_N);
  whole_ = addButton(tr("Whole step"), tr("On to the next step"));
  play_ = new QToolButton(centre);
  play_->setText(QStringLiteral("▶"));
  play_->setCheckable(true);
  play_->setFocusPolicy(Qt::StrongFocus);
  play_->setAccessibleName(tr("Play"));
  play_->setToolTip(tr("Line after line, by itself"));
  projector_ = new QToolButton(centre);
  projector_->setText(tr("Projector"));
  projector_->setCheckable(true);
  projector_->setFocusPolicy(Qt::StrongFocus);
  projector_->setAccessibleName(tr("Projector"));
  projector_->setToolTip(tr("Text of 18 points, to be read from afar"));
  export_ = addButton(tr("Export…"), tr("Writes the lesson as one HTML file that works without the program"));
  figures_ = addButton(tr("Figures…"), tr("The paper's figures, drawn from this photo and its settings"));
  for (QWidget* widget : {static_cast<QWidget*>(projector_), static_cast<QWidget*>(next_),
                          static_cast<QWidget*>(whole_), static_cast<QWidget*>(play_)})
    bar_->addWidget(widget);
  connect(sides_, &Segmented::chosen, this, &LearnPage::place);
  connect(next_, &QPushButton::clicked, model_, &LearnModel::nextLine);
  connect(next_, &QPushButton::clicked, this, [this] {
    showView(0);
    setSide(1);
  });
  connect(whole_, &QPushButton::clicked, this, [this] { showView(0); });
  back_ = new QShortcut(Qt::SHIFT | Qt::Key_N, this);
  connect(back_, &QShortcut::activated, this, [this] {
    showView(0);
    setSide(1);
    model_->previousLine();
  });
  connect(whole_, &QPushButton::clicked, model_, &LearnModel::wholeStep);
  connect(play_, &QToolButton::toggled, model_, &LearnModel::setPlaying);
  connect(projector_, &QToolButton::toggled, this, &LearnPage::setProjector);
  connect(export_, &QPushButton::clicked, this, &LearnPage::exportHtml);
  connect(figures_, &QPushButton::clicked, this, &LearnPage::figuresWanted);

  column->addLayout(views_row_ = new QHBoxLayout);
  views_row_->addStretch(1);
  stages_ = new QStackedWidget(centre);  // in the order of Lesson::Stage, and a figure
  stages_->addWidget(tiles_ = new StepTiles);
  stages_->addWidget(null_space_ = new NullSpaceStage(model_));
  stages_->addWidget(mixture_ = new MixtureStage(model_));
  stages_->addWidget(seeds_ = new SeedsStage(model_));
  stages_->addWidget(figure_ = new PictureTile(tileColour(StepPicture::Noisy), centre));
  column->addWidget(stages_, 1);

  make_again_ =
      addButton(tr("Make it again with all pictures"),
                tr("This run has not kept what each line makes. The same request gives the same run: it is made "
                   "once more for these pictures, beside your history."));
  column->addWidget(make_again_, 0, Qt::AlignLeft);
  connect(make_again_, &QPushButton::clicked, model_, &LearnModel::makeAgain);
  card_ = new Card(centre);
  auto* inside = new QVBoxLayout(card_);
  inside->setContentsMargins(14, 8, 14, 8);
  said_ = new QWidget(card_);
  auto* lines = new QVBoxLayout(said_);
  lines->setContentsMargins(0, 0, 0, 0);
  lines->setSpacing(6);
  lines->addWidget(notice_ = new SentenceLabel(said_));
  lines->addWidget(sentence_ = new QLabel(said_), 1);
  QFont strong;
  strong.setWeight(QFont::DemiBold);
  notice_->setFont(strong);
  notice_->hide();
  inside->addWidget(sentence_room_ = new PanelScroller(said_, card_));
  sentence_room_->setAccessibleName(tr("What is seen"));
  sentence_room_->viewport()->installEventFilter(this);
  said_->installEventFilter(this);
  sentence_->setWordWrap(true);
  sentence_->setTextFormat(Qt::RichText);
  sentence_->setAlignment(Qt::AlignVCenter | Qt::AlignLeft);
  sentence_->setMinimumHeight(2 * fontMetrics().height() + 4);
  column->addWidget(card_);
  return centre;
}

void LearnPage::buildMore() {
  more_ = new QToolButton(this);
  more_->setIcon(glyphIcon(Glyph::Menu));
  more_->setAutoRaise(true);
  more_->setFocusPolicy(Qt::StrongFocus);
  more_->setPopupMode(QToolButton::InstantPopup);
  more_->setAccessibleName(tr("More"));
  more_->setToolTip(tr("Figures and export of the lesson"));
  auto* menu = new QMenu(more_);
  for (auto* button : {figures_, export_}) {
    auto* action = menu->addAction(button->text(), button, &QPushButton::click);
    connect(menu, &QMenu::aboutToShow, action, [action, button] { action->setEnabled(button->isEnabled()); });
  }
  more_->setMenu(menu);
  more_->hide();
  panel_->addTool(more_);
}

QWidget* LearnPage::buildRight() {
  auto* right = new QWidget(this);
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(kMargin, 10, kMargin, kMargin);
  column->setSpacing(10);
  algorithm_ = new AlgorithmView(right);
  column->addWidget(algorithm_);
  column->addWidget(hint_ = new QLabel(right));
  column->addWidget(plot_ = new ProjectionPlot(model_->document(), right), 3);
  column->addStretch(1);
  hint_->setWordWrap(true);
  hint_->setForegroundRole(QPalette::PlaceholderText);
  connect(algorithm_, &AlgorithmView::chosen, model_, &LearnModel::setLine);
  return right;
}

}  // namespace p2l::ui
