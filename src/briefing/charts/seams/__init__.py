"""Where charts lean on what altair does not promise; `tests/engine/test_seams.py` says when that moves."""
