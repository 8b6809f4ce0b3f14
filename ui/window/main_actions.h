// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/canvas/image_canvas.h"
#include "ui/style/theme.h"

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;
class QUndoStack;

namespace p2l::ui {

class DocumentDesk;
class FileDesk;
class RunBar;
class RunModel;

/// The window's menus and shortcuts.
class MainActions : public QObject {
  Q_OBJECT
 public:
  MainActions(QMainWindow* window, RunBar* run_bar, QUndoStack* undo_stack);

  /// What the actions do is done by these.
  void connectTo(RunModel* model);
  void connectTo(ImageCanvas* canvas);
  void connectTo(FileDesk* files);
  /// Puts the desk's actions into the menus where people look for them: projects in File, the queue in Run.
  void addDesk(const DocumentDesk& desk);

  QAction *open, *paste, *save_result, *save_measurement, *export_csv, *export_pdf, *export_sheet, *export_animation,
      *save_embedding, *open_embedding, *keep_exif, *quit;
  QMenu *recent, *exports, *model_menu;
  QActionGroup *compare, *before, *theme, *language, *pages;
  QAction *undo, *redo, *crop, *reset_crop, *try_part;
  QAction *paint_mask, *compare_solvers, *compare_ladder, *models;
  QAction *fit, *actual_size, *zoom_in, *zoom_out, *full_screen, *photo_only, *curves, *log, *menu_bar, *live;
  QAction *figures, *shortcuts, *about, *diagnostics;

  void setTheme(Theme theme);
  /// The menus in their order.
  QList<QMenu*> menus() const { return menus_; }
  /// What the button Save offers.
  QList<QAction*> saving() const;

 private:
  void connectOwn();
  void buildFile();
  void buildEditAndRun(RunBar* run_bar, QUndoStack* undo_stack);
  void buildView();
  void buildLanguages(QMenu* view);
  void buildViewModes(QMenu* menu);
  void buildZoom(QMenu* zoom);
  void buildPanels(QMenu* panels);
  void buildHelp();
  QMenu* addMenu(const QString& title);
  QAction* add(QMenu* menu, const QString& text, const QKeySequence& keys, const QString& help);
  QMainWindow* window_;
  QMenu *file_ = nullptr, *edit_ = nullptr, *run_ = nullptr;
  QList<QAction*> all_;
  QList<QMenu*> menus_;
};

}  // namespace p2l::ui
