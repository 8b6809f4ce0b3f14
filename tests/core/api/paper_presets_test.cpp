// SPDX-License-Identifier: GPL-3.0-or-later
// Every preset of the paper against a table that was typed from the paper: Sec. 4 (the tasks), Table 6, App. B and
// App. D.3. What the paper leaves open is the solver's own default.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/api/session.h"

namespace p2l {
namespace {

/// Sec. 4: x8 average pooling; free-form masks of 10 to 20 %; Gaussian 61 x 61 of sigma 3; motion 61 x 61 of intensity
/// 0.5. Sec. 2.3: 80 % of the pixels dropped.
const std::map<std::string, ParamValues> kTasks = {
    {"sr", {{"factor", 8.0}}},
    {"inpaint", {{"min_area", 0.1}, {"max_area", 0.2}}},
    {"gaussian-blur", {{"sigma", 3.0}, {"kernel_size", 61.0}}},
    {"motion-blur", {{"intensity", 0.5}, {"kernel_size", 61.0}}},
    {"random-drop", {{"drop", 0.8}}},
};

struct Row {
  std::string id, solver, task;
  double steps, eta;
  ParamValues values;
};

/// A column of Table 6, top to bottom; "abar" after the step: rho_t is that times alpha-bar_t. 1000 steps, eta 0 (Sec.
/// 4).
Row table6(const std::string& column, const std::string& task, const char* gradient, double rho, const char* schedule,
           double gamma, double lambda, double K, double lr) {
  return {"paper-" + column + "-" + task,
          "p2l",
          task,
          1000,
          0,
          {{"z_update", std::string(gradient)},
           {"rho", rho},
           {"rho_schedule", std::string(schedule)},
           {"gamma", gamma},
           {"lambda", lambda},
           {"K", K},
           {"lr", lr},
           {"projection", std::string("proximal")}}};
}

std::vector<Row> paper() {
  std::vector<Row> rows = {
      table6("ffhq", "motion-blur", "adam", 0.05, "constant", 5, 1.0, 3, 5e-5),
      table6("ffhq", "gaussian-blur", "adam", 0.05, "constant", 4, 1.0, 5, 1e-4),
      table6("ffhq", "sr", "gd", 1.0, "constant", 4, 1.0, 5, 1e-4),
      table6("ffhq", "inpaint", "adam", 0.05, "constant", 3, 0.1, 1, 1e-4),
      table6("imagenet", "motion-blur", "adam", 0.1, "constant", 5, 1.0, 3, 1e-5),
      table6("imagenet", "gaussian-blur", "gd", 1.0, "abar", 4, 1.0, 3, 1e-4),
      table6("imagenet", "sr", "gd", 15.0, "abar", 4, 1.0, 3, 1e-5),
      table6("imagenet", "inpaint", "gd", 0.5, "constant", 3, 0.1, 1, 1e-4),
  };
  // At x8 what is glued is up-sampled, as in published code: the transpose would move a picture by one 64th (Table 4).
  for (auto& row : rows) {
    if (row.task == "sr") row.values["gluing_by"] = std::string("pseudo-inverse");
  }
  // App. B: LDPS's step of 1, prompt tuning with K = 5 and a rate of 1e-4; Table 6's inpainting for the projection.
  auto drop = table6("", "random-drop", "gd", 1.0, "constant", 3, 0.1, 5, 1e-4);
  drop.id = "paper-random-drop";
  rows.push_back(drop);
  for (const char* task : {"sr", "random-drop"}) {  // App. B alone: nothing is projected
    auto row = table6("prompt", task, "gd", 1.0, "constant", 0, 0, 5, 1e-4);
    row.values.erase("gamma");
    row.values.erase("lambda");
    row.values["projection"] = std::string("off");
    rows.push_back(row);
  }
  for (const auto& [task, values] : kTasks) {  // App. D.3
    const bool sr = task == "sr", gaussian = task == "gaussian-blur", motion = task == "motion-blur";
    rows.push_back({"paper-ldps-" + task, "ldps", task, 1000, 0, {{"rho", 1.0}}});
    rows.push_back({"paper-gml-dps-" + task, "gml_dps", task, 1000, 0, {{"rho", 1.0}, {"gamma", 0.1}}});
    rows.push_back({"paper-psld-" + task, "psld", task, 1000, 0, {{"rho", 1.0}, {"gamma", 0.1}}});
    if (sr) rows.back().values["gluing_by"] = std::string("pseudo-inverse");
    if (motion) {
      rows.push_back({"paper-ldir-ffhq-motion-blur", "ldir", task, 1000, 0, {{"rho", 0.05}}});
      rows.push_back({"paper-ldir-imagenet-motion-blur", "ldir", task, 1000, 0, {{"rho", 0.1}}});
    } else {
      rows.push_back({"paper-ldir-" + task, "ldir", task, 1000, 0, {{"rho", 0.05}}});
    }
    rows.push_back({"paper-treg-" + task, "treg", task, 200, 0, {{"w", 7.5}}});
    rows.push_back({"paper-dps-" + task, "dps", task, 1000, sr ? 0.0 : 1.0, {{"rho", 1.0}}});
    rows.push_back({"paper-pigdm-" + task, "pigdm", task, 100, 1, {{"rho", 1.0}, {"deviation", 1.0}}});
    rows.push_back({"paper-dds-" + task, "dds", task, 100, gaussian ? 0.0 : 1.0, {{"gamma", 1.0}, {"cg_steps", 5.0}}});
    const bool blur = gaussian || motion;
    rows.push_back({"paper-diffpir-" + task,
                    "diffpir",
                    task,
                    100,
                    0,
                    {{"zeta", sr     ? 0.35
                              : blur ? 0.3
                                     : 1.0},
                     {"lambda", sr ? 35.0 : 7.0}}});
  }
  return rows;
}

TEST(PaperPresets, AreWhatThePaperPrints) {
  const Session session;
  const auto& catalogue = session.catalogue();
  std::set<std::string> in_table;
  for (const auto& row : paper()) {
    SCOPED_TRACE(row.id);
    EXPECT_TRUE(in_table.insert(row.id).second);
    RestoreRequest request;
    request.preset = row.id;
    request.degradation().id.clear();
    request.solver.clear();
    request.model = "the paper's";
    const auto run = catalogue.complete(request);
    EXPECT_EQ(run.degradation().id, row.task);
    EXPECT_EQ(run.solver, row.solver);
    auto task_values = kTasks.at(row.task);
    EXPECT_EQ(run.degradation().values,
              completeValues(catalogue.degradation(row.task).parameters, task_values, "task"));
    EXPECT_EQ(run.solver_values, completeValues(catalogue.solver(row.solver).parameters, row.values, "solver"));
    EXPECT_EQ(run.sampler_values,
              completeValues(catalogue.sampler, {{"steps", row.steps}, {"eta", row.eta}}, "sampler"));
    EXPECT_EQ(run.noise, 0.01);  // Sec. 4
    EXPECT_EQ(catalogue.departures(run), "");
  }
  for (const auto& preset : catalogue.presets) {
    if (!preset.id.starts_with("paper-")) continue;
    EXPECT_TRUE(in_table.contains(preset.id)) << preset.id << " is not in the table";
    EXPECT_FALSE(preset.is_default) << preset.id;
  }
  EXPECT_EQ(in_table.size(), 57u);
}

}  // namespace
}  // namespace p2l
