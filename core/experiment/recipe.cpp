// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/recipe.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "core/api/metric_list.h"
#include "core/api/session.h"
#include "core/io/photo_file.h"
#include "core/io/resources.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Reads fields and says which one is wrong.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  void knows(const Json& json, const std::string& place, const std::set<std::string>& keys) const {
    if (!json.is_object()) refuse(place, "an object", json);
    for (const auto& [key, value] : json.items()) {
      require(keys.contains(key), file_, ": ", place, " has no field \"", key, "\".");
    }
  }
  std::string text(const Json& json, const std::string& place) const {
    if (!json.is_string()) refuse(place, "a text", json);
    return json;
  }
  double number(const Json& json, const std::string& place) const {
    if (!json.is_number()) refuse(place, "a number", json);
    return json;
  }
  [[noreturn]] void refuse(const std::string& place, const char* expected, const Json& found) const {
    throw Error(concat(file_, ": ", place, " must be ", expected, ", found ",
                       found.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 60), "."));
  }
  const std::string& file() const { return file_; }

 private:
  std::string file_;
};

Json listOf(const Reader& reader, const Json& json, const char* field) {
  const auto found = json.find(field);
  if (found == json.end() || !found->is_array() || found->empty())
    reader.refuse(field, "a list", found == json.end() ? Json() : *found);
  return *found;
}

Recipe::Column columnOf(const Reader& reader, const Json& json) {
  reader.knows(json, "columns", {"id", "task", "noise"});
  Recipe::Column column;
  column.id = reader.text(json.value("id", Json()), "columns.id");
  column.task = reader.text(json.value("task", Json()), "columns.task");
  if (json.contains("noise")) column.noise = reader.number(json["noise"], "columns.noise");
  return column;
}

/// A text for all columns, or one by column.
std::map<std::string, std::string> byColumn(const Reader& reader, const Recipe& recipe, const Json& json,
                                            const std::string& place) {
  std::map<std::string, std::string> texts;
  if (json.is_string()) {
    for (const auto& column : recipe.columns) texts[column.id] = json;
    return texts;
  }
  if (!json.is_object()) reader.refuse(place, "a text or texts by column", json);
  for (const auto& [id, value] : json.items()) texts[id] = reader.text(value, place + "." + id);
  return texts;
}

void requireColumn(const Reader& reader, const Recipe& recipe, const std::string& id, const std::string& place) {
  const bool known =
      std::any_of(recipe.columns.begin(), recipe.columns.end(), [&](const auto& column) { return column.id == id; });
  require(known, reader.file(), ": ", place, " names the column \"", id, "\", which there is not.");
}

Recipe::Row rowOf(const Reader& reader, const Recipe& recipe, const Json& json,
                  const std::vector<std::string>& metrics) {
  Recipe::Row row;
  row.name = reader.text(json.value("name", Json()), "rows.name");
  const auto place = concat("the row \"", row.name, "\"");
  reader.knows(json, place, {"name", "model", "solver", "prompt", "published"});
  require(!row.name.empty() && row.name != kPlain && row.name != kAutoencoder, reader.file(),
          ": a row needs a name other than ", kPlain, " and ", kAutoencoder, ".");
  row.model = json.value("model", row.model);
  for (auto& [id, solver] : byColumn(reader, recipe, json.value("solver", Json()), place)) {
    requireColumn(reader, recipe, id, place);
    row.cells[id].solver = solver;
  }
  for (auto& [id, prompt] : byColumn(reader, recipe, json.value("prompt", Json::object()), place)) {
    const auto cell = row.cells.find(id);
    if (cell == row.cells.end()) continue;
    cell->second.prompt = prompt;
    cell->second.prompted = true;
  }
  const auto published = json.value("published", Json::object());
  for (const auto& [id, numbers] : published.items()) {
    requireColumn(reader, recipe, id, place);
    require(numbers.is_array() && numbers.size() == metrics.size(), reader.file(), ": ", place, " must publish ",
            metrics.size(), " numbers of ", id, ".");
    for (std::size_t i = 0; i < metrics.size(); ++i) {
      if (!numbers[i].is_null()) row.cells[id].published[metrics[i]] = reader.number(numbers[i], place);
    }
    require(!row.cells[id].solver.empty(), reader.file(), ": ", place, " publishes ", id, " and has no solver for it.");
  }
  return row;
}

template <class Part, class Name>
void keepNamed(std::vector<Part>& parts, const std::vector<std::string>& names, const char* what, Name nameOf) {
  if (names.empty()) return;
  std::vector<Part> kept;
  for (const auto& name : names) {
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const auto& part) { return nameOf(part) == name; });
    if (found == parts.end()) {
      std::string all;
      for (const auto& part : parts) all += (all.empty() ? "" : "; ") + nameOf(part);
      throw Error(concat("The recipe has no ", what, " \"", name, "\"; it has ", all, "."));
    }
    kept.push_back(*found);
  }
  parts = std::move(kept);
}

std::vector<std::string> recipeNames() {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(fs::path(resourceFolder()) / "recipes", none)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::string Recipe::Column::name(const Catalogue& catalogue) const {
  const auto task_name = taskChain(catalogue, task).name;
  return noise ? concat(task_name, ", noise ", textFromValue(*noise)) : task_name;
}

Recipe recipeFromJson(const std::string& text, const std::string& name) {
  const Reader reader(name);
  const auto json = parsedJson<Json>(text);
  require(!json.is_discarded(), name, " is no JSON file.");
  reader.knows(json, "the recipe",
               {"title", "source", "note", "size", "noise", "measurements", "columns", "published_metrics", "rows"});
  Recipe recipe;
  recipe.text = text;
  recipe.name = fs::path(name).stem().string();
  recipe.title = reader.text(json.value("title", Json(recipe.name)), "title");
  recipe.source = reader.text(json.value("source", Json("")), "source");
  recipe.note = reader.text(json.value("note", Json("")), "note");
  recipe.size = static_cast<int>(reader.number(json.value("size", Json(recipe.size)), "size"));
  recipe.noise = reader.number(json.value("noise", Json(recipe.noise)), "noise");
  recipe.measurements = static_cast<int>(reader.number(json.value("measurements", Json(1)), "measurements"));
  require(recipe.measurements >= 1, name, ": measurements must be 1 or more, found ", recipe.measurements, ".");
  for (const auto& column : listOf(reader, json, "columns")) recipe.columns.push_back(columnOf(reader, column));
  std::vector<std::string> metrics;
  for (const auto& metric : json.value("published_metrics", Json::array())) {
    metrics.push_back(reader.text(metric, "published_metrics"));
    const auto& known = metricList();
    require(std::any_of(known.begin(), known.end(), [&](const auto& each) { return metrics.back() == each.key; }), name,
            ": published_metrics names ", metrics.back(), ", which is no metric.");
  }
  std::set<std::string> folders;
  for (const auto& row : listOf(reader, json, "rows")) {
    recipe.rows.push_back(rowOf(reader, recipe, row, metrics));
    require(folders.insert(folderName(recipe.rows.back().name)).second, name, ": two rows are called \"",
            recipe.rows.back().name, "\", or differ in signs alone.");
  }
  return recipe;
}

Recipe findRecipe(const std::string& name_or_file) {
  const auto shipped = fs::path(resourceFolder()) / "recipes" / (name_or_file + ".json");
  std::error_code none;
  const auto path = fs::exists(shipped, none) ? shipped.string() : name_or_file;
  if (fs::is_regular_file(path, none)) return recipeFromJson(readTextFile(path), path);
  std::string names;
  for (const auto& name : recipeNames()) names += (names.empty() ? "" : ", ") + name;
  throw Error(concat("There is no recipe \"", name_or_file, "\", neither as a file nor among ", names, "."));
}

void choose(Recipe& recipe, const std::vector<std::string>& columns, const std::vector<std::string>& rows) {
  keepNamed(recipe.columns, columns, "column", [](const auto& column) { return column.id; });
  keepNamed(recipe.rows, rows, "row", [](const auto& row) { return row.name; });
}

Captions::Captions(const std::string& file) {
  const Reader reader(file);
  const auto json = parsedJson<Json>(readTextFile(file));
  require(!json.is_discarded(), file, " is no JSON file: an object of captions by photo was expected.");
  if (!json.is_object()) reader.refuse("the file", "an object of captions by photo", json);
  for (const auto& [photo, captions] : json.items()) {
    if (captions.is_string()) {
      of_photos_[photo] = {{"x", captions}, {"y", captions}};
      continue;
    }
    if (!captions.is_object()) reader.refuse(photo, "a text, or an object of the texts x and y", captions);
    reader.knows(captions, photo, {"x", "y"});
    for (const auto& [of, caption] : captions.items()) of_photos_[photo][of] = reader.text(caption, photo + "." + of);
  }
}

std::string Captions::filled(const std::string& prompt, const std::string& photo) const {
  auto text = prompt;
  for (const std::string of : {"x", "y"}) {
    const auto mark = "{" + of + "}";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      auto found = of_photos_.find(fs::path(photo).filename().string());
      if (found == of_photos_.end()) found = of_photos_.find(fs::path(photo).stem().string());
      require(found != of_photos_.end() && found->second.contains(of), "There is no caption ", of, " of ", photo,
              " in the file of --captions.");
      const auto& caption = found->second.at(of);
      text.replace(at, mark.size(), caption);
      at += caption.size();
    }
  }
  return text;
}

bool wantsCaption(const std::string& prompt) {
  return prompt.find("{x}") != std::string::npos || prompt.find("{y}") != std::string::npos;
}

namespace {

/// Empty where there is none of that kind.
std::string modelOf(const Recipe::Row& row, const RecipeModels& models) {
  if (row.model == "latent") return models.latent;
  if (row.model == "pixel") return models.pixel;
  return row.model;
}

/// Why the row is left out, a sentence; empty: it is run.
std::string obstacle(const Recipe::Row& row, const Recipe::Cell& cell, const RecipeModels& models,
                     const Captions& captions) {
  if (modelOf(row, models).empty())
    return concat("The row \"", row.name, "\" needs a model of pixels, --pixel-model: left out.");
  if (wantsCaption(cell.prompt) && captions.empty())
    return concat("The row \"", row.name, "\" needs captions of the photos, --captions: left out.");
  return {};
}

/// Whether all that the request has in place of its preset's values stands in its row.
bool departsByItsRow(const Catalogue& catalogue, RestoreRequest request, const Variant& row) {
  const auto preset = std::find_if(catalogue.presets.begin(), catalogue.presets.end(),
                                   [&](const auto& each) { return each.id == request.preset; });
  if (preset == catalogue.presets.end()) return false;
  const auto undo = [](const ParamValues& of_row, const ParamValues& of_preset, ParamValues& values) {
    for (const auto& [key, value] : of_row) {
      if (const auto found = of_preset.find(key); found != of_preset.end()) values[key] = found->second;
    }
  };
  const auto& parameters = catalogue.solver(preset->solver).parameters;
  undo(row.values, completeValues(parameters, preset->solver_values, "solver " + preset->solver),
       request.solver_values);
  undo(row.sampler, completeValues(catalogue.sampler, preset->sampler_values, "sampler"), request.sampler_values);
  return catalogue.departures(request).empty();
}

}  // namespace

Plan planOfRecipe(const Catalogue& catalogue, const Recipe& recipe, std::vector<std::string> photos,
                  const RestoreRequest& common, const RecipeModels& models, const Captions& captions) {
  Plan plan;
  for (const auto& column : recipe.columns) {
    const auto task = taskChain(catalogue, column.task);
    const auto name = column.name(catalogue);
    auto shared = common;
    if (column.noise) shared.noise = *column.noise;
    const auto add = [&](Plan part, const std::string& method, const std::string& prompt, const Variant& row) {
      for (auto& sentence : part.impossible) plan.leaveOut(std::move(sentence));
      const bool own = std::all_of(part.combinations.begin(), part.combinations.end(), [&](const auto& each) {
        const bool baseline = each.method == kPlain || each.method == kAutoencoder;
        return baseline || departsByItsRow(catalogue, each.request, row);
      });
      auto& notes = own ? plan.own_notes : plan.notes;
      for (const auto& sentence : part.notes.sentences()) notes.add(name, method, sentence);
      for (auto& combination : part.combinations) {
        const bool baseline = combination.method == kPlain || combination.method == kAutoencoder;
        if (baseline != method.empty()) continue;
        combination.task = name;
        if (!baseline) combination.method = method;
        combination.prompt = prompt;
        plan.combinations.push_back(std::move(combination));
      }
    };
    for (const auto& row : recipe.rows) {
      const auto cell = row.cells.find(column.id);
      if (cell == row.cells.end()) continue;
      if (auto why = obstacle(row, cell->second, models, captions); !why.empty()) {
        plan.leaveOut(std::move(why));
        continue;
      }
      auto request = shared;
      request.model = modelOf(row, models);
      auto solver = solverVariant(catalogue, cell->second.solver);
      if (cell->second.prompted) solver.prompt = cell->second.prompt;
      add(planOf(catalogue, {}, {task}, {solver}, request), row.name,
          wantsCaption(cell->second.prompt) ? cell->second.prompt : std::string(), solver);
    }
    shared.model = models.latent;
    add(planOf(catalogue, {}, {task}, {}, shared), {}, {}, {});
  }
  for (const auto& combination : plan.combinations) {
    if (combination.prompt.empty()) continue;
    for (const auto& photo : photos) captions.filled(combination.prompt, photo);  // now rather than after an hour
  }
  plan.photos = std::move(photos);
  return plan;
}

}  // namespace p2l
