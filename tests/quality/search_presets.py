#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searches a solver's values for one task on a few training photos by mean PSNR: a whole grid, or uphill.

    search_presets.py P2L_COMMAND WORK_FOLDER TASK SOLVER PHOTO... --grid rho=0.3,1,3 --grid lambda=0.01,0.1 [--steps 30]
    search_presets.py P2L_COMMAND WORK_FOLDER TASK SOLVER PHOTO... --climb 'rho=0.3,1,*3,10,30' --climb sampler.eta=0,1

--grid runs every combination. --climb goes from the starred value (the first without a star) to the better neighbour
until there is none, one key after the other with the earlier ones at their best; `sampler.` marks the sampler's keys.
Masks, kernels and noise are others than those that `p2l evaluate` judges on: --measurements of each photo, drawn from
--seed and the photo's bytes, so that no two photos share one and no preset is fitted to a single mask.
Reports are kept in WORK_FOLDER: a second call goes on where the first one stopped, and no point is run twice.
"""

import argparse
import hashlib
import itertools
from pathlib import Path

from runs import TASKS, mean, report


class Search:
    """Mean PSNR of points {key: value}, remembered."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.rows = {}

    def measurement_seed(self, photo, number):
        text = f"search {number} of {hashlib.sha256(Path(photo).read_bytes()).hexdigest()} with seed {self.arguments.seed}"
        return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) & 0x7FFFFFFF

    def psnr(self, point):
        name = " ".join(f"{key}={value}" for key, value in point.items())
        if name not in self.rows:
            a = self.arguments
            options = [*TASKS[a.task], "--solver", a.solver, "--steps", a.steps, "--size", a.size, "--threads", a.threads,
                       "--seed", a.seed, *(["--model", a.model] if a.model else [])]
            for key, value in point.items():
                sampler, _, rest = key.rpartition("sampler.")
                options += ["--set", f"{key}={value}"] if rest == key else ["--sampler", f"{rest}={value}"]
            reports = [report(a.p2l, a.folder, photo, [*options, "--measurement-seed", str(self.measurement_seed(photo, k))],
                              keep_picture=False) for photo in a.photos for k in range(a.measurements)]
            # A run that diverged counts as the worst there is.
            psnr = mean([each["psnr"] if each else 0.0 for each in reports])
            residual = mean([each and each["residual"] for each in reports])
            self.rows[name] = (psnr, residual)
            print(f"{psnr:6.2f} dB  residual {residual:7.3f}  {name}", flush=True)
        return self.rows[name][0]

    def grid(self, axes):
        for values in itertools.product(*(values for _, values in axes)):
            self.psnr(dict(zip([key for key, _ in axes], (value.lstrip("*") for value in values))))

    def climb(self, axes):
        point = {key: next((value for value in values if value.startswith("*")), values[0]).lstrip("*")
                 for key, values in axes}
        for key, values in axes:
            values = [value.lstrip("*") for value in values]
            i = values.index(point[key])
            at = lambda index: self.psnr({**point, key: values[index]})
            for direction in (1, -1):
                while 0 <= i + direction < len(values) and at(i + direction) > at(i):
                    i += direction
            point[key] = values[i]
            at(i)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("p2l")
    parser.add_argument("folder")
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("solver")
    parser.add_argument("photos", nargs="+")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--grid", action="append", help="key=value,value,...")
    how.add_argument("--climb", action="append", help="key=value,*value,...")
    parser.add_argument("--size", default="256")
    parser.add_argument("--steps", default="30")
    parser.add_argument("--threads", default="1")
    parser.add_argument("--seed", default="1", help="of the search; evaluations take 0 (default: 1)")
    parser.add_argument("--measurements", type=int, default=1, help="of each photo (default: 1)")
    parser.add_argument("--model", help="of the command's own choice unless given")
    arguments = parser.parse_args()

    axes = [(key, values.split(",")) for key, values in (axis.split("=", 1) for axis in arguments.grid or arguments.climb)]
    search = Search(arguments)
    search.grid(axes) if arguments.grid else search.climb(axes)
    print(f"\n{arguments.task} {arguments.solver} {arguments.size} px {arguments.steps} steps, best first:")
    for name, (psnr, residual) in sorted(search.rows.items(), key=lambda row: -row[1][0])[:10]:
        print(f"{psnr:6.2f} dB  residual {residual:7.3f}  {name}")


if __name__ == "__main__":
    main()
