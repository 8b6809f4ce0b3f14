#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/reference: what PyTorch, diffusers and transformers compute, small enough to be stored.

  make_reference.py [--only models pixel_models pixel_networks adm tokenizer networks vision solvers operators metrics] [--runs NAME ...] [--threads 2]

`models` and `pixel_models` write the random model folders anew; the other parts read them as they are stored. Tensors are float32
(token ids and timesteps too), so that a reader needs one type. tests/reference/README.md lists every file.
"""
from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

import adm_reference as adm
import p2l_reference as p2l
import pixel_reference as pixel
from tokenizer_prompts import ADDED_WORDS, PROMPTS

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "tests" / "reference"
EMBEDDED = ROOT / "resources" / "models" / "p2l-tiny"
PIXEL_MODELS = {name: REFERENCE / "models" / name for name in ("ddpm-mini", "unet2d-mini")}
MODELS = {"p2l-tiny": EMBEDDED, "sd1-mini": REFERENCE / "models" / "sd1-mini",
          "sd2-mini": REFERENCE / "models" / "sd2-mini"}


def save(name: str, tensors: dict):
    path = REFERENCE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({key: t.detach().float().contiguous() for key, t in tensors.items()}, path)
    print(f"{name}: {path.stat().st_size / 1000:.0f} kB")


def seeded(seed: int, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


# --- random models ---------------------------------------------------------------------------------------------------

# Stable Diffusion v1 in miniature: four heads in every block, quick_gelu, epsilon, no attention in the lowest block.
SD1 = dict(
    unet=dict(sample_size=16, block_out_channels=(16, 24), layers_per_block=2, attention_head_dim=4, norm_num_groups=8,
              down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
              cross_attention_dim=32),
    vae=dict(block_out_channels=(8, 16, 16), layers_per_block=1, norm_num_groups=4, scaling_factor=0.18215,
             down_block_types=("DownEncoderBlock2D",) * 3, up_block_types=("UpDecoderBlock2D",) * 3),
    text=dict(hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, hidden_act="quick_gelu",
              max_position_embeddings=77, projection_dim=32),
    scheduler=dict(prediction_type="epsilon"),
    types=dict(unet=torch.float16, vae=torch.float16, text_encoder=torch.float32),
    tokenizer=dict(length=77, pad="<|endoftext|>"))
# Stable Diffusion v2 in miniature: linear projections, a count of heads per block, gelu, v prediction, other widths.
SD2 = dict(
    unet=dict(sample_size=16, block_out_channels=(8, 16, 24), layers_per_block=1, attention_head_dim=[1, 2, 4],
              norm_num_groups=8, use_linear_projection=True, cross_attention_dim=24,
              down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
              up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D")),
    vae=dict(block_out_channels=(8, 8, 16, 16), layers_per_block=1, norm_num_groups=8, scaling_factor=0.18215,
             down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4),
    text=dict(hidden_size=24, intermediate_size=96, num_hidden_layers=3, num_attention_heads=3, hidden_act="gelu",
              max_position_embeddings=24, projection_dim=24),
    scheduler=dict(prediction_type="v_prediction"),
    types=dict(unet=torch.bfloat16, vae=torch.float16, text_encoder=torch.float16),
    tokenizer=dict(length=24, pad="!"))


# DDPM's UNet in miniature, with what the original has and diffusers' default has not: one head, padding at the right and
# below, sines first. It predicts v, so that random weights give an estimate of the size of a picture, which is clipped.
DDPM = dict(unet=dict(sample_size=16, block_out_channels=(8, 16), layers_per_block=1, attention_head_dim=None,
                      norm_num_groups=4, norm_eps=1e-6, downsample_padding=0, flip_sin_to_cos=False, freq_shift=1,
                      down_block_types=("DownBlock2D", "AttnDownBlock2D"), up_block_types=("AttnUpBlock2D", "UpBlock2D")),
            scheduler=dict(prediction_type="v_prediction", clip_sample=True))
# diffusers' defaults: heads of eight channels, symmetric padding, cosines first; three blocks and a learned variance.
UNET2D = dict(unet=dict(sample_size=32, block_out_channels=(8, 16, 24), layers_per_block=2, attention_head_dim=8,
                        norm_num_groups=8, out_channels=6, down_block_types=("DownBlock2D", "AttnDownBlock2D", "DownBlock2D"),
                        up_block_types=("UpBlock2D", "AttnUpBlock2D", "UpBlock2D")),
              scheduler=dict(prediction_type="epsilon", clip_sample=False))


def make_pixel_model(folder: Path, spec: dict, seed: int):
    from diffusers import DDIMScheduler, UNet2DModel

    shutil.rmtree(folder, ignore_errors=True)
    unet = UNet2DModel(**spec["unet"])
    randomise(unet, torch.Generator().manual_seed(seed))
    unet.to(torch.float16).save_pretrained(folder / "unet", safe_serialization=True)
    DDIMScheduler(beta_start=1e-4, beta_end=0.02, **spec["scheduler"]).save_pretrained(folder / "scheduler")
    parts = {"scheduler": ["diffusers", "DDIMScheduler"], "unet": ["diffusers", "UNet2DModel"]}
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "DDIMPipeline", **parts}, indent=2) + "\n")
    print(folder.name, {f.name: f.stat().st_size for f in sorted(folder.rglob("*.safetensors"))})


def make_pixel_models():
    for seed, (folder, spec) in enumerate(zip(PIXEL_MODELS.values(), (DDPM, UNET2D)), start=71):
        make_pixel_model(folder, spec, seed)


def make_pixel_networks():
    """The UNet's raw output with a timestep for each sample, and its gradient by the picture."""
    for name, folder in PIXEL_MODELS.items():
        model = pixel.PixelModel(folder)
        x = seeded(72, 3, 3, 16, 24)
        timesteps = torch.tensor(TIMESTEPS)
        leaf = x.clone().requires_grad_(True)
        out = model.unet(leaf, timesteps).sample
        w = seeded(73, *out.shape)
        save(f"networks_{name}.safetensors", {"x": x, "timesteps": timesteps, "out": out, "w": w,
                                              "grad": torch.autograd.grad((out * w).sum(), leaf)[0]})


def make_adm():
    """guided-diffusion's UNet on weights that the reader makes anew from the seed."""
    for seed, (name, config) in enumerate(adm.CONFIGS.items(), start=81):
        network = adm.Network(config, adm.weights(config, seed))
        x = seeded(82, 1, 3, 16, 24).requires_grad_(True)
        label = 3 if config.get("classes") else None
        outs = [network(x, t, label) for t in TIMESTEPS]
        w = seeded(83, *outs[1].shape)
        more = {} if label is None else {"out_without_class": network(x, TIMESTEPS[1])}
        save(f"networks_{name}.safetensors", {**more, "x": x, "timesteps": torch.tensor(TIMESTEPS), "out": torch.cat(outs), "w": w,
                                              "grad": torch.autograd.grad((outs[1] * w).sum(), x)[0]})


def randomise(network: torch.nn.Module, generator: torch.Generator):
    """Every parameter counts: no zero bias, no unit scale, and attention that is not flat."""
    for name, parameter in network.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if parameter.dim() == 1:
            norm_scale = name.endswith("weight")
            parameter.data = (1.0 if norm_scale else 0.0) + 0.1 * noise
        elif "embedding.weight" in name:
            parameter.data = 0.5 * noise
        else:
            gain = 1.5 if any(part in name for part in ("to_q", "to_k", "q_proj", "k_proj")) else 1.0
            parameter.data = gain * noise / math.sqrt(parameter[0].numel())


def make_model(folder: Path, spec: dict, seed: int):
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    generator = torch.Generator().manual_seed(seed)
    vocabulary = json.loads((EMBEDDED / "tokenizer" / "vocab.json").read_text())
    pad = spec["tokenizer"]["pad"]
    text = CLIPTextModel(CLIPTextConfig(vocab_size=len(vocabulary), bos_token_id=vocabulary["<|startoftext|>"],
                                        eos_token_id=vocabulary["<|endoftext|>"], pad_token_id=vocabulary[pad], **spec["text"]))
    networks = {"unet": UNet2DConditionModel(in_channels=4, out_channels=4, **spec["unet"]),
                "vae": AutoencoderKL(latent_channels=4, sample_size=64, **spec["vae"]), "text_encoder": text}
    for name, network in networks.items():
        randomise(network, generator)
        network.to(spec["types"][name]).save_pretrained(folder / name, safe_serialization=True)
    rename_as_published(folder, spec)

    (folder / "scheduler").mkdir()
    scheduler = json.loads((EMBEDDED / "scheduler" / "scheduler_config.json").read_text())
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps({**scheduler, **spec["scheduler"]}, indent=2) + "\n")
    make_tokenizer(folder / "tokenizer", spec["tokenizer"], old_style=spec is SD1)
    parts = {"scheduler": ["diffusers", "DDIMScheduler"], "text_encoder": ["transformers", "CLIPTextModel"],
             "tokenizer": ["transformers", "CLIPTokenizer"], "unet": ["diffusers", "UNet2DConditionModel"],
             "vae": ["diffusers", "AutoencoderKL"]}
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusionPipeline", **parts}, indent=2) + "\n")
    print(folder.name, {f.name: f.stat().st_size for f in sorted(folder.rglob("*.safetensors"))})


def rename_as_published(folder: Path, spec: dict):
    """sd1-mini has the keys of SD v1's published folders: "text_model." before the text encoder's and its I64 buffer
    position_ids, and the old names of the autoencoder's attention. sd2-mini has today's names in all three."""
    if spec is not SD1:
        return
    path = folder / "text_encoder" / "model.safetensors"
    tensors = {key if key.startswith("text_model.") else f"text_model.{key}": t for key, t in load_file(path).items()}
    tensors["text_model.embeddings.position_ids"] = torch.arange(spec["text"]["max_position_embeddings"])[None]
    save_file(tensors, path, metadata={"format": "pt"})
    path = folder / "vae" / "diffusion_pytorch_model.safetensors"
    old = {".to_q.": ".query.", ".to_k.": ".key.", ".to_v.": ".value.", ".to_out.0.": ".proj_attn."}
    tensors = {}
    for key, t in load_file(path).items():
        for new_name, old_name in old.items():
            key = key.replace(new_name, old_name)
        tensors[key] = t
    save_file(tensors, path, metadata={"format": "pt"})


def make_tokenizer(folder: Path, spec: dict, old_style: bool):
    """The embedded vocabulary; SD v1 writes its special tokens as objects, SD v2 as strings and pads with "!"."""
    folder.mkdir()
    for name in ("vocab.json", "merges.txt"):
        (folder / name).write_bytes((EMBEDDED / "tokenizer" / name).read_bytes())
    tokens = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"}
    if old_style:
        tokens = {key: {"content": value, "lstrip": False, "normalized": True, "rstrip": False, "single_word": False}
                  for key, value in tokens.items()}
    special = {**tokens, "pad_token": spec["pad"]}
    config = {**({key: {"__type": "AddedToken", **value} for key, value in tokens.items()} if old_style else tokens),
              "pad_token": spec["pad"], "add_prefix_space": False, "do_lower_case": True, "errors": "replace",
              "model_max_length": spec["length"], "tokenizer_class": "CLIPTokenizer"}
    (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


# CLIP's image encoder in miniature. The first belongs to sd1-mini: its projection is as wide as the text encoder.
IMAGE_ENCODERS = {
    "sd1-mini": (dict(hidden_size=32, intermediate_size=64, projection_dim=32, num_hidden_layers=2, num_attention_heads=4,
                      image_size=24, patch_size=8, hidden_act="quick_gelu"), torch.float16),
    "image-encoder-mini": (dict(hidden_size=24, intermediate_size=48, projection_dim=40, num_hidden_layers=3,
                                num_attention_heads=3, image_size=30, patch_size=14, hidden_act="gelu"), torch.float32)}


def make_image_encoder(name: str, seed: int):
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection
    config, dtype = IMAGE_ENCODERS[name]
    network = CLIPVisionModelWithProjection(CLIPVisionConfig(**config))
    randomise(network, torch.Generator().manual_seed(seed))
    folder = REFERENCE / "models" / name / "image_encoder"
    network.to(dtype).save_pretrained(folder, safe_serialization=True)
    print(folder.parent.name, "image_encoder:", (folder / "model.safetensors").stat().st_size)


def make_models():
    make_model(MODELS["sd1-mini"], SD1, seed=11)
    make_model(MODELS["sd2-mini"], SD2, seed=12)
    for seed, name in enumerate(IMAGE_ENCODERS, start=13):
        make_image_encoder(name, seed)


# --- tokenizer -------------------------------------------------------------------------------------------------------

def make_tokenizer_reference():
    """transformers 5's CLIPTokenizer (one class, on the Rust library `tokenizers`; ftfy and BasicTokenizer play no part):
      1. "<|startoftext|>" and "<|endoftext|>" in the raw prompt, in just that spelling, become their ids at once; what
         follows is done to each piece between them.
      2. Unicode NFC (not NFKC); then every run of \\s (White_Space: also U+0085, U+00A0, U+1680, U+2000-200A, U+2028,
         U+2029, U+202F, U+205F, U+3000; neither U+200B, U+FEFF nor U+001C-001F) becomes one space; then lower case,
         character by character by the full mapping without context (U+0130 -> "i" U+0307, capital sigma -> U+03C3 at the
         end of a word too). No entity is unescaped, no accent stripped, no control character removed, CJK not spaced.
      3. Words are the matches, left to right, of the pattern below; what it does not match (spaces) is dropped:
           <\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+
         so digits stand alone, and a combining mark (\\p{M}) that NFC leaves over ends a word: it is in the last class.
      4. Each word is split again by GPT-2's pattern. It changes one case only: "<|EndOfText|>", which is no special token
         in the raw prompt but matches step 3's pattern once in lower case; it becomes "<|", "endoftext", "|>".
      5. UTF-8 bytes by GPT-2's byte alphabet, "</w>" on the last symbol of the word, merges by rank.
      6. <|startoftext|>, the first L - 2 ids, <|endoftext|>, then pad_token up to L (SD v2 pads with "!", id 0).
    check_reference.py holds these lines as code. sd1-mini declares its tokens as SD v1 does, with "normalized": true, and
    then finds <|STARTOFTEXT|> in any case (step 1 done again after 2): one prompt, left out of its list."""
    from transformers import CLIPTokenizer
    for name, file in (("p2l-tiny", "tokenizer_prompts.json"), ("sd1-mini", "tokenizer_prompts_77.json")):
        tokenizer = CLIPTokenizer.from_pretrained(MODELS[name] / "tokenizer")
        rows = []
        for prompt in PROMPTS:
            if name == "sd1-mini" and (prompt == "<|STARTOFTEXT|>" or len(tokenizer(prompt)["input_ids"]) <= 16):
                continue  # the short ones are in the first list
            ids = tokenizer(prompt, padding="max_length", truncation=True, max_length=tokenizer.model_max_length)["input_ids"]
            rows.append(json.dumps({"prompt": prompt, "ids": ids}, separators=(",", ":")))
        (REFERENCE / file).write_text("[\n" + ",\n".join(rows) + "\n]\n")
        print(f"{file}: {len(rows)} prompts")
    make_one_file_tokenizer()


def make_one_file_tokenizer() -> None:
    """A tokenizer with words of its own as transformers 5 saves it: tokenizer.json in place of vocab.json and merges.txt."""
    from transformers import AddedToken, CLIPTokenizer
    folder = REFERENCE / "models" / "tokenizer-json"
    tokenizer = CLIPTokenizer.from_pretrained(MODELS["sd2-mini"] / "tokenizer")
    tokenizer.add_tokens(["<sks>", AddedToken("dawn", single_word=True, normalized=True),
                          AddedToken("DUSK", single_word=True, normalized=False)])
    tokenizer.save_pretrained(folder)
    rows = []
    for prompt in ADDED_WORDS + PROMPTS[::9]:
        ids = tokenizer(prompt, padding="max_length", truncation=True, max_length=tokenizer.model_max_length)["input_ids"]
        rows.append(json.dumps({"prompt": prompt, "ids": ids}, separators=(",", ":")))
    (REFERENCE / "tokenizer_prompts_json.json").write_text("[\n" + ",\n".join(rows) + "\n]\n")
    print(f"tokenizer_prompts_json.json: {len(rows)} prompts")


# --- networks --------------------------------------------------------------------------------------------------------

TEXTS = ["", "a photo of a dark gray smooth flat scene", "It's 3 caf\u00e9s & a \U0001f415!"]
TIMESTEPS = [1, 481, 981]


def photo(height: int, width: int):
    return p2l.read_photo(ROOT / "resources" / "photos" / "skimage_chelsea.png", height, width)


def image_feature(folder: Path):
    """The feature of a picture in [-1, 1] by the CLIPVisionModelWithProjection in `folder`: the whole picture resized to
    its square, bicubic with antialiasing, then CLIP's mean and deviation."""
    from transformers import CLIPVisionModelWithProjection
    from transformers.image_utils import OPENAI_CLIP_MEAN, OPENAI_CLIP_STD
    network = CLIPVisionModelWithProjection.from_pretrained(folder, dtype=torch.float32).eval().requires_grad_(False)
    size = (network.config.image_size,) * 2
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in (OPENAI_CLIP_MEAN, OPENAI_CLIP_STD))

    def feature(x):
        small = torch.nn.functional.interpolate(x.float(), size=size, mode="bicubic", align_corners=False, antialias=True)
        return network(((small + 1) / 2 - mean) / std).image_embeds.to(x.dtype)
    return feature, network


def make_vision():
    for name in IMAGE_ENCODERS:
        feature, network = image_feature(REFERENCE / "models" / name / "image_encoder")
        pixels, x = seeded(61, 2, 3, *(network.config.image_size,) * 2), photo(40, 56)
        with torch.no_grad():
            save(f"image_encoder_{name}.safetensors",
                 {"pixels": pixels, "embeds": network(pixels).image_embeds, "x": x, "feature": feature(x)})


def ddim_loop(model, z, C, C_null=None, guidance=1.0, steps=50):
    """diffusers' own scheduler, so that the schedule is checked too."""
    from diffusers import DDIMScheduler
    scheduler = DDIMScheduler.from_pretrained(model.folder / "scheduler")
    scheduler.set_timesteps(steps)
    for timestep in scheduler.timesteps:
        output = model.unet(z, timestep, encoder_hidden_states=C).sample
        if C_null is not None:
            null = model.unet(z, timestep, encoder_hidden_states=C_null).sample
            output = null + guidance * (output - null)
        z = scheduler.step(output, timestep, z, eta=0.0).prev_sample
    return z


def make_networks():
    for name, folder in MODELS.items():
        model = p2l.Model(folder)
        channels = model.unet.config.in_channels
        out = {}
        with torch.no_grad():
            out["text.ids"] = torch.tensor([model.token_ids(text) for text in TEXTS])
            C = torch.cat([model.embed(text) for text in TEXTS])
            out["text.embedding"] = C
            out["unet.timesteps"] = torch.tensor(TIMESTEPS)
            for shape in ((16, 16), (16, 24)):
                z = seeded(shape[1], 1, channels, *shape)
                out[f"unet.z_{shape[0]}x{shape[1]}"] = z
                out[f"unet.out_{shape[0]}x{shape[1]}"] = torch.cat(
                    [model.unet(z, torch.tensor([t]), encoder_hidden_states=C[1:2]).sample for t in TIMESTEPS])
            x = photo(32, 48)
            z = model.encode(x)
            out["vae.x"], out["vae.encoded"] = x, z
            out["vae.z"] = seeded(5, *z.shape)
            out["vae.decoded"] = model.decode(out["vae.z"])
            z = seeded(6, 1, channels, 16, 16)
            out["ddim.z_T"] = z
            out["ddim.z_0"] = ddim_loop(model, z, C[1:2])
            out["ddim.z_0_cfg3"] = ddim_loop(model, z, C[1:2], C[0:1], 3.0)
            check_ddim(model, z, C[1:2], out["ddim.z_0"], name)
        z = out["unet.z_16x16"].clone().requires_grad_(True)
        prompt = C[1:2].clone().requires_grad_(True)
        w = seeded(7, 1, channels, 16, 16)
        loss = (model.unet(z, torch.tensor([481]), encoder_hidden_states=prompt).sample * w).sum()
        out["grad.w"] = w
        out["grad.z"], out["grad.C"] = torch.autograd.grad(loss, (z, prompt))
        z = out["vae.z"].clone().requires_grad_(True)
        x = out["vae.x"].clone().requires_grad_(True)
        out["grad.decoder_w"] = seeded(8, *out["vae.decoded"].shape)
        out["grad.decoder_z"] = torch.autograd.grad((model.decode(z) * out["grad.decoder_w"]).sum(), z)[0]
        save(f"networks_{name}.safetensors", out)


def check_ddim(model, z, C, expected, name):
    """The transcription's float64 schedule against diffusers' loop."""
    for step in model.schedule.steps(50):
        eps, z0 = model.predict(z, step, C)
        z = p2l.ddim(z0, eps, step.ab_prev)
    print(f"{name}: DDIM, own schedule against diffusers: {(z - expected).abs().max() / expected.abs().max():.1e}")


# --- operators -------------------------------------------------------------------------------------------------------

def known_mask(height: int, width: int):
    """1 = known. A thick stroke and a box are missing, 15 to 20 %."""
    rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    stroke = (rows * width - columns * height).abs() < 0.05 * height * width
    box = (rows >= height // 2) & (rows < 3 * height // 4) & (columns >= width // 8) & (columns < 3 * width // 8)
    return (~(stroke | box)).float()[None, None]


def drop_mask(height: int, width: int, seed: int = 21):
    """1 = known. 80 % of the pixels are missing."""
    return (torch.rand(1, 1, height, width, generator=torch.Generator().manual_seed(seed)) >= 0.8).float()


def make_operators():
    height, width, lam, cg_steps = 16, 24, 0.1, 5
    kernel = torch.rand(9, 9, generator=torch.Generator().manual_seed(31)) ** 4  # no symmetry
    kernel = kernel / kernel.sum()
    out = {"x": photo(height, width), "kernel": kernel, "mask": known_mask(height, width),
           "gaussian_61_3": p2l.gaussian_kernel(61, 3.0), "gaussian_15_3": p2l.gaussian_kernel(15, 3.0),
           "gaussian_15_1": p2l.gaussian_kernel(15, 1.0)}
    operators = {"sr4": p2l.SuperResolution(height, width, 4), "sr8": p2l.SuperResolution(height, width, 8),
                 "gaussian": p2l.Blur(height, width, out["gaussian_15_3"]), "motion": p2l.Blur(height, width, kernel),
                 "inpaint": p2l.Mask(height, width, out["mask"])}
    for name, A in operators.items():
        y = A(out["x"])
        v = seeded(32, *y.shape)
        x0 = out["x"] + 0.2 * seeded(33, *out["x"].shape)
        out[f"{name}.Ax"], out[f"{name}.v"], out[f"{name}.Atv"] = y, v, A.adjoint(v)
        out["x0"] = x0
        out[f"{name}.proximal"] = A.proximal(y, x0, lam, cg_steps)
    save("operators.safetensors", out)


# --- solvers ---------------------------------------------------------------------------------------------------------

# The learning rates are larger than anyone would use: with 1e-4 an untuned prompt would pass for a tuned one.
RUNS = {
    "sr": dict(solver="p2l", task="sr", height=64, width=64, factor=4, steps=10, prompt="", parameters=dict(
        z_update="gd", rho=1.0, rho_schedule="constant", K=1, gamma=4, **{"lambda": 0.1}, projection="proximal",
        cg_steps=5, lr=1e-2, adam_reset=1)),
    "gaussian_blur": dict(solver="p2l", task="gaussian-blur", height=64, width=64, kernel_size=25, sigma=3.0, steps=10,
                          prompt="a photo of a dim muted orange textured flat scene", parameters=dict(
        z_update="adam", rho=0.05, rho_schedule="constant", K=2, gamma=3, **{"lambda": 1.0}, projection="proximal",
        cg_steps=5, lr=5e-3, adam_reset=1)),
    "inpaint": dict(solver="p2l", task="inpaint", height=64, width=48, steps=10, prompt="", parameters=dict(
        z_update="gd", rho=1.0, rho_schedule="abar", K=0, gamma=4, **{"lambda": 0.1}, projection="gluing",
        cg_steps=5, lr=1e-4, adam_reset=1)),
    "random_drop": dict(solver="p2l", task="random-drop", height=48, width=64, steps=10, prompt="", parameters=dict(
        z_update="gd", rho=1.0, rho_schedule="constant", K=1, gamma=4, **{"lambda": 0.1}, projection="off",
        cg_steps=5, lr=1e-2, adam_reset=0)),
    "ldps_sr": dict(solver="ldps", task="sr", height=48, width=64, factor=4, steps=10, prompt="", parameters=dict(rho=1.0)),
    "range_sr": dict(solver="p2l", task="sr", height=48, width=32, factor=4, steps=10, prompt="", eta=1.0, noise_seed=7,
                     parameters=dict(z_update="gd", rho=1.0, rho_schedule="constant", K=0, gamma=3, projection="range")),
    "ldir_blur": dict(solver="ldir", task="gaussian-blur", height=32, width=48, kernel_size=25, sigma=3.0, steps=10,
                      prompt="", parameters=dict(rho=0.1)),
    "gml_dps_drop": dict(solver="gml_dps", task="random-drop", height=48, width=32, steps=10, prompt="a photo of a flower",
                         parameters=dict(rho=1.0, gamma=0.5)),
    "psld_blur": dict(solver="psld", task="gaussian-blur", height=48, width=32, kernel_size=25, sigma=3.0, steps=10,
                      prompt="", parameters=dict(rho=1.0, gamma=0.5)),
    "psld_inpaint": dict(solver="psld", task="inpaint", height=32, width=48, steps=10, prompt="", eta=0.5, noise_seed=8,
                         parameters=dict(rho=1.0, gamma=0.5)),
    # The image feature stands for a CLIP encoder: a fixed map of the picture's 4 x 4 means, stored as in.image_map. Its
    # learning rate is large, so that a null text that does not move shows.
    "treg_blur": dict(solver="treg", task="gaussian-blur", height=48, width=32, kernel_size=25, sigma=3.0, steps=10,
                      prompt="a photo of a dim muted orange textured flat scene", noise_seed=9, image_feature=True,
                      parameters=dict(w=3.0, every=3, until=0.85, **{"lambda": 0.01}, rho=0.0, cg_steps=5, renoise=1.0,
                                      K=10, lr=0.02)),
    "treg_gradient_sr": dict(solver="treg", task="sr", height=32, width=48, factor=4, steps=10, prompt="a photo of a cat",
                             noise_seed=10, parameters=dict(w=7.5, every=4, until=0.5, **{"lambda": 1e-4}, rho=1.0,
                                                            cg_steps=3, renoise=0.5)),
    "dps_sr": dict(model="ddpm-mini", solver="dps", task="sr", height=32, width=48, factor=4, steps=10, prompt="", eta=1.0,
                   noise_seed=11, parameters=dict(rho=1.0)),
    "pigdm_drop": dict(model="ddpm-mini", solver="pigdm", task="random-drop", height=48, width=32, steps=10, prompt="",
                       eta=1.0, noise_seed=12, noise=0.05, parameters=dict(rho=1.0, deviation=0.5, cg_steps=20)),
    # With much noise the inverse is well conditioned, and CG in either space is at its end after these iterations.
    "pigdm_blur": dict(model="ddpm-mini", solver="pigdm", task="gaussian-blur", height=32, width=32, kernel_size=25,
                       sigma=3.0, steps=10, prompt="", noise=0.5, parameters=dict(rho=1.0, deviation=1.0, cg_steps=60)),
    "dds_blur": dict(model="ddpm-mini", solver="dds", task="gaussian-blur", height=32, width=48, kernel_size=25, sigma=3.0,
                     steps=10, prompt="", parameters=dict(gamma=0.5, cg_steps=5)),
    "dds_inpaint": dict(model="ddpm-mini", solver="dds", task="inpaint", height=48, width=32, steps=10, prompt="", eta=1.0,
                        noise_seed=13, parameters=dict(gamma=1.0, cg_steps=5)),
    "diffpir_sr": dict(model="ddpm-mini", solver="diffpir", task="sr", height=32, width=48, factor=4, steps=10, prompt="",
                       noise_seed=14, noise=0.05, parameters=dict(zeta=0.35, **{"lambda": 35.0}, noise="network")),
    "diffpir_blur": dict(model="ddpm-mini", solver="diffpir", task="gaussian-blur", height=32, width=32, kernel_size=25,
                         sigma=3.0, steps=10, prompt="", noise_seed=15, noise=0.1,
                         parameters=dict(zeta=0.3, **{"lambda": 7.0}, noise="estimate", cg_steps=10)),
    # Small learning rates: Adam's first step is the sign of a gradient that may be nearly zero.
    "resample_sr": dict(solver="resample", task="sr", height=48, width=32, factor=4, steps=10, prompt="", eta=0.5,
                        noise_seed=16, parameters=dict(every=2, iterations=4, lr=1e-3, gamma=40.0, rho=0.5)),
    "resample_inpaint": dict(solver="resample", task="inpaint", height=32, width=48, steps=10, prompt="a photo of a cat",
                             noise_seed=17, parameters=dict(every=1, iterations=3, lr=2e-3, gamma=5.0, rho=1.0)),
    "latent_daps_blur": dict(solver="latent_daps", task="gaussian-blur", height=32, width=48, kernel_size=25, sigma=3.0,
                             steps=10, prompt="a photo of a flower", noise_seed=18,
                             parameters=dict(ode_steps=2, iterations=4, lr=1e-6, tau=0.05, momentum=0.45, lr_min_ratio=0.1)),
    "latent_daps_sr": dict(solver="latent_daps", task="sr", height=32, width=32, factor=4, steps=10, prompt="",
                           noise_seed=19, parameters=dict(ode_steps=3, iterations=3, lr=1e-5, tau=0.02, momentum=0.0,
                                                          lr_min_ratio=1.0)),
    "latino_blur": dict(solver="latino", task="gaussian-blur", height=48, width=32, kernel_size=25, sigma=3.0, steps=10,
                        prompt="", noise_seed=20, noise=0.05, parameters=dict(delta=0.5, cg_steps=7)),
    "latino_drop": dict(solver="latino", task="random-drop", height=32, width=48, steps=10, prompt="a photo of a cat",
                        noise_seed=21, parameters=dict(delta=0.1)),
    "renoise_sr": dict(solver="p2l", task="sr", height=32, width=48, factor=4, steps=10, prompt="", eta=0.5, noise_seed=22,
                       parameters=dict(z_update="gd", rho=1.0, rho_schedule="constant", K=1, gamma=2, **{"lambda": 0.1},
                                       projection="proximal", lr=1e-2, renoise=0.7)),
    # Counts of steps that do not divide 1000.
    "seven_leading_sr": dict(solver="p2l", task="sr", height=48, width=32, factor=4, steps=7, spacing="leading", prompt="",
                             parameters=dict(z_update="gd", rho=1.0, rho_schedule="constant", K=0, gamma=3,
                                             **{"lambda": 0.1}, projection="proximal")),
    "seven_trailing_drop": dict(solver="ldps", task="random-drop", height=32, width=48, steps=7, spacing="trailing",
                                prompt="", eta=0.5, noise_seed=23, parameters=dict(rho=1.0)),
    "six_linspace_blur": dict(solver="ldir", task="gaussian-blur", height=32, width=48, kernel_size=25, sigma=3.0, steps=6,
                              spacing="linspace", prompt="", parameters=dict(rho=0.1)),
    "gluing_sr": dict(solver="p2l", task="sr", height=48, width=32, factor=8, steps=10, prompt="", parameters=dict(
        z_update="gd", rho=1.0, rho_schedule="constant", K=0, gamma=2, projection="gluing", gluing_by="pseudo-inverse")),
    "gluing_blur": dict(solver="p2l", task="gaussian-blur", height=32, width=48, kernel_size=25, sigma=3.0, steps=10,
                        prompt="", parameters=dict(z_update="adam", rho=0.05, rho_schedule="constant", K=0, gamma=3,
                                                   projection="gluing", gluing_by="pseudo-inverse", pinv_steps=6)),
    "psld_gluing_sr": dict(solver="psld", task="sr", height=32, width=48, factor=8, steps=10, prompt="",
                           parameters=dict(rho=1.0, gamma=0.5, gluing_by="pseudo-inverse")),
    "psld_gluing_blur": dict(solver="psld", task="gaussian-blur", height=32, width=32, kernel_size=25, sigma=3.0, steps=10,
                             prompt="", parameters=dict(rho=1.0, gamma=0.5, gluing_by="pseudo-inverse", pinv_steps=4)),
}


def run_operator(run: dict, height: int, width: int):
    if run["task"] == "sr":
        return p2l.SuperResolution(height, width, run["factor"])
    if run["task"] == "gaussian-blur":
        return p2l.Blur(height, width, p2l.gaussian_kernel(run["kernel_size"], run["sigma"]))
    return p2l.Mask(height, width, (known_mask if run["task"] == "inpaint" else drop_mask)(height, width))


def image_feature_of(image_map):
    """The stand-in of CLIP's image encoder: the picture's 4 x 4 means [1, 48] times a matrix [48, D]."""
    return lambda x: torch.nn.functional.adaptive_avg_pool2d(x, 4).flatten(1) @ image_map.to(x.dtype)


def make_solvers(only=None):
    """`only`: names of RUNS; None: all of them."""
    models = {name: [pixel.load_model(folder, dtype) for dtype in (torch.float32, torch.float64)]
              for name, folder in {"p2l-tiny": EMBEDDED, **PIXEL_MODELS}.items()}
    for seed, (name, run) in enumerate(RUNS.items(), start=41):
        if only and name not in only:
            continue
        model, double = models[run.get("model", "p2l-tiny")]
        height, width = run["height"], run["width"]
        A = run_operator(run, height, width)
        y = A(photo(height, width))
        noise = run.get("noise", 0.01) * seeded(seed, *y.shape)
        y = y + (A(noise) if isinstance(A, p2l.Mask) else noise)
        z_N = seeded(seed + 100, 1, model.unet.config.in_channels, height // model.factor, width // model.factor)
        inputs = {"in.y": y, "in.z": z_N}
        if run.get("image_feature"):
            inputs["in.image_map"] = seeded(seed + 200, 48, model.text_encoder.config.hidden_size)
        result = solve_run(model, A, run, inputs)
        exact = solve_run(double, A, run, {key: t.double() for key, t in inputs.items()})
        drift, exact["drift"] = result["C"] - result["C"][:1], exact["C"] - exact["C"][:1]
        rounding = {key: f"{relative_difference(t, exact[key].float()):.1e}" for key, t in {**result, "drift": drift}.items()}
        print(name, "rounding:", rounding, f"drift {drift.abs().max():.3f} of {result['C'].abs().max():.2f}")
        if drift.abs().max() == 0:
            del result["C"]  # the prompt's embedding at every step
        if isinstance(A, p2l.Mask):
            inputs["in.mask"] = A.mask
        save(f"solver_{name}.safetensors", {**inputs, **result})
    settings = {name: {**run, "file": f"solver_{name}.safetensors"} for name, run in RUNS.items()}
    (REFERENCE / "solver_runs.json").write_text(json.dumps(settings, indent=1) + "\n")


def solve_run(model, A, run: dict, tensors: dict) -> dict:
    """A row of RUNS on the inputs `tensors`, as they are stored."""
    feature = image_feature_of(tensors["in.image_map"]) if run.get("image_feature") else None
    model.schedule.spacing = run.get("spacing", "leading")
    return p2l.solve(model, A, tensors["in.y"], tensors["in.z"], run["solver"], run["steps"], run["parameters"],
                     run["prompt"], run.get("eta", 0.0), run.get("noise_seed", 0), feature,
                     run.get("noise", 0.01) if run["solver"] in p2l.KNOW_THE_NOISE else None)


def relative_difference(a, b) -> float:
    """Largest difference over largest magnitude; of b = 0 (the prompt of a model of pixels) the difference itself."""
    largest = b.abs().max()
    return float((a - b).abs().max() / (largest if largest > 0 else 1.0))


# --- metrics ---------------------------------------------------------------------------------------------------------

def make_metrics():
    """scikit-image on 8-bit pictures scaled to [0, 1]; the Gaussian SSIM of Wang et al. (11 x 11, sigma 1.5)."""
    from PIL import Image
    from skimage.metrics import peak_signal_noise_ratio, structural_similarity
    rows = []
    for name, (height, width) in {"a": (48, 64), "b": (33, 41)}.items():
        truth = p2l.read_photo(ROOT / "resources" / "photos" / "skimage_astronaut.png", height, width)
        restored = truth + 0.1 * seeded(51, *truth.shape) + 0.05
        pictures = {}
        for kind, x in (("truth", truth), ("restored", restored)):
            pixels = ((x[0].clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 0).numpy()
            Image.fromarray(pixels).save(REFERENCE / f"metrics_{name}_{kind}.png")
            pictures[kind] = pixels.astype(np.float64) / 255
        ssim = dict(data_range=1.0, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)
        a, b = pictures["truth"], pictures["restored"]
        rows.append({"truth": f"metrics_{name}_truth.png", "restored": f"metrics_{name}_restored.png",
                     "psnr": float(peak_signal_noise_ratio(a, b, data_range=1.0)),
                     "ssim": float(structural_similarity(a, b, channel_axis=-1, **ssim)),
                     "ssim_channels": [float(structural_similarity(a[..., c], b[..., c], **ssim)) for c in range(3)]})
    (REFERENCE / "metrics.json").write_text(json.dumps(rows, indent=1) + "\n")
    print("metrics.json:", rows)


PARTS = {"models": make_models, "pixel_models": make_pixel_models, "pixel_networks": make_pixel_networks, "adm": make_adm, "tokenizer": make_tokenizer_reference, "networks": make_networks, "vision": make_vision,
         "operators": make_operators, "solvers": make_solvers, "metrics": make_metrics}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=[part for part in PARTS if not part.endswith("models")])
    parser.add_argument("--runs", nargs="+", choices=list(RUNS), help="of `solvers` these alone")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    p2l.quiet()
    p2l.set_threads(args.threads)
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for part in args.only:
        PARTS[part](args.runs) if part == "solvers" else PARTS[part]()


if __name__ == "__main__":
    sys.exit(main())
