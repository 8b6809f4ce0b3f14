// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluate/measurer.h"

#include <algorithm>

#include "core/api/photo_file.h"

namespace p2l::cli {

void Measurer::measure(Outcome& outcome) const {
  metrics_.measure(outcome.picture, outcome.truth, outcome.report);
}

void Measurer::makeFeatures(const RunKey& key) const {
  if (!metrics_.hasInception()) return;
  for (const auto& path : {store_.picturePath(key), store_.truthPath(key.photo)}) {
    if (RunStore::features(path).empty()) {
      RunStore::keepFeatures(path, metrics_.inceptionFeatures(readPhoto(path).image));
    }
  }
}

bool Measurer::lacksScores(const Record& record) const {
  const auto lacks = [&](const char* metric) { return record.numbers.count(metric) == 0; };
  return lacks("ms_ssim") || (metrics_.hasLpipsAlex() && lacks("lpips_alex")) ||
         (metrics_.hasLpipsVgg() && lacks("lpips_vgg"));
}

bool Measurer::lacksFeatures(const RunKey& key) const {
  return metrics_.hasInception() && (RunStore::features(store_.picturePath(key)).empty() ||
                                     RunStore::features(store_.truthPath(key.photo)).empty());
}

bool Measurer::isComplete(const Record& record) const {
  return !lacksScores(record) && !lacksFeatures(record.key);
}

void Measurer::complete(const Record& record) const {
  if (lacksScores(record)) {
    RunReport report;
    metrics_.measure(readPhoto(store_.picturePath(record.key)).image,
                     readPhoto(store_.truthPath(record.key.photo)).image, report);
    store_.addMetrics(record.key, report);
  }
  makeFeatures(record.key);
}

}  // namespace p2l::cli
