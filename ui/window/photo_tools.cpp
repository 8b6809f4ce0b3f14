// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/photo_tools.h"

#include <QAction>
#include <utility>

#include "ui/canvas/image_canvas.h"
#include "ui/document/run_model.h"
#include "ui/jobs/part_run.h"
#include "ui/run/run_bar.h"
#include "ui/tools/canvas_bar.h"
#include "ui/tools/crop_view.h"
#include "ui/tools/part_tool.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/main_actions.h"
#include "ui/window/model_desk.h"

namespace p2l::ui {

PhotoTools::PhotoTools(const Parts& parts, QObject* parent)
    : QObject(parent),
      crop_(new CropView(parts.document, parts.canvas)),
      part_run_(new PartRun(parts.document)),
      part_(new PartTool(parts.document, part_run_, parts.canvas)) {
  connectCrop(parts);
  connectPart(parts);
  // One rectangle at a time.
  connect(crop_, &CropView::openChanged, part_, [this](bool open) {
    if (open) part_->setPicking(false);
  });
  connect(part_, &PartTool::pickingChanged, crop_, [this](bool picking) {
    if (picking) crop_->setOpen(false);
  });
}

void PhotoTools::setInUse(bool in_use) {
  if (std::exchange(in_use_, in_use) != in_use) emit inUseChanged();
}

QStringList PhotoTools::atStake() const {
  if (!part_run_->isRunning()) return {};
  return {part_run_->steps() > 0
              ? tr("The part in progress, in step %1 of %2.").arg(part_run_->step()).arg(part_run_->steps())
              : tr("The part in progress.")};
}

void PhotoTools::connectCrop(const Parts& parts) {
  auto *crop = parts.actions->crop, *reset = parts.actions->reset_crop;
  auto* document = parts.document;
  connect(crop, &QAction::triggered, crop_, &CropView::setOpen);
  connect(crop_, &CropView::openChanged, crop, &QAction::setChecked);
  connect(reset, &QAction::triggered, crop_, &CropView::reset);
  parts.canvas_bar->addSwitch(crop);
  const auto update = [this, crop, reset, document] {
    const bool idle = in_use_ && document->photo() != nullptr && !document->isRunning();
    crop->setEnabled(idle);
    reset->setEnabled(idle && document->isCropped());
  };
  connect(document, &RunModel::photoChanged, crop, update);
  connect(document, &RunModel::runningChanged, crop, update);
  connect(document, &RunModel::settingsChanged, crop, update);
  connect(this, &PhotoTools::inUseChanged, crop, update);
  update();
}

void PhotoTools::connectPart(const Parts& parts) {
  auto* action = parts.actions->try_part;
  auto* document = parts.document;
  connect(action, &QAction::triggered, part_, &PartTool::setPicking);
  connect(part_, &PartTool::pickingChanged, action, &QAction::setChecked);
  connect(part_, &PartTool::failed, parts.messages,
          [messages = parts.messages](const QString& text) { messages->showProblem(MessageBar::Topic::Run, text); });
  part_->setPredictor([models = parts.models](QSize part, const std::function<void(const QString&)>& done) {
    models->predictPart(part, done);
  });
  parts.run_bar->addBesideRun(action);
  const auto update = [this, action, document] {
    action->setEnabled(in_use_ && document->photo() != nullptr && !document->isRunning() &&
                       document->openQuestion().isEmpty());
  };
  connect(document, &RunModel::photoChanged, action, update);
  connect(document, &RunModel::runningChanged, action, update);
  connect(document, &RunModel::questionChanged, action, update);
  connect(this, &PhotoTools::inUseChanged, action, update);
  update();
}

}  // namespace p2l::ui
