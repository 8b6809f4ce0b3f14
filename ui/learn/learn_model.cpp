// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson and its question. How it is opened and left is in learn_model_own.cpp, what stages without steps compute
// in learn_model_stage.cpp, the step's lines are in learn_model_step.cpp.
#include "ui/learn/learn_model.h"

#include <QSettings>
#include <algorithm>
#include <utility>

#include "ui/document/run_title.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {

const char* const kDone = "lessons_done";
const char* const kBase = "base";  // the lesson's own run, and a question's
const char* const kChanged = "changed";
const char* const kOwn = "own";      // of values that were changed
const char* const kNoise = "noise";  // the measurement's; a solver may have a key of that name
const char* const kDeviation = "sigma";

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
  connect(document_, &RunModel::lessonToEnd, this, &LearnModel::leave);
  connect(document_, &RunModel::runningChanged, this, &LearnModel::ownRunStopped, Qt::QueuedConnection);
  connect(document_, &RunModel::stepsReset, this, [this] {
    cut_short_ = false;
    again_.reset();  // of another run
    setLine(0);
    if (play_.lesson < 0) emit lessonChanged();  // the run may be another solver's
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
  return play_.lesson < 0 ? nullptr : &lessons_[static_cast<std::size_t>(play_.lesson)];
}

const LessonQuestion* LearnModel::asked() const {
  return lesson() == nullptr ? nullptr : &lesson()->questions[static_cast<std::size_t>(play_.question)];
}

const Lesson* LearnModel::nextLesson() const {
  const auto next = static_cast<std::size_t>(play_.lesson + 1);
  return play_.lesson >= 0 && next < lessons_.size() ? &lessons_[next] : nullptr;
}

bool LearnModel::isDone(int lesson) const {
  return done_.contains(QString::fromStdString(lessons_[static_cast<std::size_t>(lesson)].id));
}

void LearnModel::clearRun() {
  anew_.stop();
  task_running_ = false;
  ++task_;
  play_.tasks.clear();
  if (document_->isRunning() || document_->lastStep() > 0) document_->setPhoto(document_->openedPhoto());
}

void LearnModel::beginAnew() {
  if (isStudying() && !task_running_) return startNext();
  if (lesson() == nullptr || lesson()->stage != Lesson::Stage::Steps || !ready_) return;
  if (play_.phase != Phase::Running && document_->lastStep() == 0 && !document_->isRunning()) wholeStep();
}

const RestoreRequest& LearnModel::ownBase() const {
  const auto& others = lesson()->others;
  const auto found =
      std::find_if(others.begin(), others.end(), [this](const auto& other) { return other.solver == play_.solver; });
  return found == others.end() ? lesson()->request : *found;
}

std::vector<std::string> LearnModel::solvers() const {
  std::vector<std::string> ids = {lesson()->request.solver};
  for (const auto& other : lesson()->others) ids.push_back(other.solver);
  return ids;
}

std::vector<ParamSpec> LearnModel::parameters() const {
  return unlockedParameters(*lesson(), catalogue_, play_.solver);
}

ParamValues LearnModel::defaults() const {
  return valuesOf(ownBase());
}

ParamValues LearnModel::valuesOf(const RestoreRequest& request) const {
  ParamValues values;
  for (const auto& spec : unlockedParameters(*lesson(), catalogue_, request.solver)) {
    const auto& among = spec.key == kNoise                         ? request.noise.values
                        : request.solver_values.contains(spec.key) ? request.solver_values
                                                                   : request.sampler_values;
    const auto found = among.find(spec.key == kNoise ? kDeviation : spec.key);
    values[spec.key] = found != among.end() ? found->second : defaultValue(spec);
  }
  return values;
}

RestoreRequest LearnModel::requestOf(const RestoreRequest& base, const ParamValues& change) const {
  auto request = changedRequest(base, change, catalogue_);
  if (largest_side_ > 0) request.size = std::min(request.size > 0 ? request.size : largest_side_, largest_side_);
  return request;
}

void LearnModel::apply(const RestoreRequest& request) {
  document_->recall(request);
}

void LearnModel::setPhase(Phase phase) {
  play_.phase = phase;
  emit questionChanged();
}

void LearnModel::predict(int choice) {
  if (asked() == nullptr || play_.phase != Phase::Asked) return;
  play_.prediction = choice;
  emit questionChanged();
}

void LearnModel::setValues(const ParamValues& values) {
  if (lesson() == nullptr || play_.phase == Phase::Running) return;
  play_.values = values;
  if (lesson()->stage == Lesson::Stage::Mixture) return runMixture(ownRequest(), kOwn);
  if (!ready_) return;
  clearRun();
  apply(ownRequest());
  if (lesson()->stage == Lesson::Stage::Seeds) planSeeds(play_.values);
  anew_.start();
}

void LearnModel::chooseSolver(const std::string& solver) {
  if (lesson() == nullptr || play_.phase == Phase::Running || solver == chosenSolver()) return;
  play_.solver = solver;
  auto values = defaults();
  if (const auto noise = play_.values.find(kNoise); noise != play_.values.end()) values[kNoise] = noise->second;
  play_.values = values;
  emit lessonChanged();
  setValues(values);
}

void LearnModel::reveal() {
  if (asked() == nullptr || play_.phase != Phase::Asked || !ready_) return;
  if (play_.prediction < 0) return emit failed(tr("Choose what you expect first."));
  clearRun();  // one that is looked at
  const auto& opened = *lesson();
  switch (opened.stage) {
    case Lesson::Stage::NullSpace:
      break;  // measured when the lesson was opened
    case Lesson::Stage::Seeds:
      if (play_.seeds.count() < opened.seeds || play_.seeds_of != asked()->change) {
        planSeeds(asked()->change);
      } else {
        for (const auto& [name, number] : play_.seeds.numbers()) play_.numbers[name] = number;  // a person's own study
      }
      break;
    case Lesson::Stage::Steps:
    case Lesson::Stage::Mixture:
      if (!play_.numbers.contains("base.residual") && !play_.numbers.contains("base.misfit"))
        play_.tasks.push_back({{}, kBase, opened.request.seed});
      play_.tasks.push_back({asked()->change, kChanged, opened.request.seed});
      break;
  }
  play_.task_count = static_cast<int>(play_.tasks.size());
  setPhase(Phase::Running);
  startNext();
}

void LearnModel::startNext() {
  if (lesson()->stage == Lesson::Stage::NullSpace && !play_.null_space) {
    if (!work_.busy()) measureNullSpace();  // it failed before
    return;                                 // comes in a moment
  }
  if (play_.tasks.empty()) return play_.phase == Phase::Running ? finishQuestion() : takeOwnValues();
  const auto& task = play_.tasks.front();
  task_running_ = true;
  ++task_;
  if (lesson()->stage == Lesson::Stage::Mixture) return runMixture(requestOf(task.change), task.prefix);
  if (document_->isRunning()) return abandon(tr("A run is in progress: stop it or wait for it."));
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
  if (play_.phase == Phase::Running) emit questionChanged();
}

void LearnModel::finishTask(const LessonNumbers& numbers) {
  if (!isStudying()) {  // numbers are the question's
    for (const auto& [name, number] : numbers) play_.numbers[name] = number;
  }
  task_running_ = false;
  play_.tasks.pop_front();
}

void LearnModel::runFinished(const ResultPtr& result) {
  if (!task_running_ || document_->ending() != RunModel::Ending::Completed) return;
  if (lesson()->stage == Lesson::Stage::Seeds) return addSeed(result);
  const auto prefix = play_.tasks.front().prefix;
  (prefix == kBase ? play_.base : play_.changed) = result;
  finishTask(numbersOfRun(result->outcome.report, prefix));
  if (prefix == kChanged) emit comparedChanged();
  inAMoment(&LearnModel::startNext);
}

void LearnModel::inAMoment(void (LearnModel::*what)()) {
  QMetaObject::invokeMethod(
      this,
      [this, what, generation = generation_] {
        if (generation == generation_) (this->*what)();
      },
      Qt::QueuedConnection);
}

void LearnModel::takeOwnValues() {
  if (runsSettings() && ready_ && play_.phase != Phase::Running && !document_->isRunning()) apply(ownRequest());
}

void LearnModel::runEnded() {
  using Ending = RunModel::Ending;
  const auto ending = document_->ending();
  if (!task_running_ || ending == Ending::Completed || ending == Ending::None) return;
  abandon(ending == Ending::Stopped || ending == Ending::NothingMade
              ? tr("The run was stopped: press Run and see to begin anew.")
              : tr("The run could not be made; the log says why."));
}

void LearnModel::abandon(const QString& sentence) {
  task_running_ = false;
  play_.tasks.clear();
  if (play_.phase == Phase::Running) setPhase(Phase::Asked);
  emit failed(sentence);
  inAMoment(&LearnModel::takeOwnValues);
}

void LearnModel::finishQuestion() {
  play_.answers[play_.question] = play_.numbers;
  setPhase(Phase::Revealed);
  takeOwnValues();
  if (play_.question + 1 < static_cast<int>(lesson()->questions.size())) return;
  done_.insert(QString::fromStdString(lesson()->id));
  QSettings().setValue(QLatin1String(kDone), QStringList(done_.begin(), done_.end()));
  emit doneChanged();
}

void LearnModel::nextQuestion() {
  if (play_.phase != Phase::Revealed || play_.question + 1 >= static_cast<int>(lesson()->questions.size())) return;
  ++play_.question;
  play_.prediction = -1;
  setPhase(Phase::Asked);
}

QString LearnModel::revealed() const {
  return play_.phase == Phase::Revealed ? revealOf(play_.question) : QString();
}

QString LearnModel::revealOf(int question) const {
  const auto& asked = lesson()->questions[static_cast<std::size_t>(question)];
  const bool answered = play_.answers.contains(question);
  auto numbers = answered ? play_.answers.at(question) : play_.numbers;
  if (!answered)  // another question's run
    std::erase_if(numbers, [](const auto& number) { return number.first.rfind(kChanged, 0) == 0; });
  const char point = writesDecimalComma() ? ',' : '.';
  const auto filled = QString::fromStdString(filledText(catalogueText(asked.reveal).toStdString(), numbers, point));
  const bool unexpected = answered && !asked.claim.of.empty() && !holds(asked.claim, numbers);
  return unexpected ? filled + QLatin1Char(' ') + tr("This time it did not come out as the lesson expects.") : filled;
}

QString LearnModel::runsElsewhere() const {
  if (lesson() == nullptr || lesson()->stage == Lesson::Stage::Steps) return {};
  const bool runs = lesson()->stage != Lesson::Stage::NullSpace;
  if (play_.phase == Phase::Revealed && play_.question + 1 == static_cast<int>(lesson()->questions.size())) {
    return !runs ? tr("Nothing is run in this lesson.")
           : lesson()->unlocked.empty()
               ? tr("This lesson's questions are answered.")
               : tr("This lesson's questions are answered; a value that is changed runs it anew.");
  }
  return runs ? tr("This lesson's runs are those of its question: predict, then press Run and see.")
              : tr("Nothing is run in this lesson: predict, then press See what comes out.");
}

bool LearnModel::runsSettings() const {
  return lesson() == nullptr || lesson()->stage == Lesson::Stage::Steps || lesson()->stage == Lesson::Stage::Seeds;
}

std::optional<RestoreRequest> LearnModel::shownRequest() const {
  if (lesson() == nullptr) return {};
  if (lesson()->stage == Lesson::Stage::Seeds && play_.seeds.count() > 0) return requestOf(*play_.seeds_of);
  if (lesson()->stage == Lesson::Stage::Mixture && play_.particles) return play_.particles_of;
  if (lesson()->stage != Lesson::Stage::Steps || document_->lastStep() == 0) return {};
  return document_->stepsAreOfResult() ? document_->result()->outcome.report.request : document_->runRequest();
}

QString LearnModel::shownOtherwise() const {
  if (const auto shown = shownRequest()) return runDifference(catalogue_, *shown, ownRequest());
  return {};
}

bool LearnModel::canTakeShownValues() const {
  const auto shown = play_.phase == Phase::Running ? std::nullopt : shownRequest();
  return shown && (shown->solver != chosenSolver() || valuesOf(*shown) != play_.values);
}

void LearnModel::takeShownValues() {
  if (!canTakeShownValues()) return;
  const auto shown = *shownRequest();
  play_.solver = shown.solver;
  play_.values = valuesOf(shown);
  takeOwnValues();
  emit lessonChanged();
  emit lineChanged();  // the run that is shown is another one's no longer
}

std::vector<StepReport> LearnModel::baseSteps() const {
  const auto shown = play_.base ? shownRequest() : std::nullopt;
  if (!shown || runDifference(catalogue_, *shown, requestOf({})).isEmpty()) return {};
  return play_.base->outcome.report.steps;
}

QList<LessonPicture> LearnModel::compared() const {
  if (!play_.base || !play_.changed) return {};
  const auto& base = *play_.base;
  const auto& changed = *play_.changed;
  const auto otherwise = runDifference(catalogue_, changed.outcome.report.request, base.outcome.report.request);
  return {{tr("before"), base.picture, tr("run with the lesson's values")},
          {tr("after"), changed.picture, tr("run of the question: %1").arg(otherwise)},
          {QStringLiteral("y"), base.before, tr("measurement (y)")},
          {tr("truth"), base.truth, tr("truth")}};
}

QString LearnModel::progress() const {
  if (play_.phase != Phase::Running) return {};
  const int done = play_.task_count - static_cast<int>(play_.tasks.size());
  return play_.task_count > 1 ? tr("run %1 of %2").arg(std::min(done + 1, play_.task_count)).arg(play_.task_count)
                              : tr("running");
}

}  // namespace p2l::ui
