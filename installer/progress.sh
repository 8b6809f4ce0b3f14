# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What setup says of time: beforehand how long it takes, and meanwhile how long still. Sourced, never run.

# A step of the build (mostly one compilation) in seconds of one core, measured on a Xeon of 2023; packages and megabytes
# as slow and fast lines have them. The ranges reach from a machine half as fast again to one that is half as fast.
step_seconds=4

# span SECONDS: "less than a minute", "7 minutes", "1 h 20 min".
span() {
  local minutes=$((($1 + 30) / 60))
  if (($1 < 55)); then
    echo "less than a minute"
  elif ((minutes < 2)); then
    echo "1 minute"
  elif ((minutes < 90)); then
    echo "$minutes minutes"
  else
    printf '%d h %02d min\n' $((minutes / 60)) $((minutes % 60))
  fi
}

# range LOW HIGH: of seconds, "4 to 9 minutes".
range() {
  local low high
  low=$(span "$1") high=$(span "$2")
  if [[ $low == "$high" ]]; then
    echo "$low"
  elif [[ $low == less* ]]; then
    echo "at most $high"
  elif [[ $low == *minute* && $high == *" minutes" ]]; then
    echo "${low%% *} to $high"
  else
    echo "$low to $high"
  fi
}

# build_seconds FEWEST MOST JOBS: two numbers, the shortest and the longest time that so many steps may take.
build_seconds() {
  awk -v fewest="$1" -v most="$2" -v jobs="$3" -v each="$step_seconds" 'BEGIN {
    printf "%d %d\n", fewest * each / jobs / 1.5, most * each / jobs * 2 + (most > 0 ? each * 4 : 0)  # the last goes alone
  }'
}

# steps_left TREE FOLDER...: two numbers, the fewest and the most compilations that a build of these folders has left.
# Ninja could tell only once CMake has looked for new files. A header that was touched may ask for all of them.
steps_left() {
  local tree=$1 old=-1 all touched=0
  shift
  # shellcheck disable=SC2154  # of lib.sh
  all=$(cd "$root" && find "$@" -name '*.cpp' | wc -l)
  if [[ -e $tree/.ninja_log ]]; then
    old=$(
      {
        (cd "$tree" && find "$@" -name '*.cpp.o' -printf 'object %T@ %P %H\n' 2>/dev/null) || true
        (cd "$root" && find "$@" -name '*.cpp' -printf 'source %T@ %H/%P\n')
        # What CMake has left out of this build is not waited for, unless it came since.
        if [[ -e $tree/compile_commands.json ]]; then
          sed -nE "s|^ *\"file\": \"$root/(.*)\",?\$|listed 0 \1|p" "$tree/compile_commands.json"
          find "$tree/compile_commands.json" -printf 'lists %T@\n'
        fi
      } | awk '
        $1 == "object" {
          path = $4 "/" $3
          sub(/CMakeFiles\/[^\/]*\.dir\//, "", path)
          sub(/\.o$/, "", path)
          while (sub(/[^\/]+\/__\//, "", path)) {}
          if (!(path in made) || made[path] < $2) made[path] = $2
        }
        $1 == "source" { source[$3] = $2 }
        $1 == "listed" { listed[$3] = 1 }
        $1 == "lists" { lists = $2 }
        END {
          for (path in source) {
            if (lists && !(path in listed) && source[path] < lists) continue
            if (!(path in made) || made[path] < source[path]) ++old
          }
          print old + 0
        }'
    )
    touched=$(cd "$root" && find "$@" -name '*.h' -newer "$tree/.ninja_log" | wc -l)
  fi
  if ((old < 0)); then
    echo "$all $all"
  elif ((touched)); then
    echo "$old $all"
  else
    echo "$old $old"
  fi
}

# show_progress: passes a build's output on. Its steps ([n/m] ...) become one line that says how long still, rewritten on
# a terminal; in a file, a line whenever a twentieth is done.
show_progress() {
  local line done=0 all=0 terminal=no width began=$SECONDS shown=-1 left text drawn=no
  [[ -t 1 ]] && terminal=yes
  width=$(tput cols 2>/dev/null || echo 80)
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*) ]]; then
      done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]} text=${BASH_REMATCH[3]}
      left=
      # The first steps say little of the others.
      if ((done >= 4 && done < all)); then
        left=$(span $(((SECONDS - began) * (all - done) / done)))
        [[ $left == less* ]] || left="about $left"
        left=", $left left"
      fi
      if [[ $terminal == yes ]]; then
        text="[$done/$all]$left  ${text##*/}"
        printf '\r\033[K%s' "${text:0:width-1}"
        drawn=yes
      elif ((done * 20 / all > shown || done == all)); then
        shown=$((done * 20 / all))
        echo "[$done/$all]$left"
      fi
      continue
    fi
    [[ $drawn == no ]] || printf '\r\033[K'
    drawn=no
    printf '%s\n' "$line"
  done
  [[ $drawn == no ]] || echo
}
