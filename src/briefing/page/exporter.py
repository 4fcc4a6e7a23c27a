"""The nbconvert exporter ``briefing``, and the plain function that the build calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from nbconvert.exporters import Exporter, TemplateExporter
from nbformat import NotebookNode
from traitlets import Bool, Unicode, default
from traitlets.config import Application

from briefing.errors import BriefingError
from briefing.page.budget import Budget
from briefing.page.edition import find_edition
from briefing.page.leaf import make_leaf, to_markup
from briefing.page.render import Settings, write_page
from briefing.page.svg import Compile, Draw
from briefing.page.vega import compile_chart, draw_svg

#: The title of the page that says why there is none; JupyterLab's button knows it by that.
NO_PAGE = "There is no page yet"

_TEMPLATES = Path(__file__).parent / "templates"


class BriefingExporter(TemplateExporter):
    """Writes an executed notebook as a page: ``jupyter nbconvert --to briefing out.ipynb``.

    It is no `HTMLExporter`: that one passes the page through a parser which breaks SVG. Code is never shown, and an
    output that is no block is an error that names its cell.
    """

    export_from_notebook = "Briefing"
    output_mimetype = "text/html"

    language = Unicode("en", help="The language of the page's own words.").tag(config=True)
    interactive = Bool(True, help="Whether readers can make the charts answer.").tag(config=True)
    edition = Unicode("", help="The edition in the page's head; left out, it is found if it can be.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "briefing"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        # nbconvert's own default is the working directory: a folder `briefing` there would change the page
        return [str(_TEMPLATES)]

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.undefined = StrictUndefined
        environment.trim_blocks = environment.lstrip_blocks = True
        return environment

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Write the page of a notebook.

        Raises `PageError` with everything in the notebook that cannot become a page; the command ``jupyter nbconvert``
        ends with these lines and no trace. A server of Jupyter's would make a server error of it, so that its reader is
        given a page that says what is wrong.
        """
        try:
            return self._write(nb, resources, **kw)
        except BriefingError as error:
            if _is_run_by("jupyter-nbconvert"):
                raise SystemExit(str(error)) from None
            if _is_run_by("jupyter-server"):
                return make_no_page(error).decode(), {"output_extension": ".html", **(resources or {})}
            raise

    def _write(self, nb: NotebookNode, resources: dict[str, Any] | None, **kw: Any) -> tuple[str, dict[str, Any]]:
        notebook, resources = Exporter.from_notebook_node(self, nb, resources, **kw)
        noted = resources.get("metadata", {})
        folder, name = (str(noted.get(key, "")) for key in ("path", "name"))
        settings = Settings(
            name=name,
            edition=self.edition or find_edition(nb, folder=folder, name=name, language=self.language),
            language=self.language,
            is_interactive=self.interactive,
        )
        return write_page(notebook, environment=self.environment, settings=settings), resources


def _is_run_by(name: str) -> bool:
    """Whether a program of Jupyter's is what runs here."""
    return Application.initialized() and bool(Application.instance().name == name)


def make_no_page(error: BriefingError) -> bytes:
    """Make the page that says why there is none."""
    reasons = "".join(f"<p>{to_markup(line)}</p>\n" for line in str(error).splitlines())
    return make_leaf(NO_PAGE, reasons)


@lru_cache(maxsize=1)
def open_environment() -> Environment:
    """Give the template environment, once a process: making it costs five times what a page does."""
    environment: Environment = BriefingExporter().environment  # type: ignore[no-untyped-call]
    return environment


def compile_templates() -> None:
    """Compile the templates of all blocks, once a process; a page compiles those that it needs and finds uncompiled."""
    for path in sorted(_TEMPLATES.glob("briefing/**/*.j2")):
        open_environment().get_template(path.relative_to(_TEMPLATES / "briefing").as_posix())


def render_page(
    notebook: NotebookNode,
    *,
    name: str = "",
    edition: str = "",
    language: str = "en",
    issued: dt.date | None = None,
    checks: Sequence[str] = (),
    interactive: bool = True,
    budget: Budget | None = None,
    draw: Draw = draw_svg,
    compiled: Compile = compile_chart,
    reads: str = "",
) -> str:
    """Render an executed notebook as a page: one HTML file, the same bytes for the same notebook.

    No request is made, and the page is complete without scripts. `name` is for messages alone; without a day of issue
    it is ``SOURCE_DATE_EPOCH``'s, or the day that the page speaks for; ``Budget(0, 0)`` is without end. `reads` is the
    digest of the rows that the run read.

    Raises `PageError` with everything in the notebook that cannot become a page: cell, rule, cure.
    """
    settings = Settings(name, edition, language, issued, checks, interactive, budget, draw, compiled, reads)
    return write_page(notebook, environment=open_environment(), settings=settings)
