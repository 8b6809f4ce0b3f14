// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace p2l::ui {

/// Above and below what a row of padRows() shows, in logical pixels.
inline constexpr int kRowPadding = 7;

/// Gives a list's rows air above and below. Rows are as wide as the list: what is longer is cut, and wants a tooltip.
void padRows(QListView* list);

/// A few rows, such as lessons, all of them shown: a long one takes up to kMostLines lines, and all are as high as it.
/// What is longer still is elided, and wants a tooltip. The chosen one is in bold print with a bar beside it.
class RowList : public QListWidget {
  Q_OBJECT
 public:
  static constexpr int kMostLines = 3;

  explicit RowList(QWidget* parent = nullptr);

  /// After its rows or its font have changed, or some are hidden.
  void fitHeight();
  /// As many lines as the longest text takes when it is chosen, so that no row moves then. Of fitHeight().
  int rowHeight() const { return row_height_; }
  /// A row's text in lines, elided where it is longer than its room.
  QString shownText(int row) const;

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  int textWidth() const;

  int row_height_ = 0;
};

}  // namespace p2l::ui
