#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seconds and memory of eight LCM steps on a Stable Diffusion 1 of the true size, with TAESD in the steps and a merged LoRA.

  few_steps.py P2L [--work FOLDER] [--size 512] [--threads 2] [--precisions fp32,bf16] [--presets lcm-latino,lcm-p2l]

Random weights (random_model.py): the picture is no picture, the work is that of a real one. Prints wall and processor
seconds of the whole program, seconds of the solver, and the peak against the planner's prediction. Needs 6 GB of disk.
"""
from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import random_model

HERE = Path(__file__).resolve().parent
PHOTO = HERE.parents[1] / "resources" / "photos" / "skimage_chelsea.png"
TINY = HERE.parent / "reference" / "models" / "taesd-mini" / "config.json"


def make_model(work: Path):
    if not (work / "sd1" / "model_index.json").exists():
        subprocess.run([sys.executable, HERE / "random_model.py", work / "sd1"], check=True)
    numbers = random_model.Numbers(1)
    (work / "taesd").mkdir(exist_ok=True)
    config = json.loads(TINY.read_text()) | {key: [64] * 4 for key in ("block_out_channels", "encoder_block_out_channels",
                                                                       "decoder_block_out_channels")}
    config |= {"num_encoder_blocks": [1, 3, 3, 3], "num_decoder_blocks": [3, 3, 3, 1]}
    (work / "taesd" / "config.json").write_text(json.dumps(config))
    random_model.write_part(work / "taesd" / "diffusion_pytorch_model.safetensors", random_model.taesd(), numbers)
    random_model.write_part(work / "lora.safetensors", random_model.lora(), numbers)


def measure(args, work: Path, preset: str, precision: str):
    report = work / "report.json"
    command = [args.p2l, "restore", PHOTO, "--task", "sr", "--size", args.size, "--model", work / "sd1", "--preset", preset,
               "--fast-autoencoder", work / "taesd", "--lora", work / "lora.safetensors", "--lora-scale", 0.1,
               "--precision", precision, "--threads", args.threads, "--out", work / "out.png", "--report", report, "--quiet"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([str(word) for word in command])
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    numbers = json.loads(report.read_text())
    steps = len(numbers["steps"])
    predicted = numbers["estimated_memory_mb"]
    print(f"{preset:12}{precision:6}{steps:3} steps  solver {numbers['seconds']:7.1f} s  program {wall:7.1f} s, processor {cpu:7.1f} s  "
          f"peak {numbers['peak_memory_mb']:6.0f} MiB, predicted {predicted:6.0f}  (exit {done.returncode})", flush=True)
    report.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("p2l")
    parser.add_argument("--work", type=Path, help="keep the model here")
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precisions", default="fp32,bf16")
    parser.add_argument("--presets", default="lcm-latino,lcm-p2l")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = args.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        make_model(work)
        for preset in args.presets.split(","):
            for precision in args.precisions.split(","):
                measure(args, work, preset, precision)


if __name__ == "__main__":
    main()
