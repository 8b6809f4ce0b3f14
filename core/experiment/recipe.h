// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/experiment/plan.h"

namespace p2l {

/// A table to be filled, such as one of the paper's: columns, rows, what each cell runs, and numbers that somebody
/// published for it. A file in resources/recipes, or a person's own:
///
///     {"title": "...", "source": "paper Table 2", "size": 512, "noise": 0.01, "measurements": 1,
///      "columns": [{"id": "sr", "task": "sr:factor=8", "noise": 0.05}],
///      "published_metrics": ["fid", "lpips_vgg", "psnr"],
///      "rows": [{"name": "P2L (K = 3)", "model": "latent", "prompt": "a photo of {x}",
///                "solver": "p2l:preset=paper-imagenet-sr:K=3",     (or by column: {"sr": "p2l:..."})
///                "published": {"sr": [51.81, 0.386, 23.38]}}]}
///
/// A row's model is "latent" (--model, the default), "pixel" (--pixel-model), or a name or folder. A prompt, as a text
/// or by column, may hold {x} and {y}: captions of the photo and of what was measured, from --captions.
struct Recipe {
  struct Column {
    std::string id;    ///< in this file
    std::string task;  ///< as --tasks takes it
    std::optional<double> noise;

    /// In tables and folders: the task's name, and the noise where the column has its own.
    std::string name(const Catalogue& catalogue) const;
  };
  struct Cell {
    std::string solver;  ///< as a row of --solvers
    std::string prompt;  ///< with {x} and {y}; empty: none
    bool prompted = false;
    std::map<std::string, double> published;  ///< by metric's key
  };
  struct Row {
    std::string name, model = "latent";
    std::map<std::string, Cell> cells;  ///< by Column::id; a column that is missing is not run
  };

  std::string name, title, source, note;
  int size = 512;
  double noise = 0.01;
  int measurements = 1;
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::string text;  ///< the file, to be kept with what it made
};

/// @param text of the file @param name of it, for sentences @throws Error naming the field
Recipe recipeFromJson(const std::string& text, const std::string& name);
/// Reads resources/recipes/NAME.json, or a file. @throws Error with the names that there are
Recipe findRecipe(const std::string& name_or_file);

/// Leaves the columns and rows that are named, by id and by name, in that order; all, where none is.
/// @throws Error with the names that there are
void choose(Recipe& recipe, const std::vector<std::string>& columns, const std::vector<std::string>& rows);

/// Captions by a photo's file name, with or without its ending.
class Captions {
 public:
  Captions() = default;
  /// Reads {"photo.png": "a cat"} or {"photo.png": {"x": "a cat", "y": "a blurred animal"}}. @throws Error
  explicit Captions(const std::string& file);
  bool empty() const { return of_photos_.empty(); }
  /// The prompt with the photo's captions in place of {x} and {y}. @throws Error where the photo has none
  std::string filled(const std::string& prompt, const std::string& photo) const;

 private:
  std::map<std::string, std::map<std::string, std::string>> of_photos_;
};

/// Whether a prompt needs captions.
bool wantsCaption(const std::string& prompt);

/// What runs a recipe.
struct RecipeModels {
  std::string latent, pixel;  ///< empty: rows of that kind are left out
};

/// As planOf, of a recipe's cells. Rows without their model or captions are left out, with a sentence.
Plan planOfRecipe(const Catalogue& catalogue, const Recipe& recipe, std::vector<std::string> photos,
                  const RestoreRequest& common, const RecipeModels& models, const Captions& captions);

}  // namespace p2l
