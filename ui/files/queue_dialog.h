// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/files/dialogs.h"

class QCheckBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace p2l::ui {

class EmptyHint;
class QueueModel;
class RunModel;
class SentenceLabel;
class Thumbnails;

/// The queue: photos that wait, are at work or are done, through the settings that they were added with.
class QueueDialog : public QDialog {
  Q_OBJECT
 public:
  QueueDialog(QueueModel* queue, RunModel* document, QWidget* parent = nullptr);

  /// Files and folders through the document's settings, as measured photos. What cannot run is refused before anything
  /// is added, and a sentence over the summary says why; of folders, and with a mask, this follows when they are read.
  void add(const QStringList& paths);
  /// Why something was refused since the last add(); empty: nothing was.
  QString refusal() const;

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void buildList();
  void buildButtons();
  QPushButton* button(const QString& text, const QString& help, void (QueueDialog::*action)());
  void showJobs();
  void showProgress();
  void showRefusal(const QString& sentence);
  /// Of the rows that are seen: those of others are not read.
  void showThumbnails();
  void updateButtons();
  std::string chosen() const;
  void addFiles();
  void addFolder();
  void moveUp();
  void moveDown();
  void retry();
  void cancel();
  void cancelAll();
  void clearEnded();
  void showLog();

  QueueModel* queue_;
  RunModel* document_;
  QListWidget* list_ = nullptr;
  Thumbnails* thumbnails_;
  QLabel* summary_ = nullptr;
  SentenceLabel* refusal_ = nullptr;
  EmptyHint* hint_ = nullptr;
  QCheckBox *skip_ = nullptr, *pause_ = nullptr;
  QList<QPushButton*> of_chosen_;
  QPushButton *cancel_all_ = nullptr, *clear_ended_ = nullptr;
};

}  // namespace p2l::ui
