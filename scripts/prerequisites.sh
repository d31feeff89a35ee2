#!/usr/bin/env bash
# Checks what a build needs beyond git and make, and installs what apt can: NativeAOT links with the system's C toolchain.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/.."

fail() { echo "prerequisites: $*" >&2; exit 1; }

command -v dotnet >/dev/null || fail "there is no dotnet: install the .NET SDK that global.json names (https://dot.net)"
version=$(dotnet --version 2>&1) || fail "no installed .NET SDK fits global.json: $(tr '\n' ' ' <<<"$version")"

missing=()
# The linker is called through clang or gcc; objcopy moves the symbols out of the binary.
command -v clang >/dev/null || command -v gcc >/dev/null || missing+=(gcc libc6-dev)
command -v objcopy >/dev/null || missing+=(binutils)
# Linking names zlib, whose development package holds the name without a version.
[[ -e /usr/include/zlib.h ]] || missing+=(zlib1g-dev)
((${#missing[@]})) || exit 0

command -v apt-get >/dev/null || fail "NativeAOT needs ${missing[*]} (Debian's names): install them, then try again"
as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || fail "NativeAOT needs ${missing[*]}: run as root: apt-get install ${missing[*]}"
  as_root=(sudo)
fi

echo "prerequisites: NativeAOT links with the system's C toolchain; installing ${missing[*]} with apt (once, up to a minute)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null >>"$log" 2>&1; }
# The lists are read only where the packages are unknown without: a fresh machine, or lists that are too old.
install || { "${as_root[@]}" apt-get update -q </dev/null >>"$log" 2>&1 || true; install; } || {
  tail -n 20 "$log" >&2
  fail "apt could not install ${missing[*]}; its last words are above"
}
echo "prerequisites: installed"
