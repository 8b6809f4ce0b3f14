// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include "core/types/time_plan.h"
#include "ui/run/run_session.h"

class QDockWidget;
class QLabel;

namespace p2l::ui {

class CompareSession;
class CompareWindow;
enum class CompareSet;
class FileDesk;
class ImageCanvas;
class MainActions;
class MessageBar;
class ModelDesk;
class PastRunsPanel;

/// The studio's window: composes the widgets and connects them. What a run is about is RunSession's, files are
/// FileDesk's.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  /// The catalogue is copied.
  explicit MainWindow(const Catalogue& catalogue, QWidget* parent = nullptr);
  ~MainWindow() override;

  RunSession* session() const { return session_; }
  FileDesk* files() const { return files_; }
  CompareSession* compare() const { return compare_; }
  /// Null until it was shown once.
  CompareWindow* compareWindow() const { return compare_window_; }
  MessageBar* messages() const { return messages_; }
  ModelDesk* models() const { return models_; }
  MainActions* actions() const { return actions_; }
  /// The widgets, for tests.
  const RunSession::Widgets& widgets() const { return widgets_; }
  QString summary() const;
  /// Opens a photo (the sample photo when the path is empty) and offers what an earlier session left unsaved.
  void start(const QString& photo);

 public slots:
  void modelLoaded(const p2l::ModelInfo& model, double seconds);
  void modelFailed(const QString& sentence);
  void networksTimed(const p2l::ModelInfo& model, const p2l::NetworkTimes& times);
  void showCompareWindow(CompareSet set);

 signals:
  void modelRequested(const QString& name_or_folder, const QString& device, const p2l::ModelOptions& options);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void buildCentre();
  void buildDocks();
  QDockWidget* addDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area);
  void connectRun();
  QString noResultText() const;
  void connectView();
  void connectHelp();
  void connectFiles();
  void askEmbedding();
  void restoreSettings();
  void showRecent();
  void showTitle();
  void showPixel(QPoint pixel, const QColor& before, const QColor& after);

  const Catalogue catalogue_;
  ImageCanvas* canvas_ = nullptr;
  MessageBar* messages_ = nullptr;
  QLabel* summary_ = nullptr;
  QLabel* pixel_ = nullptr;
  RunSession::Widgets widgets_{};
  RunSession* session_ = nullptr;
  FileDesk* files_ = nullptr;
  ModelDesk* models_ = nullptr;
  PastRunsPanel* past_runs_ = nullptr;
  QDockWidget* curves_dock_ = nullptr;
  CompareSession* compare_ = nullptr;
  CompareWindow* compare_window_ = nullptr;
  MainActions* actions_ = nullptr;
  QByteArray first_layout_;
  ModelInfo model_;
  QString model_problem_;
};

}  // namespace p2l::ui
