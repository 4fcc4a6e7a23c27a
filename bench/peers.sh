#!/usr/bin/env bash
# What people do without this package: papermill's command line, then nbconvert's, one edition after the other.
# bash bench/peers.sh NOTEBOOK FOLDER EDITIONS [papermill's options]; prints the seconds that it took.
set -euo pipefail
notebook=$1 folder=$2 editions=$3
shift 3
mkdir -p "$folder"
began=${EPOCHREALTIME/,/.}
for ((at = 1; at <= editions; at++)); do
  papermill --no-progress-bar "$@" "$notebook" "$folder/$at.ipynb" >"$folder/$at.log" 2>&1
  jupyter nbconvert --no-input --to html "$folder/$at.ipynb" >>"$folder/$at.log" 2>&1
done
awk -v began="$began" -v ended="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%.3f\n", ended - began }'
