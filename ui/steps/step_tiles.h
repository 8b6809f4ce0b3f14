// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QImage>
#include <array>
#include <optional>

#include "core/types/catalogue_rows.h"
#include "ui/canvas/zoomable.h"
#include "ui/steps/tile_style.h"

class QPainter;

namespace p2l::ui {

/// A picture with a coloured label on it. Lit, it has an outline of its colour.
class PictureTile : public QAbstractButton {
  Q_OBJECT
 public:
  PictureTile(const QColor& colour, QWidget* parent);

  /// Without symbol and name there is no label. `short_name`: taken where the name does not fit; empty: the name. In a
  /// small tile it stands below its symbol, or in several lines, then smaller, and is cut at last; the tooltip has the
  /// whole name. Text of kFromAfar points is cut and not made smaller.
  void setTexts(const QString& symbol, const QString& name, const QString& short_name = {});
  /// The name as it is written on the tile.
  QString shownName() const;
  /// What it is written in.
  QFont labelFont() const;
  static constexpr double kFromAfar = 18.0;
  /// `missing`: what is said where there is none.
  void setPicture(const QImage& picture, const QString& missing = {});
  const QImage& picture() const { return picture_; }
  void setLit(bool lit);
  bool isLit() const { return lit_; }
  /// Of the picture that is not there yet: the tile has its name where it will be.
  void setShape(QSize shape);
  /// Shows this part of the picture alone, in shares of its width and height.
  void setPart(const QRectF& part);
  const QRectF& part() const { return part_; }
  /// Where it is shown, or would be.
  QRect place() const;
  QSize sizeHint() const override { return {200, 200}; }
  QSize minimumSizeHint() const override { return {72, 72}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  /// What stands beside the symbol and in the lines below.
  struct Label {
    QFont font;
    QString beside;
    QStringList below;
  };
  Label labelIn(QSize room) const;
  void paintLabel(QPainter& painter, const QRect& place) const;

  QColor colour_;
  QString symbol_, name_, short_name_, missing_;
  QImage picture_;
  QSize shape_;
  QRectF part_{0, 0, 1, 1};
  bool lit_ = false;
};

/// The six pictures of a step, from the noisy latent to the next one. They are zoomed by the wheel and panned by drags
/// together, so that a place can be followed through the step. A click enlarges one, another click or Escape shows all
/// again, and Escape once more the whole pictures.
class StepTiles : public Zoomable {
  Q_OBJECT
 public:
  explicit StepTiles(QWidget* parent = nullptr);

  void setKind(ModelKind kind);
  void setPicture(StepPicture which, const QImage& picture, const QString& missing);
  /// The pictures that the current line makes.
  void setLit(const std::vector<StepPicture>& which);
  PictureTile* tile(StepPicture which) const { return tiles_[static_cast<std::size_t>(which)]; }
  std::optional<StepPicture> enlarged() const { return enlarged_; }
  /// What is shown of each picture, in shares of its width and height.
  const QRectF& part() const { return part_; }
  static constexpr double kLargestZoom = 32.0;
  QSize minimumSizeHint() const override { return {240, 160}; }
  /// The width that pictures of this shape fill at this height.
  static int widthFor(int height, QSize shape);

 public slots:
  void showAll();
  void fit() override;
  void actualSize() override;
  void zoomIn() override;
  void zoomOut() override;

 protected:
  void panBy(QPointF way) override;
  bool eventFilter(QObject* object, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void enlarge(StepPicture which);
  void place();
  double zoom() const { return 1.0 / part_.width(); }
  /// A share of the pictures, where it is now, stays there.
  void zoomAt(double zoom, QPointF share);
  void setPart(QRectF part);
  /// The share of the pictures under a point of a tile.
  QPointF shareAt(const PictureTile& tile, QPointF point) const;
  PictureTile* front() const { return tile(enlarged_.value_or(StepPicture::Noisy)); }

  std::array<PictureTile*, kStepPictures> tiles_{};
  std::optional<StepPicture> enlarged_;
  QSize shape_{1, 1};  ///< of the pictures
  QRectF part_{0, 0, 1, 1};
  bool pressed_ = false, dragged_ = false;
  QPointF press_point_, last_point_;
};

}  // namespace p2l::ui
