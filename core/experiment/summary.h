// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/api/catalogue.h"
#include "core/api/metric_list.h"
#include "core/experiment/recipe.h"
#include "core/experiment/record.h"

namespace p2l {

/// Of the numbers that are known.
struct Statistics {
  int count = 0;
  double mean = kUnknown;
  double deviation = kUnknown;  ///< of the sample (divided by count - 1); NaN of less than two
};

Statistics statisticsOf(const std::vector<double>& numbers);

/// One task and method over all photos. A photo with more than one measurement counts once, by the mean of them.
struct SummaryCell {
  int photos = 0;
  int runs = 0;
  std::map<std::string, Statistics> by_metric;  ///< by MetricSpec::key; what no photo has is not there
  Statistics noise_level;
  std::string made_by;  ///< Record::made_by of one of them
};

/// What the records say, in the order of a table: tasks and solvers as in the catalogue, then kPlain and kAutoencoder.
struct Summary {
  std::vector<std::string> tasks;
  std::vector<std::string> methods;
  std::vector<MetricSpec> metrics;                                   ///< that some record has
  std::map<std::pair<std::string, std::string>, SummaryCell> cells;  ///< by task and method; missing: no run
  /// What somebody published, by task, method and metric.
  std::map<std::pair<std::string, std::string>, std::map<std::string, double>> published;
  std::map<std::string, std::string> drawn;  ///< by task, how much is random: "24 masks"

  const SummaryCell* cell(const std::string& task, const std::string& method) const;
  /// Null where it is not known.
  const Statistics* statistics(const std::string& task, const std::string& method, const std::string& metric) const;
};

/// @param fid by task and method, as far as it is known
Summary summaryOf(const std::vector<Record>& records, const Catalogue& catalogue,
                  const std::map<std::pair<std::string, std::string>, double>& fid = {});
/// Gives the summary a recipe's order, then what else there is, and its published numbers.
void arrange(Summary& summary, const Recipe& recipe, const Catalogue& catalogue);

/// The method's name in a table.
std::string methodLabel(const std::string& method);

/// The runs of a task by a method's PSNR, the worst first; unknown PSNR is left out.
std::vector<const Record*> sortedByPsnr(const std::vector<Record>& records, const std::string& task,
                                        const std::string& method);

}  // namespace p2l
