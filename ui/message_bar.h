// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;

namespace p2l::ui {

/// One sentence above the canvas that can be dismissed; never blocks the window.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  explicit MessageBar(QWidget* parent = nullptr);

  QString text() const;

 public slots:
  void showProblem(const QString& sentence);
  void showNote(const QString& sentence);
  /// With a button that runs `action` and hides the bar.
  void offer(const QString& sentence, const QString& button, std::function<void()> action);

 private:
  void present(const QString& sentence, bool problem);

  QLabel* label_;
  QPushButton* action_button_;
  std::function<void()> action_;
};

}  // namespace p2l::ui
