"""What leaves as an XLSForm is taken by pyxform, and by ODK Validate where there is a Java to run it."""

import shutil
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from dondoc.criteria import sheets, xlsform
from dondoc.criteria.models import Criterion
from dondoc.criteria.sheets import Heading, Item, Sheet
from dondoc.criteria.tests import generated
from dondoc.criteria.tests.builders import CHECKLIST_2019, CHECKLIST_2026


def _every_kind() -> Sheet:
    """Every kind, twice: the second may not apply and is asked only after the first."""
    options = {
        "choice": [
            {"code": "A", "label": "Đủ", "result": "DONE"},
            {"code": "B b", "label": 'Thiếu "một" phần', "result": None},
        ],
        "table": [
            {"code": "ten", "label": "Thôn", "kind": "text", "required": True, "options": []},
            {"code": "số", "label": "Số hộ", "kind": "count", "required": False, "options": []},
            {"code": "ngày", "label": "Ngày", "kind": "date", "required": False, "options": []},
            {"code": "1", "label": "Loại", "kind": "choice", "required": True, "options": ["xã", "phường"]},
        ],
    }
    answers = {
        "yes_no": "NO",
        "yes_partial_no": "PARTLY",
        "count": 3,
        "date": "2026-01-15",
        "text": 'it\'s "so"',
    }
    answers |= {"choice": "B b", "table": "NO", "photo": "NO", "signature": "NO", "percent": "NA"}
    items = []
    for kind in Criterion.Kind.values:
        marks = {"comparison": ">=", "done_from": Decimal("98.5"), "limited_from": Decimal(95)}
        told = marks if kind in ("count", "percent") else {}
        told |= {"numerator": "đúng hạn", "denominator": "đã trả", "options": options.get(kind, [])}
        first = Item(f"{kind}-1", 1, "I", "", f"=Câu ${{x}} <{kind}>", kind, "I.1", **told)  # type: ignore[arg-type]
        shown = {
            "any": [{"item": first.code, "is": [answers[kind]]}, {"item": first.code, "result": ["DONE"]}]
        }
        again = {"may_not_apply": True, "shown_if": shown, "applies_to": ["COMMUNE", "WARD"]}
        second = Item(f"{kind}-2", 2, "I", "", "Câu sau", kind, "I.1", evidence_required=True, **told | again)  # type: ignore[arg-type]
        items += [first, second]
    headings = (Heading("I", "Một cửa"), Heading("I.1", "Hồ sơ", "I"), Heading("II", "Trống"))
    return Sheet(tuple(items), (), headings, code="CCHC-2026", title="Bộ thử", source="")


SHEETS = {
    "2019": lambda: sheets.read_file(CHECKLIST_2019),
    "2026": lambda: sheets.read_file(CHECKLIST_2026),
    "every kind": _every_kind,
}


@pytest.mark.parametrize("name", SHEETS)
def test_pyxform_takes_it(name: str) -> None:
    found = convert(BytesIO(xlsform.render(SHEETS[name]())), file_type=".xlsx", validate=False)

    assert found.xform.count("<bind ") > 83
    assert 'lang="Tiếng Việt (vi)"' in found.xform


@pytest.mark.parametrize("name", SHEETS)
def test_odk_validate_takes_it(name: str) -> None:
    if not shutil.which("java"):
        pytest.skip("ODK Validate needs Java, and there is none here")
    convert(BytesIO(xlsform.render(SHEETS[name]())), file_type=".xlsx", validate=True)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(generated.sheets())
def test_pyxform_takes_whatever_a_set_may_hold(sheet: Sheet) -> None:
    convert(BytesIO(xlsform.render(sheet)), file_type=".xlsx", validate=False)
