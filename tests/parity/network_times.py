#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seconds that the networks of a model take in PyTorch and diffusers, as `p2l bench --networks` takes them: the fastest
of `--repeat` evaluations after one that warms up. Prints one JSON object.

    network_times.py --model FOLDER --size 512 [--repeat 1] [--threads 2] [--device cpu] [--precision fp32]
"""

import argparse
import json

import torch

from p2l_reference import PRECISIONS, Model, add_device_arguments, now, prepare_device, quiet, set_threads

TIMESTEP = 500


def seconds_of(evaluate, repeat, device):
    times = []
    for _ in range(repeat + 1):
        start = now(device)
        evaluate().sum().item()
        times.append(now(device) - start)
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
    add_device_arguments(parser)
    arguments = parser.parse_args()
    quiet()
    set_threads(arguments.threads)
    device = prepare_device(arguments)
    model = Model(arguments.model, torch.float32, device, PRECISIONS[arguments.precision])
    side = arguments.size // model.factor
    z = torch.randn(1, model.unet.config.in_channels, side, side).to(device)
    x = torch.randn(1, 3, arguments.size, arguments.size).to(device)
    C = model.embed("")

    def noise(z_t):
        return model.network(z_t, TIMESTEP, C)

    def seconds(evaluate):
        return seconds_of(evaluate, arguments.repeat, device)

    times = {}
    with torch.no_grad():
        times["unet"] = seconds(lambda: noise(z))
        times["decode"] = seconds(lambda: model.decode(z))
        times["encode"] = seconds(lambda: model.encode(x))
    times["unet_gradient"] = seconds(gradient_by(z, noise))
    times["decode_gradient"] = seconds(gradient_by(z, model.decode))
    print(json.dumps(times))


if __name__ == "__main__":
    main()
