#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# How soon the window is up: window_up.sh P2L_STUDIO [MILLISECONDS]. Starts the program five times as a desktop does, prints
# the time on the clock and the processor's, and fails where the fastest start takes longer than MILLISECONDS (default:
# 1000). On a machine that does nothing else.
set -euo pipefail
studio=$1 limit=${2:-1000}

# shellcheck source=tests/app/studio/xvfb_lib.sh
source "$(dirname "$0")/xvfb_lib.sh"
under_xvfb 1440x900 "$0" "$@"
prepare_home
unset OMP_WAIT_POLICY QT_LOGGING_RULES # no desktop sets them
fastest=1000000
for number in 1 2 3 4 5; do
  start=$(date +%s%N)
  start_studio 60 "$studio"
  wall=$((($(date +%s%N) - start) / 1000000))
  # Fields 14 and 15 are its time in the program and in the kernel, in ticks of 10 ms.
  processor=$(awk '{print ($14 + $15) * 10}' "/proc/$program/stat")
  echo "start $number: window up after $wall ms, of the processor $processor ms"
  ((wall < fastest)) && fastest=$wall
  sleep 1
  kill "$program"
  wait "$program" 2>/dev/null || true
done
echo "fastest: $fastest ms; load $(cut -d' ' -f1 /proc/loadavg)"
((fastest <= limit)) || fail "no start took at most $limit ms"
