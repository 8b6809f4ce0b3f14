// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file.h"  // where it lies; includers may name either
