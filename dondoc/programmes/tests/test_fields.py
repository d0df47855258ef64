"""Fields nobody of a team checks."""

from dondoc.programmes.calendar_screens import unchecked
from dondoc.programmes.models import TeamMember

FIELDS = {"CDDH": "Chỉ đạo", "TTHC": "Thủ tục", "TCC": "Tài chính công"}


def test_fields_given_to_nobody_are_named_in_order_once_the_work_is_divided() -> None:
    head, member = TeamMember(fields=["TTHC"]), TeamMember(fields=[])

    assert unchecked(FIELDS, [head, member]) == ["CDDH", "TCC"]
    assert unchecked(FIELDS, [head, TeamMember(fields=["CDDH", "TCC"])]) == []
    assert unchecked(FIELDS, [member]) == []
