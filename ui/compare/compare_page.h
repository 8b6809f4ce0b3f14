// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "ui/compare/compare_session.h"
#include "ui/compare/compare_table.h"
#include "ui/tiles/compare_canvas.h"

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace p2l::ui {

class CompareChips;
class CompareLines;
class CompareTimeline;
class CurvesPlot;
class MessageBar;
class RepeatDialog;
class RunModel;
class Segmented;

/// What a page begins with: all solvers, or the ladder from LDPS to P2L.
enum class CompareSet { Solvers, Ladder };

/// The page Compare: chips on top, the pictures with one timeline, and their numbers and curves beside them.
class ComparePage : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kPanel = 420;
  /// Narrower than this the numbers take the pictures' place.
  static constexpr int kNarrow = 1000;

  /// All outlive the page.
  ComparePage(const Catalogue& catalogue, RunModel* document, CompareSession* session, QWidget* parent = nullptr);

  CompareChips* chips() const { return chips_; }
  CompareCanvas* canvas() const { return canvas_; }
  CompareTimeline* timeline() const { return timeline_; }
  CompareLines* lines() const { return lines_; }
  /// Among modes(), after those of the canvas: a run's step line by line.
  static constexpr int kLines = 4;
  CompareTable* table() const { return table_; }
  CurvesPlot* curves() const { return curves_; }
  MessageBar* messages() const { return messages_; }
  Segmented* modes() const { return modes_; }
  QComboBox* reference() const { return reference_; }
  QComboBox* differences() const { return differences_; }
  QComboBox* range() const { return range_; }
  QCheckBox* linked() const { return linked_; }
  QCheckBox* truth() const { return truth_; }
  QToolButton* numbersButton() const { return numbers_; }
  QToolButton* tilesButton() const { return tiles_; }
  QLabel* areaLabel() const { return area_; }
  QLabel* zoomLabel() const { return zoom_; }
  /// Shows so many lines of it; what is more is scrolled.
  QWidget* areaBox() const { return area_box_; }
  static constexpr int kAreaLines = 3;
  /// Says how LPIPS is had where its weights are missing.
  QLabel* lpipsNote() const { return lpips_note_; }
  /// Asked whether there are weights for LPIPS, in place of the folders of metrics.
  void setLpipsFound(std::function<bool()> found) { lpips_found_ = std::move(found); }
  QSpinBox* steps() const { return steps_; }
  QPushButton* repeatButton() const { return repeat_; }
  QPushButton* reportButton() const { return report_; }
  QWidget* panel() const { return panel_; }
  /// The index of a tile by its key; -1: it is not shown. Beside the entries' own keys there are these.
  int tileOf(quint64 key) const;
  static constexpr quint64 kTruth = quint64{1} << 60, kMeasurement = kTruth + 1, kPlain = kTruth + 2,
                           kBound = kTruth + 3, kSpread = quint64{1} << 61;
  /// Asks for a file to write with this, in place of the system's dialog; empty: cancelled.
  void setAskPath(std::function<QString()> ask) { ask_path_ = std::move(ask); }
  /// A sentence where a file must not be written.
  void setSaveCheck(std::function<QString(const QString& path)> check);
  /// The dialog that repeats the comparison; null with a message where there is nothing to repeat.
  RepeatDialog* repeatOnFolder();
  /// What recipeOf() makes of the session. @throws Error where there is nothing to repeat
  ComparisonRecipe recipe() const;
  /// What closing the window would end, a sentence each.
  QStringList atStake() const;

 public slots:
  /// Begins with this where nothing is compared yet, or adds it.
  void choose(CompareSet set);
  void saveCsv();
  /// Pictures, table and commands as one HTML file.
  void saveReport();
  /// Runs of the history: places in PastRuns::all.
  void addRuns(const QList<int>& runs);
  /// A run line by line in the pictures' place, or the pictures again.
  void showLines(bool shown);

 signals:
  /// A run's settings are to be those of the main window.
  void settingsWanted(const p2l::RestoreRequest& request, const p2l::ui::JobPictures& pictures);
  void status(const QString& text);

 protected:
  void showEvent(QShowEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  /// The tiles take over the colours of another theme.
  void changeEvent(QEvent* event) override;

 private:
  QWidget* buildTools();
  QWidget* buildPanel();
  void connectSession();
  void connectTools();
  void connectKeys();
  /// The history has not taken a run that is compared, which is said once.
  void sayRefused(const QString& id, const QString& sentence);
  /// Takes that back when the history has all of them.
  void settleRefused();
  void showTiles();
  void showTilesSoon();
  void fillTileMenu();
  void fillReferences();
  /// A person's choice: without one it is the truth where it is known, else the first result.
  void chooseReference(quint64 key);
  void showModeTools();
  bool showsLines() const;
  /// Counts away from the GUI thread.
  void showArea();
  void showAreaTexts(const QRect& area, const std::vector<AreaStatistics>& all);
  void showPixel(QPoint pixel);
  void showCurves();
  /// Draws an entry's curve, in place of the one that is drawn of it.
  void addCurve(const CompareEntry& entry);
  /// Draws a result that has come from the history, unless it is drawn.
  void addFetchedCurve(int index);
  /// The curves' cursor is at the timeline's t, by the run with the most steps.
  void showCursor();
  std::vector<StepReport> longestSteps() const;
  void placePanel();
  /// The numbers of the area are in the panel, or under the pictures where that is not shown.
  void placeArea();
  void showTruth();
  /// The field of steps says in its tip which runs' own it replaces. `say`: so does the status line.
  void showSteps(bool say);
  void report(const QString& sentence);
  /// Asks where to write, and says why nothing can be written there; empty: nowhere.
  QString askPath(const QString& title, const QString& name, const QString& filter);
  /// The dialog that repeats this comparison, or the one whose evaluation is in progress.
  void showRepeat();
  ComparePicture tileFor(const CompareEntry& entry, int index);
  ComparePicture referenceTile(quint64 key, const QString& title, const QImage& image, const ResultPtr& result) const;
  /// One QImage for one picture, so that nothing is scaled anew.
  QImage imageOf(quint64 key, const std::shared_ptr<const Frame>& frame);
  SnapshotPtr stepAt(const CompareEntry& entry) const;
  static QString decibels(double psnr);
  /// The numbers of a tile's result, with how far its PSNR is from the reference's. What is of other settings is not
  /// held against what is of the present ones.
  QString detailOf(quint64 key, const RunReport& report) const;
  /// Whether a tile's result is of other settings than the document's.
  bool isFormer(quint64 key) const;
  std::shared_ptr<const Image> exactTruth() const;
  /// The reference's picture, its samples where they are at hand.
  MeasuredPicture referencePicture() const;
  /// Measures results that no truth is known of against the reference, away from the GUI thread.
  void measureFromReference();
  double referencePsnr() const;
  QString nameOf(quint64 key) const;

  const Catalogue& catalogue_;
  RunModel* document_;
  CompareSession* session_;
  CompareChips* chips_ = nullptr;
  MessageBar* messages_ = nullptr;
  CompareCanvas* canvas_ = nullptr;
  CompareTimeline* timeline_ = nullptr;
  CompareLines* lines_ = nullptr;
  CompareTable* table_ = nullptr;
  CurvesPlot* curves_ = nullptr;
  Segmented* modes_ = nullptr;
  QComboBox *reference_ = nullptr, *differences_ = nullptr, *range_ = nullptr;
  QToolButton *tiles_ = nullptr, *numbers_ = nullptr, *area_tool_ = nullptr, *fit_ = nullptr;
  QBoxLayout* tools_ = nullptr;
  QMenu* tile_menu_ = nullptr;
  QCheckBox *linked_ = nullptr, *truth_ = nullptr;
  QLabel *lpips_note_ = nullptr, *area_ = nullptr, *zoom_ = nullptr, *steps_title_ = nullptr,
         *reference_title_ = nullptr,
         *invitation_ = nullptr;  ///< under the photo, where nothing is compared yet
  QSpinBox* steps_ = nullptr;
  QPushButton *repeat_ = nullptr, *report_ = nullptr;
  QWidget *panel_ = nullptr, *pictures_ = nullptr, *area_box_ = nullptr;
  std::set<quint64> hidden_{kPlain, kBound};
  quint64 reference_key_ = 0;
  bool reference_chosen_ = false;
  std::size_t runs_ = 0;  ///< entries when the list has last changed
  std::map<quint64, std::pair<std::shared_ptr<const Frame>, QImage>> frames_;
  std::map<quint64, FromReference> from_reference_;  ///< by the entries' keys
  QString from_reference_of_;                        ///< what they are measured of
  std::set<std::string> refused_;                    ///< runs that the history has not taken, by their ids
  std::map<quint64, double> noise_levels_;           ///< of runs, by their ids
  std::map<quint64, ResultPtr> fetched_curves_;      ///< results of the history whose curves are drawn, by key
  QPointer<RepeatDialog> repeating_;
  std::function<QString()> ask_path_;
  std::function<bool()> lpips_found_;
  std::function<QString(const QString&)> save_check_;
  QTimer tiles_soon_, area_soon_;
  BackgroundWork area_work_, reference_work_, report_work_;
};

}  // namespace p2l::ui
