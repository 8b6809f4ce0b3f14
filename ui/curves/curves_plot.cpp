// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curves/curves_plot.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QTemporaryDir>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "ui/curves/curves_data.h"
#include "ui/curves/curves_figure.h"
#include "ui/document/run_model.h"
#include "ui/style/icons.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {

namespace {

constexpr CurvesPlot::Curve kCurves[]{CurvesPlot::Curve::Residual, CurvesPlot::Curve::Psnr,
                                      CurvesPlot::Curve::PromptDrift, CurvesPlot::Curve::GradientNorm};
constexpr int kAllCurves = 4;  ///< the choice after the four
constexpr QSize kLeast(180, 130), kLeastWithLegend(180, 100);
constexpr int kLegendLines = 3;

/// The steps of one run, wherever its numbers come from.
bool sameSteps(const std::map<int, StepReport>& one, const std::map<int, StepReport>& other) {
  const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [&](const auto& a, const auto& b) {
    return a.first == b.first && same(a.second.residual, b.second.residual) && same(a.second.psnr, b.second.psnr) &&
           same(a.second.seconds, b.second.seconds);
  });
}

bool writeWhole(const QString& path, const QByteArray& bytes, QString* error) {
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) return true;
  if (error) *error = CurvesPlot::tr("%1 cannot be written: %2.").arg(path, file.errorString());
  return false;
}

}  // namespace

struct CurvesPlot::Private {
  std::vector<CurveRun> runs;
  CurvesFigure* figure = nullptr;
  QComboBox* choice = nullptr;
  QCheckBox* log = nullptr;
  QToolButton* export_button = nullptr;
  QStackedLayout* stack = nullptr;
  QLabel* empty = nullptr;
  int cursor_step = 0;
  quint64 brought_back = 0;  ///< counts them

  bool draws(const std::map<int, StepReport>& steps) const {
    return std::any_of(runs.begin(), runs.end(), [&](const CurveRun& run) { return sameSteps(run.steps, steps); });
  }
  std::vector<Curve> shownCurves() const {
    if (choice->currentIndex() == kAllCurves) return {std::begin(kCurves), std::end(kCurves)};
    return {kCurves[std::max(0, choice->currentIndex())]};
  }

  void rebuild() {
    const auto curves = shownCurves();
    log->setEnabled(std::any_of(curves.begin(), curves.end(), curveMayBeLogarithmic));
    figure->rebuild(curves, log->isChecked());
    showWhatThereIs();
  }

  void showWhatThereIs() {
    stack->setCurrentIndex(runs.empty() ? 0 : 1);
    export_button->setEnabled(!runs.empty());
  }
};

CurvesPlot::CurvesPlot(QWidget* parent) : QWidget(parent), d_(std::make_unique<Private>()) {
  setObjectName(QStringLiteral("curvesPlot"));
  setAccessibleName(tr("Curves of the runs"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(4, 4, 4, 0);
  column->addLayout(row);

  d_->choice = new QComboBox(this);
  for (const Curve curve : kCurves) d_->choice->addItem(curveName(curve));
  d_->choice->addItem(tr("All four"));
  d_->choice->setAccessibleName(tr("Shown curve"));
  d_->choice->setToolTip(tr("Which numbers of the run are drawn over its steps"));
  d_->log = new QCheckBox(tr("Lo&g"), this);
  d_->log->setChecked(true);
  d_->log->setAccessibleName(tr("Logarithmic scale"));
  d_->log->setToolTip(tr("Logarithmic vertical axis (PSNR is a logarithm already)"));
  d_->export_button = new QToolButton(this);
  d_->export_button->setIcon(glyphIcon(Glyph::Export));
  d_->export_button->setAutoRaise(true);
  d_->export_button->setPopupMode(QToolButton::InstantPopup);
  d_->export_button->setAccessibleName(tr("Export the curves"));
  d_->export_button->setToolTip(tr("Export the curves as PDF or CSV"));
  d_->export_button->setFocusPolicy(Qt::TabFocus);
  auto* menu = new QMenu(d_->export_button);
  menu->addAction(tr("Plot as PDF..."), this, [this] { askExport(true); });
  menu->addAction(tr("Numbers as CSV..."), this, [this] { askExport(false); });
  d_->export_button->setMenu(menu);
  row->addWidget(d_->choice);
  row->addWidget(d_->log);
  row->addStretch(1);
  row->addWidget(d_->export_button);

  d_->stack = new QStackedLayout;
  column->addLayout(d_->stack, 1);
  d_->empty = new QLabel(tr("The curves of a run appear here step by step."), this);
  d_->empty->setAlignment(Qt::AlignCenter);
  d_->empty->setWordWrap(true);
  d_->empty->setForegroundRole(QPalette::PlaceholderText);
  d_->empty->setBackgroundRole(QPalette::Base);
  d_->empty->setAutoFillBackground(true);
  d_->empty->setMargin(12);
  d_->stack->addWidget(d_->empty);
  d_->figure = new CurvesFigure(&d_->runs, this);
  d_->figure->widget()->setMinimumSize(kLeast);
  d_->figure->widget()->setAccessibleName(tr("Plot of the curves"));
  d_->stack->addWidget(withLegend());
  d_->figure->applyPalette(palette());
  d_->rebuild();

  connect(d_->figure, &CurvesFigure::stepClicked, this, &CurvesPlot::stepClicked);
  connect(d_->choice, &QComboBox::currentIndexChanged, this, [this] { d_->rebuild(); });
  connect(d_->log, &QCheckBox::toggled, this, [this] { d_->rebuild(); });
}

QWidget* CurvesPlot::withLegend() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(d_->figure->widget(), 1);
  auto* legend = new QLabel(page);
  legend->setObjectName(QStringLiteral("curves_legend"));
  legend->setAccessibleName(tr("Names of the curves"));
  legend->setTextFormat(Qt::RichText);
  legend->setWordWrap(true);
  legend->setMargin(2);
  legend->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  legend->setBackgroundRole(QPalette::Base);
  legend->setForegroundRole(QPalette::Text);
  legend->setAutoFillBackground(true);
  legend->setMaximumHeight(kLegendLines * legend->fontMetrics().lineSpacing() + 4);
  legend->hide();
  column->addWidget(legend);
  connect(d_->figure, &CurvesFigure::legendChanged, legend, [this, legend](const QString& text) {
    legend->setText(text);
    legend->setToolTip(text);  // of many runs it has more lines than there is room for
    legend->setVisible(!text.isEmpty());
    d_->figure->widget()->setMinimumSize(text.isEmpty() ? kLeast : kLeastWithLegend);
  });
  return page;
}

CurvesPlot::~CurvesPlot() {
  delete d_->figure;  // it looks at the runs
}

void CurvesPlot::follow(RunModel* model) {
  connect(model, &RunModel::photoChanged, this, [this, model] {
    clearRuns();  // runs of another photo share no axis
    showPinned(model->pastRuns());
  });
  connect(&model->pastRuns(), &PastRuns::changed, this, [this, model] { showPinned(model->pastRuns()); });
  connect(model, &RunModel::runBegan, this,
          [this, model] { addRun(model->runId(), model->runLabel(), model->runStart().noise_level); });
  connect(model, &RunModel::stepAdded, this,
          [this, model](const StepReport& report) { appendStep(model->runId(), report); });
  connect(model, &RunModel::broughtBack, this, [this, model](const ResultPtr& result) {
    if (result) addBroughtBack(*model);
  });
  connect(model, &RunModel::cursorChanged, this, [this, model] { setCursorStep(model->cursor().step); });
  connect(this, &CurvesPlot::stepClicked, model, [model](int step) { model->showStep(step, /*live=*/false); });
}

void CurvesPlot::addBroughtBack(const RunModel& model) {
  constexpr quint64 kBroughtBack = quint64{1} << 62;  // far from the ids of a session's runs
  if (model.reports().empty() || d_->draws(model.reports())) return;
  const auto id = kBroughtBack | ++d_->brought_back;
  addRun(id, model.endingName().isEmpty() ? model.photo()->label : model.endingName(), model.stepsNoiseLevel());
  for (const auto& [step, report] : model.reports()) appendStep(id, report);
}

void CurvesPlot::addRun(quint64 run_id, const QString& label, double noise_level, int pen, const QString& shown_label) {
  CurveRun run{run_id, label, noise_level > 0 ? noise_level : kUnknown, {}, pen, shown_label};
  const auto same = std::find_if(d_->runs.begin(), d_->runs.end(), [&](const CurveRun& r) { return r.id == run_id; });
  if (same != d_->runs.end()) {
    *same = std::move(run);
    return d_->rebuild();
  }
  d_->runs.push_back(std::move(run));
  d_->figure->runAdded();
  d_->showWhatThereIs();
}

void CurvesPlot::appendStep(quint64 run_id, const StepReport& report) {
  for (std::size_t i = 0; i < d_->runs.size(); ++i) {
    if (d_->runs[i].id != run_id) continue;
    d_->runs[i].steps[report.step] = report;
    return d_->figure->stepAdded(i, report);
  }
}

void CurvesPlot::showPinned(const PastRuns& past) {
  constexpr quint64 kPinned = quint64{1} << 63;  // far from the ids of a session's runs
  std::vector<CurveRun> shown;
  for (const auto& run : past.all()) {
    const auto& report = run.outcome.report;
    if (!run.starred || run.id.empty() || report.steps.empty()) continue;
    CurveRun pinned{kPinned | std::hash<std::string>()(run.id), {}, kUnknown, {}};
    pinned.label = QStringLiteral("★ %1: %2").arg(run.photo_label, run.name);
    if (report.noise_level > 0) pinned.noise_level = report.noise_level;
    for (const auto& step : report.steps) pinned.steps[step.step] = step;
    const auto of_session = run.steps.runId();
    const bool drawn = std::any_of(d_->runs.begin(), d_->runs.end(), [&](const auto& r) {
      return (r.id & kPinned) == 0 && ((of_session != 0 && r.id == of_session) || sameSteps(r.steps, pinned.steps));
    });
    if (drawn) continue;
    shown.push_back(std::move(pinned));
  }
  const auto pinned_count = shown.size();
  for (const auto& run : d_->runs) {
    if ((run.id & kPinned) == 0) shown.push_back(run);
  }
  const auto same = [](const CurveRun& a, const CurveRun& b) { return a.id == b.id && a.label == b.label; };
  if (pinned_count == 0 && shown.size() == d_->runs.size()) return;
  if (std::equal(shown.begin(), shown.end(), d_->runs.begin(), d_->runs.end(), same)) return;
  d_->runs = std::move(shown);
  d_->rebuild();
}

void CurvesPlot::clearRuns() {
  d_->runs.clear();
  setCursorStep(0);
  d_->rebuild();
}

int CurvesPlot::runCount() const {
  return static_cast<int>(d_->runs.size());
}

void CurvesPlot::setCursorStep(int step) {
  if (step == d_->cursor_step) return;
  d_->cursor_step = step;
  d_->figure->setCursorStep(step);
}

int CurvesPlot::cursorStep() const {
  return d_->cursor_step;
}

void CurvesPlot::setCurve(Curve curve) {
  d_->choice->setCurrentIndex(static_cast<int>(curve));
}

CurvesPlot::Curve CurvesPlot::curve() const {
  return showsAll() ? Curve::Residual : kCurves[std::max(0, d_->choice->currentIndex())];
}

void CurvesPlot::setShowAll(bool all) {
  if (all != showsAll()) d_->choice->setCurrentIndex(all ? kAllCurves : 0);
}

bool CurvesPlot::showsAll() const {
  return d_->choice->currentIndex() == kAllCurves;
}
void CurvesPlot::setLogScale(bool log) {
  d_->log->setChecked(log);
}
bool CurvesPlot::exportPdf(const QString& path, QString* error) {
  if (!maySave(path, error)) return false;
  // Through a temporary file: a failure must not cost an older plot, and the printer reports none.
  const QTemporaryDir folder;
  const QString temporary = folder.filePath(QStringLiteral("curves.pdf"));
  QFile file(temporary);
  QByteArray bytes;
  if (folder.isValid() && d_->figure->savePdf(temporary) && file.open(QIODevice::ReadOnly)) bytes = file.readAll();
  if (bytes.startsWith("%PDF")) return writeWhole(path, bytes, error);
  if (error) *error = tr("The plot could not be drawn as PDF.");
  return false;
}

bool CurvesPlot::exportCsv(const QString& path, QString* error) const {
  return maySave(path, error) && writeWhole(path, csvFromRuns(d_->runs), error);
}

bool CurvesPlot::maySave(const QString& path, QString* error) const {
  const auto problem = save_check_ ? save_check_(path) : QString();
  if (error && !problem.isEmpty()) *error = problem;
  return problem.isEmpty();
}

void CurvesPlot::askExport(bool pdf) {
  const QString name = pdf ? QStringLiteral("curves.pdf") : QStringLiteral("curves.csv");
  const QString path = askSaveName(this, pdf ? tr("Export the plot") : tr("Export the numbers"), name,
                                   pdf ? tr("PDF (*.pdf)") : tr("CSV (*.csv)"));
  if (path.isEmpty()) return;
  QString error;
  if (!(pdf ? exportPdf(path, &error) : exportCsv(path, &error))) {
    emit failed(error);
  } else {
    rememberSaved(path);
  }
}

void CurvesPlot::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange && d_->figure) d_->figure->applyPalette(palette());
  QWidget::changeEvent(event);
}

}  // namespace p2l::ui
