"""Tables sort by what their cells carry: unit tests of the page, and a real browser that presses the heads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import freedonia as f
import pytest
from playwright.sync_api import Page

from briefing.blocks.blocks import MIME, Column, Table, TableData
from briefing.blocks.html_table import read_table
from briefing.page.exporter import render_page

UKRAINIAN = (
    ("9 жовтня 1933", "≥ 122", "1933-10-09", 122),
    ("10 січня 1934", "10 000–15 000", "1934-01-10", 10_000),
    ("невідомо", "не вказано", None, None),
    ("листопад 1933", "< 9 000", "1933-11-01", 9_000),
    ("30 вересня 1933", "98", "1933-09-30", 98),
)


def table(rows: tuple[tuple[Any, ...], ...] = UKRAINIAN, *, has_order: bool = True) -> Table:
    columns = (Column(name="Коли"), Column(name="Скільки", is_number=True))
    order = tuple(row[2:] for row in rows) if has_order else ()
    texts = tuple(((when,), (count,)) for when, count, *_ in rows)
    return Table(caption="Мули", data=TableData(columns=columns, rows=texts, order=order))


def write(folder: Path, block: Any) -> str:
    """Write a Ukrainian page with one table to a file, and give its address."""
    notebook = f.notebook(f.words("# Скільки мулів?"), f.cell(block))
    notebook.metadata["briefing"] = {"language": "uk"}
    (folder / "page.html").write_text(render_page(notebook, language="uk", interactive=False), encoding="utf-8")
    return (folder / "page.html").as_uri()


def values(page: str) -> list[str | None]:
    cells = re.findall(r"<(?:td|th scope=\"row\")[^>]*>", page)
    return [match[1] if (match := re.search('data-v="([^"]*)"', cell)) else None for cell in cells]


def sorted_by(page: Page, head: str) -> list[str]:
    page.locator("#table_1").get_by_role("button", name=head).click()
    return page.locator("#table_1 tbody th").all_inner_texts()


def test_a_ukrainian_table_sorts_by_day_and_what_has_none_comes_last_either_way(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, table()))
    days = ["30 вересня 1933", "9 жовтня 1933", "листопад 1933", "10 січня 1934"]
    assert sorted_by(page, "Коли") == [*days, "невідомо"]
    assert sorted_by(page, "Коли") == [*reversed(days), "невідомо"]
    assert sorted_by(page, "Коли") == [row[0] for row in UKRAINIAN]


def test_ranges_and_open_bounds_sort_by_their_least_stated_number(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, table()))
    rows = ["30 вересня 1933", "9 жовтня 1933", "листопад 1933", "10 січня 1934"]
    assert sorted_by(page, "Скільки") == [*rows, "невідомо"]
    assert sorted_by(page, "Скільки") == [*reversed(rows), "невідомо"]


def test_a_table_of_an_older_run_sorts_by_its_words_and_plain_numbers(page: Page, tmp_path: Path) -> None:
    rows = (("b", "1,300"), ("a", "98"), ("d", "20,000"), ("c", ""))
    page.goto(write(tmp_path, table(rows, has_order=False)))
    assert sorted_by(page, "Скільки") == ["a", "b", "d", "c"]
    assert sorted_by(page, "Коли") == ["a", "b", "c", "d"]


def test_a_page_carries_days_and_numbers_as_they_are() -> None:
    page = render_page(f.notebook(f.words("# Who?"), f.cell(table())))
    days = ["1933-10-09", "1934-01-10", "", "1933-11-01", "1933-09-30"]
    assert (values(page)[::2], values(page)[1::2]) == (days, ["122", "10000", "", "9000", "98"])


@pytest.mark.parametrize("version", [1, 2])
def test_a_run_of_an_older_version_has_no_values_and_still_becomes_a_page(version: int) -> None:
    cell = f.cell(table(has_order=False))
    cell.outputs[0].data[MIME] |= {"version": version}
    del cell.outputs[0].data[MIME]["data"]["order"]
    page = render_page(f.notebook(f.words("# Who?"), cell))
    assert "10 січня 1934" in page and set(values(page)) == {None}


def test_a_column_without_values_sorts_by_its_words() -> None:
    rows = (("b", "98", None, 98), ("a", "122", None, 122))
    assert values(render_page(f.notebook(f.words("# Who?"), f.cell(table(rows))))) == [None, "98", None, "122"]


def test_a_value_cannot_leave_its_attribute() -> None:
    rows = (("b", "98", '"><script>alert(1)</script>', 98),)
    assert "<script>alert(1)" not in render_page(f.notebook(f.words("# Who?"), f.cell(table(rows))))


def test_numbers_of_a_pandas_frame_carry_their_values() -> None:
    head = "<table class='dataframe'><thead><tr><th></th><th>n</th></tr></thead>"
    rows = "".join(f"<tr><th>a</th><td>{cell}</td></tr>" for cell in ("1,300", "-2.5", "45%", "NaN", "9e999"))
    assert read_table(head + rows).data.order == tuple((None, n) for n in (1300, -2.5, 45, None, 1e300))
