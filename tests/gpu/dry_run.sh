#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What prepare collects is complete enough for run, and run leaves its report: dry_run.sh P2L
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
p2l=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/prepare" --p2l "$p2l" --without-packages --out "$work/p2l-gpu.tar.zst"
tar -C "$work" -xf "$work/p2l-gpu.tar.zst"
for file in CMakeLists.txt core/CMakeLists.txt tests/memory/random_model.py; do
  [[ -e $work/p2l-gpu/$file ]] || { echo "the archive lacks $file" >&2 && exit 1; }
done
# With the archive's own models and photos, which are TIFF under the names that the program knows.
P2L_RESOURCES=$work/p2l-gpu/resources "$work/p2l-gpu/tests/gpu/run" --cpu --minutes 9 --p2l "$p2l" --out "$work/report"
for step in machine selftest-fp32 tiny-K1 tiny-K3 all; do
  grep -qP "^$step\tok\t" "$work/report/summary.tsv" || { echo "$step is not ok" >&2 && exit 1; }
done
grep -q '"seconds"' "$work/report/tiny-K1.log" || { cat "$work/report/tiny-K1.log" >&2 && exit 1; }
