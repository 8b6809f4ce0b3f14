// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QElapsedTimer>
#include <QPixmap>
#include <QTimer>
#include <functional>

#include "ui/exports/figure_run.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace p2l::ui {

class RowList;
class RunModel;
class Segmented;

/// A picture as large as there is room, never larger than its pixels on the screen.
class FittedPicture : public QWidget {
  Q_OBJECT
 public:
  explicit FittedPicture(QWidget* parent = nullptr);

  /// `words` stand in its place where the picture is null.
  void setPicture(const QPixmap& picture, const QString& words);
  const QPixmap& picture() const { return picture_; }
  const QString& words() const { return words_; }
  QSize minimumSizeHint() const override { return {240, 160}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QPixmap picture_;
  QString words_;
};

/// The paper's figures of the document's photo and settings: choose one, draw it, look at its pictures, save them.
class FigureDialog : public QDialog {
  Q_OBJECT
 public:
  FigureDialog(const Catalogue& catalogue, RunModel* document, QWidget* parent = nullptr);
  /// The parent's dialog is shown; the first time it is made.
  static FigureDialog* showFor(const Catalogue& catalogue, RunModel* document, QWidget* parent);

  FigureRun* run() { return &run_; }
  RowList* list() const { return list_; }
  QPushButton* drawButton() const { return draw_; }
  QPushButton* saveButton() const { return save_; }
  FittedPicture* picture() const { return picture_; }
  Segmented* tabs() const { return tabs_; }
  QLabel* message() const { return message_; }
  QLineEdit* command() const { return command_; }
  /// Asks for a folder with this, in place of the system's dialog; empty: cancelled.
  void setAskFolder(std::function<QString()> ask) { ask_folder_ = std::move(ask); }

 public slots:
  void save();

 signals:
  /// A figure of the document as it is now is being made; then its pictures, one after the other.
  void began();
  void drawn(const QString& title, const QImage& picture);

 private:
  QWidget* buildLeft();
  QWidget* buildRight();
  void act();
  void showWords();
  void showRunning(bool running);
  /// While a figure is drawn: what is done, and for how long so far.
  void showTime();
  void showPictures();
  /// `saved`: the folder that the figure is in; empty: it was not saved.
  void showCommand(const QString& saved);
  void showPicture(int index);

  RunModel* document_;
  FigureRun run_;
  RowList* list_ = nullptr;
  QLabel *help_ = nullptr, *message_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QPushButton *draw_ = nullptr, *save_ = nullptr;
  QHBoxLayout* tab_row_ = nullptr;
  Segmented* tabs_ = nullptr;
  FittedPicture* picture_ = nullptr;
  QLineEdit* command_ = nullptr;
  QString progress_text_;  ///< what p2l said last
  QElapsedTimer since_;    ///< the drawing began
  QTimer tick_;
  std::function<QString()> ask_folder_;
};

}  // namespace p2l::ui
