#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/reference/config_fields.json: every field that diffusers' configs of schedulers, AutoencoderKL and
UNet2DConditionModel may have, and for each schedule what diffusers computes (tests/core/weights/config_fields_test.cpp).

  make_config_fields.py
"""
from __future__ import annotations

import inspect
import json
import pathlib

import diffusers

# Those whose noise preserves the variance, with betas of training; the others are refused by their class.
SCHEDULERS = ["DDIMInverseScheduler", "DDIMParallelScheduler", "DDIMScheduler", "DDPMParallelScheduler",
              "DDPMScheduler", "DEISMultistepScheduler", "DPMSolverMultistepInverseScheduler",
              "DPMSolverMultistepScheduler", "DPMSolverSinglestepScheduler", "EulerAncestralDiscreteScheduler",
              "EulerDiscreteScheduler", "HeunDiscreteScheduler", "KDPM2AncestralDiscreteScheduler",
              "KDPM2DiscreteScheduler", "LCMScheduler", "LMSDiscreteScheduler", "PNDMScheduler", "RePaintScheduler",
              "SASolverScheduler", "TCDScheduler", "UniPCMultistepScheduler"]
OTHERS = ["CMStochasticIterativeScheduler", "CogVideoXDDIMScheduler", "EDMDPMSolverMultistepScheduler",
          "EDMEulerScheduler", "FlowMatchEulerDiscreteScheduler", "FlowMatchHeunDiscreteScheduler",
          "FlowMatchLCMScheduler", "IPNDMScheduler", "KarrasVeScheduler", "ScoreSdeVeScheduler", "SCMScheduler",
          "UnCLIPScheduler", "VQDiffusionScheduler"]
PICKED = [0, 1, 10, 250, 499, 500, 750, 998]


def fields_of(cls) -> list[str]:
    names = inspect.signature(cls.__init__).parameters
    return sorted(name for name in names if name not in ("self", "kwargs"))


def alphas(config: dict) -> dict:
    scheduler = diffusers.DDIMScheduler(**config) if config["beta_schedule"] != "sigmoid" else diffusers.DDPMScheduler(
        **config)
    values = scheduler.alphas_cumprod.double()
    return {"config": config, "alpha_bars": {str(t): values[t].item() for t in PICKED}}


def main() -> None:
    schedulers = {name: getattr(diffusers, name) for name in SCHEDULERS}
    defaults = {}
    for name, cls in schedulers.items():
        parameters = inspect.signature(cls.__init__).parameters
        known = {key: parameters[key].default for key in ("beta_start", "beta_end", "beta_schedule",
                                                          "timestep_spacing", "set_alpha_to_one") if key in parameters}
        defaults[name] = known
    stable = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
    trained = [0.0001 + 0.00001 * t for t in range(1000)]
    result = {
        "diffusers": diffusers.__version__,
        "scheduler": sorted({field for cls in schedulers.values() for field in fields_of(cls)}),
        "autoencoder_kl": fields_of(diffusers.AutoencoderKL),
        "unet_2d_condition": fields_of(diffusers.UNet2DConditionModel),
        "scheduler_defaults": defaults,
        "other_schedulers": [name for name in OTHERS if hasattr(diffusers, name)],
        "schedules": [alphas({**stable, "rescale_betas_zero_snr": True}),
                      alphas({"beta_start": 0.0001, "beta_end": 0.02, "beta_schedule": "linear",
                              "rescale_betas_zero_snr": True}),
                      alphas({"beta_start": 0.0001, "beta_end": 0.02, "beta_schedule": "sigmoid"}),
                      alphas({**stable, "trained_betas": trained})],
    }
    path = pathlib.Path(__file__).parent.parent / "reference" / "config_fields.json"
    path.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
