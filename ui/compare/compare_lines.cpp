// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_lines.h"

#include <QComboBox>
#include <QFontInfo>
#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/steps/algorithm_view.h"
#include "ui/steps/line_run.h"
#include "ui/steps/step_tiles.h"
#include "ui/widgets/card.h"
#include "ui/widgets/panel_scroller.h"

namespace p2l::ui {
namespace {

constexpr int kNoise = 1000;  // a training time before every step
constexpr int kGap = 12, kSpace = 8, kAround = 8, kFieldEdge = 4;
constexpr double kForPlainPrint = 400;  // the height that an algorithm and its sentence need

/// The line of another solver that makes what this one's line makes; else its first.
int sameLine(const SolverInfo* from, const SolverInfo* to, int line) {
  if (from == nullptr || to == nullptr || from == to) return line;
  const auto index = static_cast<std::size_t>(line);
  if (index >= from->iteration.size()) return 0;
  const auto found = std::find_if(to->iteration.begin(), to->iteration.end(),
                                  [&](const auto& other) { return other.picture == from->iteration[index].picture; });
  return found == to->iteration.end() ? 0 : static_cast<int>(found - to->iteration.begin());
}

}  // namespace

CompareLines::CompareLines(const Catalogue& catalogue, CompareSession* session, SideRuns* runs, QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), session_(session), side_runs_(runs) {
  setObjectName(QStringLiteral("compare_lines"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addLayout(buildHead());
  buildBody();
  column->addLayout(body_, 1);
  connect(algorithm_, &AlgorithmView::chosen, this, &CompareLines::setLine);
  connect(session, &CompareSession::listChanged, this, &CompareLines::refresh);
  connect(session, &CompareSession::entryChanged, this, [this](int index) {
    if (session_->entries()[static_cast<std::size_t>(index)].key == run_) refresh();
  });
}

CompareLines::~CompareLines() = default;

void CompareLines::buildBody() {
  body_ = new QHBoxLayout;
  body_->setSpacing(kGap);
  for (auto** part : {&pictures_, &beside_}) {
    *part = new QVBoxLayout;
    (*part)->setSpacing(kSpace);
    body_->addLayout(*part);
  }
  pictures_->addWidget(tiles_ = new StepTiles(this), 1);
  card_ = new Card(this);
  auto* inside = new QVBoxLayout(card_);
  inside->setContentsMargins(14, kAround, 14, kAround);
  inside->addWidget(sentence_ = new QLabel(card_));
  sentence_->setWordWrap(true);
  sentence_->setTextFormat(Qt::RichText);
  sentence_->setMinimumSize(1, 2 * fontMetrics().height() + 4);  // no word of it makes its column wider
  sentence_->setAlignment(Qt::AlignVCenter | Qt::AlignLeft);
  pictures_->addWidget(card_);
  side_ = new PanelScroller(buildAlgorithm(), this);
  beside_->addWidget(side_, 1);
}

QWidget* CompareLines::buildAlgorithm() {
  auto* panel = new QWidget(this);
  auto* column = new QVBoxLayout(panel);
  column->setContentsMargins(12, 10, 12, 12);
  column->addWidget(algorithm_ = new AlgorithmView(panel));
  column->addStretch(1);
  auto* hint = new QLabel(tr("Keys 1 to 9 change the run at the same line. Click a tile to enlarge it."), panel);
  hint->setWordWrap(true);
  hint->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(hint);
  return panel;
}

QLayout* CompareLines::buildHead() {
  auto* head = new QHBoxLayout;
  head->setSpacing(8);
  chooser_ = new QComboBox(this);
  chooser_->setAccessibleName(tr("Run that is looked at line by line"));
  chooser_->setToolTip(tr("The run whose step is shown (keys 1 to 9)"));
  chooser_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  state_ = new QLabel(this);
  state_->setForegroundRole(QPalette::PlaceholderText);
  state_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  next_ = new QPushButton(tr("Next line"), this);
  next_->setAccessibleName(next_->text());
  next_->setToolTip(tr("The next line of the step; after the last one the next step. Shift+N goes back."));
  next_->setShortcut(Qt::Key_N);
  whole_ = new QPushButton(tr("Whole step"), this);
  whole_->setAccessibleName(whole_->text());
  whole_->setToolTip(tr("On to the next step"));
  head->addWidget(chooser_);
  head->addWidget(state_, 1);
  head->addWidget(next_);
  head->addWidget(whole_);
  connect(chooser_, &QComboBox::activated, this, &CompareLines::chooseRun);
  connect(next_, &QPushButton::clicked, this, &CompareLines::nextLine);
  connect(new QShortcut(Qt::SHIFT | Qt::Key_N, this), &QShortcut::activated, this, &CompareLines::previousLine);
  connect(whole_, &QPushButton::clicked, this, &CompareLines::wholeStep);
  return head;
}

const CompareEntry* CompareLines::entry(quint64 key) const {
  const int index = session_->indexOf(key);
  return index < 0 ? nullptr : &session_->entries()[static_cast<std::size_t>(index)];
}

const SolverInfo* CompareLines::solverOf(const CompareEntry& entry) const {
  const auto& all = catalogue_.solvers;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& solver) { return solver.id == entry.request.solver; });
  return found == all.end() ? nullptr : &*found;  // a plugin may be gone
}

QList<quint64> CompareLines::runs() const {
  QList<quint64> keys;
  for (const auto& each : session_->entries()) {
    const bool run = each.kind == CompareEntry::Kind::Run || each.kind == CompareEntry::Kind::Past;
    if (run && solverOf(each) != nullptr) keys << each.key;
  }
  return keys;
}

const LineRun* CompareLines::lineRun(quint64 key) const {
  const auto* of = entry(key);
  const auto found = of == nullptr ? made_.end() : made_.find(of->result);
  return found == made_.end() ? nullptr : found->second.get();
}

void CompareLines::setTime(int time) {
  if (std::exchange(time_, time) != time) showStep();
}

void CompareLines::setRun(quint64 key) {
  const auto *former = entry(run_), *chosen = entry(key);
  run_ = key;
  if (former != nullptr && chosen != nullptr) line_ = sameLine(solverOf(*former), solverOf(*chosen), line_);
  refresh();
}

void CompareLines::chooseRun(int place) {
  const auto keys = runs();
  if (place >= 0 && place < keys.size()) setRun(keys[place]);
}

void CompareLines::setLine(int line) {
  line_ = line;
  showStep();
}

void CompareLines::refresh() {
  const auto& entries = session_->entries();
  std::erase_if(made_, [&](const auto& made) {  // of runs that have gone, or were made anew
    return std::none_of(entries.begin(), entries.end(), [&](const auto& each) { return each.result == made.first; });
  });
  const auto keys = runs();
  if (!keys.contains(run_)) run_ = keys.value(0);
  if (!isVisible()) return;
  fillChooser();
  follow();
  showStep();
}

void CompareLines::fillChooser() {
  const auto keys = runs();
  QStringList texts;
  for (int i = 0; i < keys.size(); ++i)
    texts << (i < 9 ? QStringLiteral("%1  ").arg(i + 1) : QString()) + entry(keys[i])->shownLabel();
  bool same = chooser_->count() == texts.size();
  for (int i = 0; same && i < texts.size(); ++i) same = chooser_->itemText(i) == texts[i];
  if (!same) {
    chooser_->clear();
    chooser_->addItems(texts);
    widenChooser();
  }
  chooser_->setCurrentIndex(static_cast<int>(keys.indexOf(run_)));
  chooser_->setEnabled(!texts.isEmpty());
}

void CompareLines::widenChooser() {
  QStyleOptionComboBox option;
  option.initFrom(chooser_);
  const auto field =
      chooser_->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, chooser_);
  int widest = 0;
  for (int i = 0; i < chooser_->count(); ++i)
    widest = std::max(widest, chooser_->fontMetrics().horizontalAdvance(chooser_->itemText(i)));
  chooser_->setMinimumWidth(widest + option.rect.width() - field.width() + kFieldEdge);
}

void CompareLines::follow() {
  const auto* of = entry(run_);
  const auto* given = session_->givenOf(run_);
  if (of == nullptr || !of->result || of->state != CompareEntry::State::Done || given == nullptr) return;
  auto& made = made_[of->result];
  if (made && made->state() != LineRun::State::None) return;
  if (!made) {
    made = std::make_unique<LineRun>(side_runs_);
    connect(made.get(), &LineRun::changed, this, [this, run = made.get()] {
      if (run == lineRun(run_)) showStep();
    });
  }
  made->start(of->request, *given);
}

QString CompareLines::stateText(const LineRun* made) const {
  const auto* of = entry(run_);
  if (of == nullptr) return tr("There is no run to look at: add solvers, or the ladder, and run them.");
  if (of->state == CompareEntry::State::New) return tr("This run was not made yet: Run all (F5) makes it.");
  if (of->state != CompareEntry::State::Done) return tr("This run is not at its end.");
  if (made == nullptr) return tr("The photo of this run is not at hand, so its lines cannot be shown.");
  if (made->state() == LineRun::State::Failed) return made->problem();
  if (made->state() != LineRun::State::AtWork) return {};
  return made->stepCount() > 0 ? tr("It is made once more for these pictures: step %1 of %2.")
                                     .arg(made->lastStep())
                                     .arg(made->stepCount())
                               : tr("It is made once more for these pictures.");
}

void CompareLines::showStep() {
  const auto* of = entry(run_);
  const auto* made = lineRun(run_);
  const auto state = stateText(made);
  static const SolverInfo kNone;
  static const RestoreRequest kNoRequest;
  const auto& solver = of != nullptr && solverOf(*of) != nullptr ? *solverOf(*of) : kNone;
  const auto& run = of != nullptr ? of->request : kNoRequest;
  showSolver(solver, solver.linesWith(run.solver_values, run.sampler_values), tiles_, algorithm_);
  const SnapshotHistory none;
  StepLook look;
  look.solver = &solver;
  look.pictures = &none;
  if (made != nullptr) look = made->lookAt(time_, solver);
  line_ = std::clamp(line_, 0, std::max(0, algorithm_->count() - 1));
  ui::showStep(look, look.step != nullptr ? line_ : -1, tiles_, algorithm_);
  next_->setEnabled(look.step != nullptr);
  whole_->setEnabled(look.step != nullptr);
  state_->setText(look.step != nullptr ? state : QString());  // else the sentence says it
  state_->setToolTip(state_->text());
  const auto text = look.step != nullptr ? sentenceOf(look, line_) : state.toHtmlEscaped();
  const auto formula = algorithm_->currentHtml();
  sentence_->setText(side_->isHidden() && look.step != nullptr ? formula + text : text);
  if (shape() != placed_shape_) place();
}

QSize CompareLines::shape() const {
  const auto& picture = tiles_->tile(StepPicture::Estimate)->picture();
  const auto shape = picture.isNull() ? session_->references().truth.size() : picture.size();
  return shape.isEmpty() ? QSize(1, 1) : shape;
}

void CompareLines::place() {
  placed_shape_ = shape();
  const bool beside = width() >= kNarrow;
  const int all = body_->geometry().height();
  const int above = all - kSpace - 2 * kAround - sentence_->minimumHeight();  // a sentence below the pictures
  const int most = width() - kGap - kAlgorithm;                               // for the pictures
  const bool large = beside && all >= kForPlainPrint;
  const bool low = large && StepTiles::widthFor(above, placed_shape_) < most;
  side_->setVisible(beside);
  putSentence(low);
  const int filled = StepTiles::widthFor(low ? all : above, placed_shape_);
  const int side = large ? std::clamp(width() - kGap - filled, kAlgorithm, kWidestAlgorithm) : kAlgorithm;
  side_->setFixedWidth(side);
  body_->setStretch(0, std::max(1, width() - kGap - side));
  body_->setStretch(1, beside ? side : 0);
  printAlgorithm(std::min(double(side) / kAlgorithm, all / kForPlainPrint));
}

void CompareLines::printAlgorithm(double scale) {
  auto print = font();
  print.setPointSizeF(std::clamp(scale, 1.0, kLargestPrint) * QFontInfo(print).pointSizeF());
  algorithm_->setFont(print);
}

void CompareLines::putSentence(bool beside) {
  auto *to = beside ? beside_ : pictures_, *from = beside ? pictures_ : beside_;
  if (to->indexOf(card_) >= 0) return;
  from->removeWidget(card_);
  to->addWidget(card_);
}

void CompareLines::nextLine() {
  const auto* made = lineRun(run_);
  const auto* of = entry(run_);
  if (made == nullptr || of == nullptr) return;
  const auto look = made->lookAt(time_, *solverOf(*of));
  const int next = look.step == nullptr ? -1 : look.lineAfter(line_);
  next >= 0 ? setLine(next) : wholeStep();
}

void CompareLines::previousLine() {
  const auto* made = lineRun(run_);
  const auto* of = entry(run_);
  if (made == nullptr || of == nullptr) return;
  const auto& solver = *solverOf(*of);
  const auto look = made->lookAt(time_, solver);
  if (look.step == nullptr) return;
  if (const int before = look.lineBefore(line_); before >= 0) return setLine(before);
  const auto* former = made->stepAt(look.step->timestep + 1);
  if (former == nullptr || former->step >= look.step->step) return;  // it is the first
  const int last = static_cast<int>(solver.iteration.size());
  line_ = std::max(0, made->lookAt(former->timestep, solver).lineBefore(last));
  emit timeWanted(former->timestep);
  showStep();
}

void CompareLines::wholeStep() {
  const auto* made = lineRun(run_);
  const auto* of = entry(run_);
  if (made == nullptr || of == nullptr) return;
  const auto look = made->lookAt(time_, *solverOf(*of));
  if (look.step == nullptr || (look.next == nullptr && look.on_the_way)) return;  // it is still to come
  const auto* first = made->stepAt(kNoise);
  line_ = 0;
  emit timeWanted(look.next != nullptr ? look.next->timestep : first->timestep);  // after its end from the start
  showStep();
}

void CompareLines::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void CompareLines::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  if (event->spontaneous()) return;  // the window was minimized
  for (auto& [result, made] : made_) made->cancel();
}

void CompareLines::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  place();
  showStep();
}

}  // namespace p2l::ui
