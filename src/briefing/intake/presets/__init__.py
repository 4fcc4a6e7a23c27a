"""Presets: how files that others publish become rows, one TOML file a format."""

from __future__ import annotations

from pathlib import Path

#: Where the shipped presets lie.
SHIPPED_PRESETS = Path(__file__).parent
