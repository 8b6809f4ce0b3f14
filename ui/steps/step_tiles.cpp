// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/steps/step_tiles.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>
#include <utility>

#include "ui/canvas/canvas_painter.h"
#include "ui/style/theme.h"
#include "ui/style/wrapped_words.h"

namespace p2l::ui {
namespace {

constexpr int kColumns = 3, kOutline = 3, kLabelPadY = 3, kGap = 6;
constexpr int kSmall = 200;  // a tile that is narrower has small margins
constexpr double kRadius = 6, kZoomStep = 1.5;
constexpr double kTruePixels = 6;  // larger than this on the screen, pixels are shown as they are

/// "z_{t−1}" as it can be painted in one line.
QString painted(QString symbol) {
  return symbol.remove(QLatin1Char('{'))
      .remove(QLatin1Char('}'))
      .replace(QStringLiteral("_t−1"), QStringLiteral("ₜ₋₁"))
      .replace(QStringLiteral("_t"), QStringLiteral("ₜ"));
}

int marginOf(QSize tile) {
  return tile.width() < kSmall ? 3 : 6;
}

int padOf(QSize tile) {
  return tile.width() < kSmall ? 5 : 8;
}

QFont scaledFont(QFont font, double scale) {
  if (font.pointSizeF() > 0.0) {
    font.setPointSizeF(scale * font.pointSizeF());
  } else {
    font.setPixelSize(static_cast<int>(scale * font.pixelSize()));
  }
  return font;
}

QFont italic(QFont font) {
  font.setItalic(true);
  return font;
}

/// Rows that are no wider than this, broken between words; none where a word is wider.
QStringList wrapped(const QString& text, const QFontMetrics& metrics, int width) {
  const auto rows = wrappedWords(text, metrics, width);
  const auto fits = [&](const QString& row) { return metrics.horizontalAdvance(row) <= width; };
  return std::all_of(rows.begin(), rows.end(), fits) ? rows : QStringList();
}

int symbolWidth(const QString& symbol, const QFont& font) {
  return QFontMetrics(italic(font)).horizontalAdvance(symbol);
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

void PictureTile::setShape(QSize shape) {
  shape_ = shape;
  update();
}

void PictureTile::setPart(const QRectF& part) {
  part_ = part;
  update();
}

QRect PictureTile::place() const {
  const auto room = rect().adjusted(kOutline, kOutline, -kOutline, -kOutline);
  const auto shape = picture_.isNull() ? shape_ : picture_.size();
  if (shape.isEmpty()) return room;
  const auto size = shape.scaled(room.size(), Qt::KeepAspectRatio);
  return {room.center() - QPoint(size.width(), size.height()) / 2, size};
}

void PictureTile::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto place = this->place();
  QPainterPath shape;
  shape.addRoundedRect(place, kRadius, kRadius);
  painter.save();
  painter.setClipPath(shape);
  if (picture_.isNull()) {
    painter.fillRect(place, palette().color(QPalette::AlternateBase));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(place.adjusted(10, 34, -10, -10), Qt::AlignCenter | Qt::TextWordWrap, missing_);
  } else {
    const QRectF source(part_.left() * picture_.width(), part_.top() * picture_.height(),
                        part_.width() * picture_.width(), part_.height() * picture_.height());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, place.width() < kTruePixels * source.width());
    painter.drawImage(QRectF(place), picture_, source);
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

PictureTile::Label PictureTile::labelIn(QSize room) const {
  const int most = room.width() - 2 * (marginOf(room) + padOf(room));
  const bool from_afar = font().pointSizeF() >= kFromAfar;
  const auto linesOf = [&](const QFontMetrics& metrics) {  // as many as leave the picture to be seen
    return (room.height() / 2 - 2 * kLabelPadY) / metrics.height();
  };
  for (const double scale : {1.0, 0.85, 0.7, 0.6}) {
    if (from_afar && scale * font().pointSizeF() < kFromAfar) break;
    const auto scaled = scaledFont(font(), scale);
    const QFontMetrics metrics(scaled);
    const int of_symbol = symbol_.isEmpty() ? 0 : symbolWidth(symbol_, scaled) + padOf(room);
    for (const auto& name : {name_, short_name_}) {
      if (of_symbol + metrics.horizontalAdvance(name) <= most) return {scaled, name, {}};
    }
    const int lines = from_afar ? linesOf(metrics) : std::min(linesOf(metrics), 2);
    for (const auto& name : {name_, short_name_}) {
      auto rows = wrapped(name, metrics, most);
      if (rows.isEmpty() || rows.size() + (symbol_.isEmpty() ? 0 : 1) > lines) continue;
      const auto beside = symbol_.isEmpty() ? rows.takeFirst() : QString();
      return {scaled, beside, rows};
    }
  }
  if (from_afar && !symbol_.isEmpty() && linesOf(fontMetrics()) >= 2)
    return {font(), {}, {fontMetrics().elidedText(short_name_, Qt::ElideRight, most)}};
  const int left = most - (symbol_.isEmpty() ? 0 : symbolWidth(symbol_, font()) + padOf(room));
  const auto cut = fontMetrics().elidedText(short_name_, Qt::ElideRight, left);
  const bool named = cut.size() > 1 || symbol_.isEmpty();  // more than the dots of what was left out
  return {font(), named ? cut : QString(), {}};
}

QString PictureTile::shownName() const {
  const auto label = labelIn(place().size());
  return (label.beside + QLatin1Char(' ') + label.below.join(QLatin1Char(' '))).trimmed();
}

QFont PictureTile::labelFont() const {
  return labelIn(place().size()).font;
}

void PictureTile::paintLabel(QPainter& painter, const QRect& place) const {
  if (symbol_.isEmpty() && name_.isEmpty()) return;
  const auto label = labelIn(place.size());
  const QFontMetrics metrics(label.font);
  const int margin = marginOf(place.size()), pad = padOf(place.size());
  const int of_symbol = symbol_.isEmpty() ? 0 : symbolWidth(symbol_, label.font);
  const int gap = symbol_.isEmpty() || label.beside.isEmpty() ? 0 : pad;
  int width = of_symbol + gap + metrics.horizontalAdvance(label.beside);
  for (const auto& row : label.below) width = std::max(width, metrics.horizontalAdvance(row));
  width += 2 * pad;
  const int height = static_cast<int>(1 + label.below.size()) * metrics.height() + 2 * kLabelPadY;
  const QRect box(place.topLeft() + QPoint(margin, margin), QSize(std::min(width, place.width() - 2 * margin), height));
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour_);
  painter.drawRoundedRect(box, 4, 4);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(Qt::white);
  painter.setFont(label.font);
  const QRect line(box.left() + pad, box.top() + kLabelPadY, box.width() - pad, metrics.height());
  painter.drawText(line.adjusted(of_symbol + gap, 0, 0, 0), Qt::AlignVCenter, label.beside);
  for (int i = 0; i < label.below.size(); ++i)
    painter.drawText(line.translated(0, (i + 1) * metrics.height()), Qt::AlignVCenter, label.below[i]);
  painter.setFont(italic(label.font));  // as in the algorithm
  painter.drawText(line, Qt::AlignVCenter, symbol_);
  painter.setFont(font());
}

StepTiles::StepTiles(QWidget* parent) : Zoomable(parent) {
  for (int i = 0; i < kStepPictures; ++i) {
    const auto which = static_cast<StepPicture>(i);
    auto* tile = new PictureTile(tileColour(which), this);
    connect(tile, &QAbstractButton::clicked, this, [this, which] { enlarge(which); });
    tile->installEventFilter(this);
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
    for (auto* each : tiles_) each->setShape(shape_);
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

int StepTiles::widthFor(int height, QSize shape) {
  const auto each = QSizeF(shape).scaled(QWIDGETSIZE_MAX, (height - kGap) / 2.0, Qt::KeepAspectRatio);
  return kColumns * qRound(each.width()) + (kColumns - 1) * kGap;
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
  if (event->key() == Qt::Key_Escape && enlarged_) return showAll();
  if (event->key() == Qt::Key_Escape && zoom() > 1.0) return fit();
  if (!obeyKey(*event)) QWidget::keyPressEvent(event);
}

void StepTiles::setPart(QRectF part) {
  part.moveLeft(std::clamp(part.left(), 0.0, 1.0 - part.width()));
  part.moveTop(std::clamp(part.top(), 0.0, 1.0 - part.height()));
  part_ = part;
  for (auto* tile : tiles_) tile->setPart(part_);
}

QPointF StepTiles::shareAt(const PictureTile& tile, QPointF point) const {
  const QRectF place = tile.place();
  return {part_.left() + part_.width() * (point.x() - place.left()) / place.width(),
          part_.top() + part_.height() * (point.y() - place.top()) / place.height()};
}

void StepTiles::zoomAt(double zoom, QPointF share) {
  const double side = 1.0 / std::clamp(zoom, 1.0, kLargestZoom), by = side / part_.width();
  setPart({share.x() - by * (share.x() - part_.left()), share.y() - by * (share.y() - part_.top()), side, side});
}

void StepTiles::fit() {
  setPart({0, 0, 1, 1});
}

void StepTiles::actualSize() {
  const auto& picture = front()->picture();
  if (!picture.isNull()) zoomAt(picture.width() / (front()->place().width() * devicePixelRatioF()), part_.center());
}

void StepTiles::zoomIn() {
  zoomAt(zoom() * kZoomStep, part_.center());
}

void StepTiles::zoomOut() {
  zoomAt(zoom() / kZoomStep, part_.center());
}

void StepTiles::panBy(QPointF way) {
  const auto size = front()->place().size();
  setPart(part_.translated(-way.x() / size.width() * part_.width(), -way.y() / size.height() * part_.height()));
}

/// The wheel over a tile zooms, drags pan where there is something to pan; what remains are its clicks.
bool StepTiles::eventFilter(QObject* object, QEvent* event) {
  auto* tile = static_cast<PictureTile*>(object);
  const auto point = [&] { return static_cast<QMouseEvent*>(event)->position(); };
  switch (event->type()) {
    case QEvent::Wheel: {
      const auto& wheel = *static_cast<QWheelEvent*>(event);
      if (wheel.angleDelta().y() != 0) zoomAt(zoomAfterWheel(zoom(), wheel), shareAt(*tile, wheel.position()));
      event->accept();
      return true;
    }
    case QEvent::MouseButtonPress:
      pressed_ = static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton;
      dragged_ = false;
      press_point_ = last_point_ = point();
      break;
    case QEvent::MouseMove:
      if (!pressed_ || zoom() <= 1.0) break;
      dragged_ = dragged_ || isDrag(press_point_, point());
      if (!dragged_) break;
      panBy(point() - std::exchange(last_point_, point()));
      return true;
    case QEvent::MouseButtonRelease:
      pressed_ = false;
      if (!std::exchange(dragged_, false)) break;
      tile->setDown(false);
      return true;
    case QEvent::KeyPress: {
      const auto& key = *static_cast<QKeyEvent*>(event);
      const bool arrow = key.key() >= Qt::Key_Left && key.key() <= Qt::Key_Down;
      if (arrow && zoom() > 1.0) return obeyKey(key);
      break;
    }
    default:
      break;
  }
  return QWidget::eventFilter(object, event);
}

}  // namespace p2l::ui
