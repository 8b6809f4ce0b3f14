// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/live_preview.h"

#include <QUndoStack>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/insight/closed_form.h"
#include "core/request/crop.h"
#include "core/request/time_plan.h"
#include "ui/base/frame_image.h"
#include "ui/base/side_runs.h"
#include "ui/document/quality_presets.h"
#include "ui/document/run_model.h"
#include "ui/document/undo_places.h"

namespace p2l::ui {
namespace {

/// Where the mask hides pixels within `area`; null: nowhere.
QRect holesIn(const QImage& mask, const QRect& area) {
  const auto hides = [](uchar sample) { return sample >= 128; };
  int left = area.right() + 1, right = -1, top = -1, bottom = -1;
  for (int y = area.top(); y <= area.bottom(); ++y) {
    const auto* row = mask.constScanLine(y);
    const auto* end = row + area.right() + 1;
    const auto* first = std::find_if(row + area.left(), end, hides);
    if (first == end) continue;
    const auto last = std::find_if(std::reverse_iterator(end), std::reverse_iterator(first), hides);
    left = std::min(left, static_cast<int>(first - row));
    right = std::max(right, static_cast<int>(last.base() - row) - 1);
    if (top < 0) top = y;
    bottom = y;
  }
  return top < 0 ? QRect() : QRect(QPoint(left, top), QPoint(right, bottom));
}

QRect scaledRect(const QRect& rect, double scale) {
  const auto at = [scale](int length) { return static_cast<int>(std::lround(length * scale)); };
  return {at(rect.x()), at(rect.y()), at(rect.width()), at(rect.height())};
}

/// A span of `length` about `middle` within 0 .. `whole`.
int beginOfSpan(double middle, int length, int whole) {
  return std::clamp(static_cast<int>(std::lround(middle - length / 2.0)), 0, std::max(0, whole - length));
}

}  // namespace

/// What is worked on.
struct LivePreview::Plan {
  RestoreRequest whole;                        ///< as stated
  RestoreRequest request;                      ///< of the part: Restore, of the size that it has
  JobPictures pictures;                        ///< of the whole
  SharedImage measurement;                     ///< of a photo that is degraded; empty: the photo itself is measured
  QSize measured, full;                        ///< of the measurement and of the result
  QRectF view;                                 ///< what is looked at, as fractions
  QRect part;                                  ///< of the measurement
  QRect worked, shown;                         ///< of the result
  std::shared_ptr<const Catalogue> catalogue;  ///< as it was then: presets come and go

  double scale() const { return static_cast<double>(full.width()) / measured.width(); }
  /// The middle of what is looked at, or of the holes there. False: there are none.
  bool findMiddle(QPointF& middle) const;
  bool layOut();
};

bool LivePreview::Plan::findMiddle(QPointF& middle) const {
  middle = view.center();
  const auto& mask = pictures.mask;
  if (mask.isNull()) return true;
  const QRectF seen(view.x() * mask.width(), view.y() * mask.height(), view.width() * mask.width(),
                    view.height() * mask.height());
  const auto holes = holesIn(mask, seen.toAlignedRect() & mask.rect());
  if (holes.isNull()) return false;
  middle = {(holes.x() + holes.width() / 2.0) / mask.width(), (holes.y() + holes.height() / 2.0) / mask.height()};
  return true;
}

bool LivePreview::Plan::layOut() {
  QPointF middle;
  if (!findMiddle(middle)) return false;
  const int side = std::max(kSmallestSize, static_cast<int>(std::lround((kSide + 2 * kMargin) / scale())));
  const auto size = QSize(side, side).boundedTo(measured);
  part = QRect({beginOfSpan(middle.x() * measured.width(), size.width(), measured.width()),
                beginOfSpan(middle.y() * measured.height(), size.height(), measured.height())},
               size);
  worked = scaledRect(part, scale()) & QRect({0, 0}, full);
  shown = worked.adjusted(worked.left() > 0 ? kMargin : 0, worked.top() > 0 ? kMargin : 0,
                          worked.right() + 1 < full.width() ? -kMargin : 0,
                          worked.bottom() + 1 < full.height() ? -kMargin : 0);
  if (shown.isEmpty()) shown = worked;
  return true;
}

/// What comes from the background.
struct LivePreview::Found {
  Plan plan;
  JobPictures pictures;  ///< of the part; without a photo there is none
  QImage picture;        ///< null: no closed form
};

LivePreview::LivePreview(const Catalogue& catalogue, RunModel* document, QObject* parent)
    : QObject(parent), catalogue_(catalogue), document_(document) {
  timer_.setSingleShot(true);
  timer_.setInterval(RunModel::kPreviewDelayMs);
  connect(&timer_, &QTimer::timeout, this, &LivePreview::begin);
  connect(document, &RunModel::settingsChanged, this, &LivePreview::settingsChanged);
  // What a person changes can be undone; what a photo brings with it cannot.
  connect(document->undoStack(), &QUndoStack::indexChanged, this, [this](int index) {
    if (movedByPlaceOnly(*document_->undoStack(), std::exchange(undo_index_, index))) return;
    armed_ = document_->undoStack()->count() > 0;
    settingsChanged();
  });
  // The measurement of these settings has come.
  connect(document, &RunModel::beforeChanged, this, [this] {
    if (document_->request().mode != Mode::Restore) settingsChanged();
  });
  connect(document, &RunModel::staleChanged, this, [this](bool stale) {
    if (!stale && document_->result()) clear();
  });
  for (const auto signal : {&RunModel::photoChanged, &RunModel::runBegan}) {
    connect(document, signal, this, [this] {
      armed_ = false;
      clear();
    });
  }
  connect(document, &RunModel::runningChanged, this, [this](bool running) {
    if (running) cancel();
  });
  // What is known of the machine was measured against the former times.
  connect(document, &RunModel::networkTimesChanged, this, [this] { slowness_.clear(); });
}

LivePreview::~LivePreview() {
  cancel();
  for (const auto run : in_flight_) document_->sideRuns()->cancel(run);
}

void LivePreview::setEnabled(bool enabled) {
  enabled_ = enabled;
  enabled ? settingsChanged() : clear();
}

std::string LivePreview::taskKey(const RestoreRequest& completed) {
  RestoreRequest task;
  task.degradations = completed.degradations;
  task.mode = completed.mode;
  task.noise = completed.noise;
  task.seed = completed.measurement_seed.value_or(completed.seed);
  task.size = completed.size;
  task.crop = completed.crop;
  return jsonFromRequest(task);
}

void LivePreview::settingsChanged() {
  if (!enabled_ || !armed_ || document_->isRunning() || document_->photo() == nullptr) return;
  // Not started anew: a slider that moves on is followed, too.
  if (!timer_.isActive()) timer_.start();
}

void LivePreview::cancel() {
  ++id_;
  timer_.stop();
  if (control_) control_->requestStop();
  control_.reset();
  const auto run = std::exchange(model_run_, 0);
  if (run != 0 && !document_->sideRuns()->stop(run)) in_flight_.erase(run);
}

void LivePreview::clear() {
  cancel();
  if (std::exchange(part_, {}).isNull()) return;
  emit changed();
}

bool LivePreview::plan(Plan& plan) const {
  plan.pictures = document_->pictures(plan.whole);
  const auto& chain = plan.whole.degradations;
  const auto& task = catalogue_.degradation(chain.front().id);
  const auto& mask = plan.pictures.mask;
  // Pixels that are drawn at random for the whole are not those of a part; in a row a task has a size of its own.
  if (task.hides && (mask.isNull() || chain.size() > 1)) return false;
  const auto working = document_->workingSize();
  if (plan.whole.mode == Mode::Restore) {
    plan.measured = working;
    plan.full = working * document_->outputScale();
  } else {
    const auto measured = document_->measured();
    const auto key = taskKey(catalogue_.completeMeasurement(plan.whole));
    if (!measured || taskKey(measured->outcome.report.request) != key) return false;
    plan.measurement = std::shared_ptr<const Image>(measured, &measured->outcome.measurement);
    plan.measured = {plan.measurement->width, plan.measurement->height};
    plan.full = working;
  }
  if (plan.measured.isEmpty() || (!mask.isNull() && mask.size() != plan.full)) return false;
  const QRectF all(0, 0, 1, 1);
  plan.view = view_ ? view_() & all : all;
  if (plan.view.isEmpty()) plan.view = all;
  plan.request = plan.whole;
  plan.request.mode = Mode::Restore;
  plan.request.size = 0;
  plan.request.crop.clear();
  plan.request.preset.clear();
  plan.request.sampler_values["patches"] = std::string("none");
  return true;
}

void LivePreview::begin() {
  cancel();
  if (!enabled_ || document_->isRunning() || document_->photo() == nullptr) return;
  const bool fresh = document_->result() && !document_->isStale();  // which shows more
  Plan plan;
  try {
    if (fresh || !document_->openQuestion().isEmpty() || !this->plan(plan)) return clear();
  } catch (const std::exception&) {
    return clear();  // what is wrong is said by the document's own preview, or by the run
  }
  RestoreRequest solver;
  solver.solver = plan.whole.solver;
  solver.solver_values = plan.whole.solver_values;
  solver.sampler_values = plan.whole.sampler_values;
  solver.prompt = plan.whole.prompt;
  const auto values = jsonFromRequest(solver);
  solver_changed_ = !solver_values_.empty() && solver_values_ != values;
  solver_values_ = values;
  control_ = std::make_shared<RunControl>();
  plan.catalogue = std::make_shared<const Catalogue>(catalogue_);
  work_.start([this, plan, control = control_] { return solve(plan, *control); },
              [this, id = id_](const Found& found, const QString& problem) {
                if (id != id_) return;
                problem.isEmpty() && found.pictures.photo ? finishClosedForm(id, found) : clear();
              });
}

LivePreview::Found LivePreview::solve(Plan plan, RunControl& control) const {
  Found found;
  if (control.stopRequested() || !plan.layOut()) return found;
  const auto whole = plan.measurement.empty() ? workingPhoto(plan.whole, plan.pictures.photo) : plan.measurement;
  const auto& part = plan.part;
  found.pictures.photo =
      std::make_shared<const Image>(*cutPart(whole, {part.width(), part.height(), part.x(), part.y()}));
  found.pictures.kernel = plan.pictures.kernel;
  if (!plan.pictures.mask.isNull()) found.pictures.mask = plan.pictures.mask.copy(plan.worked);
  const auto outcome =
      closedForm(*plan.catalogue, plan.request, inputsFromPictures(plan.request, found.pictures), control);
  if (outcome.status == Outcome::Status::Completed) found.picture = qimageFromImage(outcome.picture);
  found.plan = std::move(plan);
  return found;
}

void LivePreview::finishClosedForm(quint64 id, const Found& found) {
  control_.reset();
  if (!found.picture.isNull()) show(found.plan, found.picture, 0);
  startModel(id, found);
}

std::string LivePreview::kindOf(const RestoreRequest& request) {
  auto kind = request.model + ' ' + request.solver;
  for (const auto& each : request.degradations) kind += ' ' + each.id;
  return kind;
}

void LivePreview::learn(const std::string& kind, double predicted, const Outcome& outcome) {
  if (predicted <= 0.0) return;
  const double times = std::max(1.0, outcome.report.seconds / predicted);
  auto& known = slowness_.try_emplace(kind, 1.0).first->second;
  if (times > known) {
    known = times;  // also of one that was stopped: it would have taken longer
  } else if (outcome.status == Outcome::Status::Completed) {
    known = (known + times) / 2.0;
  }
}

LivePreview::Fit LivePreview::prepareModel(RestoreRequest& request, QSize size) const {
  const auto& loaded = document_->loaded();
  const auto& solver = catalogue_.solver(request.solver);
  if (loaded.times.pixels == 0.0 || !loaded.problem.isEmpty()) return {};
  const auto has = [&](const char* key) {
    return std::any_of(solver.parameters.begin(), solver.parameters.end(),
                       [key](const auto& spec) { return spec.key == key; });
  };
  if (has("K")) request.solver_values["K"] = 0.0;  // no tuning of the prompt
  auto completed = catalogue_.complete(request);
  const double stated = integerOf(completed.sampler_values, "steps");
  const auto known = slowness_.find(kindOf(request));
  const double times = known != slowness_.end() ? known->second : 1.0;
  for (double steps = std::min<double>(kSteps, stated); steps >= kFewestSteps; steps -= 2.0) {
    completed.sampler_values["steps"] = request.sampler_values["steps"] = steps;
    const auto time = expectedTime(solver, completed, loaded.info, size.width(), size.height(), loaded.times);
    if (times * time.seconds <= kSeconds) return {static_cast<int>(steps), time.seconds};
  }
  return {};
}

LivePreview::Fit LivePreview::prepareQuickest(RestoreRequest& request, QSize size) const {
  const auto quick = qualityPreset(catalogue_, request, "fast");
  if (!quick || solver_changed_) return {};
  request.solver = quick->solver;
  request.solver_values = quick->solver_values;
  for (const auto& [key, value] : quick->sampler_values) request.sampler_values[key] = value;
  return prepareModel(request, size);
}

void LivePreview::startModel(quint64 id, const Found& found) {
  auto* runs = document_->sideRuns();
  const bool own = !in_flight_.empty();                          // a former preview that has not ended yet
  if (document_->isRunning() || (runs->busy() && !own)) return;  // what a person waits for goes first
  auto request = found.plan.request;
  Fit fit;
  try {
    const auto size = found.plan.worked.size();
    auto quick = request;
    // Few steps of a solver that only follows gradients say nothing.
    if (catalogue_.solver(request.solver).projects) fit = prepareModel(request, size);
    if (fit.steps < kGoodSteps) {
      if (const auto more = prepareQuickest(quick, size); more.steps > fit.steps) {
        request = quick;
        fit = more;
      }
    }
  } catch (const std::exception&) {
    return;  // settings that a run refuses, and says why
  }
  if (fit.steps == 0) {
    for (auto& [kind, times] : slowness_) times = std::max(1.0, kEase * times);
    return;
  }
  const auto run = std::make_shared<quint64>(0);
  SideRuns::Listener listener;
  listener.ended = [this, id, run, kind = kindOf(request), plan = found.plan, fit](const ResultPtr& result,
                                                                                   const QString&) {
    in_flight_.erase(*run);
    if (result) learn(kind, fit.seconds, result->outcome);
    if (id != id_) return;
    model_run_ = 0;
    const bool completed = result && result->outcome.status == Outcome::Status::Completed;
    if (completed && !result->picture.isNull() && !document_->isRunning()) show(plan, result->picture, fit.steps);
  };
  *run = runs->add(request, found.pictures, std::move(listener));
  in_flight_.insert(model_run_ = *run);
}

void LivePreview::show(const Plan& plan, const QImage& picture, int steps) {
  const auto scaled = [&](double length, int whole) { return length / whole; };
  part_.picture = picture.copy(plan.shown.translated(-plan.worked.topLeft()));
  part_.place = {scaled(plan.shown.x(), plan.full.width()), scaled(plan.shown.y(), plan.full.height()),
                 scaled(plan.shown.width(), plan.full.width()), scaled(plan.shown.height(), plan.full.height())};
  part_.steps = steps;
  emit changed();
}

}  // namespace p2l::ui
