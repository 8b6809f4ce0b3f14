// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/quality_presets.h"

#include <algorithm>

namespace p2l::ui {

const Preset* qualityPreset(const Catalogue& catalogue, const RestoreRequest& request, const std::string& quality) {
  const auto* model = catalogue.model(request.model);
  if (model == nullptr) return nullptr;
  const auto id = quality + "-" + model->name + "-" + request.degradation().id;
  const auto found = std::find_if(catalogue.presets.begin(), catalogue.presets.end(),
                                  [&](const Preset& preset) { return preset.id == id; });
  return found != catalogue.presets.end() ? &*found : nullptr;
}

}  // namespace p2l::ui
