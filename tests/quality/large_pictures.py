#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Large pictures, ×4, as a whole and in patches, with and without P2L's projection: quality, seams, memory.

    large_pictures.py P2L_COMMAND WORK_FOLDER PHOTO... [--sizes 512,768] [--steps 20] [--threads 2]

Every photo's centre square is degraded and restored by P2L's fast preset, which is the projection alone, by LDPS, which is the
gradient alone, and by P2L with everything, on the embedded model: as a whole, in MultiDiffusion's and in Mixture-of-Diffusers'
patches, and in the latter with the autoencoder in tiles. Seams: mean size of the steps between pixels across the lines where
patches begin (every 128 pixels), over that elsewhere, divided by the same of the truth; 1 is a picture without seams. Needs
numpy and Pillow. Reports are kept in WORK_FOLDER.
"""

import argparse

import numpy
from PIL import Image
from runs import TASKS, mean, report

STRIDE = 128  # pixels: 32 latents of 4
METHODS = {
    "projection": ["--preset", "p2l-tiny-fast-sr"],
    "LDPS": ["--solver", "ldps", "--set", "rho=6"],
    "P2L": ["--preset", "p2l-tiny-sr"],
}
WAYS = {
    "none": [],
    "multidiffusion": ["--patches", "multidiffusion"],
    "mixture": ["--patches", "mixture"],
    "mixture, tiles": ["--patches", "mixture", "--vae-tiling"],
}


def steps_on_grid(picture):
    """Mean step across the grid's lines over the mean step elsewhere."""
    on, off = [], []
    for axis in (0, 1):
        steps = numpy.abs(numpy.diff(picture, axis=axis)).mean(axis=(1 - axis, 2))  # steps[i]: from i to i + 1
        grid = numpy.arange(STRIDE - 1, len(steps), STRIDE)
        on.append(steps[grid])
        off.append(numpy.delete(steps, grid))
    return numpy.concatenate(on).mean() / numpy.concatenate(off).mean()


def truth(photo, size):
    """The centre square, as the program cuts it but for the resampling filter."""
    image = Image.open(photo).convert("RGB")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    square = image.crop((left, top, left + side, top + side)).resize((size, size), Image.Resampling.BOX)
    return numpy.asarray(square, dtype=float)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("p2l")
    parser.add_argument("folder")
    parser.add_argument("photos", nargs="+")
    parser.add_argument("--sizes", default="512,768")
    parser.add_argument("--steps", default="20")
    parser.add_argument("--threads", default="2")
    arguments = parser.parse_args()

    print("| size | solver | patches | PSNR | SSIM | seams | peak MiB | seconds |\n|---|---|---|---|---|---|---|---|")
    for size in arguments.sizes.split(","):
        for name, method in METHODS.items():
            for patches, way in WAYS.items():
                options = [*TASKS["sr"], *method, "--size", size, "--steps", arguments.steps, "--threads",
                           arguments.threads, *way]
                reports = [report(arguments.p2l, arguments.folder, photo, options) for photo in arguments.photos]
                if None in reports:
                    continue
                seams = mean([steps_on_grid(numpy.asarray(Image.open(each["picture"]), dtype=float))
                              / steps_on_grid(truth(photo, int(size))) for photo, each in zip(arguments.photos, reports)])
                psnr, ssim, memory, seconds = (mean([each[key] for each in reports])
                                               for key in ("psnr", "ssim", "peak_memory_mb", "seconds"))
                print(f"| {size} | {name} | {patches} | {psnr:.2f} | {ssim:.3f} | {seams:.3f} | {memory:.0f} |"
                      f" {seconds:.0f} |", flush=True)


if __name__ == "__main__":
    main()
