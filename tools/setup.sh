#!/bin/sh
# Sets up what is missing: system libraries (Debian or Ubuntu, as root), a virtual environment, this package.
# usage: tools/setup.sh PYTHON VENV "SYSTEM PACKAGES"
set -eu
python=$1 venv=$2 wanted=$3

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
  for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
  done
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"

if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null
  else
    echo "missing:$missing" >&2
    echo "run this once, then try again:  sudo apt-get install -y$missing" >&2
    exit 1
  fi
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
install="$venv/bin/python -m pip install --quiet --disable-pip-version-check"
$install --require-hashes --requirement requirements/letter.txt # pip and the build backend too: docs/decisions/0016
$install --no-deps --no-build-isolation --editable .
