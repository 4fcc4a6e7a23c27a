"""How Sphinx builds the pages of this folder: ``make docs``."""

project = "briefing"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "briefing"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["_build"]
# A terminal's session and a catalog's lines are no programs: what a lexer does not know is shown as it stands.
suppress_warnings = ["misc.highlighting_failure"]
