#!/usr/bin/env bash
# Makes both lock files again from pyproject.toml, the only list of direct dependencies. Needs uv.
# "tools/lock.sh --upgrade" takes the newest versions that the ranges allow.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {
  uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --quiet --custom-compile-command tools/lock.sh "$@"
}
lock --output-file requirements.lock "${@}"
lock --extra test --constraint requirements.lock --output-file requirements-test.lock "${@}"
