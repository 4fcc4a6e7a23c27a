from hypothesis import given
from hypothesis import strategies as st

from briefing.values.chains import find_below, find_circles, find_end, follow, turn_round

IDS = st.sampled_from("abcdefgh")
STEPS = st.dictionaries(IDS, IDS)


@given(STEPS)
def test_circles_are_found_where_steps_come_back_and_nowhere_else(steps):
    def comes_back(start):
        at, seen = steps.get(start), set()
        while at is not None and at not in seen and at != start:
            seen.add(at)
            at = steps.get(at)
        return at == start

    on_circles = {at for circle in find_circles(steps) for at in circle}
    assert on_circles == {start for start in steps if comes_back(start)}


def test_a_long_chain_is_no_circle():
    assert find_circles({str(at): str(at + 1) for at in range(50_000)}) == []


@given(IDS, STEPS)
def test_each_step_of_a_chain_leads_to_the_next_and_none_comes_twice(start, steps):
    chain = [start, *follow(start, steps)]
    assert [steps[at] for at in chain[:-1]] == chain[1:]
    assert len(set(chain)) == len(chain)


@given(IDS, STEPS)
def test_the_end_of_a_chain_leads_nowhere_or_back_into_the_chain(start, steps):
    end = find_end(start, steps)
    assert end not in steps or steps[end] in {start, *follow(start, steps)}


@given(IDS, STEPS)
def test_an_id_is_below_whatever_it_leads_to(start, steps):
    links = turn_round(steps)
    assert all(start in find_below([above], links) for above in follow(start, steps))


@given(IDS, STEPS)
def test_all_that_is_below_an_id_leads_to_it_and_comes_once(start, steps):
    below = find_below([start], turn_round(steps))
    assert len(set(below)) == len(below)
    assert {at for at in below if at != start} == {at for at in steps if at != start and start in follow(at, steps)}
