// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluate/summary.h"

#include <algorithm>
#include <cmath>

namespace p2l::cli {
namespace {

std::string idOf(const std::string& variant_name) {
  return variant_name.substr(0, variant_name.find_first_of(":+"));
}

/// Names that occur, by the place of their id in the list, then by name.
template <class Info>
void sortAsListed(std::vector<std::string>& names, const std::vector<Info>& infos) {
  const auto place = [&](const std::string& name) {
    const auto found =
        std::find_if(infos.begin(), infos.end(), [&](const auto& info) { return info.id == idOf(name); });
    return std::make_tuple(name == kAutoencoder, name == kPlain, found - infos.begin(), name);
  };
  std::sort(names.begin(), names.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

Statistics statisticsOf(const std::vector<double>& numbers) {
  Statistics statistics;
  double sum = 0.0;
  for (const double number : numbers) {
    if (!std::isfinite(number)) continue;
    ++statistics.count;
    sum += number;
  }
  if (statistics.count == 0) return statistics;
  statistics.mean = sum / statistics.count;
  if (statistics.count == 1) return statistics;
  double squares = 0.0;
  for (const double number : numbers) {
    if (std::isfinite(number)) squares += (number - statistics.mean) * (number - statistics.mean);
  }
  statistics.deviation = std::sqrt(squares / (statistics.count - 1));
  return statistics;
}

const SummaryCell* Summary::cell(const std::string& task, const std::string& method) const {
  const auto found = cells.find({task, method});
  return found == cells.end() ? nullptr : &found->second;
}

const Statistics* Summary::statistics(const std::string& task, const std::string& method,
                                      const std::string& metric) const {
  const auto* found = cell(task, method);
  if (!found) return nullptr;
  const auto of_metric = found->by_metric.find(metric);
  return of_metric == found->by_metric.end() ? nullptr : &of_metric->second;
}

Summary summaryOf(const std::vector<Record>& records, const Catalogue& catalogue,
                  const std::map<std::pair<std::string, std::string>, double>& fid) {
  Summary summary;
  std::map<std::pair<std::string, std::string>, std::vector<const Record*>> groups;
  for (const auto& record : records) {
    summary.tasks.push_back(record.key.task);
    summary.methods.push_back(record.key.method);
    groups[{record.key.task, record.key.method}].push_back(&record);
  }
  sortAsListed(summary.tasks, catalogue.degradations);
  sortAsListed(summary.methods, catalogue.solvers);
  for (const auto& [place, group] : groups) {
    auto& cell = summary.cells[place];
    cell.photos = static_cast<int>(group.size());
    cell.made_by = group.front()->made_by;
    std::vector<double> numbers;
    for (const auto* record : group) numbers.push_back(record->noise_level);
    cell.noise_level = statisticsOf(numbers);
    for (const auto& metric : metricList()) {
      numbers.clear();
      for (const auto* record : group) {
        const auto found = record->numbers.find(metric.key);
        if (found != record->numbers.end()) numbers.push_back(found->second);
      }
      if (!numbers.empty()) cell.by_metric[metric.key] = statisticsOf(numbers);
    }
    const auto of_set = fid.find(place);
    if (of_set != fid.end()) cell.by_metric["fid"] = {cell.photos, of_set->second, kUnknown};
  }
  for (const auto& metric : metricList()) {
    const bool known = std::any_of(summary.cells.begin(), summary.cells.end(),
                                   [&](const auto& cell) { return cell.second.by_metric.count(metric.key) > 0; });
    if (known) summary.metrics.push_back(metric);
  }
  return summary;
}

std::string methodLabel(const std::string& method) {
  if (method == kPlain) return "plain baseline";
  if (method == kAutoencoder) return "autoencoder's round trip";
  return method;
}

std::vector<const Record*> sortedByPsnr(const std::vector<Record>& records, const std::string& task,
                                        const std::string& method) {
  std::vector<const Record*> found;
  for (const auto& record : records) {
    if (record.key.task == task && record.key.method == method && record.numbers.count("psnr"))
      found.push_back(&record);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto* a, const auto* b) { return a->numbers.at("psnr") < b->numbers.at("psnr"); });
  return found;
}

}  // namespace p2l::cli
