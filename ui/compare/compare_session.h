// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/experiment/comparison.h"
#include "core/experiment/spread.h"
#include "ui/base/background_work.h"
#include "ui/base/past_runs.h"
#include "ui/base/side_runs.h"
#include "ui/compare/compare_choices.h"

class QUndoCommand;

namespace p2l::ui {

class RunModel;
class SameMasks;

/// Calibration of a mean of seeds, in grey levels: of the tenth of the pixels that the seeds agree on most, and least.
struct CompareTenths {
  Calibration surest, least_sure;
};

/// One of what is compared: a chip, a tile, a row of the table.
struct CompareEntry {
  enum class Kind {
    Run,   ///< to be made
    Past,  ///< of the history
    File,  ///< made elsewhere
    Mean,  ///< of the runs of a group, of one request and several seeds
  };
  enum class State { New, Waiting, Running, Done, Stopped, Failed };

  quint64 key = 0;  ///< unique in the session
  int colour = 0;   ///< of runPen(); its own as long as it is there
  Kind kind = Kind::Run;
  QString label, help;       ///< as choice.shown() has them in the window
  CompareChoice choice;      ///< of a run
  int group = 0;             ///< of several seeds; 0: none
  quint64 same_as = 0;       ///< key of the first run that would be made with the same request; 0: none before it is
  std::string past_id;       ///< in the history on disk; empty: it is not there
  std::string photo_sha256;  ///< of a past run's photo
  std::string measured;      ///< what the numbers are of: ComparedRow::measured
  QString path;              ///< of a file
  State state = State::New;
  QString problem;  ///< a sentence when it failed
  RestoreRequest request;
  quint64 run_id = 0;
  int steps = 0;
  StepReport last;            ///< of the newest step; step 0: none yet
  SnapshotHistory evolution;  ///< its pictures
  ResultPtr result;
  QImage spread;                                            ///< of a mean: where the runs differ, as heat
  double spread_most = 0.0;                                 ///< at the end of its colours, in grey levels
  std::shared_ptr<const std::vector<float>> spread_values;  ///< its numbers, as Spread::deviation
  std::optional<CompareTenths> tenths;                      ///< where the truth is known
  QString spread_text;                                      ///< what that says, a sentence a line
  double spent = 0.0;                                       ///< seconds of the steps so far
  double seconds = 0.0;                                     ///< that a run is expected to take; 0: not known
  double memory = 0.0;                                      ///< bytes

  /// The label as the window writes numbers.
  QString shownLabel() const { return choice.shown(label); }
  bool isAtWork() const { return state == State::Waiting || state == State::Running; }
};

/// What does not depend on solvers: the measurement, the truth, the plain picture made from y and the autoencoder's
/// bound. Null where there is none, or not yet.
struct CompareReferences {
  QImage measurement;                                               ///< y at its own size
  double psnr_measurement = kUnknown, ssim_measurement = kUnknown;  ///< of y at the full size, where the truth is known
  QImage truth;                                                     ///< without one: the photo
  bool truth_known = false;
  std::shared_ptr<const Image> exact_truth;  ///< in float, of `truth`; null: not known
  ResultPtr plain, bound;
  std::string plain_made_by;  ///< "bicubic", "Telea", "the measurement"
  QString plain_name;         ///< the same in the window's language
};

/// What is compared on one measurement, mask and seed. Its runs go through the document's SideRuns one after the other;
/// one that fails does not keep the others from being made. Of equal runs one is made, and the others take its result.
/// Results land in the history.
class CompareSession : public QObject {
  Q_OBJECT
 public:
  using State = CompareEntry::State;
  using Kind = CompareEntry::Kind;

  /// All outlive the session.
  CompareSession(const Catalogue& catalogue, RunModel* document, QObject* parent = nullptr);

  const std::vector<CompareEntry>& entries() const { return entries_; }
  const CompareReferences& references() const { return references_; }
  /// -1: there is none of that key.
  int indexOf(quint64 key) const;
  /// What a run of these settings compares on: the document's request and pictures.
  RestoreRequest base() const;

  // The list changes by these. Each is one step of the document's undo; what comes back by it has its results.
  /// Runs that are to be made. Those that cannot be are left out. `seeds`: they are of one request, and get a mean.
  void add(const std::vector<CompareChoice>& choices, bool seeds = false);
  void addPast(const PastRun& run) { addPast(std::vector<PastRun>{run}); }
  void addPast(const std::vector<PastRun>& runs);
  /// Pictures made elsewhere: read and judged away from the GUI thread.
  void addFile(const QString& path) { addFiles({path}); }
  void addFiles(const QStringList& paths);
  /// One in progress is stopped first. The mean of its group becomes that of the other seeds, or goes with it.
  void remove(int index);
  void clear();
  /// Of all runs; 0: as each has it.
  void setSteps(int steps);
  int steps() const { return steps_; }
  /// Whether a step of undo is, or holds, a change of the list.
  static bool isListChange(const QUndoCommand& command);
  /// Which runs' own numbers of steps these replace, a sentence; empty: they replace none.
  QString replacedSteps() const;

  /// Whether start() would run the entry, or judge a file: it was not yet, a run has failed, or the document's settings
  /// are others by now. A file that cannot be read is not: retry() reads it again.
  bool isDue(int index) const;
  int dueCount() const;
  /// Those of them that are files.
  int dueFiles() const;
  /// Those whose runs start() makes: of equal ones the first, and none whose result an equal one has.
  std::vector<int> runsToMake() const;
  /// Picture and numbers are of other settings than the document's: of a run, also one that was stopped or failed, of a
  /// run of the history with another photo, mask or noise, of a file that was judged against another measurement, of a
  /// mean whose runs are. What has neither is not, nor what is at work.
  bool isFormer(int index) const;
  /// The same of the plain picture or the bound.
  bool isReferenceFormer(ComparedRow::Kind kind) const;
  /// Whether start() measures the plain picture or the bound anew: they are of other settings, or were stopped.
  bool areReferencesDue() const { return isPlainDue() || isBoundDue(); }
  bool isPlainDue() const { return plain_stopped_ || isReferenceFormer(ComparedRow::Kind::Plain); }
  bool isBoundDue() const { return bound_stopped_ || isReferenceFormer(ComparedRow::Kind::Bound); }
  /// The first run of the list that would be made with the same request as this one, or as this choice; -1: none
  /// before it, or none at all, would.
  int sameAs(int index) const { return indexOf(entries_.at(index).same_as); }
  int sameAs(const CompareChoice& choice) const;
  /// Begins what is due. @return a sentence that says why nothing can begin; else empty
  QString start();
  bool isRunning() const { return running_; }
  bool isPaused() const { return paused_; }
  /// Index of the run in progress; -1: none.
  int current() const;
  void setPaused(bool paused);
  /// Ends the run in progress, which keeps its last estimate, and starts no further one: those that wait keep the
  /// results that they had. What is measured for the bound and the plain picture is dropped.
  void stop();
  bool canStop() const { return running_ || bound_run_ != 0 || isPlainAtWork(); }
  /// The name of what is measured beside the runs; empty: nothing is.
  QString measuredNow() const;
  /// The same for one of them.
  void cancel(int index);
  /// Of a run and a file that are not at work, and of a run of the history that could not be read.
  bool canRetry(int index) const;
  /// Runs one again that has ended; a file and a run of the history are read again. @return a sentence that says why it
  /// cannot begin; else empty
  QString retry(int index);

  /// What is due takes so long and so much, as far as that is known, with bound, plain picture and all metrics; 0: not
  /// known.
  double dueSeconds() const;
  double dueMemory() const;
  /// It takes longer: of one of the runs that are due no time is known.
  bool isDueLonger() const;
  /// Until all that was begun is done, as far as that is known; NaN: not at all. And the share that is done of what was
  /// begun since the comparison is in progress.
  double secondsLeft() const;
  /// More is left: of one of the runs that wait no time is known.
  bool isLeftLonger() const;
  /// Of the metrics of one result, where the truth is known; 0: not known.
  double metricsSeconds() const;
  /// Of the plain picture, with its metrics; 0: not known.
  double plainSeconds() const;
  /// Of the bound: one encoding and one decoding of the picture, without its metrics; 0: not known, or there is none.
  double roundTripSeconds() const;
  double share() const;
  /// Of the run in progress; NaN before its first step.
  double secondsPerStep() const;

  /// What a run was given, to make it once more; null: it is no run, or its photo is not at hand.
  const JobPictures* givenOf(quint64 key) const;

  /// The list as a text that bringBack() takes, in this session or another one: results are left out, which are in the
  /// history.
  QString keptText() const;
  /// Adds what the text has, with the results that the history has; what it has not is due. Plain picture and bound are
  /// measured again. What is damaged is left out and said.
  void bringBack(const QString& text);

  /// The rows of the table, in the order of the entries, then the plain picture and the bound. `keys`: of the entries,
  /// 0 for the others. Their labels are for files, whose heads are English; `names` gets what the window shows.
  std::vector<ComparedRow> rows(std::vector<quint64>* keys = nullptr, QStringList* names = nullptr) const;

 public slots:
  /// The document has other settings or another photo.
  void refresh();

 signals:
  /// Entries were added or removed.
  void listChanged();
  void entryChanged(int index);
  void referencesChanged();
  void runningChanged(bool running);
  void began(int index, const p2l::RunStart& start);
  void stepped(int index, const p2l::StepReport& report);
  void forecastChanged();
  /// keptText() is another one, or the document's settings are.
  void keptChanged();
  void failed(const QString& sentence);
  /// What failed() has said of an entry is no longer so: it has gone.
  void solved(const QString& sentence);
  /// measuredNow() is another one.
  void measuringChanged();

 private:
  friend class CompareListCommand;
  /// An entry with what it was run with.
  struct Kept {
    CompareEntry entry;
    QString print;  ///< empty: it has none
    JobPictures given;
  };
  Kept keptOf(const CompareEntry& entry) const;
  std::vector<Kept> keptList() const;
  /// The list is this one from now on; what was there already stays as it is.
  void setList(const std::vector<Kept>& list);
  /// A run that never began has the result that it had before it was to be made anew. @return whether there was one
  bool restoreFormer(quint64 key);
  /// An entry that has come back does not wait for what it waited for.
  void wake(quint64 key);
  /// The list was `before`, and what made it another one is a step of undo. `steps`: of all runs before, where they
  /// have changed with the list.
  void addUndo(const QString& text, std::vector<Kept> before, std::optional<int> steps = {});
  void fetchPast(quint64 key, const PastRun& run);
  /// Pictures of a history run's steps, where they are on the disk alone.
  void fetchSteps(quint64 key, const PastRun& run);
  /// @return its key @throws Error where the entry is damaged
  quint64 bringBackEntry(const QJsonObject& json, std::map<int, int>& groups);
  /// Calls `use` with the entry's run of the history, at once or when that has been read.
  void withPastRun(quint64 key, const std::function<void(const PastRun&)>& use);
  /// The result of a run that was brought back; `present`: it is of the settings that are brought back with it.
  void fetchResult(quint64 key, const PastRun& past, bool present);
  static CompareEntry::State stateOf(Outcome::Status status);
  /// The entry is a run that has ended so.
  static void takeResult(CompareEntry& entry, const ResultPtr& result);
  void keepGiven(quint64 key, JobPictures pictures, const std::shared_ptr<const OpenedPhoto>& photo);
  CompareEntry& append(CompareEntry::Kind kind, const QString& label, const QString& help);
  /// The label, with a number where another entry has it.
  QString freeLabel(const QString& label) const;
  /// The one whose colour the fewest entries have, in a dash pattern that none of them has.
  int freeColour() const;
  /// With the document's settings and the steps of all. @throws Error where it cannot be made
  RestoreRequest requestOf(const CompareChoice& choice) const;
  RestoreRequest requestOf(const CompareEntry& entry) const { return requestOf(entry.choice); }
  /// Says of each run which one before it is the same.
  void markEqual();
  /// A run that is to be made has the label that goes with the document's settings.
  void nameBySettings(CompareEntry& entry);
  QString obstacle() const;
  /// `anew`: the result of an equal run does not do.
  void submit(int index, bool anew = false);
  /// What a run was given. The document may have another photo when it ends.
  struct Given {
    JobPictures pictures;
    std::shared_ptr<const OpenedPhoto> photo;
  };
  /// A run that was prepared waits for an equal one that is at work; else takes the result of one; else begins.
  void makeOrTake(int index, const Given& given, bool anew = false);
  void begin(int index, const Given& given);
  /// The entry has the outcome of the equal run of `other`.
  void take(int index, const CompareEntry& other);
  /// Those that wait for an equal run go on where that is over.
  void proceed();
  bool waitsForEqual(const CompareEntry& entry) const { return entry.isAtWork() && held_.contains(entry.key); }
  /// It is a run that has ended whole, here or in an earlier session.
  bool isMade(const CompareEntry& entry) const;
  SideRuns::Listener listenerOf(quint64 key, const Given& given);
  void end(quint64 key, const ResultPtr& result, const QString& problem, const Given& given);
  void conclude();
  void forecast();
  void showMeasurement();
  void measurePlain();
  void measureBound();
  /// Nobody waits for the bound of former settings.
  void dropBound();
  bool isPlainAtWork() const { return plains_at_work_ > 0 && !plain_print_.isEmpty(); }
  /// The metrics of the runs and files that are counted, and of the means of their groups.
  double rowsSeconds(const std::function<bool(int index)>& counted) const;
  /// Of the full picture.
  double pixels() const;
  /// Whether a bound of the present settings is wanted.
  bool wantsBound() const;
  /// Judges a file as a restoration of the present measurement.
  void judgeFile(quint64 key);
  static QString meanLabel(int seeds);
  /// Index of the mean of a group; -1: there is none.
  int meanOf(int group) const;
  /// The results of a group's runs where all are done; else none.
  std::vector<ResultPtr> seedResults(int group) const;
  /// Makes the mean of a group whose runs are all done.
  void joinSeeds(int group);
  /// Of the group a run has gone or come back: the mean is that of those that are there, if there are two.
  void regroup(int group);
  /// A mean of runs that are made anew says nothing any more.
  void resetMean(int group);
  /// What a fingerprint is of.
  enum class Of { Run, Measurement, Bound };
  /// Of all that it depends on.
  QString fingerprint(RestoreRequest request, Of of = Of::Run) const;
  /// The fingerprint of the run that would be made now; empty: it is no run, or cannot be made.
  QString printOf(const CompareEntry& entry) const;
  /// Whether a run or a file has the fingerprint of the present settings. @throws Error where they cannot be run
  bool isOfPresent(const CompareEntry& entry) const;
  /// Whether a run of the history restored what the document's runs restore. Nothing: their masks are being compared.
  std::optional<bool> hasPresentMeasurement(const CompareEntry& entry) const;
  /// Masks were compared.
  void masksFound();
  /// What of a request the measurement depends on.
  RestoreRequest measurementPart(RestoreRequest request) const;
  /// The same as a text, without the names of photo, mask and kernel. @throws Error where it cannot be carried out
  std::string measurementText(const RestoreRequest& request) const;
  /// CompareEntry::measured of what was measured with this.
  std::string measuredOf(const RestoreRequest& request, const JobPictures& pictures,
                         const std::string& photo_sha256) const;

  const Catalogue& catalogue_;
  RunModel* document_;
  SideRuns* runs_;
  std::vector<CompareEntry> entries_;
  CompareReferences references_;
  QString plain_print_, bound_print_;  ///< what they were measured of
  quint64 bound_run_ = 0, shown_id_ = 0;
  int plains_at_work_ = 0;
  bool plain_stopped_ = false, bound_stopped_ = false;  ///< by stop(), so that start() measures them
  std::map<quint64, Kept> formers_;                     ///< of runs that wait, as they were before, by key
  std::map<quint64, QString> prints_;                   ///< what runs were made of and files judged against, by key
  std::map<quint64, JobPictures> given_;                ///< the pictures that runs were given, by key
  std::map<quint64, Given> held_;                       ///< of runs that wait for an equal one, by key
  /// A result that has come back is of the present settings where these masks are the same.
  struct Awaited {
    quint64 key = 0;
    QString print;
    QImage own, present;
  };
  std::vector<Awaited> awaited_;
  SameMasks* masks_;
  bool running_ = false, paused_ = false;
  std::set<quint64> begun_;  ///< keys of the runs that were begun since
  int steps_ = 0;
  quint64 newest_ = 0, forecast_id_ = 0;
  int newest_group_ = 0;
  double seconds_done_ = 0.0, seconds_foreseen_ = 0.0;  ///< of the runs that have ended since they were begun
  BackgroundWork work_;
};

}  // namespace p2l::ui
