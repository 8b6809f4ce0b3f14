#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stable Diffusion at its true size with random weights: the program's networks against diffusers and transformers.

  fullsize.py PROBE --version 1|2 [--layout folder|checkpoint] [--size 64] [--precisions fp32,bf16,fp16] [--threads 2]
              [--vocabulary FILE] [--work FOLDER]

PROBE is the built p2l_model_probe. diffusers writes the random networks (sharded, as it does it by itself), or they are
written as one checkpoint with the original keys. Then: token ids and text encoder, UNet at three timesteps, autoencoder
both ways, 10 DDIM steps with guidance, gradients with respect to z_t and to the prompt embedding, on latents of
size x size, and the UNet on 3/2 size x size (96 x 64), in float32: at most 1e-4 of the largest magnitude, gradients
1e-3. bf16 and fp16 are compared with diffusers' float32 on half that side, within LOW_LIMITS. Needs 9 GiB of memory,
5 GB of disk in the work folder (10 for a checkpoint) and half an hour of two cores. --vocabulary is CLIP's
bpe_simple_vocab_16e6.txt.gz, which the package open_clip_torch holds; without it the embedded model's small one is used.
Exits 1 if a number is outside its limit.
"""
from __future__ import annotations

import argparse
import contextlib
import gc
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
from safetensors.torch import load_file, save_file

import make_checkpoint_reference as checkpoints
import make_reference as reference
import p2l_reference as p2l

LIMITS = {"text.ids": 0.0, "text.embedding": 1e-4, "unet.eps": 1e-4, "wide.eps": 1e-4, "vae.encoded": 1e-4,
          "vae.decoded": 1e-4, "ddim.z_0": 1e-4, "grad.z": 1e-3, "grad.C": 1e-3}
# bf16 keeps 8 bits of each number, fp16 11: rounding of every layer adds up.
LOW_LIMITS = {"bf16": {"unet.eps": 5e-2, "vae.encoded": 5e-2, "vae.decoded": 5e-2, "grad.z": 1e-1, "grad.C": 1e-1},
              "fp16": {"unet.eps": 1e-2, "vae.encoded": 1e-2, "vae.decoded": 1e-2, "grad.z": 2e-2, "grad.C": 2e-2}}
PROMPTS = ["", "A photo of an old lighthouse, 35mm, by the sea!", "It's 3 caf\u00e9s & a \U0001f415 \u2014 \u6771\u4eac"]
TIMESTEPS, STEPS, GRADIENT_AT = [1, 481, 981], 10, 481


def random_network(meta, seed: int):
    """The network of the meta device with seeded numbers in place."""
    network = meta.to_empty(device="cpu").eval().requires_grad_(False)
    for name, buffer in network.named_buffers():
        if name.endswith("position_ids"):
            buffer.copy_(torch.arange(buffer.numel())[None])
    reference.randomise(network, torch.Generator().manual_seed(seed))
    return network


def write_tokenizer(folder: Path, vocabulary: Path | None, version: int):
    """CLIP's files from the list of merges, as OpenAI's simple_tokenizer.py reads it."""
    reference.make_tokenizer(folder, {"length": 77, "pad": "<|endoftext|>" if version == 1 else "!"}, old_style=version == 1)
    if vocabulary is None:
        return
    merges = gzip.open(vocabulary).read().decode().split("\n")[1:49152 - 256 - 2 + 1]
    letters = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in letters]
    alphabet = [chr(byte) for byte in letters] + [chr(256 + i) for i in range(len(hidden))]
    tokens = alphabet + [letter + "</w>" for letter in alphabet] + ["".join(line.split()) for line in merges]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(tokens)}, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")


def eps_of(output, z, alpha_bar, version):
    return output if version == 1 else alpha_bar.sqrt() * output + (1 - alpha_bar).sqrt() * z


class Comparison:
    def __init__(self, args, work: Path):
        self.args, self.work, self.times = args, work, {}
        self.folder = work / "model"
        self.folder.mkdir(exist_ok=True)
        self.inputs, self.expected, self.original = {}, {}, {}
        self.low_inputs, self.low_expected = {}, {}
        with contextlib.redirect_stdout(None):
            self.scheduler = self.write_scheduler()
        write_tokenizer(self.folder / "tokenizer", args.vocabulary, args.version)
        size = args.size
        self.z = reference.seeded(1, 1, 4, size, size)
        self.inputs.update({"unet.z": self.z, "unet.timesteps": torch.tensor(TIMESTEPS).float(),
                            "vae.x": reference.photo(8 * size, 8 * size), "vae.z": reference.seeded(2, 1, 4, size, size),
                            "ddim.z_T": reference.seeded(3, 1, 4, size, size), "ddim.guidance": torch.tensor(args.guidance),
                            "grad.w": reference.seeded(4, 1, 4, size, size),
                            "wide.z": reference.seeded(5, 1, 4, 3 * size // 2, size)})
        half = size // 2
        self.low_inputs = {"unet.z": reference.seeded(6, 1, 4, half, half),
                           "unet.timesteps": torch.tensor([GRADIENT_AT]).float(),
                           "vae.x": reference.photo(8 * half, 8 * half), "vae.z": reference.seeded(7, 1, 4, half, half),
                           "grad.w": reference.seeded(8, 1, 4, half, half)}

    def write_scheduler(self):
        from diffusers import DDIMScheduler
        scheduler = DDIMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False,
                                  set_alpha_to_one=False, steps_offset=1,
                                  prediction_type="epsilon" if self.args.version == 1 else "v_prediction")
        scheduler.save_pretrained(self.folder / "scheduler")
        return scheduler

    @contextlib.contextmanager
    def timed(self, name):
        start = time.perf_counter()
        yield
        self.times.setdefault(name, []).append(time.perf_counter() - start)

    def write(self, part: str, network):
        if self.args.layout == "folder":
            network.save_pretrained(self.folder / part, safe_serialization=True, max_shard_size="2GB")
            return
        rows = {(row[0], row[1]): row[3:] for row in self.rows}
        thirds = {}
        for key, t in checkpoints.state_of(network).items():
            old, form = rows[part, key]
            if form in "qkv":
                thirds.setdefault(old, {})[form] = t
            else:
                self.original[old] = t[..., None, None].contiguous() if form == "conv" else t
        for old, three in thirds.items():
            self.original[old] = torch.cat([three["q"], three["k"], three["v"]])

    def reference(self):
        from transformers import CLIPTokenizer
        parts = checkpoints.networks(self.args.version, mini=False)
        self.rows = checkpoints.rows_of(parts, self.args.version)
        tokenizer = CLIPTokenizer.from_pretrained(self.folder / "tokenizer")
        ids = torch.tensor(tokenizer(PROMPTS, padding="max_length", truncation=True, max_length=77)["input_ids"])
        text = random_network(parts.pop("text_encoder"), 11)
        self.write("text_encoder", text)
        with torch.no_grad(), self.timed("text"):
            C = text(ids).last_hidden_state
        self.expected.update({"text.ids": ids, "text.embedding": C})
        vae = random_network(parts.pop("vae"), 12)
        self.write("vae", vae)
        with torch.no_grad():
            with self.timed("encode"):
                self.expected["vae.encoded"] = vae.encode(self.inputs["vae.x"]).latent_dist.mean * vae.config.scaling_factor
            with self.timed("decode"):
                self.expected["vae.decoded"] = vae.decode(self.inputs["vae.z"] / vae.config.scaling_factor).sample
            self.low_expected["vae.encoded"] = (vae.encode(self.low_inputs["vae.x"]).latent_dist.mean
                                                * vae.config.scaling_factor)
            self.low_expected["vae.decoded"] = vae.decode(self.low_inputs["vae.z"] / vae.config.scaling_factor).sample
        del text, vae
        gc.collect()
        unet = random_network(parts.pop("unet"), 13)
        self.write("unet", unet)
        self.reference_unet(unet, C)
        if self.args.layout == "checkpoint":
            self.original |= {key: torch.zeros(shape) for key, shape in
                              checkpoints.leftovers(checkpoints.networks(self.args.version, mini=False), self.args.version)}
            save_file(self.original, self.work / "model.safetensors")
            (self.folder / "tokenizer").rename(self.work / "tokenizer")

    def reference_unet(self, unet, C):
        alpha_bars, version = self.scheduler.alphas_cumprod, self.args.version
        forward = lambda z, t, c: unet(z, torch.tensor([t]), encoder_hidden_states=c).sample  # noqa: E731
        with torch.no_grad():
            out = []
            for t in TIMESTEPS:
                with self.timed("unet"):
                    out.append(eps_of(forward(self.z, t, C[1:2]), self.z, alpha_bars[t], version))
            self.expected["unet.eps"] = torch.cat(out)
            with self.timed("ddim"):
                self.scheduler.set_timesteps(STEPS)
                z = self.inputs["ddim.z_T"]
                for t in self.scheduler.timesteps.tolist():
                    null, output = forward(z, t, C[0:1]), forward(z, t, C[1:2])
                    z = self.scheduler.step(null + self.args.guidance * (output - null), t, z, eta=0.0).prev_sample
                self.expected["ddim.z_0"] = z
            with self.timed("wide"):
                wide, t = self.inputs["wide.z"], GRADIENT_AT
                self.expected["wide.eps"] = eps_of(forward(wide, t, C[1:2]), wide, alpha_bars[t], version)

        def gradients(inputs, expected):
            z, c = inputs["unet.z"].clone().requires_grad_(True), C[1:2].clone().requires_grad_(True)
            eps = eps_of(forward(z, GRADIENT_AT, c), z, alpha_bars[GRADIENT_AT], version)
            expected["grad.z"], expected["grad.C"] = torch.autograd.grad((eps * inputs["grad.w"]).sum(), (z, c))
            return eps.detach()

        with self.timed("grad z, grad C"):
            gradients(self.inputs, self.expected)
        self.low_expected["unet.eps"] = gradients(self.low_inputs, self.low_expected)

    def run_probe(self, precision: str) -> dict:
        inputs = self.inputs if precision == "fp32" else self.low_inputs
        save_file({key: t.contiguous() for key, t in inputs.items()}, self.work / "inputs.safetensors")
        single = self.args.layout == "checkpoint"
        model = self.work / "model.safetensors" if single else self.folder
        tokenizer = (self.work if single else self.folder) / "tokenizer"
        command = [self.args.probe, model, self.work / "inputs.safetensors", self.work / "outputs.safetensors", tokenizer,
                   self.args.threads, precision, *PROMPTS]
        print(f"\np2l, {precision}:", flush=True)
        subprocess.run([str(word) for word in command], check=True)
        return load_file(self.work / "outputs.safetensors")

    def compare(self, precision: str) -> int:
        result, failures = self.run_probe(precision), 0
        limits, expected = LIMITS, self.expected
        if precision != "fp32":
            limits, expected = LOW_LIMITS[precision], self.low_expected
        print(f"\n{'tensor':16}{'shape':24}{'difference':>12}{'limit':>10}")
        for key, limit in limits.items():
            want, got = expected[key].float(), result[key].float()
            gap = float((got - want).abs().max() / want.abs().max()) if got.shape == want.shape else float("inf")
            bad = not gap <= limit
            failures += bad
            print(f"{key:16}{str(list(want.shape)):24}{gap:12.1e}{limit:10.0e}" + ("  FAIL" if bad else ""))
        return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("probe", type=Path)
    parser.add_argument("--version", type=int, choices=(1, 2), required=True)
    parser.add_argument("--layout", choices=("folder", "checkpoint"), default="folder")
    parser.add_argument("--size", type=int, default=64, help="side of the latents")
    parser.add_argument("--precisions", type=lambda text: text.split(","), default=["fp32", "bf16", "fp16"])
    parser.add_argument("--guidance", type=float, default=7.5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--vocabulary", type=Path)
    parser.add_argument("--work", type=Path, help="keep the model and the numbers here")
    args = parser.parse_args()
    p2l.quiet()
    p2l.set_threads(args.threads)
    with contextlib.ExitStack() as stack:
        work = args.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        work.mkdir(parents=True, exist_ok=True)
        comparison = Comparison(args, work.resolve())
        comparison.reference()
        print("diffusers:")
        for name, times in comparison.times.items():
            print(f"{name:16}" + "".join(f"{seconds:7.2f} s" for seconds in times))
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
        comparison.original.clear()
        gc.collect()
        failures = sum(comparison.compare(precision) for precision in args.precisions)
    print(f"{failures} failed" if failures else "all agree")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
