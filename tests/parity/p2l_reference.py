#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""P2L (Alg. 1, 2 and 3), LDPS (Eq. 6), LDIR (Eq. 40-43), GML-DPS (Eq. 44), PSLD (Eq. 45) and TReg (Eq. 46-50) as the
paper writes them, on PyTorch, diffusers and transformers.

Plain and slow on purpose: this is what the C++ is compared with, so it shares nothing with it. Adjoints come from
autograd, networks from diffusers and transformers, Adam on the prompt is torch.optim.Adam. No gradient is reused
between lines and nothing is skipped.

  E(x)    encoder mean times the scale factor        D(z)   decoder of z / scale factor
  ab      cumulative product of alpha, float64        t      sampling step N..1 (not the training timestep)
  A, A^T  operator and its adjoint                    C      prompt embedding [1, L, D]

The command line restores from a given z_N and y and writes what each step held:

  p2l_reference.py --model FOLDER --task sr --factor 4 --solver p2l --steps 10 --set K=3 --set gamma=4 --prompt "" \\
      --initial-latent z.safetensors --measurement y.safetensors --size-hw 64 64 --dump out.safetensors --threads 2

and prints one JSON line: seconds (the loop and the last decoding, without loading; of the fastest of --repeat runs),
seconds_per_step, cpu_seconds (of all threads), peak_memory_mb (of the whole process), memory_loaded_mb (the same before
the loop), peak_device_memory_mb (torch.cuda.max_memory_allocated in MiB; null on the CPU). Fresh noise (--eta > 0, and
TReg's) is torch.randn of a generator seeded with --noise-seed, one tensor a step. On a machine that others use too, set
OMP_WAIT_POLICY=passive: waiting threads spin otherwise.

--device cuda:N and --precision compute as p2l does with them: UNet and autoencoder on the card and in the precision, what
goes in and out in float32, the text encoder in float32 on the CPU.

The speed to compare with, P2L with K = 3 at 256 x 256:

  p2l_reference.py --model FOLDER --task sr --factor 4 --steps 20 --set K=3 --set gamma=4 --size-hw 256 256 --photo PHOTO
"""
from __future__ import annotations

import argparse
import json
import logging
import math
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file


# --- the model folder ------------------------------------------------------------------------------------------------

class ResidualBlock(torch.nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(width, width, 3, padding=1)
        self.conv2 = torch.nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x):
        return x + self.conv2(F.silu(self.conv1(F.silu(x))))


class ConvStack(torch.nn.Module):
    def __init__(self, channels_in: int, width: int, blocks: int, channels_out: int):
        super().__init__()
        self.conv_in = torch.nn.Conv2d(channels_in, width, 3, padding=1)
        self.blocks = torch.nn.ModuleList(ResidualBlock(width) for _ in range(blocks))
        self.conv_out = torch.nn.Conv2d(width, channels_out, 3, padding=1)

    def forward(self, x):
        h = self.conv_in(x)
        for block in self.blocks:
            h = block(h)
        return self.conv_out(F.silu(h))


class AutoencoderShuffle(torch.nn.Module):
    """The embedded model's autoencoder: pixel (un)shuffle and residual convolutions, no noise."""

    def __init__(self, config: dict):
        super().__init__()
        self.factor = config["factor"]
        pixels = 3 * self.factor ** 2
        self.encoder = ConvStack(pixels, config["width"], config["encoder_blocks"], config["latent_channels"])
        self.decoder = ConvStack(config["latent_channels"], config["width"], config["decoder_blocks"], pixels)

    def encode_mean(self, x):
        return self.encoder(F.pixel_unshuffle(x, self.factor))

    def decode_image(self, z):
        return F.pixel_shuffle(self.decoder(z), self.factor)


class Model:
    """A folder in diffusers layout; weights of any stored type, computed in `dtype`. UNet and autoencoder lie on
    `device` and compute in `network_type`, which is `dtype` without it; what goes in and out is `dtype`."""

    def __init__(self, folder, dtype=torch.float32, device="cpu", network_type=None):
        from diffusers import AutoencoderKL, UNet2DConditionModel
        from transformers import CLIPTextModel, CLIPTokenizer

        folder = Path(folder)
        self.folder, self.dtype, self.device = folder, dtype, torch.device(device)
        self.network_type = network_type or dtype
        self.tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer")
        self.text_encoder = CLIPTextModel.from_pretrained(folder / "text_encoder", dtype=dtype)
        self.unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=self.network_type).to(self.device)
        vae_config = json.loads((folder / "vae" / "config.json").read_text())
        self.scaling_factor = vae_config["scaling_factor"]
        if vae_config["_class_name"] == "AutoencoderShuffle":
            self.vae = AutoencoderShuffle(vae_config)
            self.vae.load_state_dict(load_file(folder / "vae" / "diffusion_pytorch_model.safetensors"), strict=True)
            self.factor = vae_config["factor"]
        else:
            self.vae = AutoencoderKL.from_pretrained(folder / "vae", torch_dtype=self.network_type)
            self.factor = 2 ** (len(vae_config["block_out_channels"]) - 1)
        self.vae = self.vae.to(self.device, self.network_type)
        for network in (self.text_encoder, self.unet, self.vae):
            network.eval().requires_grad_(False)
        self.schedule = Schedule(json.loads((folder / "scheduler" / "scheduler_config.json").read_text()))

    def token_ids(self, prompt: str) -> list[int]:
        return self.tokenizer(prompt, padding="max_length", truncation=True,
                              max_length=self.tokenizer.model_max_length)["input_ids"]

    def embed(self, prompt: str):
        with torch.no_grad():
            hidden = self.text_encoder(torch.tensor([self.token_ids(prompt)])).last_hidden_state
            return hidden.to(self.device)  # [1, L, D]

    def encode(self, x):
        """E(x): the mean times the scale factor (Eq. 20)."""
        x = x.to(self.network_type)
        if isinstance(self.vae, AutoencoderShuffle):
            return self.vae.encode_mean(x).to(self.dtype) * self.scaling_factor
        return self.vae.encode(x).latent_dist.mean.to(self.dtype) * self.scaling_factor

    def decode(self, z):
        z = (z / self.scaling_factor).to(self.network_type)
        x = self.vae.decode_image(z) if isinstance(self.vae, AutoencoderShuffle) else self.vae.decode(z).sample
        return x.to(self.dtype)

    def network(self, z_t, timestep: int, C):
        """What the UNet itself gives."""
        t = torch.tensor([timestep], device=z_t.device)
        C = C.to(self.network_type)
        return self.unet(z_t.to(self.network_type), t, encoder_hidden_states=C).sample.to(self.dtype)

    def predict(self, z_t, step: "Step", C):
        """eps_theta(z_t, C) and Tweedie's z0_hat, whatever the network predicts."""
        output = self.network(z_t, step.timestep, C)
        a, s = math.sqrt(step.ab), math.sqrt(1 - step.ab)
        if self.schedule.prediction_type == "v_prediction":
            return a * output + s * z_t, a * z_t - s * output
        if self.schedule.prediction_type == "sample":
            return (z_t - a * output) / s, output
        return output, (z_t - s * output) / a


# --- the schedule ----------------------------------------------------------------------------------------------------

class Step:
    """One sampling step: its number t (N..1), the training timestep, ab of it and of the next one down."""

    def __init__(self, t: int, timestep: int, ab: float, ab_prev: float):
        self.t, self.timestep, self.ab, self.ab_prev = t, timestep, ab, ab_prev


class Noise:
    """Standard normal numbers, the same sequence for every run of a seed: float32, whatever is computed in."""

    def __init__(self, seed: int):
        self.generator = torch.Generator().manual_seed(seed)

    def __call__(self, like):
        return torch.randn(like.shape, generator=self.generator).to(like)


class Schedule:
    """DDIM's timesteps and ab in float64, from scheduler_config.json."""

    def __init__(self, config: dict):
        self.train_steps = config.get("num_train_timesteps", 1000)
        start, end = config.get("beta_start", 0.0001), config.get("beta_end", 0.02)
        if config.get("beta_schedule", "linear") == "scaled_linear":
            beta = np.linspace(math.sqrt(start), math.sqrt(end), self.train_steps, dtype=np.float64) ** 2
        else:
            beta = np.linspace(start, end, self.train_steps, dtype=np.float64)
        self.ab = np.cumprod(1 - beta)
        self.final_ab = 1.0 if config.get("set_alpha_to_one", True) else float(self.ab[0])
        self.offset = config.get("steps_offset", 0)
        self.spacing = config.get("timestep_spacing", "leading")
        self.prediction_type = config.get("prediction_type", "epsilon")

    def at(self, timestep: int) -> Step:
        """A training timestep by itself."""
        return Step(0, timestep, float(self.ab[timestep]), math.nan)

    def steps(self, N: int) -> list[Step]:
        """Every step ends at the plan's next timestep, the last one at final_ab. diffusers, too, where N divides T; for
        other N its leading stride is floor(T / N), and every step ends floor(T / N) below its timestep."""
        T = self.train_steps
        if self.spacing == "leading":
            timesteps = [min(i * T // N + self.offset, T - 1) for i in range(N - 1, -1, -1)]
        elif self.spacing == "trailing":
            timesteps = [int(v) for v in np.round(np.arange(T, 0, -T / N))[:N] - 1]
        else:  # linspace
            timesteps = [int(v) for v in np.round(np.linspace(T - 1, 0, N))]
        levels = [float(self.ab[timestep]) for timestep in timesteps] + [self.final_ab]
        return [Step(N - i, timestep, levels[i], levels[i + 1]) for i, timestep in enumerate(timesteps)]


def ddim(z0, eps, ab_prev: float):
    """Eq. 15, eta = 0."""
    return math.sqrt(ab_prev) * z0 + math.sqrt(1 - ab_prev) * eps


def ddim_eta(z0, eps, step: Step, eta: float, noise: Noise):
    """Eq. 12 and 16 of Song et al. 2021 (DDIM)."""
    if eta == 0:
        return ddim(z0, eps, step.ab_prev)
    sigma = eta * math.sqrt((1 - step.ab_prev) / (1 - step.ab) * (1 - step.ab / step.ab_prev))
    return math.sqrt(step.ab_prev) * z0 + math.sqrt(1 - step.ab_prev - sigma ** 2) * eps + sigma * noise(z0)


# --- the operators ---------------------------------------------------------------------------------------------------

class Operator:
    """y = A x on [1, 3, H, W]. The adjoint is autograd's vjp; the proximal step is CG unless there is a closed form."""

    def __init__(self, height: int, width: int):
        self.shape = (1, 3, height, width)

    def __call__(self, x):
        raise NotImplementedError

    def adjoint(self, v):
        _, vjp = torch.func.vjp(self, torch.zeros(self.shape, dtype=v.dtype, device=v.device))
        return vjp(v)[0]

    def pseudo_inverse(self, y, steps: int):
        """The shortest x of smallest ||y - A x||: CG on A^T A x = A^T y from 0 unless there is a closed form."""
        return self.conjugate_gradients(y, torch.zeros(self.shape, dtype=y.dtype, device=y.device), 0.0, steps)

    def count(self, y) -> float:
        """Entries of y that carry a measurement."""
        return y.numel()

    def proximal(self, y, x0, lam: float, cg_steps: int):
        """argmin_x ||y - A x||^2 + lam ||x - x0||^2 (Eq. 19)."""
        return self.conjugate_gradients(y, x0, lam, cg_steps)

    def conjugate_gradients(self, y, x0, lam: float, cg_steps: int):
        """(A^T A + lam I) x = A^T y + lam x0 from x = x0, a fixed number of iterations (Fig. 4)."""
        def system(v):
            return self.adjoint(self(v)) + lam * v
        x = x0
        r = self.adjoint(y) + lam * x0 - system(x)
        p, rr = r, (r * r).sum()
        for _ in range(cg_steps):
            if rr == 0:
                break
            q = system(p)
            a = rr / (p * q).sum()
            x = x + a * p
            r = r - a * q
            rr_next = (r * r).sum()
            p = r + (rr_next / rr) * p
            rr = rr_next
        return x


class SuperResolution(Operator):
    """Average pooling by s."""

    def __init__(self, height, width, factor: int):
        super().__init__(height, width)
        self.factor = factor

    def __call__(self, x):
        return F.avg_pool2d(x, self.factor)

    def proximal(self, y, x0, lam, cg_steps):
        return x0 + self.adjoint(y - self(x0)) / (lam + 1 / self.factor ** 2)  # A A^T = I / s^2

    def pseudo_inverse(self, y, steps):
        return F.interpolate(y, scale_factor=self.factor, mode="nearest")


class Blur(Operator):
    """Depthwise correlation with a k x k kernel under reflect padding of k // 2."""

    def __init__(self, height, width, kernel):
        super().__init__(height, width)
        self.kernel = kernel  # [k, k]
        if kernel.shape[-1] // 2 >= min(height, width):
            raise ValueError(f"reflect padding by {kernel.shape[-1] // 2} needs a larger picture than {height}x{width}")

    def __call__(self, x):
        pad = self.kernel.shape[-1] // 2
        weight = self.kernel.to(x).expand(3, 1, -1, -1)
        return F.conv2d(F.pad(x, (pad,) * 4, mode="reflect"), weight, groups=3)


class Mask(Operator):
    """Inpainting and pixel drop: M is 1 where the pixel is known."""

    def __init__(self, height, width, mask):
        super().__init__(height, width)
        self.mask = mask.reshape(1, 1, height, width)

    def __call__(self, x):
        return self.mask.to(x) * x

    def count(self, y):
        return 3 * float(self.mask.sum())

    def proximal(self, y, x0, lam, cg_steps):
        mask = self.mask.to(x0)
        return (mask * y + lam * x0) / (mask + lam)

    def pseudo_inverse(self, y, steps):
        return self.mask.to(y) * y


def gaussian_kernel(size: int, sigma: float):
    """A delta in a size x size window, filtered by a Gaussian cut at 4 sigma."""
    from scipy.ndimage import gaussian_filter
    delta = np.zeros((size, size))
    delta[size // 2, size // 2] = 1
    return torch.from_numpy(gaussian_filter(delta, sigma, truncate=4.0)).float()


def read_kernel(path):
    """The correlation's weights: tensor "kernel" of a safetensors file, or a grey picture of the point-spread function,
    which is turned by 180 degrees; divided by its sum."""
    kernel = load_file(path)["kernel"] if str(path).endswith(".safetensors") else read_grey(path).flip(0, 1)
    return (kernel / kernel.sum()).reshape(kernel.shape[-2:])


def read_mask(path):
    """Tensor "mask" (1 = known) of a safetensors file, or a picture whose white (>= 0.5) is missing."""
    if str(path).endswith(".safetensors"):
        return load_file(path)["mask"].float()
    return (read_grey(path) < 0.5).float()


def read_grey(path):
    from PIL import Image
    return torch.from_numpy(np.asarray(Image.open(path).convert("L"), dtype=np.float32) / 255)


def make_operator(args) -> Operator:
    height, width = args.size_hw
    if args.task == "sr":
        return SuperResolution(height, width, args.factor)
    if args.task == "gaussian-blur":
        return Blur(height, width, gaussian_kernel(args.kernel_size, args.sigma))
    if args.task == "motion-blur":
        return Blur(height, width, read_kernel(args.kernel))
    if args.mask:
        return Mask(height, width, read_mask(args.mask))
    keep = torch.rand(1, 1, height, width, generator=torch.Generator().manual_seed(args.seed)) >= args.drop
    return Mask(height, width, keep.float())


# --- the solvers -----------------------------------------------------------------------------------------------------

P2L_DEFAULTS = dict(K=3, gamma=4, **{"lambda": 1.0}, rho=1.0, lr=1e-4, rho_schedule="constant", z_update="gd",
                    projection="proximal", cg_steps=5, adam_reset=1, renoise=0.0, rho_side=0, gluing_by="transpose",
                    pinv_steps=30)
LDPS_DEFAULTS = dict(rho=1.0, rho_side=0)
LDIR_DEFAULTS = dict(rho=0.05)
GML_DPS_DEFAULTS = dict(rho=1.0, gamma=0.1, rho_side=0)
PSLD_DEFAULTS = dict(rho=1.0, gamma=0.1, rho_side=0, gluing_by="transpose", pinv_steps=30)
TREG_DEFAULTS = dict(w=7.5, every=3, until=0.85, **{"lambda": 1e-4}, rho=0.0, cg_steps=5, renoise=1.0, K=10, lr=1e-3)
RESAMPLE_DEFAULTS = dict(every=10, iterations=100, lr=5e-3, gamma=40.0, rho=0.5, rho_side=0)
LATENT_DAPS_DEFAULTS = dict(ode_steps=2, iterations=30, lr=2e-5, tau=0.01, momentum=0.45, lr_min_ratio=1.0)
LATINO_DEFAULTS = dict(delta=1.0, cg_steps=20)


def gradient(f, at):
    """d f / d at, everything else constant."""
    at = at.detach().requires_grad_(True)
    with torch.enable_grad():
        return torch.autograd.grad(f(at), at)[0]


def step_length(k, A) -> float:
    """rho, stated for pictures of rho_side pixels; 0: of any."""
    return k["rho"] * (math.sqrt(A.shape[2] * A.shape[3]) / k["rho_side"] if k["rho_side"] else 1.0)


def gluing_map(A, k):
    """B of x + B (y - A x)."""
    return A.adjoint if k["gluing_by"] == "transpose" else lambda v: A.pseudo_inverse(v, k["pinv_steps"])


def residual_norm(model, A, y, z0):
    """||y - A D(z0)||, not squared."""
    return torch.linalg.vector_norm(y - A(model.decode(z0)))


def optimize_emb(model, A, y, z_t, step, C, K, adam):
    """Alg. 2. `adam` holds C and its moments."""
    for _ in range(K):
        with torch.enable_grad():
            _, z0_hat = model.predict(z_t, step, C)                                        # lines 3, 4
            # Line 5, with the step 1 on the unsquared norm (App. D.1). The gradient is a constant of the loss.
            g = gradient(lambda z: residual_norm(model, A, y, z), z0_hat)
            z0_prime = z0_hat - 1.0 * g
            loss = ((y - A(model.decode(z0_prime))) ** 2).sum()                            # line 6
        adam.zero_grad()
        loss.backward(inputs=[C])
        adam.step()                                                                        # line 7
    return C.detach().clone()


def p2l(model: Model, A: Operator, y, z_N, prompt_embedding, N: int, parameters: dict, eta: float, noise: Noise):
    """Alg. 1, and Alg. 3 with z_update = adam. Returns what --dump writes."""
    k = {**P2L_DEFAULTS, **parameters}
    beta1, beta2, tiny = 0.9, 0.999, 1e-8
    C = prompt_embedding.detach().clone().requires_grad_(True)
    new_adam = lambda: torch.optim.Adam([C], lr=k["lr"], betas=(beta1, beta2), eps=tiny)
    adam = new_adam()
    z_t = z_N
    m = torch.zeros_like(z_t)
    v = torch.zeros_like(z_t)
    record = {"z_t": [], "z0_hat": [], "C": []}
    for step in model.schedule.steps(N):                                                   # Alg. 1, line 1
        if k["adam_reset"]:
            adam = new_adam()
        C_t = optimize_emb(model, A, y, z_t, step, C, k["K"], adam)                        # line 2 (13: C stays)

        z = z_t.detach().requires_grad_(True)
        with torch.enable_grad():
            eps, z0_hat = model.predict(z, step, C_t)                                      # lines 3, 4
            norm = residual_norm(model, A, y, z0_hat)
        g = torch.autograd.grad(norm, z)[0]                                                # of line 12
        eps, z0_hat = eps.detach(), z0_hat.detach()
        record["z_t"].append(z_t)
        record["z0_hat"].append(z0_hat)
        record["C"].append(C_t)

        z0_tilde = z0_hat
        if k["projection"] != "off" and step.t % k["gamma"] == 0:                          # line 5
            x0 = model.decode(z0_hat)
            if k["projection"] == "gluing":
                x0 = x0 + gluing_map(A, k)(y - A(x0))
            elif k["projection"] == "proximal":
                x0 = A.proximal(y, x0, k["lambda"], k["cg_steps"])                         # line 6
            z0_tilde = model.encode(x0)                                                    # line 7
        if z0_tilde is not z0_hat and k["renoise"] > 0:
            mixed = math.sqrt(1 - k["renoise"]) * eps + math.sqrt(k["renoise"]) * noise(z_t)
            z_t = ddim(z0_tilde, mixed, step.ab_prev)
        else:
            z_t = ddim_eta(z0_tilde, eps, step, eta, noise)                                # line 11

        rho = step_length(k, A) if k["z_update"] == "gd" else k["rho"]
        rho *= step.ab if k["rho_schedule"] == "abar" else 1.0
        if k["z_update"] == "gd":
            z_t = z_t - rho * g                                                            # line 12
        else:                                                                              # Alg. 3, lines 12-14
            # What is carried on is the raw moment: the divided one would grow without bound.
            m = beta1 * m + (1 - beta1) * g
            v = beta2 * v + (1 - beta2) * g * g
            z_t = z_t - rho * (m / (1 - beta1)) / torch.sqrt(v / (1 - beta2) + tiny)
    return finish(model, record, z_t)                                                      # Alg. 1, line 15


def ldps(model: Model, A: Operator, y, z_N, prompt_embedding, N: int, parameters: dict, eta: float, noise: Noise):
    """Eq. 6."""
    k = {**LDPS_DEFAULTS, **parameters}
    z_t = z_N
    record = {"z_t": [], "z0_hat": [], "C": []}
    for step in model.schedule.steps(N):
        z = z_t.detach().requires_grad_(True)
        with torch.enable_grad():
            eps, z0_hat = model.predict(z, step, prompt_embedding)
            norm = residual_norm(model, A, y, z0_hat)
        g = torch.autograd.grad(norm, z)[0]
        keep(record, z_t, z0_hat, prompt_embedding)
        z_t = ddim_eta(z0_hat.detach(), eps.detach(), step, eta, noise) - step_length(k, A) * g
    return finish(model, record, z_t)


def ldir(model: Model, A: Operator, y, z_N, prompt_embedding, N: int, parameters: dict, eta: float, noise: Noise):
    """Eq. 40-43."""
    k = {**LDIR_DEFAULTS, **parameters}
    beta1, beta2, tiny = 0.9, 0.999, 1e-8
    z_t = z_N
    m = torch.zeros_like(z_t)
    v = torch.zeros_like(z_t)
    record = {"z_t": [], "z0_hat": [], "C": []}
    for step in model.schedule.steps(N):
        z = z_t.detach().requires_grad_(True)
        with torch.enable_grad():
            eps, z0_hat = model.predict(z, step, prompt_embedding)
            norm = residual_norm(model, A, y, z0_hat)
        g = torch.autograd.grad(norm, z)[0]                                                # Eq. 40
        keep(record, z_t, z0_hat, prompt_embedding)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)                                    # Eq. 41, 42
        z_t = ddim_eta(z0_hat.detach(), eps.detach(), step, eta, noise) - k["rho"] * m_hat / torch.sqrt(v_hat + tiny)
    return finish(model, record, z_t)


def gml_dps(model: Model, A: Operator, y, z_N, prompt_embedding, N: int, parameters: dict, eta: float, noise: Noise):
    """Eq. 44."""
    k = {**GML_DPS_DEFAULTS, **parameters}
    z_t = z_N
    record = {"z_t": [], "z0_hat": [], "C": []}
    for step in model.schedule.steps(N):
        z = z_t.detach().requires_grad_(True)
        with torch.enable_grad():
            eps, z0_hat = model.predict(z, step, prompt_embedding)
            gap = torch.linalg.vector_norm(z0_hat - model.encode(model.decode(z0_hat)))
            total = residual_norm(model, A, y, z0_hat) + k["gamma"] * gap
        g = torch.autograd.grad(total, z)[0]
        keep(record, z_t, z0_hat, prompt_embedding)
        z_t = ddim_eta(z0_hat.detach(), eps.detach(), step, eta, noise) - step_length(k, A) * g
    return finish(model, record, z_t)


def psld(model: Model, A: Operator, y, z_N, prompt_embedding, N: int, parameters: dict, eta: float, noise: Noise):
    """Eq. 45."""
    k = {**PSLD_DEFAULTS, **parameters}
    z_t = z_N
    record = {"z_t": [], "z0_hat": [], "C": []}
    for step in model.schedule.steps(N):
        z = z_t.detach().requires_grad_(True)
        with torch.enable_grad():
            eps, z0_hat = model.predict(z, step, prompt_embedding)
            x0 = model.decode(z0_hat)
            B = gluing_map(A, k)
            glued = B(y - A(x0)) + x0                                                      # A^T y + (I - A^T A) D(z0)
            gap = torch.linalg.vector_norm(z0_hat - model.encode(glued))
            total = residual_norm(model, A, y, z0_hat) + k["gamma"] * gap
        g = torch.autograd.grad(total, z)[0]
        keep(record, z_t, z0_hat, prompt_embedding)
        z_t = ddim_eta(z0_hat.detach(), eps.detach(), step, eta, noise) - step_length(k, A) * g
    return finish(model, record, z_t)


def treg(model: Model, A: Operator, y, z_N, prompt_embedding, N: int, parameters: dict, eta: float, noise: Noise,
         image_feature=None):
    """Eq. 46-50 with the steps, weights and noise of the published code. `image_feature`: x -> [1, D], or None."""
    k = {**TREG_DEFAULTS, **parameters}
    z_t, C, null = z_N, prompt_embedding, model.embed("")
    record = {"z_t": [], "z0_hat": [], "C": []}
    for i, step in enumerate(model.schedule.steps(N)):
        with_data = i % k["every"] == 0 and i < math.floor(k["until"] * N + 0.5)
        if not with_data and k["rho"] > 0:                                                 # Eq. 50
            z = z_t.detach().requires_grad_(True)
            with torch.enable_grad():
                eps, z0_hat = model.predict(z, step, null)
                norm = residual_norm(model, A, y, z0_hat)
            g = torch.autograd.grad(norm, z)[0]
            keep(record, z_t, z0_hat, C)
            z_t = ddim_eta(z0_hat.detach(), eps.detach(), step, eta, noise) - k["rho"] * g
            continue
        eps_null, z0_null = model.predict(z_t, step, null)
        eps_text, z0_text = model.predict(z_t, step, C)
        eps = eps_null + k["w"] * (eps_text - eps_null)
        z0_hat = z0_null + k["w"] * (z0_text - z0_null)
        keep(record, z_t, z0_hat, C)
        if not with_data:
            z_t = ddim_eta(z0_hat, eps, step, eta, noise)
            continue
        x0 = model.decode(z0_hat)                                                          # Eq. 46
        x0_y = A.conjugate_gradients(y, x0, k["lambda"], k["cg_steps"])                    # Eq. 47
        z0_y = model.encode(x0_y)                                                          # Eq. 48
        if image_feature is not None:                                                      # Eq. 49
            feature = torch.nn.functional.normalize(image_feature(x0_y), dim=1)
            null = null.detach().clone().requires_grad_(True)
            adam = torch.optim.Adam([null], lr=k["lr"])
            for _ in range(k["K"]):
                with torch.enable_grad():
                    similarity = (feature @ null.transpose(1, 2)).mean()
                adam.zero_grad()
                similarity.backward()
                adam.step()
            null = null.detach()
        z0 = step.ab_prev * z0_y + (1 - step.ab_prev) * z0_hat
        sigma = k["renoise"] * math.sqrt(step.ab_prev * (1 - step.ab_prev))
        z_t = math.sqrt(step.ab_prev) * z0 + math.sqrt(1 - step.ab_prev - sigma ** 2) * eps + sigma * noise(z_t)
    return finish(model, record, z_t)


def adam_fit(f, start, y, lr: float, iterations: int, enough: float):
    """Adam on u for ||y - f(u)||^2, until it is not above `enough`."""
    u = start.detach().clone().requires_grad_(True)
    adam = torch.optim.Adam([u], lr=lr)
    for _ in range(iterations):
        with torch.enable_grad():
            loss = ((y - f(u)) ** 2).sum()
        if loss <= enough:
            break
        adam.zero_grad()
        loss.backward(inputs=[u])
        adam.step()
    return u.detach()


def resample(model: Model, A: Operator, y, z_N, prompt_embedding, N: int, parameters: dict, eta: float, noise: Noise,
             sigma: float = 0.01):
    """ReSample's Algorithm 1 with the stages, the gradient step and the variance of the published code."""
    k = {**RESAMPLE_DEFAULTS, **parameters}
    enough = sigma ** 2 * A.count(y)
    fit_latent = lambda z: adam_fit(lambda u: A(model.decode(u)), z, y, k["lr"], k["iterations"], enough)
    z_t, C = z_N, prompt_embedding
    record = {"z_t": [], "z0_hat": [], "C": []}
    for i, step in enumerate(model.schedule.steps(N)):
        z = z_t.detach().requires_grad_(True)
        with torch.enable_grad():
            eps, z0_hat = model.predict(z, step, C)
            norm = residual_norm(model, A, y, z0_hat)
        g = torch.autograd.grad(norm, z)[0]
        eps, z0_hat = eps.detach(), z0_hat.detach()
        keep(record, z_t, z0_hat, C)
        z_t = ddim_eta(z0_hat, eps, step, eta, noise) - step_length(k, A) * step.ab * g
        if i >= N / 3 and i % k["every"] == 0 and i < N - 1:
            if i < 2 * N / 3:
                z0_y = model.encode(adam_fit(A, model.decode(z0_hat), y, 1e-2, k["iterations"], enough))
            else:
                z0_y = fit_latent(z0_hat)
            s2 = k["gamma"] * (1 - step.ab_prev) / (1 - step.ab) * (1 - step.ab / step.ab_prev)
            mean = (s2 * math.sqrt(step.ab_prev) * z0_y + (1 - step.ab_prev) * z_t) / (s2 + 1 - step.ab_prev)
            z_t = mean + math.sqrt(1 / (1 / s2 + 1 / (1 - step.ab_prev))) * noise(z_t)
    return finish(model, record, fit_latent(z_t))


def latent_daps(model: Model, A: Operator, y, z_N, prompt_embedding, N: int, parameters: dict, eta: float, noise: Noise):
    """LatentDAPS on the sampler's noise levels; Langevin dynamics with the published code's momentum."""
    k = {**LATENT_DAPS_DEFAULTS, **parameters}
    z_t, C, n = z_N, prompt_embedding, k["ode_steps"]
    record = {"z_t": [], "z0_hat": [], "C": []}
    steps = model.schedule.steps(N)
    for i, step in enumerate(steps):
        z = z_t
        times = [step.timestep * (n - j) // n for j in range(n)]  # where the flow's Euler steps begin
        for j, time in enumerate(times):
            eps, z0_hat = model.predict(z, model.schedule.at(time), C)
            if j + 1 == n or times[j + 1] == time:
                break
            z = ddim(z0_hat, eps, model.schedule.at(times[j + 1]).ab)
        keep(record, z_t, z0_hat, C)
        h = k["lr"] * (1 + i / N * (k["lr_min_ratio"] - 1))
        variance = (1 - step.ab) / step.ab
        log_density = lambda u: (-((y - A(model.decode(u))) ** 2).sum() / (2 * k["tau"] ** 2)
                                 - ((u - z0_hat) ** 2).sum() / (2 * variance))
        z, v = z0_hat, noise(z0_hat)
        for _ in range(k["iterations"]):
            score = gradient(log_density, z)
            v = k["momentum"] * v + math.sqrt(h) * score + math.sqrt(2 * (1 - k["momentum"])) * noise(z)
            z = z + math.sqrt(h) * v
        z_t = z if i + 1 == N else math.sqrt(step.ab_prev) * z + math.sqrt(1 - step.ab_prev) * noise(z)
    return finish(model, record, z_t)


def latino(model: Model, A: Operator, y, z_N, prompt_embedding, N: int, parameters: dict, eta: float, noise: Noise,
           sigma: float = 0.01):
    """LATINO with Tweedie's estimate in the place of a consistency model's."""
    k = {**LATINO_DEFAULTS, **parameters}
    steps, C, z_n = model.schedule.steps(N), prompt_embedding, z_N
    record = {"z_t": [], "z0_hat": [], "C": []}
    prox = lambda x, ab: A.proximal(y, x, sigma ** 2 / (k["delta"] * (1 - ab)), k["cg_steps"])
    x = prox(torch.zeros(A.shape, dtype=y.dtype, device=y.device), steps[0].ab)
    for i, step in enumerate(steps):
        z_t = math.sqrt(step.ab) * model.encode(x) + math.sqrt(1 - step.ab) * z_n
        _, z0_hat = model.predict(z_t, step, C)
        keep(record, z_t, z0_hat, C)
        x = prox(model.decode(z0_hat), step.ab)
        if i + 1 < N:
            z_n = noise(z_t)
    return finish(model, record, model.encode(x))


def keep(record, z_t, z0_hat, C):
    record["z_t"].append(z_t)
    record["z0_hat"].append(z0_hat.detach())
    record["C"].append(C)


def finish(model, record, z):
    result = {name: torch.cat(rows).contiguous() for name, rows in record.items()}
    return {**result, "z": z, "x": model.decode(z)}


SOLVERS = {"p2l": (p2l, P2L_DEFAULTS), "ldps": (ldps, LDPS_DEFAULTS), "ldir": (ldir, LDIR_DEFAULTS),
           "gml_dps": (gml_dps, GML_DPS_DEFAULTS), "psld": (psld, PSLD_DEFAULTS), "treg": (treg, TREG_DEFAULTS),
           "resample": (resample, RESAMPLE_DEFAULTS), "latent_daps": (latent_daps, LATENT_DAPS_DEFAULTS),
           "latino": (latino, LATINO_DEFAULTS)}

#: Solvers that are given the noise level of the measurement.
KNOW_THE_NOISE = {"resample", "latino"}


def solve(model, A, y, z_N, solver: str, steps: int, parameters: dict, prompt: str = "", eta: float = 0.0,
          noise_seed: int = 0, image_feature=None, sigma=None):
    """`sigma`, of the measurement's noise: for the solvers that ask for it."""
    function, defaults = SOLVERS[solver]
    unknown = set(parameters) - set(defaults)
    if unknown:
        raise ValueError(f"{solver} has no parameter {sorted(unknown)}; it has {sorted(defaults)}")
    with torch.no_grad():
        more = {"image_feature": image_feature, "sigma": sigma}
        more = {key: value for key, value in more.items() if value is not None}
        return function(model, A, y, z_N, model.embed(prompt), steps, parameters, eta, Noise(noise_seed), **more)


# --- the command line ------------------------------------------------------------------------------------------------

def parse_parameter(text: str, defaults: dict):
    key, _, value = text.partition("=")
    if key not in defaults:
        raise SystemExit(f"unknown parameter {key}; known: {', '.join(defaults)}")
    value = {"true": "1", "false": "0"}.get(value, value)
    return key, type(defaults[key])(value)


def read_photo(path, height: int, width: int):
    """Centre cut of the wanted shape, resized; [1, 3, H, W] in [-1, 1]."""
    from PIL import Image
    photo = Image.open(path).convert("RGB")
    scale = min(photo.width / width, photo.height / height)
    w, h = round(width * scale), round(height * scale)
    left, top = (photo.width - w) // 2, (photo.height - h) // 2
    photo = photo.crop((left, top, left + w, top + h)).resize((width, height), Image.Resampling.BOX)
    return torch.from_numpy(np.asarray(photo, dtype=np.float32)).permute(2, 0, 1)[None] / 127.5 - 1


def psnr(a, b) -> float:
    """Over all RGB pixels of pictures clipped to [-1, 1]."""
    return float(-10 * torch.log10((((a.clamp(-1, 1) - b.clamp(-1, 1)) / 2) ** 2).mean()))


def memory_mb() -> float:
    """Peak resident memory of this process: VmHWM, for ru_maxrss may be the parent's."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    except OSError:
        pass
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def quiet():
    """diffusers and transformers log to stderr about what is of no concern here."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    for name in ("transformers", "diffusers", "huggingface_hub"):
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        from transformers.utils import logging as transformers_logging
        transformers_logging.disable_progress_bar()
        transformers_logging.set_verbosity_error()
        from diffusers.utils import logging as diffusers_logging
        diffusers_logging.set_verbosity_error()
        diffusers_logging.disable_progress_bar()
    except ImportError:
        pass


def set_threads(threads: int):
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)


PRECISIONS = {"fp32": torch.float32, "tf32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


def set_device_math(precision: str):
    """As p2l sets a card: TF32 and cuDNN's fastest algorithms for tf32 alone, sums in float32."""
    tf32 = precision == "tf32"
    torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.backends.cudnn.allow_tf32 = tf32
    torch.backends.cudnn.benchmark = tf32
    torch.backends.cudnn.deterministic = not tf32
    torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
    torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction = False


def add_device_arguments(parser):
    parser.add_argument("--device", default="cpu", help="cpu or cuda:N; default: cpu")
    parser.add_argument("--precision", choices=list(PRECISIONS), default="fp32", help="of UNet and autoencoder; default: fp32")


def prepare_device(args):
    """The device of --device, set for --precision."""
    device = torch.device(args.device)
    if device.type not in ("cpu", "cuda"):
        raise SystemExit(f"--device cpu or cuda:N was expected, found {args.device}")
    if device.type == "cuda":
        if not torch.cuda.is_available():
            raise SystemExit(f"--device {args.device} was asked for, but torch {torch.__version__} finds no card: "
                             "take a Python whose torch does, or --device cpu")
        torch.cuda.set_device(device)
        set_device_math(args.precision)
    return device


def now(device) -> float:
    """Seconds, once the device has done what it was given."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter()


def device_memory_mb(device):
    """The most that tensors have taken together on the card, MiB; None on the CPU."""
    return round(torch.cuda.max_memory_allocated(device) / 2 ** 20, 1) if device.type == "cuda" else None


def parse_arguments(argv):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--task", required=True,
                        choices=["sr", "gaussian-blur", "motion-blur", "inpaint", "random-drop"])
    parser.add_argument("--factor", type=int, default=4)
    parser.add_argument("--sigma", type=float, default=3.0)
    parser.add_argument("--kernel-size", type=int, default=61)
    parser.add_argument("--kernel", help="motion blur: picture, or safetensors with a tensor 'kernel'")
    parser.add_argument("--mask", help="picture (white is missing), or safetensors with a tensor 'mask' (1 is known)")
    parser.add_argument("--drop", type=float, default=0.8)
    parser.add_argument("--solver", choices=list(SOLVERS), default="p2l")
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--prompt", default="")
    parser.add_argument("--initial-latent", help="safetensors with a tensor 'z'; without it, seeded")
    parser.add_argument("--measurement", help="safetensors with a tensor 'y'; without it, made from --photo")
    parser.add_argument("--photo", help="the truth: makes y where it is not given, and PSNR is printed")
    parser.add_argument("--noise", type=float, default=0.01, help="of a y made from --photo")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--eta", type=float, default=0.0, help="DDIM's stochasticity")
    parser.add_argument("--noise-seed", type=int, default=0, help="of the sampler's noise")
    parser.add_argument("--size-hw", type=int, nargs=2, required=True, metavar=("H", "W"))
    parser.add_argument("--dump")
    parser.add_argument("--picture", help="write x here")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=1, help="runs, of which the fastest counts; default: 1")
    add_device_arguments(parser)
    parser.add_argument("--double", action="store_true", help="compute in float64: how far rounding moves the result")
    return parser.parse_args(argv)


def main(argv=None):
    args = parse_arguments(argv)
    parameters = dict(parse_parameter(text, SOLVERS[args.solver][1]) for text in args.set)
    quiet()
    set_threads(args.threads)
    dtype = torch.float64 if args.double else torch.float32
    if args.double and args.precision != "fp32":
        raise SystemExit(f"--double computes in float64: leave --precision {args.precision} out")
    device = prepare_device(args)
    model = Model(args.model, dtype, device, None if args.double else PRECISIONS[args.precision])
    height, width = args.size_hw
    A = make_operator(args)
    generator = torch.Generator().manual_seed(args.seed)
    truth = read_photo(args.photo, height, width).to(device) if args.photo else None
    if args.measurement:
        y = load_file(args.measurement)["y"].to(device)
    elif truth is not None:
        y = A(truth)
        noise = args.noise * torch.randn(y.shape, generator=generator).to(device)
        y = y + (A(noise) if isinstance(A, Mask) else noise)
    else:
        raise SystemExit("--measurement or --photo is needed")
    if args.initial_latent:
        z_N = load_file(args.initial_latent)["z"]
    else:
        shape = (1, model.unet.config.in_channels, height // model.factor, width // model.factor)
        z_N = torch.randn(shape, generator=generator)
    loaded = memory_mb()

    seconds, cpu_seconds = math.inf, math.inf
    for _ in range(max(args.repeat, 1)):
        start, cpu_start = now(device), time.process_time()
        result = solve(model, A, y.to(dtype), z_N.to(device, dtype), args.solver, args.steps, parameters, args.prompt,
                       args.eta, args.noise_seed)
        took, cpu_took = now(device) - start, time.process_time() - cpu_start
        if took < seconds:
            seconds, cpu_seconds = took, cpu_took

    if args.dump:
        save_file({name: t.float().cpu().contiguous() for name, t in result.items()}, args.dump)
    if args.picture:
        from PIL import Image
        pixels = ((result["x"][0].clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 0).cpu().numpy()
        Image.fromarray(pixels).save(args.picture)
    residual = float(torch.linalg.vector_norm(y - A(result["x"].float()))) / math.sqrt(y.numel())
    line = {"seconds": round(seconds, 3), "seconds_per_step": round(seconds / args.steps, 4),
            "cpu_seconds": round(cpu_seconds, 3), "peak_memory_mb": memory_mb(), "memory_loaded_mb": loaded,
            "peak_device_memory_mb": device_memory_mb(device), "threads": args.threads,
            "residual": round(residual, 5) if math.isfinite(residual) else None}
    if truth is not None:
        with torch.no_grad():
            round_trip = model.decode(model.encode(truth.to(dtype)))
        line["psnr"] = round(psnr(result["x"].float(), truth), 3)
        line["psnr_autoencoder"] = round(psnr(round_trip.float(), truth), 3)
        if args.task == "sr":
            bicubic = F.interpolate(y.float(), size=(height, width), mode="bicubic", align_corners=False)
            line["psnr_bicubic"] = round(psnr(bicubic, truth), 3)
    print(json.dumps(line))


if __name__ == "__main__":
    sys.exit(main())
