// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSet>
#include <QTimer>
#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "core/insight/lesson.h"
#include "core/insight/mixture.h"
#include "core/insight/null_space.h"
#include "ui/base/photo_opener.h"
#include "ui/document/run_model.h"
#include "ui/learn/seed_study.h"
#include "ui/steps/line_run.h"
#include "ui/steps/step_look.h"

namespace p2l {
class OutputCheck;
}

namespace p2l::ui {

/// A picture of a lesson beside its steps, such as mean and spread.
struct LessonPicture {
  QString title;
  QImage picture;
  QString name = {};  ///< longer than the title; empty: the title
};

/// The Learn page without its widgets: the lesson that is open, its question, what it measured, and the line of the
/// step that is looked at. Runs go through the document; what a person had there comes back when the lessons are left.
/// A lesson whose page is left is kept, with its question, its numbers and the steps that it showed; a run that was cut
/// short is made again where it is to go on, since equal requests give equal runs.
class LearnModel : public QObject {
  Q_OBJECT
 public:
  /// Of the lesson's current question.
  enum class Phase { Asked, Running, Revealed };
  /// Particles of the mixture.
  static constexpr int kParticles = 120;
  static constexpr int kPlayMs = 1200;
  /// Particles are shown so often while they are computed.
  static constexpr int kParticlesMs = 100;
  /// The first step of a lesson is made this long after its values were changed.
  static constexpr int kAnewMs = 400;

  /// Lessons of the program and of `own_folder`. All outlive the model.
  LearnModel(const Catalogue& catalogue, RunModel* document, const QString& own_folder = {}, QObject* parent = nullptr);
  ~LearnModel() override;

  const Catalogue& catalogue() const { return catalogue_; }
  RunModel* document() const { return document_; }
  const std::vector<Lesson>& lessons() const { return lessons_; }
  /// What was wrong with files of lessons, a sentence each.
  const QStringList& warnings() const { return warnings_; }
  /// Index of the open lesson; -1: none, the document's own run is looked at.
  int current() const { return play_.lesson; }
  /// Index of the lesson that leave() has kept; -1: none.
  int kept() const { return left_ ? left_->play.lesson : -1; }
  const Lesson* lesson() const;
  /// States the files of what a lesson has set aside, which no save may take the place of: for FileDesk::addInputs().
  void stateFilesSetAside(OutputCheck& check) const;
  /// The one that follows the open lesson in the list; null: none.
  const Lesson* nextLesson() const;
  bool isDone(int lesson) const;
  /// The lesson's photo and request are in the document.
  bool isReady() const { return ready_; }

  int question() const { return play_.question; }
  const LessonQuestion* asked() const;
  Phase phase() const { return play_.phase; }
  /// The choice that was predicted; -1: none yet.
  int prediction() const { return play_.prediction; }
  /// What the current question's run showed, filled with its numbers; empty before.
  QString revealed() const;
  /// What a question's run showed, filled with the numbers of that run; where it was not answered, with dashes in their
  /// place.
  QString revealOf(int question) const;
  const LessonNumbers& numbers() const { return play_.numbers; }
  /// Where the lesson's stage does not show the steps of a run: what runs in its place, a sentence; else empty.
  QString runsElsewhere() const;
  /// Runs of the document's settings belong to what is shown. False where a lesson runs nothing, or its particles
  /// alone.
  bool runsSettings() const;
  /// What the run that is shown has otherwise than `values()`, "K 0 → 3"; empty: nothing.
  QString shownOtherwise() const;
  /// takeShownValues() would change solver or values.
  bool canTakeShownValues() const;
  /// Steps of the run with the lesson's values, while another one is shown; empty: none was made.
  std::vector<StepReport> baseSteps() const;
  /// What is being done, "run 2 of 6"; empty: nothing.
  QString progress() const;
  /// The solvers that may be chosen, the lesson's first; one at least.
  std::vector<std::string> solvers() const;
  /// The one that runs with values(). Questions are answered by the lesson's.
  const std::string& chosenSolver() const { return ownBase().solver; }
  /// What may be changed, as it is set, and as the lesson has it.
  std::vector<ParamSpec> parameters() const;
  ParamValues values() const { return play_.values; }
  ParamValues defaults() const;

  // What the stages show.
  const NullSpace* nullSpace() const { return play_.null_space.get(); }
  const Mixture& mixture() const { return play_.mixture; }
  const MixtureParticles* particles() const { return play_.particles.get(); }
  /// Some of the particles are still to come.
  bool awaitsParticles() const { return play_.awaits_particles; }
  const SeedStudy& seeds() const { return play_.seeds; }
  /// Runs of values() are under way that no question asked for.
  bool isStudying() const { return play_.phase != Phase::Running && !play_.tasks.empty(); }

  /// Of a lesson of steps whose question was answered: the result with the lesson's values, that of the question's run,
  /// the measurement and the truth. Empty before.
  QList<LessonPicture> compared() const;
  /// What was drawn of the lesson, such as pictures from the tuned prompt; the newest last.
  const QList<LessonPicture>& figures() const { return play_.figures; }

  // The step that is looked at, line by line.
  /// Of the lesson, or else of the run that is looked at; before there is one, of the settings.
  const SolverInfo& solver() const;
  /// That solver's lines with the values of the run that is looked at; before there is one, with those of the settings.
  std::vector<IterationLine> lines() const {
    const auto request = linesRequest();
    return solver().linesWith(request.solver_values, request.sampler_values);
  }
  /// Of `lines()`; solvers have more and fewer of them.
  int line() const { return std::clamp(play_.line, 0, std::max(0, static_cast<int>(solver().iteration.size()) - 1)); }
  /// The step of the document's cursor; null: none.
  const StepReport* step() const;
  StepLook look() const;
  /// A picture of that step; null where it has none.
  QImage picture(StepPicture which) const;
  /// One plain sentence about the line, with the step's numbers.
  QString sentence() const;
  bool isPlaying() const { return player_.isActive(); }
  /// A person's own run that has ended lacks pictures of its steps, as runs of other pages do: makeAgain() makes them.
  bool lacksPictures() const;
  /// The run that is made once more for them; null: none is.
  const LineRun* madeAgain() const { return again_.get(); }

  /// Tests: pictures of lessons are no larger than this.
  void setLargestSide(int side) { largest_side_ = side; }

 public slots:
  /// Opens a lesson, or goes on with the one that was kept; -1 leaves them, and the document is as it was before. A run
  /// of a person's own that was begun here step by step is stopped and kept in the history first; another one that is
  /// in progress keeps lessons closed.
  void choose(int lesson);
  /// The document is as it was before the lesson, which is kept as it is. Its run in progress ends.
  void leave();
  /// Opens the lesson again that leave() has kept, unless a run of a person's own is in progress.
  void comeBack();
  void predict(int choice);
  /// Runs what the question needs, then reveals.
  void reveal();
  void nextQuestion();
  void setValues(const p2l::ParamValues& values);
  /// values() become those of the run that is shown, so far as they may be changed; it stays. So does its solver.
  void takeShownValues();
  /// One of solvers(), with the values that the lesson has for it; the noise stays.
  void chooseSolver(const std::string& solver);
  /// The next line of the step; after the last one the next step.
  void nextLine();
  void wholeStep();
  /// The line before; from the first one the last of the step before.
  void previousLine();
  /// The figures that follow are of this lesson.
  void expectFigures();
  /// Takes the place of one with this title. Of another lesson, or of none, it is not taken.
  void addFigure(const QString& title, const QImage& picture);
  void setLine(int line);
  void setPlaying(bool playing);
  /// Makes the run that is looked at once more, with every picture of its steps: equal requests give equal runs. The
  /// document and its history stay as they are.
  void makeAgain();

 signals:
  /// Another lesson, or its photo has come.
  void lessonChanged();
  /// Another question, prediction or phase.
  void questionChanged();
  /// What a stage shows.
  void stageChanged();
  void lineChanged();
  void figuresChanged();
  void comparedChanged();
  void doneChanged();
  void playingChanged(bool playing);
  void failed(const QString& sentence);
  /// What was done without being asked for, a sentence.
  void remarked(const QString& sentence);

 private:
  /// A run that the question needs: the lesson's request with these values, its numbers under a name.
  struct Task {
    ParamValues change;
    std::string prefix;
    std::uint64_t seed = 0;
  };
  struct Own {
    std::shared_ptr<const OpenedPhoto> photo;
    RestoreRequest request;
    JobPictures pictures;
    ResultPtr result;
  };
  /// A lesson as far as it was played.
  struct Played {
    int lesson = -1;
    int question = 0, prediction = -1;
    Phase phase = Phase::Asked;
    std::string solver;  ///< that was chosen in place of the lesson's; empty: the lesson's
    ParamValues values;
    LessonNumbers numbers;
    std::map<int, LessonNumbers> answers;  ///< those of each question, as it was answered
    ResultPtr base, changed;               ///< of the run with the lesson's values, and of the last question's
    std::deque<Task> tasks;                ///< of the question, that are not done
    int task_count = 0;
    std::shared_ptr<const NullSpace> null_space;
    Mixture mixture;
    std::shared_ptr<const MixtureParticles> particles;
    RestoreRequest particles_of;  ///< the request that they, or those on their way, are of
    bool awaits_particles = false;
    SeedStudy seeds;
    std::optional<ParamValues> seeds_of;  ///< the change that their runs have
    int line = 0;
    QList<LessonPicture> figures;
    bool expects_figures = false;
  };
  /// What leave() keeps.
  struct Left {
    Played play;
    PastRun shown;  ///< what the document showed of it; without a photo: the lesson's had not come yet
    bool cut_short = false;
    RunModel::Cursor cursor;
  };

  void keepOwn();
  void restoreOwn();
  /// A photo that is not the lesson's ends the lesson.
  void photoChanged();
  /// What the document shows of the lesson; a run in progress as one that was stopped.
  Left whatIsShown() const;
  /// Opens a lesson once the run of a person's own has ended, which is stopped.
  void chooseAfterOwnRun(int lesson);
  void ownRunStopped();
  /// What was under way when the lesson was left begins again.
  void goOn();
  /// A run that a lesson would throw away; single steps that were begun here are none.
  bool isBusy() const;
  void photoOpened(const std::shared_ptr<const OpenedPhoto>& photo);
  /// The lesson's request with this change, and the chosen solver's with values().
  RestoreRequest requestOf(const ParamValues& change) const { return requestOf(lesson()->request, change); }
  RestoreRequest ownRequest() const { return requestOf(ownBase(), play_.values); }
  RestoreRequest requestOf(const RestoreRequest& base, const ParamValues& change) const;
  /// The lesson's request with the chosen solver.
  const RestoreRequest& ownBase() const;
  /// What may be changed, as the request has it.
  ParamValues valuesOf(const RestoreRequest& request) const;
  void apply(const RestoreRequest& request);
  /// Ends a run in progress, forgets its steps, and makes none of those that were to follow.
  void clearRun();
  /// Of the run that is shown; of seeds without theirs.
  std::optional<RestoreRequest> shownRequest() const;
  /// Whose solver and values the lines are of.
  RestoreRequest linesRequest() const;
  /// Begins the run and goes on to this step, 1 or larger.
  void beginSteps(int wanted);
  /// Makes one step more than is looked at, whose noisy latent is what the step looked at makes.
  void stepAhead();
  /// Makes the first step, so that there is something to look at.
  void beginAnew();
  void startNext();
  void finishTask(const LessonNumbers& numbers);
  /// Once the document has told everybody of the run that has ended; not if another lesson was opened meanwhile.
  void inAMoment(void (LearnModel::*what)());
  /// A question's run has the document's settings no longer.
  void takeOwnValues();
  void abandon(const QString& sentence);
  void runFinished(const ResultPtr& result);
  void runEnded();
  RunInputs lessonInputs() const;
  void measureNullSpace();
  /// What every run of a study restores, so that it is there before the first.
  void measureSeeds();
  /// The runs of a study of this change, which are not begun.
  void planSeeds(const ParamValues& change);
  /// The task's run is one more of the study, whose maps are made away from the GUI thread.
  void addSeed(const ResultPtr& result);
  void runMixture(const RestoreRequest& request, const std::string& prefix);
  void finishQuestion();
  void setPhase(Phase phase);

  const Catalogue catalogue_;  ///< its own: work in progress reads it to the end
  RunModel* document_;
  std::vector<Lesson> lessons_;
  QStringList warnings_;
  QSet<QString> done_;
  int largest_side_ = 0;
  Played play_;
  bool ready_ = false;
  std::optional<Own> own_;
  std::optional<Left> left_;
  int awaited_ = -1;  ///< the lesson that opens when the run of a person's own has ended; -1: none
  std::shared_ptr<const OpenedPhoto> lesson_photo_;
  PhotoOpener opener_;
  BackgroundWork work_;
  std::shared_ptr<RunControl> control_;  ///< of the mixture's run
  quint64 generation_ = 0;               ///< counts lessons that were opened: older answers are dropped

  bool task_running_ = false;
  quint64 task_ = 0;         ///< counts tasks that were begun, or given up: what is made of a former run is dropped
  bool stepping_ = false;    ///< a step was asked for here
  int wanted_step_ = 0;      ///< the run goes on to this one by itself
  bool cut_short_ = false;   ///< the steps are those of a run that leave() ended
  quint64 stepped_run_ = 0;  ///< the run that single steps here began
  QTimer player_, anew_;
  std::unique_ptr<LineRun> again_;  ///< of the run that is shown; null: it is not made once more
};

}  // namespace p2l::ui
