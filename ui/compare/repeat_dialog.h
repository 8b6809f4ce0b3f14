// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QDialog>
#include <QElapsedTimer>
#include <QMap>
#include <QProcess>

#include "core/experiment/comparison.h"
#include "ui/base/photo_listing.h"

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTextBrowser;

namespace p2l::ui {

/// A word of a command as a shell takes it.
QString quotedWord(const QString& text);

/// Repeats a comparison on a folder of photos: writes a recipe, and has `p2l evaluate --recipe` fill its table. That
/// may take hours: it blocks no other window, and its title says how far it is.
class RepeatDialog : public QDialog {
  Q_OBJECT
 public:
  RepeatDialog(const ComparisonRecipe& recipe, QWidget* parent = nullptr);
  ~RepeatDialog() override;

  QLineEdit* photos() const { return photos_; }
  QLineEdit* results() const { return results_; }
  QPlainTextEdit* output() const { return output_; }
  /// The table of the means, as one; hidden until there is one.
  QTextBrowser* table() const { return table_; }
  QPushButton* startButton() const { return start_; }
  QPushButton* stopButton() const { return stop_; }
  bool isRunning() const { return process_.state() != QProcess::NotRunning; }
  /// The file of the recipe, beside the results.
  QString recipePath() const;
  /// As it is typed in a terminal.
  QString command() const;
  /// Why these folders cannot be taken, a sentence: the results would lie among the photos, or the recipe would replace
  /// another file. Empty: they can.
  QString obstacle() const;
  /// The command line's program; the one beside this program, or on the path.
  void setProgram(const QString& program) { program_ = program; }

 public slots:
  void start();
  void stop();
  /// Asks where the evaluation would end with the dialog.
  void reject() override;

 signals:
  /// `table`: the text of table.md; empty where there is none.
  void ended(int code, const QString& table);

 private:
  QLineEdit* addFolder(const QString& label, const QString& tip);
  QStringList arguments() const;
  /// What the evaluation has said since, by whole lines; at its `end` all of it.
  void readOutput(bool end);
  void showEnd(int code);
  /// Files that say why something could not be done, with when they were written; also those of earlier starts.
  QMap<QString, QDateTime> failureFiles() const;
  /// What this start could not do and why, a sentence each.
  QStringList failures() const;
  /// Which runs are made of each photo, and of how many.
  QString planText() const;
  /// Counts the photos of the folder anew, away from the GUI thread; what another folder has is dropped.
  void readFolder();
  void showProgress();
  void refresh();

  ComparisonRecipe recipe_;
  QString program_;
  QProcess process_;
  QByteArray unread_;
  QElapsedTimer clock_;
  int done_ = 0, total_ = 0;  ///< runs of this start; 0: not known yet
  int made_ = 0;              ///< of the done ones; those of unreadable photos are passed over
  int failed_ = 0;            ///< of the made ones
  QMap<QString, QDateTime> failed_before_;
  QString folder_text_;  ///< how many photos the folder has, or why none; empty: it is not there, or is being read
  QLineEdit *photos_, *results_;
  QLabel *command_ = nullptr, *plan_ = nullptr;
  QPlainTextEdit* output_;
  QTextBrowser* table_ = nullptr;
  QPushButton *start_, *stop_, *open_;
  QList<QWidget*> browse_;
  PhotoListing listing_;
};

}  // namespace p2l::ui
