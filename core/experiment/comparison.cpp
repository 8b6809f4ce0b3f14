// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/comparison.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/api/metric_list.h"
#include "core/experiment/record.h"
#include "core/experiment/table.h"
#include "core/types/error.h"

namespace p2l {
namespace {

using Json = nlohmann::ordered_json;
using Kind = ComparedRow::Kind;

int stepsOf(const RunReport& report) {
  return report.steps.empty() ? 0 : report.steps.back().step;
}

std::vector<ComparisonColumn> knownColumns(const std::vector<ComparedRow>& rows) {
  std::vector<ComparisonColumn> columns;
  for (const auto& column : comparisonColumns()) {
    const auto known = [&](const auto& row) { return !std::isnan(comparedNumber(row, column.key)); };
    if (std::any_of(rows.begin(), rows.end(), known)) columns.push_back(column);
  }
  return columns;
}

/// What LaTeX writes in other ways; pdflatex has no letter for the symbols of sweeps.
const std::pair<std::string, std::string> kLatex[] = {
    {"\\", "\\textbackslash{}"},
    {"~", "\\textasciitilde{}"},
    {"^", "\\textasciicircum{}"},
    {"ρ", "$\\rho$"},
    {"λ", "$\\lambda$"},
    {"γ", "$\\gamma$"},
    {"η", "$\\eta$"},
    {"τ", "$\\tau$"},
    {"κ", "$\\kappa$"},
    {"μ", "$\\mu$"},
    {"σ", "$\\sigma$"},
    {"ζ", "$\\zeta$"},
    {"δ", "$\\delta$"},
    {"ν", "$\\nu$"},
    {"ε", "$\\varepsilon$"},
    {"β", "$\\beta$"},
    {"ᾱ", "$\\bar\\alpha$"},
    {"×", "$\\times$"},
    {"→", "$\\to$"},
    {"−", "$-$"},
    {"∞", "$\\infty$"},
};

std::string latexText(const std::string& text) {
  std::string latex;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto* found = std::find_if(std::begin(kLatex), std::end(kLatex), [&](const auto& each) {
      return text.compare(i, each.first.size(), each.first) == 0;
    });
    if (found != std::end(kLatex)) {
      latex += found->second;
      i += found->first.size() - 1;
      continue;
    }
    if (std::string("&%$#_{}").find(text[i]) != std::string::npos) latex += '\\';
    latex += text[i];
  }
  return latex;
}

std::string plainTable(const std::vector<ComparedRow>& rows, const std::vector<ComparisonColumn>& columns) {
  std::string text = "Run";
  for (const auto& column : columns) text += "\t" + column.title;
  for (const auto& row : rows) {
    auto label = row.label;
    std::replace(label.begin(), label.end(), '\t', ' ');
    text += "\n" + label;
    for (const auto& column : columns) text += "\t" + comparedText(row, column);
  }
  return text + "\n";
}

std::string markdownTable(const std::vector<ComparedRow>& rows, const std::vector<ComparisonColumn>& columns) {
  std::string head = "| Run |", rule = "|---|";
  for (const auto& column : columns) {
    head += " " + column.title + " |";
    rule += "---:|";
  }
  auto text = head + "\n" + rule + "\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += "| " + markdownText(rows[i].label) + " |";
    for (const auto& column : columns) {
      const auto* mark = isBest(rows, i, column) ? "**" : "";
      text += concat(" ", mark, comparedText(rows[i], column), mark, " |");
    }
    text += "\n";
  }
  return text;
}

std::string latexTable(const std::vector<ComparedRow>& rows, const std::vector<ComparisonColumn>& columns) {
  std::string text = "% needs \\usepackage{booktabs}\n\\begin{tabular}{l" + std::string(columns.size(), 'r') + "}\n";
  text += "\\toprule\nRun";
  for (const auto& column : columns) text += " & " + latexText(column.title);
  text += " \\\\\n\\midrule\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += latexText(rows[i].label);
    for (const auto& column : columns) {
      const auto cell = latexText(comparedText(rows[i], column));
      text += isBest(rows, i, column) ? " & \\textbf{" + cell + "}" : " & " + (cell == "-" ? "--" : cell);
    }
    text += " \\\\\n";
  }
  return text + "\\bottomrule\n\\end{tabular}\n";
}

std::string csvTable(const std::vector<ComparedRow>& rows) {
  std::string text = "run";
  for (const auto& column : comparisonColumns()) text += "," + column.key;
  text += ",noise_level,solver,seed,solver_values,sampler_values,model\n";
  const auto values = [](const ParamValues& all) {
    std::string joined;
    for (const auto& [key, value] : all) joined += (joined.empty() ? "" : " ") + key + "=" + textFromValue(value);
    return joined;
  };
  for (const auto& row : rows) {
    text += csvText(row.label);
    for (const auto& column : comparisonColumns()) text += "," + csvNumber(comparedNumber(row, column.key));
    const auto& request = row.report.request;
    text += "," + csvNumber(row.report.noise_level);
    text += row.kind != Kind::Run
                ? ",,,,,\n"
                : concat(",", csvText(request.solver), ",", request.seed, ",", csvText(values(request.solver_values)),
                         ",", csvText(values(request.sampler_values)), ",", csvText(request.model), "\n");
  }
  return text;
}

std::string taskText(const RestoreRequest& request) {
  std::string text;
  for (const auto& each : request.degradations) {
    text += (text.empty() ? "" : "+") + each.id;
    for (const auto& [key, value] : each.values) text += ":" + key + "=" + textFromValue(value);
  }
  return text;
}

/// As a row of --solvers, with every value, so that no preset has a say.
std::string solverText(const Catalogue& catalogue, const RestoreRequest& request) {
  auto text = request.solver;
  for (const auto& [key, value] : request.solver_values) text += ":" + key + "=" + textFromValue(value);
  const auto& own = catalogue.solver(request.solver).parameters;
  for (const auto& [key, value] : request.sampler_values)
    text += (findSpec(own, key) != nullptr ? ":sampler." : ":") + key + "=" + textFromValue(value);
  return text;
}

/// What all runs of an evaluation share, whatever their photo and solver.
RestoreRequest sharedPart(const RestoreRequest& request) {
  auto shared = requestOf(kAutoencoder, request);
  shared.mode = Mode::Demonstrate;
  shared.measurement_seed.reset();
  shared.crop.clear();
  for (auto& each : shared.degradations) {
    each.mask.clear();
    each.kernel.clear();
    each.kernel_turned = false;
  }
  return shared;
}

std::vector<std::string> optionsOf(const RestoreRequest& request) {
  std::vector<std::string> options;
  if (request.noise.id != NoiseChoice().id) options = {"--noise", noiseText(request.noise)};
  const RestoreRequest usual;
  options.insert(options.end(), {"--seed", std::to_string(request.seed), "--model", request.model});
  if (request.device != usual.device) options.insert(options.end(), {"--device", request.device});
  if (request.memory != usual.memory) options.insert(options.end(), {"--memory", request.memory});
  const auto words = modelOptionWords(request.model_options);
  options.insert(options.end(), words.begin(), words.end());
  return options;
}

/// What of the runs a recipe does not hold, a sentence each.
std::vector<std::string> remarksOf(const std::vector<ComparedRow>& runs) {
  const auto& request = runs.front().report.request;
  std::vector<std::string> remarks;
  const bool painted = std::any_of(request.degradations.begin(), request.degradations.end(),
                                   [](const auto& each) { return !each.mask.empty() || !each.kernel.empty(); });
  if (painted)
    remarks.push_back(
        "The painted mask or the kernel of this photo is not used: each photo gets its own, drawn "
        "by the seed.");
  const bool cropped =
      std::any_of(runs.begin(), runs.end(), [](const auto& run) { return !run.report.request.crop.empty(); });
  if (cropped) remarks.push_back("The crop is not used: photos are taken whole.");
  const bool seeds =
      std::any_of(runs.begin(), runs.end(), [&](const auto& run) { return run.report.request.seed != request.seed; });
  if (seeds) remarks.push_back("All rows have one seed; runs that differ in their seeds alone become alike.");
  return remarks;
}

}  // namespace

double evaluationsOf(const Catalogue& catalogue, const RestoreRequest& completed) {
  const auto found = std::find_if(catalogue.solvers.begin(), catalogue.solvers.end(),
                                  [&](const auto& solver) { return solver.id == completed.solver; });
  const auto steps = completed.sampler_values.find("steps");
  if (found == catalogue.solvers.end() || !found->work || steps == completed.sampler_values.end()) return kUnknown;
  const auto work = found->work(completed.solver_values, integerOf(completed.sampler_values, "steps"));
  const bool text = !completed.prompt.empty() || !completed.embedding.empty();
  return work.network + work.network_gradient + (text ? work.network_of_text : 0.0);
}

const std::vector<ComparisonColumn>& comparisonColumns() {
  static const std::vector<ComparisonColumn> columns = [] {
    std::vector<ComparisonColumn> all;
    for (const auto& metric : metricList()) {
      if (!metric.of_set && !metric.of_run) all.push_back({metric.key, metric.title(), metric.digits, metric.better});
    }
    constexpr auto kNeither = MetricSpec::Better::Neither;
    all.push_back({"psnr_reference", "PSNR to reference (dB)", 2, kNeither});  // another picture, not the truth
    all.push_back({"ssim_reference", "SSIM to reference", 3, kNeither});
    all.push_back({"lpips_reference", "LPIPS to reference", 3, kNeither});
    all.push_back({"residual", "Residual", 2, kNeither});
    all.push_back({"relative_residual", "Residual / noise", 2, kNeither});
    all.push_back({"steps", "Steps", 0, kNeither});
    all.push_back({"evaluations", "Evaluations", 0, kNeither});
    all.push_back({"seconds", "Seconds", 1, kNeither});
    all.push_back({"seconds_per_step", "s / step", 3, kNeither});
    all.push_back({"memory", "MiB", 0, kNeither});
    all.push_back({"spread_surest", "Spread, surest tenth", 1, kNeither});  // in grey levels, of a mean of seeds
    all.push_back({"error_surest", "Error, surest tenth", 1, kNeither});
    all.push_back({"spread_least_sure", "Spread, least sure tenth", 1, kNeither});
    all.push_back({"error_least_sure", "Error, least sure tenth", 1, kNeither});
    return all;
  }();
  return columns;
}

double comparedNumber(const ComparedRow& row, const std::string& key) {
  const auto& report = row.report;
  const bool run = row.kind == Kind::Run;
  const int steps = stepsOf(report);
  if (key == "residual") return report.residual;
  if (key == "relative_residual") return report.noise_level > 0.0 ? report.residual / report.noise_level : kUnknown;
  if (key == "steps") return run && steps > 0 ? steps : kUnknown;
  if (key == "evaluations") return row.evaluations;
  if (key == "seconds") return run && report.seconds > 0.0 ? report.seconds : kUnknown;
  if (key == "seconds_per_step") return run && steps > 0 && report.seconds > 0.0 ? report.seconds / steps : kUnknown;
  if (key == "memory") return run ? report.estimated_memory_mb : kUnknown;
  return report.metric(key);
}

std::string comparedText(const ComparedRow& row, const ComparisonColumn& column) {
  const double number = comparedNumber(row, column.key);
  if (std::isinf(number)) return "∞";  // the PSNR of equal pictures
  const Statistics one{std::isfinite(number) ? 1 : 0, number, kUnknown};
  return statisticsText(&one, column.digits);
}

bool isBest(const std::vector<ComparedRow>& rows, std::size_t row, const ComparisonColumn& column) {
  if (column.better == MetricSpec::Better::Neither) return false;
  const auto competes = [](const ComparedRow& each) { return each.kind == Kind::Run || each.kind == Kind::Picture; };
  const double sign = column.better == MetricSpec::Better::Higher ? 1.0 : -1.0;
  const double own = comparedNumber(rows[row], column.key);
  if (!competes(rows[row]) || std::isnan(own)) return false;
  const auto shown = comparedText(rows[row], column);  // what a reader cannot tell apart is equally good
  int others = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double other = comparedNumber(rows[i], column.key);
    if (i == row || !competes(rows[i]) || std::isnan(other)) continue;
    if (rows[row].former && (!rows[i].former || rows[i].measured != rows[row].measured)) return false;
    if (rows[row].former != rows[i].former) continue;
    ++others;
    if (sign * other > sign * own && comparedText(rows[i], column) != shown) return false;
  }
  return others > 0;
}

std::string comparisonTable(const std::vector<ComparedRow>& rows, TableFormat format) {
  const auto columns = knownColumns(rows);
  switch (format) {
    case TableFormat::Tsv:
      return plainTable(rows, columns);
    case TableFormat::Markdown:
      return markdownTable(rows, columns);
    case TableFormat::Latex:
      return latexTable(rows, columns);
    case TableFormat::Csv:
      return csvTable(rows);
  }
  return {};
}

std::vector<std::string> modelOptionWords(const ModelOptions& options) {
  std::vector<std::string> words;
  const auto values = valuesOf(options);
  for (const auto& spec : modelParameters()) {
    const auto& value = values.at(spec.key);
    if (value == defaultValue(spec)) continue;
    words.push_back("--" + spec.key);
    std::replace(words.back().begin(), words.back().end(), '_', '-');
    if (spec.kind != ParamKind::Flag) words.push_back(textFromValue(value));
  }
  return words;
}

ComparisonRecipe recipeOf(const Catalogue& catalogue, const std::vector<ComparedRow>& rows, const std::string& title) {
  std::vector<ComparedRow> runs;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(runs), [](const auto& r) { return r.kind == Kind::Run; });
  require(!runs.empty(), "There is no run of a solver to repeat: add one to the comparison.");
  const auto present = std::find_if(runs.begin(), runs.end(), [](const auto& run) { return !run.former; });
  const auto request = (present == runs.end() ? runs.front() : *present).report.request;
  ComparisonRecipe recipe;
  std::erase_if(runs, [&](const auto& run) {
    const bool other = !differenceOf(sharedPart(run.report.request), sharedPart(request)).empty();
    if (other) recipe.left_out.push_back(run.label);
    return other;
  });
  Json json = {{"title", title}, {"source", ""}, {"size", request.size}};
  const bool gaussian = request.noise.id == NoiseChoice().id;
  json["noise"] = gaussian ? numberOf(request.noise.values, "sigma") : 0.0;
  json["measurements"] = 1;
  json["columns"] = Json::array({{{"id", "task"}, {"task", taskText(request)}}});
  auto& list = json["rows"] = Json::array();
  std::set<std::string> names;
  for (const auto& run : runs) {
    auto name = run.label;
    for (int i = 2; !names.insert(folderName(name)).second; ++i) name = concat(run.label, " (", i, ")");
    const auto& made = run.report.request;
    Json row = {{"name", name}, {"model", made.model}, {"solver", solverText(catalogue, made)}};
    if (!made.prompt.empty()) row["prompt"] = made.prompt;
    if (!made.embedding.empty()) row["solver"] = solverText(catalogue, made) + ":embedding=" + made.embedding;
    list.push_back(row);
    recipe.runs.push_back(std::move(name));
  }
  recipe.json = json.dump(2) + "\n";
  recipe.options = optionsOf(request);
  recipe.remarks = remarksOf(runs);
  return recipe;
}

}  // namespace p2l
