"""Tiny notebooks for the press to run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

#: A parameters cell for the notebooks of these tests.
DECLARED = 'as_of: "date" = "2031-04-12"  # the day\nwindow: int = 30  # days back'


def notebook_text(*cells: str, parameters: str | None = DECLARED) -> str:
    """Write a notebook: a cell that begins with ``#`` and a space is markdown, others are code."""
    listed = [("# Is it so?", "markdown", [])]
    if parameters is not None:
        listed.append((parameters, "code", ["parameters"]))
    listed += [(cell, "markdown" if cell.startswith(("# ", "## ")) else "code", []) for cell in cells]
    return json.dumps(
        {
            "cells": [
                {"cell_type": kind, "id": f"c{at}", "metadata": {"tags": tags}, "source": text}
                | ({"execution_count": None, "outputs": []} if kind == "code" else {})
                for at, (text, kind, tags) in enumerate(listed)
            ],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


@pytest.fixture
def write_notebook(tmp_path: Path, small: Path) -> Callable[..., Path]:
    """Give a function that writes ``notebooks/NAME.ipynb`` beside a folder ``data`` with the small dossier."""
    (tmp_path / "data").symlink_to(small)

    def write(*cells: str, name: str = "tiny", parameters: str | None = DECLARED) -> Path:
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text(notebook_text(*cells, parameters=parameters), encoding="utf-8")
        return path

    return write
