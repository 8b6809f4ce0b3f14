#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The memory that a Stable Diffusion 1 of the true size takes, against what the planner predicts.

  check_memory.py P2L [--work FOLDER] [--size 512] [--threads 2] [OPTIONS-OF-RESTORE ...]

Random weights (random_model.py), one step of P2L with K = 1 and a projection; without options: each of VARIANTS. Exits
1 when a prediction is off by more than 15 %, or a peak above the --memory that was given. Needs 11 GiB of memory, 5 GB of
disk and, on two cores, some minutes for each.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PHOTO = HERE.parents[1] / "resources" / "photos" / "skimage_chelsea.png"
AGREEMENT = 0.15
VARIANTS = [[], ["--checkpointing"], ["--precision", "bf16"], ["--precision", "bf16", "--checkpointing"],
            ["--set", "K=3", "--memory", "8G", "--precision", "bf16"],
            ["--set", "K=3", "--memory", "6G", "--precision", "bf16", "--checkpointing", "--vae-tiling"]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("p2l")
    parser.add_argument("--work", type=Path, help="keep the model here")
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--threads", type=int, default=2)
    args, given = parser.parse_known_args()
    variants = [given] if given else VARIANTS
    failures = 0
    with tempfile.TemporaryDirectory() as temporary:
        work = args.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        model = work / "sd1"
        if not (model / "model_index.json").exists():
            subprocess.run([sys.executable, HERE / "random_model.py", model], check=True)
        for options in variants:
            report = work / "report.json"
            command = [args.p2l, "restore", PHOTO, "--task", "sr", "--size", args.size, "--model", model, "--steps", 1,
                       "--set", "K=1", "--set", "gamma=1", "--threads", args.threads, "--out", work / "out.png",
                       "--report", report, "--quiet", *options]
            done = subprocess.run([str(word) for word in command])
            numbers = json.loads(report.read_text())
            peak, predicted = numbers["peak_memory_mb"], numbers["estimated_memory_mb"]
            limit = 1024 * float(options[options.index("--memory") + 1][:-1]) if "--memory" in options else peak
            bad = abs(predicted / peak - 1.0) > AGREEMENT or peak > limit
            failures += bad
            print(f"{args.size:5} {' '.join(options) or 'float32':40} {numbers['seconds']:8.1f} s  peak {peak:8.0f} MiB  "
                  f"predicted {predicted:8.0f} MiB  {predicted / peak - 1.0:+.0%}{'  FAIL' if bad else ''}", flush=True)
            report.unlink()
            # Random weights make pictures of any size; an end in NaN says nothing about memory.
            if done.returncode not in (0, 1):
                return done.returncode
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
