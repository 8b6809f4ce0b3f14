// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/request_files.h"

#include <string>
#include <vector>

namespace p2l::ui {

void stateFiles(const RestoreRequest& request, OutputCheck& check) {
  check.reads("the photo", request.photo);
  for (const auto& each : request.degradations) {
    check.reads("the mask", each.mask);
    check.reads("the blur kernel", each.kernel);
  }
  check.reads("the embedding", request.embedding);
  std::vector<std::string> parts = {request.model, resourceFolder() + "/models/" + request.model};
  for (const auto& path : pathsOf(request.model_options)) parts.push_back(path);
  for (const auto& path : parts) check.reads("the model", path, {"*.safetensors", "*.json", "*.txt"});
}

}  // namespace p2l::ui
