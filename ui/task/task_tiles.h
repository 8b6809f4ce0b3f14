// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <string>

#include "core/api/catalogue.h"

class QGridLayout;
class QToolButton;

namespace p2l::ui {

/// "What happened to the photo?" as cards with an icon, the usual damages first; the others are in a menu below them.
class TaskTiles : public QWidget {
  Q_OBJECT
 public:
  /// Beside: a narrow column of icons alone.
  enum class Shape { Cards, Icons };

  /// `catalogue` outlives the widget.
  explicit TaskTiles(const Catalogue& catalogue, Shape shape = Shape::Cards, QWidget* parent = nullptr);

  void setCurrent(const std::string& degradation);
  /// The tile of a degradation; the button of the menu for those without one.
  QToolButton* tileOf(const std::string& degradation) const;

 signals:
  /// A person chose this degradation.
  void chosen(const QString& degradation);

 private:
  struct Tile {
    std::string id;
    std::string also;  ///< it stands for this one, too; empty: for no other
    QToolButton* button;
  };
  QToolButton* makeTile(const QString& text, const QString& tip);
  void fillMenu();

  const Catalogue& catalogue_;
  Shape shape_;
  std::vector<Tile> tiles_;
  QToolButton* more_ = nullptr;
};

}  // namespace p2l::ui
