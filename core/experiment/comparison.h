// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/api/catalogue.h"
#include "core/request/report.h"

namespace p2l {

/// A row of the table that compares pictures of one measurement.
struct ComparedRow {
  enum class Kind {
    Run,      ///< of a solver
    Picture,  ///< of a file that was made elsewhere, or the mean of several runs
    Plain,    ///< what is had without a model
    Bound,    ///< the autoencoder's round trip
  };
  std::string label;
  Kind kind = Kind::Run;
  RunReport report;
  double evaluations = kUnknown;  ///< of the noise network
  bool former = false;            ///< its numbers are of settings that were changed since
  std::string measured;           ///< stands for what a former row was measured of: equal where that is
};

/// How often a completed request evaluates the noise network; NaN for a solver that the catalogue does not know.
double evaluationsOf(const Catalogue& catalogue, const RestoreRequest& completed);

/// A column of that table.
struct ComparisonColumn {
  /// Of a metric, or psnr_reference, ssim_reference, lpips_reference, relative_residual, steps, evaluations, seconds,
  /// seconds_per_step, memory, spread_surest, error_surest, spread_least_sure, error_least_sure.
  std::string key;
  std::string title;
  int digits = 0;
  MetricSpec::Better better = MetricSpec::Better::Neither;
};

/// All columns, in their order; the metrics are those of metricList() that tell of one picture.
const std::vector<ComparisonColumn>& comparisonColumns();
/// NaN where the row has no such number.
double comparedNumber(const ComparedRow& row, const std::string& key);
/// As the tables of `p2l evaluate` print it; "-" where there is none.
std::string comparedText(const ComparedRow& row, const ComparisonColumn& column);
/// Whether this is the best run of the column, where more than one has a number. Baselines and bounds do not compete,
/// nor do former rows with present ones or those of another measurement: they have a best only where no such row has a
/// number.
bool isBest(const std::vector<ComparedRow>& rows, std::size_t row, const ComparisonColumn& column);

enum class TableFormat { Tsv, Markdown, Latex, Csv };
/// The table with the columns in which some row has a number, the best runs in bold where the format can say so. CSV
/// has all digits, keys as its head, and what the runs were made with.
std::string comparisonTable(const std::vector<ComparedRow>& rows, TableFormat format);

/// What p2l is told of a model beside its name: --precision bf16 --vae-tiling. Options at their defaults are left out.
std::vector<std::string> modelOptionWords(const ModelOptions& options);

/// A comparison as a recipe of `p2l evaluate`.
struct ComparisonRecipe {
  std::string json;                   ///< the file
  std::vector<std::string> runs;      ///< their names in it, in its order
  std::vector<std::string> options;   ///< of the command line, what a recipe cannot state: --seed 3
  std::vector<std::string> remarks;   ///< what the evaluation does otherwise, a sentence each
  std::vector<std::string> left_out;  ///< labels of runs whose measurement or model's options are other ones
};
/// The runs of `rows` that have the measurement, the model's options and the memory limit of the first one that is not
/// former. @throws Error where there is no run
ComparisonRecipe recipeOf(const Catalogue& catalogue, const std::vector<ComparedRow>& rows, const std::string& title);

}  // namespace p2l
