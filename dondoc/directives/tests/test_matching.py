"""Which paper of the register a name means, and how sure that is."""

import pytest

from dondoc.directives.identity import Day, Identity
from dondoc.directives.matching import Certainty, match

HERE = Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2019-02-15"), "UBND huyện Thanh Oai")
BEFORE = Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2018-02-20"), "UBND huyện Thanh Oai")
ELSEWHERE = Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2019-02-15"), "UBND huyện Phú Xuyên")
NAMED_ONLY = Identity("Kế hoạch", "71/KH-UBND", "71")
DECREE = Identity("Nghị định", "61/2018/NĐ-CP", "61", Day.read("2018-04-23"), "Chính phủ")
REGISTER = [(one, one) for one in (HERE, BEFORE, ELSEWHERE, DECREE)]


@pytest.mark.parametrize(
    ("told", "certainty", "paper"),
    [
        (HERE, Certainty.SURE, HERE),
        (
            Identity(
                "Kế hoạch", "71 / kh-ubnd", "71", Day.read("2019-02-15"), "ủy ban nhân dân huyện Thanh Oai"
            ),
            Certainty.SURE,
            HERE,
        ),
        (
            Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2018"), "UBND huyện Thanh Oai"),
            Certainty.LIKELY,
            BEFORE,
        ),
        (Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2019-02-15")), Certainty.SEVERAL, None),
        (NAMED_ONLY, Certainty.SEVERAL, None),
        (
            Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2020-02-15"), "UBND huyện Thanh Oai"),
            Certainty.UNKNOWN,
            None,
        ),
        (
            Identity("Kế hoạch", "71/KH-UBND", "71", Day(), "UBND thành phố Hà Nội"),
            Certainty.UNKNOWN,
            None,
        ),
        (Identity("Nghị định", "61/2018/NĐ-CP", "61"), Certainty.LIKELY, DECREE),
        (Identity("Nghị định", "", "61", Day.read("2018")), Certainty.LIKELY, DECREE),
        (Identity("Nghị định", "", "61"), Certainty.UNSURE, None),
        (Identity("Thông tư", "", "61"), Certainty.UNKNOWN, None),
    ],
)
def test_a_name_means_one_paper_as_surely_as_it_says(
    told: Identity, certainty: Certainty, paper: Identity | None
) -> None:
    found = match(told, REGISTER)

    assert (found.certainty, found.paper) == (certainty, paper)
    assert found.reason
    assert certainty.words


def test_the_same_number_of_another_office_or_year_is_kept_apart_with_the_reason() -> None:
    told = match(HERE, REGISTER)

    assert dict(told.apart) == {BEFORE: "khác ngày ban hành", ELSEWHERE: "khác cơ quan ban hành"}
    assert told.possible == (HERE,)


def test_a_bare_name_meets_the_very_same_bare_name_again() -> None:
    found = match(NAMED_ONLY, [(NAMED_ONLY, "named before")])

    assert (found.paper, found.certainty) == ("named before", Certainty.LIKELY)


def test_one_of_several_with_the_very_same_parts_is_that_one_whatever_its_subject() -> None:
    bare = Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2019-02-15"), subject="chủ đề năm")
    other = Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2019-02-15"))

    assert match(other, [(HERE, "full"), (bare, "bare")]).paper == "bare"
