#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the reference itself: adjoints, proximal steps, the tokenizer as make_reference.py describes it, and that
the stored files are what the transcription computes today.

  check_reference.py [--threads 2]
"""
from __future__ import annotations

import argparse
import json
import sys
import unicodedata

import regex
import torch
from safetensors.torch import load_file

import make_reference as reference
import p2l_reference as p2l
import pixel_reference as pixel


def operators(height, width, dtype):
    kernel = torch.rand(9, 9, generator=torch.Generator().manual_seed(3)).to(dtype)
    return {"sr4": p2l.SuperResolution(height, width, 4),
            "gaussian": p2l.Blur(height, width, p2l.gaussian_kernel(25, 3.0).to(dtype)),
            "motion": p2l.Blur(height, width, kernel / kernel.sum()),
            "inpaint": p2l.Mask(height, width, reference.known_mask(height, width)),
            "drop": p2l.Mask(height, width, reference.drop_mask(height, width))}


def check_adjoints():
    """<A x, v> = <x, A^T v> in float64, and what is known of A^T in closed form."""
    worst = 0.0
    for A in operators(24, 32, torch.float64).values():
        x = reference.seeded(1, *A.shape).double()
        v = reference.seeded(2, *A(x).shape).double()
        left, right = (A(x) * v).sum(), (x * A.adjoint(v)).sum()
        worst = max(worst, float((left - right).abs() / (A(x).norm() * v.norm())))
    A = p2l.SuperResolution(24, 32, 4)
    v = reference.seeded(2, 1, 3, 6, 8).double()
    up = torch.nn.functional.interpolate(v, scale_factor=4, mode="nearest") / 16
    worst = max(worst, float((A.adjoint(v) - up).abs().max()))
    return worst, 1e-12


def check_proximal():
    """Many CG iterations against the closed form, and against the normal equations where there is none."""
    worst, lam = 0.0, 0.1
    for A in operators(24, 32, torch.float64).values():
        x0 = reference.seeded(1, *A.shape).double()
        y = A(reference.seeded(2, *A.shape).double())
        x = A.conjugate_gradients(y, x0, lam, 200)
        gap = A.adjoint(A(x)) + lam * x - A.adjoint(y) - lam * x0
        worst = max(worst, float(gap.abs().max()))
        if not isinstance(A, p2l.Blur):
            worst = max(worst, float((x - A.proximal(y, x0, lam, 5)).abs().max()))
    return worst, 1e-10


def check_pseudo_inverse():
    """A A^+ A = A, and A^+ A is symmetric, where there is a closed form; a long CG elsewhere."""
    worst = 0.0
    for A in operators(24, 32, torch.float64).values():
        x, z = (reference.seeded(seed, *A.shape).double() for seed in (1, 2))
        blur = isinstance(A, p2l.Blur)
        steps, scale = (400, 1e-2) if blur else (1, 1e-10)
        worst = max(worst, float((A(A.pseudo_inverse(A(x), steps)) - A(x)).norm() / A(x).norm()) / scale)
        skew = (A.pseudo_inverse(A(x), steps) * z).sum() - (x * A.pseudo_inverse(A(z), steps)).sum()
        worst = max(worst, float(skew.abs() / (x.norm() * z.norm())) / scale)
    return worst, 1.0


CLIP_WORD = regex.compile(r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
GPT2_WORD = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")


class SpelledOutTokenizer:
    """Steps 1-6 of make_tokenizer_reference."""

    def __init__(self, folder):
        self.vocabulary = json.loads((folder / "vocab.json").read_text())
        lines = (folder / "merges.txt").read_text().split("\n")[1:]
        self.rank = {tuple(line.split()): i for i, line in enumerate(line for line in lines if line)}
        visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
        hidden = [byte for byte in range(256) if byte not in visible]
        self.letter = {byte: chr(byte) for byte in visible} | {byte: chr(256 + i) for i, byte in enumerate(hidden)}

    def merge(self, word: str) -> list[str]:
        symbols = [self.letter[byte] for byte in word.encode()]
        symbols[-1] += "</w>"
        while len(symbols) > 1:
            pairs = list(zip(symbols, symbols[1:]))
            best = min(range(len(pairs)), key=lambda i: self.rank.get(pairs[i], len(self.rank)))
            if pairs[best] not in self.rank:
                break
            symbols[best:best + 2] = ["".join(pairs[best])]
        return symbols

    def __call__(self, prompt: str, length: int) -> list[int]:
        start, end = self.vocabulary["<|startoftext|>"], self.vocabulary["<|endoftext|>"]
        ids = []
        for piece in regex.split(r"(<\|startoftext\|>|<\|endoftext\|>)", prompt):
            if piece in ("<|startoftext|>", "<|endoftext|>"):
                ids.append(self.vocabulary[piece])
                continue
            text = regex.sub(r"\s+", " ", unicodedata.normalize("NFC", piece))
            text = "".join(character.lower() for character in text)
            for word in CLIP_WORD.findall(text):
                for part in GPT2_WORD.findall(word):
                    ids += [self.vocabulary[symbol] for symbol in self.merge(part)]
        ids = [start, *ids[:length - 2], end]
        return ids + [end] * (length - len(ids))


def check_tokenizer():
    tokenizer = SpelledOutTokenizer(reference.EMBEDDED / "tokenizer")
    wrong = 0
    for file, length in (("tokenizer_prompts.json", 16), ("tokenizer_prompts_77.json", 77)):
        for row in json.loads((reference.REFERENCE / file).read_text()):
            wrong += tokenizer(row["prompt"], length) != row["ids"]
    return wrong, 0


def check_stored_solvers():
    folders = {"p2l-tiny": reference.EMBEDDED, **reference.PIXEL_MODELS}
    models, worst = {name: pixel.load_model(folder) for name, folder in folders.items()}, 0.0
    runs = json.loads((reference.REFERENCE / "solver_runs.json").read_text())
    for run in runs.values():
        stored = load_file(reference.REFERENCE / run["file"])
        A = reference.run_operator(run, run["height"], run["width"])
        result = reference.solve_run(models[run.get("model", "p2l-tiny")], A, run, stored)
        for key in ("z_t", "z0_hat", "C", "z", "x"):
            if key in stored:
                worst = max(worst, reference.relative_difference(result[key], stored[key]))
    return worst, 1e-4


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--threads", type=int, default=2)
    p2l.set_threads(parser.parse_args().threads)
    p2l.quiet()
    failed = False
    for check in (check_adjoints, check_proximal, check_pseudo_inverse, check_tokenizer, check_stored_solvers):
        worst, limit = check()
        failed |= not worst <= limit
        print(f"{'ok  ' if worst <= limit else 'FAIL'} {check.__name__}: {worst:.2g}, at most {limit:g}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
