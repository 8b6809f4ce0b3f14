// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/run_status.h"

#include <QPainter>
#include <cmath>

#include "ui/language/numbers.h"
#include "ui/style/studio_style.h"
#include "ui/style/theme.h"
#include "ui/widgets/clock_text.h"

namespace p2l::ui {
namespace {

constexpr int kWidth = 320, kSmallestWidth = 60, kLine = 3;

}  // namespace

RunStatus::RunStatus(QWidget* parent) : QProgressBar(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QString RunStatus::fitted(QString text, const QFontMetrics& metrics, int room) {
  const auto between = QStringLiteral(" · ");
  for (auto end = text.lastIndexOf(between); end > 0 && metrics.horizontalAdvance(text) > room;
       end = text.lastIndexOf(between))
    text.truncate(end);
  return metrics.elidedText(text, Qt::ElideRight, room);
}

void RunStatus::setWarning(bool warning) {
  warning_ = warning;
  update();
}

void RunStatus::showTimes(const QStringList& what, const RunTimes& times, const QString& narrow) {
  wide_ = what.value(0);
  narrow_ = narrow;
  auto parts = what;
  if (std::isfinite(times.left))
    parts << (times.longer ? tr("at least %1 left") : tr("%1 left")).arg(clockText(times.left));
  if (std::isfinite(times.elapsed)) parts << clockText(times.elapsed);
  if (std::isfinite(times.a_step)) parts << tr("%1 s/step").arg(numberText(times.a_step, 2));
  const auto text = [&] { return parts.join(QStringLiteral(" · ")); };
  const auto room = width() - 2 * fontMetrics().averageCharWidth();
  while (parts.size() > what.size() && fontMetrics().horizontalAdvance(text()) > room) parts.removeLast();
  setFormat(text());
}

QString RunStatus::shownText() const {
  const bool cut = fontMetrics().horizontalAdvance(wide_) > width();
  const bool narrow = !narrow_.isEmpty() && format().startsWith(wide_) && cut;
  return fitted(narrow ? narrow_ : format(), fontMetrics(), width());
}

QString RunStatus::titlePart(int percent, double left, bool paused, double a_step) {
  auto part = tr("%1 %").arg(percent);
  if (std::isfinite(left)) part = tr("%1, %2 left").arg(part, clockText(left));
  if (std::isfinite(a_step))
    part += QStringLiteral(", ") + tr("%1 s/step").arg(numberText(a_step, a_step < 1.0 ? 2 : 1));
  return paused ? tr("%1 (paused)").arg(part) : part;
}

QSize RunStatus::sizeHint() const {
  return {kWidth, StudioStyle::kControl};
}

QSize RunStatus::minimumSizeHint() const {
  return {kSmallestWidth, StudioStyle::kControl};
}

void RunStatus::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto& colours = studioColours(palette());
  painter.setPen(warning_ ? colours.warning : palette().color(QPalette::PlaceholderText));
  const auto shown = shownText();
  painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, shown);
  if (value() <= minimum() || value() >= maximum()) return;
  const double length = fontMetrics().horizontalAdvance(shown);
  const QRectF line(width() - length, height() - kLine - 0.5, length, kLine);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colours.line);
  painter.drawRoundedRect(line, kLine / 2.0, kLine / 2.0);
  painter.setBrush(colours.accent);
  const double share = double(value() - minimum()) / (maximum() - minimum());
  painter.drawRoundedRect(QRectF(line.left(), line.top(), line.width() * share, kLine), kLine / 2.0, kLine / 2.0);
}

}  // namespace p2l::ui
