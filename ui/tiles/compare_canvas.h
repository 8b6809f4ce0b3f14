// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <functional>
#include <memory>
#include <vector>

#include "ui/base/background_work.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/image_pyramid.h"
#include "ui/canvas/zoomable.h"
#include "ui/tiles/compare_difference.h"

class QFontMetricsF;

namespace p2l::ui {

/// A picture among those that are compared.
struct ComparePicture {
  quint64 key = 0;
  QString title, detail;  ///< the caption's lines; what says most comes first
  QColor colour;          ///< of its chip; invalid: none
  MeasuredPicture picture;
  bool is_sentence = false;  ///< the detail is one, which is broken between words
  bool true_pixels = false;  ///< never smoothed, and its differences have no say in the colours' range
  bool is_map = false;       ///< of numbers in heatColour(): it is shown as it is, without a difference
  double map_most = 0.0;     ///< of a map: what the colours end at, in grey levels; 0: no bar of them
};

/// Lines of a caption that are no wider than this, broken between words; so many at most. Where that is not all of them
/// the last one ends with "…".
QStringList wrappedCaption(const QStringList& lines, const QFontMetricsF& metrics, double width, qsizetype most);

/// Pictures of one scene side by side, split, one after the other, or as their differences from a reference. All are
/// stretched over one frame, so that a place is the same place in each; linked, they show the same part to the pixel.
class CompareCanvas : public Zoomable {
  Q_OBJECT
 public:
  enum class Mode { Grid, Split, Flicker, Difference };
  Q_ENUM(Mode)
  static constexpr int kDividerGrab = 8;
  static constexpr int kArrowDivider = 20;     ///< what Shift and an arrow move the last moved divider by
  static constexpr int kArrowArea = 20;        ///< what an arrow moves or resizes an area by, in the widget's pixels
  static constexpr double kTextsHeight = 170;  ///< a tile that is higher has texts below, too

  explicit CompareCanvas(QWidget* parent = nullptr);

  /// All pictures anew; zoom and place stay where the frame does. `frame`: size that they are stretched over.
  void setPictures(std::vector<ComparePicture> pictures, QSize frame);
  const std::vector<ComparePicture>& pictures() const { return pictures_; }
  int count() const { return static_cast<int>(pictures_.size()); }
  void setEmptyText(const QString& text);

  Mode mode() const { return mode_; }
  /// Index of the picture that others are compared with; -1: none.
  int reference() const { return reference_; }
  void setReference(int index);
  /// The one that Flicker shows.
  int current() const { return current_; }
  /// `range`: kFittingRange finds one for all pictures.
  void setDifference(DifferenceKind kind, double range);
  static constexpr double kFittingRange = 0.0;
  /// The range that is shown; kFittingRange: none was found yet.
  double shownRange() const { return range_ == kFittingRange ? fitting_range_ : range_; }
  DifferenceKind differenceKind() const { return kind_; }

  /// In pixels of the frame; empty: none.
  QRect area() const { return area_; }
  void setArea(const QRect& area);
  /// Keys hold the area: arrows move it and no longer the pictures, Shift and arrows resize it.
  bool isAreaHeld() const { return area_held_; }
  /// Left drags make an area, also where there is something to pan.
  void setAreaTool(bool on);
  /// A line in each tile about the area.
  void setAreaTexts(const QStringList& texts);
  /// Whether tiles are high enough for those lines.
  bool showsAreaTexts() const { return !views_.empty() && cell(0).height() > kTextsHeight; }
  /// Whether tiles are high and wide enough for all of these lines, none of them cut.
  bool hasRoomFor(const QStringList& texts) const;

  double zoom() const { return views_.empty() ? 1.0 : views_.front().zoom(); }
  const CanvasView& view(int index) const { return views_.at(index); }
  /// Where a picture is shown, in widget coordinates; of Split and Flicker all of it.
  QRectF cell(int index) const;
  /// Where the bar of the differences has its corner: in the grid's free cells, or over the last picture.
  QRectF barArea() const;
  /// The bar has its colours alone: with the formula it would cover more than a third of the last picture.
  bool isBarSmall() const;
  /// What the bar says over its colours: the formula, and which picture r is.
  QString barFormula() const;
  /// What a pixel of the frame is in numbers where false colours are shown: the difference from the reference, or a
  /// map's deviation in grey levels. Empty: the picture itself is shown.
  QString mapText(int index, QPoint pixel, int digits = 3) const;
  /// What a picture's caption says, its title first. In a small tile it has two lines at most, which are cut where they
  /// are painted. Where there is room for one alone it ends with the first number of the detail. A narrow strip of
  /// Split has its title alone.
  QStringList captionLines(int index) const;
  /// Where a picture's caption is; null: it has no room for one.
  QRectF captionRect(int index) const;
  /// All that is said of the picture whose caption is at this place of the widget, or that has no room for one; empty:
  /// there is no caption here.
  QString captionTip(QPointF point) const;
  /// The picture at a place of the widget; -1: none.
  int pictureAt(QPointF point) const;
  QPointF imageFromWidget(QPointF point) const;
  const std::vector<double>& dividers() const { return dividers_; }

  /// Small: what is left of the page is its.
  QSize sizeHint() const override { return {320, 200}; }
  QSize minimumSizeHint() const override { return {200, 160}; }

 public slots:
  void setMode(p2l::ui::CompareCanvas::Mode mode);
  void setCurrent(int index);
  /// Flicker at this picture, where there is one.
  void flickTo(int index);
  /// Linking again shows everywhere what the first one shows.
  void setLinked(bool linked);
  void fit() override;
  void actualSize() override;
  void zoomIn() override;
  void zoomOut() override;

 signals:
  void modeChanged(p2l::ui::CompareCanvas::Mode mode);
  void currentChanged(int index);
  void areaChanged(const QRect& area);
  /// (-1, -1): no picture is there.
  void pixelHovered(QPoint pixel);
  void zoomChanged(double zoom);
  void menuWanted(int index, QPoint global);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void changeEvent(QEvent* event) override;
  void panBy(QPointF way) override;

 private:
  enum class Drag { None, Pan, Divider, Area };
  bool isTiled() const { return mode_ == Mode::Grid || mode_ == Mode::Difference; }
  /// The picture that keys move.
  int front() const { return mode_ == Mode::Flicker ? current_ : 0; }
  void arrange();
  /// The width of a tile that has room for a short name.
  double leastTile() const;
  void placeDividers();
  int dividerAt(double x) const;
  void moveDivider(int index, double fraction);
  /// Shift with Left and Right moves a divider, with Up and Down chooses another. @return whether it was one of these
  bool moveByKey(const QKeyEvent& event);
  /// A begins an area in the middle of what is seen, or takes up the one that is there, and lets it go again.
  /// @return whether it was that key, or an arrow while keys hold the area
  bool moveAreaByKey(const QKeyEvent& event);
  void holdArea(bool held);
  /// In the middle of what is seen of the picture that keys move.
  QRect middleArea() const;
  void moved(int index);
  void zoomAt(int index, double zoom, QPointF anchor);
  void updateMaps();
  void updateMap(int index);
  /// Whether the difference is there, which the mode shows in place of the picture.
  bool showsDifference(int index) const;
  /// Looks for the range where it is not that of these pictures. @return whether one is known, of these or of former
  /// ones
  bool findRange();
  bool canPan() const;
  void updateAccessibleText();
  void hover(QPointF point);
  void updateCursor(QPointF point);
  void paintPicture(QPainter& painter, int index, const QRectF& pane, const QRectF& clip, bool as_difference);
  void paintCaption(QPainter& painter, int index);
  /// What of the widget is that picture's: in Split its strip.
  QRectF captionArea(int index) const;
  void paintArea(QPainter& painter, int index, const QRectF& pane, const QRectF& clip);

  std::vector<ComparePicture> pictures_;
  std::vector<std::unique_ptr<ImagePyramid>> pyramids_, maps_;
  std::vector<CanvasView> views_;
  QSize frame_;
  Mode mode_ = Mode::Grid;
  int reference_ = -1, current_ = 0;
  DifferenceKind kind_ = DifferenceKind::Absolute;
  double range_ = kFittingRange, fitting_range_ = kFittingRange;
  QString fitting_print_;  ///< what the fitting range is found of
  std::vector<QString> map_prints_;
  QRect area_;
  bool area_held_ = false;
  QStringList area_texts_;
  QString empty_;
  std::vector<double> dividers_;
  bool dividers_moved_ = false;  ///< by a person
  int key_divider_ = 0;          ///< that keys move: the last one that was moved
  int columns_ = 1, rows_ = 1;
  bool linked_ = true, area_tool_ = false, space_held_ = false;
  Drag drag_ = Drag::None;
  int dragged_ = -1;  ///< picture, or divider
  bool click_possible_ = false;
  QPointF press_point_, last_point_, area_start_;
  bool hovered_ = false;
  BackgroundWork work_;
};

}  // namespace p2l::ui
