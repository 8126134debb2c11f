#!/bin/sh
# Double-click this file to start self-audit.
cd "$(dirname "$0")" || exit 1
for python in python3.13 python3.12 python3.11 python3; do
  if command -v "$python" >/dev/null 2>&1; then
    "$python" start.py "$@"
    echo
    printf 'This window can be closed now. '
    exit
  fi
done
echo "Python is not installed on this computer. Please install Python 3.13 from python.org, then double-click this file again."
