// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weight_hash.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/sha256.h"
#include "core/types/error.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostEntries = 256;
// A file that was changed so lately may be changed again without a new time stamp.
constexpr std::time_t kSettled = 2;  // seconds

fs::path cacheFile() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && *cache)
    return fs::path(cache) / "p2l-studio" / "weight-hashes.json";
  if (const char* home = std::getenv("HOME"); home && *home)
    return fs::path(home) / ".cache" / "p2l-studio" / "weight-hashes.json";
  return {};
}

Json readCache() {
  std::ifstream in(cacheFile(), std::ios::binary);
  auto json = in.good() ? Json::parse(in, nullptr, /*allow_exceptions=*/false) : Json();
  return json.is_object() ? json : Json::object();
}

/// Through a file of its own that takes the cache's place: two programs may do so at once.
void writeCache(const Json& cache) {
  const auto path = cacheFile();
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  auto temporary = path.string() + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return;
  ::close(descriptor);
  std::ofstream out(temporary, std::ios::binary);
  out << cache.dump(1, ' ', false, Json::error_handler_t::replace);
  out.close();
  if (out.good()) fs::rename(temporary, path, ignored);
  fs::remove(temporary, ignored);
}

struct Stamp {
  std::string text;  ///< path, size and time of change of every file
  bool settled = true;
};

Stamp stampOf(const std::vector<std::string>& files) {
  Stamp stamp;
  for (const auto& file : files) {
    struct stat status {};
    require(::stat(file.c_str(), &status) == 0, file, ": cannot be read (", std::strerror(errno), ")");
    stamp.text += concat(fs::weakly_canonical(file).string(), " ", status.st_size, " ", status.st_mtim.tv_sec, ".",
                         status.st_mtim.tv_nsec, "\n");
    stamp.settled = stamp.settled && std::time(nullptr) - status.st_mtim.tv_sec > kSettled;
  }
  return stamp;
}

std::string hashOf(const std::vector<std::string>& files) {
  Sha256 hash;
  for (const auto& file : files) hash.updateFromFile(file);
  return hash.hex();
}

}  // namespace

std::string hashOfWeights(const std::vector<std::string>& files) {
  const auto stamp = stampOf(files);
  auto cache = readCache();
  if (const auto known = cache.find(stamp.text); known != cache.end() && known->is_string()) return *known;
  const auto hash = hashOf(files);
  if (stamp.settled && stampOf(files).text == stamp.text && !cacheFile().empty()) {
    if (cache.size() >= kMostEntries) cache.clear();
    cache[stamp.text] = hash;
    writeCache(cache);
  }
  return hash;
}

}  // namespace p2l
