#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/reference/few_steps: LoRAs merged by diffusers and PEFT, and runs of diffusers' LCMScheduler, on the random
models of tests/reference/models. tests/reference/README.md lists the files.

  make_few_steps_reference.py
"""
from __future__ import annotations

import json
import tempfile
from pathlib import Path

import torch
from safetensors.torch import save_file

import make_reference as reference
import p2l_reference as p2l

FOLDER = reference.REFERENCE / "few_steps"
PROMPT = "a photo of a dark gray smooth flat scene"
TIMESTEP = 481
RANK = 2
# Every kind of layer that a LoRA may change: matrices, 1 x 1 and 3 x 3 convolutions.
UNET_LAYERS = ("to_q", "to_k", "to_v", "to_out.0", "proj_in", "proj_out", "ff.net.0.proj", "ff.net.2", "conv1", "conv2",
               "time_emb_proj", "conv_shortcut", "downsamplers.0.conv", "upsamplers.0.conv")
ATTENTION = ("to_q", "to_k", "to_v", "to_out.0")
TEXT_LAYERS = ("q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2")


def pipeline(name: str):
    from diffusers import StableDiffusionPipeline
    return StableDiffusionPipeline.from_pretrained(reference.MODELS[name], safety_checker=None, feature_extractor=None,
                                                   dtype=torch.float32)


def layers(network: torch.nn.Module, ends) -> dict[str, torch.Tensor]:
    return {name.removeprefix("text_model."): module.weight for name, module in network.named_modules()
            if any(name == end or name.endswith("." + end) for end in ends)}


def factors(weight: torch.Tensor, generator) -> tuple[torch.Tensor, torch.Tensor]:
    """down and up of one layer, as large as the weight when multiplied."""
    down = torch.randn((RANK, *weight.shape[1:]), generator=generator) / weight[0].numel() ** 0.5
    up = torch.randn((weight.shape[0], RANK, *(1,) * (weight.dim() - 2)), generator=generator)
    return down, up


def kohya(pipe, generator) -> dict:
    """As kohya's trainers write it, LCM-LoRA too: fp16, an alpha for each layer, convolutions of 3 x 3 as LoCon."""
    tensors = {}
    for prefix, network, ends in (("lora_unet_", pipe.unet, UNET_LAYERS), ("lora_te_text_model_", pipe.text_encoder, TEXT_LAYERS)):
        for name, weight in layers(network, ends).items():
            key = prefix + name.replace(".", "_")
            down, up = factors(weight, generator)
            tensors |= {key + ".lora_down.weight": down.half(), key + ".lora_up.weight": up.half(), key + ".alpha": torch.tensor(1.0).half()}
    return tensors


def peft_style(pipe, generator) -> dict:
    """As diffusers writes it with PEFT and transformers 5, whose text encoder has no `text_model.`."""
    tensors = {}
    for prefix, network, ends in (("unet.", pipe.unet, UNET_LAYERS), ("text_encoder.", pipe.text_encoder, TEXT_LAYERS[:4])):
        for name, weight in layers(network, ends).items():
            down, up = factors(weight, generator)
            tensors |= {f"{prefix}{name}.lora_A.weight": down.half(), f"{prefix}{name}.lora_B.weight": up.half()}
    return tensors


def processor_style(pipe, generator) -> dict:
    """As diffusers wrote it before PEFT: attention processors."""
    tensors = {}
    for name, weight in layers(pipe.unet, ATTENTION).items():
        block, layer = name.rsplit(".to_", 1)
        key = f"unet.{block}.processor.to_{layer.removesuffix('.0')}_lora"
        tensors[key + ".down.weight"], tensors[key + ".up.weight"] = factors(weight, generator)
    for name, weight in layers(pipe.text_encoder, TEXT_LAYERS[:4]).items():
        key = f"text_encoder.{name}.lora_linear_layer"
        tensors[key + ".down.weight"], tensors[key + ".up.weight"] = factors(weight, generator)
    return tensors


def outputs(pipe) -> dict:
    tokens = pipe.tokenizer(PROMPT, padding="max_length", max_length=pipe.tokenizer.model_max_length, truncation=True,
                            return_tensors="pt")
    C = pipe.text_encoder(tokens.input_ids)[0]
    z = reference.seeded(16, 1, 4, 16, 16)
    return {"z": z, "embedding": C, "out": pipe.unet(z, torch.tensor([TIMESTEP]), encoder_hidden_states=C).sample}


def write_lora(name: str, tensors: dict, metadata: dict | None = None):
    save_file({key: t.contiguous() for key, t in tensors.items()}, FOLDER / name, metadata)
    (FOLDER / name).chmod(0o644)
    print(name, (FOLDER / name).stat().st_size)


def merged(model: str, file: str, scale: float) -> dict:
    pipe = pipeline(model)
    plain = outputs(pipe)
    pipe.load_lora_weights(FOLDER, weight_name=file)
    pipe.fuse_lora(lora_scale=scale)
    pipe.unload_lora_weights()
    out = outputs(pipe)
    for key in ("embedding", "out"):
        print(f"  {file} on {model}: {key} moves by {(out[key] - plain[key]).norm() / plain[key].norm():.2f}")
    return out


@torch.no_grad()
def make_loras():
    styles = {"kohya": kohya, "peft": peft_style, "processors": processor_style}
    for model, names in (("sd1-mini", ("kohya", "peft", "processors")), ("sd2-mini", ("kohya", "peft"))):
        pipe = pipeline(model)
        results = {}
        for seed, style in enumerate(names, start=91):
            file = f"{style}_{model}.safetensors"
            tensors = styles[style](pipe, torch.Generator().manual_seed(seed))
            header = None
            if style == "peft":  # as save_lora_adapter writes PEFT's settings: alpha 3 of rank 2
                config = {"r": RANK, "lora_alpha": 3, "use_dora": False, "use_rslora": False, "lora_bias": False, "target_modules": None}
                header = {"format": "pt", "lora_adapter_metadata": json.dumps(
                    {f"{part}.{key}": value for part in ("unet", "text_encoder") for key, value in config.items()
                     if key != "target_modules"}
                    | {"unet.target_modules": sorted(layers(pipe.unet, UNET_LAYERS)),
                       "text_encoder.target_modules": sorted(layers(pipe.text_encoder, TEXT_LAYERS[:4]))})}
            write_lora(file, tensors, header)
            for key, value in merged(model, file, 0.8 if style == "kohya" else 1.0).items():
                results["z" if key == "z" else f"{style}.{key}"] = value
        reference.save(f"few_steps/merged_{model}.safetensors", results)


@torch.no_grad()
def make_lcm():
    """Four steps with the UNet's own predictions, the noise drawn beforehand. With timestep_scaling 0.003 the boundary condition
    counts at every step; with diffusers' 10 it is next to nothing."""
    from diffusers import LCMScheduler
    results = {}
    for steps in (1, 2, 4, 6, 8, 50):
        scheduler = LCMScheduler()
        scheduler.set_timesteps(steps)
        results[f"timesteps_{steps}"] = scheduler.timesteps
    for model in ("sd1-mini", "sd2-mini"):
        pipe = pipeline(model)
        C = outputs(pipe)["embedding"]
        for name, scaling in (("", 10.0), ("_bounded", 0.003)):
            scheduler = LCMScheduler.from_config(pipe.scheduler.config, timestep_scaling=scaling, clip_sample=False)
            scheduler.set_timesteps(4)
            z = reference.seeded(17, 1, 4, 16, 16)
            noise = reference.seeded(18, 4, 4, 16, 16)
            latents, estimates = [z], []
            for i, t in enumerate(scheduler.timesteps):
                eps = pipe.unet(z, t, encoder_hidden_states=C).sample
                scheduler.step.__globals__["randn_tensor"] = lambda *_, i=i, **__: noise[i:i + 1]
                z, estimate = scheduler.step(eps, t, z, return_dict=False)
                latents.append(z)
                estimates.append(estimate)
            results |= {f"{model}{name}.z": torch.cat(latents), f"{model}{name}.z0_hat": torch.cat(estimates)}
        results |= {f"{model}.noise": noise, f"{model}.C": C}
    reference.save("few_steps/lcm.safetensors", results)


if __name__ == "__main__":
    p2l.quiet()
    FOLDER.mkdir(exist_ok=True)
    make_loras()
    make_lcm()
