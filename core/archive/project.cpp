// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/project.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/file.h"
#include "core/experiment/record.h"
#include "core/io/archive.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"
#include "core/types/lower_case.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;
constexpr std::size_t kLargestMember = std::size_t{1} << 30;
constexpr const char* kIndex = "project.json";
constexpr const char* kState = "state.png";
constexpr const char* kRunFiles[] = {"run.json", "result.png", "thumbnail.png"};

/// A file of this process beside others, removed at the end.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& ending)
      : path_((fs::temp_directory_path() / concat("p2l-project-", ::getpid(), "-", keptRunId(0), ending)).string()) {}
  ~ScratchFile() {
    std::error_code none;
    fs::remove(path_, none);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Bytes stateOf(const Project& project) {
  const ScratchFile file(".png");
  writePhoto(Image(1, 1, 1), file.path(), jsonFromRequest(project.settings), project.pictures);
  return readFile(file.path(), kLargestMember);
}

/// The photo's bytes with their ending.
std::pair<std::string, Bytes> photoOf(const Project& project, const RunArchive& history, const Photo& photo) {
  KeptRun run;
  run.photo_path = project.photo_path;
  run.photo_sha256 = project.photo_sha256;
  if (const auto path = history.photoPath(run); !path.empty())
    return {fs::path(path).extension().string(), readFile(path, kLargestMember)};
  const ScratchFile file(".png");  // pasted
  auto origin = photo.origin;
  origin.bits = 16;
  writePhoto(photo.image, file.path(), "", {}, origin);
  return {".png", readFile(file.path(), kLargestMember)};
}

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool isPlainName(const std::string& text) {
  const auto plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.'; };
  return !text.empty() && text[0] != '.' && std::all_of(text.begin(), text.end(), plain);
}

std::string memberOf(const std::string& id, const std::string& file) {
  return concat("runs/", id, "/", file);
}

/// The files of the steps of as many runs as there is room for, by their ids.
std::vector<std::pair<std::string, Bytes>> stepsOf(const Project& project, const RunArchive& history,
                                                   std::uint64_t room) {
  auto runs = project.runs;
  std::sort(runs.rbegin(), runs.rend());  // the newest first
  std::stable_partition(runs.begin(), runs.end(), [&](const auto& id) { return id == project.shown; });
  std::vector<std::pair<std::string, Bytes>> steps;
  for (const auto& id : runs) {
    std::error_code none;
    const auto size = fs::file_size(history.stepsPath(id), none);
    if (none || size > room) continue;
    try {
      steps.emplace_back(id, readFile(history.stepsPath(id), room));
      room -= steps.back().second.size();
    } catch (const Error&) {
      // The history has let them go: the run is whole without them.
    }
  }
  return steps;
}

struct Index {
  Project project;
  std::string photo_file;
};

Index indexFrom(const std::string& path) {
  const auto bytes = readArchive(path, {kIndex}, kLargestMember).at(kIndex);
  const auto json = parsedJson<Json>({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  Index index;
  const int format = json.at("p2l_project");
  require(format == kFormat, "it is of format ", format, ", and this program knows ", kFormat);
  index.photo_file = json.at("photo_file");
  auto& project = index.project;
  project.photo_label = json.at("photo_label");
  project.photo_path = json.at("photo_path");
  project.photo_sha256 = json.at("photo_sha256");
  project.runs = json.at("runs").get<std::vector<std::string>>();
  project.shown = json.value("shown", std::string());  // former files have none
  project.with_steps = json.value("with_steps", std::vector<std::string>());
  if (!contains(project.runs, project.shown)) project.shown.clear();
  require(isPlainName(index.photo_file) && isPlainName(project.photo_sha256), "a name in it is no plain name");
  for (const auto& id : project.runs) require(isPlainName(id), "a name in it is no plain name");
  std::erase_if(project.with_steps, [&](const auto& id) { return !contains(project.runs, id); });
  return index;
}

Project openChecked(const std::string& path, RunArchive& history) {
  auto [project, photo_file] = indexFrom(path);
  std::vector<std::string> members = {photo_file, kState};
  for (const auto& id : project.runs) {
    for (const auto* file : kRunFiles) members.push_back(memberOf(id, file));
    if (contains(project.with_steps, id)) members.push_back(memberOf(id, kStepsFile));
  }
  auto files = readArchive(path, members, kLargestMember);
  const ScratchFile state(".png");
  writeFile(state.path(), files.at(kState));
  const auto stored = readPhoto(state.path());
  project.settings = requestFromJson(stored.request_json);
  project.pictures = stored.pictures;
  for (const auto& id : project.runs) {
    std::vector<std::pair<std::string, Bytes>> run;
    for (const auto* file : kRunFiles) run.emplace_back(file, std::move(files.at(memberOf(id, file))));
    if (contains(project.with_steps, id)) run.emplace_back(kStepsFile, std::move(files.at(memberOf(id, kStepsFile))));
    history.import(id, run);
  }
  const bool still_there = !project.photo_path.empty() && fileSha256(project.photo_path) == project.photo_sha256;
  if (!still_there) {
    project.photo_path =
        history.importPhoto(project.photo_sha256, fs::path(photo_file).extension().string(), files.at(photo_file));
  }
  return project;
}

}  // namespace

bool isProjectFile(const std::string& path) {
  return lowerCase(path).ends_with(kProjectEnding);
}

void saveProject(const std::string& path, const Project& project, const RunArchive& history, const Photo& photo,
                 std::uint64_t most_steps) {
  auto steps = stepsOf(project, history, most_steps);
  auto with_steps = Json::array();
  for (const auto& [id, bytes] : steps) with_steps.push_back(id);
  auto [ending, photo_bytes] = photoOf(project, history, photo);
  const auto photo_file = "photo" + ending;
  const Json json = {{"p2l_project", kFormat},
                     {"photo_file", photo_file},
                     {"photo_label", project.photo_label},
                     {"photo_path", project.photo_path},
                     {"photo_sha256", project.photo_sha256},
                     {"runs", project.runs},
                     {"shown", project.shown},
                     {"with_steps", with_steps}};
  const auto text = json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  std::vector<std::pair<std::string, Bytes>> members;
  members.emplace_back(kIndex, Bytes(text.begin(), text.end()));
  members.emplace_back(photo_file, std::move(photo_bytes));
  members.emplace_back(kState, stateOf(project));
  for (const auto& id : project.runs) {
    for (const auto* file : kRunFiles) {
      members.emplace_back(memberOf(id, file),
                           readFile((fs::path(history.runFolder(id)) / file).string(), kLargestMember));
    }
  }
  for (auto& [id, bytes] : steps) members.emplace_back(memberOf(id, kStepsFile), std::move(bytes));
  writeZip(path, members);
}

Project openProject(const std::string& path, RunArchive& history) {
  require(fs::exists(path), "There is no file ", path, ".");
  std::error_code none;
  require(fs::file_size(path, none) != 0, path,
          " cannot be opened as a project of P2L Studio: it is empty (0 bytes); open an earlier copy of it.");
  try {
    return openChecked(path, history);
  } catch (const std::exception& error) {
    std::string why = error.what();
    if (!why.empty() && why.back() == '.') why.pop_back();
    if (why.starts_with(path)) why.replace(0, path.size(), "it");  // named already
    throw Error(concat(path, " cannot be opened as a project of P2L Studio: ", why,
                       "; open a file that was saved as a project, or an earlier copy of it."));
  }
}

}  // namespace p2l
