#!/usr/bin/env bash
# Builds kube-apiserver, kube-controller-manager and kubectl from Debian 12's source package, takes etcd
# from its binary package, and puts them into the cache. For machines that reach Debian's mirror and nothing else.
#
#   build-from-debian.sh [--jobs N] [TARGET_DIRECTORY]
#
# Nothing is installed and no apt configuration is changed: apt is given a private state directory whose sources are
# the machine's own Debian sources plus the matching deb-src lines, and packages are unpacked, not installed, so no
# etcd service is ever started. That is also why it needs neither root nor sudo.
#
# Exit status: 0 built or already there; 1 failed, with the reason and the end of the log; 2 wrong usage;
# 3 this machine cannot do it (not Debian 12, or its mirror lacks the package).
set -euo pipefail

readonly KUBERNETES=1.20.2
readonly GO=1.19
readonly EXPECTED='5 to 10 minutes on 2 cores'
readonly NEEDED_MEGABYTES=4000
readonly BINARIES=(kube-apiserver kube-controller-manager kubectl)
readonly TICK=15
# The commit that Kubernetes tagged v1.20.2; the server reports it at /version.
readonly COMMIT=faecb196815e248d3ecfb03c680a4507229c2a56

jobs=$(nproc)
target=
while (($#)); do
  case $1 in
    --jobs) jobs=${2:?--jobs needs a number}; shift 2 ;;
    -h | --help) sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) echo "build-from-debian: unknown option $1" >&2; exit 2 ;;
    *) target=$1; shift ;;
  esac
done
cache=${SCIM_OPERATOR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/scim-operator}
target=${target:-$cache/control-plane/debian-$KUBERNETES}
parent=$(dirname -- "$target")
started=$SECONDS
ticker=
worker=
work=
DEBIAN_ONLY=()

say() { printf 'build-from-debian: [%3ds] %s\n' "$((SECONDS - started))" "$*"; }
unable() { echo "build-from-debian: $*" >&2; exit 3; }

clean_up() {
  # The signal may come again: from an impatient user, or once for every thread of a parent that is being killed.
  trap '' INT TERM HUP
  # Whoever read our output may be gone; a word from bash about its ended jobs would end the clean-up with SIGPIPE.
  exec >/dev/null 2>&1
  end_group "$worker"
  end_group "$ticker"
  # Go marks what it caches read-only, which rm respects for anyone but root.
  [[ -z $work ]] || { chmod -R u+w "$work" 2>/dev/null || true; rm -rf "$work"; }
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Ends a background job with everything that it started: each has a process group of its own.
end_group() {
  [[ -z $1 ]] || { kill -TERM -- "-$1" 2>/dev/null || true; wait "$1" 2>/dev/null || true; }
}

# Runs a command with its output in the log, and says every few seconds that it is still at it. Both run in the background,
# since a trap waits for a command in the foreground, here for minutes; neither may inherit the lock and outlive us with it.
step() {
  local what=$1 status=0; shift
  say "$what"
  set -m
  { while sleep "$TICK"; do say "  still: $what ($EXPECTED in all)"; done } 9>&- &
  ticker=$!
  (set -e; "$@") >>"$work/log" 2>&1 9>&- </dev/null &
  worker=$!
  set +m
  wait "$worker" || status=$?
  worker=
  end_group "$ticker"
  ticker=
  if ((status != 0)); then
    echo "build-from-debian: failed while: $what. The end of its log:" >&2
    tail -n 40 "$work/log" >&2
    exit 1
  fi
}

is_complete() { [[ -f $target/VERSION && -x $target/etcd && -x $target/kube-apiserver ]]; }

require_debian_12() {
  local tool
  [[ -r /etc/os-release ]] || unable 'no /etc/os-release: not a Debian system'
  # shellcheck source=/dev/null
  . /etc/os-release
  [[ ${ID:-} == debian && ${VERSION_ID:-} == 12 ]] ||
    unable "the build is for Debian 12, this is ${PRETTY_NAME:-another system}"
  for tool in apt-get dpkg-deb flock tar make; do
    command -v "$tool" >/dev/null || unable "the command $tool is missing"
  done
}

# A private apt: own lists and own archive folder, trusted by the machine's own keys. DEBIAN_ONLY narrows its sources
# down to Debian's and adds the source packages.
configure_apt() {
  mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial"
  debian_sources >"$work/apt/sources.list"
  cat >"$work/apt/apt.conf" <<CONF
Dir::State::Lists "$work/apt/lists";
Dir::Cache::Archives "$work/apt/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
APT::Sandbox::User "root";
Debug::NoLocking "true";
Acquire::Languages "none";
Acquire::http::Timeout "30";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONF
  export APT_CONFIG=$work/apt/apt.conf DEBIAN_FRONTEND=noninteractive
}

# Those of apt's sources that are known to come from Debian, each with its source packages. Known are only those whose lists
# were read before.
debian_sources() {
  # shellcheck disable=SC2016 # apt expands these, not the shell.
  apt-get indextargets --format '$(ORIGIN)|$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -F'|' '$1 == "Debian" { print "deb " $2; print "deb-src " $2 }'
}

read_lists() {
  if [[ ! -s $work/apt/sources.list ]]; then
    # A fresh machine has no lists yet: read those of all its sources. One that does not answer may well be another vendor's.
    apt-get update -q -o Acquire::Retries=0 || true
    debian_sources >"$work/apt/sources.list"
  fi
  [[ -s $work/apt/sources.list ]] || { echo 'none of the package sources answers as Debian: check the network and /etc/apt'; return 1; }
  apt-get update -q "${DEBIAN_ONLY[@]}"
}

download() {
  cd "$work/apt"
  apt-get source -q "${DEBIAN_ONLY[@]}" --download-only kubernetes
  # Of these only what the machine lacks is downloaded, with its dependencies.
  apt-get install -q "${DEBIAN_ONLY[@]}" -y --download-only --no-install-recommends rsync jq make patch xz-utils
  cd archives
  apt-get download -q "${DEBIAN_ONLY[@]}" "golang-$GO-go" "golang-$GO-src" golang-github-modern-go-reflect2-dev etcd-server
}

unpack_packages() {
  local package
  mkdir -p "$work/root"
  for package in "$work"/apt/archives/*.deb; do
    dpkg-deb -x "$package" "$work/root"
  done
}

unpack_source() {
  mkdir -p "$work/src"
  tar -xf "$work"/apt/kubernetes_*.orig.tar.gz -C "$work/src" --strip-components=1
  tar -xf "$work"/apt/kubernetes_*.debian.tar.xz -C "$work/src"
}

apply_patches() {
  local patch
  cd "$work/src"
  while read -r patch; do
    [[ -z $patch || $patch == \#* ]] || patch -p1 --batch <"debian/patches/$patch"
  done <debian/patches/series
  # The vendored reflect2 iterates maps through runtime internals that Go 1.18 changed: the server dies with SIGSEGV
  # on the first object with several map keys. Debian's reflect2 has the fix.
  rm -f vendor/github.com/modern-go/reflect2/*.{go,s}
  cp "$work"/root/usr/share/gocode/src/github.com/modern-go/reflect2/*.{go,s} vendor/github.com/modern-go/reflect2/
}

use_unpacked_tools() {
  local libraries
  libraries=$work/root/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch 2>/dev/null || echo "$(uname -m)-linux-gnu")
  export PATH=$work/root/usr/lib/go-$GO/bin:$work/root/usr/bin:$PATH
  export LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  export GOROOT=$work/root/usr/lib/go-$GO GOPATH=$work/src/.go GOCACHE=$work/go-cache HOME=$work/home
  export GOPROXY=off GOTOOLCHAIN=local CGO_ENABLED=0 GOMAXPROCS=$jobs
  unset GOFLAGS GO111MODULE
  export KUBE_GIT_VERSION=v$KUBERNETES KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 KUBE_GIT_TREE_STATE=clean
  export KUBE_GIT_COMMIT=$COMMIT
  mkdir -p "$HOME" "$GOPATH/src/k8s.io"
  ln -sfn ../../.. "$GOPATH/src/k8s.io/kubernetes"
}

build() {
  cd "$work/src"
  make -j1 WHAT="${BINARIES[*]/#/cmd/}" GOFLAGS="-p=$jobs"
}

# Everything is checked in a folder beside the target and then renamed: the cache holds all of it or nothing.
publish() {
  local binary staging=$work/publish
  mkdir -p "$staging"
  for binary in "${BINARIES[@]}"; do
    install -m 0755 "$work/src/_output/bin/$binary" "$staging/$binary"
  done
  install -m 0755 "$work/root/usr/bin/etcd" "$staging/etcd"
  "$staging/kube-apiserver" --version
  "$staging/etcd" --version
  echo "v$KUBERNETES built from Debian's kubernetes source package" >"$staging/VERSION"
  rm -rf "$target"
  mv -T "$staging" "$target"
}

main() {
  if is_complete; then say "already in the cache: $target"; return; fi
  require_debian_12
  mkdir -p "$parent"
  exec 9>"$parent/.build.lock"
  until flock -w "$TICK" 9; do say "another process is building; waiting for it ($EXPECTED in all)"; done
  if is_complete; then say "built by another process meanwhile: $target"; return; fi
  # What a build left that was killed or lost power: nobody else builds here while we hold the lock.
  rm -rf "$parent"/.build.??????
  local free
  free=$(df --output=avail -BM "$parent" | tr -dc '0-9\n' | tail -n 1)
  ((free >= NEEDED_MEGABYTES)) || unable "the build needs $NEEDED_MEGABYTES MB in $parent for a while, $free MB are free"
  # Beside the target, so that the last rename stays within one file system.
  work=$(mktemp -d "$parent/.build.XXXXXX")
  say "building Kubernetes $KUBERNETES from Debian's packages, $EXPECTED (once; kept in $target)"
  DEBIAN_ONLY=(-o "Dir::Etc::sourcelist=$work/apt/sources.list" -o Dir::Etc::sourceparts=- -o Acquire::Retries=3)
  configure_apt
  step 'reading the package lists' read_lists
  step 'downloading sources, Go and etcd (about 130 MB)' download
  step 'unpacking the packages' unpack_packages
  use_unpacked_tools
  step 'unpacking the source' unpack_source
  step "applying Debian's patches" apply_patches
  step "compiling ${BINARIES[*]}" build
  step 'checking and moving into the cache' publish
  say "done: $target"
}

main
