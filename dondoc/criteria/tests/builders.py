"""Criteria sets for tests, loaded as an officer loads them."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from dondoc.criteria import actions
from dondoc.criteria.models import CriteriaSet
from dondoc.people.tests.builders import a_coordinator

CHECKLIST_2019 = Path(actions.__file__).parent / "sources" / "checklist_commune_2019.csv"
CHECKLIST_2026 = CHECKLIST_2019.with_name("checklist_commune_2026.csv")
HANOI = timezone(timedelta(hours=7))
DRAFTED_AT = datetime(2019, 9, 12, 8, 0, tzinfo=HANOI)
FEW = (
    ("code", "field_code", "field_vi", "text_vi", "answer_kind", "numerator_vi", "denominator_vi", "op",
     "threshold_done", "threshold_limited", "na_allowed", "legal_basis"),
    ("CDDH-01", "CDDH", "Công tác chỉ đạo, điều hành cải cách hành chính",
     "Xã đã ban hành kế hoạch cải cách hành chính năm", "date", "", "", "", "", "", "no", ""),
    ("CDDH-06", "CDDH", "Công tác chỉ đạo, điều hành cải cách hành chính",
     "Có văn bản phân công một lãnh đạo phụ trách", "yes_no", "", "", "", "", "", "no", ""),
    ("TTHC-08", "TTHC", "Cải cách thủ tục hành chính", "Tỷ lệ hồ sơ trả đúng hạn và trước hạn", "percent",
     "số hồ sơ trả đúng hạn, trước hạn", "số hồ sơ đã trả", ">=", "98", "95", "no", ""),
    ("TTHC-09", "TTHC", "Cải cách thủ tục hành chính", "Số hồ sơ quá hạn tại thời điểm kiểm tra", "count",
     "", "", "<=", "0", "5", "no", ""),
    ("CD-01", "CD", "Nhiệm vụ chuyên đề theo kế hoạch kiểm tra",
     "Thực hiện nhiệm vụ huyện giao tại Kế hoạch 443/KH-UBND", "yes_partial_no", "", "", "", "", "", "yes",
     "KH 443/KH-UBND (23/12/2016)"),
    ("CD-08", "CD", "Nhiệm vụ chuyên đề theo kế hoạch kiểm tra",
     "Khó khăn, vướng mắc và kiến nghị của xã", "text", "", "", "", "", "", "no", "KH 292/KH-UBND"),
)  # fmt: skip
"""Six criteria of five kinds in three fields."""


def a_criteria_set(rows: Sequence[Sequence[Any]] | Path = FEW, *, code: str = "CCHC-XA-2019") -> CriteriaSet:
    """A draft set: six items, or the whole checklist with ``rows=CHECKLIST_2019``."""
    return actions.load(
        rows, code=code, title="Bộ tiêu chí CCHC cấp xã", source="thử", by=a_coordinator(), at=DRAFTED_AT
    )
