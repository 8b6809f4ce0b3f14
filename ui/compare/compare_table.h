// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>
#include <map>

#include "ui/compare/compare_session.h"

class QAction;

namespace p2l::ui {

/// How far a result is from the chosen reference, where no truth is known to measure it by.
struct FromReference {
  double psnr = kUnknown, ssim = kUnknown;
  double lpips = kUnknown;  ///< by AlexNet, else VGG, where there are weights
  QString problem;          ///< a sentence that says why they are not known
};

/// The numbers of what is compared, the best of each column in bold: sortable, and to be copied. Columns in which
/// nothing is known are hidden, but for PSNR where the truth is known. Those that the table is too narrow for are in
/// the tips of the names. What is of other settings has a mark before its name.
class CompareTable : public QTableWidget {
  Q_OBJECT
 public:
  static constexpr int kName = 0;
  /// Of a column of comparisonColumns().
  static int columnOf(const std::string& key);
  /// What the autoencoder's bound bounds, a sentence or two.
  static QString boundHelp();

  explicit CompareTable(CompareSession* session, QWidget* parent = nullptr);

  /// The row of an entry; -1: none.
  int rowOf(quint64 key) const;
  /// The entry that is chosen; 0: none.
  quint64 chosenKey() const;
  QString text(TableFormat format) const;
  void copy(TableFormat format) const;
  /// As it is shown, as HTML.
  QString html() const;
  /// Whether some row has a number in this column of comparisonColumns().
  bool isKnown(const std::string& column) const;
  /// By the entries' keys.
  void setFromReference(std::map<quint64, FromReference> numbers);
  /// Several changes show at once a moment later.
  void refreshSoon();

 public slots:
  void refresh();

 signals:
  void refreshed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// In the order that is shown.
  std::vector<ComparedRow> shownRows() const;
  QString stateOf(quint64 key) const;
  /// Why the entry has no PSNR and SSIM, a sentence; empty: it was not run.
  QString whyUnknown(quint64 key) const;
  /// As wide as their numbers and titles. The header would leave room for an arrow in each.
  void fitColumns();
  /// Shows the columns that there is room for beside the names, the main ones first, and the one that is sorted by.
  void fitWidth();
  /// Numbers of columns without room.
  void tellLeftOut(const std::vector<int>& columns);

  CompareSession* session_;
  std::vector<ComparedRow> rows_;
  std::vector<quint64> keys_;
  std::map<quint64, FromReference> from_reference_;
  std::vector<int> widths_;  ///< of the columns; 0: there is nothing to show in it
  bool pending_ = false;
};

}  // namespace p2l::ui
