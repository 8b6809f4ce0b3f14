// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/base/photo_opener.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

/// What a report shows.
struct ReportParts {
  std::shared_ptr<const OpenedPhoto> photo;
  ResultPtr result;
  QImage before;   ///< the measurement at the full size; may be null
  QString solver;  ///< as shown
  QString task;    ///< as shown; empty: by its id
};

/// The report of a run as one HTML file: pictures inside, numbers, settings, and the command that runs it again. The
/// photo and the result in it are PNGs of the photo's depth, from which `p2l restore --request REPORT` runs it again:
/// the result has request, mask and kernel inside. Not on the GUI thread. @throws Error
void writeReport(const ReportParts& parts, const QString& path);
/// `name`: of its file, for the command; empty: after the photo.
QString reportHtml(const ReportParts& parts, const QString& name = {});

}  // namespace p2l::ui
