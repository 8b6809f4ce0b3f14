#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What prepare collects is complete enough for run, and run leaves its report: dry_run.sh P2L
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
p2l=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "dry_run.sh: $*" >&2 && exit 1; }
"$here/prepare" --p2l "$p2l" --without-packages --out "$work/p2l-gpu.tar.xz"
tar -C "$work" -xf "$work/p2l-gpu.tar.xz"
tree=$work/p2l-gpu
for file in CMakeLists.txt core/CMakeLists.txt tests/memory/random_model.py tests/parity/p2l_reference.py; do
  [[ -e $tree/$file ]] || fail "the archive lacks $file"
done
# With the archive's own models and photos, which are TIFF under the names that the program knows.
P2L_RESOURCES=$tree/resources "$tree/tests/gpu/run" --cpu --minutes 9 --p2l "$p2l" --out "$work/report"
for step in machine selftest-fp32 tiny-K1 tiny-K3 all; do
  grep -qP "^$step\tok\t" "$work/report/summary.tsv" || fail "$step is not ok"
done
grep -q '"seconds"' "$work/report/tiny-K1.log" || fail "there are no seconds: $(cat "$work/report/tiny-K1.log")"

# A configure that fails ends the report; what there is stays.
mkdir "$work/bin"
printf '#!/bin/sh\necho no compiler\nexit 7\n' >"$work/bin/cmake"
chmod +x "$work/bin/cmake"
for script in run train; do
  ! PATH=$work/bin:$PATH P2L_TORCH_ROOT=/ "$tree/tests/gpu/$script" --cpu --minutes 1 --out "$work/failed-$script" || fail "$script built nothing"
  grep -qP '^configure\texit code 7\t' "$work/failed-$script/summary.tsv" || fail "$script does not say what failed"
  grep -qP '^all\tsee above\t' "$work/failed-$script/summary.tsv" || fail "$script left a report without its end"
  grep -q 'no compiler' "$work/failed-$script/configure.log" || fail "$script lost the output"
done

# Too old a glibc for what was collected is said before anything is done.
mkdir "$tree/system"
echo 2.36 >"$tree/system/glibc"
printf '#!/bin/sh\necho glibc 2.9\n' >"$work/bin/getconf"
chmod +x "$work/bin/getconf"
! PATH=$work/bin:$PATH "$tree/tests/gpu/run" --cpu --out "$work/old" 2>"$work/said" || fail "it began with an old glibc"
grep -q 'need glibc 2.36 or later, found 2.9' "$work/said" || fail "$(cat "$work/said")"
[[ ! -e $work/old ]] || fail "it began a report"
