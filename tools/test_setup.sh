#!/bin/sh
# The programs the tests use beside Python: a browser, a database server, a reader of PDF, one of scans.
# Root on Debian or Ubuntu gets what is missing; anybody else is told what to ask for.
set -eu

missing=
for name in chromium chromium-browser google-chrome ""; do
    if [ -z "$name" ]; then missing="$missing chromium"; break; fi
    if command -v "$name" >/dev/null 2>&1; then break; fi
done
if ! command -v initdb >/dev/null 2>&1 && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    missing="$missing postgresql"
fi
if ! command -v pdftotext >/dev/null 2>&1 || ! command -v pdftoppm >/dev/null 2>&1; then
    missing="$missing poppler-utils"
fi
if ! tesseract --list-langs 2>/dev/null | grep -qx vie; then
    missing="$missing tesseract-ocr tesseract-ocr-vie"
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests also need:$missing (Debian, Ubuntu: sudo apt-get install --no-install-recommends$missing)"
    exit 0
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
quietly() {
    echo "apt-get $*"
    if ! apt-get -q -y "$@" >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        return 1
    fi
}
quietly update || true
# What could not be had is missed by the part that needs it, which then fails by name; tests of scans step aside.
# shellcheck disable=SC2086 # one word per package
quietly install --no-install-recommends $missing || echo "not installed:$missing"
