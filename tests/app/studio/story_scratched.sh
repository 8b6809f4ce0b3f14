#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "My scratched photo": story_scratched.sh P2L_STUDIO P2L PHOTO
# Opens a photo with a scratch, paints over it, takes the stroke back and paints again, runs, and saves: what was not
# painted is as it was, to the last bit. P2L_PICTURES=FOLDER keeps pictures of it.
set -euo pipefail
studio=$1 p2l=$2 photo=$3

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1280x720 "$0" "$@"
prepare_home
side=128
convert "$photo" -resize "x$side" -gravity center -crop "${side}x$side+0+0" +repage -depth 8 "$home/sound.png"
convert "$home/sound.png" -stroke white -strokewidth 5 -draw "line 30,64 98,64" "$home/scratched.png"

start_studio 60 "$studio" "$home/scratched.png"
wait_for 30 title_has scratched.png || fail "the photo was not opened: $(title)"
size_window 1280x720
click "QToolButton Scratched"
sleep 1
picture scratched-1-empty
listen
key F5 # a run without a mask would ruin the picture
sleep 2
said "running" && fail "an empty mask was run"
place "p2l::ui::ImageCanvas Picture"
centre_x=$((left + width / 2)) centre_y=$((top + height / 2))
# stroke: over the scratch, which lies in the middle of the canvas.
stroke() {
  local zoom=$((height * 100 / side)) x
  xdotool mousemove $((centre_x - 36 * zoom / 100)) $centre_y mousedown 1
  for x in -24 -12 0 12 24 36; do
    xdotool mousemove $((centre_x + x * zoom / 100)) $centre_y
    sleep 0.05
  done
  xdotool mouseup 1
  sleep 0.7
}
for _ in 1 2 3 4 5 6; do key bracketleft; done # a brush not much wider than the scratch
stroke
picture scratched-2-painted
key ctrl+z
listen
key F5
sleep 2
said "running" && fail "the stroke was not taken back"
stroke
click "QToolButton Fast"
run_to_end 300
picture scratched-3-result
save_result "$home/mended.png"

[[ $(identify -format '%wx%h' "$home/mended.png") == "${side}x$side" ]] || fail "another size"
# Above and below the stroke nothing was touched.
for band in "${side}x32+0+0" "${side}x32+0+96"; do
  convert "$home/scratched.png" -crop "$band" +repage "$home/before.png"
  convert "$home/mended.png" -crop "$band" +repage "$home/after.png"
  pixels=$(compare -metric AE "$home/before.png" "$home/after.png" null: 2>&1 || true)
  [[ ${pixels%%[. ]*} == 0 ]] || fail "$pixels measured pixels were changed in $band"
done
# The scratch is gone: its pixels are nearer to the sound photo than white is.
scratch=60x3+34+63
for name in sound scratched mended; do
  convert "$home/$name.png" -crop "$scratch" +repage "$home/$name-scratch.png"
done
(($(psnr "$home/mended-scratch.png" "$home/sound-scratch.png") > $(psnr "$home/scratched-scratch.png" "$home/sound-scratch.png") + 3)) ||
  fail "the scratch is still there: $(psnr "$home/mended-scratch.png" "$home/sound-scratch.png") dB"
run=$(kept_runs)
[[ $(wc -l <<<"$run") == 1 && $(of_run "$run" degradations.0.id) == inpaint ]] || fail "the history: $run"
# The saved picture brings its mask along.
"$p2l" restore "$home/scratched.png" --measured --request "$home/mended.png" --out "$home/repeated.png" --quiet ||
  fail "the command line finds no request in the saved picture"
(($(psnr "$home/repeated.png" "$home/mended.png") >= 48)) || fail "the command line makes another picture"
quit_studio
echo "my scratched photo: all well"
