#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A training that is stopped at its limit is brought back and goes on: train_dry_run.sh P2L
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
p2l=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "train_dry_run.sh: $*" >&2 && cat "$work"/*/train.log >&2 && exit 1; }
train() { "$here/train" --cpu --p2l "$p2l" "$@"; }

photo=$here/../../resources/photos/skimage_chelsea.png
train --minutes 0.5 --out "$work/first" -- autoencoder "$photo" --batch 1 --crop 16 --trips 0 --steps 1000000 --threads 1 --seed 3
for step in train model all; do
  grep -qP "^$step\tok\t" "$work/first/summary.tsv" || fail "$step is not ok: $(cat "$work/first/summary.tsv")"
done
steps=$(tail -1 "$work/first/run/log.csv" | cut -d, -f1)
((steps > 0 && steps < 1000000)) || fail "it made $steps steps"
grep -q 'model/vae/.*safetensors' <<<"$(tar -tf "$work/first/model.tar")" || fail "the weights are not in model.tar"

# The same training goes on, without its options being said again; the folder that it came from stays.
before=$(sha256sum <"$work/first/run/checkpoint.safetensors")
train --minutes 0.35 --run "$work/first/run" --out "$work/second"
grep -q "goes on from step $steps of 1000000" "$work/second/train.log" || fail "it did not go on from step $steps"
(($(tail -1 "$work/second/run/log.csv" | cut -d, -f1) > steps)) || fail "no step was made"
[[ $(sha256sum <"$work/first/run/checkpoint.safetensors") == "$before" ]] || fail "the first training was changed"

# What cannot go on says so, and no training is overwritten.
! train --run "$work/first/run" --out "$work/second" 2>"$work/said" || fail "it overwrote a training"
grep -q 'would overwrite' "$work/said" || fail "$(cat "$work/said")"
! train --run "$work" --out "$work/third" 2>"$work/said" || fail "it went on from no training"
grep -q 'no checkpoint.safetensors' "$work/said" || fail "$(cat "$work/said")"
! train --minutes 0.1 --out "$work/third" 2>"$work/said" || fail "it began for six seconds"
grep -q 'too little' "$work/said" || fail "$(cat "$work/said")"
