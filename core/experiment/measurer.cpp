// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/measurer.h"

#include <algorithm>

namespace p2l {

void Measurer::measure(Outcome& outcome) const {
  metrics_.measure(outcome.picture, outcome.truth, outcome.report);
}

void Measurer::makeFeatures(const RunKey& key) const {
  if (!metrics_.hasInception()) return;
  for (const auto& path : {store_.picturePath(key), store_.truthPath(key.photo)}) {
    if (RunStore::features(path).empty()) {
      RunStore::keepFeatures(path, metrics_.inceptionFeatures(RunStore::readPicture(path)));
    }
  }
}

std::set<std::string> Measurer::measured() const {
  return metrics_.measured();
}

bool Measurer::lacksFeatures(const RunKey& key) const {
  return metrics_.hasInception() && (RunStore::features(store_.picturePath(key)).empty() ||
                                     RunStore::features(store_.truthPath(key.photo)).empty());
}

bool Measurer::isComplete(const Record& record) const {
  const auto wanted = measured();
  return std::includes(record.measured.begin(), record.measured.end(), wanted.begin(), wanted.end()) &&
         !lacksFeatures(record.key);
}

void Measurer::complete(const Record& record) const {
  auto all = record.measured;
  all.merge(measured());
  if (all != record.measured) {
    RunReport report;
    metrics_.measure(RunStore::readPicture(store_.picturePath(record.key)),
                     RunStore::readPicture(store_.truthPath(record.key.photo)), report);
    store_.addMetrics(record.key, report, all);
  }
  makeFeatures(record.key);
}

}  // namespace p2l
