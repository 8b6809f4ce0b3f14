// SPDX-License-Identifier: GPL-3.0-or-later
// The page's parts. Who follows whom is in compare_page_connect.cpp, its tiles are in compare_page_tiles.cpp.
#include "ui/compare/compare_page.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QStylePainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/api/metric_weights.h"
#include "ui/compare/compare_chips.h"
#include "ui/compare/compare_lines.h"
#include "ui/compare/compare_table.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/run_model.h"
#include "ui/language/numbers.h"
#include "ui/run/compare_timeline.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/panel_scroller.h"
#include "ui/widgets/segmented.h"

namespace p2l::ui {
namespace {

using Topic = MessageBar::Topic;
using Mode = CompareCanvas::Mode;

constexpr int kMargin = 10, kSoonMs = 60, kMostSteps = 1000, kLinesAndNumbers = 1700, kWithZoom = 700;
constexpr double kRanges[] = {1.0, 0.5, 0.25, 0.1, 0.05, 0.02};

QToolButton* toolButton(const QString& text, const QString& tip, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setText(text);
  button->setAccessibleName(text);
  button->setToolTip(tip);
  button->setFocusPolicy(Qt::StrongFocus);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  return button;
}

/// A text that takes three lines at most; a longer one is scrolled.
class ShortText : public PanelScroller {
 public:
  ShortText(QLabel* text, QWidget* parent) : PanelScroller(text, parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override {
    return std::min(widget()->heightForWidth(width), ComparePage::kAreaLines * fontMetrics().lineSpacing());
  }
  QSize sizeHint() const override { return {0, heightForWidth(width())}; }
  QSize minimumSizeHint() const override { return {0, fontMetrics().lineSpacing()}; }
};

/// A name that is too long for it ends with an ellipsis.
class NameBox : public QComboBox {
 public:
  using QComboBox::QComboBox;

 protected:
  void paintEvent(QPaintEvent*) override {
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    const auto room = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    option.currentText = fontMetrics().elidedText(option.currentText, Qt::ElideRight, room.width() - kAroundText);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
  }

 private:
  static constexpr int kAroundText = 4;
};

}  // namespace

ComparePage::ComparePage(const Catalogue& catalogue, RunModel* document, CompareSession* session, QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), document_(document), session_(session), lpips_found_([] {
        return !foundLpipsFolder().empty();
      }) {
  setObjectName(QStringLiteral("compare_page"));
  setAcceptDrops(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kMargin, 6, kMargin, 4);
  column->setSpacing(6);
  column->addWidget(chips_ = new CompareChips(catalogue, session, &document->pastRuns(), this));
  column->addWidget(messages_ = new MessageBar(this));
  column->addWidget(buildTools());
  auto* row = new QHBoxLayout;
  row->setSpacing(10);
  column->addLayout(row, 1);
  pictures_ = new QWidget(this);
  auto* left = new QVBoxLayout(pictures_);
  left->setContentsMargins(0, 0, 0, 0);
  left->setSpacing(2);
  left->addWidget(canvas_ = new CompareCanvas(pictures_), 1);
  left->addWidget(lines_ = new CompareLines(catalogue, session, document->sideRuns(), pictures_), 1);
  left->addWidget(timeline_ = new CompareTimeline(pictures_));
  lines_->hide();
  const auto invitation =
      tr("Add solvers, a sweep, seeds, runs of the history or files above, or the ladder from LDPS to "
         "P2L in one click. Then Run all (F5).");
  canvas_->setEmptyText(invitation);
  left->insertWidget(1, invitation_ = new QLabel(invitation, pictures_));
  invitation_->setObjectName(QStringLiteral("invitation"));
  invitation_->setWordWrap(true);
  invitation_->setAlignment(Qt::AlignCenter);
  invitation_->setForegroundRole(QPalette::PlaceholderText);
  invitation_->setMargin(kMargin);
  invitation_->hide();
  row->addWidget(pictures_, 1);
  row->addWidget(panel_ = buildPanel());
  tiles_soon_.setSingleShot(true);
  tiles_soon_.setInterval(kSoonMs);
  area_soon_.setSingleShot(true);
  area_soon_.setInterval(kSoonMs);
  connectSession();
  connectTools();
  connectKeys();
  showModeTools();
  showTruth();
  showTiles();
}

QWidget* ComparePage::buildTools() {
  auto* box = new QWidget(this);
  tools_ = new QBoxLayout(QBoxLayout::LeftToRight, box);
  tools_->setContentsMargins(0, 0, 0, 0);
  tools_->setSpacing(6);
  auto* row = new QHBoxLayout;
  auto* second = new QHBoxLayout;
  for (auto* each : {row, second}) {
    each->setSpacing(8);
    tools_->addLayout(each);
  }
  tools_->setStretch(0, 1);
  modes_ = new Segmented(tr("How the pictures are shown"), box);
  modes_->add(tr("Grid"), tr("Side by side"));
  modes_->add(tr("Split"), tr("One over the other, with dividers that come to a click"));
  modes_->add(tr("Flicker"), tr("One at a time, at the same place: keys 1 to 9"));
  modes_->add(tr("Difference"), tr("What differs from the reference, in false colours"));
  modes_->add(tr("Lines"), tr("The step of a run line by line, with what each line makes"));
  modes_->setCurrent(0);
  reference_ = new NameBox(box);
  reference_->setAccessibleName(tr("Reference"));
  reference_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  reference_->setMinimumContentsLength(9);
  reference_title_ = new QLabel(tr("Against"), box);
  reference_title_->setBuddy(reference_);
  differences_ = new QComboBox(box);
  differences_->setAccessibleName(tr("Kind of difference"));
  differences_->setToolTip(tr("How two pictures x and r are compared; means over the colours, on [0, 1]"));
  for (const auto kind :
       {DifferenceKind::Error, DifferenceKind::Absolute, DifferenceKind::Squared, DifferenceKind::Relative})
    differences_->addItem(shortName(kind)),
        differences_->setItemData(static_cast<int>(kind), formulaOf(kind), Qt::ToolTipRole);
  differences_->setMinimumContentsLength(5);  // the style's arrow takes more than the box reckons with
  differences_->setCurrentIndex(static_cast<int>(DifferenceKind::Absolute));
  range_ = new QComboBox(box);
  range_->setAccessibleName(tr("Range of the colours"));
  range_->setToolTip(tr("The difference at which the colours end; smaller shows less"));
  range_->addItem(tr("auto"), CompareCanvas::kFittingRange);
  range_->setItemData(0, tr("99 % of all pictures' differences are within it"), Qt::ToolTipRole);
  for (const double range : kRanges) range_->addItem(QStringLiteral("≤ %1").arg(shortNumber(range)), range);
  range_->setMinimumContentsLength(7);
  tiles_ = toolButton(tr("Tiles"), tr("Which pictures are shown"), box);
  tiles_->setPopupMode(QToolButton::InstantPopup);
  tiles_->setMenu(tile_menu_ = new QMenu(tiles_));
  tile_menu_->setToolTipsVisible(true);
  area_tool_ = toolButton(
      tr("Area"),
      tr("Drag a rectangle: its numbers are shown for every picture (also Shift + drag).\n"
         "By keys, on the pictures: A begins one, arrows move it, Shift + arrows resize it, Esc takes it away"),
      box);
  area_tool_->setCheckable(true);
  fit_ = toolButton(tr("Fit"), tr("Show the whole pictures (Ctrl+0)"), box);
  zoom_ = new QLabel(box);
  zoom_->setMinimumWidth(zoom_->fontMetrics().horizontalAdvance(QStringLiteral("0000 %")));
  linked_ = new QCheckBox(tr("&Linked"), box);
  linked_->setChecked(true);
  linked_->setToolTip(tr("Zoom and pan all pictures together"));
  truth_ = new QCheckBox(tr("Tr&uth known"), box);
  truth_->setToolTip(
      tr("On: the photo is the truth; it is degraded first, and PSNR, SSIM and LPIPS are known.\n"
         "Off: the photo is damaged already; there is nothing to compare the results with but the measurement."));
  numbers_ = toolButton(tr("Numbers"), tr("Table and curves in place of the pictures"), box);
  numbers_->setCheckable(true);
  row->addWidget(modes_);
  row->addWidget(reference_title_);
  row->addWidget(reference_);
  row->addWidget(differences_);
  row->addWidget(range_);
  row->addStretch(1);
  for (QWidget* widget : {static_cast<QWidget*>(truth_), static_cast<QWidget*>(tiles_),
                          static_cast<QWidget*>(area_tool_), static_cast<QWidget*>(fit_), static_cast<QWidget*>(zoom_),
                          static_cast<QWidget*>(linked_), static_cast<QWidget*>(numbers_)})
    second->addWidget(widget);
  second->addStretch(0);
  return box;
}

QWidget* ComparePage::buildPanel() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  auto* head = new QHBoxLayout;
  auto* title = new QLabel(tr("<b>Numbers</b>"), box);
  head->addWidget(title);
  head->addStretch(1);
  steps_title_ = new QLabel(tr("S&teps"), box);
  steps_ = new QSpinBox(box);
  steps_->setAccessibleName(tr("Steps of every run"));
  steps_->setRange(0, kMostSteps);
  steps_->setSpecialValueText(tr("as set"));
  steps_->setKeyboardTracking(false);
  steps_->setValue(session_->steps());
  steps_title_->setBuddy(steps_);
  showSteps(/*say=*/false);
  head->addWidget(steps_title_);
  head->addWidget(steps_);
  auto* copy = toolButton(tr("Copy as"), tr("Copy the table as it is sorted"), box);
  copy->setPopupMode(QToolButton::InstantPopup);
  auto* formats = new QMenu(copy);
  copy->setMenu(formats);
  head->addWidget(copy);
  column->addLayout(head);
  column->addWidget(table_ = new CompareTable(session_, box), 3);
  const std::pair<QString, TableFormat> kinds[] = {{tr("Text with tabs (Ctrl+C)"), TableFormat::Tsv},
                                                   {QStringLiteral("Markdown"), TableFormat::Markdown},
                                                   {QStringLiteral("LaTeX"), TableFormat::Latex},
                                                   {QStringLiteral("CSV"), TableFormat::Csv}};
  for (const auto& [text, format] : kinds) {
    auto* action = formats->addAction(text);
    action->setData(static_cast<int>(format));
    connect(action, &QAction::triggered, this, [this, format = format] {
      table_->copy(format);
      emit status(tr("The table is in the clipboard."));
    });
  }
  lpips_note_ = new QLabel(tr("LPIPS is not measured: p2l metrics fetch brings its weights."), box);
  lpips_note_->setWordWrap(true);
  lpips_note_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  lpips_note_->hide();
  column->addWidget(lpips_note_);
  area_ = new QLabel(box);
  area_->setObjectName(QStringLiteral("area_numbers"));
  area_->setWordWrap(true);
  area_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  area_->setForegroundRole(QPalette::PlaceholderText);
  area_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  column->addWidget(area_box_ = new ShortText(area_, box));
  area_box_->hide();
  column->addWidget(curves_ = new CurvesPlot(box), 2);
  auto* row = new QHBoxLayout;
  repeat_ = new QPushButton(tr("&Repeat on a folder…"), box);
  repeat_->setToolTip(tr("The same runs on many photos: an evaluation, with its recipe"));
  auto* csv = new QPushButton(tr("Save &CSV…"), box);
  csv->setToolTip(tr("All numbers with all digits, and what the runs were made with"));
  report_ = new QPushButton(tr("R&eport…"), box);
  report_->setToolTip(tr("Pictures, table and the commands that run all again, as one HTML file"));
  row->addWidget(repeat_);
  row->addWidget(csv);
  row->addWidget(report_);
  row->addStretch(1);
  column->addLayout(row);
  connect(repeat_, &QPushButton::clicked, this, &ComparePage::showRepeat);
  connect(csv, &QPushButton::clicked, this, &ComparePage::saveCsv);
  connect(report_, &QPushButton::clicked, this, &ComparePage::saveReport);
  return box;
}

void ComparePage::report(const QString& sentence) {
  messages_->showProblem(Topic::Run, sentence);
}

void ComparePage::setSaveCheck(std::function<QString(const QString& path)> check) {
  save_check_ = check;
  curves_->setSaveCheck(std::move(check));
}

void ComparePage::choose(CompareSet set) {
  set == CompareSet::Ladder ? chips_->addLadder() : chips_->addAllSolvers();
}

void ComparePage::showModeTools() {
  const bool lines = showsLines(), difference = !lines && canvas_->mode() == Mode::Difference;
  modes_->setCurrent(lines ? kLines : static_cast<int>(canvas_->mode()));
  differences_->setVisible(difference);
  range_->setVisible(difference);
  for (QWidget* of_pictures :
       {static_cast<QWidget*>(reference_), static_cast<QWidget*>(tiles_), static_cast<QWidget*>(area_tool_),
        static_cast<QWidget*>(fit_), static_cast<QWidget*>(linked_)})
    of_pictures->setVisible(!lines);
  if (reference_->count() == 0) reference_->hide();
  placePanel();
}

void ComparePage::showTruth() {
  const QSignalBlocker blocker(truth_);
  truth_->setChecked(document_->request().mode == p2l::Mode::Demonstrate);
  truth_->setEnabled(document_->photo() != nullptr && !session_->isRunning());
}

void ComparePage::showSteps(bool say) {
  const auto replaced = session_->replacedSteps();
  QStringList tip(tr("Sampling steps of all runs; “as set” keeps each run's own number"));
  if (!replaced.isEmpty()) tip << replaced;
  steps_->setToolTip(tip.join(QLatin1Char('\n')));
  if (say && !replaced.isEmpty()) emit status(replaced);
}

bool ComparePage::showsLines() const {
  return !lines_->isHidden();
}

void ComparePage::showLines(bool shown) {
  canvas_->setVisible(!shown);
  lines_->setVisible(shown);
  timeline_->setText({});
  showModeTools();
  showTilesSoon();  // and what invites to fill them
}

void ComparePage::placePanel() {
  const bool narrow = width() < kNarrow;
  zoom_->setVisible(!showsLines() && width() >= kWithZoom);
  reference_title_->setVisible(!reference_->isHidden() && width() >= kWithZoom);
  int needed = kMargin * 2 + tools_->spacing();
  for (int i = 0; i < tools_->count(); ++i) {
    tools_->itemAt(i)->layout()->invalidate();  // other tools may be shown than before
    needed += tools_->itemAt(i)->sizeHint().width();
  }
  // In one row they keep the page from being as narrow as what it is scrolled in.
  const int room = parentWidget() != nullptr ? std::min(width(), parentWidget()->width()) : width();
  tools_->setDirection(room < needed ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
  numbers_->setVisible(narrow);
  const bool numbers = narrow && numbers_->isChecked();
  pictures_->setVisible(!numbers);
  panel_->setVisible(numbers || (!narrow && (!showsLines() || width() >= kLinesAndNumbers)));
  const int wide = showsLines() ? kPanel : std::max<int>(kPanel, width() * 3 / 10);  // pictures of lines are larger
  panel_->setMinimumWidth(narrow ? 0 : wide);
  panel_->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : wide);
  panel_->setSizePolicy(narrow ? QSizePolicy::Expanding : QSizePolicy::Preferred, QSizePolicy::Preferred);
  placeArea();
}

void ComparePage::placeArea() {
  auto* place = panel_->isHidden() ? pictures_ : panel_;
  if (area_box_->parentWidget() == place) return;
  const bool shown = !area_box_->isHidden();
  auto* column = static_cast<QVBoxLayout*>(place->layout());
  column->insertWidget(place == panel_ ? column->indexOf(lpips_note_) + 1 : column->indexOf(timeline_), area_box_);
  area_box_->setVisible(shown);
}

void ComparePage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  placePanel();
  area_soon_.start();  // tiles may have no room any more for what is said of an area
}

void ComparePage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showTilesSoon();
}

void ComparePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (!session_->isRunning()) session_->refresh();
  placePanel();
}

}  // namespace p2l::ui
