// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/width_strip.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/api/catalogue.h"
#include "core/request/crop.h"
#include "ui/base/frame_image.h"
#include "ui/base/side_runs.h"
#include "ui/document/run_model.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/style/flow_layout.h"
#include "ui/style/icons.h"
#include "ui/style/tab_order.h"
#include "ui/style/window_size.h"
#include "ui/widgets/panel_scroller.h"

namespace p2l::ui {
namespace {

constexpr int kBorder = 4, kBetween = 6, kDigits = 3;  // of a tile around its picture, between tiles
constexpr int kEnd = 30;                               // width of the buttons at the ends of a row
constexpr double kRatio = 1.4142135623730951;
constexpr double kHalfTurn = 180.0;
constexpr double kTurns[] = {-45.0, -15.0, 0.0, 15.0, 45.0, 90.0};  // a second look finds the angle between these

/// The degradation of the settings; null: its blur has no width.
const DegradationInfo* blurOf(const RunModel& document, const RestoreRequest& request) {
  if (document.catalogue() == nullptr) return nullptr;
  for (const auto& task : document.catalogue()->degradations) {
    if (task.id == request.degradation().id && !task.width_key.empty()) return &task;
  }
  return nullptr;
}

/// As a tile says it.
double rounded(double value) {
  return QString::number(value, 'g', kDigits).toDouble();
}

/// The powers of the ratio that a row of widths may begin with, so that only its ends are at those of the range.
std::pair<int, int> firstPowers(double middle, const ParamSpec& width) {
  constexpr double kNearly = 1e-9;
  const auto powerOf = [&](double value) { return std::log(value / middle) / std::log(kRatio); };
  const int lowest = static_cast<int>(std::floor(powerOf(width.minimum) + kNearly));
  const int highest = static_cast<int>(std::ceil(powerOf(width.maximum) - kNearly));
  return {lowest, std::max(lowest, highest - WidthStrip::kCount + 1)};
}

double withinHalfTurn(double angle) {
  return std::fmod(angle + kHalfTurn, kHalfTurn);
}

/// Ascending.
std::vector<double> anglesAround(double middle) {
  std::vector<double> angles;
  for (const double turn : kTurns) angles.push_back(rounded(withinHalfTurn(middle + turn)));
  std::sort(angles.begin(), angles.end());
  return angles;
}

}  // namespace

bool WidthStrip::suits(const RunModel& document) {
  return blurOf(document, document.request()) != nullptr;
}

WidthStrip::WidthStrip(RunModel* document, SideRuns* runs, QWidget* parent)
    : QDialog(parent), document_(document), runs_(runs) {
  takePart();
  const auto& blur = *blurOf(*document, request_);
  width_ = specOf(blur.parameters, blur.width_key, blur.id);
  angle_key_ = blur.angle_key;
  setWindowTitle(tr("Not sure? Widths"));
  auto* column = new QVBoxLayout(this);
  auto* strip = new QWidget(this);
  addRows(new QVBoxLayout(strip), findSpec(blur.parameters, angle_key_));
  note_ = new QLabel(tr("Too small leaves it soft; too large makes rings around edges. Click the best."), this);
  if (!angle_key_.empty())
    note_->setText(
        note_->text() + QLatin1Char(' ') +
        tr("A wrong angle makes rings at every width: choose the angle first, then come back for the width."));
  note_->setWordWrap(true);
  column->addWidget(new PanelScroller(strip, this), 1);
  column->addWidget(note_);
  buttons_ = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
  column->addWidget(buttons_);
  fitToScreen();
  new TabOrder(this);
  setFocusPolicy(Qt::ClickFocus);
  setFocus();  // no tile looks chosen before Tab goes to it
  for (int i = 0; i < static_cast<int>(tries_.size()); ++i) start(i);
}

void WidthStrip::addRows(QVBoxLayout* rows, const ParamSpec* angle) {
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(kBetween);
  const auto addTitle = [&](const ParamSpec& spec) {
    titles_ << new QLabel(catalogueText(spec.label), rows->parentWidget());  // as the panel calls it
    rows->addWidget(titles_.last());
  };
  if (angle != nullptr) {  // first: with a wrong one every width makes rings
    addTitle(*angle);
    flows_ << addRow(rows, *angle, anglesAround(valueOf(*angle)));
  }
  addTitle(width_);
  const auto [lowest, highest] = firstPowers(valueOf(width_), width_);
  first_ = std::clamp(-kCount / 2, lowest, highest);
  flows_ << addRow(rows, width_, widthsOfRow());
  rows->addStretch(1);
  showEnds();
}

/// All in one row each where the screen has room for it, also beside a scroll bar.
void WidthStrip::fitToScreen() {
  QWidgetList texts{this, note_, buttons_};
  for (auto* title : titles_) texts << title;
  for (auto* each : texts) each->ensurePolished();
  const auto margins = layout()->contentsMargins();
  const int around = margins.left() + margins.right() + style()->pixelMetric(QStyle::PM_ScrollBarExtent);
  const auto heightOfTexts = [&](int width) {
    int height = 2 * layout()->spacing() + buttons_->sizeHint().height() + note_->heightForWidth(width - around) +
                 margins.top() + margins.bottom() - kBetween;
    for (const auto* title : titles_) height += title->sizeHint().height() + kBetween;
    return height;
  };
  const auto room = sizeOnScreen(*this, {QWIDGETSIZE_MAX, QWIDGETSIZE_MAX});
  sizeTiles(pictureSide(room, heightOfTexts(room.width()), around));
  int widest = 0;
  for (const auto* flow : flows_) widest = std::max(widest, flow->sizeHint().width());
  const int width = sizeOnScreen(*this, {widest + around, 0}).width();
  int height = heightOfTexts(width);
  for (const auto* flow : flows_) height += flow->heightForWidth(width - around) + kBetween;
  resize(sizeOnScreen(*this, {width, height}));
}

int WidthStrip::pictureSide(QSize room, int texts_height, int around) const {
  const int down = static_cast<int>(flows_.size());
  const int line = fontMetrics().height();
  int wide = kLargest;
  for (const auto* flow : flows_) {
    const int ends = flow == flows_.last() ? 2 : 0;
    const int room_of_tiles = room.width() - around - ends * (kEnd + kBetween) + kBetween;
    wide = std::min(wide, room_of_tiles / (flow->count() - ends) - kBetween - 2 * kBorder);
  }
  const int high = (room.height() - texts_height) / std::max(1, down) - kBetween - line - 3 * kBorder;
  const int tall = std::max(1, pictureSize(kLargest).height());
  return std::clamp(std::min(wide, high * kLargest / tall), kPicture, kLargest);
}

QSize WidthStrip::pictureSize(int side) const {
  return QSize(pictures_.photo->width, pictures_.photo->height).scaled(side, side, Qt::KeepAspectRatio);
}

void WidthStrip::sizeTiles(int side) {
  side_ = side;
  auto waiting = enlarged(qimageFromImage(*pictures_.photo));  // until its picture comes
  QPainter painter(&waiting);
  painter.fillRect(QRectF({0, 0}, waiting.deviceIndependentSize()), QColor(0, 0, 0, 150));
  painter.end();
  waiting_ = QIcon(waiting);
  const QSize picture = pictureSize(side);
  for (const auto& each : tries_) {
    const int line = QFontMetrics(each.tile->font()).height();  // the value, close below the picture
    each.tile->setFixedSize(side + 2 * kBorder, picture.height() + line + 3 * kBorder);
    each.tile->setIconSize(picture);
    each.tile->setIcon(waiting_);
  }
  for (auto* end : {smaller_, larger_}) end->setFixedSize(kEnd, tries_.back().tile->height());
}

QPixmap WidthStrip::enlarged(const QImage& part) const {
  const bool few = std::max(part.width(), part.height()) < kSide;
  const auto ratio = devicePixelRatioF();
  const QSize whole = QSizeF(side_ * ratio, side_ * ratio).toSize();
  auto picture = part.scaled(whole, Qt::KeepAspectRatio, few ? Qt::FastTransformation : Qt::SmoothTransformation);
  picture.setDevicePixelRatio(ratio);
  return QPixmap::fromImage(picture);
}

WidthStrip::~WidthStrip() {
  for (const auto& each : tries_) runs_->cancel(each.id);
}

void WidthStrip::takePart() {
  pictures_ = document_->pictures(request_);
  const auto whole = document_->cropRect();
  QRect part({0, 0}, whole.size().boundedTo({kSide, kSide}));
  part.moveCenter(whole.center());
  const auto cut = cutPart(pictures_.photo, {part.width(), part.height(), part.left(), part.top()});
  pictures_.photo = std::make_shared<const Image>(*cut);
  request_.crop.clear();
  pictures_.mask = {};
  request_.mode = Mode::Restore;
  request_.size = 0;
  auto& steps = request_.sampler_values["steps"];
  const auto* stated = std::get_if<double>(&steps);
  steps = stated != nullptr && *stated > 0 ? std::min<double>(*stated, kSteps) : kSteps;
  if (request_.solver_values.count("K") > 0) request_.solver_values["K"] = 0.0;  // no tuning of the prompt
  request_.preset.clear();
}

double WidthStrip::valueOf(const ParamSpec& spec) const {
  const auto& values = request_.degradation().values;
  const auto found = values.find(spec.key);
  return std::get<double>(found != values.end() ? found->second : defaultValue(spec));
}

FlowLayout* WidthStrip::addRow(QVBoxLayout* column, const ParamSpec& spec, const std::vector<double>& values) {
  auto* strip = column->parentWidget();
  auto* flow = new FlowLayout(nullptr, kBetween);
  column->addLayout(flow);
  const bool has_ends = spec.key == width_.key;
  if (has_ends) flow->addWidget(smaller_ = makeEnd(-1, strip));
  for (const double value : values) {
    auto* tile = new QToolButton(strip);
    tile->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    tile->setFocusPolicy(Qt::StrongFocus);
    tile->installEventFilter(this);
    const int index = static_cast<int>(tries_.size());
    connect(tile, &QToolButton::clicked, this, [this, index] { choose(index); });
    tries_.push_back({spec.key, value, {}, tile});
    showTry(spec, index, value);
    flow->addWidget(tile);
  }
  if (has_ends) flow->addWidget(larger_ = makeEnd(1, strip));
  return flow;
}

QPushButton* WidthStrip::makeEnd(int direction, QWidget* parent) {
  const bool down = direction < 0;
  auto* button = new QPushButton(glyphIcon(down ? Glyph::Previous : Glyph::Next), {}, parent);
  button->setAccessibleName(down ? tr("Smaller widths") : tr("Larger widths"));
  button->setToolTip(down ? tr("Try smaller widths (−); the smallest of these stays")
                          : tr("Try larger widths (+); the largest of these stays"));
  button->setShortcut(down ? Qt::Key_Minus : Qt::Key_Plus);
  button->setAutoDefault(false);
  button->installEventFilter(this);
  connect(button, &QPushButton::clicked, this, [this, direction] { stepWidths(direction); });
  return button;
}

std::vector<double> WidthStrip::widthsOfRow() const {
  std::vector<double> widths;
  for (int i = 0; i < kCount; ++i) {
    const double exact = valueOf(width_) * std::pow(kRatio, first_ + i);
    widths.push_back(rounded(std::clamp(exact, width_.minimum, width_.maximum)));
  }
  return widths;
}

void WidthStrip::stepWidths(int direction) {
  const auto [lowest, highest] = firstPowers(valueOf(width_), width_);
  first_ = std::clamp(first_ + direction * (kCount - 1), lowest, highest);
  const auto widths = widthsOfRow();
  const int row = static_cast<int>(tries_.size()) - kCount;
  for (int i = 0; i < kCount; ++i) {
    runs_->cancel(tries_[row + i].id);
    showTry(width_, row + i, widths[i]);
    if (made_.count(widths[i]) == 0) start(row + i);
  }
  showEnds();
}

void WidthStrip::showEnds() {
  const auto [lowest, highest] = firstPowers(valueOf(width_), width_);
  smaller_->setEnabled(first_ > lowest);
  larger_->setEnabled(first_ < highest);
}

void WidthStrip::showTry(const ParamSpec& spec, int index, double value) {
  auto& each = tries_[index];
  const auto label = catalogueText(spec.label);
  const bool turns = spec.key == angle_key_;
  const bool present = value == rounded(turns ? withinHalfTurn(valueOf(spec)) : valueOf(spec));
  each.value = value;
  each.text = (turns ? tr("%1°") : tr("%1 px")).arg(shortNumber(value, kDigits));
  auto font = each.tile->font();
  font.setBold(present);
  each.tile->setFont(font);
  each.tile->setAccessibleName(present ? tr("%1: %2, the present value").arg(label, each.text)
                                       : tr("%1: %2").arg(label, each.text));
  each.tile->setAccessibleDescription({});
  each.tile->setToolTip(present ? tr("The present value") : tr("Choose this value"));
  each.tile->setEnabled(true);
  each.tile->setText(tr("%1 …").arg(each.text));
  each.tile->setIcon(waiting_);
  const auto made = made_.find(value);
  if (!turns && made != made_.end()) showPicture(index, made->second);
}

void WidthStrip::showPicture(int index, const QImage& picture) {
  tries_[index].tile->setIcon(enlarged(picture));
  tries_[index].tile->setText(tries_[index].text);
}

std::vector<double> WidthStrip::valuesOf(const std::string& key) const {
  std::vector<double> values;
  for (const auto& each : tries_) {
    if (each.key == key) values.push_back(each.value);
  }
  return values;
}

void WidthStrip::start(int index) {
  auto& each = tries_[index];
  auto request = request_;
  request.degradation().values[each.key] = each.value;
  each.id = runs_->add(request, pictures_, [this, index](const ResultPtr& result, const QString& problem) {
    if (!result) return fail(index, problem);
    if (tries_[index].key == width_.key) made_[tries_[index].value] = result->picture;
    showPicture(index, result->picture);
  });
}

void WidthStrip::fail(int index, const QString& problem) {
  const auto sentence = problem.left(1).toUpper() + problem.mid(1);
  auto* tile = tries_[index].tile;
  tile->setText(tries_[index].text);
  tile->setToolTip(sentence);
  tile->setAccessibleDescription(sentence);
  tile->setEnabled(false);
  note_->setText(sentence);
}

bool WidthStrip::eventFilter(QObject* watched, QEvent* event) {
  auto* button = event->type() == QEvent::KeyPress ? qobject_cast<QAbstractButton*>(watched) : nullptr;
  if (button == nullptr) return QDialog::eventFilter(watched, event);
  const int key = static_cast<QKeyEvent*>(event)->key();
  if (key != Qt::Key_Return && key != Qt::Key_Enter) return QDialog::eventFilter(watched, event);
  button->click();
  return true;
}

void WidthStrip::choose(int index) {
  RestoreRequest request;
  const auto pictures = document_->pictures(request);
  request.degradation().values[tries_[index].key] = tries_[index].value;
  document_->recall(request, pictures);
  accept();
}

}  // namespace p2l::ui
