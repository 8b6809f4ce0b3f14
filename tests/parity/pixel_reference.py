# SPDX-License-Identifier: GPL-3.0-or-later
"""Models of pixels and their solvers, DPS (Eq. 51), PiGDM (Eq. 52), DDS (Eq. 53-54) and DiffPIR (Eq. 55-56), as the paper
writes them, on PyTorch and diffusers: what p2l_reference.py is for latent models.

Plain and slow on purpose. The inverse of Eq. 52 is solved as it stands, by conjugate gradients in the space of the
measurement, and not through the proximal step that the C++ makes of it; the gradient is autograd's vector product with
the Jacobian of x0_hat.

  x_t    noisy picture [1, 3, H, W]        x0    Tweedie's estimate        ab    cumulative product of alpha, float64
"""
from __future__ import annotations

import json
import math
from pathlib import Path

import torch

import p2l_reference as p2l


class PixelModel:
    """A folder with unet (UNet2DModel) and scheduler. E and D are the identity; the prompt is one number, not read."""

    factor = 1

    def __init__(self, folder, dtype=torch.float32):
        from diffusers import UNet2DModel

        self.folder, self.dtype = Path(folder), dtype
        self.unet = UNet2DModel.from_pretrained(self.folder / "unet", torch_dtype=dtype).eval().requires_grad_(False)
        config = json.loads((self.folder / "scheduler" / "scheduler_config.json").read_text())
        self.schedule = p2l.Schedule(config)
        self.clip = config.get("clip_sample_range", 1.0) if config.get("clip_sample", True) else None

    def embed(self, prompt: str):
        return torch.zeros(1, 1, 1)

    def encode(self, x):
        return x.clone()

    def decode(self, x):
        return x.clone()

    def predict(self, x_t, step: p2l.Step, C):
        """eps and x0, x0 clipped as the scheduler says and eps the noise that belongs to it."""
        output = self.unet(x_t, torch.tensor([step.timestep])).sample[:, :3]
        a, s = math.sqrt(step.ab), math.sqrt(1 - step.ab)
        x0 = {"epsilon": lambda: (x_t - s * output) / a, "v_prediction": lambda: a * x_t - s * output,
              "sample": lambda: output}[self.schedule.prediction_type]()
        if self.clip is not None:
            x0 = x0.clamp(-self.clip, self.clip)
        return (x_t - a * x0) / s, x0


def is_pixel_model(folder) -> bool:
    return json.loads((Path(folder) / "unet" / "config.json").read_text())["_class_name"] == "UNet2DModel"


DPS_DEFAULTS = dict(rho=1.0, rho_side=0)
PIGDM_DEFAULTS = dict(rho=1.0, deviation=1.0, cg_steps=20)
DDS_DEFAULTS = dict(gamma=1.0, cg_steps=5)
DIFFPIR_DEFAULTS = dict(zeta=0.3, **{"lambda": 7.0}, noise="network", cg_steps=20)


def dps(model, A, y, x_N, prompt_embedding, N: int, parameters: dict, eta: float, noise, sigma: float):
    """Eq. 51."""
    k = {**DPS_DEFAULTS, **parameters}
    x_t, record = x_N, {"z_t": [], "z0_hat": [], "C": []}
    for step in model.schedule.steps(N):
        x = x_t.detach().requires_grad_(True)
        with torch.enable_grad():
            eps, x0 = model.predict(x, step, None)
            norm = torch.linalg.vector_norm(y - A(x0))
        g = torch.autograd.grad(norm, x)[0]
        p2l.keep(record, x_t, x0, prompt_embedding)
        x_t = p2l.ddim_eta(x0.detach(), eps.detach(), step, eta, noise) - p2l.step_length(k, A) * g
    return p2l.finish(model, record, x_t)


def covariance_solve(A, r2: float, sigma2: float, v, iterations: int):
    """(r^2 A A^T + sigma^2 I)^-1 v by conjugate gradients from 0."""
    def system(u):
        return r2 * A(A.adjoint(u)) + sigma2 * u
    u, r = torch.zeros_like(v), v
    p, rr = r, (r * r).sum()
    done = 1e-14 * rr  # float32 can do no more, and what is left would be divided by itself
    for _ in range(iterations):
        if rr <= done:
            break
        q = system(p)
        a = rr / (p * q).sum()
        u, r = u + a * p, r - a * q
        rr, before = (r * r).sum(), rr
        p = r + (rr / before) * p
    return u


def pigdm(model, A, y, x_N, prompt_embedding, N: int, parameters: dict, eta: float, noise, sigma: float):
    """Eq. 52 with the sign and the weight r_t^2 sqrt(ab_t ab_{t-1}) of Song et al."""
    k = {**PIGDM_DEFAULTS, **parameters}
    x_t, record = x_N, {"z_t": [], "z0_hat": [], "C": []}
    for step in model.schedule.steps(N):
        x = x_t.detach().requires_grad_(True)
        with torch.enable_grad():
            eps, x0 = model.predict(x, step, None)
        s2 = k["deviation"] ** 2
        r2 = s2 * (1 - step.ab) / (step.ab * s2 + 1 - step.ab)
        u = covariance_solve(A, r2, sigma ** 2, y - A(x0.detach()), k["cg_steps"])
        g = torch.autograd.grad(x0, x, grad_outputs=A.adjoint(u))[0]
        p2l.keep(record, x_t, x0, prompt_embedding)
        w = r2 * math.sqrt(step.ab * step.ab_prev)
        x_t = p2l.ddim_eta(x0.detach(), eps.detach(), step, eta, noise) + k["rho"] * w * g
    return p2l.finish(model, record, x_t)


def dds(model, A, y, x_N, prompt_embedding, N: int, parameters: dict, eta: float, noise, sigma: float):
    """Eq. 53-54."""
    k = {**DDS_DEFAULTS, **parameters}
    x_t, record = x_N, {"z_t": [], "z0_hat": [], "C": []}
    for step in model.schedule.steps(N):
        eps, x0 = model.predict(x_t, step, None)
        p2l.keep(record, x_t, x0, prompt_embedding)
        x0 = A.conjugate_gradients(y, x0, k["gamma"], k["cg_steps"])                       # Eq. 53
        x_t = p2l.ddim_eta(x0, eps, step, eta, noise)                                      # Eq. 54
    return p2l.finish(model, record, x_t)


def diffpir(model, A, y, x_N, prompt_embedding, N: int, parameters: dict, eta: float, noise, sigma: float):
    """Eq. 55-56."""
    k = {**DIFFPIR_DEFAULTS, **parameters}
    x_t, record = x_N, {"z_t": [], "z0_hat": [], "C": []}
    for step in model.schedule.steps(N):
        eps, x0 = model.predict(x_t, step, None)
        p2l.keep(record, x_t, x0, prompt_embedding)
        weight = k["lambda"] * sigma ** 2 * step.ab / (1 - step.ab)
        x0 = A.proximal(y, x0, max(weight, 1e-6), k["cg_steps"])                           # Eq. 55
        if k["noise"] == "estimate":
            eps = (x_t - math.sqrt(step.ab) * x0) / math.sqrt(1 - step.ab)
        mixed = math.sqrt(1 - k["zeta"]) * eps + math.sqrt(k["zeta"]) * noise(x_t)
        x_t = math.sqrt(step.ab_prev) * x0 + math.sqrt(1 - step.ab_prev) * mixed           # Eq. 56
    return p2l.finish(model, record, x_t)


SOLVERS = {"dps": (dps, DPS_DEFAULTS), "pigdm": (pigdm, PIGDM_DEFAULTS), "dds": (dds, DDS_DEFAULTS),
           "diffpir": (diffpir, DIFFPIR_DEFAULTS)}


p2l.SOLVERS.update(SOLVERS)
p2l.KNOW_THE_NOISE.update(SOLVERS)


def load_model(folder, dtype=torch.float32):
    """A model of either kind."""
    return (PixelModel if is_pixel_model(folder) else p2l.Model)(folder, dtype)
