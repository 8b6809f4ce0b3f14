// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/part_tool.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

#include "ui/canvas/image_canvas.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_model.h"
#include "ui/jobs/part_run.h"
#include "ui/language/numbers.h"
#include "ui/tools/frame_picker.h"
#include "ui/widgets/floating_bar.h"

namespace p2l::ui {

PartTool::PartTool(RunModel* document, PartRun* run, ImageCanvas* canvas)
    : QObject(canvas),
      document_(document),
      run_(run),
      canvas_(canvas),
      picker_(new FramePicker(canvas, FramePicker::Manner::Drawn)),
      bar_(new FloatingBar(tr("Part of the photo"), canvas)) {
  picker_->setObjectName(QStringLiteral("partPicker"));
  picker_->setAccessibleName(
      tr("Part to try: drag a rectangle; or arrow keys move it, with Ctrl they size it, Enter "
         "takes it"));
  bar_->setObjectName(QStringLiteral("partBar"));
  label_ = bar_->addLabel();
  whole_ = bar_->addButton(tr("Whole photo"), tr("Restore the whole photo with these settings (F5)"));
  result_ = bar_->addButton(tr("As result"), tr("Crop the photo to this part, with its result to look at and to save"));
  again_ = bar_->addButton(tr("Again"), tr("The same part with the settings of now"));
  other_ = bar_->addButton(tr("Another part"), tr("Drag another rectangle"));
  close_ = bar_->addButton(tr("Close"), tr("Take the part away (Escape)"));
  close_->setAccessibleName(tr("Close the part"));
  bar_->hide();
  timer_.setSingleShot(true);
  timer_.setInterval(kPredictMs);
  canvas->installEventFilter(this);
  connect(&timer_, &QTimer::timeout, this, &PartTool::predict);
  connect(whole_, &QPushButton::clicked, document, &RunModel::run);
  connect(result_, &QPushButton::clicked, run, &PartRun::takeOver);
  connect(again_, &QPushButton::clicked, this, [this] { pick(run_->part()); });
  connect(other_, &QPushButton::clicked, this, [this] { setPicking(true); });
  connect(close_, &QPushButton::clicked, this, [this] {
    if (picking_) return setPicking(false);  // "Cancel": an earlier part stays
    run_->stop();
    canvas_->setFocus();
  });
  connect(picker_, &FramePicker::picked, this, &PartTool::pick);
  connect(picker_, &FramePicker::cancelled, this, [this] { setPicking(false); });
  connect(picker_, &FramePicker::frameChanged, &timer_, qOverload<>(&QTimer::start));
  connect(run, &PartRun::changed, this, &PartTool::show);
  connect(run, &PartRun::failed, this, &PartTool::failed);
  connect(document, &RunModel::photoChanged, this, [this] { setPicking(false); });
  connect(document, &RunModel::runningChanged, this, [this] { setPicking(false); });
  connect(document, &RunModel::settingsChanged, this, [this] {
    if (picking_) timer_.start();
  });
}

QString PartTool::text() const {
  return label_->text();
}

void PartTool::setPicking(bool picking) {
  QString obstacle;
  if (picking && document_->photo() == nullptr) obstacle = tr("There is no picture yet: open one with Ctrl+O.");
  if (picking && document_->isRunning()) obstacle = RunModel::runInProgressText();
  if (!obstacle.isEmpty()) {
    picking = false;
    emit failed(obstacle);
  }
  if (picking != picking_) {
    picking_ = picking;
    if (picking) {
      const auto whole = document_->workingSize();
      time_.clear();
      picker_->begin(whole, run_->part().isEmpty() ? PartRun::middle(whole) : run_->part(), PartRun::kSmallest);
    } else {
      picker_->end();
      canvas_->setFocus();
    }
    show();
  }
  emit pickingChanged(picking_);  // also to a button that was pressed in vain
}

void PartTool::pick(const QRect& frame) {
  setPicking(false);
  if (const auto sentence = run_->start(frame); !sentence.isEmpty()) emit failed(sentence);
}

void PartTool::predict() {
  if (!picking_ || !predictor_) return;
  const auto part = PartRun::withSurroundings(picker_->frame(), document_->workingSize());
  predictor_(part.size(), [this](const QString& time) {
    time_ = time;
    if (picking_) show();
  });
}

QString PartTool::stateText() const {
  if (picking_) {
    const auto help = tr("Drag a rectangle, or Enter");
    return time_.isEmpty() ? help : tr("%1 · %2").arg(help, time_);
  }
  if (run_->isRunning()) {
    if (run_->steps() == 0) return time_.isEmpty() ? tr("Part · waiting") : tr("Part · waiting · %1").arg(time_);
    const auto step = tr("Part · step %1 of %2").arg(run_->step()).arg(run_->steps());
    return run_->step() > 0 || time_.isEmpty() ? step : tr("%1 · %2").arg(step, time_);
  }
  const auto done = tr("Part · %1 s").arg(numberText(run_->seconds(), 1));
  return run_->isStale() ? tr("%1 · former settings").arg(done) : done;
}

void PartTool::show() {
  const bool shown = !run_->part().isEmpty();
  bar_->setVisible(picking_ || shown);
  label_->setText(stateText());
  whole_->setVisible(!picking_);
  result_->setVisible(!picking_ && run_->result() != nullptr);
  again_->setVisible(!picking_ && !run_->isRunning());
  other_->setVisible(!picking_ && !run_->isRunning());
  close_->setText(picking_ ? tr("Cancel") : run_->isRunning() ? tr("Stop") : tr("Close"));
  if (bar_->isVisible()) {
    bar_->raise();
    bar_->place();
  }
  showInset();
}

void PartTool::showInset() {
  const bool mine = inset_ != 0 && canvas_->inset().cacheKey() == inset_;
  const auto& part = run_->part();
  if (part.isEmpty()) {
    if (mine) canvas_->setInset({}, {}, {});
    inset_ = 0;
    return;
  }
  const bool former = inset_ != 0 && !mine && run_->isStale();
  if (former) return;  // what follows the settings lies there now
  const QSizeF whole = document_->workingSize();
  const QRectF place(part.x() / whole.width(), part.y() / whole.height(), part.width() / whole.width(),
                     part.height() / whole.height());
  auto shown = run_->picture().copy(run_->shown().toRect());
  if (run_->picture().isNull()) {  // until the first step: where it will be
    const bool degraded = document_->request().mode == Mode::Demonstrate;
    const auto& photo = degraded ? document_->measurementPicture() : document_->originalPicture();
    if (photo.size() != document_->workingSize()) return;
    shown = photo.copy(part);
  }
  inset_ = shown.cacheKey();
  canvas_->setInset(shown, place, stateText());
}

bool PartTool::eventFilter(QObject* watched, QEvent* event) {
  if (watched == canvas_ && event->type() == QEvent::KeyPress) {
    const bool escape = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (escape && !run_->part().isEmpty() && !document_->mask()->strokeActive()) {
      run_->stop();
      return true;
    }
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace p2l::ui
