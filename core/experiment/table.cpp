// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "core/types/error.h"

namespace p2l {
namespace {

std::string numberText(double number, int digits) {
  if (!std::isfinite(number)) return "-";
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, number);
  return text.data();
}

std::string valuesText(const ParamValues& values) {
  std::string text;
  for (const auto& [key, value] : values) text += (text.empty() ? "" : " ") + key + "=" + textFromValue(value);
  return text;
}

std::string arrow(MetricSpec::Better better) {
  return better == MetricSpec::Better::Higher ? " ↑" : better == MetricSpec::Better::Lower ? " ↓" : "";
}

bool isSolver(const std::string& method) {
  return method != kPlain && method != kAutoencoder;
}

/// The solver whose mean is best in this column, where more than one has one.
std::string bestSolver(const Summary& summary, const std::string& task, const MetricSpec& metric) {
  if (metric.better == MetricSpec::Better::Neither) return {};
  std::string best;
  int count = 0;
  double best_mean = 0.0;
  for (const auto& method : summary.methods) {
    const auto* statistics = isSolver(method) ? summary.statistics(task, method, metric.key) : nullptr;
    if (!statistics || statistics->count == 0) continue;
    const double mean = metric.better == MetricSpec::Better::Higher ? statistics->mean : -statistics->mean;
    if (count++ == 0 || mean > best_mean) {
      best = method;
      best_mean = mean;
    }
  }
  return count > 1 ? best : std::string();
}

/// What a reader of the table must know, a sentence or two each.
std::vector<std::string> notes(const Summary& summary, const std::vector<Record>& records,
                               const std::map<std::string, std::string>& failures, const Recipe* recipe) {
  std::vector<std::string> lines;
  if (recipe) {
    lines.push_back(
        recipe->title + "." +
        (summary.published.empty() ? "" : concat(" In brackets, what was published: ", recipe->source, ".")));
    if (!recipe->note.empty()) lines.push_back(recipe->note);
  }
  lines.push_back(
      "Mean ± standard deviation over the photos; one with several measurements counts once, by their mean. PSNR over "
      "all RGB samples of the pictures clipped to [0, 1]; SSIM "
      "with "
      "a Gaussian window of 11 x 11, σ 1.5; residual ‖y − A x‖ on the scale −1 to 1, to be compared with the noise "
      "level "
      "σ√m; the round trip of the autoencoder, D(E(x)), bounds every latent solver that does not end on the data "
      "(end_on_data).");
  const auto shown = [&](const char* key) {  // measured: a published number alone is none of ours
    return std::any_of(summary.cells.begin(), summary.cells.end(),
                       [&](const auto& cell) { return cell.second.by_metric.contains(key); });
  };
  std::string missing;
  for (const auto& metric : metricList()) {
    const bool needs_weights = !metric.needs.empty() || metric.of_set;
    if (needs_weights && !shown(metric.key.c_str())) missing += (missing.empty() ? "" : ", ") + metric.label;
  }
  if (!missing.empty())
    lines.push_back("Not measured: " + missing +
                    " (`p2l metrics fetch` brings LPIPS's weights, --fid FILE names FID's).");
  if (shown("fid")) {
    lines.push_back(
        "FID of the restored photos against the same photos; of few photos (fewer than about 2000) it is too large, so "
        "it "
        "tells rows of one column apart and is no absolute number.");
  }
  for (const auto& task : summary.tasks) {
    std::set<int> counts;
    std::string plain, noise_level;
    for (const auto& method : summary.methods) {
      const auto* cell = summary.cell(task, method);
      if (!cell) continue;  // left out, or not begun: the row shows that
      counts.insert(cell->photos);
      if (method == kPlain) plain = cell->made_by;
      noise_level = statisticsText(&cell->noise_level, 2);
    }
    const auto photos = counts.size() == 1
                            ? std::to_string(*counts.begin())
                            : concat(*counts.begin(), " to ", *counts.rbegin(), " (not all runs are done)");
    lines.push_back(concat(task, ": photos ", photos, "; ", summary.drawn.at(task), "; noise level ", noise_level,
                           plain.empty() ? "" : "; plain baseline: " + plain, "."));
  }
  std::set<std::string> settings, common;
  for (const auto& record : records) {
    const auto& request = record.request;
    common.insert(concat("size ", request.size, ", noise ", noiseText(request.noise)));
    if (!record.model.empty()) {
      common.insert(concat("model ", record.model, " (SHA-256 ", record.model_sha256.substr(0, 12), "...)"));
    }
    if (isSolver(record.key.method)) {
      settings.insert(concat(record.key.method, ", ", record.key.task, ": ", valuesText(request.solver_values), "; ",
                             valuesText(request.sampler_values), "; seed ", request.seed,
                             request.prompt.empty() ? "" : "; prompt \"" + request.prompt + "\"",
                             request.embedding.empty() ? "" : "; embedding " + request.embedding));
    }
  }
  for (const auto& line : common) lines.push_back(line + ".");
  for (const auto& line : settings) lines.push_back(line + ".");
  for (const auto& [name, sentence] : failures) lines.push_back(concat("Not done: ", name, ": ", sentence));
  return lines;
}

std::string escaped(const std::string& text) {
  std::string html;
  for (const char c : text) {
    html += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
  }
  return html;
}

constexpr const char* kPageHead = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Evaluation</title>
<style>
body { font: 15px/1.5 sans-serif; margin: 2rem; color: #222; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid #ccc; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
tr.other td { color: #666; background: #f4f4f4; }
ul { color: #444; max-width: 60rem; } figure { margin: 2rem 0; } img { max-width: 100%; image-rendering: pixelated; }
@media (prefers-color-scheme: dark) {
  body { background: #1c1c1c; color: #ddd; } th, td { border-color: #444; } ul { color: #bbb; }
  tr.other td { color: #aaa; background: #262626; }
}
</style></head><body>
)";

/// Ours, and what was published in brackets.
std::string numbersText(const Summary& summary, const std::string& task, const std::string& method,
                        const MetricSpec& metric) {
  auto text = statisticsText(summary.statistics(task, method, metric.key), metric.digits);
  const auto published = summary.published.find({task, method});
  if (published == summary.published.end()) return text;
  const auto number = published->second.find(metric.key);
  if (number != published->second.end()) text += " (" + numberText(number->second, metric.digits) + ")";
  return text;
}

}  // namespace

std::string statisticsText(const Statistics* statistics, int digits) {
  if (!statistics || statistics->count == 0) return "-";
  const auto mean = numberText(statistics->mean, digits);
  return std::isfinite(statistics->deviation) ? mean + " ± " + numberText(statistics->deviation, digits) : mean;
}

std::string csvNumber(double number) {
  return std::isfinite(number) ? textFromValue(number) : std::string();
}

std::string csvText(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string markdownText(const std::string& text) {
  std::string cell;
  for (const char c : text) cell += c == '|' ? std::string("\\|") : std::string(1, c);
  return cell;
}

std::string resultsCsv(const std::vector<Record>& records) {
  std::string csv = "photo,file,task,method,measurement";
  for (const auto& metric : metricList()) {
    if (!metric.of_set) csv += std::string(",") + metric.key;
  }
  csv += ",noise_level,size,noise,seed,steps,solver_values,model\n";
  for (const auto& record : records) {
    csv += concat(record.key.photo, ",", csvText(record.request.photo), ",", csvText(record.key.task), ",",
                  csvText(record.key.method), ",", record.key.measurement);
    for (const auto& metric : metricList()) {
      if (metric.of_set) continue;
      const auto found = record.numbers.find(metric.key);
      csv += "," + (found == record.numbers.end() ? "" : csvNumber(found->second));
    }
    const auto& request = record.request;
    const auto steps = request.sampler_values.find("steps");
    csv += concat(",", csvNumber(record.noise_level), ",", request.size, ",", csvText(noiseText(request.noise)), ",",
                  request.measurement_seed.value_or(request.seed), ",",
                  steps == request.sampler_values.end() ? "" : textFromValue(steps->second), ",",
                  csvText(valuesText(request.solver_values)), ",", csvText(record.model), "\n");
  }
  return csv;
}

std::string summaryCsv(const Summary& summary) {
  std::string csv = "task,method,made_by,photos";
  for (const auto& metric : summary.metrics) csv += concat(",", metric.key, "_mean,", metric.key, "_std");
  csv += ",noise_level\n";
  for (const auto& task : summary.tasks) {
    for (const auto& method : summary.methods) {
      const auto* cell = summary.cell(task, method);
      if (!cell) continue;
      csv += concat(csvText(task), ",", csvText(method), ",", cell->made_by, ",", cell->photos);
      for (const auto& metric : summary.metrics) {
        const auto* statistics = summary.statistics(task, method, metric.key);
        csv += concat(",", statistics ? csvNumber(statistics->mean) : "", ",",
                      statistics ? csvNumber(statistics->deviation) : "");
      }
      csv += concat(",", csvNumber(cell->noise_level.mean), "\n");
    }
  }
  return csv;
}

std::string tableMarkdown(const Summary& summary, const std::vector<Record>& records,
                          const std::map<std::string, std::string>& failures, const Recipe* recipe) {
  std::string head = "| method |", rule = "|---|";
  for (const auto& task : summary.tasks) {
    for (const auto& metric : summary.metrics) {
      head += concat(" ", task, " ", metric.title(), arrow(metric.better), " |");
      rule += "---:|";
    }
  }
  std::string text = head + "\n" + rule + "\n";
  for (const auto& method : summary.methods) {
    text += "| " + markdownText(methodLabel(method)) + " |";
    for (const auto& task : summary.tasks) {
      for (const auto& metric : summary.metrics) {
        const auto cell = numbersText(summary, task, method, metric);
        const auto* mark = bestSolver(summary, task, metric) == method ? "**" : "";
        text += concat(" ", mark, cell, mark, " |");
      }
    }
    text += "\n";
  }
  text += "\n";
  for (const auto& note : notes(summary, records, failures, recipe)) text += "- " + note + "\n";
  return text;
}

std::string tableHtml(const Summary& summary, const std::vector<Record>& records,
                      const std::map<std::string, std::string>& failures, const std::vector<PanelFile>& panels,
                      const Recipe* recipe) {
  std::string html = kPageHead;
  html += "<table>\n<tr><th rowspan=\"2\">method</th>";
  for (const auto& task : summary.tasks) {
    html += concat("<th colspan=\"", summary.metrics.size(), "\">", escaped(task), "</th>");
  }
  html += "</tr>\n<tr>";
  for (std::size_t i = 0; i < summary.tasks.size(); ++i) {
    for (const auto& metric : summary.metrics) {
      html += concat("<th>", escaped(metric.title()), arrow(metric.better), "</th>");
    }
  }
  html += "</tr>\n";
  for (const auto& method : summary.methods) {
    html += concat(isSolver(method) ? "<tr>" : "<tr class=\"other\">", "<td>", escaped(methodLabel(method)), "</td>");
    for (const auto& task : summary.tasks) {
      for (const auto& metric : summary.metrics) {
        const auto cell = numbersText(summary, task, method, metric);
        const bool best = bestSolver(summary, task, metric) == method;
        html += concat("<td>", best ? "<b>" : "", cell, best ? "</b>" : "", "</td>");
      }
    }
    html += "</tr>\n";
  }
  html += "</table>\n<ul>\n";
  for (const auto& note : notes(summary, records, failures, recipe)) html += "<li>" + escaped(note) + "</li>\n";
  html += "</ul>\n";
  for (const auto& panel : panels) {
    html += concat("<figure><img src=\"", escaped(panel.path), "\" alt=\"", escaped(panel.caption), "\"><figcaption>",
                   escaped(panel.caption), "</figcaption></figure>\n");
  }
  return html + "</body></html>\n";
}

}  // namespace p2l
