#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures and figures of docs/solvers.md, "Gluing by Aᵀ or by A⁺", from the runs of the recipe `gluing`:

    p2l evaluate --recipe gluing resources/photos --out RUNS
    gluing_sheets.py RUNS OUT_FOLDER

Writes gluing-p2l.jpg (the largest noise) and gluing-psld.jpg: a row for each of three photos, with PSNR. Prints the mean
PSNR of every cell, and how many grey levels the rows differ by. Needs numpy and Pillow.
"""

import json
import sys
from pathlib import Path

import numpy
from PIL import Image, ImageDraw

PHOTOS = ["skimage_chelsea", "skimage_coffee", "sklearn_flower"]
SHEETS = {
    "gluing-p2l.jpg": (", noise 0.1", ["plain", "P2L, gluing by At", "P2L, gluing by A+", "P2L, proximal", "P2L, proximal, lambda = 0.01"]),
    "gluing-psld.jpg": (", noise 0.01", ["plain", "GML-DPS", "PSLD, gluing by At", "PSLD, gluing by A+"]),
}
GAP, HEAD = 4, 16  # pixels


def read_runs(folder):
    """{(task, method, photo): (PSNR, picture)}, and the truths by photo."""
    runs, truths = {}, {}
    for path in sorted(Path(folder, "runs").rglob("*.json")):
        report = json.loads(path.read_text())
        place = report["evaluation"]
        picture = numpy.asarray(Image.open(path.with_suffix(".png")).convert("RGB"), dtype=float)
        runs[place["task"], place["method"], place["photo"]] = (report["psnr"], picture)
    for photo in {key[2] for key in runs}:
        truths[photo] = numpy.asarray(Image.open(Path(folder, "runs", "truth", photo + ".png")).convert("RGB"))
    return runs, truths


def sheet(path, runs, truths, noise, methods):
    photos = [next(photo for photo in truths if photo.startswith(name)) for name in PHOTOS]
    side = truths[photos[0]].shape[0]
    canvas = Image.new("RGB", ((len(methods) + 1) * (side + GAP), HEAD + len(photos) * (side + HEAD + GAP)), "white")
    draw = ImageDraw.Draw(canvas)
    for column, method in enumerate(["truth", *methods]):
        left = column * (side + GAP)
        draw.text((left, 2), method.replace("P2L, ", "").replace("plain", "bicubic"), "black")
        for row, photo in enumerate(photos):
            top = HEAD + row * (side + HEAD + GAP)
            if method == "truth":
                picture, psnr = truths[photo], None
            else:
                psnr, picture = next(run for (task, name, of), run in runs.items()
                                     if task.endswith(noise) and name == method and of == photo)
            canvas.paste(Image.fromarray(picture.astype(numpy.uint8)), (left, top))
            if psnr is not None:
                draw.text((left, top + side + 1), f"{psnr:.2f} dB", "black")
    canvas.save(path, quality=90)


def difference(runs, task, one, other):
    """Mean and largest difference of two rows in grey levels, over the photos."""
    gaps = [abs(picture - runs[task, other, photo][1]) for (of, method, photo), (_, picture) in runs.items()
            if of == task and method == one]
    return numpy.mean(gaps), numpy.max(gaps)


def main():
    runs, truths = read_runs(sys.argv[1])
    cells = {}
    for (task, method, _), (psnr, _) in runs.items():
        cells.setdefault((method, task), []).append(psnr)
    for (method, task), values in sorted(cells.items()):
        print(f"{method:30} {task:28} {numpy.mean(values):.2f} dB of {len(values)}")
    for noise, one, other in [("0.01", "P2L, gluing by A+", "P2L, gluing by At"), ("0.1", "P2L, gluing by A+", "P2L, proximal"),
                              ("0.01", "PSLD, gluing by At", "GML-DPS"), ("0.01", "PSLD, gluing by A+", "GML-DPS")]:
        task = next(task for task, _, _ in runs if task.endswith(", noise " + noise))
        print(f"{one} v {other}, noise {noise}: mean %.2f, at most %.0f grey levels" % difference(runs, task, one, other))
    for name, (noise, methods) in SHEETS.items():
        sheet(Path(sys.argv[2], name), runs, truths, noise, methods)


if __name__ == "__main__":
    main()
