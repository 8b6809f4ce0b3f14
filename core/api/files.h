// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a person keeps on disk, for the program's outer parts: pictures, animations, texts and embeddings, and where the
// program's own resources are. Plain values only.
#include "core/io/embedding_file.h"
#include "core/io/output_check.h"
#include "core/io/photo_file.h"
#include "core/io/report_page.h"
#include "core/io/resources.h"
#include "core/io/textual_inversion.h"
