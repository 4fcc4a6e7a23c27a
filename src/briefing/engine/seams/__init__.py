"""Where the engine leans on what other libraries do not promise: one module a library.

`tests/engine/test_seams.py` holds a contract for each name that is used here; it says in a
sentence what has moved.
Altair's seams are `charts.seams` and `charts.pen`, vl-convert's `page.vega`, nbconvert's `page.exporter`.
"""
