"""The page: one HTML file that asks for nothing, hides nothing, and leads from each number to its row and source."""

from briefing.page.budget import Budget
from briefing.page.exporter import BriefingExporter, render_page
from briefing.page.parts import tell_cover
from briefing.page.verify import Verdict, find_beside, verify_page

__all__ = ["BriefingExporter", "Budget", "Verdict", "find_beside", "render_page", "tell_cover", "verify_page"]
