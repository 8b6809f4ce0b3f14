// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/catalogue.h"
#include "core/request/report.h"
#include "core/request/request.h"

namespace p2l {

// What needs no model: the choices, measurements, and what can be said of pictures. Safe on any thread, also during a
// run.

/// All choices there are; cheap, no weights are read. What could not be read becomes a warning of the catalogue.
Catalogue readCatalogue();

/// Refuses, before a run, masks and kernels that it would refuse: of another size than the photo's, or that leave no
/// pixel. @throws Error
void requireFittingPictures(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs);

/// Degrades inputs.photo as the request says; whether its solver and model can restore that does not count. Fills
/// measurement, baseline and truth of the outcome.
/// `with_telea`: also fills a mask's holes by Telea's method, which takes seconds on large pictures.
/// @throws Error on bad input.
Outcome degrade(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs,
                bool with_telea = false);

/// The picture that is had without a model, as Outcome::picture with its PSNR, SSIM and residual: holes filled by
/// Telea's method, else the plain picture made from y. Outcome::message says which: Telea, bicubic or as measured.
/// inputs.photo is the truth. @throws Error on bad input.
Outcome plainBaseline(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs);

/// What can be said of any picture of the full size as a restoration: PSNR and SSIM where inputs.photo is the truth,
/// and the residual against the request's measurement. @throws Error on bad input.
Outcome judge(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs, const Image& picture);

}  // namespace p2l
