"""What axe-core finds on a page, in whatever state the page is shown: what `briefing check --pages` asks, too."""

from __future__ import annotations

from briefing.press.barriers import bring_axe as bring_axe
from briefing.press.barriers import unfold as unfold
from briefing.press.barriers import violations as violations
