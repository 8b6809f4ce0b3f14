// SPDX-License-Identifier: GPL-3.0-or-later
// What the page shows. What it is made of is in learn_page_build.cpp.
#include "ui/learn/learn_page.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "ui/language/words.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/lesson_html.h"
#include "ui/learn/lesson_panel.h"
#include "ui/learn/mixture_stage.h"
#include "ui/learn/null_space_stage.h"
#include "ui/learn/projection_plot.h"
#include "ui/learn/seeds_stage.h"
#include "ui/settings/param_panel.h"
#include "ui/steps/algorithm_view.h"
#include "ui/steps/step_tiles.h"
#include "ui/style/sentence_label.h"
#include "ui/style/studio_style.h"
#include "ui/style/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/file_filters.h"
#include "ui/widgets/panel_scroller.h"
#include "ui/widgets/segmented.h"

namespace p2l::ui {
namespace {

constexpr double kLeastValues = 0.13;  ///< of the page's height, where a projector's question needs the room

}  // namespace

LearnPage::LearnPage(LearnModel* model, QWidget* parent) : QWidget(parent), model_(model) {
  model->setParent(this);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(left_column_ = buildLeft());
  row->addWidget(buildCentre(), 1);
  right_ = new PanelScroller(buildRight(), this);
  right_->setFixedWidth(kRight);
  row->addWidget(right_);
  panel_->addTool(figures_);
  panel_->addTool(export_);
  buildMore();
  connect(model, &LearnModel::lessonChanged, this, &LearnPage::showLesson);
  connect(model, &LearnModel::lessonChanged, this, [this, opened = model->current()]() mutable {
    if (std::exchange(opened, model_->current()) != opened) left_->verticalScrollBar()->setValue(0);
  });
  connect(model, &LearnModel::lineChanged, this, &LearnPage::showStep);
  connect(model, &LearnModel::stageChanged, this, &LearnPage::showLesson);
  connect(model, &LearnModel::questionChanged, this, &LearnPage::showLesson);
  connect(model, &LearnModel::figuresChanged, this, [this] {
    buildViews();
    showView(views_->count() - 1);
  });
  connect(model, &LearnModel::comparedChanged, this, [this] {
    buildViews();
    showView(0);
  });
  connect(model, &LearnModel::failed, this, &LearnPage::showNotice);
  connect(model, &LearnModel::remarked, this, &LearnPage::status);
  connect(model, &LearnModel::questionChanged, this, &LearnPage::showQuestion);
  connect(model, &LearnModel::questionChanged, this, &LearnPage::fitValues);
  connect(model, &LearnModel::playingChanged, play_, &QToolButton::setChecked);
  connect(model->document(), &RunModel::runningChanged, this, &LearnPage::showStep);
  connect(model->document(), &RunModel::problem, this, [this](const QString& sentence) {
    if (isVisible()) showNotice(sentence);  // other pages have a place of their own
  });
  connect(model->document(), &RunModel::settingsChanged, this, &LearnPage::showLesson);
  connect(null_space_, &NullSpaceStage::sentenceChanged, this, &LearnPage::showSentence);
  connect(mixture_, &MixtureStage::sentenceChanged, this, &LearnPage::showSentence);
  connect(seeds_, &SeedsStage::sentenceChanged, this, &LearnPage::showSentence);
  clearNoticeOnActions();
  buildViews();
  showLesson();
  showStep();
  if (!model->warnings().isEmpty()) showNotice(model->warnings().join(QLatin1Char(' ')));
}

void LearnPage::showLesson() {
  const auto* lesson = model_->lesson();
  const auto stage = lesson != nullptr ? lesson->stage : Lesson::Stage::Steps;
  if (views_->count() != 1 + viewPictures().size()) {  // another lesson's
    views_->hide();
    views_->setCurrent(0);
    // Not at once: a lesson is also left while the page is being hidden.
    QTimer::singleShot(0, this, [this] {
      if (views_->count() != 1 + viewPictures().size()) buildViews();
    });
  } else {
    views_->setVisible(views_->count() > 1);  // the lesson came back before they were built for another
  }
  stages_->setCurrentIndex(views_->current() > 0 ? stages_->count() - 1 : static_cast<int>(stage));
  const bool steps = stage == Lesson::Stage::Steps;
  for (QWidget* widget : {static_cast<QWidget*>(next_), static_cast<QWidget*>(whole_), static_cast<QWidget*>(play_)})
    widget->setVisible(steps);
  back_->setEnabled(steps);
  export_->setEnabled(lesson != nullptr);
  if (lesson == nullptr) {
    status_->setText(tr("Your own run"));
  } else {
    const auto count = model_->lessons().size();
    status_->setText(
        tr("Lesson %1 of %2 · about %3 minutes").arg(model_->current() + 1).arg(count).arg(lesson->minutes));
  }
  if (showSolver(model_->solver(), model_->lines(), tiles_, algorithm_)) showStep();
  place();
  showMakeAgain();
  showSentence();
}

QList<LessonPicture> LearnPage::viewPictures() const {
  return model_->compared() + model_->figures();
}

void LearnPage::buildViews() {
  delete views_;
  views_ = new Segmented(tr("What is shown"), this);
  views_->add(tr("Lesson"), tr("The lesson's own pictures"));
  for (const auto& of_answer : model_->compared()) views_->add(of_answer.title, of_answer.name);
  for (const auto& figure : model_->figures()) views_->add(figure.title, tr("A figure that was drawn of this lesson"));
  views_row_->insertWidget(0, views_);
  views_->setVisible(views_->count() > 1);
  views_->setCurrent(0);
  connect(views_, &Segmented::chosen, this, &LearnPage::clearNotice);
  connect(views_, &Segmented::chosen, this, &LearnPage::showView);
}

void LearnPage::showView(int view) {
  views_->setCurrent(view);
  if (view > 0) {
    const auto shown = viewPictures()[view - 1];
    const auto& name = shown.name.isEmpty() ? shown.title : shown.name;
    const bool has_captions = view > model_->compared().size();  // of its own: a figure that was drawn
    figure_->setTexts({}, has_captions ? QString() : name, shown.title);
    figure_->setAccessibleName(name);
    figure_->setToolTip(name);
    figure_->setPicture(shown.picture);
  }
  showLesson();
}

void LearnPage::showStep() {
  const auto* lesson = model_->lesson();
  const bool followed = lesson == nullptr || lesson->stage == Lesson::Stage::Steps;
  showSolver(model_->solver(), model_->lines(), tiles_, algorithm_);  // the run may be one of other values
  ui::showStep(model_->look(), followed ? model_->line() : -1, tiles_, algorithm_);
  const auto otherwise = model_->shownOtherwise();
  plot_->setBase(model_->baseSteps());
  if (!followed)
    algorithm_->setStep({});
  else if (!otherwise.isEmpty() && model_->step() != nullptr)
    algorithm_->setStep(placeText(*model_->step()) + QStringLiteral(" · ") + otherwise);
  showMakeAgain();
  showSentence();
}

void LearnPage::showMakeAgain() {
  const auto* made = model_->madeAgain();
  const bool at_work = made != nullptr && made->state() == LineRun::State::AtWork;
  make_again_->setVisible(at_work || model_->lacksPictures());
  make_again_->setEnabled(!at_work);
  const bool lacks = !at_work && model_->lacksPictures();  // without them there is little to go through
  setLook(make_again_, lacks ? Look::Primary : Look::Plain);
  setLook(next_, lacks ? Look::Plain : Look::Primary);
  make_again_->setText(at_work && made->stepCount() > 0
                           ? tr("Made again: step %1 of %2").arg(made->lastStep()).arg(made->stepCount())
                       : at_work ? tr("Made again…")
                                 : make_again_->accessibleName());
}

void LearnPage::showSentence() {
  const auto* lesson = model_->lesson();
  const auto stage = lesson != nullptr ? lesson->stage : Lesson::Stage::Steps;
  sentence_->setText(stage == Lesson::Stage::NullSpace ? null_space_->sentence()
                     : stage == Lesson::Stage::Mixture ? mixture_->sentence()
                     : stage == Lesson::Stage::Seeds   ? seeds_->sentence()
                                                       : model_->sentence());
  fitSentence();
}

void LearnPage::showNotice(const QString& sentence) {
  notice_->setSentence(sentence);
  notice_->setVisible(!sentence.isEmpty());
  fitSentence();
  sentence_room_->verticalScrollBar()->setValue(0);
}

void LearnPage::clearNotice() {
  showNotice({});
}

void LearnPage::clearNoticeOnActions() {
  for (auto* button : std::initializer_list<QAbstractButton*>{next_, whole_, play_, projector_, make_again_, figures_,
                                                              export_, panel_->allButton()})
    connect(button, &QAbstractButton::pressed, this, &LearnPage::clearNotice);  // before what it does may fail
  connect(panel_, &LessonPanel::acted, this, &LearnPage::clearNotice);
  connect(sides_, &Segmented::chosen, this, &LearnPage::clearNotice);
  connect(algorithm_, &AlgorithmView::chosen, this, &LearnPage::clearNotice);
  connect(back_, &QShortcut::activated, this, &LearnPage::clearNotice);
  connect(model_->document(), &RunModel::runningChanged, this, [this](bool running) {
    if (running) clearNotice();
  });
}

void LearnPage::fitSentence() {
  const int needed = std::max(sentence_->minimumHeight(), said_->heightForWidth(sentence_room_->viewport()->width()));
  const int most = std::max(sentence_->minimumHeight(), height() / 3);
  sentence_room_->setFixedHeight(std::min(needed, most));
  sentence_room_->setFocusPolicy(needed > most ? Qt::StrongFocus : Qt::NoFocus);  // to be scrolled by keys
}

void LearnPage::fitValues() {
  const double most_share = projector_->isChecked() ? 0.3 : 0.4;  // a projector's text has larger lines
  auto* values = panel_->changeable();
  values_room_->setVisible(panel_->hasChangeable());
  const int needed =
      values->hasHeightForWidth() ? values->heightForWidth(left_column_->width()) : values->sizeHint().height();
  int most = static_cast<int>(most_share * height());
  if (projector_->isChecked() && panel_->card()->isVisibleTo(panel_)) {  // the question is seen whole
    const int least = static_cast<int>(kLeastValues * height());
    most = std::clamp(height() - panel_->heightToQuestion(), least, most);
  }
  values_room_->setFixedHeight(std::min(needed, most));
  update();  // the line above them
}

bool LearnPage::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::Resize && sentence_room_ != nullptr && object == sentence_room_->viewport())
    fitSentence();
  // The card, too: a new question's choices have a height once they are shown, after all else was told of it.
  if (event->type() == QEvent::LayoutRequest && (object == panel_->changeable() || object == panel_->card()))
    fitValues();
  if (event->type() == QEvent::LayoutRequest && object == said_) fitSentence();
  return QWidget::eventFilter(object, event);
}

void LearnPage::setProjector(bool on) {
  projector_->setChecked(on);
  auto large = font();
  large.setPointSize(kProjectorPoints);
  setFont(on ? large : QFont());  // that of the window
  panel_->values()->setLabelsOver(on);
  right_->setFixedWidth(on ? kProjectorRight : kRight);
  sentence_->setMinimumHeight(2 * fontMetrics().height() + 4);
  for (QWidget* tool : {static_cast<QWidget*>(figures_), static_cast<QWidget*>(export_)}) tool->setVisible(!on);
  more_->setVisible(on);
  more_->menu()->setFont(font());  // it is a window of its own
  place();
  fitSentence();
  fitValues();
}

void LearnPage::place() {
  const auto* lesson = model_->lesson();
  const bool none = lesson != nullptr && lesson->stage == Lesson::Stage::NullSpace;
  const bool projector = projector_->isChecked();
  left_column_->setFixedWidth(projector ? std::clamp(width() * 2 / 5, kLeft, kProjectorLeft) : kLeft);
  const bool crowded = width() < (projector ? kProjectorNarrow : kNarrow);
  const bool takes_turns = crowded && !none;
  const bool algorithm = takes_turns && sides_->current() == 1;
  sides_->setVisible(takes_turns);
  if (auto* row = takes_turns ? sides_row_ : bar_; row->indexOf(projector_) < 0) {
    (takes_turns ? bar_ : sides_row_)->removeWidget(projector_);
    takes_turns ? row->addWidget(projector_) : row->insertWidget(1, projector_);  // after the status
  }
  status_->setVisible(!takes_turns);
  left_column_->setVisible(!algorithm);
  right_->setVisible(!none && (!crowded || algorithm));
  panel_->setQuestionFirst(projector);
  panel_->setFoldable(projector || (lesson != nullptr && height() < kLow));
  const bool steps = lesson == nullptr || lesson->stage == Lesson::Stage::Steps;
  emit stepsCounted(isVisible() && steps && !right_->isHidden());  // above the algorithm
  plot_->setVisible(steps);  // below the algorithm: with a projector it is scrolled to
  hint_->setText(
      steps ? tr("Every symbol has the colour of its tile. Click a tile to enlarge it, turn the wheel to zoom all.")
            : tr("Here whole runs are looked at, so that no line lights up.") + QLatin1Char(' ') +
                  model_->runsElsewhere());
}

void LearnPage::showQuestion() {
  setSide(0);
  if (model_->question() == 0 && model_->phase() == LearnModel::Phase::Asked) return;  // the text is read first
  QTimer::singleShot(0, this, [this] {
    left_->ensureWidgetVisible(panel_->card(), 0, kMargin);
    for (auto* part : panel_->endOfCard()) {  // where the card is higher than the column
      if (part->isVisibleTo(panel_)) left_->ensureWidgetVisible(part, 0, kMargin);
    }
  });
}

void LearnPage::setSide(int side) {
  sides_->setCurrent(side);
  place();
}

void LearnPage::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const auto& colours = studioColours(palette());
  for (const auto* column : {left_column_, static_cast<QWidget*>(right_)}) {
    if (column->isHidden()) continue;
    painter.fillRect(column->geometry(), colours.panel);
    const int edge = column == left_column_ ? column->geometry().right() : column->geometry().left();
    painter.fillRect(QRect(edge, 0, 1, height()), colours.line);
  }
  if (left_column_->isHidden() || values_room_->isHidden()) return;
  painter.fillRect(QRect(0, left_column_->y() + values_room_->y(), left_column_->width(), 1), colours.line);
}

void LearnPage::exportHtml() {
  const auto* lesson = model_->lesson();
  if (lesson == nullptr) return;
  auto path = ask_path_
                  ? ask_path_()
                  : askSaveName(this, tr("Export lesson"), QString::fromStdString(lesson->id) + QStringLiteral(".html"),
                                tr("HTML (*.html)"));
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += QLatin1String(".html");  // the dialog has asked for any other name
  if (const auto problem = save_check_ ? save_check_(path) : QString(); !problem.isEmpty()) return showNotice(problem);
  auto pictures = model_->figures();
  if (lesson->stage == Lesson::Stage::Seeds) pictures.append({catalogueText(lesson->title), seeds_->picture()});
  try {
    writeTextFile(path.toStdString(), lessonHtml(*model_, pictures).toStdString());
    rememberSaved(path);
    const auto written = tr("The lesson was written to %1.").arg(path);
    showNotice(written);  // also in place of an earlier failure
    emit status(written);
  } catch (const std::exception& error) {
    showNotice(QString::fromUtf8(error.what()));
  }
}

void LearnPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  place();
  model_->document()->setPartsWanted(true);
  if (event->spontaneous()) return;
  if (model_->kept() >= 0) emit status({});  // it said that the lesson goes on when the page is shown
  model_->comeBack();
}

void LearnPage::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  model_->setPlaying(false);
  if (event->spontaneous()) return;  // the window was minimized
  emit stepsCounted(false);
  model_->document()->setPartsWanted(false);
  model_->leave();
  clearNotice();
}

void LearnPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  place();
  fitSentence();
  fitValues();
}

}  // namespace p2l::ui
