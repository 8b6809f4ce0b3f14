// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QIcon>
#include <map>

#include "core/types/param_spec.h"
#include "ui/base/run_job.h"

class QDialogButtonBox;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace p2l::ui {

class FlowLayout;
class RunModel;
class SideRuns;

/// "Not sure?": a part of the photo restored at several widths of the blur, side by side, and at several angles where
/// it has one, which come first; a click chooses one. The present value is bold. The buttons at the ends of the widths,
/// and the keys - and +, lead to smaller and larger ones.
class WidthStrip : public QDialog {
  Q_OBJECT
 public:
  static constexpr int kCount = 5;
  static constexpr int kSide = 128;     ///< of the part, at most
  static constexpr int kPicture = 168;  ///< of what a tile shows, at least; a larger screen has room for more
  static constexpr int kLargest = 3 * kSide;
  static constexpr int kSteps = 8;

  /// The settings' blur must have a width: suits.
  WidthStrip(RunModel* document, SideRuns* runs, QWidget* parent = nullptr);
  ~WidthStrip() override;

  /// Whether the settings' blur has a width.
  static bool suits(const RunModel& document);
  std::vector<double> widths() const { return valuesOf(width_.key); }
  /// None where the blur has no angle.
  std::vector<double> angles() const { return angle_key_.empty() ? std::vector<double>() : valuesOf(angle_key_); }

 protected:
  /// Return presses what has the focus, a tile or the end of a row.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  /// A value that is tried.
  struct Try {
    std::string key;
    double value = 0.0;
    QString text;  ///< "2.83 px"
    QToolButton* tile = nullptr;
    quint64 id = 0;  ///< of its run
  };
  std::vector<double> valuesOf(const std::string& key) const;
  /// What is restored: the middle of what is worked on, in a few steps.
  void takePart();
  /// The value that the settings have.
  double valueOf(const ParamSpec& spec) const;
  /// `angle`: null, the blur has none.
  void addRows(QVBoxLayout* rows, const ParamSpec* angle);
  void fitToScreen();
  /// So large that all rows are seen whole, beside texts of this height and what is around the rows.
  int pictureSide(QSize room, int texts_height, int around) const;
  /// Of the part in a tile whose pictures have this longer side.
  QSize pictureSize(int side) const;
  void sizeTiles(int side);
  /// As large as a tile shows it; of a part of a few pixels each is a square.
  QPixmap enlarged(const QImage& part) const;
  FlowLayout* addRow(QVBoxLayout* column, const ParamSpec& spec, const std::vector<double>& values);
  QPushButton* makeEnd(int direction, QWidget* parent);
  /// The widths of the row as it stands.
  std::vector<double> widthsOfRow() const;
  /// To smaller widths, -1, or larger ones, 1. The one at that end stays, to compare the others with.
  void stepWidths(int direction);
  void showEnds();
  /// What its tile says, with the picture where it is made.
  void showTry(const ParamSpec& spec, int index, double value);
  void showPicture(int index, const QImage& picture);
  void start(int index);
  /// No picture came of it.
  void fail(int index, const QString& problem);
  void choose(int index);

  RunModel* document_;
  SideRuns* runs_;
  std::vector<Try> tries_;
  QList<FlowLayout*> flows_;  ///< of tiles, a row each
  QList<QLabel*> titles_;     ///< over them
  QPushButton *smaller_ = nullptr, *larger_ = nullptr;
  int first_ = 0;                  ///< of the row: the present width times kRatio to this power
  std::map<double, QImage> made_;  ///< by their widths
  QIcon waiting_;                  ///< of a tile until its picture comes
  int side_ = kPicture;            ///< of the pictures
  QLabel* note_;
  QDialogButtonBox* buttons_;
  RestoreRequest request_;
  ParamSpec width_;
  std::string angle_key_;
  JobPictures pictures_;
};

}  // namespace p2l::ui
