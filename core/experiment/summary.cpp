// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/summary.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "core/types/error.h"

namespace p2l {
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

/// Over those that know the number; nothing where none does.
std::optional<double> meanOf(const std::vector<const Record*>& records, const std::string& metric) {
  std::vector<double> known;
  for (const auto* record : records) {
    const auto found = record->numbers.find(metric);
    if (found != record->numbers.end()) known.push_back(found->second);
  }
  if (known.empty()) return {};
  return statisticsOf(known).mean;
}

/// What the runs of a task drew at random, by their different seeds: "24 masks, 24 kernels" or "24 draws of noise".
std::string drawnText(const std::vector<Record>& records, const std::string& task, const Catalogue& catalogue) {
  std::set<std::uint64_t> seeds;
  const RestoreRequest* request = nullptr;
  for (const auto& record : records) {
    if (record.key.task != task) continue;
    seeds.insert(record.measurementSeed());
    request = &record.request;
  }
  bool masks = false, kernels = false;
  for (const auto& info : catalogue.degradations) {
    const auto& chain = request->degradations;
    if (std::none_of(chain.begin(), chain.end(), [&](const auto& each) { return each.id == info.id; })) continue;
    masks |= info.takes_mask;
    kernels |= info.takes_kernel;
  }
  const auto counted = [&](const char* one, const char* many) {
    return concat(seeds.size(), " ", seeds.size() == 1 ? one : many);
  };
  if (!masks && !kernels) return counted("draw of noise", "draws of noise");
  const auto mask_text = masks ? counted("mask", "masks") : std::string();
  return mask_text + (masks && kernels ? ", " : "") + (kernels ? counted("kernel", "kernels") : "");
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
  for (const auto& task : summary.tasks) summary.drawn[task] = drawnText(records, task, catalogue);
  for (const auto& [place, group] : groups) {
    auto& cell = summary.cells[place];
    std::map<std::string, std::vector<const Record*>> by_photo;
    for (const auto* record : group) by_photo[record->key.photo].push_back(record);
    cell.photos = static_cast<int>(by_photo.size());
    cell.runs = static_cast<int>(group.size());
    cell.made_by = group.front()->made_by;
    std::vector<double> numbers;
    for (const auto* record : group) numbers.push_back(record->noise_level);
    cell.noise_level = statisticsOf(numbers);
    for (const auto& metric : metricList()) {
      numbers.clear();
      for (const auto& [photo, of_photo] : by_photo) {
        const auto mean = meanOf(of_photo, metric.key);
        if (mean) numbers.push_back(*mean);
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

void arrange(Summary& summary, const Recipe& recipe, const Catalogue& catalogue) {
  const auto first = [](std::vector<std::string>& names, const std::vector<std::string>& order) {
    std::stable_sort(names.begin(), names.end(), [&](const auto& a, const auto& b) {
      return std::find(order.begin(), order.end(), a) < std::find(order.begin(), order.end(), b);
    });
  };
  std::vector<std::string> columns, rows;
  for (const auto& column : recipe.columns) columns.push_back(column.name(catalogue));
  for (const auto& row : recipe.rows) {
    rows.push_back(row.name);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto cell = row.cells.find(recipe.columns[i].id);
      if (cell != row.cells.end() && !cell->second.published.empty())
        summary.published[{columns[i], row.name}] = cell->second.published;
    }
  }
  rows.insert(rows.end(), {kPlain, kAutoencoder});
  first(summary.tasks, columns);
  first(summary.methods, rows);
  std::set<std::string> shown;
  for (const auto& metric : summary.metrics) shown.insert(metric.key);
  for (const auto& [place, numbers] : summary.published) {
    for (const auto& [metric, number] : numbers) shown.insert(metric);
  }
  summary.metrics.clear();
  for (const auto& metric : metricList()) {
    if (shown.contains(metric.key)) summary.metrics.push_back(metric);
  }
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

}  // namespace p2l
