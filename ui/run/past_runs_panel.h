// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

#include "core/api/catalogue.h"

namespace p2l::ui {

class PastRuns;
class RunModel;

/// The runs that were made as a strip of cards, the newest first: picture, what differs from the run before, task,
/// numbers. Few cards are as wide as their lines, many fill the strip, so that none is cut in two before it is
/// scrolled; in a lower strip they are lower, with fewer lines. Choosing one asks to bring it back. Several can be
/// selected, and dragged to the page Compare; at first the one whose result is shown is.
class PastRunsPanel : public QListWidget {
  Q_OBJECT
 public:
  static constexpr int kHeight = 72, kLeastHeight = 44;

  /// `catalogue` and `runs` outlive the panel.
  PastRunsPanel(const Catalogue& catalogue, const PastRuns* runs, QWidget* parent = nullptr);
  /// The model's earlier runs; choosing one brings it back.
  PastRunsPanel(const Catalogue& catalogue, RunModel* model, QWidget* parent = nullptr);

  /// Places in PastRuns::all, the oldest first.
  QList<int> selectedRuns() const;
  int cardWidth() const { return card_width_; }
  int cardHeight() const { return card_height_; }
  /// What can be done with the selected runs.
  void showMenu(QPoint global);
  QSize sizeHint() const override { return {240, kHeight}; }
  QSize minimumSizeHint() const override { return {150, kLeastHeight}; }

 signals:
  /// Index into PastRuns::all.
  void chosen(int index);
  void compareWanted(const QList<int>& runs);
  void starWanted(int index, bool starred);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override;
  Qt::DropActions supportedDropActions() const override { return Qt::CopyAction; }

 private:
  void showRuns();
  /// Chooses the cards' size by their number and the room.
  void fitCards();
  /// Selects the run whose result is shown, and no other.
  void selectShown();
  QString titleOf(int index) const;

  const Catalogue& catalogue_;
  const PastRuns* runs_;
  const RunModel* model_ = nullptr;  ///< null: nothing is shown
  int card_width_, card_height_;
};

}  // namespace p2l::ui
