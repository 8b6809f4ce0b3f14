// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include "ui/document/run_model.h"

class QDockWidget;
class QLabel;

namespace p2l::ui {

class CompareSession;
class CompareWindow;
enum class CompareSet;
class CurvesPlot;
class DegradationPanel;
class FileDesk;
class ImageCanvas;
class MainActions;
class MessageBar;
class ModelDesk;
class RunBar;
class SolverPanel;
class StepTimeline;

/// The studio's window: composes the views of the document.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  /// The catalogue is copied.
  explicit MainWindow(const Catalogue& catalogue, QWidget* parent = nullptr);
  ~MainWindow() override;

  RunModel* document() const { return document_; }
  FileDesk* files() const { return files_; }
  CompareSession* compare() const { return compare_; }
  /// Null until it was shown once.
  CompareWindow* compareWindow() const { return compare_window_; }
  MessageBar* messages() const { return messages_; }
  ModelDesk* models() const { return models_; }
  MainActions* actions() const { return actions_; }
  /// The widgets, for tests.
  struct Widgets {
    ImageCanvas* canvas;
    CurvesPlot* curves;
    StepTimeline* timeline;
    RunBar* bar;
    DegradationPanel* degradation;
    SolverPanel* solver;
  };
  const Widgets& widgets() const { return widgets_; }
  QString summary() const;
  /// Opens a photo (the sample photo when the path is empty) and offers what an earlier session left unsaved.
  void start(const QString& photo);

 public slots:
  void showCompareWindow(CompareSet set);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QWidget* buildCentre();
  void buildDocks();
  QDockWidget* addDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area);
  void connectViews();
  void connectMessages();
  void connectActions();
  void askEmbedding();
  void restoreSettings();
  void showTitle();

  const Catalogue catalogue_;
  RunModel* document_;
  MessageBar* messages_ = nullptr;
  QLabel* summary_ = nullptr;
  Widgets widgets_{};
  FileDesk* files_ = nullptr;
  ModelDesk* models_ = nullptr;
  QDockWidget* curves_dock_ = nullptr;
  CompareSession* compare_ = nullptr;
  CompareWindow* compare_window_ = nullptr;
  MainActions* actions_ = nullptr;
  QByteArray first_layout_;
};

}  // namespace p2l::ui
