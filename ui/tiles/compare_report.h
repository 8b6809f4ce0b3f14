// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/base/photo_opener.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

/// What the report of a comparison shows.
struct CompareReport {
  struct Tile {
    QString title, detail;  ///< `detail`: lines
    QImage shown;
    ResultPtr run;  ///< what makes it again: its result, with the request; null: it is no run of this photo
    JobPictures given;
  };

  std::shared_ptr<const OpenedPhoto> photo;
  std::vector<Tile> tiles;
  QString table;               ///< HTML
  QString recipe, evaluation;  ///< of `p2l evaluate` on other photos, and its command; empty: none
};

/// The comparison as one HTML file: pictures inside, table, and the commands that make each run again. The photo is a
/// PNG of its depth, and so is a run's picture, which has request, mask and kernel inside. Not on the GUI thread.
/// @throws Error
void writeCompareReport(const CompareReport& report, const QString& path);

}  // namespace p2l::ui
