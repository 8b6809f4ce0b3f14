#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "My small photo, enlarged whole": story_small.sh P2L_STUDIO P2L PHOTO
# Opens a photo of 96 x 64 with the dialog, is offered all of it four times as large, runs, looks at a step, and saves.
# P2L_PICTURES=FOLDER keeps pictures of it.
set -euo pipefail
studio=$1 p2l=$2 photo=$3

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1280x720 "$0" "$@"
prepare_home
convert "$photo" -resize 384x256! "$home/large.png"
convert "$home/large.png" -filter box -resize 25% "$home/small.png"
[[ $(identify -format %wx%h "$home/small.png") == 96x64 ]] || fail "the photo is not 96 x 64"

start_studio 60 "$studio"
wait_for 30 title_has skimage || fail "no sample photo: $(title)"
size_window 1280x720
open_photo "$home/small.png"
picture small-1-opened
click "QToolButton Too small"
click "QToolButton Fast"
run_to_end 300
picture small-2-result
click "QToolButton Difference"
picture small-3-difference
click "QToolButton Split"
save_result "$home/enlarged.png"

[[ $(identify -format '%m %wx%h' "$home/enlarged.png") == "PNG 384x256" ]] ||
  fail "not the whole photo four times as large: $(identify "$home/enlarged.png")"
# Where it is made smaller again, it is the photo; and it is a picture of its own, not the photo enlarged plainly.
convert "$home/enlarged.png" -filter box -resize 25% "$home/again.png"
(($(psnr "$home/again.png" "$home/small.png") >= 30)) || fail "it is another photo: $(psnr "$home/again.png" "$home/small.png") dB"
run=$(kept_runs)
[[ $(wc -l <<<"$run") == 1 ]] || fail "not one run in the history: $run"
[[ $(of_run "$run" degradations.0.id) == sr && $(of_run "$run" mode) == restore ]] || fail "another task is in the history"
compare -metric AE "$(dirname "$run")/result.png" "$home/enlarged.png" null: 2>/dev/null ||
  [[ $(psnr "$(dirname "$run")/result.png" "$home/enlarged.png") -ge 48 ]] || fail "the history has another picture"
# What is saved says how it was made, and the command line makes it again.
"$p2l" restore "$home/small.png" --measured --request "$home/enlarged.png" --out "$home/repeated.png" --quiet ||
  fail "the command line finds no request in the saved picture"
(($(psnr "$home/repeated.png" "$home/enlarged.png") >= 48)) || fail "the command line makes another picture"
quit_studio
echo "my small photo: all well"
