#!/usr/bin/env bash
# Publishes the NativeAOT binaries to artifacts/bin. They are kept in the cache under a hash of everything that makes them,
# so that neither a second clone of the same sources nor a second run compiles anything.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/.."

readonly KEEP=6
readonly INPUTS=(src config/crd/bases Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt .editorconfig scripts/publish.sh)
readonly FILES=(scim-operator scim-backend kubectl-scim libe_sqlite3.so)
started=$SECONDS

case $(uname -m) in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "publish: no NativeAOT target for $(uname -m): x86_64 and aarch64 are supported" >&2; exit 1 ;;
esac

hash_inputs() {
  {
    echo "$rid $(dotnet --version)"
    find "${INPUTS[@]}" -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -c1-32
}

is_complete() {
  local file
  for file in "${FILES[@]}"; do [[ -f $1/$file ]] || return 1; done
}

# Renamed into place: a binary that is running, or being started, stays whole.
install_binaries() {
  local file
  mkdir -p artifacts/bin
  for file in "${FILES[@]}"; do
    cp "$cached/$file" "artifacts/bin/.$file.new"
    mv -f "artifacts/bin/.$file.new" "artifacts/bin/$file"
  done
  echo "$hash" >artifacts/bin/.published
}

# The paths of the build don't get into the binaries, and neither does the commit: equal sources give equal binaries.
publish() {
  local project=$1 what=$2 out=artifacts/publish-aot/$1
  rm -rf "$out"
  scripts/step.sh "publishing $what (NativeAOT, about a minute)" dotnet publish "src/$project" --configuration Release --runtime "$rid" --output "$out" \
    --verbosity quiet -p:TreatWarningsAsErrors=true -p:TrimmerSingleWarn=false -p:IncludeSourceRevisionInInformationalVersion=false
}

fill_cache() {
  local staging file
  publish Operator scim-operator
  publish Backend scim-backend
  publish Cli kubectl-scim
  staging=$(mktemp -d "$cache/.new.XXXXXX")
  for file in "${FILES[@]}"; do
    cp artifacts/publish-aot/{Operator,Backend,Cli}/"$file" "$staging/" 2>/dev/null || true
  done
  is_complete "$staging" || { echo "publish: the build left not all of: ${FILES[*]}" >&2; rm -rf "$staging"; exit 1; }
  chmod 755 "$staging" "$staging"/*
  rm -rf "$cached" artifacts/publish-aot
  mv -T "$staging" "$cached"
  find "$cache" -mindepth 1 -maxdepth 1 -type d -not -name '.*' -printf '%T@ %p\n' | sort -rn | tail -n "+$((KEEP + 1))" | cut -d' ' -f2- | xargs -r rm -rf
}

hash=$(hash_inputs)
if [[ -f artifacts/bin/.published && $(<artifacts/bin/.published) == "$hash" ]] && is_complete artifacts/bin; then
  echo "binaries in artifacts/bin are up to date ($hash)"
  exit 0
fi

cache=${SCIM_OPERATOR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/scim-operator}/bin
cached=$cache/$hash
mkdir -p "$cache"
exec 9>"$cache/.lock"
flock -n 9 || { echo "publish: another process is publishing; waiting for it"; flock 9; }
if is_complete "$cached"; then
  touch "$cached"
  echo "binaries taken from the cache: $cached"
else
  fill_cache 9>&-
fi
install_binaries
echo "binaries in artifacts/bin: scim-operator, scim-backend, kubectl-scim ($((SECONDS - started)) s)"
