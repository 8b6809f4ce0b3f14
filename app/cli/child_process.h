// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace p2l::cli {

/// Runs a program to its end and returns what it wrote to its standard output; its errors go to ours.
/// @throws Error when it cannot be started or ends with an error
std::string outputOf(const std::vector<std::string>& arguments);

}  // namespace p2l::cli
