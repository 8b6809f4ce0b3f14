# SPDX-License-Identifier: GPL-3.0-or-later
"""The UNet of ADM (Dhariwal & Nichol 2021) with the names of openai/guided-diffusion, written as functions of a dictionary
of weights: which blocks there are is read off the names. Weights are random and made anew from a seed, so that only
what the network makes of them has to be stored.
"""
from __future__ import annotations

import math

import torch
import torch.nn.functional as F

# The 256-pixel models in miniature, and what their options' other values give.
CONFIGS = {
    "adm-updown": dict(model_channels=32, widths=(32, 64), attends=(False, True), res_blocks=1, updown=True,
                       scale_shift=True, head_channels=32, new_order=False, out=6),
    "adm-conv": dict(model_channels=32, widths=(32, 32, 64), attends=(False, True, False), res_blocks=2, updown=False,
                     scale_shift=False, head_channels=16, new_order=True, out=3),
    "adm-classes": dict(model_channels=32, widths=(32, 64), attends=(False, True), res_blocks=1, updown=True,
                        scale_shift=True, head_channels=32, new_order=False, out=6, classes=5),
}


def shapes(c: dict) -> dict:
    """Name -> shape of every tensor."""
    found, time = {}, 4 * c["model_channels"]

    def layer(name, *weight):
        found[name + ".weight"], found[name + ".bias"] = weight, weight[:1]

    def residual(name, i, o):
        layer(name + ".in_layers.0", i)
        layer(name + ".in_layers.2", o, i, 3, 3)
        layer(name + ".emb_layers.1", 2 * o if c["scale_shift"] else o, time)
        layer(name + ".out_layers.0", o)
        layer(name + ".out_layers.3", o, o, 3, 3)
        if i != o:
            layer(name + ".skip_connection", o, i, 1, 1)

    def attention(name, i):
        layer(name + ".norm", i)
        layer(name + ".qkv", 3 * i, i, 1)
        layer(name + ".proj_out", i, i, 1)

    layer("time_embed.0", time, c["model_channels"])
    layer("time_embed.2", time, time)
    if c.get("classes"):
        found["label_emb.weight"] = (c["classes"], time)
    width = c["widths"][0]
    layer("input_blocks.0.0", width, 3, 3, 3)
    skips, n = [width], 1
    for level, o in enumerate(c["widths"]):
        for _ in range(c["res_blocks"]):
            residual(f"input_blocks.{n}.0", width, o)
            width = o
            if c["attends"][level]:
                attention(f"input_blocks.{n}.1", o)
            skips.append(o)
            n += 1
        if level + 1 < len(c["widths"]):
            if c["updown"]:
                residual(f"input_blocks.{n}.0", o, o)
            else:
                layer(f"input_blocks.{n}.0.op", o, o, 3, 3)
            skips.append(o)
            n += 1
    residual("middle_block.0", width, width)
    attention("middle_block.1", width)
    residual("middle_block.2", width, width)
    n = 0
    for level, o in reversed(list(enumerate(c["widths"]))):
        for i in range(c["res_blocks"] + 1):
            residual(f"output_blocks.{n}.0", width + skips.pop(), o)
            width, last = o, 1
            if c["attends"][level]:
                attention(f"output_blocks.{n}.1", o)
                last = 2
            if level > 0 and i == c["res_blocks"]:
                if c["updown"]:
                    residual(f"output_blocks.{n}.{last}", o, o)
                else:
                    layer(f"output_blocks.{n}.{last}.conv", o, o, 3, 3)
            n += 1
    layer("out.0", width)
    layer("out.2", c["out"], width, 3, 3)
    return found


def weights(c: dict, seed: int) -> dict:
    """Standard normal numbers in the order of the names: matrices and kernels over the root of their fan-in, vectors a
    tenth, and norms' scales around one."""
    generator, made = torch.Generator().manual_seed(seed), {}
    for name, shape in sorted(shapes(c).items()):
        value = torch.randn(shape, generator=generator)
        if len(shape) > 1:
            value = value / math.sqrt(value[0].numel())
        else:
            value = 0.1 * value + (1.0 if name.endswith("weight") else 0.0)
        made[name] = value
    return made


class Network:
    def __init__(self, c: dict, w: dict):
        self.c, self.w = c, w

    def norm(self, name, x):
        return F.group_norm(x, 32, self.w[name + ".weight"], self.w[name + ".bias"], 1e-5)

    def conv(self, name, x, **how):
        return F.conv2d(x, self.w[name + ".weight"], self.w[name + ".bias"], **how)

    def linear(self, name, x):
        return F.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def residual(self, name, x, time, size=lambda t: t):
        h = self.conv(name + ".in_layers.2", size(F.silu(self.norm(name + ".in_layers.0", x))), padding=1)
        emb = self.linear(name + ".emb_layers.1", F.silu(time))[:, :, None, None]
        if self.c["scale_shift"]:
            o = h.shape[1]
            h = self.norm(name + ".out_layers.0", h) * (1 + emb[:, :o]) + emb[:, o:]
        else:
            h = self.norm(name + ".out_layers.0", h + emb)
        h = self.conv(name + ".out_layers.3", F.silu(h), padding=1)
        x = size(x)
        if name + ".skip_connection.weight" in self.w:
            x = self.conv(name + ".skip_connection", x)
        return x + h

    def attention(self, name, x):
        """Head by head, with the softmax written out."""
        batch, channels, height, width = x.shape
        tokens = self.norm(name + ".norm", x).reshape(batch, channels, -1)
        qkv = F.conv1d(tokens, self.w[name + ".qkv.weight"], self.w[name + ".qkv.bias"])
        d, heads = self.c["head_channels"], []
        for i in range(channels // d):
            if self.c["new_order"]:  # rows: all of q, all of k, all of v
                q, k, v = (qkv[:, j * channels + i * d:j * channels + (i + 1) * d] for j in range(3))
            else:                    # rows: q, k, v of the first head, then of the second
                q, k, v = (qkv[:, (3 * i + j) * d:(3 * i + j + 1) * d] for j in range(3))
            weight = torch.softmax(torch.einsum("bct,bcs->bts", q, k) / math.sqrt(d), dim=-1)
            heads.append(torch.einsum("bts,bcs->bct", weight, v))
        h = F.conv1d(torch.cat(heads, 1), self.w[name + ".proj_out.weight"], self.w[name + ".proj_out.bias"])
        return x + h.reshape(batch, channels, height, width)

    def part(self, name, x, time, on_the_way_up: bool):
        """What `name` is, by the tensors that it has."""
        if name + ".qkv.weight" in self.w:
            return self.attention(name, x)
        if name + ".op.weight" in self.w:
            return self.conv(name + ".op", x, stride=2, padding=1)
        if name + ".conv.weight" in self.w:
            return self.conv(name + ".conv", F.interpolate(x, scale_factor=2, mode="nearest"), padding=1)
        if name + ".weight" in self.w:
            return self.conv(name, x, padding=1)
        grows = on_the_way_up and not name.endswith(".0")
        if grows:
            return self.residual(name, x, time, lambda t: F.interpolate(t, scale_factor=2, mode="nearest"))
        return self.residual(name, x, time, (lambda t: F.avg_pool2d(t, 2)) if self.shrinks(name) else (lambda t: t))

    def shrinks(self, name) -> bool:
        """The last input block of a level, where residual blocks change the size."""
        kind, number = name.split(".")[0], int(name.split(".")[1])
        return self.c["updown"] and kind == "input_blocks" and number % (self.c["res_blocks"] + 1) == 0

    def __call__(self, x, timestep: int, label=None):
        """`label`: a class; None: the mean of all, where the network knows classes."""
        half = self.c["model_channels"] // 2
        angle = timestep * torch.exp(-math.log(10000) * torch.arange(half, dtype=x.dtype) / half)
        time = torch.cat([torch.cos(angle), torch.sin(angle)])[None]
        time = self.linear("time_embed.2", F.silu(self.linear("time_embed.0", time)))
        if "label_emb.weight" in self.w:
            rows = self.w["label_emb.weight"]
            time = time + (rows.mean(0) if label is None else rows[label])[None]
        skips = []

        def block(name, h):
            for i in range(3):
                if any(key.startswith(f"{name}.{i}.") for key in self.w):
                    h = self.part(f"{name}.{i}", h, time, name.startswith("output"))
            return h

        def count(kind):
            return 1 + max(int(key.split(".")[1]) for key in self.w if key.startswith(kind))

        for n in range(count("input_blocks")):
            x = block(f"input_blocks.{n}", x)
            skips.append(x)
        x = block("middle_block", x)
        for n in range(count("output_blocks")):
            x = block(f"output_blocks.{n}", torch.cat([x, skips.pop()], 1))
        return self.conv("out.2", F.silu(self.norm("out.0", x)), padding=1)
