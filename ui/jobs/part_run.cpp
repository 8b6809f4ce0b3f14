// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/part_run.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "core/archive/run_archive.h"
#include "core/request/crop.h"
#include "ui/base/frame_image.h"
#include "ui/base/side_runs.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

constexpr int kFirstSide = 160;

/// What is restored; `own`: the same as a photo, where no crop of the opened one is these pixels.
struct Cut {
  std::shared_ptr<const Image> photo;
  std::shared_ptr<const OpenedPhoto> own;
};

QString labelOf(const RestoreRequest& request) {
  return PartRun::tr("Part of %1").arg(QFileInfo(QString::fromStdString(request.photo)).fileName());
}

/// `label`: that of the photo that is made of it; empty: none is.
Cut cutOut(const SharedImage& working, const QRect& part, const QString& label,
           const std::shared_ptr<const PhotoOrigin>& origin) {
  Cut cut;
  if (label.isEmpty()) {
    cut.photo =
        std::make_shared<const Image>(*cutPart(working, {part.width(), part.height(), part.left(), part.top()}));
    return cut;
  }
  auto photo = std::make_shared<Photo>();
  photo->image = *cutPart(working, {part.width(), part.height(), part.left(), part.top()});
  if (origin) photo->origin = *origin;
  auto own = std::make_shared<OpenedPhoto>();
  own->label = label;
  own->shown = qimageFromImage(photo->image);
  own->sha256 = sha256OfPixels(photo->image);
  cut.photo = {photo, &photo->image};
  own->photo = std::move(photo);
  cut.own = std::move(own);
  return cut;
}

bool hidesNothing(const QImage& mask) {
  for (int y = 0; y < mask.height(); ++y) {
    const uchar* row = mask.constScanLine(y);
    if (std::any_of(row, row + mask.width(), [](uchar sample) { return sample >= 128; })) return false;
  }
  return true;
}

}  // namespace

PartRun::PartRun(RunModel* document) : QObject(document), document_(document) {
  connect(document, &RunModel::photoChanged, this, &PartRun::stop);
  connect(document, &RunModel::settingsChanged, this, &PartRun::settingsChanged);
  connect(document, &RunModel::runningChanged, this, [this](bool running) {
    if (running) stop();  // the whole is restored now
  });
}

QRect PartRun::withSurroundings(const QRect& part, QSize whole) {
  return part.adjusted(-kAround, -kAround, kAround, kAround) & QRect({0, 0}, whole);
}

QRect PartRun::middle(QSize whole) {
  QRect part({0, 0}, whole.boundedTo({kFirstSide, kFirstSide}));
  part.moveTopLeft({(whole.width() - part.width()) / 2, (whole.height() - part.height()) / 2});
  return part;
}

RestoreRequest PartRun::requestFor(RestoreRequest settings) {
  settings.crop.clear();
  settings.size = 0;
  return settings;
}

QString PartRun::start(const QRect& wanted) {
  if (document_->photo() == nullptr) return tr("There is no picture yet: open one with Ctrl+O.");
  if (document_->isRunning()) return RunModel::runInProgressText();
  if (!document_->openQuestion().isEmpty()) return document_->openQuestion();
  const auto whole = document_->workingSize();
  const auto part = wanted & QRect({0, 0}, whole);
  if (part.isEmpty()) return tr("The part must lie inside of the photo.");
  const auto cut = withSurroundings(part, whole);
  RestoreRequest request;
  auto pictures = document_->pictures(request);
  if (!pictures.mask.isNull()) {
    pictures.mask = pictures.mask.copy(cut);
    if (hidesNothing(pictures.mask)) return tr("The mask hides no pixel of this part: choose one with missing pixels.");
  }
  stop();
  part_ = part;
  cut_ = cut;
  settings_ = request;
  run_ = keptOf(request, pictures);
  preparing_ = true;
  work_.start(
      [request, photo = pictures.photo, origin = pictures.origin, cut] {
        return cutOut(workingPhoto(request, photo), cut, request.size > 0 ? labelOf(request) : QString(), origin);
      },
      [this, asked = asked_, request, pictures](const Cut& found, const QString& problem) {
        if (asked != asked_) return;
        preparing_ = false;
        if (!problem.isEmpty()) return end(nullptr, problem);
        auto of_part = pictures;
        of_part.photo = found.photo;
        if (found.own) {
          run_.photo = found.own;
          run_.pictures.photo = found.photo;
        }
        run(requestFor(request), of_part);
      });
  emit changed();
  return {};
}

PartRun::Kept PartRun::keptOf(const RestoreRequest& request, const JobPictures& pictures) const {
  Kept kept;
  kept.photo = document_->openedPhoto();
  kept.pictures = pictures;
  kept.request = request;
  if (request.size > 0) {  // of a photo that was resized: no crop of it is these pixels
    kept.request = requestFor(request);
    kept.request.photo = labelOf(request).toStdString();
  } else {
    const auto place = cut_.translated(document_->cropRect().topLeft());
    const auto& image = document_->photo()->photo->image;
    const bool whole = place == QRect(0, 0, image.width, image.height);
    kept.request.crop = whole ? "" : textFromCrop({place.width(), place.height(), place.left(), place.top()});
  }
  kept.name = document_->nameOf(kept.request);
  return kept;
}

void PartRun::run(const RestoreRequest& request, const JobPictures& pictures) {
  SideRuns::Listener listener;
  listener.started = [this](const RunStart& start) {
    steps_ = start.steps;
    emit changed();
  };
  listener.stepped = [this](const StepReport& report) { step_ = report.step; };
  listener.pictured = [this](const SnapshotPtr& snapshot) {
    run_.steps.add(snapshot);
    show(imageFromFrame(snapshot->estimate));
  };
  listener.ended = [this](const ResultPtr& result, const QString& problem) { end(result, problem); };
  id_ = document_->sideRuns()->add(request, pictures, std::move(listener));
  run_.steps.begin(id_);
  emit changed();
}

void PartRun::show(const QImage& picture) {
  picture_ = picture;
  emit changed();
}

void PartRun::end(const ResultPtr& result, const QString& problem) {
  id_ = 0;
  if (!result || result->picture.isNull()) {
    const auto sentence = result ? QString::fromStdString(result->outcome.message) : problem;
    stop();
    if (!sentence.isEmpty()) emit failed(sentence);
    return;
  }
  seconds_ = result->outcome.report.seconds;
  show(result->picture);
  if (result->outcome.status == Outcome::Status::Completed) return keep(result);
  emit failed(QString::fromStdString(result->outcome.message));
}

void PartRun::keep(const ResultPtr& result) {
  auto run = std::make_shared<const Kept>(std::exchange(run_, Kept()));
  work_.start(
      [result, run] {
        auto kept = std::make_shared<Result>(*result);
        auto& stated = kept->outcome.report.request;
        stated.crop = run->request.crop;
        stated.photo = run->request.photo;
        return kept;
      },
      [this, run, asked = asked_](const std::shared_ptr<Result>& kept, const QString& problem) {
        if (!problem.isEmpty()) {
          emit failed(problem);
          return;
        }
        document_->keepRun(run->name, run->request, run->pictures, run->photo, kept, run->steps, PastRun::Kind::Part);
        if (asked != asked_) return;
        kept_ = kept;
        emit changed();
      });
}

void PartRun::takeOver() {
  const auto& runs = document_->pastRuns().all();
  const auto mine = std::find_if(runs.begin(), runs.end(), [this](const auto& run) { return run.result == kept_; });
  if (kept_ && mine != runs.end()) document_->bringBack(static_cast<int>(mine - runs.begin()));
}

void PartRun::stop() {
  ++asked_;
  preparing_ = false;
  if (const auto id = std::exchange(id_, 0); id != 0) document_->sideRuns()->cancel(id);
  step_ = steps_ = 0;
  seconds_ = 0.0;
  stale_ = false;
  picture_ = {};
  kept_.reset();
  if (std::exchange(part_, {}).isEmpty()) return;
  emit changed();
}

QRectF PartRun::shown() const {
  if (picture_.isNull()) return {};
  const double sx = static_cast<double>(picture_.width()) / cut_.width();
  const double sy = static_cast<double>(picture_.height()) / cut_.height();
  const auto inside = part_.topLeft() - cut_.topLeft();
  return {inside.x() * sx, inside.y() * sy, part_.width() * sx, part_.height() * sy};
}

void PartRun::settingsChanged() {
  if (part_.isEmpty()) return;
  auto request = document_->request();
  // Another part of the photo, or another size of it: the place of the picture is gone.
  if (request.crop != settings_.crop || request.size != settings_.size) return stop();
  request.preset = settings_.preset;  // the values count, not where they are from
  const bool stale = jsonFromRequest(request) != jsonFromRequest(settings_);
  if (std::exchange(stale_, stale) != stale) emit changed();
}

}  // namespace p2l::ui
