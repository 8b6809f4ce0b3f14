// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QWidget>

#include "ui/compare/compare_session.h"

class QMenu;
class QToolButton;

namespace p2l::ui {

/// The colour by which an entry is known in chips, tiles and curves.
QColor entryColour(const CompareEntry& entry, const QPalette& palette);

/// One of what is compared: its colour, its name, how far it is, and a cross that takes it away. A click opens its
/// menu.
class CompareChip : public QAbstractButton {
  Q_OBJECT
 public:
  explicit CompareChip(QWidget* parent = nullptr);

  /// `former`: what it has is of other settings; `due`: Run all makes it again.
  void showEntry(const CompareEntry& entry, const QColor& colour, bool former, bool due);
  /// It makes the same run as the chip at this place, from 1, of this name; 0: no chip before it does.
  void showSame(int place, const QString& name);
  QSize sizeHint() const override;
  /// The middle of its cross.
  QPoint cross() const;

 signals:
  /// The entry that it shows is to go.
  void removed(quint64 key);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  quint64 key_ = 0;
  QColor colour_;
  CompareEntry::State state_ = CompareEntry::State::New;
  double share_ = 0.0;
  QString same_;  ///< behind its name: "= 2"
};

/// A chip for each entry, and buttons that add some: solvers with their presets, a sweep of a value or of seeds, runs
/// of the history, files, the ladder from LDPS to P2L. It is as high as its rows, two at most; more are scrolled to.
class CompareChips : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kNarrow = 900;

  CompareChips(const Catalogue& catalogue, CompareSession* session, const PastRuns* history, QWidget* parent = nullptr);

  const QList<CompareChip*>& chips() const { return chips_; }
  QToolButton *solver = nullptr, *sweep = nullptr, *seeds = nullptr, *history = nullptr, *file = nullptr,
              *ladder = nullptr, *add = nullptr;
  /// What can be done with an entry. While it is open it follows what becomes of the entry, and closes when that goes.
  void showMenu(int index, QPoint global);
  /// Asks for a value to be swept, and its values.
  void askSweep();
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;

 public slots:
  void addLadder();
  void addAllSolvers();
  void askFiles();

 signals:
  void failed(const QString& sentence);
  void referenceWanted(quint64 key);
  void linesWanted(quint64 key);
  void settingsWanted(int index);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QToolButton* button(const QString& text, const QString& tip, QMenu* menu);
  void fillSolvers(QMenu* menu);
  void fillSweeps(QMenu* menu);
  void fillHistory(QMenu* menu);
  void addSweep(const std::string& key, const QString& values);
  /// What a sweep of these values would run, a sentence; empty: it does not take them.
  QString readSweep(const std::string& key, const QString& values) const;
  /// Those that no chip makes already, and says which do.
  void addNew(std::vector<CompareChoice> choices);
  void rebuild();
  void refresh(int index);
  QList<QWidget*> shown(int width) const;
  /// One button adds all: the others have no room in the chips' row.
  bool isNarrow(int width) const;
  int place(int width, bool move) const;
  void arrange();

  const Catalogue& catalogue_;
  CompareSession* session_;
  const PastRuns* past_;
  QWidget* content_ = nullptr;
  QList<CompareChip*> chips_;
};

}  // namespace p2l::ui
