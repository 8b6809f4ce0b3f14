#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kills the real program at random moments and looks at what is left: kill_rounds.sh P2L_STUDIO P2L PHOTO [ROUNDS [SEED]]
# Each round runs, paints, queues or saves something, ends in kill -9, and starts the program again, which has to offer the
# session: every run that the program had said to be kept is in the history and can be read, the last one that had a result
# by then, too, or with its last picture; every stroke older than a second is in the mask, every photo of the queue is
# restored or still queued, and no file is damaged. 50 rounds unless given, a quarter of an hour.
set -euo pipefail
studio=$1 p2l=$2 photo=$3 rounds=${4:-50} seed=${5:-1}

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1280x720 "$0" "$@"
prepare_home
RANDOM=$seed
convert "$photo" -resize 128x96! -depth 8 "$home/photo.png"
born=1       # the line of the log where the present life of the program begins
there=0      # runs in the history by then
late=no      # there was a result that was not said to be kept when the program was killed
strokes=()   # "MILLISECONDS SHARE" of each stroke of this round: when it ended, and the mask's share in percent
share=0      # of the mask that must be there
armed=yes    # the mouse paints
queue_waits=no

now() { date +%s%3N; }
# nap MILLISECONDS: up to so long.
nap() {
  local ms=$((RANDOM % $1))
  sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
}
# kept_ids [LINE]: of the runs that the program has said to be kept, since the line of the log.
kept_ids() { tail -n "+${1:-1}" "$log" | sed -n 's/^p2l.run: kept //p' | sort -u; }
# run_count: in the history, without what was being written when the program was killed.
run_count() { { find "$home/data" -path '*/history/runs/[0-9]*/run.json' 2>/dev/null || true; } | wc -l; }
# pictures_left: of runs in progress, with the step that they are of.
pictures_left() {
  local picture
  while read -r picture; do
    ! grep -qE '"step": [1-9]' "${picture%running.png}session.json" 2>/dev/null || echo "$picture"
  done < <(find "$home/data" -path '*/session-*/running.png') | wc -l
}
# Whether a result of this life is not said to be kept; one that is measured is kept once more.
is_late() {
  tail -n "+$born" "$log" |
    awk '/^p2l.run: result of / {++late} /^p2l.run: kept / && !seen[$3]++ && late > 0 {--late} END {exit late == 0}'
}
# give_birth PROGRAM ARGUMENTS...
give_birth() {
  born=$(($(wc -l <"$log") + 1))
  there=$(run_count)
  start_studio 60 "$@"
}
at_least() { awk -v a="$1" -v b="$2" 'BEGIN {exit !(a + 0 >= b - 0.05)}'; }
mask_share() { text_of maskFraction | sed 's/ %//'; }
sessions() { find "$home/data" -path '*/session-*/session.json' | sort; }
queue_file() { find "$home/data" -path '*/queue/queue.json'; }

# What is done in a round.
paint() {
  local each
  [[ $armed == yes ]] || key m
  armed=yes
  for _ in 1 2 3 4 5 6 7 8; do key bracketleft; done # a fine brush, so that fifty rounds have room
  for each in 1 2 3; do
    place "p2l::ui::ImageCanvas Picture"
    xdotool mousemove $((left + width * (30 + RANDOM % 40) / 100)) $((top + height * (20 + RANDOM % 60) / 100)) mousedown 1
    xdotool mousemove_relative -- $((RANDOM % 60 - 30)) $((RANDOM % 60 - 30))
    sleep 0.05
    xdotool mouseup 1
    local ended
    ended=$(now)
    sleep 0.5 # the layout says it some time later
    strokes+=("$ended $(mask_share)")
  done
  nap 1500
}
run() {
  armed=no
  listen
  key F5
  expect 60 "running"
  nap 4000
}
# open_queue CONTROL: until it is on the screen. A busy machine loses keys now and then, so further tries are allowed.
open_queue() {
  for _ in 1 2 3; do
    xdotool windowactivate --sync "$window"
    key ctrl+j
    wait_for 10 on_screen "$1" && return
  done
  fail "the queue does not open"
}
queue() {
  local folder=$home/queue$round i
  mkdir "$folder"
  for i in 1 2 3; do convert "$home/photo.png" -modulate $((90 + RANDOM % 20)) "$folder/r${round}_$i.png"; done
  open_queue "QPushButton Add folder…"
  add_folder() {
    click "QPushButton Add folder…"
    type_into_dialog "Folder" "$folder"
  }
  listed() { (($(layout | grep -c "^row r${round}_[123].png: ") == 3)); }
  { add_folder && wait_for 20 listed; } || { add_folder && wait_for 20 listed; } || fail "the folder is not in the queue"
  [[ $queue_waits == no ]] || click "QCheckBox Pause after the current photo"
  nap 4000
}
save() {
  local dialog
  armed=no
  run_to_end 300
  xdotool windowactivate --sync "$window"
  key ctrl+s
  dialog=$(timeout 20 xdotool search --sync --onlyvisible --name "Save result" | head -1) || fail "no dialog to save"
  xdotool windowactivate --sync "$dialog"
  sleep 0.5
  xdotool key ctrl+a
  xdotool type --delay 60 "$home/saved$round.png"
  sleep 0.3
  xdotool key Return
  nap 700
}

# kill_studio: -9. A result of the last moments may be lost, if it was not said to be kept.
kill_studio() {
  local killed each
  late=no
  if is_late; then late=yes; fi
  sleep 0.3
  kill -9 "$program"
  killed=$(now)
  { wait "$program"; } 2>/dev/null || true
  is_late || late=no # it was said to be kept meanwhile
  for each in "${strokes[@]}"; do
    ((killed - ${each% *} < 1200)) || share=${each#* }
  done
  strokes=()
}
# whole FILE: a picture that can be read.
whole() { identify "$1" >/dev/null 2>&1 || fail "round $round: $1 is damaged"; }
# kept_are_whole: what was said to be kept is on the disk and can be read.
kept_are_whole() {
  local id folder
  while read -r id; do
    folder=$(find "$home/data" -type d -path "*/history/runs/$id")
    [[ -n $folder ]] || fail "round $round: the run $id was kept and is not in the history"
    python3 -m json.tool "$folder/run.json" >/dev/null || fail "round $round: $folder/run.json is damaged"
    whole "$folder/result.png"
  done < <(kept_ids)
}
undamaged() {
  local file
  [[ $(sha256sum <"$home/photo.png") == "$checksum" ]] || fail "round $round: the photo was changed"
  [[ -n $(sessions) ]] || fail "round $round: nothing of the session is left"
  [[ -z $(find "$home/data" -name 'queue-damaged.json') ]] || fail "round $round: the queue was damaged"
  while read -r file; do
    python3 -m json.tool "$file" >/dev/null || fail "round $round: $file is damaged"
  done < <(find "$home/data" -name run.json -o -name queue.json -o -name session.json)
  while read -r file; do whole "$file"; done < <(find "$home/data" -name result.png -o -name state.png -o -name running.png)
  while read -r file; do whole "$file"; done < <(find "$home" -maxdepth 2 -name '*-restored.png' -o -name 'saved*.png')
  kept_are_whole
  [[ $late == no ]] || (($(pictures_left) > 0 || $(run_count) > there + $(kept_ids "$born" | wc -l))) ||
    fail "round $round: a result is neither in the history nor left with its last picture"
  # Each photo of the queue has its result, or waits for it.
  while read -r file; do
    [[ -e ${file%.png}-restored.png ]] || grep -q "$(basename "$file")" "$(queue_file)" ||
      fail "round $round: $file is neither restored nor in the queue"
  done < <(find "$home" -maxdepth 2 -path '*/queue*/r*_[123].png')
}
# bring_back: starts the program again; it offers the session, and has what was there.
bring_back() {
  local left_session left_picture
  left_session=$(sessions | head -1)
  left_picture=$(pictures_left)
  queue_waits=no
  [[ -z $(queue_file) ]] || ! grep -qE '"(waiting|running)"' "$(queue_file)" || queue_waits=yes
  listen
  give_birth "$studio"
  wait_for 30 title_has " – " || fail "round $round: no photo: $(title)"
  size_window 1280x720
  wait_for 30 on_screen "QPushButton Bring it back" || fail "round $round: the session is not offered"
  click "QPushButton Bring it back"
  wait_for 30 title_has photo.png || fail "round $round: the photo did not come back: $(title)"
  session_is_gone() { [[ ! -e $left_session ]]; }
  wait_for 30 session_is_gone || fail "round $round: the session is still left"
  ((left_picture == 0 || $(run_count) > there)) ||
    fail "round $round: the run that was in progress did not come back with its picture"
  kept_are_whole
  mask_is_there() { at_least "$(mask_share)" "$share"; }
  wait_for 20 mask_is_there || fail "round $round: the mask has $(mask_share) %, and $share % were painted"
  share=$(mask_share)
  armed=no
  said "problem: " && fail "round $round: $(grep '^p2l.run: problem: ' "$log" | tail -1)"
  return 0
}

checksum=$(sha256sum <"$home/photo.png")
round=0
give_birth "$studio" "$home/photo.png"
wait_for 30 title_has photo.png || fail "the photo was not opened: $(title)"
size_window 1280x720
click "QToolButton Scratched"
paint
click "QToolButton Fast"
sleep 1.5
for ((round = 1; round <= rounds; ++round)); do
  case $((RANDOM % 4)) in
    0) work=paint ;;
    1) work=run ;;
    2) work=queue ;;
    *) work=save ;;
  esac
  "$work"
  kill_studio
  undamaged
  bring_back
  echo "round $round: killed while it was to $work; runs $(kept_runs | wc -l), mask $share %"
done

[[ -n $(kept_ids) ]] || ! grep -q "^p2l.run: result of " "$log" || fail "there were results, and none was said to be kept"

# What waits goes on when it is asked to.
if [[ $queue_waits == yes ]]; then
  open_queue "QCheckBox Pause after the current photo"
  click "QCheckBox Pause after the current photo"
  all_restored() {
    local file
    while read -r file; do [[ -e ${file%.png}-restored.png ]] || return 1; done \
      < <(find "$home" -maxdepth 2 -path '*/queue*/r*_[123].png')
  }
  wait_for 900 all_restored || fail "not every photo of the queue was restored: $(ls "$home"/queue*)"
  click "QPushButton Close"
fi
for saved in "$home"/saved*.png; do
  [[ ! -e $saved ]] || "$p2l" inspect "$saved" | grep -q "holds the request" || fail "$saved has no request"
done
quit_studio
[[ -z $(sessions) ]] || fail "a session is left after the window was closed"
echo "$rounds rounds of kill -9 with seed $seed: all well"
