#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The real program under Xvfb, driven by keys and mouse: studio_under_xvfb.sh P2L_STUDIO P2L PHOTO
# Opens a photo, runs, pauses, goes on, stops by keys; runs, pauses, steps, scrubs, stops by mouse; saves and quits.
# Checks titles, what the program says of itself (QT_LOGGING_RULES), the saved file and the exit code.
set -euo pipefail
studio=$1 p2l=$2 photo=$3

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1440x900 "$0" "$@"
prepare_home
convert "$photo" -gravity center -crop 128x128+0+0 +repage "$home/photo.png"

start=$(date +%s%N)
start_studio 60 "$studio" "$home/photo.png"
echo "window up after $((($(date +%s%N) - start) / 1000000)) ms"
wait_for 30 title_has photo.png || fail "the photo was not opened: $(title)"
xdotool windowactivate --sync "$window"
sleep 1

xdotool key --window "$window" F5
wait_for 60 title_has % || fail "F5 started no run: $(title)"
xdotool key --window "$window" F6
wait_for 20 title_has paused || fail "F6 did not pause: $(title)"
xdotool key --window "$window" F6
wait_for 20 title_lacks paused || fail "F6 did not go on: $(title)"
eval "$(xdotool getwindowgeometry --shell "$window")"
xdotool mousemove $((X + WIDTH / 2)) $((Y + HEIGHT / 2)) click 1  # the divider goes where one clicks
wait_for 120 title_lacks % || { # the run ends by itself or is stopped
  xdotool key --window "$window" F7
  wait_for 30 title_lacks % || fail "F7 did not stop the run: $(title)"
}

xdotool key --window "$window" F5
wait_for 60 title_has % || fail "no second run: $(title)"
xdotool key --window "$window" F7
wait_for 30 title_lacks % || fail "F7 did not stop the run: $(title)"

# The same by mouse. The pointer rests between clicks, or two of them would be a double click.
listen
click "QToolButton Run"
expect 60 "running"
expect 60 "run 3 step 2 "
click "QToolButton Pause"
expect 20 "paused"
wait_for 5 title_has paused || fail "the title does not say that the run is paused: $(title)"
steps_done() { grep -c "^p2l.run: run 3 step" "$log"; }
done_before=-1
until [[ $done_before == $(steps_done) ]]; do # a step that was under way reports after the pause
  done_before=$(steps_done)
  sleep 2
done
listen
click "QToolButton Step"
expect 60 "run 3 step $((done_before + 1)) "
expect 20 "paused"
said "run 3 step $((done_before + 2)) " && fail "one step was asked for, and more were made"
sleep 1
place "p2l::ui::StepSlider Step"
listen
scrub() { xdotool mousemove $((left + 2 + $1 * (width - 4) / 100)) $((top + height / 2)); }
scrub 0
xdotool mousedown 1
expect 10 "shown step 1$"
for part in 1 2 4 40 100; do scrub $part; sleep 0.1; done
expect 10 "shown step $((done_before + 1))$"
said "shown step $((done_before + 2))$" && fail "a step that was not made yet was shown"
listen
scrub 0
xdotool mouseup 1
expect 10 "shown step 1$"
listen
click "QToolButton Pause"
expect 20 "running"
expect 60 "run 3 step $((done_before + 3)) "
click "QToolButton Stop"
expect 20 "stopping"
expect 120 "result of " # a disk that is busy may hold it up: stalls are another test's subject
expect 30 "idle"
title_lacks % || fail "the title still counts: $(title)"

# The dialog opens in the photo's folder. A busy machine loses keys now and then, so a second try is allowed.
save() {
  xdotool windowactivate --sync "$window"
  xdotool key --window "$window" ctrl+s
  local dialog
  dialog=$(timeout 20 xdotool search --sync --onlyvisible --name "Save result" | head -1) || fail "no dialog to save"
  xdotool windowactivate --sync "$dialog"
  sleep 0.5
  xdotool key ctrl+a
  xdotool type --delay 80 out.png
  sleep 0.3
  xdotool key Return
  wait_for 5 test -s "$home/out.png"
}
save || save || save || fail "nothing was saved"
[[ $(identify -format %m "$home/out.png") == PNG ]] || fail "the saved file is no PNG"
"$p2l" restore "$home/photo.png" --request "$home/out.png" --steps 1 --set K=0 --out "$home/again.png" --quiet ||
  fail "the command line finds no request in the saved picture"

sleep 1
quit_studio
echo "studio under Xvfb: all well"
