// SPDX-License-Identifier: GPL-3.0-or-later
// Photos x tasks x solvers, each run kept as it is finished, and the tables of the paper made of them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "app/cli/collect.h"
#include "app/cli/command.h"
#include "app/cli/files.h"
#include "app/cli/progress/expected_time.h"
#include "app/cli/progress/interrupt.h"
#include "app/cli/progress/run_progress.h"
#include "app/cli/request_options.h"
#include "core/api/files.h"
#include "core/api/metric_weights.h"
#include "core/api/models.h"
#include "core/experiment/measurer.h"
#include "core/experiment/plan.h"
#include "core/experiment/recipe.h"
#include "core/experiment/run_store.h"
#include "core/request/memory_plan.h"

namespace p2l::cli {
namespace {

class EvaluateCommand {
 public:
  EvaluateCommand(CLI::App& app, Session& session) : app_(app), session_(session) {
    app.add_option("PHOTO", paths_, "Photos, or folders of photos")->type_name("FILE|FOLDER");
    app.add_option(
           "--tasks", tasks_,
           "Tasks, such as sr,inpaint, sr:factor=8, or several in a row: gaussian-blur+sr; default: the paper's five")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("TASK,...");
    app.add_option(
           "--solvers", solvers_,
           "Solvers, a row each, such as p2l,ldps; a row may have values of the solver (p2l:K=0) and the sampler "
           "(p2l:steps=100; sampler.KEY where both know KEY) of its own, take the rest from a preset "
           "(p2l:preset=paper-ffhq-sr), and start from a text or an embedding (p2l:prompt=a photo of a face, "
           "p2l:embedding=FILE), with no ',' or ':' in it; default: p2l,ldps")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("SOLVER,...");
    addOutput(app, "--out", out_, "Folder for reports, pictures and tables; finished runs in it are not repeated",
              "FOLDER")
        ->required()
        ->group("Options");
    app.add_option("--recipe", recipe_name_,
                   "Fill a table that a file describes, such as paper-table-2, with the published numbers beside ours; "
                   "--tasks and --solvers then choose columns and rows of it")
        ->type_name("NAME|FILE");
    app.add_option(
           "--captions", captions_file_,
           "JSON of texts by photo, or of {\"x\": of the photo, \"y\": of the measurement}, for a recipe's prompts")
        ->type_name("FILE");
    app.add_option("--pixel-model", pixel_model_, "Name or folder of the pixel model for a recipe's rows of that kind")
        ->type_name("NAME|PATH");
    app.add_option("--shard", shard_, "Do the i-th of n parts of the runs only (i from 1)")->type_name("i/n");
    app.add_flag("--collect", collect_only_, "Run nothing; make the tables of all runs in the folder");
    app.add_option("--size", request_.size,
                   "Cut the centre square of each photo and resize it to N x N; default: 256; 0: as it is")
        ->type_name("N");
    app.add_option("--steps", steps_, "Sampling steps; default: as the presets say")->type_name("N");
    app.add_option("--set", values_, "A parameter of a solver, such as p2l.K=3; may be repeated")
        ->allow_extra_args(false)
        ->type_name("SOLVER.KEY=VALUE");
    app.add_option("--sampler", sampler_, "A setting of the sampler, such as eta=1; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    app.add_option("--noise", noise_,
                   "Standard deviation of Gaussian noise on the scale -1 to 1, or a noise with its values: "
                   "poisson:peak=100, none; default: 0.01")
        ->type_name("NUMBER|NOISE");
    app.add_option("--seed", seed_,
                   "Seed of everything random; masks, kernels and noise differ from photo to photo; default: 0")
        ->type_name("N");
    app.add_option("--measurements", measurements_,
                   "Measurements of each photo, with masks, kernels and noise of their own; rows are means over them; "
                   "default: 1")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    app.add_option("--prompt", request_.prompt, "Text to start from; default: empty")->type_name("TEXT");
    app.add_option("--model", model_,
                   "Name, folder or checkpoint file of the model; default: that of the rows' presets, or p2l-tiny")
        ->type_name("NAME|PATH");
    addModelOptions(app, request_.model_options, "Options");
    app.add_option("--device", request_.device, "auto (default), cpu or cuda:N")->type_name("DEVICE");
    app.add_option("--memory", request_.memory,
                   "Memory limit of a run, such as 8G: chooses precision, checkpointing and tiling to fit")
        ->type_name("SIZE");
    app.add_option(
           "--lpips", lpips_,
           "Folder of lpips_alex.safetensors and lpips_vgg.safetensors, or none; default: those of `p2l metrics`")
        ->type_name("FOLDER");
    app.add_option("--fid", inception_, "Weights of pytorch-fid's Inception (safetensors): measure FID too")
        ->type_name("FILE");
    addThreads(app, threads_);
    app.add_flag("--quiet", quiet_, "No progress, no table");
    request_.size = 256;
  }

  int run() {
    if (collect_only_) return conclude(RunStore(out_), 0);
    const auto plan = makePlan();
    refuseLosses(outputsOf(plan));
    const RunStore store(out_);
    if (recipe_) store.keepRecipe(*recipe_);
    useThreads(threads_);
    say(plan.impossible);
    say(plan.notes.lines());
    const PictureMetrics metrics(lpipsFolderFrom(lpips_), inception_, request_.device);
    const Measurer measurer(metrics, store);
    // With a limit each run chooses how to load it.
    for (const auto& combination : plan.combinations) {
      const auto& request = combination.request;
      auto& sha256 = model_sha256_[request.model];
      if (!sha256.empty()) continue;
      sha256 = request.memory.empty() && model_sha256_.size() == 1
                   ? session_.loadModel(request.model, request.device, request.model_options).sha256
                   : modelHash(session_.catalogue(), request.model, request.model_options);
    }

    const auto open = openRuns(plan, store, measurer);
    std::map<std::string, int> planned;
    for (const auto& photo : open) {
      for (const auto& run : photo.runs) ++planned[plan.combinations[run.combination].method];
    }
    if (!quiet_) tellTime(session_, plannedRuns(plan, open));
    RunProgress progress(planned, quiet_);
    RunControl control;
    const InterruptGuard interrupt(control);
    int failed = 0;
    for (const auto& photo : open) {
      failed += runPhoto(plan, photo, store, measurer, progress, control);
      if (control.stopRequested()) {
        progress.clear();
        sayRemarks();
        std::fprintf(stderr, "p2l: Stopped. Finished runs are kept in %s; the same command resumes there.\n",
                     out_.c_str());
        return kInterrupted;
      }
    }
    progress.clear();
    sayRemarks();
    return conclude(store, failed);
  }

 private:
  struct OpenRun {
    std::size_t combination;
    int measurement;
  };
  /// A photo with runs that are not done yet.
  struct OpenPhoto {
    std::string path, sha256, id;
    std::vector<OpenRun> runs;

    RunKey key(const Plan& plan, const OpenRun& run) const {
      const auto& combination = plan.combinations[run.combination];
      return {id, combination.task, combination.method, run.measurement};
    }
    RestoreRequest request(const Plan& plan, const OpenRun& run, const Captions& captions) const {
      const auto& combination = plan.combinations[run.combination];
      auto request = combination.request;
      if (!combination.prompt.empty()) request.prompt = captions.filled(combination.prompt, path);
      request.photo = path;
      request.measurement_seed = measurementSeed(request.seed, sha256, run.measurement);
      return request;
    }
  };

  Plan makePlan() {
    if (paths_.empty()) throw UsageError("The photos are missing: give files or folders.");
    return usage([&] {
      if (!shard_.empty()) part_ = shardFromText(shard_);
      request_.seed = seedFrom("--seed", seed_);
      if (!request_.memory.empty()) bytesFromText(request_.memory);
      if (!steps_.empty()) sampler_.push_back("steps=" + steps_);
      setValues(request_.sampler_values, sampler_, session_.catalogue().sampler, "--sampler", "sampler");
      return recipe_name_.empty() ? makeRowsPlan() : makeRecipePlan();
    });
  }

  Plan makeRowsPlan() {
    for (const char* option : {"--captions", "--pixel-model"}) {
      if (given(option))
        throw UsageError(concat(option, " is for --recipe: rows of --solvers state their own ",
                                option == std::string("--captions") ? "prompts." : "presets, and --model the model."));
    }
    if (tasks_.empty()) tasks_ = {"sr", "gaussian-blur", "motion-blur", "inpaint", "random-drop"};
    if (solvers_.empty()) solvers_ = {"p2l", "ldps"};
    const auto& catalogue = session_.catalogue();
    if (given("--noise")) request_.noise = noiseFromOption(catalogue, noise_);
    std::vector<TaskChain> tasks;
    for (const auto& text : tasks_) addNew(tasks, taskChain(catalogue, text));
    auto solvers = solverVariants(catalogue, solvers_);
    for (const auto& solver : solvers) {
      if (!solver.embedding.empty() && !textualInversionIn(solver.embedding))
        readEmbedding(solver.embedding);  // now rather than after an hour
    }
    for (const auto& text : values_) setValue(catalogue, solvers, text);
    chooseModel(solvers);
    return planOf(catalogue, photosFrom(paths_), tasks, solvers, request_);
  }

  /// What the command line says goes before the recipe.
  Plan makeRecipePlan() {
    const auto& catalogue = session_.catalogue();
    recipe_ = findRecipe(recipe_name_);
    chooseModel({});
    choose(*recipe_, tasks_, solvers_);
    if (!values_.empty()) throw UsageError("--set is for --solvers; a recipe's rows say their values themselves.");
    if (!captions_file_.empty()) captions_ = Captions(captions_file_);
    if (!given("--size")) request_.size = recipe_->size;
    request_.noise = given("--noise") ? noiseFromOption(catalogue, noise_) : NoiseChoice(recipe_->noise);
    if (!given("--measurements")) measurements_ = recipe_->measurements;
    return planOfRecipe(catalogue, *recipe_, photosFrom(paths_), request_, {request_.model, pixel_model_}, captions_);
  }

  bool given(const char* option) const { return app_.count(option) > 0; }

  OutputCheck outputsOf(const Plan& plan) const {
    OutputCheck check;
    for (const auto& photo : plan.photos) check.reads("a photo", photo);
    for (const auto& combination : plan.combinations) check.reads("an embedding", combination.request.embedding);
    std::set<std::string> models;
    for (const auto& combination : plan.combinations) models.insert(combination.request.model);
    for (const auto& model : models) keepModel(check, session_.catalogue(), model, request_.model_options);
    check.reads("--captions", captions_file_);
    check.reads("--lpips", lpips_, {"lpips_*.safetensors"});
    check.reads("--fid", inception_);
    check.writesInto(
        "--out", out_,
        {"runs/*", "failed/*", "panels/*", "results.csv", "summary.csv", "table.md", "table.html", "recipe.json"},
        /*replaces=*/false);  // finished runs stay
    return check;
  }

  /// All rows have one model: the one that is given, or else the one that the rows' presets are for.
  void chooseModel(const std::vector<Variant>& solvers) {
    if (!model_.empty()) {
      request_.model = model_;
      return;
    }
    std::set<std::string> models;
    for (const auto& row : solvers) {
      if (row.preset.empty()) continue;
      const auto& of_preset = session_.catalogue().preset(row.preset).model;
      if (!of_preset.empty()) models.insert(of_preset);
    }
    if (models.size() > 1)
      throw UsageError(concat("The rows' presets are for different models, ", *models.begin(), " and ",
                              *std::next(models.begin()), ": give --model, or evaluate them apart."));
    if (!models.empty()) request_.model = *models.begin();
  }

  /// One that is named twice counts once.
  static void addNew(std::vector<TaskChain>& tasks, TaskChain task) {
    for (const auto& each : tasks) {
      if (each.name == task.name) return;
    }
    tasks.push_back(std::move(task));
  }

  /// One whose files were damaged is to be done again, and that is said.
  static std::optional<Record> doneRun(const RunStore& store, const RunKey& key) {
    std::string damage;
    auto done = store.find(key, damage);
    if (!damage.empty()) say({damage + ": the run is done again."});
    return done;
  }

  void remakeTruth(const RunStore& store, const OpenPhoto& photo, const RestoreRequest& request) const {
    RunInputs inputs;
    inputs.photo = readPhoto(photo.path).image;
    store.keepTruth(photo.id, degrade(session_.catalogue(), request, inputs).truth);
  }

  /// What of this shard is not done yet; what is done and lacks a metric is measured again at once.
  /// @throws UsageError when the folder holds runs of other settings
  std::vector<OpenPhoto> openRuns(const Plan& plan, const RunStore& store, const Measurer& measurer) const {
    std::vector<OpenPhoto> open;
    std::vector<Record> incomplete;
    std::set<std::string> ids;
    for (std::size_t p = 0; p < plan.photos.size(); ++p) {
      const auto sha256 = fileSha256(plan.photos[p]);
      OpenPhoto photo{plan.photos[p], sha256, photoId(plan.photos[p], sha256), {}};
      if (!ids.insert(photo.id).second) continue;  // a copy of a photo that is there already
      for (int m = 1; m <= measurements_; ++m) {
        for (const auto i : combinationsOf(plan, p * measurements_ + m - 1, part_)) {
          const OpenRun run{i, m};
          const auto done = doneRun(store, photo.key(plan, run));
          if (done) {
            const auto request = photo.request(plan, run, captions_);
            checkSame(*done, request);
            if (!store.hasTruth(photo.id)) remakeTruth(store, photo, request);
            if (!measurer.isComplete(*done)) incomplete.push_back(*done);
          } else {
            photo.runs.push_back(run);
          }
        }
      }
      if (!photo.runs.empty()) open.push_back(std::move(photo));
    }
    for (const auto& record : incomplete) measurer.complete(record);
    return open;
  }

  /// The solvers' runs, those of one model together. Without --size all photos are taken to be as large as the first.
  std::vector<PlannedRuns> plannedRuns(const Plan& plan, const std::vector<OpenPhoto>& open) const {
    int width = request_.size, height = request_.size;
    for (std::size_t i = 0; i < open.size() && width == 0; ++i) {
      try {
        const auto photo = readPhoto(open[i].path).image;
        std::tie(width, height) = std::pair(photo.width, photo.height);
      } catch (const Error&) {
        // Said when its turn comes.
      }
    }
    std::map<std::size_t, int> counts;
    for (const auto& photo : open) {
      for (const auto& run : photo.runs) ++counts[run.combination];
    }
    std::vector<PlannedRuns> runs;
    for (const auto& [i, count] : counts) {
      const auto& combination = plan.combinations[i];
      if (combination.method != kPlain && combination.method != kAutoencoder)
        runs.push_back({combination.request, width, height, count});
    }
    std::stable_sort(runs.begin(), runs.end(),
                     [](const auto& a, const auto& b) { return a.request.model < b.request.model; });
    return runs;
  }

  void checkSame(const Record& done, const RestoreRequest& request) const {
    auto difference = differenceOf(done.request, requestOf(done.key.method, request));
    if (difference.empty() && !done.model.empty() && done.model_sha256 != model_sha256_.at(request.model)) {
      difference = concat("the weights of ", done.model, " are others");
    }
    const auto& embedding = request.embedding;
    if (difference.empty() && !done.embedding_sha256.empty() && done.embedding_sha256 != fileSha256(embedding)) {
      difference = concat("the embedding in ", embedding, " is another");
    }
    if (difference.empty()) return;
    throw UsageError(concat(out_, " holds a run of ", done.key.method, " on ", done.key.task, " for ", done.key.photo,
                            " with other settings: ", difference,
                            ". Give another --out, or delete the runs that are no longer wanted."));
  }

  /// @return how many of its runs failed
  int runPhoto(const Plan& plan, const OpenPhoto& photo, const RunStore& store, const Measurer& measurer,
               RunProgress& progress, RunControl& control) {
    RunInputs inputs;
    try {
      inputs.photo = readPhoto(photo.path).image;
    } catch (const Error& error) {
      tell(progress, store, {photo.id, {}, {}}, error.what());
      for (const auto& run : photo.runs) progress.skip(plan.combinations[run.combination].method);
      return static_cast<int>(photo.runs.size());
    }
    int failed = 0;
    for (const auto& run : photo.runs) {
      const auto key = photo.key(plan, run);
      const auto request = photo.request(plan, run, captions_);
      progress.begin(key.method, concat(key.task, " ", key.method, " ", key.photo,
                                        key.measurement > 1 ? concat(" (", key.measurement, ")") : ""));
      Outcome outcome;
      try {
        outcome = outcomeOf(key.method, request, inputs, progress, control);
      } catch (const Error& error) {
        outcome.message = error.what();
      }
      if (outcome.status == Outcome::Status::Cancelled) return failed;
      if (outcome.status == Outcome::Status::Completed) {
        outcome.report.request = requestOf(key.method, outcome.report.request);
        measurer.measure(outcome);
        store.keep(key, outcome, measurer.measured());
        measurer.makeFeatures(key);
        progress.end(psnrAndTime(outcome.report));
        for (const auto& remark : outcome.report.remarks) {  // every run's own are in its record, too
          const bool said = plan.notes.contains(key.task, key.method, remark);
          if (!said && !plan.own_notes.contains(key.task, key.method, remark))
            remarks_.add(key.task, key.method, remark);
        }
      } else {
        tell(progress, store, key, outcome.message);
        progress.end("failed");
        ++failed;
      }
      if (control.stopRequested()) return failed;
    }
    return failed;
  }

  Outcome outcomeOf(const std::string& method, const RestoreRequest& request, const RunInputs& inputs,
                    RunProgress& progress, RunControl& control) {
    if (method == kPlain) return plainBaseline(session_.catalogue(), request, inputs);
    if (method == kAutoencoder) return session_.roundTrip(request, inputs);
    return session_.run(request, inputs, progress, control);
  }

  static void say(const std::vector<std::string>& sentences) {
    for (const auto& sentence : sentences) std::fprintf(stderr, "p2l: %s\n", sentence.c_str());
  }

  /// At the end, when all rows of a remark are known.
  void sayRemarks() const {
    if (!quiet_) say(remarks_.lines());
  }

  static void tell(RunProgress& progress, const RunStore& store, const RunKey& key, const std::string& sentence) {
    progress.clear();
    const auto place = key.task.empty() ? "" : concat(key.photo, ", ", key.task, ", ", key.method, ": ");
    std::fprintf(stderr, "p2l: %s%s\n", place.c_str(), sentence.c_str());
    store.noteFailure(key, sentence);
  }

  /// The tables of what there is; a shard makes them too, of what there is by then.
  int conclude(const RunStore& store, int failed) const {
    const auto failures = store.failures();
    const int all_failed = collect_only_ ? static_cast<int>(failures.size()) : failed;
    const bool nothing = store.all().empty();
    if (nothing && failed == 0 && !collect_only_) return kDone;  // a shard for which there is no run
    require(!nothing, out_, " holds no finished run.");
    const auto table = collect(store, session_.catalogue());
    if (!quiet_ && part_.count == 1) std::printf("\n%s", table.c_str());
    if (all_failed == 0) return kDone;
    std::fprintf(stderr, "p2l: %d %s could not be done; %s/failed says why.\n", all_failed,
                 collect_only_ ? "photos or runs" : "runs", out_.c_str());
    return kFailed;
  }

  const CLI::App& app_;
  Session& session_;
  RestoreRequest request_;  ///< what all runs share
  std::vector<std::string> paths_, tasks_, solvers_, values_, sampler_;
  std::string lpips_, inception_, noise_;
  std::string out_, shard_, steps_, model_, seed_ = "0";
  Shard part_;
  std::map<std::string, std::string> model_sha256_;  ///< by name or folder
  std::string recipe_name_, captions_file_, pixel_model_;
  std::optional<Recipe> recipe_;
  Captions captions_;
  RowRemarks remarks_;  ///< of the runs
  int threads_ = 0, measurements_ = 1;
  bool collect_only_ = false, quiet_ = false;
};

}  // namespace

Command addEvaluateCommand(CLI::App& app, Session& session) {
  return commandOf<EvaluateCommand>(app, session);
}

}  // namespace p2l::cli
