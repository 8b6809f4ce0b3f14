#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# README's pictures of the studio, made with the real program under Xvfb: screenshots.sh P2L_STUDIO FOLDER [PHOTO]
# FOLDER gets studio-restore.png (dark), studio-lab.png (light, curves open), studio-wide.png (1920 x 1200, dark) and
# studio-compare.png (light, the ladder from LDPS to P2L) and studio-learn.png (dark, a step of lesson 3).
# SCALE=2 draws at twice the size; SHOTS="restore lab" makes only these.
set -euo pipefail
studio=$(realpath "$1") folder=$(realpath "$2") photo=${3:-}

if [[ ${INSIDE:-} != yes ]]; then
  exec env INSIDE=yes xvfb-run -a -s "-screen 0 1920x1200x24" bash "$0" "$studio" "$folder" "$photo"
fi

home=$(mktemp -d)
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home QT_QPA_PLATFORM=xcb
export LC_ALL=C.UTF-8 LANGUAGE= # the window speaks English
export QT_QPA_PLATFORMTHEME= QT_SCALE_FACTOR=${SCALE:-1}
unset DBUS_SESSION_BUS_ADDRESS || true
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$home"' EXIT
openbox >/dev/null 2>&1 &
sleep 0.5

fail() { echo "FAILED: $*" >&2; exit 1; }
title() { xdotool getwindowname "$window" 2>/dev/null || true; }
wait_title() { # SECONDS has|lacks TEXT
  local end=$((SECONDS + $1))
  while :; do
    case "$2" in
      has) [[ $(title) == *"$3"* ]] && return ;;
      lacks) [[ $(title) != *"$3"* ]] && return ;;
    esac
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}
wait_run() {
  wait_title 60 has % || fail "no run began: $(title)"
  wait_title 600 lacks % || fail "the run did not end: $(title)"
}
keys() { # KEY | click:X,Y | wait | sleep:SECONDS
  for key in "$@"; do
    case "$key" in
      click:*) IFS=, read -r x y <<<"${key#click:}" && xdotool mousemove "$x" "$y" click 1 ;;
      wait) wait_run ;;
      sleep:*) sleep "${key#sleep:}" ;;
      *) xdotool key --window "$window" "$key" ;;
    esac
    sleep 0.3
  done
}

# shot NAME THEME WIDTHxHEIGHT KEYS...: a run of the sample photo to its end, the keys, a picture.
shot() {
  local name=$1 theme=$2 size=$3
  shift 3
  [[ -z ${SHOTS:-} || " $SHOTS " == *" $name "* ]] || return 0
  rm -rf "$home/config" "$home/data"
  mkdir -p "$home/config/p2l-studio"
  printf '[General]\ntheme=%s\n' "$theme" >"$home/config/p2l-studio/p2l-studio.conf"
  "$studio" ${photo:+"$photo"} 2>"$home/log" &
  local program=$!
  window=$(timeout 60 xdotool search --sync --onlyvisible --name "P2L Studio" | head -1) || fail "no window"
  wait_title 30 has " – " || fail "no photo was opened: $(title)"
  xdotool windowsize --sync "$window" "${size%x*}" "${size#*x}" || true
  xdotool windowmove "$window" 0 0
  xdotool windowactivate --sync "$window"
  sleep 2
  [[ ${RUN:-yes} != yes ]] || keys F5 wait
  keys "$@"
  xdotool mousemove 5 1190
  sleep 1.5
  import -window "$window" "$home/$name.png"
  convert "$home/$name.png" -colors 256 "PNG8:$folder/studio-$name.png"
  kill "$program"
  wait "$program" 2>/dev/null || true
}

mkdir -p "$folder"
shot restore 2 1280x720
shot lab 1 1280x720 F3 F4
shot wide 2 1920x1160
shot small 2 960x600
shot narrow 1 640x480
ladder=523,64
RUN=no shot compare 1 1280x720 F8 click:$ladder F5 wait
lesson=100,171 whole_step=878,66
RUN=no shot learn 2 1280x720 F12 click:$lesson sleep:8 click:$whole_step sleep:3 click:$whole_step sleep:3 click:$whole_step sleep:3
