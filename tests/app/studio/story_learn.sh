#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A teacher's story with real keys and mouse: story_learn.sh P2L_STUDIO P2L PHOTO
# Plays each lesson to its end at its full size, as a class does: reads the question, predicts, runs, sees. Goes through a
# step line by line, has the particles played, turns the projector on, and exports a lesson. Of the lesson on the prompt it
# has pictures drawn from the tuned one, and finds them on the stage and in the export. P2L_PICTURES=FOLDER keeps pictures
# of it.
set -euo pipefail
studio=$1 photo=$3

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1280x720 "$0" "$@"
lines=${SIZE:-1280x720} lines=${lines#*x} # the window's height
lessons=$(cd "$(dirname "$0")/../../../resources/lessons" && pwd)
prepare_home
convert "$photo" -resize 160x "$home/cup.png"

# bring NAME: scrolls the column until the control is inside of it. The mouse is in the column's margin, where no control
# takes the wheel.
bring() {
  local tries x high low middle
  read -r x high low middle <<<"$(scaled 5 46 "$(column_end)" $((lines / 2)))"
  for tries in {1..15}; do
    place "$1"
    if ((top + height > low)); then
      xdotool mousemove "$x" "$middle" click 5
    elif ((top < high)); then
      xdotool mousemove "$x" "$middle" click 4
    else
      return 0
    fi
    sleep 0.5
  done
  fail "$1 cannot be scrolled to"
}
# column_end: where the lesson's text ends, above the values that it may change, which are always seen.
column_end() {
  layout | awk -v end=$((lines - 40)) -v values=308 '/^QSlider / {
    split($0, named, ": "); split(named[2], place, " ")
    if (place[1] < values && place[2] - 16 < end) end = place[2] - 16
  } END {print end}'
}
ends_with_tick() { grep -q "^row $1  .* ✓: " <<<"$(layout)"; }
texts() { # FIELD FILE: of a lesson
  sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" "$2"
}

press() { # NAME: of the column
  bring "$1"
  click "$1"
}
open_lesson() { # ROW: of the list, which a low window shows on demand while a lesson is open
  ! on_screen "QToolButton All lessons" || press "QToolButton All lessons"
  press "$1"
}
export_lesson() { # FILE: that works without the program
  press "QPushButton Export…"
  local dialog
  dialog=$(timeout 20 xdotool search --sync --onlyvisible --name "Export lesson" | head -1) || fail "no dialog to export"
  xdotool windowactivate --sync "$dialog"
  sleep 0.5
  xdotool key ctrl+a
  xdotool type --delay 80 "$1"
  xdotool key Return
  wait_for 10 test -s "$1" || fail "no lesson was exported"
  xdotool windowactivate --sync "$window"
}
draw_tuned_prompt() { # pictures from the prompt that a run tunes: over the lesson's own, and in its export
  press "QPushButton Figures…"
  click "row Tuned prompt · Fig. 12"
  click "QPushButton Draw"
  wait_for 20 on_screen "QPushButton Stop" || fail "no figure is being drawn"
  wait_for 900 on_screen "QPushButton Draw" || fail "the figure is not ready"
  on_screen "QToolButton Tuned prompt" || fail "no picture came from the tuned prompt: $(layout | grep '^QLabel')"
  picture learn-figure-dialog
  local dialog
  dialog=$(xdotool search --onlyvisible --name "^Figures" | head -1) || fail "no dialog of figures"
  xdotool windowactivate --sync "$dialog" key Escape
  wait_for 10 is_closed || fail "Escape does not close the figures"
  xdotool windowactivate --sync "$window"
  click "QToolButton Tuned prompt"
  place "p2l::ui::PictureTile Tuned prompt"
  picture learn-figure
  import -window root -crop "${width}x$height+$left+$top" +repage "$home/figure.png"
  (($(identify -format '%[fx:100*standard_deviation]' "$home/figure.png" | cut -d. -f1) >= 3)) ||
    fail "the stage shows no picture from the tuned prompt"
  export_lesson "$home/prompt.html"
  for part in "Tuned prompt" "Empty text"; do
    grep -q "<img alt=\"$part\" src=\"data:image" "$home/prompt.html" || fail "the exported lesson has no picture of $part"
  done
  click "QToolButton Lesson"
}
is_closed() { ! on_screen "QPushButton Draw"; }

start_studio 60 "$studio" "$home/cup.png"
wait_for 30 title_has cup.png || fail "the photo was not opened: $(title)"
size_window 1280x720
key F12

number=0
for lesson in "$lessons"/*.json; do
  number=$((number + 1))
  title=$(texts title "$lesson" | head -1)
  open_lesson "row $number  $title"
  sleep 3
  begun=$(date +%s)
  picture "learn-$number-begins"
  if [[ $(texts stage "$lesson") == steps ]]; then
    wait_for 60 on_screen_text algorithm_step "step 1 of" || fail "lesson $number does not begin with a step"
    for line in 1 2 3 4; do click "QPushButton Next line"; done
    picture "learn-$number-line"
    click "QPushButton Whole step"
    wait_for 60 on_screen_text algorithm_step "step 2 of" || fail "lesson $number makes no second step"
  fi
  if [[ $(texts stage "$lesson") == null-space ]]; then # x moves, y does not
    click "QSlider Move along what A destroys" && xdotool key End
    picture "learn-$number-dragged"
  fi
  mapfile -t answers < <(texts answer "$lesson")
  asked=0
  for answer in "${answers[@]}"; do
    asked=$((asked + 1))
    press "p2l::ui::ChoiceButton $answer"
    for button in "QPushButton Run and see" "QPushButton See what comes out"; do
      on_screen "$button" && press "$button"
    done
    wait_for 900 on_screen_text lesson_answer "<b>As you said.</b>" || fail "question $asked of lesson $number has no answer"
    on_screen_text lesson_answer "did not come out" && fail "lesson $number: $(text_of lesson_answer)"
    picture "learn-$number-answer-$asked"
    echo "lesson $number, question $asked: $(text_of lesson_answer)"
    ((asked == ${#answers[@]})) || press "QPushButton Next question"
    sleep 0.5
  done
  wait_for 20 ends_with_tick "$number" || fail "lesson $number is not done"
  echo "lesson $number: $(($(date +%s) - begun)) seconds"
  ((number != 2)) || export_lesson "$home/lesson.html"
  ((number != 4)) || draw_tuned_prompt
done
((number == 5)) || fail "there are $number lessons"

for part in "<canvas id=plane" "<button id=play" "posterior"; do
  grep -q "$part" "$home/lesson.html" || fail "the exported lesson has no $part"
done
grep -q http "$home/lesson.html" && fail "the exported lesson needs a network"
click "QToolButton Projector"
picture learn-6-projector
click "QToolButton Projector"

# One's own photo is there again.
key F2
wait_for 20 title_has cup.png || fail "the photo did not come back: $(title)"
quit_studio
echo "story of the lessons: all well"
