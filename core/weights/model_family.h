// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/weights/folder_files.h"
#include "core/weights/safetensors.h"

namespace p2l {

/// What the program reads, as the end of a sentence.
inline constexpr const char* kWhatWorks =
    "Stable Diffusion 1.1 to 1.5, 2.0 and 2.1 work, as a folder in diffusers layout or as one .safetensors checkpoint, "
    "and pixel models: diffusers' DDPM (UNet2DModel) and guided-diffusion's UNets";

/// @throws Error naming what the file is when its tensors are those of another family: SDXL, SD3, Flux, a LoRA, a
/// ControlNet, an inpainting UNet and others.
void refuseOtherFamilies(const SafetensorsFile& file);

/// The same from a folder's model_index.json, or from what lies in it when there is none.
void refuseOtherFamilies(const FolderFiles& folder);

}  // namespace p2l
