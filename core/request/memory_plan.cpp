// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/request/memory_plan.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "core/types/error.h"
#include "core/types/lower_case.h"

namespace p2l {
namespace {

constexpr double kMiB = 1024.0 * 1024.0;
constexpr double kGiB = 1024.0 * kMiB;

}  // namespace

double bytesFromText(const std::string& text) {
  double number = 0.0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string unit;
  for (const char* at = parsed.ptr; at != text.data() + text.size(); ++at) {
    if (*at != ' ') unit += *at;
  }
  unit = lowerCase(unit);
  const bool gigabytes = unit == "g" || unit == "gb" || unit == "gib";
  const bool megabytes = unit == "m" || unit == "mb" || unit == "mib";
  require(parsed.ec == std::errc() && number > 0.0 && std::isfinite(number) && (gigabytes || megabytes),
          "An amount of memory such as 8G or 900M was expected, found `", text, "`");
  return number * (gigabytes ? kGiB : kMiB);
}

std::string textFromBytes(double bytes) {
  char text[32];
  if (bytes < kGiB) {
    std::snprintf(text, sizeof text, "%.0f MiB", std::max(1.0, bytes / kMiB));
  } else {
    std::snprintf(text, sizeof text, "%.1f GiB", bytes / kGiB);
  }
  return text;
}

std::string describeMemoryOptions(const ModelOptions& options) {
  std::vector<std::string> parts;
  const bool whole = options.precision != "bf16" && options.precision != "fp16";
  if (!whole || (!options.checkpointing && !options.vae_tiling)) parts.push_back(whole ? "float32" : options.precision);
  if (options.checkpointing) parts.push_back("checkpointing");
  if (options.vae_tiling) parts.push_back("VAE tiling");
  std::string text = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) text += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

std::vector<ModelOptions> memoryChoices(const ModelOptions& asked, bool tiling_is_exact, bool on_cpu) {
  struct Choice {
    double loss;
    ModelOptions options;
  };
  const double kCheckpointing = 0.25, kHalf = on_cpu ? 1.5 : 0.2, kTiles = tiling_is_exact ? 0.6 : 1.0;
  std::vector<Choice> choices;
  for (const bool half : {false, true}) {
    for (const bool checkpointing : {false, true}) {
      for (const bool tiling : {false, true}) {
        if ((half && !asked.precision.empty()) || (checkpointing && asked.checkpointing) ||
            (tiling && asked.vae_tiling))
          continue;  // is fixed, or on already
        Choice choice{0.0, asked};
        if (half) choice.options.precision = "bf16";
        if (checkpointing) choice.options.checkpointing = true;
        if (tiling) choice.options.vae_tiling = true;
        choice.loss = kHalf * half + kCheckpointing * checkpointing + kTiles * tiling;
        choices.push_back(choice);
      }
    }
  }
  std::stable_sort(choices.begin(), choices.end(), [](const auto& a, const auto& b) { return a.loss < b.loss; });
  std::vector<ModelOptions> result;
  for (const auto& choice : choices) result.push_back(choice.options);
  return result;
}

}  // namespace p2l
