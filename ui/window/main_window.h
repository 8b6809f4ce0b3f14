// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include "ui/document/run_model.h"

class QStackedWidget;

namespace p2l::ui {

class Bench;
class CanvasBar;
class ComparePage;
class CompareRunBar;
class CompareSession;
enum class CompareSet;
class CurvesPlot;
class DegradationPanel;
class DetailBlend;
class FileDesk;
class HistoryLink;
class ImageCanvas;
class LivePreview;
class LearnPage;
class MainActions;
class MessageBar;
class ModelDesk;
class PhotoTools;
class QualityRow;
class ResultSummary;
class RunBar;
class SolverPanel;
class StatusLine;
class StepTimeline;
class TabOrder;
class TaskColumn;
class TopBar;
class UndoPlaces;

/// The studio's window: composes the views of the document on its pages.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  enum class Page { Restore, Lab, Compare, Learn };
  static constexpr QSize kSmallest{640, 480};

  /// The catalogue is copied.
  explicit MainWindow(const Catalogue& catalogue, QWidget* parent = nullptr);
  ~MainWindow() override;

  RunModel* document() const { return document_; }
  FileDesk* files() const { return files_; }
  CompareSession* compare() const { return compare_; }
  /// Null until its page was shown once.
  ComparePage* comparePage() const { return compare_page_; }
  CompareRunBar* compareBar() const { return compare_bar_; }
  /// Null until its page was shown once.
  LearnPage* learnPage() const { return learn_page_; }
  MessageBar* messages() const { return messages_; }
  ModelDesk* models() const { return models_; }
  LivePreview* livePreview() const { return live_; }
  MainActions* actions() const { return actions_; }
  PhotoTools* photoTools() const { return photo_tools_; }
  /// The widgets, for tests.
  struct Widgets {
    ImageCanvas* canvas;
    CurvesPlot* curves;
    StepTimeline* timeline;
    RunBar* bar;
    DegradationPanel* degradation;
    SolverPanel* solver;
    QualityRow* quality;
    TaskColumn* column;
    CanvasBar* canvas_bar;
    Bench* bench;
    TopBar* top;
    StatusLine* status;
    HistoryLink* history;
  };
  const Widgets& widgets() const { return widgets_; }
  const Catalogue& catalogue() const { return catalogue_; }
  QString summary() const;
  Page page() const { return page_; }
  /// Opens a photo (the sample photo when the path is empty) and offers what an earlier session left unsaved.
  void start(const QString& photo);

 public slots:
  void showPage(p2l::ui::MainWindow::Page page);
  /// Shows it because a person wants to go there and no more: a step of undo.
  void turnTo(p2l::ui::MainWindow::Page page);
  void showCompare(CompareSet set);
  /// A page that has the messages, in place of one that has none of them.
  void showMessages();
  /// Hides all but the photo, or shows it again.
  void setPhotoOnly(bool only);
  /// Presets of one's own have changed on the disk.
  void reloadPresets();
  /// What else is at work, in the title; empty: nothing.
  void setTitlePart(const QString& part);
  /// The project that the document is of, in the title; empty: none. `changed`: since it was saved.
  void setProject(const QString& path, bool changed);

 signals:
  /// The document is a lesson's, or the person's own again.
  void lessonOpened(bool open);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void buildViews();
  void buildBench();
  void buildPages();
  void buildComparison();
  void buildLearn();
  void connectViews();
  void connectMessages();
  void connectActions();
  /// Undo and redo on another page do not change the comparison in progress: they lead to it and say so.
  void guardComparison();
  void changePage(Page page, bool alone);
  /// The lesson that is open, or was left and comes back with its page.
  bool hasLesson() const;
  void askEmbedding();
  void restoreSettings();
  void showTitle();

  Catalogue catalogue_;
  QString title_part_, project_;  ///< in the title
  RunModel* document_;
  MessageBar* messages_ = nullptr;
  ResultSummary* summary_ = nullptr;
  Widgets widgets_{};
  FileDesk* files_ = nullptr;
  ModelDesk* models_ = nullptr;
  LivePreview* live_ = nullptr;
  TabOrder* order_ = nullptr;  ///< of the pages
  DetailBlend* detail_ = nullptr;
  CompareSession* compare_ = nullptr;
  CompareRunBar* compare_bar_ = nullptr;
  ComparePage* compare_page_ = nullptr;
  LearnPage* learn_page_ = nullptr;
  QWidget* compare_scroller_ = nullptr;
  MainActions* actions_ = nullptr;
  PhotoTools* photo_tools_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  UndoPlaces* places_ = nullptr;
  Page page_ = Page::Restore;
};

}  // namespace p2l::ui
