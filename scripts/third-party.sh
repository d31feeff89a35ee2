#!/usr/bin/env bash
# Installs the third-party SCIM server that tests run against (tests/ThirdParty/scimmy) into the cache, under a hash of what it
# is made of. Node.js comes from apt where there is none.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/../tests/ThirdParty/scimmy"

readonly KEEP=3
cache=${SCIM_OPERATOR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/scim-operator}/scimmy
hash=$(cat package.json package-lock.json server.mjs | sha256sum | cut -c 1-16)
target=$cache/$hash
if [[ -e $target/server.mjs ]] && command -v node >/dev/null; then
  touch "$target"
  exit 0
fi

fail() { echo "third-party: $*" >&2; exit 1; }
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  command -v apt-get >/dev/null || fail "tests need node and npm: install them, then try again"
  as_root=()
  ((EUID == 0)) || { command -v sudo >/dev/null || fail "tests need node and npm: run as root: apt-get install nodejs npm"; as_root=(sudo); }
  echo "third-party: installing nodejs and npm with apt (once, up to two minutes)"
  install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends nodejs npm </dev/null >"$log" 2>&1; }
  log=$(mktemp)
  install || { "${as_root[@]}" apt-get update -q </dev/null >>"$log" 2>&1 || true; install; } || { tail -n 20 "$log" >&2; fail "apt could not install nodejs and npm"; }
  rm -f "$log"
fi

echo "third-party: installing scimmy-routers with npm (once)"
mkdir -p "$cache"
work=$(mktemp -d "$cache/.install-XXXXXX")
trap 'rm -rf "$work"' EXIT
cp package.json package-lock.json server.mjs .npmrc "$work"
(cd "$work" && npm ci --omit=dev --ignore-scripts --loglevel=error </dev/null) >&2 || fail "npm could not install what package-lock.json names"
# Whoever was quicker has the same.
mv -T "$work" "$target" 2>/dev/null || [[ -e $target/server.mjs ]] || fail "$target can't be written"
chmod 755 "$target" 2>/dev/null || true
find "$cache" -mindepth 1 -maxdepth 1 -type d -not -name '.*' -printf '%T@ %p\n' | sort -rn | tail -n +$((KEEP + 1)) | cut -d' ' -f2- | xargs -r rm -rf
