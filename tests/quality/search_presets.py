#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searches a solver's values for one task on a few training photos: the grid given, mean PSNR, best first.

    search_presets.py P2L_COMMAND WORK_FOLDER TASK SOLVER PHOTO... --grid rho=0.3,1,3 --grid lambda=0.01,0.1 [--steps 30]
"""

import argparse
import itertools

from runs import TASKS, mean, report


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("p2l")
    parser.add_argument("folder")
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("solver")
    parser.add_argument("photos", nargs="+")
    parser.add_argument("--grid", action="append", default=[], help="key=value,value,...")
    parser.add_argument("--size", default="256")
    parser.add_argument("--steps", default="30")
    parser.add_argument("--threads", default="1")
    arguments = parser.parse_args()

    axes = [(key, values.split(",")) for key, values in (axis.split("=", 1) for axis in arguments.grid)]
    rows = []
    for point in itertools.product(*(values for _, values in axes)):
        values = [f"{key}={value}" for (key, _), value in zip(axes, point)]
        options = [*TASKS[arguments.task], "--solver", arguments.solver, "--steps", arguments.steps, "--size", arguments.size,
                   "--threads", arguments.threads, "--seed", "0"]
        for value in values:
            options += ["--set", value]
        reports = [report(arguments.p2l, arguments.folder, photo, options, keep_picture=False) for photo in arguments.photos]
        psnr = mean([each and each["psnr"] for each in reports])
        rows.append((psnr, mean([each and each["residual"] for each in reports]), " ".join(values)))
        print(f"{psnr:6.2f} dB  residual {rows[-1][1]:7.3f}  {rows[-1][2]}", flush=True)
    rows.sort(key=lambda row: -row[0])
    print(f"\n{arguments.task} {arguments.solver} {arguments.size} px {arguments.steps} steps, best first:")
    for psnr, residual, values in rows[:10]:
        print(f"{psnr:6.2f} dB  residual {residual:7.3f}  {values}")


if __name__ == "__main__":
    main()
