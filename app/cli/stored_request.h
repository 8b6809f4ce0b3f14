// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/api/files.h"
#include "core/request/request.h"

namespace p2l::cli {

/// What the file of --request holds.
struct StoredRequest {
  RestoreRequest request;
  std::optional<Photo> photo;  ///< as it was given to the run: a web page's. Else the request names its file.
  RequestPictures pictures;    ///< masks and kernels of the request: those of a web page or a saved picture
};

/// Reads a request or a report as JSON, the studio's report as a web page, or a picture that the program saved. Where a
/// page's photo had no file, and of a saved measurement, which is the photo, the request names `path` as its photo.
/// @throws Error naming the file
StoredRequest storedRequestFrom(const std::string& path);

}  // namespace p2l::cli
