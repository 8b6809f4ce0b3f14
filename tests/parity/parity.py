#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The p2l command against the transcription, number by number.

  parity.py BINARY MODEL_FOLDER [--threads 2] [--only TEXT] [--steps 10] [--work FOLDER]
  parity.py --self MODEL_FOLDER       # no binary: the transcription in float64 in its place

For every case both get the same random z_N and y; z_t, z0_hat, C of every step and the final z and x must agree to 1e-3
of their largest magnitude. What the prompt moved, C minus its first value ("drift"), has its own limit, root mean
square against root mean square: it is small beside C, and Adam's first step, the sign of a gradient that may be nearly
zero, makes single entries of it arbitrary. Besides the given
model the cases run on random miniatures of SD v1 and v2 and of DDPM made on the spot (other seeds than the stored ones). Exits 1 if
a number is outside its limit or the command fails.
"""
from __future__ import annotations

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # read when torch is loaded: no spinning on a busy machine

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

import make_reference as reference
import p2l_reference as p2l
import pixel_reference as pixel

LIMITS = {"z_t": 1e-3, "z0_hat": 1e-3, "C": 1e-3, "drift": 3e-2, "z": 1e-3, "x": 1e-3}
# Every key is given, so that nobody's defaults matter. The learning rate is far above what is useful: the prompt has to
# move enough to be seen.
P2L = {"K": 1, "gamma": 4, "lambda": 0.1, "rho": 1.0, "lr": 1e-2, "rho_schedule": "constant", "z_update": "gd",
       "projection": "proximal", "cg_steps": 5, "adam_reset": 1}


@dataclass
class Case:
    name: str
    task: list[str]
    model: str = "given"
    solver: str = "p2l"
    parameters: dict = field(default_factory=dict)
    size: tuple[int, int] = (64, 64)
    prompt: str = ""
    steps: int | None = None
    mask: str | None = None  # "stroke" or "drop"
    kernel: int | None = None  # width of a random kernel
    eta: float = 0.0
    noise: float = 0.01

    def settings(self) -> dict:
        return {**(P2L if self.solver == "p2l" else p2l.SOLVERS[self.solver][1]), **self.parameters}


def sampler_noise_seed(seed: int) -> int:
    """The seed of the command's stream SamplerNoise: splitmix64 of seed + golden ratio (core/base/random.cpp)."""
    mask = 2 ** 64 - 1
    state = (seed + 0x9E3779B97F4A7C15) & mask
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & mask
    return state ^ (state >> 31)


SR4, SR8 = ["sr", "--factor", "4"], ["sr", "--factor", "8"]
GAUSS25, GAUSS61 = (["gaussian-blur", "--kernel-size", str(n), "--sigma", "3"] for n in (25, 61))
INPAINT, MOTION = ["inpaint"], ["motion-blur"]
ADAM = {"z_update": "adam", "rho": 0.05}
# Random decoders have steep gradients: with a full step rounding alone grows to per cents within ten steps. So it does
# with PiGDM on random networks of pixels.
GENTLE = {"rho": 0.02, "lr": 1e-3}

A_PLUS = {"gluing_by": "pseudo-inverse"}

# A case draws its inputs by its place in the list: new ones go to the end.
CASES = [
    Case("sr x4, GD", SR4),
    Case("sr x4, K 3, wide", SR4, parameters={"K": 3}, size=(64, 96), prompt="a photo of a dark red soft flat scene"),
    Case("sr x8, Adam, abar", SR8, parameters={**ADAM, "rho_schedule": "abar", "gamma": 2, "lambda": 1.0}),
    Case("sr x4, gluing", SR4, parameters={"projection": "gluing", "K": 0}),
    Case("blur 25, Adam, CG", GAUSS25, parameters={**ADAM, "K": 2, "gamma": 3, "lambda": 1.0}),
    Case("blur 61, CG 2 of gamma 1", GAUSS61, parameters={"K": 0, "gamma": 1, "cg_steps": 2, "rho": 0.3}, size=(96, 64)),
    Case("inpaint, abar, gluing", INPAINT, mask="stroke", parameters={"rho_schedule": "abar", "projection": "gluing"}),
    Case("inpaint, Adam, tall", INPAINT, mask="stroke", parameters={**ADAM, "gamma": 3}, size=(96, 48)),
    Case("80 % drop, K 2 kept", INPAINT, mask="drop", parameters={"K": 2, "adam_reset": 0, "projection": "off"},
         prompt="It's 3 caf\u00e9s & a \U0001f415!"),
    Case("motion kernel, Adam, CG", MOTION, kernel=15, parameters={**ADAM, "gamma": 2, "lambda": 0.5, "lr": 1e-3}),
    Case("sr x4, 7 steps", SR4, parameters={"gamma": 3}, steps=7),
    Case("LDPS, sr x4", SR4, solver="ldps", parameters={"rho": 4.0}),
    Case("LDPS, blur 25", GAUSS25, solver="ldps", parameters={"rho": 0.5}, size=(64, 80)),
    Case("LDPS, inpaint", INPAINT, solver="ldps", mask="stroke", prompt="a photo of a flower"),
    Case("LDIR, blur 25", GAUSS25, solver="ldir", parameters={"rho": 0.1}, size=(64, 80)),
    Case("GML-DPS, sr x4", SR4, solver="gml_dps", parameters={"gamma": 0.5}),
    Case("PSLD, sr x4, eta 1", SR4, solver="psld", parameters={"gamma": 0.5}, eta=1.0),
    Case("PSLD, motion kernel", MOTION, solver="psld", kernel=15, parameters={"gamma": 0.5}),
    Case("TReg, blur 25", GAUSS25, solver="treg", parameters={"lambda": 0.01}, prompt="a photo of a flower"),
    Case("TReg, inpaint, rho", INPAINT, solver="treg", mask="stroke", parameters={"rho": 1.0}, prompt="a photo of a cat"),
    *(case for model in ("sd1-mini", "sd1-random", "sd1-trailing", "sd2-mini", "sd2-random") for case in (
        Case("sr x4, K 2", SR4, model, parameters={**GENTLE, "K": 2}, prompt="a photo of a cat"),
        Case("blur 25, Adam", GAUSS25, model, parameters={**GENTLE, "z_update": "adam", "rho": 0.01, "gamma": 3}, size=(64, 96)),
        Case("LDPS, inpaint", INPAINT, model, solver="ldps", parameters={"rho": 0.02}, mask="stroke"),
        Case("PSLD, blur 25", GAUSS25, model, solver="psld", parameters={"rho": 0.02}),
        Case("TReg, sr x4", SR4, model, solver="treg", parameters={"w": 3.0, "lambda": 0.1}, prompt="a photo of a cat"))),
    *(case for model in ("ddpm-mini", "ddpm-random") for case in (
        Case("DPS, sr x4", SR4, model, solver="dps", size=(32, 48), eta=1.0),
        Case("DPS, blur 25", GAUSS25, model, solver="dps", parameters={"rho": 2.0}, size=(48, 32)),
        Case("PiGDM, sr x4", SR4, model, solver="pigdm", parameters={"rho": 0.3, "deviation": 0.5}, size=(32, 48), eta=1.0),
        Case("PiGDM, inpaint", INPAINT, model, solver="pigdm", mask="stroke", parameters={"rho": 0.3}, size=(48, 32), noise=0.05),
        Case("PiGDM, motion kernel", MOTION, model, solver="pigdm", kernel=9, parameters={"cg_steps": 60}, size=(32, 32),
             noise=0.5),
        Case("DDS, blur 25", GAUSS25, model, solver="dds", size=(48, 48)),
        Case("DDS, 80 % drop", INPAINT, model, solver="dds", mask="drop", parameters={"gamma": 0.3}, size=(32, 32), eta=1.0),
        Case("DiffPIR, sr x8", SR8, model, solver="diffpir", parameters={"zeta": 0.35, "lambda": 35.0}, size=(32, 48)),
        Case("DiffPIR, motion kernel", MOTION, model, solver="diffpir", kernel=9,
             parameters={"noise": "estimate", "cg_steps": 10}, size=(32, 32), noise=0.1),
        Case("DiffPIR, inpaint", INPAINT, model, solver="diffpir", mask="stroke", parameters={"zeta": 1.0}, size=(48, 32)))),
    Case("blur 25, fresh noise", GAUSS25, parameters={"K": 1, "gamma": 1, "renoise": 0.8}, eta=0.5),
    Case("LDPS, rho of a side", SR4, solver="ldps", parameters={"rho": 2.0, "rho_side": 48}, size=(64, 80)),
    Case("ReSample, sr x4", SR4, solver="resample", parameters={"every": 2, "iterations": 4, "lr": 1e-3}, size=(48, 32)),
    Case("ReSample, motion kernel", MOTION, solver="resample", kernel=15, eta=1.0,
         parameters={"every": 1, "iterations": 3, "lr": 1e-3, "gamma": 5.0}),
    Case("LatentDAPS, inpaint", INPAINT, solver="latent_daps", mask="stroke",
         parameters={"iterations": 5, "lr": 1e-6, "tau": 0.02}),
    Case("LatentDAPS, blur 25", GAUSS25, solver="latent_daps", size=(48, 64), prompt="a photo of a flower",
         parameters={"ode_steps": 3, "iterations": 4, "lr": 1e-6, "tau": 0.02, "momentum": 0.9, "lr_min_ratio": 0.1}),
    Case("LATINO, blur 25", GAUSS25, solver="latino", noise=0.05),
    Case("LATINO, 80 % drop", INPAINT, solver="latino", mask="drop", parameters={"delta": 0.1}, size=(64, 48)),
    *(case for model in ("sd1-mini", "sd1-random", "sd1-trailing", "sd2-mini", "sd2-random") for case in (
        Case("LatentDAPS, sr x4", SR4, model, solver="latent_daps", parameters={"iterations": 3, "lr": 1e-7}),
        Case("LATINO, sr x4", SR4, model, solver="latino", prompt="a photo of a cat"))),
    Case("sr x8, A+ glued", SR8, parameters={**A_PLUS, "projection": "gluing", "K": 0}),
    Case("blur 25, A+ glued", GAUSS25, parameters={**A_PLUS, "projection": "gluing", "K": 0, "pinv_steps": 5}),
    Case("PSLD, sr x8, A+ glued", SR8, solver="psld", parameters={**A_PLUS, "gamma": 0.5}),
    Case("PSLD, motion, A+ glued", MOTION, solver="psld", kernel=15, parameters={**A_PLUS, "gamma": 0.5, "pinv_steps": 4}),
    *(Case(f"sr x4, {steps} steps", SR4, model, parameters={**GENTLE, "gamma": 3}, steps=steps)
      for model in ("sd1-mini", "sd1-trailing", "sd2-mini") for steps in (6, 13)),
]


def make_models(given: Path, work: Path) -> dict[str, Path]:
    """Name -> folder: the given one, the stored miniatures, and fresh ones."""
    folders = {"given": given, "sd1-mini": reference.MODELS["sd1-mini"], "sd2-mini": reference.MODELS["sd2-mini"],
               "ddpm-mini": reference.PIXEL_MODELS["ddpm-mini"], "ddpm-random": work / "ddpm-random"}
    with contextlib.redirect_stdout(io.StringIO()):
        reference.make_pixel_model(folders["ddpm-random"], reference.DDPM, 1004)
    fresh = {"sd1-random": (reference.SD1, 1001),
             "sd1-trailing": ({**reference.SD1, "scheduler": {"timestep_spacing": "trailing", "steps_offset": 0,
                                                              "set_alpha_to_one": True}}, 1002),
             "sd2-random": (reference.SD2, 1003)}
    for name, (spec, seed) in fresh.items():
        folders[name] = work / name
        with contextlib.redirect_stdout(io.StringIO()):
            reference.make_model(folders[name], spec, seed)
    return folders


def make_inputs(case: Case, seed: int, model: p2l.Model, folder: Path, steps: int) -> list[str]:
    """Writes a photo, z, y and a mask; returns the arguments that the transcription and the command share."""
    height, width = case.size
    photo = torch.nn.functional.interpolate(reference.seeded(seed, 1, 3, 8, 8), (height, width), mode="bicubic") * 0.4
    pixels = ((photo[0].clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 0).numpy()
    Image.fromarray(pixels).save(folder / "photo.png")
    shared = ["--model", str(model.folder), "--task", *case.task, "--solver", case.solver, "--steps", str(steps),
              "--prompt", case.prompt, "--eta", str(case.eta), "--noise", str(case.noise)]
    for key, value in case.settings().items():
        shared += ["--set", f"{key}={value}"]
    if case.mask:
        known = (reference.known_mask if case.mask == "stroke" else reference.drop_mask)(height, width)[0, 0].numpy()
        Image.fromarray(np.where(known > 0, 0, 255).astype(np.uint8)).save(folder / "mask.png")
        shared += ["--mask", str(folder / "mask.png")]
    if case.kernel:  # no symmetry, so that a flipped one shows
        kernel = torch.rand(case.kernel, case.kernel, generator=torch.Generator().manual_seed(seed + 3)) ** 6
        Image.fromarray((kernel * 255).round().byte().numpy()).save(folder / "kernel.png")
        shared += ["--kernel", str(folder / "kernel.png")]
    A = operator(case, shared)
    y = A(photo)
    noise = case.noise * reference.seeded(seed + 1, *y.shape)
    save_file({"y": y + (A(noise) if case.mask else noise)}, folder / "y.safetensors")
    latent = (1, model.unet.config.in_channels, height // model.factor, width // model.factor)
    save_file({"z": reference.seeded(seed + 2, *latent)}, folder / "z.safetensors")
    return [*shared, "--initial-latent", str(folder / "z.safetensors"), "--measurement", str(folder / "y.safetensors")]


def arguments(case: Case, shared: list[str]):
    return p2l.parse_arguments([*shared, "--size-hw", *map(str, case.size)])


def operator(case: Case, shared: list[str]):
    return p2l.make_operator(arguments(case, shared))


def run_reference(case: Case, shared: list[str], model: p2l.Model, steps: int) -> dict:
    inputs = arguments(case, shared)
    y, z = load_file(inputs.measurement)["y"], load_file(inputs.initial_latent)["z"]
    result = p2l.solve(model, operator(case, shared), y.to(model.dtype), z.to(model.dtype), case.solver, steps,
                       case.settings(), case.prompt, case.eta, sampler_noise_seed(0),
                       image_feature_of(model.folder) if case.solver == "treg" else None,
                       case.noise if case.solver in p2l.KNOW_THE_NOISE else None)
    return {key: t.float() for key, t in result.items()}


def image_feature_of(folder: Path):
    """What a model folder's image encoder gives; None where it has none."""
    encoder = folder / "image_encoder"
    return reference.image_feature(encoder)[0] if encoder.is_dir() else None


def run_binary(binary: Path, shared: list[str], folder: Path, threads: int) -> dict:
    dump = folder / "dump.safetensors"
    command = [str(binary), "restore", str(folder / "photo.png"), *shared, "--device", "cpu", "--out",
               str(folder / "out.png"), "--dump", str(dump)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": str(threads)})
    if done.returncode != 0:
        raise RuntimeError(f"exit {done.returncode}: {done.stderr.strip()[-300:]}")
    return load_file(dump)


def differences(result: dict, expected: dict) -> dict:
    """Largest difference over largest magnitude; infinite where a tensor is missing or has another shape."""
    out = {}
    for key in ("z_t", "z0_hat", "C", "z", "x"):
        if key not in result or result[key].shape != expected[key].shape:
            out[key] = float("inf")
            continue
        out[key] = reference.relative_difference(result[key].float(), expected[key])
    drift = expected["C"] - expected["C"][:1]
    if drift.abs().max() > 0 and out["C"] < float("inf"):
        error = result["C"].float() - result["C"][:1].float() - drift
        out["drift"] = float(error.norm() / drift.norm())
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary", nargs="?", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--self", action="store_true", dest="itself", help="float64 in place of the binary")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--only", default="", help="cases whose model or name holds this text")
    parser.add_argument("--work", type=Path, help="keep inputs and dumps here")
    args = parser.parse_args()
    if not args.itself and args.binary is None:
        parser.error("a binary or --self is needed")
    p2l.quiet()
    p2l.set_threads(args.threads)
    with contextlib.ExitStack() as stack:
        work = args.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        work.mkdir(parents=True, exist_ok=True)
        failures = compare_all(args, work.resolve())
    print(f"{failures} failed" if failures else "all agree")
    return int(failures > 0)


def compare_all(args, work: Path) -> int:
    folders = make_models(args.model.resolve(), work)
    loaded, failures = {}, 0
    print(f"{'model':13}{'case':26}" + "".join(f"{key:>9}" for key in LIMITS) + f"{'python s':>10}{'p2l s':>8}")
    for number, case in enumerate(CASES):
        if args.only not in f"{case.model} {case.name}":
            continue
        for dtype in (torch.float32, torch.float64) if args.itself else (torch.float32,):
            if (case.model, dtype) not in loaded:
                loaded[case.model, dtype] = pixel.load_model(folders[case.model], dtype)
        model, steps = loaded[case.model, torch.float32], case.steps or args.steps
        folder = work / f"case-{number:02d}"
        folder.mkdir(exist_ok=True)
        shared = make_inputs(case, 500 + 10 * number, model, folder, steps)
        start = time.perf_counter()
        expected = run_reference(case, shared, model, steps)
        middle = time.perf_counter()
        row = f"{case.model:13}{case.name:26}"
        try:
            if args.itself:
                result = run_reference(case, shared, loaded[case.model, torch.float64], steps)
            else:
                result = run_binary(args.binary, shared, folder, args.threads)
        except (RuntimeError, OSError, ValueError) as error:
            print(f"{row} FAIL {error}", flush=True)
            failures += 1
            continue
        end = time.perf_counter()
        gaps = differences(result, expected)
        bad = [key for key, gap in gaps.items() if not gap <= LIMITS[key]]
        failures += bool(bad)
        print(row + "".join(f"{gaps[key]:9.1e}" if key in gaps else f"{'-':>9}" for key in LIMITS)
              + f"{middle - start:10.1f}{end - middle:8.1f}" + (f"  FAIL {' '.join(bad)}" if bad else ""), flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(main())
