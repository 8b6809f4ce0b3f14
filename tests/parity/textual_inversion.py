#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A textual inversion in both layouts, as safetensors and as the pickles that p2l's advice converts: the prompt
embedding that p2l starts from against diffusers' load_textual_inversion.

  textual_inversion.py P2L MODEL
"""
from __future__ import annotations

import pathlib
import re
import subprocess
import sys
import tempfile

import torch
from diffusers.loaders import TextualInversionLoaderMixin
from safetensors.torch import load_file, save_file
from transformers import CLIPTextModel, CLIPTokenizer

PROMPT = "a photo of a {} on the start"


class Pipeline(TextualInversionLoaderMixin):
    hf_device_map = None
    device = torch.device("cpu")
    dtype = torch.float32

    def __init__(self, model: str) -> None:
        self.tokenizer = CLIPTokenizer.from_pretrained(model + "/tokenizer")
        self.text_encoder = CLIPTextModel.from_pretrained(model + "/text_encoder")
        self.components: dict = {}

    def embedding(self, file: pathlib.Path, word: str) -> torch.Tensor:
        self.load_textual_inversion(str(file), token=word)
        text = self.maybe_convert_prompt(PROMPT.format(word), self.tokenizer)
        ids = self.tokenizer(text, padding="max_length", max_length=77, truncation=True, return_tensors="pt").input_ids
        with torch.no_grad():
            return self.text_encoder(ids)[0]


def converted(program: str, pickle: pathlib.Path) -> pathlib.Path:
    """By the one line that p2l prints about the pickle."""
    told = subprocess.run([program, "sample", "--embedding", pickle.name, "--out", "drawn"], capture_output=True,
                          text=True, cwd=pickle.parent)
    line = re.search(r"^  python3 (-c .*)$", told.stderr, re.MULTILINE)
    assert told.returncode == 1 and line, told.stderr
    subprocess.run(f"{sys.executable} {line[1]}", shell=True, check=True, cwd=pickle.parent)
    return pickle.with_suffix(".safetensors")


def ours(program: str, model: str, file: pathlib.Path, word: str) -> torch.Tensor:
    photo = pathlib.Path(__file__).parent.parent / "field" / "photo64.png"
    out = file.parent / "C.safetensors"
    subprocess.run([program, "restore", photo, "--task", "sr", "--model", model, "--steps", "1", "--set", "K=0",
                    "--embedding", file, "--prompt", PROMPT.format(word), "--out", file.parent / "x.png",
                    "--save-embedding", out, "--quiet"], check=True)
    return load_file(out)["C"]


def main() -> None:
    program, model = sys.argv[1:]
    torch.manual_seed(0)
    width = CLIPTextModel.from_pretrained(model + "/text_encoder").config.hidden_size
    vectors = torch.randn(3, width) * 0.05
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        save_file({"<cat-toy>": vectors}, folder / "diffusers.safetensors")
        save_file({"emb_params": vectors}, folder / "styled.safetensors")
        torch.save({"string_to_token": {"*": torch.tensor(265)}, "string_to_param": {"*": vectors}, "name": "x"},
                   folder / "webui.pt")
        parameters = torch.nn.ParameterDict({"*": torch.nn.Parameter(vectors)})
        torch.save({"string_to_token": {"*": torch.tensor(265)}, "string_to_param": parameters}, folder / "first.pt")
        torch.save({"<cat-toy>": vectors}, folder / "learned.bin")
        expected = Pipeline(model).embedding(folder / "diffusers.safetensors", "<cat-toy>")
        cases = {"diffusers.safetensors": "<cat-toy>", "styled.safetensors": "styled", "webui.pt": "webui",
                 "first.pt": "first", "learned.bin": "<cat-toy>"}
        for case, word in cases.items():
            file = folder / case
            if file.suffix != ".safetensors":
                file = converted(program, file)
            difference = (ours(program, model, file, word) - expected).abs().max().item()
            print(f"{case}: {difference:.1e}")
            assert difference < 1e-5, case


if __name__ == "__main__":
    main()
