#!/usr/bin/env bash
# Runs a slow command: says what it does, every 20 s that it is still at it, and how long it took. Its output is shown
# when it fails.
#
#   step.sh WHAT COMMAND [ARGUMENT...]
set -euo pipefail

what=$1
shift
started=$SECONDS
log=$(mktemp)
ticker=
command=
# A sleep that is left over for a few seconds must not hold our output open: who reads it waits for its end.
trap 'rm -f "$log"; [[ -z $ticker ]] || kill "$ticker" 2>/dev/null || true' EXIT
trap '[[ -z $command ]] || kill -TERM "$command" 2>/dev/null || true; exit 130' INT TERM HUP

echo "$what ..."
while read -r -t 20 <> <(:); (($? > 128)); do
  echo "  still $what, $((SECONDS - started)) s"
done &
ticker=$!
"$@" >"$log" 2>&1 </dev/null &
command=$!
status=0
wait "$command" || status=$?
command=
if ((status != 0)); then
  cat "$log" >&2
  echo "$what: failed after $((SECONDS - started)) s" >&2
  exit "$status"
fi
echo "$what: done in $((SECONDS - started)) s"
