# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# For scripts that drive the real program under Xvfb with keys and mouse. Sourced: xvfb_lib.sh, then `under_xvfb`, then
# `prepare_home`. The program says what it does and where its controls are (app/studio/studio_log.h).
# SIZE=1920x1200 takes another size of window and screen than the script names, SCALE=2 draws both at so many times the
# size (a fine screen), THEME=dark or light sets the colours.

# scaled NUMBER...: logical pixels as those of the screen.
scaled() { awk -v scale="${SCALE:-1}" '{for (i = 1; i <= NF; ++i) printf "%d ", $i * scale + 0.5}' <<<"$*"; }
# size_here WIDTHxHEIGHT: the size of the window in pixels of the screen.
size_here() {
  local size=${SIZE:-$1} width height
  read -r width height <<<"$(scaled "${size%x*}" "${size#*x}")"
  echo "${width}x$height"
}

# under_xvfb SCREEN SCRIPT ARGUMENTS...: runs the script again on a screen of its own, such as 1440x900.
under_xvfb() {
  [[ ${INSIDE_XVFB:-} == yes ]] && return
  local screen
  screen=$(size_here "$1")
  shift
  INSIDE_XVFB=yes exec xvfb-run -a -s "-screen 0 ${screen}x24" bash "$@"
}

# A folder of its own for all that the program reads and writes, and a window manager.
prepare_home() {
  # Typed into a dialog, a path loses a key where what it may go on as shrinks to one name: this one's first keys are its
  # own, beside other folders of the program's.
  home=${TMPDIR:-/tmp}/$$-p2l-studio-$(date +%s)
  mkdir -m 700 "$home"
  log=$home/studio.log
  : >"$log"
  heard=1
  export LC_ALL=C.UTF-8 LANGUAGE= # the window speaks English
  export QT_LOGGING_RULES="p2l.run.info=true;p2l.layout.info=true"
  export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home QT_QPA_PLATFORM=xcb
  export QT_QPA_PLATFORMTHEME="" QT_SCALE_FACTOR=${SCALE:-1}
  set_theme
  unset DBUS_SESSION_BUS_ADDRESS || true
  trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$home"' EXIT
  openbox >/dev/null 2>&1 &
  sleep 0.5
}

# set_theme: the one that THEME names, for the next start.
set_theme() {
  local number
  case ${THEME:-} in
    light) number=1 ;;
    dark) number=2 ;;
    *) return 0 ;;
  esac
  mkdir -p "$home/config/p2l-studio"
  printf '[General]\ntheme=%s\n' "$number" >"$home/config/p2l-studio/p2l-studio.conf"
}

fail() {
  echo "FAILED: $*" >&2
  grep -v "^p2l.layout" "$log" | tail -20 >&2 || true
  if [[ -n ${program:-} ]]; then
    if ! kill -0 "$program" 2>/dev/null; then
      local code=0
      wait "$program" || code=$?
      echo "the program is gone: exit code $code" >&2
    elif command -v gdb >/dev/null; then # where each of its threads stands
      timeout 120 gdb -p "$program" -batch -ex "thread apply all bt 16" 2>/dev/null | grep -E '^(#|Thread)' >&2 || true
      top -b -H -n 1 -p "$program" | head -30 >&2 || true
      cat /proc/loadavg /proc/pressure/cpu /proc/pressure/io >&2 2>/dev/null || true
    else
      echo "the program waits in $(cat "/proc/$program/wchan" 2>/dev/null)" >&2
    fi
  fi
  [[ -z ${P2L_SHOT:-} ]] || import -window root "$P2L_SHOT" 2>/dev/null || true
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

title() { xdotool getwindowname "$window" 2>/dev/null || true; }
title_has() { [[ $(title) == *"$1"* ]]; }
title_lacks() { [[ $(title) != *"$1"* ]]; }

# What the program said since the last `listen`.
listen() { heard=$(($(wc -l <"$log") + 1)); }
said() { grep -q "^p2l.run: $1" <(tail -n "+$heard" "$log"); }
expect() { # SECONDS PATTERN
  wait_for "$1" said "$2" || fail "the program did not say $2"
}

# start_studio SECONDS PROGRAM ARGUMENTS...: sets program and window.
start_studio() {
  local patience=$1
  shift
  printf 'p2l.layout: begin\np2l.layout: end\n' >>"$log" # what an earlier one said holds no more
  "$@" 2>>"$log" &
  program=$!
  window=$(timeout "$patience" xdotool search --sync --onlyvisible --name "P2L Studio" | head -1) || fail "no window"
}

# size_window WIDTHxHEIGHT: at the screen's corner, in front.
size_window() {
  local size
  size=$(size_here "$1")
  xdotool windowsize --sync "$window" "${size%x*}" "${size#*x}" || true
  xdotool windowmove "$window" 0 0
  xdotool windowactivate --sync "$window"
  sleep 1
}

# The layout that the program said last, whole.
layout() {
  awk '/^p2l.layout: begin$/ {block = ""; next} /^p2l.layout: end$/ {whole = block; next}
    /^p2l.layout: / {block = block substr($0, 13) "\n"} END {printf "%s", whole}' "$log"
}
line_of() { # NAME: "QToolButton Run", "QAction LaTeX", "row P2L"
  layout | awk -v name="$1: " 'index($0, name) == 1 {print; exit}'
}
on_screen() { [[ -n $(line_of "$1") ]]; }
# place_of LINE: sets left, top, width and height of what a line of the layout says.
place_of() { read -r left top width height <<<"$(scaled "${1##*: }")"; }
# place NAME: the same for the control on the screen.
place() {
  wait_for 30 on_screen "$1" || fail "there is no $1 on the screen"
  place_of "$(line_of "$1")"
}
# text_of LABEL: what a named label says. on_screen_text LABEL TEXT: it says so.
text_of() { layout | sed -n "s/^QLabel $1 \(.*\): [0-9 -]*$/\1/p"; }
on_screen_text() { [[ $(text_of "$1") == *"$2"* ]]; }
click() { # NAME [BUTTON]
  place "$1"
  [[ $1 != QCheckBox\ * ]] || width=$height # its box: beside a short text a wide one takes no click
  xdotool mousemove $((left + width / 2)) $((top + height / 2)) click "${2:-1}"
  sleep 0.6 # two clicks at once would be a double click, and a list that has just opened takes none
}
key() { # KEY...
  local each
  for each in "$@"; do
    xdotool key --window "$window" "$each"
    sleep 0.3
  done
}
# picture NAME: of the window, into the folder $P2L_PICTURES where that is given; its name has size, scale and theme.
picture() {
  [[ -n ${P2L_PICTURES:-} ]] || return 0
  mkdir -p "$P2L_PICTURES"
  sleep 0.7
  local name=$1${SIZE:+-$SIZE}${SCALE:+-x$SCALE}${THEME:+-$THEME}
  import -window root -crop "$(xdotool getwindowgeometry --shell "$window" |
    awk -F= '/WIDTH/ {w = $2} /HEIGHT/ {h = $2} END {print w "x" h "+0+0"}')" +repage "$P2L_PICTURES/$name.png"
}
# quit_studio: by its key; it ends well. What would be lost is lost.
quit_studio() {
  xdotool windowactivate --sync "$window"
  xdotool key --window "$window" ctrl+q || true # the window may be gone before the key is let go
  if wait_for 3 on_screen "QPushButton Quit anyway"; then click "QPushButton Quit anyway"; fi
  wait_for 20 bash -c "! kill -0 $program 2>/dev/null" || fail "Ctrl+Q did not end the program"
  wait "$program" || fail "exit code $?"
  xdotool keyup ctrl keyup q # else they are held down, and end the next program
}

# type_into_dialog TITLE TEXT [DELAY]: into the line that has the focus there, DELAY ms from key to key (default: 60), then
# Return.
type_into_dialog() {
  local dialog
  dialog=$(timeout 20 xdotool search --sync --onlyvisible --name "$1" | head -1) || return 1
  xdotool windowactivate --sync "$dialog" || return 1
  sleep 0.5
  xdotool key ctrl+a
  xdotool type --delay "${3:-60}" "$2"
  sleep 0.3
  xdotool key Return
  wait_for 5 bash -c "! xdotool search --onlyvisible --name '$1' >/dev/null 2>&1"
}
# save_result FILE: by its key. Further tries are slower.
save_result() {
  local delay
  for delay in 60 200 400; do
    xdotool windowactivate --sync "$window"
    xdotool key --window "$window" ctrl+s
    type_into_dialog "Save result" "$1" $delay && wait_for 10 test -s "$1" && return
    xdotool key Escape
  done
  picture not-saved
  fail "nothing was saved as $1; its folder has: $(ls -t "$(dirname "$1")" | tr '\n' ' ')"
}
# open_photo FILE: by the dialog.
open_photo() {
  local delay
  for delay in 60 200 400; do
    xdotool windowactivate --sync "$window"
    xdotool key --window "$window" ctrl+o
    type_into_dialog "Open photo" "$1" $delay && wait_for 30 title_has "$(basename "$1")" && return
    xdotool key Escape
  done
  fail "$1 was not opened: $(title)"
}
# run_to_end SECONDS: of the document, to its result.
run_to_end() {
  listen
  key F5
  expect 60 "running"
  expect "$1" "result of "
  expect 30 "idle"
}
# kept_runs: the files of the history's runs.
kept_runs() { find "$home/data" -name run.json | sort; }
# of_run FILE PATH: a value of a run's request, such as degradations.0.id.
of_run() {
  python3 -c 'import json, sys
value = json.load(open(sys.argv[1]))["kept"]["request"]
for part in sys.argv[2].split("."):
    value = value[int(part)] if part.isdigit() else value[part]
print(value)' "$1" "$2"
}
# psnr FILE FILE: in dB, whole numbers; 999 for equal pictures.
psnr() {
  local value
  value=$(compare -metric PSNR "$1" "$2" null: 2>&1 || true)
  [[ $value == inf* ]] && value=999
  echo "${value%%[. ]*}"
}
