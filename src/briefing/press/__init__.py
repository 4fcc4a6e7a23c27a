"""The press: turns notebooks into pages; runs, renders, publishes."""
