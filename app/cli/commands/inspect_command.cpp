// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/api/files.h"
#include "core/insight/noise_estimate.h"

namespace p2l::cli {
namespace {

using Json = nlohmann::ordered_json;

class InspectCommand {
 public:
  explicit InspectCommand(CLI::App& app) {
    app.add_option("photos", photos_, "The photos")->type_name("PHOTO")->required();
    app.add_flag("--json", json_, "As JSON");
  }

  int run() const {
    Json all = Json::array();
    for (const auto& path : photos_) {
      const auto photo = readPhoto(path);
      if (json_) {
        all.push_back(jsonOf(path, photo));
      } else {
        print(path, photo);
      }
    }
    if (json_) std::printf("%s\n", all.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
    return kDone;
  }

 private:
  static const char* kindOf(const Image& image) {
    constexpr const char* kKinds[] = {"grey", "grey with alpha", "RGB", "RGB with alpha"};
    return kKinds[image.channels - 1];
  }

  static Json jsonOf(const std::string& path, const Photo& photo) {
    const auto noise = estimateNoise(photo.image);
    return {{"photo", path},
            {"width", photo.image.width},
            {"height", photo.image.height},
            {"kind", kindOf(photo.image)},
            {"bits", photo.origin.bits},
            {"exif", !photo.origin.exif.empty()},
            {"noise", noise.sigma},
            {"noise_by_channel", noise.channels},
            {"holds_request", !photo.request_json.empty()},
            {"remarks", photo.remarks}};
  }

  static void print(const std::string& path, const Photo& photo) {
    const auto noise = estimateNoise(photo.image);
    std::printf("%s: %d x %d, %s, %d bit; noise %.4f", path.c_str(), photo.image.width, photo.image.height,
                kindOf(photo.image), photo.origin.bits, noise.sigma);
    if (noise.channels.size() > 1)
      std::printf(" (red %.4f, green %.4f, blue %.4f)", noise.channels[0], noise.channels[1], noise.channels[2]);
    std::printf("%s\n", photo.request_json.empty() ? "" : "; holds the request that made it");
    for (const auto& remark : photo.remarks) std::fprintf(stderr, "p2l: %s\n", remark.c_str());
  }

  std::vector<std::string> photos_;
  bool json_ = false;
};

}  // namespace

Command addInspectCommand(CLI::App& app, Session&) {
  const auto command = std::make_shared<InspectCommand>(app);
  return [command] { return command->run(); };
}

}  // namespace p2l::cli
