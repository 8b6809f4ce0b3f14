// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/job_queue.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "core/archive/kept_run.h"
#include "core/base/file.h"
#include "core/experiment/run_store.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using State = QueuedJob::State;

constexpr State kStates[] = {State::Waiting, State::Running,   State::Done,
                             State::Failed,  State::Cancelled, State::Skipped};

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

State stateFrom(const std::string& name) {
  for (const auto state : kStates) {
    if (name == nameOf(state)) return state;
  }
  throw Error(concat("there is no state ", name));
}

constexpr const char* kRestored = "-restored";

/// Without those that are results of others of them, NAME-restored.png and NAME-restored-2.png: a folder that is given
/// again holds both.
std::vector<std::string> withoutResults(const std::vector<std::string>& photos) {
  std::set<fs::path> names;
  for (const auto& photo : photos) names.insert(fs::path(photo).replace_extension());
  std::vector<std::string> left;
  for (const auto& photo : photos) {
    const auto name = fs::path(photo).replace_extension().string();
    const auto end = name.rfind(kRestored);
    if (end == std::string::npos || !names.contains(fs::path(name.substr(0, end)))) left.push_back(photo);
  }
  return left;
}

/// Where the result of a photo goes; further ones have a number, from 2 on.
std::string resultFileOf(const std::string& photo, const std::string& out_folder, int number) {
  const auto folder = out_folder.empty() ? fs::path(photo).parent_path() : fs::path(out_folder);
  const auto stem = fs::path(photo).stem().string() + kRestored;
  return (folder / (number > 1 ? concat(stem, "-", number, ".png") : stem + ".png")).string();
}

bool hasEnded(const QueuedJob& job) {
  return job.state != State::Waiting && job.state != State::Running;
}

}  // namespace

const char* nameOf(State state) {
  constexpr const char* kNames[] = {"waiting", "running", "done", "failed", "cancelled", "skipped"};
  return kNames[static_cast<int>(state)];
}

FilesThere resultFilesOf(const std::vector<std::string>& photos, const std::string& out_folder, RunControl& control) {
  FilesThere files;
  for (const auto& photo : withoutResults(photos)) {
    bool there = true;
    for (int number = 1; there; ++number) {
      control.checkpoint();
      std::error_code code;
      const auto file = resultFileOf(photo, out_folder, number);
      there = fs::exists(file, code);
      if (!code) files[file] = there;  // else add() says what is wrong
    }
  }
  return files;
}

JobQueue::JobQueue(std::string folder) : folder_(std::move(folder)) {
  makeFolder(folder_);
  removeLeftovers(folder_);
  const auto path = pathOf("queue.json");
  if (!fs::exists(path)) return;
  try {
    const auto jobs = parsedJson<Json>(readTextFile(path));
    require(jobs.is_array(), "it is no list of jobs");
    for (const auto& json : jobs) {
      QueuedJob job;
      job.id = json.at("id");
      job.request = requestFromJson(json.at("request").dump());
      job.output = json.at("output");
      job.state = stateFrom(json.at("state"));
      job.message = json.at("message");
      if (job.state == State::Running) job.state = State::Waiting;  // the process that ran it is gone
      jobs_.push_back(std::move(job));
    }
  } catch (const std::exception& error) {
    throw Error(concat(path, " is no queue of P2L Studio (", error.what(), "): delete it to begin a new one."));
  }
}

std::string JobQueue::pathOf(const std::string& name) const {
  return (fs::path(folder_) / name).string();
}

std::string JobQueue::logPath() const {
  return pathOf("log.txt");
}

void JobQueue::write() const {
  if (folder_.empty()) return;
  Json json = Json::array();
  for (const auto& job : jobs_) {
    json.push_back({{"id", job.id},
                    {"state", nameOf(job.state)},
                    {"message", job.message},
                    {"output", job.output},
                    {"request", Json::parse(jsonFromRequest(job.request))}});
  }
  makeFolder(folder_);  // somebody may have tidied up
  writeTextFile(pathOf("queue.json"), json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

void JobQueue::log(const std::string& line) const {
  if (folder_.empty()) return;
  const std::time_t time = std::time(nullptr);
  std::tm local{};
  localtime_r(&time, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local);
  std::ofstream(logPath(), std::ios::app) << text << "  " << line << "\n";
}

int JobQueue::add(const std::vector<std::string>& given, const RestoreRequest& request, const RequestPictures& pictures,
                  const std::string& out_folder, bool skip_existing, const FilesThere& there) {
  const auto photos = withoutResults(given);
  std::set<std::string> taken, ended;
  for (const auto& job : jobs_) (hasEnded(job) ? ended : taken).insert(job.output);
  const auto isThere = [&](const std::string& file) {
    const auto known = there.find(file);
    const bool may_be_new = ended.count(file) > 0;  // written since
    return known == there.end() || (!known->second && may_be_new) ? fs::exists(file) : known->second;
  };
  std::vector<QueuedJob> added;
  for (const auto& photo : photos) {
    QueuedJob job;
    job.id = keptRunId(now());
    job.request = request;
    job.request.photo = photo;
    job.output = resultFileOf(photo, out_folder, 1);
    if (skip_existing && isThere(job.output)) {
      job.state = State::Skipped;
      job.message = concat(job.output, " is there already.");
    }
    for (int number = 2; job.state == State::Waiting && (isThere(job.output) || taken.count(job.output)); ++number)
      job.output = resultFileOf(photo, out_folder, number);
    taken.insert(job.output);
    if (!pictures.empty()) keepPictures(job, pictures);
    added.push_back(std::move(job));
  }
  for (auto& job : added) {
    log(concat(job.state == State::Skipped ? "skipped  " : "added  ", job.request.photo, " -> ", job.output));
    jobs_.push_back(std::move(job));
  }
  write();
  return static_cast<int>(photos.size());
}

const QueuedJob* JobQueue::next() const {
  const auto found =
      std::find_if(jobs_.begin(), jobs_.end(), [](const QueuedJob& job) { return job.state == State::Waiting; });
  return found == jobs_.end() ? nullptr : &*found;
}

const QueuedJob* JobQueue::find(const std::string& id) const {
  const auto found = std::find_if(jobs_.begin(), jobs_.end(), [&](const QueuedJob& job) { return job.id == id; });
  return found == jobs_.end() ? nullptr : &*found;
}

QueuedJob& JobQueue::at(const std::string& id) {
  const auto* found = find(id);
  require(found != nullptr, "There is no job ", id, " in the queue.");
  return jobs_[found - jobs_.data()];
}

void JobQueue::keepPictures(const QueuedJob& job, const RequestPictures& pictures) {
  if (folder_.empty()) {
    pictures_[job.id] = pictures;
  } else {
    makeFolder(folder_);
    writePhoto(Image(1, 1, 1), pathOf(job.id + ".png"), jsonFromRequest(job.request), pictures);
  }
}

RequestPictures JobQueue::picturesOf(const QueuedJob& job) const {
  if (folder_.empty()) return pictures_.count(job.id) > 0 ? pictures_.at(job.id) : RequestPictures();
  const auto path = pathOf(job.id + ".png");
  return fs::exists(path) ? readPhoto(path).pictures : RequestPictures();
}

void JobQueue::setState(const std::string& id, State state, const std::string& message) {
  auto& job = at(id);
  job.state = state;
  job.message = message;
  write();
  log(concat(nameOf(state), "  ", job.request.photo, message.empty() ? "" : ": ", message));
}

void JobQueue::move(const std::string& id, int places) {
  const auto from = static_cast<int>(&at(id) - jobs_.data());
  const int to = std::clamp(from + places, 0, static_cast<int>(jobs_.size()) - 1);
  const auto job = jobs_[from];
  jobs_.erase(jobs_.begin() + from);
  jobs_.insert(jobs_.begin() + to, job);
  write();
}

void JobQueue::retry(const std::string& id) {
  if (hasEnded(at(id))) setState(id, State::Waiting);
}

void JobQueue::cancelAll() {
  for (auto& job : jobs_) {
    if (job.state == State::Waiting) job.state = State::Cancelled;
  }
  write();
  log("cancelled all that waited");
}

void JobQueue::clearEnded() {
  const auto ended = std::stable_partition(jobs_.begin(), jobs_.end(), [](const auto& job) { return !hasEnded(job); });
  const std::vector<QueuedJob> gone(ended, jobs_.end());
  jobs_.erase(ended, jobs_.end());
  write();  // before the pictures go: what is still listed can be run again
  for (const auto& job : gone) {
    std::error_code none;
    pictures_.erase(job.id);
    if (!folder_.empty()) fs::remove(pathOf(job.id + ".png"), none);
  }
}

}  // namespace p2l
