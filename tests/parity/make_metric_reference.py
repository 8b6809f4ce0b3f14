#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/reference/metric_networks.json and metric_inception.safetensors: MS-SSIM, LPIPS, FID's features and the
Frechet distance by the packages that people compare with, on random weights that the test draws again from the same seed.

    pip install torch torchvision lpips pytorch-fid pytorch-msssim safetensors pillow
    make_metric_reference.py
"""

import json
from pathlib import Path
from unittest import mock

import lpips
import numpy as np
import pytorch_fid.fid_score
import pytorch_fid.inception
import torch
from PIL import Image
from pytorch_msssim import ms_ssim
from safetensors.torch import save_file

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
PAIRS = [("metrics_a_truth.png", "metrics_a_restored.png"), ("metrics_b_truth.png", "metrics_b_restored.png")]


def picture(name):
    """[1, 3, H, W] in [0, 1]."""
    return torch.from_numpy(np.array(Image.open(REFERENCE / name).convert("RGB"))).permute(2, 0, 1)[None].float() / 255


def recipe(state):
    """How each tensor is drawn, in this order: offset + scale * randn, its magnitude where it must not be negative."""
    rows = []
    for key, value in state.items():
        if key.endswith("num_batches_tracked") or key.startswith(("fc.", "AuxLogits.", "lins.", "scaling_layer.")):
            continue
        offset, scale, magnitude = 0.0, 0.05, False
        if key.endswith("running_var"):
            offset, scale, magnitude = 1.0, 0.2, True
        elif ".bn.weight" in key:
            offset, scale = 1.0, 0.1
        elif key.startswith("lin"):
            scale, magnitude = 0.1, True
        elif value.dim() == 4:
            scale = (2.0 / (value.shape[1] * value.shape[2] * value.shape[3])) ** 0.5
        rows.append({"key": key, "shape": list(value.shape), "offset": offset, "scale": scale, "magnitude": magnitude})
    return rows


def draw(rows, seed):
    generator = torch.Generator().manual_seed(seed)
    state = {}
    for row in rows:
        value = row["offset"] + row["scale"] * torch.randn(row["shape"], generator=generator)
        state[row["key"]] = value.abs() if row["magnitude"] else value
    return state


def with_weights(network, seed):
    rows = recipe(network.state_dict())
    missing, unexpected = network.load_state_dict(draw(rows, seed), strict=False)
    assert not unexpected and not [key for key in missing if key.startswith("net.")], (missing, unexpected)
    return rows


def lpips_reference(net, seed):
    network = lpips.LPIPS(net=net, pretrained=False, pnet_rand=True, verbose=False)
    rows = with_weights(network, seed)
    with torch.no_grad():
        values = [network(picture(a) * 2 - 1, picture(b) * 2 - 1).item() for a, b in PAIRS]
    return {"seed": seed, "weights": rows, "pairs": PAIRS, "values": values}


def inception_reference(seed):
    # The published weights are not fetched; what would take them is the network that InceptionV3 cuts into blocks.
    takers = []
    with mock.patch("pytorch_fid.inception.load_state_dict_from_url", lambda *_, **__: {}), \
         mock.patch.object(torch.nn.Module, "load_state_dict", lambda self, _: takers.append(self)):
        network = pytorch_fid.inception.InceptionV3([3])
    inception = takers[0]
    rows = with_weights(inception, seed)
    network.eval()
    with torch.no_grad():
        features = torch.cat([network(picture(name))[0].flatten(1) for pair in PAIRS for name in pair])
    save_file({"features": features}, REFERENCE / "metric_inception.safetensors")
    return {"seed": seed, "weights": rows, "pictures": [name for pair in PAIRS for name in pair]}


def wave(height, width, second):
    """As formulaPicture in tests/core/metrics/metrics_test.cpp, in [0, 1]."""
    c, i, j = np.meshgrid(np.arange(3), np.arange(height), np.arange(width), indexing="ij")
    waves = 0.5 + 0.4 * np.sin(0.3 * i + 0.2 * j * (c + 1))
    dither = ((i * 31 + j * 17 + c * 5) % 101) / 100.0 if second else ((i * 7919 + j * 104729 + c * 1299709) % 1009) / 1008.0
    return torch.from_numpy(0.7 * waves + 0.3 * dither)[None]


def ms_ssim_reference():
    rows = []
    for height, width in ((161, 163), (176, 240)):
        a, b = wave(height, width, False), wave(height, width, True)
        rows.append({"height": height, "width": width, "value": ms_ssim(a, b, data_range=1.0).item(),
                     "half": ms_ssim(a, 0.5 * a + 0.5 * b, data_range=1.0).item()})
    return rows


def frechet_reference(seed):
    generator = torch.Generator().manual_seed(seed)
    rows = []
    for n, m, d in ((40, 60, 16), (300, 25, 20)):
        a = torch.randn(n, d, generator=generator, dtype=torch.float64)
        b = 0.5 + 1.5 * torch.randn(m, d, generator=generator, dtype=torch.float64)
        moments = [x.numpy() for x in (a.mean(0), torch.cov(a.T), b.mean(0), torch.cov(b.T))]
        rows.append({"n": n, "m": m, "d": d, "value": float(pytorch_fid.fid_score.calculate_frechet_distance(*moments))})
    return {"seed": seed, "cases": rows}


def main():
    reference = {"ms_ssim": ms_ssim_reference(), "lpips_alex": lpips_reference("alex", 1), "lpips_vgg": lpips_reference("vgg", 2),
                 "inception": inception_reference(3), "frechet": frechet_reference(4)}
    (REFERENCE / "metric_networks.json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
