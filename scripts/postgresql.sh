#!/usr/bin/env bash
# Installs PostgreSQL for the tests and benchmarks, where apt can; they start servers of their own. Where it can't be had,
# this says so and succeeds: the tests then say that they are skipped.
set -euo pipefail

installed() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
installed && exit 0

missing() { echo "postgresql: $*; the tests that need it will be skipped"; exit 0; }
command -v apt-get >/dev/null || missing "there is no PostgreSQL, and no apt-get to install it"
as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null && sudo -n true 2>/dev/null || missing "there is no PostgreSQL (as root: apt-get install postgresql)"
  as_root=(sudo -n)
fi

echo "postgresql: installing it with apt (once, up to a minute)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" </dev/null >>"$log" 2>&1; }
all() {
  install postgresql-common || return 1
  # The package would make a cluster and start it; nobody asked for a server that runs from then on.
  "${as_root[@]}" sed -i -E 's/^#?[[:space:]]*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  install postgresql
}
all || { "${as_root[@]}" apt-get update -q </dev/null >>"$log" 2>&1 || true; all; } || { tail -n 5 "$log" >&2; missing "apt could not install PostgreSQL"; }
echo "postgresql: installed"
