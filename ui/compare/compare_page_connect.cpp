// SPDX-License-Identifier: GPL-3.0-or-later
// Who follows whom on the page, what is dropped on it, and what is saved of it and repeated.
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QShortcut>
#include <QSpinBox>
#include <QToolButton>
#include <QUrl>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "core/archive/project.h"
#include "ui/base/dragged_runs.h"
#include "ui/compare/compare_chips.h"
#include "ui/compare/compare_lines.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/repeat_dialog.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/run_model.h"
#include "ui/run/compare_timeline.h"
#include "ui/tiles/compare_report.h"
#include "ui/widgets/file_filters.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented.h"

namespace p2l::ui {
namespace {

using Topic = MessageBar::Topic;
using Mode = CompareCanvas::Mode;

/// Files that are no projects.
QStringList picturesFrom(const QMimeData* data) {
  QStringList paths;
  for (const auto& url : data->urls()) {
    const QFileInfo file(url.toLocalFile());
    if (url.isLocalFile() && file.isFile() && !isProjectFile(file.filePath().toStdString())) paths << file.filePath();
  }
  return paths;
}

}  // namespace

void ComparePage::connectSession() {
  connect(&tiles_soon_, &QTimer::timeout, this, &ComparePage::showTiles);
  connect(&area_soon_, &QTimer::timeout, this, &ComparePage::showArea);
  const auto soon = [this] { showTilesSoon(); };
  connect(session_, &CompareSession::listChanged, this, [this] {
    const QSignalBlocker blocker(steps_);
    steps_->setValue(session_->steps());  // those that were brought back
    const auto runs = session_->entries().size();
    showSteps(/*say=*/runs > std::exchange(runs_, runs));
    showCurves();
    showTiles();
  });
  connect(session_, &CompareSession::entryChanged, this, soon);
  connect(session_, &CompareSession::entryChanged, this, &ComparePage::addFetchedCurve);
  connect(session_, &CompareSession::referencesChanged, this, soon);
  connect(session_, &CompareSession::failed, this, &ComparePage::report);
  connect(session_, &CompareSession::solved, this, [this](const QString& sentence) {
    if (messages_->text() == sentence) messages_->clear(Topic::Run);
  });
  connect(session_, &CompareSession::began, this, [this](int index, const RunStart& start) {
    noise_levels_[session_->entries()[index].run_id] = start.noise_level;
    showCurves();
  });
  connect(session_, &CompareSession::stepped, this, [this](int index, const StepReport& report) {
    curves_->appendStep(session_->entries()[index].run_id, report);
  });
  connect(session_, &CompareSession::runningChanged, this, [this](bool running) {
    if (running) messages_->clear(Topic::Run);
    steps_->setEnabled(!running);
    showTruth();
  });
  connect(document_, &RunModel::runRefused, this, &ComparePage::sayRefused);
  connect(document_, &RunModel::runKept, this, &ComparePage::settleRefused);
  const auto refresh = [this] {
    if (isVisible() && !session_->isRunning()) session_->refresh();
  };
  connect(document_, &RunModel::settingsChanged, this, refresh);
  connect(document_, &RunModel::settingsChanged, this, &ComparePage::showTruth);
  connect(document_, &RunModel::photoChanged, this, &ComparePage::showTruth);
  connect(document_, &RunModel::photoChanged, this, refresh);
}

void ComparePage::connectTools() {
  connect(chips_, &CompareChips::failed, this, &ComparePage::report);
  connect(chips_, &CompareChips::referenceWanted, this, &ComparePage::chooseReference);
  connect(chips_, &CompareChips::settingsWanted, this, [this](int index) {
    const auto& entry = session_->entries().at(index);
    RestoreRequest unused;
    emit settingsWanted(entry.request, entry.result ? entry.result->given : document_->pictures(unused));
  });
  connect(steps_, &QSpinBox::valueChanged, this, [this](int steps) {
    session_->setSteps(steps);
    showSteps(/*say=*/true);
  });
  connect(modes_, &Segmented::chosen, this, [this](int mode) {
    showLines(mode == kLines);
    if (mode != kLines) canvas_->setMode(static_cast<Mode>(mode));
  });
  connect(canvas_, &CompareCanvas::modeChanged, this, &ComparePage::showModeTools);
  connect(canvas_, &CompareCanvas::areaChanged, this, [this] { area_soon_.start(); });
  connect(canvas_, &CompareCanvas::pixelHovered, this, &ComparePage::showPixel);
  connect(canvas_, &CompareCanvas::zoomChanged, this,
          [this](double zoom) { zoom_->setText(tr("%1 %").arg(100 * zoom, 0, 'f', 0)); });
  connect(canvas_, &CompareCanvas::menuWanted, this, [this](int tile, QPoint global) {
    const int index = session_->indexOf(canvas_->pictures().at(tile).key & ~kSpread);
    if (index >= 0) chips_->showMenu(index, global);
  });
  connect(reference_, &QComboBox::activated, this,
          [this] { chooseReference(reference_->currentData().toULongLong()); });
  const auto difference = [this] {
    canvas_->setDifference(static_cast<DifferenceKind>(differences_->currentIndex()), range_->currentData().toDouble());
  };
  connect(differences_, &QComboBox::currentIndexChanged, this, difference);
  connect(range_, &QComboBox::currentIndexChanged, this, difference);
  connect(area_tool_, &QToolButton::toggled, canvas_, &CompareCanvas::setAreaTool);
  connect(fit_, &QToolButton::clicked, canvas_, &CompareCanvas::fit);
  connect(linked_, &QCheckBox::toggled, canvas_, &CompareCanvas::setLinked);
  connect(truth_, &QCheckBox::toggled, document_,
          [this](bool known) { document_->chooseMode(known ? p2l::Mode::Demonstrate : p2l::Mode::Restore); });
  connect(numbers_, &QToolButton::toggled, this, &ComparePage::placePanel);
  connect(timeline_, &CompareTimeline::timeChanged, this, &ComparePage::showTilesSoon);
  connect(timeline_, &CompareTimeline::timeChanged, this, &ComparePage::showCursor);
  connect(curves_, &CurvesPlot::stepClicked, this, [this](int step) {
    for (const auto& report : longestSteps()) {
      if (report.step == step) timeline_->setTime(report.timestep);
    }
  });
  connect(timeline_, &CompareTimeline::timeChanged, lines_, &CompareLines::setTime);
  connect(lines_, &CompareLines::timeWanted, timeline_, &CompareTimeline::setTime);
  connect(chips_, &CompareChips::linesWanted, this, [this](quint64 key) {
    lines_->setRun(key);
    showLines(true);
  });
  connect(table_, &CompareTable::refreshed, this, [this] {
    const bool lpips =
        table_->isKnown("lpips_alex") || table_->isKnown("lpips_vgg") || table_->isKnown("lpips_reference");
    lpips_note_->setVisible(table_->isKnown("psnr") && !lpips && !lpips_found_());
  });
  connect(tile_menu_, &QMenu::aboutToShow, this, &ComparePage::fillTileMenu);
  connect(curves_, &CurvesPlot::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::File, sentence); });
}

void ComparePage::sayRefused(const QString& id, const QString& sentence) {
  const auto run = id.toStdString();
  const auto& entries = session_->entries();
  const bool compared =
      std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.past_id == run; });
  if (!compared || !refused_.insert(run).second) return;  // it is said, and asked for again
  messages_->showProblem(
      Topic::Session,
      tr("%1 The comparison's results are in memory alone until there is room: then they are kept.").arg(sentence));
}

void ComparePage::settleRefused() {
  const auto& past = document_->pastRuns();
  const auto settled = std::erase_if(refused_, [&past](const std::string& run) {
    const int place = past.indexOf(run);
    return place < 0 || past.all()[place].saved;
  });
  if (settled > 0 && refused_.empty()) messages_->clear(Topic::Session);
}

void ComparePage::connectKeys() {
  for (int digit = 0; digit < 9; ++digit) {
    auto* key = new QShortcut(QKeySequence(Qt::Key_1 + digit), this);
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, this,
            [this, digit] { showsLines() ? lines_->chooseRun(digit) : canvas_->flickTo(digit); });
  }
}

void ComparePage::addRuns(const QList<int>& runs) {
  const auto& all = document_->pastRuns().all();
  std::vector<PastRun> added;
  for (const int run : runs) {
    if (run >= 0 && run < static_cast<int>(all.size())) added.push_back(all[static_cast<std::size_t>(run)]);
  }
  session_->addPast(added);
}

void ComparePage::dragEnterEvent(QDragEnterEvent* event) {
  const auto* data = event->mimeData();
  const bool wanted = !runsFromData(data).isEmpty() || !picturesFrom(data).isEmpty();
  wanted ? event->acceptProposedAction() : event->ignore();  // projects and folders are the window's
}

void ComparePage::dropEvent(QDropEvent* event) {
  const auto runs = runsFromData(event->mimeData());
  const auto pictures = picturesFrom(event->mimeData());
  if (runs.isEmpty() && pictures.isEmpty()) return event->ignore();
  runs.isEmpty() ? session_->addFiles(pictures) : addRuns(runs);
  event->acceptProposedAction();
}

ComparisonRecipe ComparePage::recipe() const {
  std::vector<quint64> keys;
  auto rows = session_->rows(&keys);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int index = session_->indexOf(keys[i]);
    if (index < 0) continue;
    // As they were asked for: the report has those that a memory limit has chosen for this photo.
    rows[i].report.request.model_options = session_->entries()[index].request.model_options;
  }
  return recipeOf(catalogue_, rows, tr("A comparison of the studio").toStdString());
}

RepeatDialog* ComparePage::repeatOnFolder() {
  try {
    return new RepeatDialog(recipe(), this);
  } catch (const std::exception& error) {
    report(QString::fromUtf8(error.what()));
    return nullptr;
  }
}

void ComparePage::showRepeat() {
  QString photos, results;
  if (repeating_ && !repeating_->isRunning()) {  // of the comparison as it was
    photos = repeating_->photos()->text();
    results = repeating_->results()->text();
    delete repeating_;
  }
  if (!repeating_) {
    repeating_ = repeatOnFolder();
    if (!repeating_) return;
    repeating_->photos()->setText(photos);
    repeating_->results()->setText(results);
    repeating_->setAttribute(Qt::WA_DeleteOnClose);  // which ends its evaluation
    connect(repeating_, &RepeatDialog::ended, this,
            [this] { emit status(tr("The evaluation of a folder has ended.")); });
  }
  repeating_->show();  // the studio goes on beside it
  repeating_->raise();
  repeating_->activateWindow();
}

QStringList ComparePage::atStake() const {
  if (!repeating_ || !repeating_->isRunning()) return {};
  return {tr("The evaluation of a folder in progress; finished runs are kept.")};
}

QString ComparePage::askPath(const QString& title, const QString& name, const QString& filter) {
  const auto path = ask_path_ ? ask_path_() : askSaveName(this, title, name, filter);
  const auto problem = path.isEmpty() || !save_check_ ? QString() : save_check_(path);
  if (problem.isEmpty()) return path;
  messages_->showProblem(Topic::File, problem);
  return {};
}

void ComparePage::saveCsv() {
  if (session_->entries().empty()) return report(tr("There is nothing to compare yet."));
  const auto path = askPath(tr("Save the numbers"), QStringLiteral("comparison.csv"), tr("CSV (*.csv)"));
  if (path.isEmpty()) return;
  try {
    writeTextFile(path.toStdString(), table_->text(TableFormat::Csv).toStdString());
    rememberSaved(path);
    emit status(tr("Saved %1.").arg(path));
  } catch (const std::exception& error) {
    messages_->showProblem(Topic::File, QString::fromUtf8(error.what()));
  }
}

void ComparePage::saveReport() {
  CompareReport made;
  made.photo = document_->openedPhoto();
  if (!made.photo || session_->entries().empty()) return report(tr("There is nothing to compare yet."));
  const auto path = askPath(tr("Save the report"), QStringLiteral("comparison.html"), tr("HTML (*.html)"));
  if (path.isEmpty()) return;
  for (const auto& tile : canvas_->pictures()) {
    const int index = session_->indexOf(tile.key);
    CompareReport::Tile shown{tile.title, tile.detail, tile.picture.shown, nullptr, {}};
    if (index >= 0 && !session_->isFormer(index)) {
      const auto& entry = session_->entries()[index];
      const bool run = entry.kind == CompareEntry::Kind::Run || entry.kind == CompareEntry::Kind::Past;
      if (run && entry.state == CompareEntry::State::Done) shown.run = entry.result;
      if (const auto* given = session_->givenOf(entry.key)) shown.given = *given;
    }
    if (!shown.shown.isNull()) made.tiles.push_back(std::move(shown));
  }
  table_->refresh();
  made.table = table_->html();
  try {
    const auto folder = recipe();
    made.recipe = QString::fromStdString(folder.json);
    QStringList words{QStringLiteral("p2l evaluate --recipe comparison-recipe.json PHOTOS --out RESULTS")};
    for (const auto& option : folder.options) words << quotedWord(QString::fromStdString(option));
    made.evaluation = words.join(QLatin1Char(' '));
  } catch (const std::exception&) {
    // There are files alone.
  }
  report_work_.start(
      [made, path] {
        writeCompareReport(made, path);
        return true;
      },
      [this, path](bool, const QString& problem) {
        if (!problem.isEmpty()) return messages_->showProblem(Topic::File, problem);
        rememberSaved(path);
        emit status(tr("Saved %1.").arg(path));
      });
}

}  // namespace p2l::ui
