// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace p2l::architecture {

/// The folders of the program, bottom to top. A room includes its own files and those of rows below; rooms of one row
/// do not know each other. docs/architecture.md says what lives where.
inline const std::vector<std::vector<std::string>> kRows = {
    {"core/types"},
    {"core/request"},
    {"core/base"},
    {"core/tensor", "core/optim", "core/io/codec"},
    {"core/tokenizer"},
    {"core/weights"},
    {"core/io"},
    {"core/nn/kernels"},
    {"core/nn/layers"},
    {"core/nn/unet", "core/nn/autoencoder", "core/nn/text"},
    {"core/diffusion"},
    {"core/models"},
    {"core/degradations", "core/metrics"},
    {"core/noise"},
    {"core/solvers", "core/training"},
    {"core/engine"},
    {"core/api"},
    {"core/insight", "core/experiment"},
    {"core/archive"},
    {"ui/language"},
    {"ui/base"},
    {"ui/document"},
    {"ui/jobs"},
    {"ui/style"},
    {"ui/widgets"},
    {"ui/canvas", "ui/curves"},
    {"ui/settings", "ui/tools"},
    {"ui/task"},
    {"ui/run", "ui/steps", "ui/tiles", "ui/exports"},
    {"ui/files", "ui/compare", "ui/learn"},
    {"ui/window"},
    {"app/cli/figures", "app/cli/progress"},
    {"app"},
    {"app/cli"},
    {"app/cli/commands", "app/studio"},
};

/// All that ui and app see of core.
inline const std::vector<std::string> kPublicRooms = {"core/types",   "core/request",    "core/api",
                                                      "core/insight", "core/experiment", "core/archive"};

/// A folder with more sources than this is two rooms.
inline constexpr int kMostSources = 26;

}  // namespace p2l::architecture
