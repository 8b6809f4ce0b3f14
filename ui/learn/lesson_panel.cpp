// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/lesson_panel.h"

#include <QButtonGroup>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/language/words.h"
#include "ui/learn/learn_model.h"
#include "ui/settings/param_panel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/row_list.h"

namespace p2l::ui {
namespace {

QLabel* wrapped(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setTextFormat(Qt::RichText);
  label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  return label;
}

}  // namespace

LessonPanel::LessonPanel(LearnModel* model, QWidget* parent)
    : QWidget(parent),
      model_(model),
      title_row_(new QHBoxLayout),
      title_(new QLabel(QStringLiteral("<b>%1</b>").arg(tr("Lessons")), this)),
      all_(new QToolButton(this)),
      list_(new RowList(this)),
      hint_(wrapped(this)),
      text_(wrapped(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 10, 12, 10);
  column->setSpacing(8);
  title_row_->addWidget(title_);
  title_row_->addWidget(all_);
  title_row_->addStretch(1);
  column->addLayout(title_row_);
  all_->setText(QStringLiteral("%1 ▾").arg(tr("Lessons")));
  all_->setCheckable(true);
  all_->setFocusPolicy(Qt::StrongFocus);
  all_->setAccessibleName(tr("All lessons"));
  all_->setToolTip(tr("All lessons, to choose another one"));
  all_->hide();
  connect(all_, &QToolButton::toggled, this, &LessonPanel::foldList);
  list_->setAccessibleName(tr("Lessons"));
  list_->setToolTip(tr("What is looked at: a run of your own, or a lesson"));
  column->addWidget(list_);
  column->addWidget(hint_);
  column->addWidget(text_);
  buildCard(column);
  column->addStretch(1);
  changeable_ = new QWidget;
  auto* below = new QVBoxLayout(changeable_);
  below->setContentsMargins(12, 6, 12, 8);
  below->setSpacing(6);
  below->addWidget(values_ = new ParamPanel(nullptr, {}, changeable_));
  below->addWidget(shown_run_ = wrapped(changeable_));
  below->addWidget(take_ = new QPushButton(tr("Take its values"), changeable_), 0, Qt::AlignLeft);
  take_->setToolTip(tr("The values above become those of the run that is shown"));
  connect(take_, &QPushButton::clicked, this, [this] {
    model_->takeShownValues();
    values_->setValues(model_->values());
  });
  connect(list_, &QListWidget::currentRowChanged, this, [this](int row) {
    by_key_ = QGuiApplication::mouseButtons() == Qt::NoButton;
    if (row >= 0) {
      emit acted();
      model_->choose(row - 1);
    }
    by_key_ = false;
  });
  connect(list_, &QListWidget::itemClicked, this, [this] { all_->setChecked(false); });
  connect(list_, &QListWidget::itemActivated, this, [this] { all_->setChecked(false); });
  connect(values_, &ParamPanel::valuesChanged, this, &LessonPanel::acted);
  connect(values_, &ParamPanel::valuesChanged, this, [this] { model_->setValues(values_->values()); });
  connect(model_, &LearnModel::lessonChanged, this, &LessonPanel::showLesson);
  connect(model_, &LearnModel::questionChanged, this, &LessonPanel::showQuestion);
  connect(model_, &LearnModel::doneChanged, this, &LessonPanel::showLessons);
  connect(model_, &LearnModel::lineChanged, this, &LessonPanel::showShownRun);
  connect(model_, &LearnModel::stageChanged, this, &LessonPanel::showShownRun);
  connect(model_, &LearnModel::questionChanged, this, &LessonPanel::showShownRun);
  connect(model_->document(), &RunModel::settingsChanged, this, &LessonPanel::showShownRun);
  showLessons();
  showLesson();
  showQuestion();
  showShownRun();
}

void LessonPanel::addTool(QWidget* tool) {
  title_row_->addWidget(tool);
}

void LessonPanel::buildCard(QVBoxLayout* column) {
  card_ = new Card(this);
  auto* inside = new QVBoxLayout(card_);
  inside->setSpacing(6);
  auto* title = wrapped(card_);
  title->setText(QStringLiteral("<b>%1</b>").arg(tr("Predict, then run")));
  inside->addWidget(title);
  inside->addWidget(question_ = wrapped(card_));
  inside->addLayout(choice_column_ = new QVBoxLayout);
  choices_ = new QButtonGroup(this);
  connect(choices_, &QButtonGroup::idClicked, this, &LessonPanel::acted);
  connect(choices_, &QButtonGroup::idClicked, model_, &LearnModel::predict);
  reveal_ = new QPushButton(card_);
  connect(reveal_, &QPushButton::clicked, this, &LessonPanel::acted);
  connect(reveal_, &QPushButton::clicked, this, &LessonPanel::act);
  inside->addWidget(answer_ = wrapped(card_));
  answer_->setObjectName(QStringLiteral("lesson_answer"));
  inside->addWidget(reveal_, 0, Qt::AlignLeft);  // what comes next, after what there is to read
  column->addWidget(card_);
}

void LessonPanel::showLessons() {
  const QSignalBlocker blocker(list_);
  list_->clear();
  list_->addItem(tr("Your own run, step by step"));
  for (std::size_t i = 0; i < model_->lessons().size(); ++i) {
    const auto& lesson = model_->lessons()[i];
    const auto done = model_->isDone(static_cast<int>(i)) ? QStringLiteral(" ✓") : QString();
    list_->addItem(QStringLiteral("%1  %2%3").arg(lesson.number).arg(catalogueText(lesson.title), done));
  }
  for (int row = 0; row < list_->count(); ++row)
    list_->item(row)->setToolTip(list_->item(row)->text());  // a word may be longer
  list_->setCurrentRow(model_->current() + 1);
  foldList();
}

void LessonPanel::setFoldable(bool foldable) {
  if (all_->isHidden() != foldable) return;  // it is as it was
  // What goes, goes first: the row would be laid out with both where the page is being hidden, and stay that wide.
  (foldable ? static_cast<QWidget*>(title_) : all_)->hide();
  (foldable ? static_cast<QWidget*>(all_) : title_)->show();
  // Arrow keys go on through the list; a click, Return or the button folds it.
  all_->setChecked(foldable && by_key_);
  foldList();
}

void LessonPanel::setQuestionFirst(bool first) {
  if (std::exchange(question_first_, first) == first) return;
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->removeWidget(card_);
  column->insertWidget(first ? column->indexOf(hint_) : column->indexOf(text_) + 1, card_);
}

int LessonPanel::heightToQuestion() const {
  const auto margins = layout()->contentsMargins();
  const int inside = width() - margins.left() - margins.right();
  card_->layout()->activate();  // what was shown or said a moment ago counts
  return margins.top() + title_row_->sizeHint().height() + list_->height() + card_->heightForWidth(inside) +
         2 * layout()->spacing() + margins.bottom();
}

void LessonPanel::foldList() {
  const bool all = all_->isHidden() || all_->isChecked();
  for (int row = 0; row < list_->count(); ++row) list_->setRowHidden(row, !all && row != list_->currentRow());
  list_->fitHeight();
}

void LessonPanel::showLesson() {
  const auto* lesson = model_->lesson();
  {
    const QSignalBlocker blocker(list_);
    list_->setCurrentRow(model_->current() + 1);
  }
  foldList();
  if (lesson == nullptr) {
    hint_->hide();
    text_->setText(
        tr("Any run of the document can be looked at here, line by line. Runs that begin on this page keep "
           "all pictures of every step."));
  } else {
    hint_->setText(QStringLiteral("<i>%1</i>").arg(catalogueText(lesson->hint).toHtmlEscaped()));
    hint_->show();
    QString html;
    for (const auto& paragraph : lesson->text)
      html += QStringLiteral("<p style=\"margin:0 0 6px 0\">%1</p>").arg(catalogueText(paragraph).toHtmlEscaped());
    text_->setText(html);
  }
  card_->setVisible(lesson != nullptr);
  values_->setVisible(lesson != nullptr && !lesson->unlocked.empty());
  emit changeableChanged();
  const auto shown = lesson == nullptr ? std::string() : lesson->id + ' ' + model_->chosenSolver();
  if (std::exchange(shown_values_, shown) == shown || lesson == nullptr) return;
  values_->setSpecs(model_->parameters());
  values_->setDefaults(model_->defaults());
  values_->setValues(model_->values());
}

bool LessonPanel::hasChangeable() const {
  return !values_->isHidden() || !shown_run_->isHidden();
}

void LessonPanel::showQuestion() {
  const auto* asked = model_->asked();
  if (asked == nullptr) {
    shown_question_ = -1;
    return;
  }
  const auto phase = model_->phase();
  values_->setEnabled(phase != LearnModel::Phase::Running);  // the question's runs have values of their own
  const int shown = model_->current() * 1000 + model_->question();
  if (std::exchange(shown_question_, shown) != shown) {
    for (auto* button : choices_->buttons()) delete button;
    for (std::size_t i = 0; i < asked->choices.size(); ++i) {
      auto* button = new ChoiceButton(catalogueText(asked->choices[i]), card_);
      button->setToolTip(tr("What you expect"));
      choices_->addButton(button, static_cast<int>(i));
      choice_column_->addWidget(button);
    }
    question_->setText(catalogueText(asked->text).toHtmlEscaped());
  }
  for (auto* button : choices_->buttons()) {
    const int id = choices_->id(button);
    button->setEnabled(phase == LearnModel::Phase::Asked);
    button->setChecked(id == model_->prediction());
    const auto mark = phase == LearnModel::Phase::Revealed && id == asked->answer ? QStringLiteral("  ✓") : QString();
    button->setText(catalogueText(asked->choices[static_cast<std::size_t>(id)]) + mark);
  }
  const bool more = model_->question() + 1 < static_cast<int>(model_->lesson()->questions.size());
  const bool revealed = phase == LearnModel::Phase::Revealed;
  const auto next = model_->nextLesson();
  reveal_->setText(revealed && more                      ? tr("Next question")
                   : revealed                            ? tr("Next lesson")
                   : phase == LearnModel::Phase::Running ? model_->progress()
                   : runs()                              ? tr("Run and see")
                                                         : tr("See what comes out"));
  reveal_->setToolTip(revealed && !more && next != nullptr
                          ? catalogueText(next->title)
                          : tr("Runs what the question asks for, and shows what came out"));
  reveal_->setEnabled(revealed || (phase == LearnModel::Phase::Asked && model_->prediction() >= 0));
  reveal_->setVisible(!revealed || more || next != nullptr);
  answer_->setVisible(revealed);
  if (!revealed) return;
  const bool right = model_->prediction() == asked->answer;
  answer_->setText(QStringLiteral("<b>%1</b> %2")
                       .arg(right ? tr("As you said.") : tr("Not as you said."), model_->revealed().toHtmlEscaped()));
}

void LessonPanel::showShownRun() {
  const auto otherwise = model_->shownOtherwise();
  shown_run_->setVisible(!otherwise.isEmpty());
  take_->setVisible(!otherwise.isEmpty() && model_->canTakeShownValues());
  emit changeableChanged();
  if (otherwise.isEmpty()) return;
  shown_run_->setText(
      tr("Shown is another run: %1. The next one takes the values above.").arg(otherwise.toHtmlEscaped()));
}

QList<QWidget*> LessonPanel::endOfCard() const {
  return {answer_, reveal_};
}

QString LessonPanel::answer() const {
  return answer_->isVisibleTo(this) ? answer_->text() : QString();
}

bool LessonPanel::runs() const {
  return model_->lesson()->stage != Lesson::Stage::NullSpace;
}

void LessonPanel::act() {
  if (model_->phase() != LearnModel::Phase::Revealed) return model_->reveal();
  const bool more = model_->question() + 1 < static_cast<int>(model_->lesson()->questions.size());
  more ? model_->nextQuestion() : model_->choose(model_->current() + 1);
}

}  // namespace p2l::ui
