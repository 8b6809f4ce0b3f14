#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a Stable Diffusion 1 of the true size with seeded random weights, in diffusers layout, without PyTorch.

  random_model.py FOLDER [--seed 0] [--tokenizer FOLDER]   (few_steps.py adds a TAESD and a LoRA)

4.3 GB of float32. The numbers are no model: they are finite and keep signals at about the size that they have, which is
what measuring memory and time needs. --tokenizer: CLIP's files; that of the tests' small model unless given.
"""
from __future__ import annotations

import argparse
import array
import json
import math
import random
import shutil
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "reference" / "models" / "sd1-mini"
WIDTHS, TIME, CONTEXT = [320, 640, 1280, 1280], 1280, 768
VAE_WIDTHS = [128, 256, 512, 512]
BLOCK = 1 << 18  # distinct numbers per standard deviation


class Shapes(dict):
    """Names and shapes of a network's tensors."""

    def layer(self, name, out, *rest, bias=True):
        self[f"{name}.weight"] = [out, *rest]
        if bias:
            self[f"{name}.bias"] = [out]

    def norm(self, name, channels):
        self.layer(name, channels)

    def conv(self, name, inputs, outputs, kernel=3):
        self.layer(name, outputs, inputs, kernel, kernel)

    def resnet(self, name, inputs, outputs, time=None):
        self.norm(f"{name}.norm1", inputs)
        self.conv(f"{name}.conv1", inputs, outputs)
        if time:
            self.layer(f"{name}.time_emb_proj", outputs, time)
        self.norm(f"{name}.norm2", outputs)
        self.conv(f"{name}.conv2", outputs, outputs)
        if inputs != outputs:
            self.conv(f"{name}.conv_shortcut", inputs, outputs, 1)

    def attention(self, name, width, context, bias):
        self.layer(f"{name}.to_q", width, width, bias=bias)
        self.layer(f"{name}.to_k", width, context, bias=bias)
        self.layer(f"{name}.to_v", width, context, bias=bias)
        self.layer(f"{name}.to_out.0", width, width)

    def transformer(self, name, width):
        self.norm(f"{name}.norm", width)
        self.conv(f"{name}.proj_in", width, width, 1)
        self.conv(f"{name}.proj_out", width, width, 1)
        block = f"{name}.transformer_blocks.0"
        for i in (1, 2, 3):
            self.norm(f"{block}.norm{i}", width)
        self.attention(f"{block}.attn1", width, width, bias=False)
        self.attention(f"{block}.attn2", width, CONTEXT, bias=False)
        self.layer(f"{block}.ff.net.0.proj", 8 * width, width)
        self.layer(f"{block}.ff.net.2", width, 4 * width)


def unet() -> Shapes:
    net = Shapes()
    net.layer("time_embedding.linear_1", TIME, WIDTHS[0])
    net.layer("time_embedding.linear_2", TIME, TIME)
    net.conv("conv_in", 4, WIDTHS[0])
    skips, current = [WIDTHS[0]], WIDTHS[0]
    for i, width in enumerate(WIDTHS):
        for j in range(2):
            net.resnet(f"down_blocks.{i}.resnets.{j}", current, width, TIME)
            current = width
            if i < 3:
                net.transformer(f"down_blocks.{i}.attentions.{j}", width)
            skips.append(width)
        if i < 3:
            net.conv(f"down_blocks.{i}.downsamplers.0.conv", width, width)
            skips.append(width)
    for j in range(2):
        net.resnet(f"mid_block.resnets.{j}", current, current, TIME)
    net.transformer("mid_block.attentions.0", current)
    for i, width in enumerate(reversed(WIDTHS)):
        for j in range(3):
            net.resnet(f"up_blocks.{i}.resnets.{j}", current + skips.pop(), width, TIME)
            current = width
            if i > 0:
                net.transformer(f"up_blocks.{i}.attentions.{j}", width)
        if i < 3:
            net.conv(f"up_blocks.{i}.upsamplers.0.conv", width, width)
    net.norm("conv_norm_out", current)
    net.conv("conv_out", current, 4)
    return net


def vae() -> Shapes:
    net = Shapes()

    def middle(half):
        wide = VAE_WIDTHS[-1]
        for j in range(2):
            net.resnet(f"{half}.mid_block.resnets.{j}", wide, wide)
        net.norm(f"{half}.mid_block.attentions.0.group_norm", wide)
        net.attention(f"{half}.mid_block.attentions.0", wide, wide, bias=True)

    net.conv("encoder.conv_in", 3, VAE_WIDTHS[0])
    current = VAE_WIDTHS[0]
    for i, width in enumerate(VAE_WIDTHS):
        for j in range(2):
            net.resnet(f"encoder.down_blocks.{i}.resnets.{j}", current, width)
            current = width
        if i < 3:
            net.conv(f"encoder.down_blocks.{i}.downsamplers.0.conv", width, width)
    middle("encoder")
    net.norm("encoder.conv_norm_out", current)
    net.conv("encoder.conv_out", current, 8)
    net.conv("quant_conv", 8, 8, 1)
    net.conv("post_quant_conv", 4, 4, 1)
    net.conv("decoder.conv_in", 4, current)
    middle("decoder")
    for i, width in enumerate(reversed(VAE_WIDTHS)):
        for j in range(3):
            net.resnet(f"decoder.up_blocks.{i}.resnets.{j}", current, width)
            current = width
        if i < 3:
            net.conv(f"decoder.up_blocks.{i}.upsamplers.0.conv", width, width)
    net.norm("decoder.conv_norm_out", current)
    net.conv("decoder.conv_out", current, 3)
    return net


def text_encoder() -> Shapes:
    net, width = Shapes(), CONTEXT
    net["text_model.embeddings.token_embedding.weight"] = [49408, width]
    net["text_model.embeddings.position_embedding.weight"] = [77, width]
    for i in range(12):
        layer = f"text_model.encoder.layers.{i}"
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            net.layer(f"{layer}.self_attn.{name}", width, width)
        net.norm(f"{layer}.layer_norm1", width)
        net.norm(f"{layer}.layer_norm2", width)
        net.layer(f"{layer}.mlp.fc1", 4 * width, width)
        net.layer(f"{layer}.mlp.fc2", width, 4 * width)
    net.norm("text_model.final_layer_norm", width)
    return net


def taesd() -> Shapes:
    """AutoencoderTiny with diffusers' defaults, which are TAESD's sizes."""
    net, wide = Shapes(), 64

    def block(name):
        for i in (0, 2, 4):
            net.conv(f"{name}.conv.{i}", wide, wide)

    net.conv("encoder.layers.0", 3, wide)
    at = 1
    for stage, count in enumerate((1, 3, 3, 3)):
        if stage > 0:
            net.layer(f"encoder.layers.{at}", wide, wide, 3, 3, bias=False)
            at += 1
        for _ in range(count):
            block(f"encoder.layers.{at}")
            at += 1
    net.conv(f"encoder.layers.{at}", wide, 4)
    net.conv("decoder.layers.0", 4, wide)
    at = 2
    for stage, count in enumerate((3, 3, 3, 1)):
        for _ in range(count):
            block(f"decoder.layers.{at}")
            at += 1
        if stage < 3:
            net.layer(f"decoder.layers.{at + 1}", wide, wide, 3, 3, bias=False)
            at += 2
    net.conv(f"decoder.layers.{at}", wide, 3)
    return net


def lora(rank: int = 64) -> Shapes:
    """As LCM-LoRA has it: every matrix and convolution of the UNet's blocks, in kohya's names."""
    net = Shapes()
    for name, (out, *rest) in unet().items():
        layer, kind = name.rsplit(".", 1)
        if kind != "weight" or not rest or not layer.split(".")[0].endswith(("blocks", "block")):
            continue
        key = "lora_unet_" + layer.replace(".", "_")
        net[f"{key}.lora_down.weight"] = [rank, *rest]
        net[f"{key}.lora_up.weight"] = [out, rank, *(1 for _ in rest[1:])]
    return net


class Numbers:
    """Normal numbers of a mean and a deviation, a block of them repeated from another place each time."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.normal = [self.random.gauss(0.0, 1.0) for _ in range(BLOCK)]
        self.blocks = {}

    def write(self, out, shape, name):
        count = math.prod(shape)
        one_sided = len(shape) == 1
        mean = 1.0 if one_sided and name.endswith("weight") else 0.0
        deviation = 0.02 if one_sided or "embedding" in name else 0.7 / math.sqrt(math.prod(shape[1:]))
        key = mean, round(deviation, 6)
        if key not in self.blocks:
            self.blocks[key] = array.array("f", [mean + deviation * n for n in self.normal]).tobytes()
        block = self.blocks[key]
        start = 4 * self.random.randrange(BLOCK)
        block = block[start:] + block[:start]
        for begin in range(0, 4 * count, len(block)):
            out.write(block[: min(len(block), 4 * count - begin)])


def write_part(path: Path, shapes: Shapes, numbers: Numbers):
    header, offset = {}, 0
    for name, shape in shapes.items():
        size = 4 * math.prod(shape)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for name, shape in shapes.items():
            numbers.write(out, shape, name)


CONFIGS = {
    "unet": {"block_out_channels": WIDTHS, "norm_num_groups": 32, "attention_head_dim": 8,
             "cross_attention_dim": CONTEXT, "layers_per_block": 2, "sample_size": 64,
             "down_block_types": ["CrossAttnDownBlock2D"] * 3 + ["DownBlock2D"],
             "up_block_types": ["UpBlock2D"] + ["CrossAttnUpBlock2D"] * 3},
    "vae": {"block_out_channels": VAE_WIDTHS, "norm_num_groups": 32, "layers_per_block": 2, "sample_size": 512,
            "down_block_types": ["DownEncoderBlock2D"] * 4, "up_block_types": ["UpDecoderBlock2D"] * 4},
    "text_encoder": {"hidden_size": CONTEXT, "intermediate_size": 4 * CONTEXT, "num_hidden_layers": 12,
                     "num_attention_heads": 12, "max_position_embeddings": 77, "vocab_size": 49408},
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tokenizer", type=Path, default=ROOT / "tokenizer")
    args = parser.parse_args()
    numbers = Numbers(args.seed)
    for part, shapes in (("unet", unet()), ("vae", vae()), ("text_encoder", text_encoder())):
        folder = args.folder / part
        folder.mkdir(parents=True, exist_ok=True)
        config = json.loads((ROOT / part / "config.json").read_text()) | CONFIGS[part]
        (folder / "config.json").write_text(json.dumps(config, indent=2))
        stem = "model" if part == "text_encoder" else "diffusion_pytorch_model"
        write_part(folder / f"{stem}.safetensors", shapes, numbers)
    for name in ("scheduler", "tokenizer"):
        source = args.tokenizer if name == "tokenizer" else ROOT / name
        (args.folder / name).mkdir(exist_ok=True)
        for file in source.iterdir():
            shutil.copyfile(file, args.folder / name / file.name)
    shutil.copyfile(ROOT / "model_index.json", args.folder / "model_index.json")


if __name__ == "__main__":
    main()
