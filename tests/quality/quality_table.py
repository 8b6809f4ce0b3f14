#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quality of the solvers against the plain baselines, as a Markdown table and a CSV file of every run.

    quality_table.py P2L_COMMAND WORK_FOLDER PHOTO... [--solvers p2l,ldps] [--tasks ...] [--size 256] [--steps N]

Each photo is degraded (noise 0.01, seed 0) and restored with the defaults of its task. The baseline is the plain picture
of the measurement: bicubic enlargement, the blurred picture itself, Telea's fill of a mask. Reports are kept in WORK_FOLDER,
so that a second call goes on where the first one stopped.
"""

import argparse
import csv
from pathlib import Path

from runs import TASKS, mean, report

BASELINES = {"sr": "bicubic", "gaussian-blur": "blurred", "motion-blur": "blurred", "inpaint": "Telea", "random-drop": "Telea"}
COLUMNS = ["task", "photo", "method", "psnr", "ssim", "residual", "residual_autoencoder", "noise_level", "psnr_autoencoder", "seconds"]


def rows_of(arguments, task, photo):
    """The runs of one photo and task, as dictionaries of COLUMNS."""
    common = [*TASKS[task], "--size", arguments.size, "--seed", "0", "--noise", "0.01"]
    row = {"task": task, "photo": Path(photo).stem}
    plain = report(arguments.p2l, arguments.folder, photo, common, command="degrade", keep_picture=False)
    if plain is not None:
        kind = "telea" if BASELINES[task] == "Telea" else "measurement"
        yield {**row, "method": BASELINES[task], "psnr": plain[f"psnr_{kind}"], "ssim": plain[f"ssim_{kind}"]}
    for solver in arguments.solvers.split(","):
        options = [*common, "--solver", solver, "--threads", arguments.threads]
        if arguments.steps:
            options += ["--steps", arguments.steps]
        done = report(arguments.p2l, arguments.folder, photo, options)
        if done is not None:
            yield {**row, "method": solver, **{key: done[key] for key in COLUMNS if key in done}, "picture": done["picture"]}


def markdown(rows, tasks):
    """Means per task and method."""
    lines = ["| task | method | photos | PSNR (dB) | SSIM | residual | round trip's | noise level | round trip (dB) | seconds |",
             "|---|---|---|---|---|---|---|---|---|---|"]
    for task in tasks:
        for method in dict.fromkeys(row["method"] for row in rows if row["task"] == task):
            group = [row for row in rows if row["task"] == task and row["method"] == method]
            cells = [f"{mean([row.get(key) for row in group]):.{digits}f}".replace("nan", "-")
                     for key, digits in (("psnr", 2), ("ssim", 3), ("residual", 2), ("residual_autoencoder", 2),
                                         ("noise_level", 2), ("psnr_autoencoder", 2), ("seconds", 1))]
            lines.append(f"| {task} | {method} | {len(group)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("p2l")
    parser.add_argument("folder")
    parser.add_argument("photos", nargs="+")
    parser.add_argument("--solvers", default="p2l,ldps")
    parser.add_argument("--tasks", default=",".join(TASKS))
    parser.add_argument("--size", default="256")
    parser.add_argument("--steps", default="", help="the presets' where not given")
    parser.add_argument("--threads", default="2")
    arguments = parser.parse_args()

    tasks = arguments.tasks.split(",")
    rows = []
    for photo in arguments.photos:
        for task in tasks:
            rows += rows_of(arguments, task, photo)
    with open(Path(arguments.folder) / "quality.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, [*COLUMNS, "picture"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    table = markdown(rows, tasks)
    (Path(arguments.folder) / "quality.md").write_text(table + "\n")
    print(table)


if __name__ == "__main__":
    main()
