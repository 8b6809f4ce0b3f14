// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Training, for the command line.
#include "core/training/trainer.h"
