// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled once for the studio; nothing relies on it being there.
#pragma once
#include <QtWidgets>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>
