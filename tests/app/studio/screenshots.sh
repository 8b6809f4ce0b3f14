#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# README's pictures of the studio, made with the real program under Xvfb: screenshots.sh P2L_STUDIO FOLDER [PHOTO]
# FOLDER gets studio-restore.png (dark), studio-lab.png (light, curves open), studio-wide.png (1920 x 1200, dark) and
# studio-compare.png (light, the ladder from LDPS to P2L) and studio-learn.png (dark, a step of lesson 3).
# SCALE=2 draws at twice the size; SHOTS="restore lab" makes only these.
set -euo pipefail
studio=$(realpath "$1") folder=$(realpath "$2") photo=${3:-}

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1920x1200 "$0" "$studio" "$folder" "$photo"
prepare_home
export QT_SCALE_FACTOR=${SCALE:-1}

wait_run() {
  wait_for 60 title_has % || fail "no run began: $(title)"
  wait_for 600 title_lacks % || fail "the run did not end: $(title)"
}
keys() { # KEY | click:CONTROL | wait | sleep:SECONDS
  for key in "$@"; do
    case "$key" in
      click:*) click "${key#click:}" ;;
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
  start_studio 60 "$studio" ${photo:+"$photo"}
  wait_for 30 title_has " – " || fail "no photo was opened: $(title)"
  size_window "$size"
  sleep 1
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
RUN=no shot compare 1 1280x720 F8 "click:QToolButton Ladder" F5 wait
lesson="click:row 3  Why latents need the projection" step="click:QPushButton Whole step"
RUN=no shot learn 2 1280x720 F12 "$lesson" sleep:8 "$step" sleep:3 "$step" sleep:3 "$step" sleep:3
