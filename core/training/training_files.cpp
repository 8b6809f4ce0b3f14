// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/training_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "core/base/device.h"
#include "core/base/file.h"
#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/types/error.h"
#include "core/weights/weight_hash.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

/// In blocks, since a model may be larger than the memory. fs::copy has one reason for all: "Input/output error".
void copyFile(const fs::path& from, const fs::path& to) {
  const OpenFile in(std::fopen(from.c_str(), "rbe"));
  require(in != nullptr, from.string(), " cannot be read: ", std::strerror(errno), ".");
  const OpenFile out(std::fopen(to.c_str(), "wbxe"));
  bool written = out != nullptr;
  std::vector<char> block(std::size_t{1} << 20);
  for (std::size_t count = 1; written && count > 0;) {
    count = std::fread(block.data(), 1, block.size(), in.get());
    require(std::ferror(in.get()) == 0, from.string(), " cannot be read: ", std::strerror(errno), ".");
    written = std::fwrite(block.data(), 1, count, out.get()) == count;
  }
  written = written && std::fflush(out.get()) == 0;
  require(written, to.string(), " cannot be written: ", std::strerror(errno), ".");
}

void makeFolder(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  require(!problem, folder.string(), " cannot be written: ", problem.message(), ".");
}

/// @param below the names that lead from the model's folder to this one @param above the folders that it lies in
void addFilesOf(const fs::path& model, const fs::path& below, const std::string& out, std::set<std::string> above,
                std::vector<std::string>& files) {
  const auto folder = model / below;
  require(!liesIn(out, folder.string()), "--out: ", out, " lies in the model of --from, ", folder.string(),
          ", which would be copied into itself: give another folder");
  require(above.insert(fileBehind(folder.string())).second, folder.string(),
          ": is a link to a folder that it lies in; a model that can be copied was expected");
  std::error_code problem;
  fs::directory_iterator entry(folder, problem), end;
  for (; !problem && entry != end; entry.increment(problem)) {
    std::error_code none;
    const auto name = below / entry->path().filename();
    if (entry->is_directory(none)) {
      addFilesOf(model, name, out, above, files);
    } else if (entry->is_regular_file(none)) {
      files.push_back(name.string());
    }
  }
  require(!problem, folder.string(), " cannot be read: ", problem.message(), ".");
}

/// Gone when the scope ends.
class Removed {
 public:
  explicit Removed(fs::path folder) : folder_(std::move(folder)) { remove(); }
  ~Removed() { remove(); }
  Removed(const Removed&) = delete;
  Removed& operator=(const Removed&) = delete;

 private:
  void remove() const {
    std::error_code none;
    fs::remove_all(folder_, none);
  }
  fs::path folder_;
};

/// Whether all of a file, or the names in a folder, are on the disk; else see errno.
bool flush(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  errno = error;
  return done;
}

/// At once, which costs a disk's journal one entry in place of one a file.
void flushAll(const fs::path& folder) {
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(folder, none)) {
    const bool done = flush(entry.path());
    require(done || entry.is_directory(none), entry.path().string(), " cannot be written: ", std::strerror(errno), ".");
  }
  (void)flush(folder);  // not every file system can do this with a folder, and the files are complete
}

void move(const fs::path& folder, const fs::path& place) {
  require(std::rename(folder.c_str(), place.c_str()) == 0, place.string(), " cannot be written: ", std::strerror(errno),
          ".");
}

/// Afterwards what was made lies at `place`, and what was there at `made` or `former`.
void exchange(const fs::path& made, const fs::path& place, const fs::path& former) {
  std::error_code none;
  if (!fs::exists(place, none)) return move(made, place);
  if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0) return;
  require(errno == EINVAL || errno == ENOSYS, place.string(), " cannot be written: ", std::strerror(errno), ".");
  move(place, former);  // a file system that cannot exchange
  try {
    move(made, place);
  } catch (const Error&) {
    fs::rename(former, place, none);
    throw;
  }
}

std::string withPlace(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

TrainableWeights trainableWeights(const PartFiles& part, const TrainingRequest& request) {
  const auto device = deviceFromName(request.device);
  if (request.fresh) return TrainableWeights(makeGenerator(request.seed, RandomStream::Training), device);
  if (request.widen)
    return TrainableWeights::widened(part.tensors(), makeGenerator(request.seed, RandomStream::Training), device);
  return TrainableWeights(part.tensors(), device);
}

std::string digestOfModel(const TrainingRequest& request) {
  require(fs::is_directory(request.from), request.from,
          ": is a single file; training starts from a folder in diffusers layout");
  Sha256 hash;
  const bool weightless = request.fresh && request.part == TrainingRequest::Part::Pixel;
  if (!weightless) hash.update(hashOfWeights(findModelFiles(request.from, {}).weightFiles()));
  std::map<std::string, std::string> texts;  // in an order that is not the disk's
  for (const auto& entry : fs::recursive_directory_iterator(request.from)) {
    const auto& path = entry.path();
    if (entry.is_regular_file() && (path.extension() == ".json" || path.filename() == "merges.txt"))
      texts[path.lexically_relative(request.from).generic_string()] = path.string();
  }
  for (const auto& [name, path] : texts) hash.update(concat(name, ' ', sha256OfFile(path), '\n'));
  return hash.hex();
}

bool liesIn(const std::string& path, const std::string& folder) {
  const auto way = fs::path(fileBehind(path)).lexically_relative(fileBehind(folder));
  return !way.empty() && *way.begin() != "..";
}

std::vector<std::string> filesOfModel(const std::string& folder, const std::string& out) {
  std::vector<std::string> files;
  addFilesOf(folder, {}, out, {}, files);
  return files;
}

void copyModelFolder(const std::string& from, const std::string& to) {
  const auto files = filesOfModel(from, to);
  makeFolder(to);
  for (const auto& file : files) {
    const auto place = fs::path(to) / file;
    makeFolder(place.parent_path());
    copyFile(fs::path(from) / file, place);
  }
}

void replaceFolder(const std::string& folder, const std::function<void(const std::string& made)>& write) {
  const fs::path place = fileBehind(folder);
  const auto beside = [&](const char* name) { return place.parent_path() / concat(name, place.filename().string()); };
  const auto made = beside(".p2l-new-"), former = beside(".p2l-former-");
  std::error_code none;
  if (!fs::exists(place, none)) fs::rename(former, place, none);  // killed between the two names
  fs::remove_all(former, none);
  const Removed remove_made(made);
  try {
    write(made.string());
    flushAll(made);
  } catch (const Error& error) {
    throw Error(withPlace(error.what(), made.string(), folder));  // what was made is gone when this is read
  }
  exchange(made, place, former);
  fs::remove_all(former, none);
  (void)flush(place.parent_path());
}

void writePart(const PartFiles& part, const std::string& model_folder, const std::string& copy,
               const NamedTensors& values) {
  require(part.files.size() == 1, model_folder, ": the weights of one network lie in ", part.files.size(),
          " files; training writes networks of one file only");
  const auto stored = part.tensors();
  NamedTensors typed;  // what is not trained, such as stored buffers, is kept
  for (const auto& [name, tensor] : stored) typed[name] = tensor.values();
  for (const auto& [name, value] : values) {
    const auto found = stored.find(name);
    // Fresh weights are written as p2l-tiny's are.
    typed[name] =
        value.to(found == stored.end() ? at::kHalf : found->second.file->entries().at(found->second.key).type);
  }
  const auto place = fs::path(copy) / fs::path(part.files.front()).lexically_relative(model_folder);
  writeSafetensors(place.string(), typed);
}

std::string decibels(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f dB", value);
  return text;
}

}  // namespace p2l
