// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include <QAbstractButton>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStatusBar>
#include <QStyle>
#include <QToolButton>
#include <algorithm>
#include <utility>

#include "ui/document/run_model.h"
#include "ui/style/sentence_label.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kStripe = 4, kGap = 8;
constexpr int kNoteMs = 12'000, kProblemMs = 40'000;  // long enough to be read twice
constexpr int kAsideMs = 6'000;
constexpr int kWithEnd = 900;  // width of a window from which on the status line's end stays seen

QColor stripeColour(const QPalette& palette, bool problem) {
  if (!problem) return palette.color(QPalette::Highlight);
  return isDark(palette) ? QColor("#ff7a70") : QColor("#c4281c");
}

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      label_(new SentenceLabel(this)),
      waiting_(new QLabel(this)),
      next_(new QToolButton(this)),
      action_button_(new QPushButton(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kStripe + 8, 4, 4, 4);
  label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label_->setAccessibleName(tr("Message"));
  waiting_->setForegroundRole(QPalette::PlaceholderText);
  next_->setAutoRaise(true);
  next_->setText(QStringLiteral("›"));
  next_->setFocusPolicy(Qt::TabFocus);
  next_->setAccessibleName(tr("Next message"));
  next_->setToolTip(tr("Next message"));
  auto* close = new QToolButton(this);
  close->setAutoRaise(true);
  close->setText(QStringLiteral("✕"));
  close->setFocusPolicy(Qt::TabFocus);
  close->setAccessibleName(tr("Dismiss the message"));
  close->setToolTip(tr("Dismiss"));
  row->addWidget(label_, 1);
  row->addWidget(waiting_);
  row->addWidget(next_);
  action_button_->setAccessibleName(tr("Answer the message"));  // while there is none
  row->addWidget(action_button_);
  row->addWidget(close);
  connect(next_, &QToolButton::clicked, this, &MessageBar::showNext);
  connect(close, &QToolButton::clicked, this, &MessageBar::decline);
  connect(action_button_, &QPushButton::clicked, this, [this] {
    const auto action = messages_.first().action;
    dismiss();
    if (action) action();
  });
  expiry_.setSingleShot(true);
  aside_.setSingleShot(true);
  connect(&expiry_, &QTimer::timeout, this, &MessageBar::dismiss);
  connect(&aside_, &QTimer::timeout, this, &MessageBar::updateVisible);
  hide();
}

void MessageBar::follow(RunModel* model) {
  connect(model, &RunModel::problem, this, [this](const QString& sentence) { showProblem(Topic::Run, sentence); });
  connect(model, &RunModel::remarked, this, [this](const QString& sentences) { showNote(Topic::Run, sentences); });
  connect(model, &RunModel::solved, this, [this] { clear(Topic::Run); });
  connect(model, &RunModel::runningChanged, this, [this](bool running) {
    const auto hindered = [](const Message& message) { return message.sentence == RunModel::runInProgressText(); };
    if (!running && messages_.removeIf(hindered) > 0) showFirst();  // it hinders no longer
  });
  connect(model, &RunModel::taskChanged, this, [this] { clear(Topic::Run); });
  connect(model, &RunModel::photoChanged, this, &MessageBar::forgetPhoto);
  connect(model, &RunModel::modelChanged, this, [this, model] {
    const auto& problem = model->loaded().problem;
    problem.isEmpty() ? clear(Topic::Model) : showProblem(Topic::Model, problem);
  });
}

void MessageBar::lieAlong(QStatusBar* line, QWidget* end, int most_covered) {
  end_ = end;
  setParent(line->window());
  layout()->setContentsMargins(kStripe + 8, 0, 4, 0);
  label_->setContentsMargins(0, 2, 0, 2);
  line_height_ = std::max(line->minimumHeight(), fontMetrics().height() + 4);
  label_->setMostHeight(line_height_ + most_covered);
  for (auto* button : findChildren<QAbstractButton*>()) button->setFixedHeight(line_height_ - 4);
  for (auto* each : {line->window(), end}) each->installEventFilter(this);
  connect(line, &QStatusBar::messageChanged, this, [this](const QString& note) {
    note.isEmpty() ? aside_.stop() : aside_.start(kAsideMs);
    updateVisible();
  });
  showFirst();
}

void MessageBar::setInUse(bool in_use) {
  in_use_ = in_use;
  updateVisible();
}

void MessageBar::updateVisible() {
  setVisible(in_use_ && !messages_.isEmpty() && !aside_.isActive());
  place();
  tellCovered();
}

void MessageBar::tellCovered() {
  const int covered = end_ != nullptr && !isHidden() ? height() - line_height_ : 0;
  if (std::exchange(covered_, covered) != covered) emit coveredChanged(covered);
}

int MessageBar::room() const {
  const auto* window = parentWidget();
  const bool with_end = end_->isVisible() && window->width() >= kWithEnd;
  return with_end ? end_->mapTo(window, QPoint()).x() - kGap : window->width();
}

void MessageBar::place() {
  if (end_ == nullptr || isHidden()) return;
  const int width = room();
  resize(width, height());
  layout()->activate();  // the sentence is in lines of this width now
  const int height = std::max(line_height_, hasHeightForWidth() ? heightForWidth(width) : sizeHint().height());
  setGeometry(0, parentWidget()->height() - height, width, height);
  raise();
  tellCovered();
}

bool MessageBar::event(QEvent* event) {
  const bool done = QFrame::event(event);
  if (event->type() == QEvent::LayoutRequest) place();
  return done;
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize || event->type() == QEvent::Move) place();
  return QFrame::eventFilter(watched, event);
}

QString MessageBar::text() const {
  return messages_.isEmpty() ? QString() : messages_.first().sentence;
}

bool MessageBar::has(Topic topic) const {
  return std::any_of(messages_.begin(), messages_.end(), [&](const Message& each) { return each.topic == topic; });
}

bool MessageBar::has(Topic topic, quint64 number) const {
  return std::any_of(messages_.begin(), messages_.end(),
                     [&](const Message& message) { return message.is(topic, number); });
}

void MessageBar::showProblem(Topic topic, const QString& sentence) {
  add({topic, true, sentence, {}, {}, 0, {}});
}

void MessageBar::showNote(Topic topic, const QString& sentence) {
  add({topic, false, sentence, {}, {}, 0, {}});
}

void MessageBar::offer(Topic topic, const QString& sentence, const QString& button, std::function<void()> action,
                       quint64 number, std::function<void()> declined) {
  add({topic, false, sentence, button, std::move(action), number, std::move(declined)});
}

void MessageBar::add(Message message) {
  messages_.removeIf([&](const Message& other) {
    const bool said_again = other.sentence == message.sentence && !other.action && !message.action;
    return other.is(message.topic, message.number) || said_again;
  });
  messages_.prepend(std::move(message));  // the newest is what a person waits for
  aside_.stop();
  passed_ = 0;
  showFirst();
}

void MessageBar::clear(Topic topic) {
  if (messages_.removeIf([&](const Message& message) { return message.topic == topic; }) > 0) showFirst();
}

void MessageBar::clear(Topic topic, quint64 number) {
  if (messages_.removeIf([&](const Message& message) { return message.is(topic, number); }) > 0) showFirst();
}

void MessageBar::forgetPhoto() {
  messages_.removeIf([](const Message& message) {
    const bool of_photo = message.topic == Topic::Photo || message.topic == Topic::Run || message.topic == Topic::Task;
    return of_photo || (message.topic == Topic::File && !message.problem);  // a note about what was saved of it
  });
  showFirst();
}

void MessageBar::dismiss() {
  if (!messages_.isEmpty()) messages_.removeFirst();
  showFirst();
}

void MessageBar::decline() {
  const auto declined = messages_.isEmpty() ? std::function<void()>() : messages_.first().declined;
  dismiss();
  if (declined) declined();
}

void MessageBar::showNext() {
  if (messages_.size() < 2) return;
  messages_.append(messages_.takeFirst());
  ++passed_;
  showFirst();
}

void MessageBar::showFirst() {
  updateVisible();
  expiry_.stop();
  if (messages_.isEmpty()) return;
  const auto& message = messages_.first();
  if (!message.action) expiry_.start(message.problem ? kProblemMs : kNoteMs);  // an offer waits for its answer
  label_->setSentence(message.sentence);
  label_->setAccessibleDescription(message.sentence);
  for (QWidget* widget : {static_cast<QWidget*>(waiting_), static_cast<QWidget*>(next_)})
    widget->setVisible(messages_.size() > 1);
  waiting_->setText(tr("%1 of %2").arg(passed_ % messages_.size() + 1).arg(messages_.size()));
  action_button_->setVisible(!message.button.isEmpty());
  action_button_->setText(message.button);
  action_button_->setAccessibleName(message.button);
  action_button_->setToolTip(message.button);
  place();
  update();
}

void MessageBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), studioColours(palette()).panel);
  const bool problem = !messages_.isEmpty() && messages_.first().problem;
  const auto stripe = stripeColour(palette(), problem);
  painter.fillRect(QRect(0, 0, kStripe, height()), stripe);
  // Its own colour towards the pictures, so that it is no line of the status.
  const bool along = end_ != nullptr;
  painter.fillRect(QRect(0, along ? 0 : height() - 1, width(), 1), along ? stripe : studioColours(palette()).line);
}

}  // namespace p2l::ui
