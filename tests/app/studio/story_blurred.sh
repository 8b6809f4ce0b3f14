#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "My blurred photo, and I do not know how much": story_blurred.sh P2L_STUDIO P2L PHOTO
# Opens a photo that was out of focus, has widths tried side by side, chooses one, runs, and saves. P2L_PICTURES=FOLDER
# keeps pictures of it.
set -euo pipefail
studio=$1 p2l=$2 photo=$3

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1280x720 "$0" "$@"
prepare_home
convert "$photo" -resize 192x128! -depth 8 "$home/sharp.png"
"$p2l" degrade "$home/sharp.png" --task defocus --radius 2.83 --noise 0.01 --out "$home/y.png" ||
  fail "the photo was not blurred"
convert "$home/y.png" -strip "$home/blurred.png" # without the request, which would bring the sharp photo back

start_studio 60 "$studio" "$home/blurred.png"
wait_for 30 title_has blurred.png || fail "the photo was not opened: $(title)"
size_window 1280x720
click "QToolButton Out of focus"
click "QToolButton Fast"
sleep 2
picture blurred-1-opened
listen
click "QPushButton Not sure? Widths…"
wait_for 60 on_screen "QToolButton Radius: 2.83 px" || fail "no strip of widths: $(layout | grep Radius)"
tiles=$(layout | grep -c "^QToolButton Radius: ")
((tiles >= 5)) || fail "only $tiles widths"
all_tried() { [[ $(grep -cE "^p2l.run: run [0-9]+ step ([0-9]+) of \1$" <(tail -n "+$heard" "$log")) -ge $tiles ]]; }
wait_for 300 all_tried || fail "not every width was tried"
sleep 1
picture blurred-2-widths
click "QToolButton Radius: 2.83 px"
sleep 1
on_screen "QToolButton Radius: 2.83 px" && fail "the strip does not close"
run_to_end 300
picture blurred-3-result
save_result "$home/deblurred.png"

[[ $(identify -format '%wx%h' "$home/deblurred.png") == 192x128 ]] || fail "another size"
(($(psnr "$home/deblurred.png" "$home/sharp.png") > $(psnr "$home/blurred.png" "$home/sharp.png"))) ||
  fail "no nearer to the sharp photo: $(psnr "$home/deblurred.png" "$home/sharp.png") dB, blurred $(psnr "$home/blurred.png" "$home/sharp.png")"
run=$(kept_runs)
[[ $(wc -l <<<"$run") == 1 ]] || fail "what was tried is in the history, too: $run"
[[ $(of_run "$run" degradations.0.id) == defocus && $(of_run "$run" degradations.0.values.radius) == 2.8* ]] ||
  fail "not the chosen width is in the history"
quit_studio
echo "my blurred photo: all well"
