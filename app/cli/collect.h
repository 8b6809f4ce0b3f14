// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/catalogue.h"
#include "core/experiment/run_store.h"

namespace p2l::cli {

/// Makes results.csv, summary.csv, table.md, table.html, the panels of the median and the worst photo of each task
/// (panels/TASK-median.png, panels/TASK-worst.png; by the PSNR of the first solver) and the front of PSNR and LPIPS
/// (fronts/TASK.png, writeFronts) of all runs of the folder.
/// @return the table as Markdown. @throws Error when a report is damaged or a file cannot be written
std::string collect(const RunStore& store, const Catalogue& catalogue);

}  // namespace p2l::cli
