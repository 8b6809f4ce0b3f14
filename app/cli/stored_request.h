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

/// Reads a request or a report as JSON, the studio's report as a web page, or a picture that the program saved. The
/// photo of a page that has no file of its own is named by the page. @throws Error naming the file
StoredRequest storedRequestFrom(const std::string& path);

}  // namespace p2l::cli
