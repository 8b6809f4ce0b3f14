// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_actions.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>
#include <tuple>

#include "ui/canvas/canvas_presenter.h"
#include "ui/document/run_model.h"
#include "ui/language/language.h"
#include "ui/run/run_bar.h"
#include "ui/style/icons.h"
#include "ui/window/shortcut_sheet.h"

namespace p2l::ui {
namespace {

/// The platform's keys for a standard action, or the usual ones where the platform has none.
QKeySequence keysOf(QKeySequence::StandardKey standard, const QKeySequence& fallback) {
  const auto bound = QKeySequence::keyBindings(standard);
  return bound.isEmpty() ? fallback : bound.first();
}

}  // namespace

QAction* MainActions::add(QMenu* menu, const QString& text, const QKeySequence& keys, const QString& help) {
  auto* action = menu->addAction(text);
  action->setShortcut(keys);
  action->setToolTip(help);
  action->setStatusTip(help);
  all_.append(action);
  return action;
}

MainActions::MainActions(QMainWindow* window, RunBar* run_bar, QUndoStack* undo_stack)
    : QObject(window), window_(window) {
  buildFile();
  buildEditAndRun(run_bar, undo_stack);
  buildView();
  buildHelp();
  window->menuBar()->hide();  // the menus are behind the button in the bar
  window->addActions(all_);   // a hidden menu bar's shortcuts would be dead
  connectOwn();
}

QMenu* MainActions::addMenu(const QString& title) {
  menus_ << window_->menuBar()->addMenu(title);
  return menus_.last();
}

QList<QAction*> MainActions::saving() const {
  return {save_result, save_measurement, exports->menuAction()};
}

void MainActions::buildFile() {
  file_ = addMenu(tr("&File"));
  open = add(file_, tr("&Open photo…"), keysOf(QKeySequence::Open, Qt::CTRL | Qt::Key_O), tr("Open a photo"));
  recent = file_->addMenu(tr("Open recen&t"));
  file_->addSeparator();
  save_result = add(file_, tr("&Save result as…"), keysOf(QKeySequence::Save, Qt::CTRL | Qt::Key_S),
                    tr("Save the restored picture with its request inside"));
  save_measurement = add(file_, tr("Save &measurement as…"), Qt::CTRL | Qt::SHIFT | Qt::Key_M,
                         tr("Save what the restoration works from"));
  exports = file_->addMenu(tr("E&xport"));
  export_sheet = add(exports, tr("Co&ntact sheet…"), {}, tr("Measurement, steps and result on one page"));
  export_animation = add(exports, tr("&Animation…"), {}, tr("The steps as an animated WebP"));
  export_csv = add(exports, tr("Curves as &CSV…"), {}, tr("The numbers of every step"));
  export_pdf = add(exports, tr("Curves as P&DF…"), {}, tr("The plots as vector graphics"));
  save_embedding =
      add(exports, tr("&Tuned embedding…"), {}, tr("The text embedding after the run: for other runs and p2l sample"));
  file_->addSeparator();
  open_embedding =
      add(file_, tr("Start from &embedding…"), {}, tr("Start from a saved tuned embedding instead of a text"));
  keep_exif = add(file_, tr("Save with date, camera and p&lace"), {},
                  tr("Put the photo's EXIF data into pictures that are saved"));
  keep_exif->setCheckable(true);
  keep_exif->setChecked(true);
  file_->addSeparator();
  quit = add(file_, tr("&Quit"), keysOf(QKeySequence::Quit, Qt::CTRL | Qt::Key_Q), tr("Quit the program"));
  quit->setMenuRole(QAction::QuitRole);
}

void MainActions::buildEditAndRun(RunBar* run_bar, QUndoStack* undo_stack) {
  edit_ = addMenu(tr("&Edit"));
  undo = undo_stack->createUndoAction(this, tr("&Undo"));
  undo->setShortcut(keysOf(QKeySequence::Undo, Qt::CTRL | Qt::Key_Z));
  redo = undo_stack->createRedoAction(this, tr("&Redo"));
  auto redo_keys = QKeySequence::keyBindings(QKeySequence::Redo);
  for (const QKeySequence& keys :
       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)}) {
    if (!redo_keys.contains(keys)) redo_keys << keys;  // people know the one or the other
  }
  redo->setShortcuts(redo_keys);
  undo->setProperty(ShortcutSheet::kName, tr("&Undo"));
  redo->setProperty(ShortcutSheet::kName, tr("&Redo"));
  edit_->addActions({undo, redo});
  all_ << undo << redo;
  edit_->addSeparator();
  paste = add(edit_, tr("&Paste photo"), keysOf(QKeySequence::Paste, Qt::CTRL | Qt::Key_V),
              tr("Take the picture from the clipboard"));
  edit_->addSeparator();
  paint_mask = add(edit_, tr("Paint &mask"), Qt::Key_M, tr("Paint missing pixels on the picture"));
  paint_mask->setCheckable(true);
  edit_->addSeparator();
  crop = add(edit_, tr("&Crop…"), Qt::Key_C, tr("Restore only a part of the photo: drag its rectangle"));
  crop->setIconText(tr("Crop"));
  crop->setCheckable(true);
  reset_crop = add(edit_, tr("R&eset crop"), Qt::SHIFT | Qt::Key_C, tr("Restore the whole photo again"));

  run_ = addMenu(tr("&Run"));
  for (auto* action : {run_bar->runAction(), run_bar->pauseAction(), run_bar->stepAction(), run_bar->stopAction()}) {
    run_->addAction(action);
    all_.append(action);
  }

  try_part = add(run_, tr("&Try on a part…"), Qt::CTRL | Qt::Key_F5,
                 tr("Drag a rectangle: it alone is restored, quickly, and shown in its place (Ctrl+F5)"));
  try_part->setIcon(glyphIcon(Glyph::Part));
  try_part->setIconText(tr("Try on a part"));
  try_part->setCheckable(true);
  run_->addSeparator();
  compare_solvers = add(run_, tr("&Compare solvers…"), Qt::SHIFT | Qt::Key_F5,
                        tr("Compare solvers on the same measurement, mask and seed"));
  compare_ladder = add(run_, tr("From &LDPS to P2L…"), {},
                       tr("P2L's parts switched on one after the other: LDPS, the projection, the tuned prompt"));

  model_menu = addMenu(tr("&Model"));
  models = add(model_menu, tr("&Models…"), Qt::CTRL | Qt::Key_L, tr("Add and choose models, and set how they compute"));
}

void MainActions::buildView() {
  auto* view = addMenu(tr("&View"));
  pages = new QActionGroup(this);
  const std::tuple<QString, QString, QKeySequence> names[] = {
      {tr("Restore"), tr("A photo of one's own, and a few controls"), Qt::Key_F2},
      {tr("Lab"), tr("Every parameter and curve"), Qt::Key_F3},
      {tr("Compare"), tr("Solvers against each other"), Qt::Key_F8},
      {tr("Learn"), tr("How a restoration works, line by line"), Qt::Key_F12}};
  for (const auto& [text, help, keys] : names) {
    auto* action = add(view, text, keys, help);
    action->setCheckable(true);
    action->setData(static_cast<int>(pages->actions().size()));
    pages->addAction(action);
  }
  view->addSeparator();
  buildViewModes(view->addMenu(tr("Before and &after")));
  buildZoom(view->addMenu(tr("&Zoom")));
  buildPanels(view->addMenu(tr("&Panels")));
  live = add(view, tr("Li&ve preview"), Qt::CTRL | Qt::SHIFT | Qt::Key_P,
             tr("While settings change, a part of the photo follows: by what the measurement alone says, and by a few "
                "steps where the model is quick"));
  live->setIconText(tr("Live"));
  live->setCheckable(true);
  view->addSeparator();
  figures =
      add(view, tr("Fi&gures of the paper…"), {}, tr("The paper's figures, drawn from this photo and its settings"));
  view->addSeparator();
  theme = new QActionGroup(this);
  auto* themes = view->addMenu(tr("&Theme"));
  for (const auto& [text, value] :
       {std::pair{tr("As the &system"), Theme::System}, {tr("&Light"), Theme::Light}, {tr("&Dark"), Theme::Dark}}) {
    auto* action = add(themes, text, {}, tr("Colours of the window"));
    action->setCheckable(true);
    action->setData(static_cast<int>(value));
    theme->addAction(action);
  }
  buildLanguages(view);
  full_screen = add(view, tr("Full scr&een"), keysOf(QKeySequence::FullScreen, Qt::Key_F11), tr("Fill the screen"));
  full_screen->setCheckable(true);
}

void MainActions::buildZoom(QMenu* zoom) {
  fit = add(zoom, tr("Fit the &window"), Qt::CTRL | Qt::Key_0, tr("The whole picture"));
  actual_size = add(zoom, tr("&Actual size"), Qt::CTRL | Qt::Key_1, tr("One picture pixel per screen pixel"));
  zoom_in = add(zoom, tr("Zoom &in"), keysOf(QKeySequence::ZoomIn, Qt::CTRL | Qt::Key_Plus), tr("Larger"));
  zoom_out = add(zoom, tr("Zoom o&ut"), keysOf(QKeySequence::ZoomOut, Qt::CTRL | Qt::Key_Minus), tr("Smaller"));
}

void MainActions::buildPanels(QMenu* panels) {
  curves = add(panels, tr("&Curves"), Qt::Key_F4, tr("The run's numbers over its steps"));
  log = add(panels, tr("&Log"), Qt::CTRL | Qt::SHIFT | Qt::Key_L, tr("What has happened"));
  menu_bar = add(panels, tr("&Menu bar"), Qt::CTRL | Qt::Key_M, tr("Show the menus in a bar, too"));
  panels->addSeparator();
  photo_only = add(panels, tr("&Photo only"), Qt::CTRL | Qt::Key_Tab, tr("Hide all but the photo; again: show it"));
  for (auto* action : {photo_only, curves, log, menu_bar}) action->setCheckable(true);
}

void MainActions::buildLanguages(QMenu* view) {
  language = new QActionGroup(this);
  auto* languages = view->addMenu(tr("La&nguage"));
  for (const auto& id : QStringList{QString()} + languageIds()) {
    auto* action =
        add(languages, id.isEmpty() ? tr("As the &system") : languageName(id), {}, tr("Language of the window"));
    action->setCheckable(true);
    action->setData(id);
    action->setChecked(id == chosenLanguage());
    language->addAction(action);
  }
}

void MainActions::buildViewModes(QMenu* menu) {
  compare = new QActionGroup(this);
  const std::pair<QString, ImageCanvas::CompareMode> modes[] = {
      {tr("&Split"), ImageCanvas::CompareMode::Split},
      {tr("Side &by side"), ImageCanvas::CompareMode::SideBySide},
      {tr("&Result only"), ImageCanvas::CompareMode::AfterOnly},
      {tr("Be&fore only"), ImageCanvas::CompareMode::BeforeOnly},
      {tr("Flic&ker"), ImageCanvas::CompareMode::Flicker},
      {tr("&Difference"), ImageCanvas::CompareMode::Difference}};
  int number = 0;
  for (const auto& [text, mode] : modes) {
    auto* action = add(menu, text, QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + number++)),
                       tr("How to show before and after"));
    action->setCheckable(true);
    action->setData(QVariant::fromValue(mode));
    compare->addAction(action);
  }
  compare->actions().first()->setChecked(true);
  menu->addSeparator();
  before = new QActionGroup(this);
  for (const auto kind : {RunModel::Before::Measurement, RunModel::Before::Original}) {
    const auto name = CanvasPresenter::beforeText(Mode::Restore, kind == RunModel::Before::Original);
    auto* action = add(menu, tr("Before: %1").arg(name), {}, tr("What the left side shows"));
    action->setCheckable(true);
    action->setData(static_cast<int>(kind));
    before->addAction(action);
  }
  before->actions().first()->setChecked(true);
}

void MainActions::buildHelp() {
  auto* help = addMenu(tr("&Help"));
  shortcuts = add(help, tr("&Shortcuts"), Qt::Key_Question, tr("All keys"));
  shortcuts->setShortcuts({QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_F1)});
  diagnostics = add(help, tr("Copy &diagnostics"), {}, tr("Versions, device and model, for a problem report"));
  about = add(help, tr("&About P2L Studio"), {}, tr("Version and licences"));
  about->setMenuRole(QAction::AboutRole);
}

void MainActions::setTheme(Theme value) {
  for (auto* action : theme->actions()) action->setChecked(action->data().toInt() == static_cast<int>(value));
}

}  // namespace p2l::ui
