// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/step_tiles.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <utility>

#include "ui/widgets/theme.h"

namespace p2l::ui {
namespace {

constexpr int kColumns = 3, kOutline = 3, kLabelMargin = 6;
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

void PictureTile::setTexts(const QString& symbol, const QString& name) {
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
  const auto text = symbol_.isEmpty() ? name_ : symbol_ + QStringLiteral("  ") + name_;
  const auto metrics = fontMetrics();
  QRect label(
      place.topLeft() + QPoint(kLabelMargin, kLabelMargin),
      QSize(std::min(metrics.horizontalAdvance(text) + 16, place.width() - 2 * kLabelMargin), metrics.height() + 6));
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour_);
  painter.drawRoundedRect(label, 4, 4);
  painter.setPen(Qt::white);
  painter.drawText(label.adjusted(8, 0, -8, 0), Qt::AlignVCenter,
                   metrics.elidedText(text, Qt::ElideRight, label.width() - 14));
  painter.setBrush(Qt::NoBrush);
  if (lit_) {
    painter.setPen(QPen(colour_, kOutline));
    painter.drawRoundedRect(QRectF(place).adjusted(-1.5, -1.5, 1.5, 1.5), kRadius + 1, kRadius + 1);
  }
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2, lit_ ? Qt::DotLine : Qt::SolidLine));
    painter.drawRoundedRect(QRectF(place).adjusted(2, 2, -2, -2), kRadius, kRadius);
  }
}

StepTiles::StepTiles(QWidget* parent) : QWidget(parent) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(6);
  for (int i = 0; i < kStepPictures; ++i) {
    const auto which = static_cast<StepPicture>(i);
    auto* tile = new PictureTile(tileColour(which), this);
    grid->addWidget(tile, i / kColumns, i % kColumns);
    connect(tile, &QAbstractButton::clicked, this, [this, which] { enlarge(which); });
    tiles_[static_cast<std::size_t>(i)] = tile;
  }
  setKind(ModelKind::Latent);
}

void StepTiles::setKind(ModelKind kind) {
  for (int i = 0; i < kStepPictures; ++i) {
    const auto which = static_cast<StepPicture>(i);
    tiles_[static_cast<std::size_t>(i)]->setTexts(tileSymbol(which, kind), tileName(which));
  }
}

void StepTiles::setPicture(StepPicture which, const QImage& picture, const QString& missing) {
  tile(which)->setPicture(picture, missing);
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
  for (int i = 0; i < kStepPictures; ++i)
    tiles_[static_cast<std::size_t>(i)]->setVisible(static_cast<StepPicture>(i) == which);
}

void StepTiles::showAll() {
  enlarged_.reset();
  for (auto* tile : tiles_) tile->show();
}

void StepTiles::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Escape || !enlarged_) return QWidget::keyPressEvent(event);
  showAll();
}

}  // namespace p2l::ui
