#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seconds that the networks of a model take in PyTorch and diffusers, as `p2l bench --networks` takes them: the fastest
of `--repeat` evaluations after one that warms up. Prints one JSON object.

    network_times.py --model FOLDER --size 512 [--repeat 1] [--threads 2]
"""

import argparse
import json
import time

import torch

from p2l_reference import Model, quiet, set_threads

TIMESTEP = 500


def seconds_of(evaluate, repeat):
    times = []
    for _ in range(repeat + 1):
        start = time.perf_counter()
        evaluate().sum().item()
        times.append(time.perf_counter() - start)
    return min(times[1:])


def gradient_by(at, f):
    def evaluate():
        leaf = at.detach().requires_grad_(True)
        return torch.autograd.grad(f(leaf).square().sum(), leaf)[0]
    return evaluate


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    quiet()
    set_threads(arguments.threads)
    model = Model(arguments.model)
    side = arguments.size // model.factor
    z = torch.randn(1, model.unet.config.in_channels, side, side)
    x = torch.randn(1, 3, arguments.size, arguments.size)
    C = model.embed("")

    def noise(z_t):
        return model.unet(z_t, TIMESTEP, C).sample

    times = {}
    with torch.no_grad():
        times["unet"] = seconds_of(lambda: noise(z), arguments.repeat)
        times["decode"] = seconds_of(lambda: model.decode(z), arguments.repeat)
        times["encode"] = seconds_of(lambda: model.encode(x), arguments.repeat)
    times["unet_gradient"] = seconds_of(gradient_by(z, noise), arguments.repeat)
    times["decode_gradient"] = seconds_of(gradient_by(z, model.decode), arguments.repeat)
    print(json.dumps(times))


if __name__ == "__main__":
    main()
