"""The page: one HTML file that asks for nothing, hides nothing, and leads from each number to its row and source."""

from briefing.press.page.exporter import BriefingExporter, render_page

__all__ = ["BriefingExporter", "render_page"]
