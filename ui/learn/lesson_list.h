// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace p2l::ui {

/// The lessons, a row each, all of them shown: the chosen one is in bold print with a bar beside it.
class LessonList : public QListWidget {
  Q_OBJECT
 public:
  explicit LessonList(QWidget* parent = nullptr);

  /// After its rows or its font have changed.
  void fitHeight();

 protected:
  void changeEvent(QEvent* event) override;
};

}  // namespace p2l::ui
