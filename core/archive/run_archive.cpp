// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/run_archive.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/experiment/record.h"
#include "core/experiment/run_store.h"
#include "core/types/error.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUnfinished = ".new-";

std::uint64_t bytesIn(const fs::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(folder, none)) {
    const auto size = entry.is_regular_file(none) ? entry.file_size(none) : 0;
    if (!none) bytes += size;
  }
  return bytes;
}

/// Whether the process that named its unfinished folder so is still there.
bool isAtWork(const std::string& name) {
  const auto end = name.rfind('-');
  return end != std::string::npos && fs::exists("/proc/" + name.substr(end + 1));
}

void moveFolder(const fs::path& folder, const fs::path& place) {
  std::error_code code;
  fs::rename(folder, place, code);
  require(!code, place.string(), " cannot be written: ", code.message(), ".");
}

constexpr const char* kFormer = "-former-";

/// Where a run lies for a moment on a file system that cannot exchange two names. A start after a kill finds it there.
fs::path formerOf(const fs::path& place) {
  return place.parent_path() / concat(kUnfinished, place.filename().string(), kFormer, ::getpid());
}

/// The run's id, where this is its former state and it has no other; else empty.
std::string idOfFormer(const fs::path& unfinished) {
  const auto name = unfinished.filename().string();
  const auto end = name.find(kFormer);
  if (end == std::string::npos) return {};
  const auto id = name.substr(std::string(kUnfinished).size(), end - std::string(kUnfinished).size());
  return fs::exists(unfinished.parent_path() / id) ? std::string() : id;
}

/// The run that an unfinished folder is of, or that it was of before.
std::string idOf(const std::string& unfinished) {
  const auto begin = std::string(kUnfinished).size();
  return unfinished.substr(begin, std::min(unfinished.find(kFormer), unfinished.rfind('-')) - begin);
}

/// Moves a folder to a name that may be another's, which then has the first one's: at no moment is there none.
void putInPlace(const fs::path& folder, const fs::path& place) {
  if (::renameat2(AT_FDCWD, folder.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0) return;
  const std::error_code problem(errno, std::generic_category());
  if (problem == std::errc::invalid_argument && fs::exists(place)) {  // a file system that cannot exchange
    const auto former = formerOf(place);
    std::error_code refused, none;
    moveFolder(place, former);
    fs::rename(folder, place, refused);
    fs::rename(former, refused ? place : folder, none);
    require(!refused, place.string(), " cannot be written: ", refused.message(), ".");
    return;
  }
  require(problem == std::errc::no_such_file_or_directory || problem == std::errc::invalid_argument, place.string(),
          " cannot be written: ", problem.message(), ".");
  moveFolder(folder, place);
}

}  // namespace

std::string sha256OfPixels(const Image& image) {
  Sha256 sha;
  sha.update(concat(image.width, " x ", image.height, " x ", image.channels, ":"));
  sha.update(image.pixels.data(), image.pixels.size() * sizeof(float));
  return sha.hex();
}

RunArchive::RunArchive(std::string folder, std::uint64_t budget) : folder_(std::move(folder)), budget_(budget) {
  try {
    makeFolder((fs::path(folder_) / "runs").string());
    makeFolder((fs::path(folder_) / "photos").string());
  } catch (const std::exception& error) {
    throw Error(concat("There can be no history: ", error.what()));
  }
  removeLeftovers((fs::path(folder_) / "photos").string());
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(fs::path(folder_) / "runs", none)) {
    const auto name = entry.path().filename().string();
    if (name.rfind(kUnfinished, 0) != 0) {
      removeLeftovers(entry.path().string());
    } else if (!isAtWork(name)) {
      settle(entry.path().string());
    }
  }
}

RunArchive RunArchive::asItIs(const std::string& folder) {
  RunArchive archive;
  archive.folder_ = folder;
  return archive;
}

void RunArchive::settle(const std::string& unfinished) {
  std::error_code none;
  if (const auto id = idOfFormer(unfinished); !id.empty()) return fs::rename(unfinished, runFolder(id), none);
  // Killed when the run was in its place, and its steps were still with what it was before.
  const auto id = idOf(fs::path(unfinished).filename().string());
  if (fs::exists(runFolder(id), none) && !fs::exists(stepsPath(id), none))
    fs::rename(fs::path(unfinished) / kStepsFile, stepsPath(id), none);
  fs::remove_all(unfinished, none);
}

bool RunArchive::has(const std::string& folder, const std::string& id) {
  std::error_code none;
  return fs::exists(fs::path(folder) / "runs" / id / "result.png", none);
}

std::string RunArchive::runFolder(const std::string& id) const {
  return (fs::path(folder_) / "runs" / id).string();
}

std::string RunArchive::resultPath(const std::string& id) const {
  return (fs::path(runFolder(id)) / "result.png").string();
}

std::string RunArchive::thumbnailPath(const std::string& id) const {
  return (fs::path(runFolder(id)) / "thumbnail.png").string();
}

std::string RunArchive::stepsPath(const std::string& id) const {
  return (fs::path(runFolder(id)) / kStepsFile).string();
}

void RunArchive::import(const std::string& id,
                        const std::vector<std::pair<std::string, std::vector<std::uint8_t>>>& files) {
  if (fs::exists(runFolder(id))) {
    for (const auto& [name, bytes] : files) {
      if (name == kStepsFile && !fs::exists(stepsPath(id))) writeFile(stepsPath(id), bytes);
    }
    return;
  }
  const auto unfinished = fs::path(folder_) / "runs" / concat(kUnfinished, id, "-", ::getpid());
  makeFolder(unfinished.string());
  try {
    for (const auto& [name, bytes] : files) writeFile((unfinished / name).string(), bytes);
    readKeptRun(unfinished.string());
    moveFolder(unfinished, runFolder(id));
  } catch (const std::exception&) {
    std::error_code none;
    fs::remove_all(unfinished, none);
    throw;
  }
}

std::string RunArchive::importPhoto(const std::string& sha256, const std::string& ending,
                                    const std::vector<std::uint8_t>& bytes) {
  if (const auto there = storedPhoto(sha256); !there.empty()) return there;
  const auto path = (fs::path(folder_) / "photos" / (sha256 + ending)).string();
  makeFolder((fs::path(folder_) / "photos").string());
  writeFile(path, bytes);
  return path;
}

std::string RunArchive::storedPhoto(const std::string& sha256) const {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(fs::path(folder_) / "photos", none)) {
    if (!sha256.empty() && entry.path().stem() == sha256) return entry.path().string();
  }
  return {};
}

std::string RunArchive::photoPath(const KeptRun& run) const {
  if (!run.photo_path.empty() && fileSha256(run.photo_path) == run.photo_sha256) return run.photo_path;
  return storedPhoto(run.photo_sha256);
}

void RunArchive::keepPhoto(const PhotoSource& source, const std::string& sha256) {
  if (!storedPhoto(sha256).empty()) return;
  const auto folder = fs::path(folder_) / "photos";
  makeFolder(folder.string());  // somebody may have tidied up
  if (!source.path.empty() && fileSha256(source.path) == sha256) {
    const auto bytes = readTextFile(source.path);
    return writeTextFile((folder / (sha256 + fs::path(source.path).extension().string())).string(), bytes);
  }
  // Pasted, or not the file any more that was opened.
  auto origin = source.photo.origin;
  origin.bits = 16;
  writePhoto(source.photo.image, (folder / (sha256 + ".png")).string(), "", {}, origin);
}

void RunArchive::removeUnusedPhoto(const std::string& sha256) {
  const auto runs = all();
  if (std::any_of(runs.begin(), runs.end(), [&](const auto& run) { return run.photo_sha256 == sha256; })) return;
  std::error_code none;
  fs::remove(storedPhoto(sha256), none);
}

void RunArchive::keep(const KeptRun& run, const KeptPictures& pictures, const PhotoSource& photo) {
  require(!run.id.empty() && !run.photo_sha256.empty(), "A run that is kept needs an id and its photo's digest.");
  const bool new_photo = storedPhoto(run.photo_sha256).empty();
  const auto runs = fs::path(folder_) / "runs";
  const auto unfinished = runs / concat(kUnfinished, run.id, "-", ::getpid());
  try {
    keepPhoto(photo, run.photo_sha256);
    makeFolder(unfinished.string());
    writeKeptRun(unfinished.string(), run, pictures);
    putInPlace(unfinished, runs / run.id);
    std::error_code none;
    fs::rename(unfinished / kStepsFile, stepsPath(run.id), none);
    fs::remove_all(unfinished, none);  // what the run was before
  } catch (const std::exception& error) {
    std::error_code none;
    fs::remove_all(unfinished, none);
    if (new_photo) removeUnusedPhoto(run.photo_sha256);  // the disk may be full
    throw Error(concat("The run could not be kept in the history: ", error.what()));
  }
  thinOut(run.id);
}

void RunArchive::keepSteps(const std::string& id, const StepPictures& pictures, const StepLatents& latents,
                           const GoesOn& goes_on) {
  const auto isWanted = [&] { return fs::exists(runFolder(id)) && !fs::exists(stepsPath(id)); };
  const auto goesOn = [&] { return (!goes_on || goes_on()) && isWanted(); };  // it may be removed meanwhile
  if (pictures.empty() || !isWanted() || !writeStepPictures(stepsPath(id), pictures, latents, goesOn)) return;
  const auto all = bytes();
  if (all <= budget_) return;
  const auto runs = inOrderOfLeaving(id);
  auto others = std::uint64_t{0};
  for (const auto& run : runs) others += run.id == id ? 0 : stepsSize(run.id);
  if (all - std::min(all, others) > budget_) {  // then the others' stay as well
    std::error_code none;
    fs::remove(stepsPath(id), none);
    throw Error("The history's budget has no room for them without removing a run.");
  }
  thinOutSteps(runs, all);
}

bool RunArchive::hasPictureOf(const KeptRun& run) const {
  if (!fs::exists(resultPath(run.id))) return false;
  try {
    return jsonFromRequest(readKeptRun(runFolder(run.id)).report.request) == jsonFromRequest(run.report.request);
  } catch (const std::exception&) {
    return false;
  }
}

StepPictures RunArchive::steps(const std::string& id, std::size_t budget) const {
  return fs::exists(stepsPath(id)) ? readStepPictures(stepsPath(id), budget) : StepPictures();
}

StepLatents RunArchive::latents(const std::string& id) const {
  return fs::exists(stepsPath(id)) ? readStepLatents(stepsPath(id)) : StepLatents();
}

void RunArchive::update(const KeptRun& run) {
  writeKeptRun((fs::path(folder_) / "runs" / run.id).string(), run);
}

void RunArchive::remove(const std::string& id) {
  const auto folder = fs::path(folder_) / "runs" / id;
  const auto gone = fs::path(folder_) / "runs" / concat(kUnfinished, id, "-", ::getpid());
  std::error_code none;
  fs::rename(folder, gone, none);  // at once, so that no half of a run is ever seen
  fs::remove_all(gone, none);
}

std::vector<KeptRun> RunArchive::all(std::vector<std::string>* damaged) const {
  std::vector<KeptRun> runs;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(fs::path(folder_) / "runs", none)) {
    if (entry.path().filename().string().rfind(kUnfinished, 0) == 0) continue;
    try {
      runs.push_back(readKeptRun(entry.path().string()));
    } catch (const std::exception& error) {
      if (damaged) damaged->push_back(error.what());
    }
  }
  std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return runs;
}

std::uint64_t RunArchive::bytes() const {
  return bytesIn(fs::path(folder_) / "runs") + bytesIn(fs::path(folder_) / "photos");
}

std::uint64_t RunArchive::stepsSize(const std::string& id) const {
  std::error_code none;
  const auto size = fs::file_size(stepsPath(id), none);
  return none ? 0 : size;
}

std::vector<KeptRun> RunArchive::inOrderOfLeaving(const std::string& newest) const {
  auto runs = all();
  const auto rank = [&](const KeptRun& run) { return run.id == newest ? 2 : run.starred ? 1 : 0; };
  std::stable_sort(runs.begin(), runs.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return runs;
}

std::uint64_t RunArchive::thinOutSteps(const std::vector<KeptRun>& runs, std::uint64_t left) {
  for (const auto& run : runs) {
    if (left <= budget_) break;
    const auto size = stepsSize(run.id);
    std::error_code none;
    if (fs::remove(stepsPath(run.id), none)) left -= std::min(left, size);
  }
  return left;
}

void RunArchive::thinOut(const std::string& newest) {
  auto left = bytes();
  if (left <= budget_) return;
  const auto runs = inOrderOfLeaving(newest);
  left = thinOutSteps(runs, left);
  std::multiset<std::string> photos;
  for (const auto& run : runs) photos.insert(run.photo_sha256);
  for (const auto& run : runs) {
    if (left <= budget_) return;
    if (run.id == newest) continue;
    left -= std::min(left, bytesIn(fs::path(folder_) / "runs" / run.id));
    remove(run.id);
    photos.erase(photos.find(run.photo_sha256));
    const auto photo = photos.count(run.photo_sha256) == 0 ? storedPhoto(run.photo_sha256) : std::string();
    std::error_code none;
    if (photo.empty()) continue;
    left -= std::min<std::uint64_t>(left, fs::file_size(photo, none));
    fs::remove(photo, none);
  }
}

}  // namespace p2l
