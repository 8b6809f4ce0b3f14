# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of the `p2l` command whose reports are kept, so that an interrupted series goes on where it stopped."""

import hashlib
import json
import os
import statistics
import subprocess
from pathlib import Path

#: The tasks of the quality table and JPEG, as the command line takes them.
TASKS = {
    "sr": ["--task", "sr", "--factor", "4"],
    "sr-8": ["--task", "sr", "--factor", "8"],
    "gaussian-blur": ["--task", "gaussian-blur", "--sigma", "3"],
    "motion-blur": ["--task", "motion-blur", "--intensity", "0.5"],
    "inpaint": ["--task", "inpaint"],
    "random-drop": ["--task", "random-drop", "--drop", "0.8"],
    "jpeg": ["--task", "jpeg", "--quality", "20"],
}


def report(p2l, folder, photo, options, command="restore", keep_picture=True):
    """The JSON report of one run; made when it is not there yet. Returns None when the run failed."""
    key = hashlib.sha256(json.dumps([command, str(photo), options]).encode()).hexdigest()[:16]
    path = Path(folder) / f"{Path(photo).stem}_{key}.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = path.with_suffix(".png")
        part = path.with_suffix(".part")
        arguments = [p2l, command, str(photo), *options, "--out", str(picture), "--report", str(part)]
        if command == "restore":
            arguments.append("--quiet")
        done = subprocess.run(arguments, capture_output=True, text=True, env={**os.environ, "OMP_WAIT_POLICY": "passive"})
        if done.returncode != 0:
            print(f"{photo}: {done.stderr.strip()}", flush=True)
            return None
        part.rename(path)
        if not keep_picture:
            picture.unlink(missing_ok=True)
    result = json.loads(path.read_text())
    result["picture"] = str(path.with_suffix(".png"))
    return result


def mean(values):
    """Mean of the numbers that are there; NaN of none."""
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else float("nan")
