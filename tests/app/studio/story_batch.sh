#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "A folder at once, and one of its files is broken": story_batch.sh P2L_STUDIO P2L PHOTO
# Sets a task on one photo, gives a folder to the queue, and quits when it is done. The log names the broken file, the
# others are restored, and nothing is done twice. P2L_PICTURES=FOLDER keeps pictures of it.
set -euo pipefail
studio=$1 photo=$3

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1280x720 "$0" "$@"
prepare_home
mkdir "$home/photos"
convert "$photo" -resize 240x "$home/whole.png"
number=0
for place in +0+0 +60+20 +120+40; do
  convert "$home/whole.png" -crop "96x72$place" +repage -quality 15 "$home/photos/photo$((++number)).jpg"
done
head -c 600 "$home/photos/photo2.jpg" >"$home/photos/broken.jpg"
echo "no picture" >"$home/photos/notes.txt"
checksums=$(cd "$home/photos" && sha256sum -- *)

start_studio 60 "$studio" "$home/photos/photo1.jpg"
wait_for 30 title_has photo1.jpg || fail "the photo was not opened: $(title)"
size_window 1280x720
click "QToolButton JPEG"
click "QToolButton Fast"
key ctrl+j
wait_for 30 on_screen "QPushButton Add folder…" || fail "the queue does not open"
add_folder() {
  click "QPushButton Add folder…"
  type_into_dialog "Folder" "$home/photos"
}
listed() { (($(layout | grep -c "^row ") >= $1)); }
{ add_folder && wait_for 20 listed 4; } || { add_folder && wait_for 20 listed 4; } || fail "the folder is not in the queue"
picture batch-1-queue
all_done() { (($(find "$home/photos" -name '*-restored.png' | wc -l) == 3)); }
wait_for 600 all_done || fail "not every photo was restored: $(ls "$home/photos")"
log_of_queue() { find "$home/data" -path '*queue*' -name log.txt; }
names_broken() { grep -q "broken.jpg" "$(log_of_queue)" 2>/dev/null; }
wait_for 60 names_broken || fail "the log does not name the broken file: $(cat "$(log_of_queue)")"
sleep 2
picture batch-2-done
(cd "$home/photos" && sha256sum --check --quiet <<<"$checksums") || fail "an input was changed"
for i in 1 2 3; do
  restored=$home/photos/photo$i-restored.png
  [[ $(identify -format '%wx%h' "$restored") == 96x72 ]] || fail "photo$i: another size"
  (($(psnr "$restored" "$home/photos/photo$i.jpg") < 48)) || fail "photo$i was not restored"
done
[[ ! -e $home/photos/broken-restored.png && ! -e $home/photos/notes-restored.png ]] || fail "a broken file has a result"
grep -c "photo[123]" "$(log_of_queue)" >/dev/null || fail "the log does not name the others"

# Once more: what is there is skipped, and a result is no photo of the folder.
before=$(cd "$home/photos" && sha256sum -- *-restored.png)
add_folder || add_folder || fail "the folder was not added again"
skipped() { (($(grep -c "skipped" "$(log_of_queue)") >= 3)); }
wait_for 30 skipped || fail "nothing was skipped: $(cat "$(log_of_queue)")"
sleep 3
[[ $(cd "$home/photos" && sha256sum -- *-restored*.png) == "$before" ]] || fail "a result was made anew: $(ls "$home/photos")"
picture batch-3-again
click "QPushButton Close"
quit_studio
echo "a folder at once: all well"
