// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <memory>

#include "core/request/request.h"
#include "ui/base/background_work.h"

class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QFormLayout;
class QPushButton;

namespace p2l::ui {

class KernelCanvas;
class RunModel;
class SentenceLabel;

/// What blurred the photo: a straight movement, a Gaussian, a lens out of focus, a random way by its seed, one that is
/// drawn, or a picture from a file; shown as a picture while it is chosen.
class KernelDialog : public QDialog {
  Q_OBJECT
 public:
  explicit KernelDialog(RunModel* document, QWidget* parent = nullptr);

  /// What is chosen: the task with its values, and the kernel where it is a picture.
  RestoreRequest request() const;
  std::shared_ptr<const Image> kernel() const;
  void openKernel(const QString& path);
  void accept() override;

 private:
  enum Kind { Straight, Gaussian, Defocus, Path, Drawn, File };
  void buildRows(QFormLayout* form);
  QDoubleSpinBox* number(QFormLayout* form, const QString& label, double low, double high, double value,
                         const QString& unit, const QString& help);
  void takeFrom(const RestoreRequest& request, std::shared_ptr<const Image> kernel);
  void takePicture(const DegradationChoice& blur, std::shared_ptr<const Image> kernel);
  void kindChanged();
  void showKernel();
  void askFile();

  RunModel* document_;
  QComboBox* kind_ = nullptr;
  QFormLayout* form_ = nullptr;
  QDoubleSpinBox *length_, *angle_, *sigma_, *radius_, *intensity_, *seed_;
  KernelCanvas* canvas_ = nullptr;
  SentenceLabel* note_ = nullptr;
  QDialogButtonBox* buttons_ = nullptr;
  QPushButton* clear_ = nullptr;  ///< of the drawing
  std::shared_ptr<const Image> file_;
  QString file_name_;
  bool turned_ = false;  ///< DegradationChoice::kernel_turned of the file
  quint64 newest_ = 0;
  BackgroundWork work_;
};

}  // namespace p2l::ui
