// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace p2l::ui {

class ImageCanvas;
class RunModel;
class Segmented;

/// Over the canvas: how before and after are shown, what stands before, the estimate or the noisy state, fit and
/// zoom.
class CanvasBar : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kHeight = 34;

  QSize minimumSizeHint() const override { return {300, kHeight}; }

  CanvasBar(RunModel* model, ImageCanvas* canvas, QWidget* parent = nullptr);

  Segmented* modes() const { return modes_; }
  QToolButton* before() const { return before_; }
  Segmented* pictures() const { return pictures_; }
  /// Shows an action that is on or off as a button, or in the menu of what has no room. `menu`: what can be set of it.
  void addSwitch(QAction* action, QMenu* menu = nullptr);
  /// Its menu has the views of one picture alone, and the switches that have no room.
  QToolButton* more() const { return more_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void buildModes();
  void buildBefore();
  void buildZoom();
  void buildMore();
  /// Parts give way where there is no room, the least needed first. Words are as wide as the language makes them.
  void showWhatFits();
  void showBefore();
  void showZoom();

  RunModel* model_;
  ImageCanvas* canvas_;
  Segmented* modes_ = nullptr;
  QLabel* before_title_ = nullptr;
  QToolButton* before_ = nullptr;
  QMenu* before_menu_ = nullptr;
  Segmented* pictures_ = nullptr;
  QToolButton* fit_ = nullptr;
  QLabel* zoom_ = nullptr;
  QHBoxLayout* extras_ = nullptr;  ///< the switches
  QList<QToolButton*> switches_;
  QToolButton* more_ = nullptr;
  QList<QAction*> alone_;  ///< the views of one picture
};

}  // namespace p2l::ui
