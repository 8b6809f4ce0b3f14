#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A teacher's story with real keys and mouse: story_learn.sh P2L_STUDIO P2L PHOTO
# Plays each lesson to its end at its full size, as a class does: reads the question, predicts, runs, sees. Goes through a
# step line by line, has the particles played, turns the projector on, and exports a lesson.
# P2L_PICTURES=FOLDER keeps pictures of it.
set -euo pipefail
studio=$1 photo=$3

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1440x1000 "$0" "$@"
lessons=$(cd "$(dirname "$0")/../../../resources/lessons" && pwd)
prepare_home
convert "$photo" -resize 160x "$home/cup.png"

# bring NAME: scrolls the column until the control is inside of it.
bring() {
  local tries
  for tries in 1 2 3 4 5 6 7 8 9 10; do
    place "$1"
    ((top + height > 950)) || return 0
    xdotool mousemove $((left + 10)) 500 click 5
    sleep 0.4
  done
  fail "$1 cannot be scrolled to"
}
ends_with_tick() { grep -q "^row $1  .* ✓: " <<<"$(layout)"; }
texts() { # FIELD FILE: of a lesson
  sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" "$2"
}

export_lesson() { # as a file that works without the program
  click "QPushButton Export…"
  local dialog
  dialog=$(timeout 20 xdotool search --sync --onlyvisible --name "Export lesson" | head -1) || fail "no dialog to export"
  xdotool windowactivate --sync "$dialog"
  sleep 0.5
  xdotool key ctrl+a
  xdotool type --delay 80 "$home/lesson.html"
  xdotool key Return
  wait_for 10 test -s "$home/lesson.html" || fail "no lesson was exported"
  xdotool windowactivate --sync "$window"
}

start_studio 60 "$studio" "$home/cup.png"
wait_for 30 title_has cup.png || fail "the photo was not opened: $(title)"
size_window 1440x1000
key F12

number=0
for lesson in "$lessons"/*.json; do
  number=$((number + 1))
  title=$(texts title "$lesson" | head -1)
  click "row $number  $title"
  sleep 3
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
    bring "p2l::ui::ChoiceButton $answer"
    click "p2l::ui::ChoiceButton $answer"
    for button in "QPushButton Run and see" "QPushButton See what comes out"; do
      on_screen "$button" && bring "$button" && click "$button"
    done
    wait_for 900 on_screen_text lesson_answer "<b>As you said.</b>" || fail "question $asked of lesson $number has no answer"
    on_screen_text lesson_answer "did not come out" && fail "lesson $number: $(text_of lesson_answer)"
    picture "learn-$number-answer-$asked"
    echo "lesson $number, question $asked: $(text_of lesson_answer)"
    ((asked == ${#answers[@]})) || { bring "QPushButton Next question" && click "QPushButton Next question"; }
    sleep 0.5
  done
  wait_for 20 ends_with_tick "$number" || fail "lesson $number is not done"
  ((number != 2)) || export_lesson
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
