// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QPlainTextEdit>

namespace p2l::ui {

class RunModel;

/// What has happened, a line each with its time: photos, runs, problems, remarks. The oldest lines go first.
class EventLog : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit EventLog(RunModel* model, QWidget* parent = nullptr);

  QSize minimumSizeHint() const override { return {120, 60}; }

 public slots:
  void say(const QString& text);

 private:
  QMap<QString, QString> refused_;  ///< what was said of runs that the history does not take, by their ids
};

}  // namespace p2l::ui
