// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/width_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/api/catalogue.h"
#include "core/request/crop.h"
#include "ui/base/frame_image.h"
#include "ui/base/side_runs.h"
#include "ui/document/run_model.h"
#include "ui/language/words.h"
#include "ui/style/flow_layout.h"
#include "ui/style/tab_order.h"
#include "ui/style/window_size.h"
#include "ui/widgets/panel_scroller.h"

namespace p2l::ui {
namespace {

constexpr int kTile = 168, kBetween = 6, kDigits = 3;
constexpr double kRatio = 1.4142135623730951;

/// The width of the settings' blur; null: it has none.
const ParamSpec* widthOf(const RunModel& document, const RestoreRequest& request) {
  if (document.catalogue() == nullptr) return nullptr;
  for (const auto& task : document.catalogue()->degradations) {
    if (task.id == request.degradation().id && !task.width_key.empty())
      return findSpec(task.parameters, task.width_key);
  }
  return nullptr;
}

}  // namespace

bool WidthStrip::suits(const RunModel& document) {
  return widthOf(document, document.request()) != nullptr;
}

WidthStrip::WidthStrip(RunModel* document, SideRuns* runs, QWidget* parent)
    : QDialog(parent), document_(document), runs_(runs) {
  pictures_ = document->pictures(request_);
  const auto whole = document->cropRect();
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
  const auto& width = *widthOf(*document, request_);
  key_ = width.key;
  const auto label = catalogueText(width.label);  // as the panel calls it
  setWindowTitle(tr("%1: which value?").arg(label));
  const auto found = request_.degradation().values.find(key_);
  const double middle =
      std::get<double>(found != request_.degradation().values.end() ? found->second : defaultValue(width));
  auto* column = new QVBoxLayout(this);
  auto* strip = new QWidget(this);
  auto* flow = new FlowLayout(strip, kBetween);
  auto waiting = QPixmap::fromImage(qimageFromImage(*pictures_.photo));  // until its picture comes
  QPainter(&waiting).fillRect(waiting.rect(), QColor(0, 0, 0, 150));
  for (int i = 0; i < kCount; ++i) {
    const double exact = std::clamp(middle * std::pow(kRatio, i - kCount / 2), width.minimum, width.maximum);
    widths_.push_back(QString::number(exact, 'g', kDigits).toDouble());  // what the tile says
    auto* tile = new QToolButton(strip);
    tile->setFixedSize(kTile, kTile + 40);
    tile->setIconSize({kTile - 16, kTile - 16});
    tile->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    tile->setFocusPolicy(Qt::StrongFocus);
    tile->setText(tr("%1 px …").arg(widths_.back(), 0, 'g', 3));
    tile->setIcon(QIcon(waiting));
    tile->setAccessibleName(tr("%1: %2 px").arg(label).arg(widths_.back(), 0, 'g', 3));
    tile->setToolTip(tr("Choose this value"));
    connect(tile, &QToolButton::clicked, this, [this, i] { choose(i); });
    tiles_ << tile;
    flow->addWidget(tile);
  }
  note_ = new QLabel(tr("Too small leaves it soft; too large makes rings around edges. Click the best."), this);
  note_->setWordWrap(true);
  auto* scroller = new PanelScroller(strip, this);
  column->addWidget(scroller, 1);
  column->addWidget(note_);
  // All in one row where the screen has room for it, also beside a scroll bar.
  for (QWidget* widget : {static_cast<QWidget*>(this), static_cast<QWidget*>(note_)}) widget->ensurePolished();
  const auto margins = column->contentsMargins();
  const int around = margins.left() + margins.right() + style()->pixelMetric(QStyle::PM_ScrollBarExtent);
  const int width_here = sizeOnScreen(*this, {flow->sizeHint().width() + around, 0}).width();
  const int below = column->spacing() + note_->heightForWidth(width_here - around) + margins.top() + margins.bottom();
  resize(sizeOnScreen(*this, {width_here, flow->heightForWidth(width_here - around) + below}));
  new TabOrder(this);
  for (int i = 0; i < kCount; ++i) start(i);
}

WidthStrip::~WidthStrip() {
  for (const auto id : ids_) runs_->cancel(id);
}

void WidthStrip::start(int index) {
  auto request = request_;
  request.degradation().values[key_] = widths_[index];
  ids_.push_back(runs_->add(request, pictures_, [this, index](const ResultPtr& result, const QString& problem) {
    if (!result) return note_->setText(problem);
    auto* tile = tiles_[index];
    tile->setIcon(QPixmap::fromImage(result->picture));
    tile->setText(tr("%1 px").arg(widths_[index], 0, 'g', 3));
  }));
}

void WidthStrip::choose(int index) {
  RestoreRequest request;
  const auto pictures = document_->pictures(request);
  request.degradation().values[key_] = widths_[index];
  document_->recall(request, pictures);
  accept();
}

}  // namespace p2l::ui
