"""The size budget: kept, or told with the part to blame."""

from __future__ import annotations

import freedonia as f
import pytest

from briefing.blocks.blocks import Evidence, Prose
from briefing.errors import PageError
from briefing.page.budget import INTERACTIVE, STATIC, Budget, keeps_budget, measure
from briefing.page.exporter import render_page


def test_the_sample_keeps_the_standard_budgets() -> None:
    for interactive, budget in ((True, INTERACTIVE), (False, STATIC)):
        size = measure(render_page(f.freedonia(), interactive=interactive))
        assert size.raw <= budget.raw
        assert size.gzipped <= budget.gzipped


def test_a_page_over_its_budget_names_its_heaviest_block() -> None:
    with pytest.raises(PageError, match=r'the heaviest part is cell \d+ \(table "Mules offered by others"\)'):
        heavy = f.LONG.model_copy(update={"rows": f.LONG.rows * 600, "order": f.LONG.order * 600})
        blocks = (*f.BLOCKS[:-2], f.Table(caption="Mules offered by others", data=heavy), *f.BLOCKS[-2:])
        render_page(f.freedonia(blocks), interactive=False)


def test_an_edition_may_have_its_own_budget() -> None:
    with pytest.raises(PageError, match=r"its budget is 9 kB \(9 kB compressed\)"):
        render_page(f.freedonia(), interactive=False, budget=Budget(9000, 9000))


def test_a_budget_of_zeros_is_without_end() -> None:
    long = f.notebook(f.words("# Who?\n\n" + "x " * 300_000))
    assert len(render_page(long, budget=Budget(0, 0))) > 500_000


def test_a_page_that_was_first_tried_larger_is_the_page_that_its_size_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = Evidence(claims=tuple(f.claim(f"crowd-{n}") for n in range(400)), sources=f.SOURCES)
    notebook, wide = f.freedonia((*f.BLOCKS, Prose(text=("A crowd.",), evidence=crowd))), 10**7
    monkeypatch.setattr("briefing.page.render.MOST_CLAIMS", 25)
    alone = render_page(notebook, interactive=False, budget=Budget(wide, wide))
    monkeypatch.undo()
    assert render_page(notebook, interactive=False, budget=Budget(wide, measure(alone).gzipped)) == alone


@pytest.mark.parametrize("page", ["", "mule " * 9000, "".join(chr(32 + n * n * 7919 % 90) for n in range(20_000))])
def test_a_budget_is_kept_to_the_byte(page: str) -> None:
    size = measure(page)
    assert keeps_budget(page, size)
    assert not keeps_budget(page, Budget(size.raw, size.gzipped - 1)) and not keeps_budget(
        page, Budget(size.raw - 1, 10**6)
    )
