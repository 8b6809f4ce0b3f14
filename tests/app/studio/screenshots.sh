#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# README's pictures of the studio, made with the real program under Xvfb: screenshots.sh P2L_STUDIO FOLDER [PHOTO]
# FOLDER gets studio-restore.png (dark), studio-lab.png (light, curves open), studio-wide.png (1920 x 1200, dark),
# studio-inpainting.png (light, a mask that is painted), studio-compare.png (light, the ladder from LDPS to P2L) and
# studio-learn.png (dark, a step of lesson 3).
# SCALE=2 draws at twice the size; SHOTS="restore lab" makes only these.
set -euo pipefail
studio=$(realpath "$1") folder=$(realpath "$2") photo=${3:-}

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1920x1200 "$0" "$studio" "$folder" "$photo"
prepare_home
face=$(dirname "$0")/../../../resources/photos/skimage_astronaut.png

wait_run() {
  wait_for 60 title_has % || fail "no run began: $(title)"
  wait_for 600 title_lacks % || fail "the run did not end: $(title)"
}
stroke() { # X,Y,X,Y: over the photo, in percent of the canvas
  local from_x from_y to_x to_y i
  IFS=, read -r from_x from_y to_x to_y <<<"$1"
  place "p2l::ui::ImageCanvas Picture"
  for i in 0 1 2 3 4 5 6 7 8; do
    xdotool mousemove $((left + (from_x * (8 - i) + to_x * i) * width / 800)) \
      $((top + (from_y * (8 - i) + to_y * i) * height / 800))
    ((i > 0)) || xdotool mousedown 1
    sleep 0.05
  done
  xdotool mouseup 1
}
keys() { # KEY | click:CONTROL | stroke:X,Y,X,Y | wait | sleep:SECONDS
  for key in "$@"; do
    case "$key" in
      click:*) click "${key#click:}" ;;
      stroke:*) stroke "${key#stroke:}" ;;
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
  THEME=$theme set_theme
  start_studio 60 "$studio" ${photo:+"$photo"}
  wait_for 30 title_has " – " || fail "no photo was opened: $(title)"
  size_window "$size"
  sleep 1
  [[ ${RUN:-yes} != yes ]] || keys F5 wait
  keys "$@"
  xdotool mousemove 5 $(($(xdotool getdisplaygeometry | cut -d' ' -f2) - 10))
  sleep 1.5
  import -window "$window" "$home/$name.png"
  convert "$home/$name.png" -colors 256 "PNG8:$folder/studio-$name.png"
  kill "$program"
  wait "$program" 2>/dev/null || true
}

mkdir -p "$folder"
shot restore dark 1280x720
shot lab light 1280x720 F3 F4
shot wide dark 1920x1160
shot small dark 960x600
shot narrow light 640x480
convert "$face" -resize 300x300 "$home/me.png"
photo=$home/me.png RUN=no shot inpainting light 1280x720 "click:QToolButton Scratched" sleep:1 \
  stroke:31,22,53,53 stroke:60,60,72,66 sleep:1
RUN=no shot compare light 1280x720 F8 "click:QToolButton Ladder" F5 wait
lesson="click:row 3  Why latents need the projection" step="click:QPushButton Whole step"
RUN=no shot learn dark 1280x720 F12 "$lesson" sleep:8 "$step" sleep:3 "$step" sleep:3 "$step" sleep:3
