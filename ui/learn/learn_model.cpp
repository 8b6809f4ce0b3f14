// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson and its question. The step's lines are in learn_model_step.cpp.
#include "ui/learn/learn_model.h"

#include <QSettings>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {

const char* const kDone = "lessons_done";

}  // namespace

LearnModel::LearnModel(const Catalogue& catalogue, RunModel* document, const QString& own_folder, QObject* parent)
    : QObject(parent), catalogue_(catalogue), document_(document) {
  std::vector<std::string> warnings, folders = {lessonFolder()};
  if (!own_folder.isEmpty()) folders.push_back(own_folder.toStdString());
  lessons_ = readLessons(folders, catalogue_, &warnings);
  for (const auto& warning : warnings) warnings_ << QString::fromStdString(warning);
  for (const auto& id : QSettings().value(QLatin1String(kDone)).toStringList()) done_.insert(id);
  connect(&opener_, &PhotoOpener::opened, this, &LearnModel::photoOpened);
  connect(&opener_, &PhotoOpener::failed, this, &LearnModel::failed);
  connect(document_, &RunModel::resultReady, this, &LearnModel::runFinished);
  connect(document_, &RunModel::resultReady, this, &LearnModel::lineChanged);  // the last step's next picture is there
  connect(document_, &RunModel::endingChanged, this, &LearnModel::runEnded);
  connect(document_, &RunModel::cursorChanged, this, &LearnModel::lineChanged);
  connect(document_, &RunModel::picturesChanged, this, &LearnModel::lineChanged);
  connect(document_, &RunModel::photoChanged, this, &LearnModel::photoChanged);
  connect(document_, &RunModel::stepsReset, this, [this] {
    setLine(0);
    if (current_ < 0) emit lessonChanged();  // the run may be another solver's
  });
  connect(document_, &RunModel::stateChanged, this, &LearnModel::stepAhead);
  player_.setInterval(kPlayMs);
  anew_.setInterval(kAnewMs);
  anew_.setSingleShot(true);
  connect(&anew_, &QTimer::timeout, this, &LearnModel::beginAnew);
  connect(&player_, &QTimer::timeout, this, &LearnModel::nextLine);
}

LearnModel::~LearnModel() {
  if (control_) control_->requestStop();
}

const Lesson* LearnModel::lesson() const {
  return current_ < 0 ? nullptr : &lessons_[static_cast<std::size_t>(current_)];
}

const LessonQuestion* LearnModel::asked() const {
  return lesson() == nullptr ? nullptr : &lesson()->questions[static_cast<std::size_t>(question_)];
}

bool LearnModel::isDone(int lesson) const {
  return done_.contains(QString::fromStdString(lessons_[static_cast<std::size_t>(lesson)].id));
}

void LearnModel::keepOwn() {
  if (own_) return;
  Own own;
  own.photo = document_->openedPhoto();
  own.pictures = document_->pictures(own.request);
  own.result = document_->result();
  own_ = std::move(own);
}

void LearnModel::restoreOwn() {
  if (!own_) return;
  const auto own = *std::exchange(own_, std::nullopt);
  if (!own.photo) return;
  if (document_->isRunning()) document_->stop();
  document_->setPhoto(own.photo);
  const auto& runs = document_->pastRuns().all();
  const auto made =
      std::find_if(runs.begin(), runs.end(), [&](const PastRun& run) { return run.result == own.result; });
  if (own.result && made != runs.end()) document_->bringBack(static_cast<int>(made - runs.begin()));
  document_->recall(own.request, own.pictures);
}

void LearnModel::photoChanged() {
  if (current_ < 0 || document_->openedPhoto() == lesson_photo_) return;
  auto own = *std::exchange(own_, std::nullopt);
  choose(-1);
  own.request.crop.clear();  // of the former photo
  document_->recall(own.request);
}

bool LearnModel::isBusy() const {
  if (current_ >= 0 || !document_->isRunning()) return false;
  return document_->state() != RunModel::State::Paused || document_->runId() != stepped_run_;
}

void LearnModel::choose(int lesson) {
  if (lesson == current_ && (lesson < 0 || ready_)) return;
  if (lesson >= 0 && isBusy()) {
    emit lessonChanged();  // the list shows what is open
    return emit failed(tr("A run is in progress: stop it or wait for it."));
  }
  ++generation_;
  if (control_) control_->requestStop();
  tasks_.clear();
  task_running_ = false;
  setPlaying(false);
  anew_.stop();
  current_ = lesson;
  ready_ = false;
  question_ = 0;
  prediction_ = -1;
  phase_ = Phase::Asked;
  numbers_.clear();
  values_.clear();
  null_space_.reset();
  particles_.reset();
  seeds_ = {};
  if (lesson < 0) {
    restoreOwn();
    document_->setLesson(false);
    ready_ = true;
  } else {
    keepOwn();
    document_->setLesson(true);
    const auto& opened = *this->lesson();
    if (opened.stage == Lesson::Stage::Mixture)
      mixture_ = lessonMixture(numberOf(opened.request.noise.values, "sigma"));
    for (const auto& spec : unlockedParameters(opened, catalogue_)) {
      const auto& request = opened.request;
      const bool of_solver = request.solver_values.contains(spec.key);
      values_[spec.key] = of_solver                                   ? request.solver_values.at(spec.key)
                          : request.sampler_values.contains(spec.key) ? request.sampler_values.at(spec.key)
                                                                      : defaultValue(spec);
    }
    opener_.open(QString::fromStdString(resourceFolder() + "/photos/" + opened.photo));
  }
  line_ = 0;
  emit lessonChanged();
  emit questionChanged();
  emit stageChanged();
  emit lineChanged();
}

void LearnModel::photoOpened(const std::shared_ptr<const OpenedPhoto>& photo) {
  if (lesson() == nullptr || ready_) return;
  lesson_photo_ = photo;
  document_->setPhoto(photo);
  apply(requestOf({}));
  ready_ = true;
  if (lesson()->stage == Lesson::Stage::NullSpace) measureNullSpace();
  emit lessonChanged();
  beginAnew();
}

void LearnModel::clearRun() {
  anew_.stop();
  if (document_->isRunning() || document_->lastStep() > 0) document_->setPhoto(document_->openedPhoto());
}

void LearnModel::beginAnew() {
  if (lesson() == nullptr || lesson()->stage != Lesson::Stage::Steps || !ready_) return;
  if (phase_ != Phase::Running && document_->lastStep() == 0 && !document_->isRunning()) wholeStep();
}

RestoreRequest LearnModel::requestOf(const ParamValues& change) const {
  auto request = changedRequest(lesson()->request, change, catalogue_);
  if (largest_side_ > 0) request.size = std::min(request.size > 0 ? request.size : largest_side_, largest_side_);
  return request;
}

void LearnModel::apply(const RestoreRequest& request) {
  document_->recall(request);
}

void LearnModel::setPhase(Phase phase) {
  phase_ = phase;
  emit questionChanged();
}

void LearnModel::predict(int choice) {
  if (asked() == nullptr || phase_ != Phase::Asked) return;
  prediction_ = choice;
  emit questionChanged();
}

void LearnModel::setValues(const ParamValues& values) {
  if (lesson() == nullptr || phase_ == Phase::Running) return;
  values_ = values;
  if (lesson()->stage == Lesson::Stage::Mixture) return runMixture(values_, "own");
  if (!ready_) return;
  clearRun();
  apply(requestOf(values_));
  anew_.start();
}

void LearnModel::reveal() {
  if (asked() == nullptr || phase_ != Phase::Asked || !ready_) return;
  if (prediction_ < 0) return emit failed(tr("Choose what you expect first."));
  clearRun();  // one that is looked at
  const auto& opened = *lesson();
  tasks_.clear();
  switch (opened.stage) {
    case Lesson::Stage::NullSpace:
      break;  // measured when the lesson was opened
    case Lesson::Stage::Seeds:
      if (seeds_.count() >= opened.seeds) break;
      seeds_ = {};  // those that were stopped are studied anew
      emit stageChanged();
      for (int i = 0; i < opened.seeds; ++i)
        tasks_.push_back({asked()->change, {}, opened.request.seed + static_cast<std::uint64_t>(i)});
      break;
    case Lesson::Stage::Steps:
    case Lesson::Stage::Mixture:
      if (!numbers_.contains("base.residual") && !numbers_.contains("base.misfit"))
        tasks_.push_back({{}, "base", opened.request.seed});
      tasks_.push_back({asked()->change, "changed", opened.request.seed});
      break;
  }
  task_count_ = static_cast<int>(tasks_.size());
  setPhase(Phase::Running);
  startNext();
}

void LearnModel::startNext() {
  if (lesson()->stage == Lesson::Stage::NullSpace && !null_space_) {
    if (!work_.busy()) measureNullSpace();  // it failed before
    return;                                 // comes in a moment
  }
  if (tasks_.empty()) return finishQuestion();
  const auto& task = tasks_.front();
  task_running_ = true;
  if (lesson()->stage == Lesson::Stage::Mixture) return runMixture(task.change, task.prefix);
  auto request = requestOf(task.change);
  request.seed = task.seed;
  if (lesson()->stage == Lesson::Stage::Seeds) request.measurement_seed = lesson()->request.seed;  // of one y
  document_->setPartsWanted(true);
  apply(request);
  QString refusal;
  const auto listening =
      connect(document_, &RunModel::problem, this, [&refusal](const QString& sentence) { refusal = sentence; });
  document_->run();
  disconnect(listening);
  if (!document_->isRunning()) return abandon(refusal);
  emit questionChanged();
}

void LearnModel::taskDone(const LessonNumbers& numbers) {
  for (const auto& [name, number] : numbers) numbers_[name] = number;
  task_running_ = false;
  tasks_.pop_front();
  startNext();
}

void LearnModel::runFinished(const ResultPtr& result) {
  if (!task_running_ || document_->ending() != RunModel::Ending::Completed) return;
  const auto& outcome = result->outcome;
  LessonNumbers numbers;
  if (lesson()->stage == Lesson::Stage::Seeds) {
    seeds_.add(outcome);
    numbers = seeds_.numbers();
    emit stageChanged();
  } else {
    numbers = numbersOfRun(outcome.report, tasks_.front().prefix);
  }
  // Once the document has told everybody of this run.
  const auto generation = generation_;
  QMetaObject::invokeMethod(
      this,
      [this, numbers, generation] {
        if (generation == generation_) taskDone(numbers);
      },
      Qt::QueuedConnection);
}

void LearnModel::runEnded() {
  using Ending = RunModel::Ending;
  const auto ending = document_->ending();
  if (!task_running_ || ending == Ending::Completed || ending == Ending::None) return;
  abandon(ending == Ending::Stopped || ending == Ending::NothingMade
              ? tr("The run was stopped: press Run and see to begin anew.")
              : tr("The run could not be made; the message over the photo says why."));
}

void LearnModel::abandon(const QString& sentence) {
  task_running_ = false;
  tasks_.clear();
  if (phase_ == Phase::Running) setPhase(Phase::Asked);
  emit failed(sentence);
}

void LearnModel::measureNullSpace() {
  const auto request = requestOf({});
  const auto generation = generation_;
  RunInputs inputs;
  inputs.photo = std::shared_ptr<const Image>(document_->openedPhoto(), &document_->photo()->photo->image);
  const auto other = resourceFolder() + "/photos/" + lesson()->other_photo;
  work_.start(
      [this, request, inputs, other] {
        return std::make_shared<const NullSpace>(nullSpaceOf(catalogue_, request, inputs, readPhoto(other).image));
      },
      [this, generation](const std::shared_ptr<const NullSpace>& found, const QString& problem) {
        if (generation != generation_) return;
        if (!problem.isEmpty()) return abandon(problem);
        null_space_ = found;
        numbers_["null.moved"] = found->moved_unseen;
        numbers_["null.changed_y"] = found->changed_y_unseen;
        numbers_["seen.moved"] = found->moved_seen;
        numbers_["seen.changed_y"] = found->changed_y_seen;
        numbers_["numbers.x"] = static_cast<double>(found->numbers_x);
        numbers_["numbers.y"] = static_cast<double>(found->numbers_y);
        emit stageChanged();
        if (phase_ == Phase::Running) startNext();
      });
}

void LearnModel::runMixture(const ParamValues& change, const std::string& prefix) {
  struct Found {
    Mixture mixture;
    std::shared_ptr<const MixtureParticles> particles;
  };
  if (control_) control_->requestStop();  // only the newest values count
  control_ = std::make_shared<RunControl>();
  const auto request = requestOf(change);
  const auto generation = generation_;
  work_.start(
      [this, request, control = control_] {
        Found found{lessonMixture(numberOf(request.noise.values, "sigma")), nullptr};
        try {
          found.particles = std::make_shared<const MixtureParticles>(
              runOnMixture(catalogue_, request, found.mixture, kParticles, *control));
        } catch (const StopRequested&) {
          // Newer values are on their way.
        }
        return found;
      },
      [this, generation, prefix](const Found& found, const QString& problem) {
        if (generation != generation_) return;
        if (!problem.isEmpty()) return abandon(problem);
        if (!found.particles) return;
        mixture_ = found.mixture;
        particles_ = found.particles;
        const auto numbers = numbersOfParticles(mixture_, *particles_, prefix);
        emit stageChanged();
        if (task_running_ && prefix == tasks_.front().prefix) return taskDone(numbers);
        for (const auto& [name, number] : numbers) numbers_[name] = number;
      });
}

void LearnModel::finishQuestion() {
  if (lesson()->stage == Lesson::Stage::Seeds) apply(requestOf(values_));  // the first seed again
  setPhase(Phase::Revealed);
  if (question_ + 1 < static_cast<int>(lesson()->questions.size())) return;
  done_.insert(QString::fromStdString(lesson()->id));
  QSettings().setValue(QLatin1String(kDone), QStringList(done_.begin(), done_.end()));
  emit doneChanged();
}

void LearnModel::nextQuestion() {
  if (phase_ != Phase::Revealed || question_ + 1 >= static_cast<int>(lesson()->questions.size())) return;
  ++question_;
  prediction_ = -1;
  setPhase(Phase::Asked);
}

QString LearnModel::revealed() const {
  if (phase_ != Phase::Revealed) return {};
  const auto& question = *asked();
  const auto filled = QString::fromStdString(filledText(catalogueText(question.reveal).toStdString(), numbers_));
  const bool claimed = !question.claim.of.empty();
  return claimed && !holds(question.claim, numbers_)
             ? filled + QLatin1Char(' ') + tr("This time it did not come out as the lesson expects.")
             : filled;
}

QString LearnModel::progress() const {
  if (phase_ != Phase::Running) return {};
  const int done = task_count_ - static_cast<int>(tasks_.size());
  return task_count_ > 1 ? tr("run %1 of %2").arg(std::min(done + 1, task_count_)).arg(task_count_) : tr("running");
}

}  // namespace p2l::ui
