// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/theme.h"

#include <QApplication>
#include <QStyle>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/style/studio_style.h"

namespace p2l::ui {

namespace {

/// The roles a theme chooses; everything else is derived. Text pairs have a contrast of at least 4.5, also when
/// selected; what is disabled at least 3.
struct Colours {
  QColor window, base, alternate, button, text, disabled, placeholder, highlight, highlighted_text, link, visited,
      tool_tip, tool_tip_text, light, midlight, mid, dark, shadow;
};

// The accent is one hue (blue, 214 degrees): as a ground under white, and lighter or darker as a line or a text.
const Colours kLight{"#f4f5f7", "#ffffff", "#f0f2f5", "#e9ebee", "#1d2025", "#757b85", "#5b626c", "#1866c7", "#ffffff",
                     "#1866c7", "#7a3ea8", "#2b2f36", "#f4f5f7", "#ffffff", "#f7f8f9", "#c5c9d0", "#9aa0a9", "#6b7078"};
const Colours kDark{"#26282b", "#202225", "#25272b", "#3a3e43", "#e6e7e9", "#8e949c", "#a5abb3", "#2f6fc4", "#ffffff",
                    "#6fb0ff", "#c9a2f2", "#0f1012", "#e6e7e9", "#4d5159", "#3e4249", "#4a4f56", "#16171a", "#0b0c0d"};

const StudioColours kLightStudio{"#ffffff", "#d9dce1", "#1866c7", "#dfe2e6", "#1f8a4c", "#8f5a00"};
const StudioColours kDarkStudio{"#2e3135", "#3b3f44", "#4c9aff", "#1b1c1e", "#52c07a", "#e6a93a"};

QPalette paletteFrom(const Colours& c) {
  QPalette palette;
  palette.setColor(QPalette::Window, c.window);
  palette.setColor(QPalette::WindowText, c.text);
  palette.setColor(QPalette::Base, c.base);
  palette.setColor(QPalette::AlternateBase, c.alternate);
  palette.setColor(QPalette::Text, c.text);
  palette.setColor(QPalette::Button, c.button);
  palette.setColor(QPalette::ButtonText, c.text);
  palette.setColor(QPalette::BrightText, QColor("#ff5c57"));
  palette.setColor(QPalette::PlaceholderText, c.placeholder);
  palette.setColor(QPalette::Highlight, c.highlight);
  palette.setColor(QPalette::HighlightedText, c.highlighted_text);
  palette.setColor(QPalette::Link, c.link);
  palette.setColor(QPalette::LinkVisited, c.visited);
  palette.setColor(QPalette::ToolTipBase, c.tool_tip);
  palette.setColor(QPalette::ToolTipText, c.tool_tip_text);
  palette.setColor(QPalette::Light, c.light);
  palette.setColor(QPalette::Midlight, c.midlight);
  palette.setColor(QPalette::Mid, c.mid);
  palette.setColor(QPalette::Dark, c.dark);
  palette.setColor(QPalette::Shadow, c.shadow);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText})
    palette.setColor(QPalette::Disabled, role, c.disabled);
  palette.setColor(QPalette::Disabled, QPalette::Highlight, c.mid);
  palette.setColor(QPalette::Disabled, QPalette::HighlightedText, c.text);
  return palette;
}

bool desktopIsDark() {
  // Asked once: afterwards the application's palette is ours.
  static const bool dark = isDark(QGuiApplication::palette());
  return dark;
}

double linearFromSrgb(double v) {
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c) {
  return 0.2126 * linearFromSrgb(c.redF()) + 0.7152 * linearFromSrgb(c.greenF()) + 0.0722 * linearFromSrgb(c.blueF());
}

}  // namespace

double contrastRatio(const QColor& a, const QColor& b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

bool isDark(const QPalette& palette) {
  return luminance(palette.color(QPalette::Window)) < 0.2;
}

const StudioColours& studioColours(const QPalette& palette) {
  return isDark(palette) ? kDarkStudio : kLightStudio;
}

QPalette themePalette(Theme theme) {
  const bool dark = theme == Theme::Dark || (theme == Theme::System && desktopIsDark());
  return paletteFrom(dark ? kDark : kLight);
}

void applyTheme(QApplication& application, Theme theme) {
  desktopIsDark();
  const QPalette palette = themePalette(theme);
  if (qobject_cast<StudioStyle*>(application.style()) == nullptr) QApplication::setStyle(new StudioStyle);
  QApplication::setPalette(palette);
  QToolTip::setPalette(palette);
}

}  // namespace p2l::ui
