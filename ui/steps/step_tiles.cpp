// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/steps/step_tiles.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <utility>

#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kColumns = 3, kOutline = 3, kLabelMargin = 6, kLabelPad = 8, kGap = 6;
constexpr double kRadius = 6;

/// "z_{t−1}" as it can be painted in one line.
QString painted(QString symbol) {
  return symbol.remove(QLatin1Char('{'))
      .remove(QLatin1Char('}'))
      .replace(QStringLiteral("_t−1"), QStringLiteral("ₜ₋₁"))
      .replace(QStringLiteral("_t"), QStringLiteral("ₜ"));
}

}  // namespace

PictureTile::PictureTile(const QColor& colour, QWidget* parent) : QAbstractButton(parent), colour_(colour) {
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PictureTile::setTexts(const QString& symbol, const QString& name, const QString& short_name) {
  short_name_ = short_name.isEmpty() ? name : short_name;
  symbol_ = painted(symbol);
  name_ = name;
  setAccessibleName(name);
  setToolTip(tr("%1: click to enlarge").arg(name));
  update();
}

void PictureTile::setPicture(const QImage& picture, const QString& missing) {
  picture_ = picture;
  missing_ = missing;
  setAccessibleDescription(picture.isNull() ? missing : QString());
  update();
}

void PictureTile::setLit(bool lit) {
  if (std::exchange(lit_, lit) != lit) update();
}

void PictureTile::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  const auto room = rect().adjusted(kOutline, kOutline, -kOutline, -kOutline);
  QRect place = room;
  if (!picture_.isNull()) {
    const auto size = picture_.size().scaled(room.size(), Qt::KeepAspectRatio);
    place = QRect(room.center() - QPoint(size.width(), size.height()) / 2, size);
  }
  QPainterPath shape;
  shape.addRoundedRect(place, kRadius, kRadius);
  painter.save();
  painter.setClipPath(shape);
  if (picture_.isNull()) {
    painter.fillRect(place, palette().color(QPalette::AlternateBase));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(place.adjusted(10, 34, -10, -10), Qt::AlignCenter | Qt::TextWordWrap, missing_);
  } else {
    painter.drawImage(place, picture_);
  }
  painter.restore();
  paintLabel(painter, place);
  if (lit_) {
    painter.setPen(QPen(colour_, kOutline));
    painter.drawRoundedRect(QRectF(place).adjusted(-1.5, -1.5, 1.5, 1.5), kRadius + 1, kRadius + 1);
  }
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2, lit_ ? Qt::DotLine : Qt::SolidLine));
    painter.drawRoundedRect(QRectF(place).adjusted(2, 2, -2, -2), kRadius, kRadius);
  }
}

void PictureTile::paintLabel(QPainter& painter, const QRect& place) const {
  auto italic = font();
  italic.setItalic(true);  // as in the algorithm
  const auto metrics = fontMetrics();
  const int most = place.width() - 2 * kLabelMargin;
  const int of_symbol = symbol_.isEmpty() ? 0 : QFontMetrics(italic).horizontalAdvance(symbol_);
  const int gap = symbol_.isEmpty() ? 0 : kLabelPad;
  const int room = most - of_symbol - gap - 2 * kLabelPad;
  const auto name =
      metrics.elidedText(metrics.horizontalAdvance(name_) <= room ? name_ : short_name_, Qt::ElideRight, room);
  const bool named = name.size() > 1 || symbol_.isEmpty();  // more than the dots of what was left out
  const int width = of_symbol + (named ? gap + metrics.horizontalAdvance(name) : 0) + 2 * kLabelPad;
  const QRect label(place.topLeft() + QPoint(kLabelMargin, kLabelMargin),
                    QSize(std::min(width, most), metrics.height() + 6));
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour_);
  painter.drawRoundedRect(label, 4, 4);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(Qt::white);
  if (named) painter.drawText(label.adjusted(kLabelPad + of_symbol + gap, 0, 0, 0), Qt::AlignVCenter, name);
  painter.setFont(italic);
  painter.drawText(label.adjusted(kLabelPad, 0, 0, 0), Qt::AlignVCenter, symbol_);
  painter.setFont(font());
}

StepTiles::StepTiles(QWidget* parent) : QWidget(parent) {
  for (int i = 0; i < kStepPictures; ++i) {
    const auto which = static_cast<StepPicture>(i);
    auto* tile = new PictureTile(tileColour(which), this);
    connect(tile, &QAbstractButton::clicked, this, [this, which] { enlarge(which); });
    tiles_[static_cast<std::size_t>(i)] = tile;
  }
  setKind(ModelKind::Latent);
}

void StepTiles::setKind(ModelKind kind) {
  for (int i = 0; i < kStepPictures; ++i) {
    const auto which = static_cast<StepPicture>(i);
    tiles_[static_cast<std::size_t>(i)]->setTexts(tileSymbol(which, kind), tileName(which), tileShortName(which));
  }
}

void StepTiles::setPicture(StepPicture which, const QImage& picture, const QString& missing) {
  tile(which)->setPicture(picture, missing);
  if (!picture.isNull() && picture.size() != shape_) {
    shape_ = picture.size();
    place();
  }
}

/// Pictures of one shape, as large as they fit, close to each other.
void StepTiles::place() {
  if (enlarged_) return tile(*enlarged_)->setGeometry(rect());
  const auto cell = QSizeF((width() - (kColumns - 1) * kGap) / double(kColumns), (height() - kGap) / 2.0);
  const auto fitted = QSizeF(shape_).scaled(cell, Qt::KeepAspectRatio).toSize();
  const int left = (width() - kColumns * fitted.width() - (kColumns - 1) * kGap) / 2;
  const int top = (height() - 2 * fitted.height() - kGap) / 2;
  for (int i = 0; i < kStepPictures; ++i) {
    const QPoint corner(left + i % kColumns * (fitted.width() + kGap), top + i / kColumns * (fitted.height() + kGap));
    tiles_[static_cast<std::size_t>(i)]->setGeometry(QRect(corner, fitted));
  }
}

void StepTiles::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  place();
}

void StepTiles::setLit(const std::vector<StepPicture>& which) {
  for (int i = 0; i < kStepPictures; ++i) {
    const bool lit = std::find(which.begin(), which.end(), static_cast<StepPicture>(i)) != which.end();
    tiles_[static_cast<std::size_t>(i)]->setLit(lit);
  }
}

void StepTiles::enlarge(StepPicture which) {
  if (enlarged_ == which) return showAll();
  enlarged_ = which;
  place();
  for (int i = 0; i < kStepPictures; ++i)
    tiles_[static_cast<std::size_t>(i)]->setVisible(static_cast<StepPicture>(i) == which);
}

void StepTiles::showAll() {
  enlarged_.reset();
  place();
  for (auto* tile : tiles_) tile->show();
}

void StepTiles::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Escape || !enlarged_) return QWidget::keyPressEvent(event);
  showAll();
}

}  // namespace p2l::ui
