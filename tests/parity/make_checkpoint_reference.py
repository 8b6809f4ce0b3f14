#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what tests/core/weights/checkpoint_test.cpp and the TAESD tests compare with.

  make_checkpoint_reference.py

`checkpoint_keys.json`: for Stable Diffusion 1.x and 2.x at their true size, every key of diffusers' and transformers'
networks with the key that the original checkpoint has for it; and for a miniature of each the shapes and configs too, so
that the test can write the same random weights in both layouts. The original keys are made here by hand and proven by
diffusers' own converters: they must turn the checkpoint back into exactly the networks' state dicts.
`taesd-mini`: an AutoencoderTiny as diffusers saves it, the same weights in the two files of the original layout, and what
diffusers computes with it.
"""
from __future__ import annotations

import json
import re
import shutil

import torch
from safetensors.torch import save_file

import make_reference as reference
import p2l_reference as p2l

UNET, VAE = "model.diffusion_model.", "first_stage_model."
HEAD = 64  # width of a head in the text encoders and in Stable Diffusion 2's UNet


# --- the networks ----------------------------------------------------------------------------------------------------

def networks(version: int, mini: bool) -> dict:
    """On the meta device: keys, shapes and configs, no numbers."""
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    widths = ((32, 32) if version == 1 else (64, 64)) if mini else (320, 640, 1280, 1280)
    text_width = 64 if mini else (768 if version == 1 else 1024)
    with_attention = len(widths) - 1
    unet = dict(sample_size=64 if version == 1 else 96, block_out_channels=widths, layers_per_block=1 if mini else 2,
                down_block_types=("CrossAttnDownBlock2D",) * with_attention + ("DownBlock2D",),
                up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * with_attention, cross_attention_dim=text_width,
                attention_head_dim=8 if version == 1 else [width // HEAD for width in widths],
                use_linear_projection=version == 2)
    vae_widths = (32, 32) if mini else (128, 256, 512, 512)
    vae = dict(block_out_channels=vae_widths, layers_per_block=1 if mini else 2, latent_channels=4,
               down_block_types=("DownEncoderBlock2D",) * len(vae_widths),
               up_block_types=("UpDecoderBlock2D",) * len(vae_widths), scaling_factor=0.18215)
    text = dict(vocab_size=672 if mini else 49408, hidden_size=text_width, intermediate_size=4 * text_width,
                num_hidden_layers=(2 if mini else 12) if version == 1 else (2 if mini else 23),
                num_attention_heads=text_width // HEAD, max_position_embeddings=77,
                hidden_act="quick_gelu" if version == 1 else "gelu")
    with torch.device("meta"):
        return {"text_encoder": CLIPTextModel(CLIPTextConfig(**text)), "unet": UNet2DConditionModel(**unet),
                "vae": AutoencoderKL(**vae)}


def config_of(network) -> dict:
    config = network.config.to_dict() if hasattr(network.config, "to_dict") else dict(network.config)
    return json.loads(json.dumps({"_class_name": type(network).__name__, **config}))


def state_of(network) -> dict:
    return {key: t for key, t in network.state_dict().items() if not key.endswith("position_ids")}


# --- the original names ----------------------------------------------------------------------------------------------

UNET_PLAIN = {"time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2",
              "conv_in": "input_blocks.0.0", "conv_norm_out": "out.0", "conv_out": "out.2"}
UNET_RESNET = {"norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0",
               "conv2": "out_layers.3", "conv_shortcut": "skip_connection"}


def original_unet(key: str, layers: int, attention_up: set) -> str:
    for name, old in UNET_PLAIN.items():
        if key.startswith(name + "."):
            return UNET + key.replace(name, old, 1)
    found = re.match(r"(down|up)_blocks\.(\d+)\.(resnets|attentions|downsamplers|upsamplers)\.(\d+)\.(.*)", key)
    if not found:
        kind, index, rest = re.match(r"mid_block\.(resnets|attentions)\.(\d+)\.(.*)", key).groups()
        place = 1 if kind == "attentions" else 2 * int(index)
        return f"{UNET}middle_block.{place}.{inside(rest, kind)}"
    way, block, kind, index, rest = found.groups()
    block, index, size = int(block), int(index), layers + 1
    if way == "down":
        if kind == "downsamplers":
            return f"{UNET}input_blocks.{1 + block * size + layers}.0.op.{rest.removeprefix('conv.')}"
        return f"{UNET}input_blocks.{1 + block * size + index}.{int(kind == 'attentions')}.{inside(rest, kind)}"
    if kind == "upsamplers":
        return f"{UNET}output_blocks.{block * size + layers}.{2 if block in attention_up else 1}.{rest}"
    return f"{UNET}output_blocks.{block * size + index}.{int(kind == 'attentions')}.{inside(rest, kind)}"


def inside(rest: str, kind: str) -> str:
    if kind != "resnets":
        return rest
    name, _, leaf = rest.partition(".")
    return f"{UNET_RESNET[name]}.{leaf}"


def original_vae(key: str, levels: int) -> str:
    key = re.sub(r"down_blocks\.(\d+)\.resnets\.(\d+)", r"down.\1.block.\2", key)
    key = re.sub(r"down_blocks\.(\d+)\.downsamplers\.0", r"down.\1.downsample", key)
    key = re.sub(r"up_blocks\.(\d+)\.resnets\.(\d+)", lambda m: f"up.{levels - 1 - int(m[1])}.block.{m[2]}", key)
    key = re.sub(r"up_blocks\.(\d+)\.upsamplers\.0", lambda m: f"up.{levels - 1 - int(m[1])}.upsample", key)
    key = re.sub(r"mid_block\.resnets\.(\d)", lambda m: f"mid.block_{int(m[1]) + 1}", key)
    key = key.replace("mid_block.attentions.0", "mid.attn_1").replace("group_norm", "norm").replace("to_out.0", "proj_out")
    key = re.sub(r"attn_1\.to_([qkv])", r"attn_1.\1", key)
    return VAE + key.replace("conv_norm_out", "norm_out").replace("conv_shortcut", "nin_shortcut")


def original_text(key: str, version: int) -> tuple[str, str]:
    """The key and the part of it: same, or q, k, v of a fused projection."""
    key = key.removeprefix("text_model.")
    if version == 1:
        return "cond_stage_model.transformer.text_model." + key, "same"
    start = "cond_stage_model.model."
    plain = {"embeddings.token_embedding.weight": "token_embedding.weight",
             "embeddings.position_embedding.weight": "positional_embedding",
             "final_layer_norm.weight": "ln_final.weight", "final_layer_norm.bias": "ln_final.bias"}
    if key in plain:
        return start + plain[key], "same"
    layer, rest = re.match(r"encoder\.layers\.(\d+)\.(.*)", key).groups()
    start += f"transformer.resblocks.{layer}."
    if found := re.match(r"self_attn\.([qkv])_proj\.(weight|bias)", rest):
        return f"{start}attn.in_proj_{found[2]}", found[1]
    for name, old in {"layer_norm1": "ln_1", "layer_norm2": "ln_2", "self_attn.out_proj": "attn.out_proj",
                      "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj"}.items():
        rest = rest.replace(name, old)
    return start + rest, "same"


def rows_of(parts: dict, version: int) -> list:
    """[part, diffusers' key, shape, original key, form]."""
    unet, vae = parts["unet"], parts["vae"]
    layers, levels = unet.config.layers_per_block, len(vae.config.block_out_channels)
    attention_up = {i for i, name in enumerate(unet.config.up_block_types) if name.startswith("CrossAttn")}
    rows = []
    for key, t in state_of(parts["text_encoder"]).items():
        rows.append(["text_encoder", key, list(t.shape), *original_text(key, version)])
    for key, t in state_of(unet).items():
        rows.append(["unet", key, list(t.shape), original_unet(key, layers, attention_up), "same"])
    for key, t in state_of(vae).items():
        matrix = ".attentions.0.to_" in key and key.endswith("weight")
        rows.append(["vae", key, list(t.shape), original_vae(key, levels), "conv" if matrix else "same"])
    return rows


# --- proof by diffusers' converters ----------------------------------------------------------------------------------

def prove(parts: dict, rows: list, version: int):
    """A checkpoint of the original keys, each tensor filled with its own number, converted by diffusers."""
    from diffusers.loaders import single_file_utils as single

    checkpoint, expected, thirds = {}, {name: {} for name in parts}, {}
    for number, (part, key, shape, old, form) in enumerate(rows, start=1):
        value = torch.tensor(float(number)).expand(shape)
        expected[part][key] = value
        if form in "qkv":
            thirds.setdefault(old, {})[form] = value
        else:
            checkpoint[old] = value[..., None, None] if form == "conv" else value
    for old, three in thirds.items():
        checkpoint[old] = torch.cat([three["q"], three["k"], three["v"]])
    converted = {"unet": single.convert_ldm_unet_checkpoint(checkpoint, dict(parts["unet"].config)),
                 "vae": single.convert_ldm_vae_checkpoint(checkpoint, dict(parts["vae"].config))}
    if version == 1:
        converted["text_encoder"] = single.convert_ldm_clip_checkpoint(checkpoint)
    else:
        converted["text_encoder"] = single.convert_open_clip_checkpoint(parts["text_encoder"], checkpoint)
    plain = {name: {key.removeprefix("text_model."): t for key, t in state.items()} for name, state in converted.items()}
    for name, state in expected.items():
        want = {key.removeprefix("text_model."): t for key, t in state.items()}
        assert want.keys() == plain[name].keys(), sorted(want.keys() ^ plain[name].keys())[:6]
        for key, t in want.items():
            assert plain[name][key].shape == t.shape and bool((plain[name][key] == t).all()), (name, key)
    print(f"SD {version}: {len(rows)} keys, as diffusers converts them")


def leftovers(parts: dict, version: int) -> list:
    """[original key, shape] of what a published checkpoint holds beside the networks."""
    keys = [["betas", [1000]], ["alphas_cumprod", [1000]], ["alphas_cumprod_prev", [1000]],
            ["sqrt_alphas_cumprod", [1000]], ["sqrt_one_minus_alphas_cumprod", [1000]],
            ["log_one_minus_alphas_cumprod", [1000]], ["sqrt_recip_alphas_cumprod", [1000]],
            ["sqrt_recipm1_alphas_cumprod", [1000]], ["posterior_variance", [1000]],
            ["posterior_log_variance_clipped", [1000]], ["posterior_mean_coef1", [1000]],
            ["posterior_mean_coef2", [1000]], ["logvar", [1000]], ["model_ema.decay", []],
            ["model_ema.diffusion_modelinput_blocks00weight", [4]]]
    if version == 1:
        return keys + [["cond_stage_model.transformer.text_model.embeddings.position_ids", [1, 77]]]
    width, last = parts["text_encoder"].config.hidden_size, parts["text_encoder"].config.num_hidden_layers
    start = f"cond_stage_model.model.transformer.resblocks.{last}."
    layer = {"ln_1.weight": [width], "ln_1.bias": [width], "ln_2.weight": [width], "ln_2.bias": [width],
             "attn.in_proj_weight": [3 * width, width], "attn.in_proj_bias": [3 * width],
             "attn.out_proj.weight": [width, width], "attn.out_proj.bias": [width],
             "mlp.c_fc.weight": [4 * width, width], "mlp.c_fc.bias": [4 * width],
             "mlp.c_proj.weight": [width, 4 * width], "mlp.c_proj.bias": [width]}
    return keys + [[start + key, shape] for key, shape in layer.items()] + [
        ["cond_stage_model.model.text_projection", [width, width]], ["cond_stage_model.model.logit_scale", []]]


def make_keys():
    out = {}
    for version in (1, 2):
        full, mini = networks(version, mini=False), networks(version, mini=True)
        full_rows, mini_rows = rows_of(full, version), rows_of(mini, version)
        prove(full, full_rows, version)
        prove(mini, mini_rows, version)
        # The two versions' UNets and autoencoders have the same keys: the first one's stand for both.
        keys = [[part, key, old, form] for part, key, _, old, form in full_rows if version == 1 or part == "text_encoder"]
        out[f"sd{version}"] = {"keys": keys, "layers": full["text_encoder"].config.num_hidden_layers,
                               "mini": {"configs": {name: config_of(network) for name, network in mini.items()},
                                        "tensors": mini_rows, "leftovers": leftovers(mini, version)}}
        if version == 2:
            assert [row[:1] + row[3:] for row in full_rows if row[0] != "text_encoder"] == [
                row[:1] + row[3:] for row in first if row[0] != "text_encoder"]
        first = full_rows
    lines = json.dumps(out, separators=(",", ":")).replace("],[", "],\n[")
    path = reference.REFERENCE / "checkpoint_keys.json"
    path.write_text(lines + "\n")
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


# --- TAESD -----------------------------------------------------------------------------------------------------------

class Block(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        conv = lambda: torch.nn.Conv2d(width, width, 3, padding=1)  # noqa: E731
        self.conv = torch.nn.Sequential(conv(), torch.nn.ReLU(), conv(), torch.nn.ReLU(), conv())

    def forward(self, x):
        return torch.relu(self.conv(x) + x)


class Clamp(torch.nn.Module):
    def forward(self, x):
        return torch.tanh(x / 3) * 3


def original_taesd(width: int, latent: int, encoder_blocks, decoder_blocks):
    """The two networks as madebyollin/taesd lists their layers."""
    nn = torch.nn
    encoder = [nn.Conv2d(3, width, 3, padding=1)]
    for stage, count in enumerate(encoder_blocks):
        if stage:
            encoder.append(nn.Conv2d(width, width, 3, padding=1, stride=2, bias=False))
        encoder += [Block(width) for _ in range(count)]
    encoder.append(nn.Conv2d(width, latent, 3, padding=1))
    decoder = [Clamp(), nn.Conv2d(latent, width, 3, padding=1), nn.ReLU()]
    for stage, count in enumerate(decoder_blocks):
        decoder += [Block(width) for _ in range(count)]
        if stage + 1 < len(decoder_blocks):
            decoder += [nn.Upsample(scale_factor=2), nn.Conv2d(width, width, 3, padding=1, bias=False)]
    decoder.append(nn.Conv2d(width, 3, 3, padding=1))
    return nn.Sequential(*encoder), nn.Sequential(*decoder)


def make_taesd():
    from diffusers import AutoencoderTiny
    width, encoder_blocks, decoder_blocks = 8, (1, 2, 1, 1), (1, 2, 1, 1)
    tiny = AutoencoderTiny(encoder_block_out_channels=(width,) * 4, decoder_block_out_channels=(width,) * 4,
                           num_encoder_blocks=encoder_blocks, num_decoder_blocks=decoder_blocks).eval()
    reference.randomise(tiny, torch.Generator().manual_seed(31))
    folder = reference.REFERENCE / "models" / "taesd-mini"
    shutil.rmtree(folder, ignore_errors=True)
    tiny.save_pretrained(folder, safe_serialization=True)
    encoder, decoder = original_taesd(width, 4, encoder_blocks, decoder_blocks)
    # The same order of layers: the weights go over one by one.
    for original, ours in ((encoder, tiny.encoder), (decoder, tiny.decoder)):
        original.load_state_dict(dict(zip(original.state_dict(), ours.state_dict().values(), strict=True)))
    out = {"x": reference.photo(32, 48), "z": reference.seeded(32, 1, 4, 4, 6)}
    with torch.no_grad():
        out["encoded"] = tiny.encode(out["x"]).latents
        out["decoded"] = tiny.decode(out["z"]).sample
        # The original sees and gives pictures in [0, 1].
        assert torch.allclose(encoder((out["x"] + 1) / 2), out["encoded"], atol=1e-6)
        assert torch.allclose(decoder(out["z"]) * 2 - 1, out["decoded"], atol=1e-6)
    z = out["z"].clone().requires_grad_(True)
    out["grad.w"] = reference.seeded(33, *out["decoded"].shape)
    out["grad.z"] = torch.autograd.grad((tiny.decode(z).sample * out["grad.w"]).sum(), z)[0]
    for name, network in (("encoder", encoder), ("decoder", decoder)):
        save_file({key: t.contiguous() for key, t in network.state_dict().items()}, folder / f"taesd_{name}.safetensors")
    reference.save("networks_taesd-mini.safetensors", out)


if __name__ == "__main__":
    p2l.quiet()
    make_keys()
    make_taesd()
