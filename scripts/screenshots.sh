#!/usr/bin/env bash
# Makes the pictures of docs/console.md again, from the console over the demo's nights. Needs chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/images
PLANNING_SCREENSHOTS="$PWD/docs/images" dotnet test --project tests/Console.Tests -- --explicit only --filter-method '*Pictures_of_the_pages*'
