#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The pictures of docs/results.md, "Fast, Good and Best", from two folders of the recipe `quality` (ImageMagick is needed):
#
#   p2l evaluate --recipe quality PHOTOS --out TABLE
#   p2l evaluate --recipe quality resources/photos --out SAMPLES
#   quality_sheets.sh TABLE SAMPLES OUT_FOLDER
#
# Writes quality-fronts.png (the fronts of PSNR and LPIPS of six tasks) and quality.jpg (of four tasks the median and the
# worst of the sample photos).
set -euo pipefail
(($# == 3)) || { sed -n '3,10s/^# \{0,1\}//p' "$0" >&2 && exit 2; }
table=$1 samples=$2 out=$3

for folder in "$table/fronts" "$samples/panels" "$out"; do
  [[ -d $folder ]] || { echo "quality_sheets.sh: there is no folder $folder." >&2 && exit 1; }
done

fronts=()
for task in sr gaussian-blur motion-blur inpaint random-drop denoise--noise-0.2; do
  [[ -f $table/fronts/$task.png ]] || { echo "quality_sheets.sh: $table has no front of $task." >&2 && exit 1; }
  fronts+=("$table/fronts/$task.png")
done
montage "${fronts[@]}" -tile 2x3 -geometry 640x+6+6 -depth 8 miff:- | convert - +dither -colors 128 "PNG8:$out/quality-fronts.png"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rows=()
for task in sr motion-blur random-drop inpaint; do
  for which in median worst; do
    # Truth, measurement, rows of the table, plain baseline.
    convert "$samples/panels/$task-$which.png" -trim +repage "$work/$task-$which.png"
    rows+=("$work/$task-$which.png")
  done
done
montage "${rows[@]}" -tile 1x8 -gravity west -geometry +4+4 "$work/all.png"
convert "$work/all.png" -quality 80 "$out/quality.jpg"
