#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The real program under Xvfb, driven by keys and mouse: studio_under_xvfb.sh P2L_STUDIO P2L PHOTO
# Opens a photo, runs, pauses, goes on, stops by keys; runs, pauses, steps, scrubs, stops by mouse; saves and quits.
# Checks titles, what the program says of itself (QT_LOGGING_RULES), the saved file and the exit code.
set -euo pipefail
studio=$1 p2l=$2 photo=$3

if [[ ${4:-} != inside ]]; then
  exec xvfb-run -a -s "-screen 0 1440x900x24" bash "$0" "$studio" "$p2l" "$photo" inside
fi

fail() {
  echo "FAILED: $*" >&2
  import -window root "${P2L_SHOT:-$home/failed.png}" 2>/dev/null || true
  tail -20 "$log" >&2 || true
  exit 1
}
# wait_for SECONDS COMMAND...: until the command succeeds.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}
title() { xdotool getwindowname "$window"; }
title_has() { [[ $(title) == *"$1"* ]]; }
title_lacks() { [[ $(title) != *"$1"* ]]; }
# What the program said since the last `listen`.
listen() { heard=$(($(wc -l <"$log") + 1)); }
said() { grep -q "^p2l.run: $1" <(tail -n "+$heard" "$log"); }
expect() { # SECONDS PATTERN
  wait_for "$1" said "$2" || fail "the program did not say $2"
}
# place CONTROL: sets left, top, width and height of the control on the screen, as the program last said.
place() {
  local said_place
  said_place=$(grep "^p2l.layout: $1: " "$log" | tail -1) || fail "there is no control $1 on the screen"
  read -r left top width height <<<"${said_place##*: }"
}
click() {
  place "$1"
  xdotool mousemove $((left + width / 2)) $((top + height / 2)) click 1
}

home=$(mktemp -d)
log=$home/studio.log
export LC_ALL=C.UTF-8 LANGUAGE= # the window speaks English
export QT_LOGGING_RULES="p2l.run.info=true;p2l.layout.info=true"
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home QT_QPA_PLATFORM=xcb QT_QPA_PLATFORMTHEME=
unset DBUS_SESSION_BUS_ADDRESS || true
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$home"' EXIT
convert "$photo" -gravity center -crop 128x128+0+0 +repage "$home/photo.png"
openbox >/dev/null 2>&1 &
sleep 0.5

start=$(date +%s%N)
"$studio" "$home/photo.png" 2>"$log" &
program=$!
window=$(timeout 60 xdotool search --sync --onlyvisible --name "P2L Studio" | head -1) || fail "no window"
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
sleep 1
done_before=$(grep -c "^p2l.run: run 3 step" "$log")
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
expect 30 "result of "
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
xdotool windowactivate --sync "$window"
xdotool key --window "$window" ctrl+q || true  # the window may be gone before the key is let go
wait_for 20 bash -c "! kill -0 $program 2>/dev/null" || fail "Ctrl+Q did not end the program"
wait "$program" || fail "exit code $?"
echo "studio under Xvfb: all well"
