// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled once for the targets that speak to torch; nothing relies on it being there.
#pragma once
#include <ATen/ATen.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>
