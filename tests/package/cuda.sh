#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# p2l-cuda in an installed tree, with wheels of a few kilobytes: cuda.sh INSTALLER SHARED_LIBRARY
set -euo pipefail
installer=$1 library=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "cuda.sh: $*" >&2 && exit 1; }

prefix=$work/prefix
mkdir -p "$prefix/share/p2l-studio/installer" "$prefix/lib/p2l-studio" "$prefix/bin" "$work/wheels" "$work/torch"
cp "$installer"/{cuda,lib.sh,libtorch.sh} "$prefix/share/p2l-studio/installer/"
ln -s ../share/p2l-studio/installer/cuda "$prefix/bin/p2l-cuda"
place=$prefix/lib/p2l-studio/cuda

# Without the program around it, it says what is missing.
! "$prefix/bin/p2l-cuda" --dry-run 2>"$work/said" || fail "it took a tree without LibTorch"
grep -q 'libtorch_cpu.so is missing' "$work/said" || fail "$(cat "$work/said")"
# A source tree has no place of its own: nothing is looked for above it.
! "$installer/cuda" --dry-run 2>"$work/said" || fail "it took a source tree"
! grep -qE '//|libtorch_cpu.so' "$work/said" || fail "$(cat "$work/said")"
grep -q 'P2L_TORCH_VARIANT=cuda installer/setup' "$work/said" || fail "$(cat "$work/said")"
touch "$prefix/lib/p2l-studio/libtorch_cpu.so"

version=$(sed -n 's/^torch_version=//p' "$installer/libtorch.sh")
python3 - "$work/wheels" "$version" "$library" <<'PYTHON'
import sys, zipfile
folder, version, library = sys.argv[1:]
with zipfile.ZipFile(f"{folder}/torch-{version}-cp311-cp311-manylinux_2_28_x86_64.whl", "w") as wheel:
    for name in ("libtorch_cuda.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_python.so"):
        wheel.write(library, f"torch/lib/{name}")
    wheel.writestr(f"torch-{version}.dist-info/METADATA", "Requires-Dist: nvidia-cudnn-cu13==9; platform_system == 'Linux'\n")
with zipfile.ZipFile(f"{folder}/nvidia_cudnn_cu13-9-py3-none-any.whl", "w") as wheel:
    wheel.write(library, "nvidia/cudnn/lib/libcudnn.so.9")
    wheel.writestr("nvidia/cudnn/include/cudnn.h", "")
PYTHON

"$prefix/bin/p2l-cuda" --dry-run --wheels "$work/wheels" >"$work/said"
grep -qF "$place" "$work/said" || fail "the dry form does not say where: $(cat "$work/said")"
[[ ! -e $place ]] || fail "the dry form changed something"
grep -qF "would take from $work/wheels torch $version" "$work/said" || fail "the dry form does not say from where: $(cat "$work/said")"

# A folder without the wheels is one sentence, of the dry form too.
mkdir "$work/none" "$work/half"
touch "$work/none/torch-$version.txt"
cp "$work"/wheels/torch-* "$work/half/"
for folder in none half; do
  for dry in --dry-run ''; do
    ! "$prefix/bin/p2l-cuda" $dry --wheels "$work/$folder" >"$work/said" 2>&1 || fail "it took the folder $folder"
    [[ $(wc -l <"$work/said") == 1 && $(cat "$work/said") == *" in $work/$folder: --wheels needs"* ]] || fail "$folder: $(cat "$work/said")"
  done
done

"$prefix/bin/p2l-cuda" --wheels "$work/wheels"
found=$(cd "$place" && echo *)
[[ $found == "libc10_cuda.so libcudnn.so.9 libtorch_cuda.so" ]] || fail "found $found"
[[ $(cd "$prefix/lib/p2l-studio" && echo *) == "cuda libtorch_cpu.so" ]] || fail "something is left behind"

# Again, and with wheels of another version: what is there stays.
rm "$work"/wheels/torch-*
! "$prefix/bin/p2l-cuda" --wheels "$work/wheels" 2>"$work/said" || fail "it took wheels without torch"
[[ -e $place/libtorch_cuda.so && $(cd "$prefix/lib/p2l-studio" && echo *) == "cuda libtorch_cpu.so" ]] || fail "a failure took what was there"
"$prefix/bin/p2l-cuda" --dry-run --remove >"$work/said"
[[ -e $place/libtorch_cuda.so ]] || fail "the dry form removed it"
grep -qF "would remove $place" "$work/said" || fail "$(cat "$work/said")"
"$prefix/bin/p2l-cuda" --remove
[[ ! -e $place ]] || fail "it is not removed"
