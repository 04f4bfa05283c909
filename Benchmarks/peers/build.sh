#!/bin/sh
# Builds every peer that can be built here, into ../.build-peers, and Python's into a virtual environment of their own.
# Writes ../.build-peers/status.tsv: name, "built" or "missing", the command that starts it or the one that installs it.
# A peer that is missing is not an error; the driver says which, and how to install it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
out=$root/.build-peers
venv=$root/.build-venv
joblib_version=1.6.0
numpy_version=2.4.6
mpire_version=2.10.2
mkdir -p "$out"
: > "$out/status.tsv.new"

built() { printf '%s\tbuilt\t%s\n' "$1" "$2" >> "$out/status.tsv.new"; }
missing() { printf '%s\tmissing\t%s\n' "$1" "$2" >> "$out/status.tsv.new"; }
have() { command -v "$1" > /dev/null 2>&1; }

# rayon: Debian's package without the network where it is installed, else from crates.io
build_rayon() {
    have cargo || { echo "cargo not found"; return 1; }
    cd "$here/rust" || return 1
    set -- --manifest-path Cargo.toml
    if ls -d /usr/share/cargo/registry/rayon-[0-9]* > /dev/null 2>&1; then
        source="--config debian.toml --offline"
    else
        source=""
    fi
    # word splitting of $source is wanted: it holds no paths
    # shellcheck disable=SC2086
    [ -f Cargo.lock ] || cargo $source generate-lockfile || return 1
    RAYON_VERSION=$(awk '/^name = "rayon"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
    export RAYON_VERSION
    # shellcheck disable=SC2086
    CARGO_TARGET_DIR="$out/rust" cargo $source build --release --quiet "$@"
}
if (build_rayon) > "$out/rayon.log" 2>&1; then
    built rayon "$out/rust/release/rayon_peer"
else
    missing rayon "apt-get install -y cargo librust-rayon-dev"
fi

# -fno-math-errno: Rust's sqrt sets no errno either, so both vectorise
CXX=${CXX:-g++}
cxx="$CXX -std=c++20 -O3 -fno-math-errno"
if $cxx -o "$out/tbb" "$here/cpp/tbb.cpp" -ltbb -lpthread > "$out/onetbb.log" 2>&1; then
    built oneTBB "$out/tbb"
else
    missing oneTBB "apt-get install -y g++ libtbb-dev"
fi
if $cxx -fopenmp -o "$out/openmp" "$here/cpp/openmp.cpp" > "$out/openmp.log" 2>&1; then
    built OpenMP "$out/openmp"
else
    missing OpenMP "apt-get install -y g++ libgomp1"
fi

build_joblib() {
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv" || return 1
    "$venv/bin/python" -c "import joblib; assert joblib.__version__ == '$joblib_version'" 2> /dev/null \
        || "$venv/bin/pip" install --quiet --disable-pip-version-check "joblib==$joblib_version"
}
if (build_joblib) > "$out/joblib.log" 2>&1; then
    built joblib "$venv/bin/python $here/python/peer.py"
else
    rm -rf "$venv"
    missing joblib "apt-get install -y python3-venv; cd Benchmarks && python3 -m venv .build-venv && \
.build-venv/bin/pip install joblib==$joblib_version"
fi

# numpy and mpire are wanted only beside our worker processes; joblib's threads do without
build_pools() {
    [ -x "$venv/bin/python" ] || return 1
    "$venv/bin/python" -c "from importlib.metadata import version
assert version('numpy') == '$numpy_version' and version('mpire') == '$mpire_version'" 2> /dev/null \
        || "$venv/bin/pip" install --quiet --disable-pip-version-check "numpy==$numpy_version" "mpire==$mpire_version"
}
if (build_pools) > "$out/pools.log" 2>&1; then
    built pools "$venv/bin/python $here/python/pools.py"
else
    missing pools "apt-get install -y python3-venv; cd Benchmarks && python3 -m venv .build-venv && \
.build-venv/bin/pip install joblib==$joblib_version numpy==$numpy_version mpire==$mpire_version"
fi

# the same modules, for what is kept
if [ -x "$venv/bin/python" ] && "$venv/bin/python" -c "import joblib, numpy" 2> /dev/null; then
    built storage "$venv/bin/python $here/python/storage.py"
else
    missing storage "apt-get install -y python3-venv; cd Benchmarks && python3 -m venv .build-venv && \
.build-venv/bin/pip install joblib==$joblib_version numpy==$numpy_version"
fi

mv "$out/status.tsv.new" "$out/status.tsv"
cat "$out/status.tsv"
