#!/bin/sh
# Install hequan from this bundle, without internet: ./install.sh [FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/hequan}
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "hequan needs Python 3.11 or newer")'
mkdir -p "$target"
"$python" -m venv "$target/venv"
"$target/venv/bin/pip" install --quiet --disable-pip-version-check --no-index \
    --find-links "$here/wheels" --require-hashes -r "$here/requirements.lock"
"$target/venv/bin/pip" install --quiet --disable-pip-version-check --no-index --no-deps "$here"/wheels/hequan-*.whl
cp -n "$here/hequan.env.example" "$target/hequan.env"
echo "hequan is in $target. Try: $target/venv/bin/hequan serve"
echo "As a service: adapt $here/hequan.service, copy it to /etc/systemd/system, systemctl enable --now hequan"
