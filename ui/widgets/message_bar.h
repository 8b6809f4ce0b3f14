// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QTimer>
#include <functional>

class QLabel;
class QPushButton;

namespace p2l::ui {

class RunModel;

/// One sentence over the canvas that can be dismissed and goes by itself; never blocks the window. Further ones wait
/// behind it. A message of a topic takes the place of an earlier one of that topic.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  /// Task: the mask and the kernel that are read. Unsaved, Mask and Project: of the photo before.
  enum class Topic { Photo, Unsaved, Mask, Project, Run, Task, Model, File, Queue, Start };

  explicit MessageBar(QWidget* parent = nullptr);
  /// Shows the model's problems and remarks. What was said about a photo goes with it.
  void follow(RunModel* model);

  /// The sentence shown; empty when there is none.
  QString text() const;
  int count() const { return static_cast<int>(messages_.size()); }
  /// Whether something about this topic is shown or waits.
  bool has(Topic topic) const;

  void showProblem(Topic topic, const QString& sentence);
  void showNote(Topic topic, const QString& sentence);
  /// With a button that runs `action` and dismisses the message.
  void offer(Topic topic, const QString& sentence, const QString& button, std::function<void()> action);
  /// Takes back what was said about a topic.
  void clear(Topic topic);

 public slots:
  void dismiss();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Message {
    Topic topic;
    bool problem = false;
    QString sentence;
    QString button;
    std::function<void()> action;
  };
  void add(Message message);
  void forgetPhoto();
  void showFirst();

  QList<Message> messages_;  ///< the first one is shown
  QLabel* label_;
  QLabel* waiting_;
  QPushButton* action_button_;
  QTimer expiry_;
};

}  // namespace p2l::ui
