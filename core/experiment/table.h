// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/experiment/summary.h"

namespace p2l {

/// A picture that the web page shows under the table.
struct PanelFile {
  std::string path;     ///< from the page's folder
  std::string caption;  ///< "sr, the median photo by the PSNR of p2l: kodim04"
};

/// "25.77 ± 2.31"; without deviation "25.77"; "-" where there is none.
std::string statisticsText(const Statistics* statistics, int digits);

/// A text as a cell of a CSV file (RFC 4180); a number with all its digits, empty where it is not known.
std::string csvText(const std::string& text);
std::string csvNumber(double number);
/// A text as a cell of a table in Markdown.
std::string markdownText(const std::string& text);

/// One line a run.
std::string resultsCsv(const std::vector<Record>& records);
/// One line a task and method: count, mean and standard deviation of each metric.
std::string summaryCsv(const Summary& summary);

/// The table as in the paper: a row for each method, a column for each task and metric, the best solver in bold, with
/// what a reader must know beneath; where a recipe knows a published number, it stands behind ours in brackets.
/// `failures`: RunStore::failures.
std::string tableMarkdown(const Summary& summary, const std::vector<Record>& records,
                          const std::map<std::string, std::string>& failures, const Recipe* recipe = nullptr);
std::string tableHtml(const Summary& summary, const std::vector<Record>& records,
                      const std::map<std::string, std::string>& failures, const std::vector<PanelFile>& panels,
                      const Recipe* recipe = nullptr);

}  // namespace p2l
