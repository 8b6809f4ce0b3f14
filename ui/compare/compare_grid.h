// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;

namespace p2l::ui {

class ImageCanvas;

/// Canvases side by side that zoom and pan together, until they are unlinked.
class CompareGrid : public QWidget {
  Q_OBJECT
 public:
  explicit CompareGrid(QWidget* parent = nullptr);

  /// So many new, empty canvases; 0: a sentence instead.
  void setCount(int count);
  int count() const { return static_cast<int>(canvases_.size()); }
  ImageCanvas* canvas(int index) const { return canvases_[index]; }
  void setEmptyText(const QString& text);

 public slots:
  /// Linking again shows everywhere what the first one shows.
  void setLinked(bool linked);
  void fit();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange();
  void follow(const ImageCanvas* moved);

  QGridLayout* grid_;
  QLabel* empty_;
  std::vector<ImageCanvas*> canvases_;
  int columns_ = 0;
  bool linked_ = true;
};

}  // namespace p2l::ui
