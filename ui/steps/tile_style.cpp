// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/steps/tile_style.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "ui/language/words.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr double kContrast = 4.5;  // of text
constexpr double kLit = 0.157;     // of a picture's colour in the ground of its line

using Symbols = std::vector<std::pair<QString, StepPicture>>;

/// Longer ones first: the first that fits is taken.
const Symbols& symbolsOf(ModelKind kind) {
  static const Symbols latent = {
      {QStringLiteral("D(ẑ₀)"), StepPicture::Estimate}, {QStringLiteral("ẑ₀"), StepPicture::Estimate},
      {QStringLiteral("x̂₀"), StepPicture::Projected},   {QStringLiteral("z̃₀"), StepPicture::Reencoded},
      {QStringLiteral("x₀"), StepPicture::Projected},   {QStringLiteral("z₀"), StepPicture::Reencoded},
      {QStringLiteral("∇"), StepPicture::Gradient},     {QStringLiteral("g"), StepPicture::Gradient}};
  static const Symbols pixel = {{QStringLiteral("x̂₀"), StepPicture::Estimate},
                                {QStringLiteral("x₀′"), StepPicture::Projected},
                                {QStringLiteral("∇"), StepPicture::Gradient},
                                {QStringLiteral("g"), StepPicture::Gradient}};
  return kind == ModelKind::Latent ? latent : pixel;
}

/// A letter of its own, not one of a word.
bool standsAlone(const QString& text, qsizetype at, qsizetype length) {
  const bool before = at > 0 && (text[at - 1].isLetter() || text[at - 1] == QLatin1Char('_'));
  const bool after = at + length < text.size() && text[at + length].isLetter();
  return !before && !after;
}

}  // namespace

QColor tileColour(StepPicture picture) {
  switch (picture) {
    case StepPicture::Estimate:
      return {0x1a, 0x66, 0xcc};
    case StepPicture::Gradient:
      return {0xb3, 0x50, 0x0c};
    case StepPicture::Projected:
      return {0x17, 0x7a, 0x42};
    case StepPicture::Reencoded:
      return {0x84, 0x48, 0xbd};
    case StepPicture::Noisy:
    case StepPicture::Next:
      break;
  }
  return {0x5a, 0x60, 0x6b};
}

QColor litGround(StepPicture picture, const QPalette& palette) {
  const auto panel = studioColours(palette).panel, colour = tileColour(picture);
  const auto part = [](int from, int to) { return static_cast<int>(std::lround(from + kLit * (to - from))); };
  return {part(panel.red(), colour.red()), part(panel.green(), colour.green()), part(panel.blue(), colour.blue())};
}

QColor tileInk(StepPicture picture, const QPalette& palette) {
  std::vector<QColor> grounds = {palette.color(QPalette::Window), studioColours(palette).panel};
  for (int i = 0; i < kStepPictures; ++i) grounds.push_back(litGround(static_cast<StepPicture>(i), palette));
  auto ink = tileColour(picture);
  const auto isReadable = [&](const QColor& ground) { return contrastRatio(ink, ground) >= kContrast; };
  while (!std::all_of(grounds.begin(), grounds.end(), isReadable)) {
    const auto next = isDark(palette) ? ink.lighter(106) : ink.darker(106);
    if (next == ink) break;
    ink = next;
  }
  return ink;
}

QString symbolHtml(const QString& symbol) {
  auto html = symbol.toHtmlEscaped();
  for (qsizetype at = html.indexOf(QLatin1String("_{")); at >= 0; at = html.indexOf(QLatin1String("_{"))) {
    const auto end = html.indexOf(QLatin1Char('}'), at);
    if (end < 0) break;
    html.replace(at, end - at + 1, QStringLiteral("<sub>%1</sub>").arg(html.mid(at + 2, end - at - 2)));
  }
  for (qsizetype at = html.indexOf(QLatin1Char('_')); at >= 0 && at + 1 < html.size();
       at = html.indexOf(QLatin1Char('_')))
    html.replace(at, 2, QStringLiteral("<sub>%1</sub>").arg(html[at + 1]));
  return html;
}

QString tileSymbol(StepPicture picture, ModelKind kind) {
  const bool latent = kind == ModelKind::Latent;
  switch (picture) {
    case StepPicture::Noisy:
      return latent ? QStringLiteral("z_t") : QStringLiteral("x_t");
    case StepPicture::Estimate:
      return latent ? QStringLiteral("D(ẑ₀)") : QStringLiteral("x̂₀");
    case StepPicture::Gradient:
      return QStringLiteral("∇");
    case StepPicture::Projected:
      return latent ? QStringLiteral("x̂₀") : QStringLiteral("x₀′");
    case StepPicture::Reencoded:
      return latent ? QStringLiteral("E(x̂₀)") : QStringLiteral("x₀′");
    case StepPicture::Next:
      return latent ? QStringLiteral("z_{t−1}") : QStringLiteral("x_{t−1}");
  }
  return {};
}

QString tileName(StepPicture picture) {
  switch (picture) {
    case StepPicture::Noisy:
      return tr("noisy state");
    case StepPicture::Estimate:
      return tr("estimate");
    case StepPicture::Gradient:
      return tr("gradient of the residual");
    case StepPicture::Projected:
      return tr("projected onto the data");
    case StepPicture::Reencoded:
      return tr("encoded again");
    case StepPicture::Next:
      return tr("the next step's");
  }
  return {};
}

QString tileShortName(StepPicture picture) {
  switch (picture) {
    case StepPicture::Gradient:
      return tr("gradient");
    case StepPicture::Projected:
      return tr("projected");
    case StepPicture::Reencoded:
      return tr("encoded");
    case StepPicture::Next:
      return tr("next");
    case StepPicture::Noisy:
      return tr("state");
    case StepPicture::Estimate:
      break;
  }
  return tileName(picture);
}

QString formulaHtml(const IterationLine& line, ModelKind kind, const QPalette& palette) {
  const auto text = QString::fromStdString(line.formula);
  QString html, plain;
  const auto flush = [&] {
    html += symbolHtml(plain);
    plain.clear();
  };
  for (qsizetype at = 0; at < text.size();) {
    const auto& symbols = symbolsOf(kind);
    bool found = false;
    for (const auto& [symbol, picture] : symbols) {
      const bool fits = text.mid(at, symbol.size()) == symbol &&
                        (symbol.size() > 1 || !symbol[0].isLetter() || standsAlone(text, at, symbol.size()));
      if (!fits) continue;
      flush();
      html +=
          QStringLiteral("<i style=\"color:%1\">%2</i>").arg(tileInk(picture, palette).name(), symbol.toHtmlEscaped());
      at += symbol.size();
      found = true;
      break;
    }
    if (!found) plain += text[at++];
  }
  flush();
  return html;
}

}  // namespace p2l::ui
