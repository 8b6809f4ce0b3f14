// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include "ui/run_session.h"

class QDockWidget;
class QLabel;
class QUndoStack;

namespace p2l::ui {

class ImageCanvas;
class MainActions;
class MessageBar;

/// The studio's window: composes the widgets and connects them; what a run is about is RunSession's.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  /// The catalogue is copied.
  explicit MainWindow(const Catalogue& catalogue, QWidget* parent = nullptr);
  ~MainWindow() override;

  RunSession* session() const { return session_; }
  /// Opens a photo as Open, a drop and an argument do.
  void openPhoto(const QString& path);
  /// The photo of the first start: shown at 256 x 256, with Run ready.
  void openSample();
  /// The sentence in the bar above the canvas; empty when there is none.
  QString message() const;
  /// Writes the result without asking for a name.
  void saveResultTo(const QString& path);

 public slots:
  void modelLoaded(const p2l::ModelInfo& model, double seconds);
  void modelFailed(const QString& sentence);

 signals:
  void modelRequested(const QString& name_or_folder);
  void resultSaved(const QString& path);

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  void buildCentre();
  void buildDocks();
  void connectActions();
  void connectFiles();
  QDockWidget* addDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area,
                       bool scroll);
  void restoreSettings();
  void askOpen();
  void askSave(bool result);
  void photoOpened(std::shared_ptr<const OpenedPhoto> photo);
  void rememberRecent(const QString& path);
  void showRecent();
  void showTitle();
  void offerKeptResult();

  const Catalogue catalogue_;
  QUndoStack* undo_stack_;
  ImageCanvas* canvas_ = nullptr;
  MessageBar* messages_ = nullptr;
  QLabel* summary_ = nullptr;
  QLabel* pixel_ = nullptr;
  RunSession::Widgets widgets_{};
  RunSession* session_ = nullptr;
  MainActions* actions_ = nullptr;
  PhotoOpener* opener_ = nullptr;
  QByteArray first_layout_;
  ModelInfo model_;
  QString model_problem_;
};

}  // namespace p2l::ui
