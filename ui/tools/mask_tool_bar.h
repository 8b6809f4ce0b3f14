// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <utility>

#include "ui/document/mask_editor.h"

class QAction;
class QLabel;
class QSlider;
class QSpinBox;
class QVBoxLayout;

namespace p2l::ui {

/// Tools, brush size, invert, clear, import and export of a mask, and how much of the picture is missing.
class MaskToolBar : public QWidget {
  Q_OBJECT
 public:
  explicit MaskToolBar(MaskEditor* editor, QWidget* parent = nullptr);

  /// Asked before an export: a sentence where the file is needed for something else.
  void setSaveCheck(std::function<QString(const QString& path)> check) { save_check_ = std::move(check); }
  /// Without a dialog; false with a sentence.
  bool exportMask(const QString& path, QString* error);

 signals:
  /// A person chose a tool, be it the one that was chosen.
  void toolTaken();
  /// The mask is in a file.
  void exported(const QImage& mask);
  /// A person chose a picture to be the mask.
  void importAsked(const QString& path);
  /// A sentence for the status bar or a message box: an export that failed.
  void failed(const QString& message);

 private:
  void buildTools(QVBoxLayout* column);
  void buildSize(QVBoxLayout* column);
  void showSize(int pixels);
  void updateState();
  void askImport();
  void askExport();

  MaskEditor* editor_;
  std::function<QString(const QString& path)> save_check_;
  QList<QAction*> tool_actions_;
  QAction* invert_ = nullptr;
  QAction* clear_ = nullptr;
  QAction* import_ = nullptr;
  QAction* export_ = nullptr;
  QSlider* size_slider_ = nullptr;
  QSpinBox* size_box_ = nullptr;
  QLabel* fraction_ = nullptr;
};

}  // namespace p2l::ui
