"""Tables of other libraries: their words are kept as a reader of the notebook saw them, or the table is refused."""

from __future__ import annotations

import random

import pandas as pd
import pytest

import briefing as b
from briefing.blocks.html_table import Found, read_table
from briefing.blocks.numbers import read_numbers
from briefing.errors import PageError, UsageError

HERDS = pd.DataFrame({"who": ["Ferrymen", "Millers", "Ferrymen"], "kind": ["mule", "mule", "ox"], "head": [98, 3, 12]})
COUNTED = pd.crosstab(HERDS["who"], HERDS["kind"])


def cell(inside: str) -> str:
    """Give what is read of a cell with this inside."""
    return words(read_table(f"<table><thead><tr><th>n</th></tr></thead><tr><td>{inside}</td></tr></table>"))[1][0]


def words(found: Found) -> list[list[str]]:
    return [[column.name for column in found.data.columns], *([str(one[0]) for one in row] for row in found.data.rows)]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("98<br>122", "98 / 122"), ("98<BR/>122", "98 / 122"), ("<p>98</p><p>122</p>", "98 / 122"),
        ("<ul><li>98</li><li>122</li></ul>", "98 / 122"), ("98<div>122</div>", "98 / 122"),
        ("10<sup>6</sup>", "10⁶"), ("98<sup>a, b</sup>", "98^(a, b)"), ("98<sup></sup>", "98"),
        ("CO<sub>2</sub>", "CO₂"), ("x<sub>max</sub>", "x_(max)"),
        ('<span class="gt_footnote_marks">1</span>98', "¹98"),
        ('<a href="https://a.org/x">98</a>', "98 (https://a.org/x)"),
        ('<a href="https://a.org">https://a.org</a>', "https://a.org"),
        ("<b>98</b> <!-- not for print --> <i>mules</i>", "98 mules"), ("98\n 122", "98 122"),
        ("a &lt;br&gt; b", "a <br> b"),
    ],
)  # fmt: skip
def test_two_words_of_a_cell_never_become_one(inside: str, told: str) -> None:
    assert cell(inside) == told


@pytest.mark.parametrize(
    "inside",
    [
        "<img src='x'>", "<del>98</del>122", "<s>98</s>", "<math><mi>x</mi></math>", "<canvas>98</canvas>",
        "<input value='98'>", "<select><option>98</option></select>", "<span style='display: none'>98</span>122",
        "<span hidden>98</span>", "<b title='not 98'>98</b>", "<span class='pd-t'></span>98", "<svg></svg>",
        "<progress value='1'></progress>", "<table><tr><td>98</td></tr></table>", "98 mules and...", "98…", "[98, ...]",
    ],
)  # fmt: skip
def test_a_cell_that_says_more_than_its_words_is_refused(inside: str) -> None:
    with pytest.raises(PageError, match=r"left .*; .*\. Use b\.own\(\.\.\.\) with the frame"):
        cell(inside)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Not counted: {0}</p>{1}", "{1}<p>not counted</p>", "{1}{1}", "{1}<table><tr><td>98</td></tr></table>",
        "<table><tr><td>98</td></tr></table>", "<details><summary>98</summary>{1}</details>", "{1}<hr>98",
    ],
)  # fmt: skip
def test_what_stands_around_a_table_is_refused(html: str) -> None:
    with pytest.raises(PageError):
        read_table(html.format("mules", HERDS.to_html()))


def test_a_second_head_under_the_first_rows_is_refused() -> None:
    part = "<thead><tr><th>{0}</th></tr></thead><tbody><tr><td>98</td></tr></tbody>"
    with pytest.raises(PageError, match="a heading for each column"):
        read_table(f"<table>{part.format('mules')}{part.format('oxen')}</table>")


def test_a_caption_is_kept_and_a_sum_below_is_a_row() -> None:
    foot = "<tfoot><tr><td>all</td><td>98</td></tr><tr><td colspan='2'>Own count</td></tr></tfoot>"
    html = f"<table><caption>Mules</caption><tr><th>who</th><th>n</th></tr>{foot}</table>"
    found = read_table(html)
    assert (found.title, found.foot, words(found)) == ("Mules", "Own count", [["who", "n"], ["all", "98"]])


@pytest.mark.parametrize(
    ("frame", "heads"),
    [
        (HERDS.set_index("who"), ["who", "kind", "head"]),
        (HERDS.groupby("who")[["head"]].sum(), ["who", "head"]),
        (HERDS.groupby(["who", "kind"]).sum(), ["who", "kind", "head"]),
        (HERDS["who"].value_counts().to_frame(), ["who", "count"]),
        (COUNTED, ["who", "kind: mule", "kind: ox"]),
        (HERDS.groupby("who").agg({"head": ["min", "max"]}), ["who", "head: min", "head: max"]),
        (HERDS.pivot_table(index="who", columns="kind", values=["head"]),
         ["who", "head: kind: mule", "head: kind: ox"]),
        (HERDS.describe(), ["–", "head"]),
    ],
)  # fmt: skip
def test_frames_that_people_have_say_the_same_as_output_styled_and_as_their_own(
    frame: pd.DataFrame, heads: list[str]
) -> None:
    own = b.own(frame, caption="Herds").content
    shown = [read_table(html).data for html in (frame.to_html(), frame.style.to_html())]
    assert [[column.name for column in data.columns] for data in (own, *shown)] == [heads] * 3  # type: ignore[union-attr]
    assert len({len(data.rows) for data in (own, *shown)}) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("series", [HERDS["who"].value_counts(), HERDS.groupby("head")["head"].sum(), COUNTED["ox"]])
def test_a_counted_series_is_shown_with_what_it_counts(series: pd.Series) -> None:
    content = b.own(series, caption="Herds").content
    assert [column.name for column in content.columns] == [series.index.name, series.name]  # type: ignore[union-attr]


def test_the_cure_of_words_cut_short_works() -> None:
    frame = pd.DataFrame({"words": ["mules " * 30], "n": [12345678901.5]})
    with pytest.raises(PageError, match="cut short"):
        read_table(frame._repr_html_())  # as a notebook shows it
    assert b.own(frame, caption="Words").content.rows == ((("mules " * 30,), ("12,345,678,901.5",)),)  # type: ignore[union-attr]


def test_own_keeps_what_a_styled_frame_says_above_and_cures_with_the_frame() -> None:
    assert b.own(HERDS.style.set_caption("By hand"), caption="Herds").caption == "Herds – By hand"
    with pytest.raises(UsageError, match="Give a pandas frame"):
        b.own(pd.DataFrame({"n": ["98..."]}).style, caption="Herds")


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1,098", "12.5", ""], [1098, 12.5, None]), (["1.234,5", "987"], [1234.5, 987]),
        (["1 234,5", "9\u202f876"], [1234.5, 9876]), (["1'234", "9’876"], [1234, 9876]),
        (["1,5", "12,25"], [1.5, 12.25]),
        (["−3", "-2", "+1"], [-3, -2, 1]), (["45 %", "5%"], [45, 5]), (["1.5e-3", "2"], [0.0015, 2]),
        (["inf", "-inf", "3", "NaN"], [1e300, -1e300, 3, None]), (["9e999", "1"], [1e300, 1]),
        (["1.234", "987"], []), (["1,23,4"], []), (["98 122"], [98122]), (["98 / 122", "1"], []), (["2031-04-12"], []),
        (["NaN", "nan"], []), ([".", "1"], []), (["1.2.3"], []), (["", ""], []),
    ],
)  # fmt: skip
def test_numbers_are_sorted_as_english_german_or_french_write_them(cells: list[str], numbers: list[float]) -> None:
    assert read_numbers(cells) == numbers


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_random_frames_keep_every_word(seed: int) -> None:
    chance = random.Random(seed)
    texts = ["98", "<br>", "a&b", "1.5", "x<sup>2", "", "\u202e", "'\"", "—", "98<br>122", "null", "café", "0x1f"]
    rows = [[" ".join(chance.choices(texts, k=3)) for _ in range(3)] for _ in range(4)]
    frame = pd.DataFrame(rows, columns=["p", "q", "r"])
    frame = chance.choice([frame, frame.set_index("p"), frame.set_index(["p", "q"]), frame.rename_axis(columns="z")])
    with pd.option_context("display.max_colwidth", None):
        shown = words(read_table(frame.to_html()))
    own = b.own(frame, caption="c").content
    mine = [[" ".join(str(cell[0]).split()) for cell in row] for row in own.rows]  # type: ignore[union-attr]
    assert [row[-len(mine[0]) :] for row in shown[1:]] == mine
