// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/io/photo_file.h"

namespace p2l {

/// The pictures that the HTML report of a run has inside: all that makes the run again.
struct ReportPage {
  Photo photo;   ///< as it was given to the run
  Photo result;  ///< with its request, and mask and kernel where it has them
};

/// Whether the file's name is that of a web page.
bool isReportPage(const std::string& path);

/// Reads the report of one run, as the studio exports it. @throws Error naming the file and what is wrong with it: no
/// report, the report of a comparison, or a picture in it that is damaged
ReportPage readReportPage(const std::string& path);

}  // namespace p2l
