#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A researcher's story with real keys and mouse: story_compare.sh P2L_STUDIO P2L PHOTO CLIPBOARD_TEXT
# Scratches a photo, compares P2L, LDPS and PSLD on it, finds by flicker, difference and an area where they differ, copies
# the LaTeX table and holds its numbers against `p2l restore` of the same requests, looks at a step line by line, sweeps
# K, drags two runs of the history into the comparison, quits and has it back at the next start. P2L_PICTURES=FOLDER keeps
# pictures of it.
set -euo pipefail
studio=$1 p2l=$2 photo=$3 clipboard_text=$4

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1280x720 "$0" "$@"
prepare_home
convert "$photo" -resize 128x -gravity center -crop 128x80+0+0 +repage "$home/cup.png"

# in_canvas SHARE_X SHARE_Y COMMAND...: the mouse at this place of the compared pictures, in percent.
canvas() { place "p2l::ui::CompareCanvas Pictures that are compared"; }
at() { xdotool mousemove $((left + $1 * width / 100)) $((top + $2 * height / 100)); }
# canvas_picture FILE: what the canvas shows.
canvas_picture() {
  canvas
  xdotool mousemove 5 $(($(xdotool getdisplaygeometry | cut -d' ' -f2) - 5))
  sleep 0.7
  import -window root -crop "${width}x$height+$left+$top" +repage "$1"
}
differs() { # FILE FILE: in more than a thousandth of the pixels
  local pixels
  pixels=$(compare -metric AE "$1" "$2" null: 2>&1 || true)
  pixels=$(printf '%.0f' "${pixels%% *}") # a million is 1e+06
  ((pixels > $(identify -format '%[fx:w*h/1000]' "$1" | cut -d. -f1)))
}
# lights FILE: pixels in the colours of the largest differences, from orange to light yellow, in thousandths of all; what
# the bar of these colours covers, in the lower right corner, does not count.
lights() {
  convert "$1" -depth 8 rgb:- | python3 -c 'import sys
width, height, bar_width, bar_height = map(int, sys.argv[1:])
rgb = sys.stdin.buffer.read()
found = 0
for y in range(height):
    row = rgb[3 * width * y:3 * width * (y + 1)]
    for x in range(width if y < height - bar_height else width - bar_width):
        r, g, b = row[3 * x:3 * x + 3]
        found += r > 238 and g > 150 and abs(b - (9 + 155 * (g - 142) / 113)) < 20
print(1000 * found // (width * height))' $(identify -format '%w %h' "$1") $(scaled 250 100)
}
run_all() {
  key F5
  wait_for 60 title_has % || fail "no run began: $(title)"
  wait_for 600 title_lacks % || fail "the runs did not end: $(title)"
}
add_solver() { # LABEL: with the values that suit it
  click "QToolButton + Solver"
  click "QAction $1"
  # A solver with presets has a menu of its own, whose first entry has the values that suit it.
  wait_for 2 has_chip "$1" || { xdotool key Down Return && wait_for 10 has_chip "$1"; } || fail "$1 was not added"
}
has_chip() { layout | grep -qE "^p2l::ui::CompareChip $1( · [^:]*)?: "; } # "P2L · Good"
copied() { # FORMAT: the table
  click "QToolButton Copy as"
  click "QAction $1"
  sleep 0.3
  "$clipboard_text"
}
step_is_there() { on_screen_text algorithm_step "step 12 of 12"; }
count_chips() { layout | grep -c "^p2l::ui::CompareChip " || true; }

start_studio 60 "$studio" "$home/cup.png"
wait_for 30 title_has cup.png || fail "the photo was not opened: $(title)"
size_window 1280x720

# Scratches, painted with the mouse.
click "QToolButton Scratched"
paint() { # X Y X Y: a stroke, in percent of the canvas
  at "$1" "$2"
  xdotool mousedown 1
  local i
  for i in 1 2 3 4 5 6; do
    at $(($1 + ($3 - $1) * i / 6)) $(($2 + ($4 - $2) * i / 6))
    sleep 0.05
  done
  xdotool mouseup 1
  sleep 0.3
}
sleep 1
place "p2l::ui::ImageCanvas Picture"
key bracketleft bracketleft bracketleft bracketleft bracketleft bracketleft
paint 36 25 64 70
paint 60 22 42 74
paint 33 60 66 48
picture compare-0-scratches

key F8
click "QCheckBox Truth known"
add_solver P2L
add_solver LDPS
add_solver PSLD
click "QSpinBox Steps of every run"
xdotool key ctrl+a
xdotool type 12
xdotool key Tab
sleep 0.5
picture compare-1-before
run_all
wait_for 30 on_screen "p2l::ui::CompareChip PSLD: done" || fail "PSLD is not done: $(layout | grep CompareChip)"
picture compare-2-grid

# Where do they differ? One after the other at the same place, by keys.
click "QToolButton Flicker"
key 3
canvas_picture "$home/flicker-p2l.png"
key 4
canvas_picture "$home/flicker-ldps.png"
differs "$home/flicker-p2l.png" "$home/flicker-ldps.png" || fail "Flicker shows one picture for two"
key 3
canvas_picture "$home/flicker-again.png"
differs "$home/flicker-p2l.png" "$home/flicker-again.png" && fail "Flicker does not come back to the same picture"
picture compare-3-flicker
click "QToolButton Difference"
canvas_picture "$home/absolute.png"
picture compare-4-difference
click "QComboBox Kind of difference"
xdotool key Home Return
sleep 0.5
canvas_picture "$home/signed.png"
differs "$home/absolute.png" "$home/signed.png" || fail "E and AE look the same"
(($(lights "$home/absolute.png") >= 1)) || fail "no difference is large in the picture of the differences"
click "QToolButton Grid"
canvas
at 18 9 # over the scratches of the first picture
xdotool mousedown 1
at 24 16
at 32 24
xdotool mouseup 1
wait_for 20 on_screen_text area_numbers "In the dashed area" || fail "the area has no numbers"
picture compare-5-area
text_of area_numbers
solver_decibels() { text_of area_numbers | grep -oE "(P2L · [^,;]+|LDPS|PSLD) [0-9.]+ dB" | sed "s/ · [^,;]* \\([0-9.]* dB\\)/ \\1/" | sort -u; }
has_three() { (($(solver_decibels | wc -l) == 3)); }
wait_for 20 has_three || fail "the area does not have the dB of three solvers: $(text_of area_numbers)"
(($(solver_decibels | cut -d' ' -f2 | sort -u | wc -l) == 3)) ||
  fail "the area's statistics tell no difference: $(solver_decibels)"

# The table, as LaTeX, and the same requests by the command line.
copied LaTeX >"$home/table.tex"
cat "$home/table.tex"
for solver in P2L LDPS PSLD; do
  grep -qE "^$solver( · [^&]*)? & " "$home/table.tex" || fail "the table has no row $solver"
done
column() { # TITLE: its place in the head of the table
  grep '^Run & ' "$home/table.tex" | sed 's/ *\\\\$//' | tr '&' '\n' | grep -nF "$1" | head -1 | cut -d: -f1
}
cell() { # SOLVER COLUMN
  grep -E "^$1( · [^&]*)? & " "$home/table.tex" | sed 's/ *\\\\$//' | cut -d'&' -f"$2" | sed 's/\\textbf{\(.*\)}/\1/' | tr -d ' '
}
wait_for 30 bash -c "[[ \$(find '$home/data' -name result.png | wc -l) -ge 3 ]]" || fail "the history does not have the runs"
checked=0
for kept in $(find "$home/data" -name result.png); do
  report=$home/again-$checked.json
  "$p2l" restore "$home/cup.png" --request "$kept" --out "${report%json}png" --report "$report" --quiet
  solver=$(sed -n 's/^ *"solver": "\([a-z0-9]*\)",*$/\1/p' "$report" | head -1 | tr a-z A-Z)
  number() { sed -n "s/^  \"$1\": \([0-9.eE+-]*\),*$/\1/p" "$report" | head -1; }
  for each in "PSNR psnr 2" "SSIM ssim 3" "Residual residual 2"; do
    read -r title key digits <<<"$each"
    there=$(printf "%.${digits}f" "$(number "$key")")
    here=$(cell "$solver" "$(column "$title")")
    [[ $here == "$there" ]] || fail "$title of $solver: $here in the window, $there by p2l restore"
    checked=$((checked + 1))
  done
done
((checked >= 9)) || fail "only $checked numbers were held against p2l restore"
echo "numbers equal to those of p2l restore: $checked"

# A step line by line, at the same line of two runs.
click "QToolButton Lines"
wait_for 120 step_is_there || fail "the step's lines did not come"
key n n n n
picture compare-6-lines
key 2 n
picture compare-7-lines-of-another
click "QToolButton Grid"

# K.
click "QToolButton + Sweep"
click "QAction K: 0, 1, 3"
run_all
picture compare-8-sweep
copied "Text with tabs (Ctrl+C)" >"$home/table.tsv"
(($(grep -c 'K = ' "$home/table.tsv") == 3)) || fail "the sweep has no three rows: $(cat "$home/table.tsv")"

# Two runs of the history, dragged onto the tab.
before=$(count_chips)
chips_are() { (($(count_chips) == $1)); }
xdotool key --window "$window" F2
sleep 1
card() { # PLACE: of the history's cards, the newest is 1
  place_of "$(layout | grep '^row ' | sed -n "$1p")"
  xdotool mousemove $((left + width / 2)) $((top + height / 2))
}
xdotool keydown ctrl
for each in 2 3; do card $each && xdotool click 1 && sleep 0.4; done # none is selected: no result is shown here
xdotool keyup ctrl
title_lacks % || fail "Ctrl + click ran something"
card 2
xdotool mousedown 1
place "tab Compare"
sleep 0.3
for share in 90 70 50 30 10 5 0; do
  card 2
  from_x=$((left + width / 2)) from_y=$((top + height / 2))
  place "tab Compare"
  xdotool mousemove $((left + width / 2 + (from_x - left - width / 2) * share / 100)) \
    $((top + height / 2 + (from_y - top - height / 2) * share / 100))
  sleep 0.15
done
xdotool mouseup 1
wait_for 20 chips_are $((before + 2)) || fail "two runs were dropped, and $(count_chips) of $((before + 2)) chips are there"
picture compare-9-dragged

# The next start offers it again.
kept=$(count_chips)
quit_studio
start_studio 60 "$studio"
wait_for 20 on_screen "QPushButton Bring it back" || fail "the comparison was not offered"
size_window 1280x720
picture compare-10-offered
click "QPushButton Bring it back"
wait_for 30 title_has cup.png || fail "the photo did not come back: $(title)"
key F8
wait_for 20 chips_are "$kept" || fail "$kept chips were kept, and $(count_chips) came back"
picture compare-11-back
quit_studio
echo "story of a comparison: all well"
