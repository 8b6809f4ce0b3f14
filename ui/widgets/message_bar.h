// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QTimer>
#include <functional>

class QLabel;
class QPushButton;
class QStatusBar;
class QToolButton;

namespace p2l::ui {

class RunModel;
class SentenceLabel;

/// One sentence that can be dismissed and goes by itself; never blocks the window. Further ones wait behind it, and a
/// button leads round them. A message of a topic takes the place of an earlier one of that topic, and of one of the
/// same words, but offers with other numbers stay.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  /// Task: the mask and the kernel that are read. Unsaved, Mask and Project: of the photo before. Session: what is kept
  /// for after a crash.
  enum class Topic { Photo, Unsaved, Mask, Project, Run, Task, Model, File, Queue, Session, Start };

  explicit MessageBar(QWidget* parent = nullptr);
  /// Shows the model's problems and remarks. What was said about a photo goes with it.
  void follow(RunModel* model);
  /// Lies over the window's status line and pushes nothing. It steps aside for a note of the line that comes later, and
  /// where the window is wide it leaves the line's end seen. One line covers no more; several grow upward; what needs
  /// more than the room is left out, and in the tooltip; where the line is hidden the bar lies over what is there.
  /// @param end the last part of the line
  /// @param most_covered pixels above the line
  void lieAlong(QStatusBar* line, QWidget* end, int most_covered);
  /// Out of use it is hidden, whatever it has to say.
  void setInUse(bool in_use);

  /// The sentence shown; empty when there is none.
  QString text() const;
  int count() const { return static_cast<int>(messages_.size()); }
  /// Whether something about this topic is shown or waits; of one offer of it.
  bool has(Topic topic) const;
  bool has(Topic topic, quint64 number) const;

  void showProblem(Topic topic, const QString& sentence);
  void showNote(Topic topic, const QString& sentence);
  /// With a button that runs `action` and dismisses the message. `number`: which of several offers of the topic.
  /// `declined`: what a person's cross does besides dismissing it.
  void offer(Topic topic, const QString& sentence, const QString& button, std::function<void()> action,
             quint64 number = 0, std::function<void()> declined = {});
  /// Takes back what was said about a topic, or one offer of it.
  void clear(Topic topic);
  void clear(Topic topic, quint64 number);

 signals:
  /// Along a status line: so many pixels above the line are covered now.
  void coveredChanged(int pixels);

 public slots:
  void dismiss();
  /// The message goes behind those that wait.
  void showNext();

 protected:
  bool event(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Message {
    Topic topic;
    bool problem = false;
    QString sentence;
    QString button;
    std::function<void()> action;
    quint64 number = 0;
    std::function<void()> declined;
    bool is(Topic other_topic, quint64 other_number) const { return topic == other_topic && number == other_number; }
  };
  void decline();
  void add(Message message);
  void forgetPhoto();
  void showFirst();
  void updateVisible();
  /// Of the window, from its left edge.
  int room() const;
  void place();
  void tellCovered();

  QList<Message> messages_;  ///< the first one is shown
  SentenceLabel* label_;
  QLabel* waiting_;
  QToolButton* next_;
  QPushButton* action_button_;
  int passed_ = 0;  ///< messages that were passed over since one came or went
  QTimer expiry_, aside_;
  const QWidget* end_ = nullptr;  ///< of the status line
  int line_height_ = 0;           ///< its height, which one line of a message has, too
  int covered_ = 0;               ///< above the line
  bool in_use_ = true;
};

}  // namespace p2l::ui
