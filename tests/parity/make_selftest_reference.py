#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes resources/selftest/p2l-tiny.safetensors: what diffusers, transformers and the transcription of P2L compute with
the embedded model, for `p2l selftest` (core/engine/self_test.cpp names the tensors).

  make_selftest_reference.py
"""
import torch
from safetensors.torch import save_file

import make_reference as reference
import p2l_reference as p2l

PROMPT, TIMESTEP, SIDE, STEPS = "a photo of a dark gray smooth flat scene", 481, 64, 5
PARAMETERS = {"K": 1, "gamma": 2, "lambda": 0.1, "rho": 0.1, "lr": 1e-3, "rho_schedule": "constant", "z_update": "gd",
              "projection": "proximal", "cg_steps": 5, "adam_reset": 1}


def main():
    p2l.quiet()
    p2l.set_threads(1)
    model = p2l.Model(reference.EMBEDDED)
    assert model.schedule.prediction_type == "epsilon"  # so that the UNet's output is the noise itself
    latent = (1, model.unet.config.in_channels, SIDE // model.factor, SIDE // model.factor)
    C = model.embed(PROMPT)
    out = {"text.embedding": C, "unet.z": reference.seeded(51, *latent), "vae.x": reference.photo(SIDE, SIDE),
           "vae.z": reference.seeded(52, *latent), "p2l.z_T": reference.seeded(53, *latent)}
    with torch.no_grad():
        out["unet.eps"] = model.unet(out["unet.z"], torch.tensor([TIMESTEP]), encoder_hidden_states=C).sample
        out["vae.encoded"] = model.encode(out["vae.x"])
        out["vae.decoded"] = model.decode(out["vae.z"])
    z, c = out["unet.z"].clone().requires_grad_(True), C.clone().requires_grad_(True)
    loss = (model.unet(z, torch.tensor([TIMESTEP]), encoder_hidden_states=c).sample * out["unet.z"]).sum()
    out["grad.z"], out["grad.C"] = torch.autograd.grad(loss, (z, c))
    A = p2l.SuperResolution(SIDE, SIDE, 4)
    y = A(out["vae.x"])
    out["p2l.y"] = y + 0.01 * reference.seeded(54, *y.shape)
    out["p2l.z"] = p2l.solve(model, A, out["p2l.y"], out["p2l.z_T"], "p2l", STEPS, PARAMETERS, PROMPT)["z"]
    path = reference.ROOT / "resources" / "selftest" / "p2l-tiny.safetensors"
    path.parent.mkdir(exist_ok=True)
    save_file({key: t.detach().float().contiguous() for key, t in out.items()}, path)
    path.chmod(0o644)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
