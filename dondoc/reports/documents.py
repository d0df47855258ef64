"""The consolidated report as a paper and as a workbook, composed from one snapshot and the free text.

Source: inspection.md §6 (eight sections, tables as annexes); document-format.md §5 and §8. A section without
data says so in a sentence; units that are missing are named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.core.files.storage import default_storage

from dondoc.papers import docx, layout, pdf, xlsx
from dondoc.papers.actions import SAMPLE_MARK
from dondoc.papers.layout import (
    Annex,
    Block,
    Bullets,
    Heading,
    PaperContent,
    Paragraph,
    Signature,
    header,
    rule_set_on,
)
from dondoc.papers.letterhead import COMMITTEE, letterhead, signing_lines
from dondoc.papers.wording import long_date, short_date
from dondoc.programmes.models import Programme
from dondoc.reports.grid import TOTAL, Column, Table, shown
from dondoc.reports.models import Report
from dondoc.reports.snapshot import Snapshot, freeze
from dondoc.ui.words import in_sentence
from dondoc.units.models import Unit

Format = Literal["docx", "pdf", "xlsx"]
TYPE = "Báo cáo"
ARCHIVE = "VT, NV"
MOST_LISTED = 10
NO_ANSWERS = "Chưa có kết quả xác minh nào ở lĩnh vực này."


@dataclass(frozen=True)
class Draft:
    """What the paper is composed from: numbers, free text, and who signs (nobody while it is a draft)."""

    authority: Unit
    snapshot: Snapshot
    overview: str = ""
    proposals: str = ""
    signer: str = ""
    signer_title: str = ""
    issued_on: date | None = None
    """Decides the rules of form; a draft follows those of the day its numbers stand for."""


def consolidated(programme: Programme, format: Format, *, at: datetime) -> bytes:
    """The report of a programme: the latest one kept, else the numbers as they are now."""
    report = Report.objects.filter(programme=programme).select_related("paper__docx", "paper__pdf").first()
    if report is None:
        return render(Draft(programme.authority, Snapshot(freeze(programme, at))), format)
    return document_of(report, format)


def document_of(report: Report, format: Format) -> bytes:
    """The sealed bytes once issued; before that, and for the workbook, drawn from the snapshot."""
    if report.paper and format != "xlsx":
        stored = report.paper.docx if format == "docx" else report.paper.pdf
        with default_storage.open(stored.path) as kept:
            bytes_kept: bytes = kept.read()
            return bytes_kept
    return render(draft_of(report), format)


def draft_of(report: Report) -> Draft:
    """Unsigned; issuing adds signer and day with ``dataclasses.replace``."""
    return Draft(report.programme.authority, Snapshot(report.snapshot), report.overview, report.proposals)


def render(draft: Draft, format: Format) -> bytes:
    """The bytes of one format; the same draft gives the same bytes."""
    if format == "xlsx":
        sample = bool(draft.snapshot.head["is_sample"])
        sheets = [_sheet(table, sample) for table in draft.snapshot.tables.values()]
        return xlsx.render(sheets, created_on=draft.snapshot.on)
    content = content_of(draft)
    return docx.render(content) if format == "docx" else pdf.render(content)


def subject_of(snapshot: Snapshot) -> str:
    return f"Kết quả kiểm tra công tác cải cách hành chính năm {snapshot.head['year']}"


def content_of(draft: Draft) -> PaperContent:
    """The paper with number and day open."""
    head, told, above = letterhead(draft.authority), draft.snapshot, draft.authority.parent
    return PaperContent(
        rule_set=rule_set_on(draft.issued_on or told.on),
        issuing_body=head.lines,
        issuer_name=head.name,
        issuer_abbreviation=head.abbreviation,
        place=head.place,
        type_name=TYPE,
        subject=subject_of(told),
        addressees=(letterhead(above).name,) if above else (),
        legal_bases=tuple(bases(told)),
        body=tuple(_body(draft, head.name)),
        signatures=(Signature(signing_lines(draft.signer_title), draft.signer),),
        recipients=(
            *(["Như trên"] if above else []),
            f"Chủ tịch, các Phó Chủ tịch {head.name}",
            "Các đoàn kiểm tra",
            f"{COMMITTEE} các đơn vị được kiểm tra",
        ),
        archive=ARCHIVE,
        annexes=tuple(_annex(table) for table in told.tables.values()),
        marker=SAMPLE_MARK if told.head["is_sample"] else "",
    )


def bases(told: Snapshot) -> list[str]:
    """The plan in full, then the decision of every team."""
    decisions = [team["decision"] for team in told.told["teams"] if team["decision"]]
    return [f"Căn cứ {_plan(told)}", *(f"Căn cứ {in_sentence(each)}" for each in dict.fromkeys(decisions))]


def _plan(told: Snapshot) -> str:
    plan = told.head["plan"]
    dated = f" {long_date(date.fromisoformat(plan['issued_on']))}" if plan["issued_on"] else ""
    issuer = f" của {plan['issuer']}" if plan["issuer"] else ""
    subject = f" về {in_sentence(plan['subject'])}" if plan["subject"] else ""
    return f"{plan['type']} số {plan['symbol']}{dated}{issuer}{subject}"


# --- the eight sections ---------------------------------------------------------------------------------


def _body(draft: Draft, issuer: str) -> Iterable[Block]:
    told = draft.snapshot
    yield Paragraph(
        f"{issuer} báo cáo kết quả kiểm tra công tác cải cách hành chính năm {told.head['year']}, "
        f"số liệu tính đến {long_date(told.on)}, như sau:"
    )
    yield Heading(1, "I. CĂN CỨ, PHẠM VI, CÁCH LÀM")
    yield from _scope(told)
    topics = [row.key for row in told.tables["B3"].rows if row.key == TOPICS]
    yield Heading(1, "II. KẾT QUẢ THEO LĨNH VỰC")
    yield from _fields(told, [row.key for row in told.tables["B3"].rows if row.key not in topics])
    yield Heading(1, "III. NHIỆM VỤ CHUYÊN ĐỀ")
    yield from _fields(told, topics) if topics else [Paragraph("Kế hoạch không có tiêu chí chuyên đề riêng.")]
    yield Heading(1, "IV. ĐÁNH GIÁ CHUNG")
    yield from _assessment(told, draft.overview)
    yield Heading(1, "V. KẾT QUẢ KHẮC PHỤC KỲ TRƯỚC VÀ KỲ NÀY")
    yield from _remediation(told)
    yield Heading(1, "VI. XẾP LOẠI")
    yield from _classes(told)
    yield Heading(1, "VII. KHÓ KHĂN VÀ KIẾN NGHỊ")
    yield from _difficulties(told)
    yield Heading(1, "VIII. NHIỆM VỤ TRỌNG TÂM VÀ ĐIỀU CHỈNH NHIỆM VỤ KỲ TỚI")
    yield from _free(draft.proposals, "Chưa có đề xuất điều chỉnh nhiệm vụ kỳ tới.")
    yield Paragraph(f"Trên đây là báo cáo kết quả kiểm tra công tác cải cách hành chính của {issuer}./.")


TOPICS = "CD"
"""Field code of the special topics in the checklists (par_fields.csv)."""


def _scope(told: Snapshot) -> Iterable[Block]:
    visits = told.visits
    yield Paragraph(
        f"Thực hiện {told.head['plan']['type']} số {told.head['plan']['symbol']}, "
        f"{_teams(told)} đã kiểm tra {visits['visited']}/{visits['planned']} đơn vị"
        f"{_share(told, 'B1', 'rate', ', đạt {} kế hoạch')}{_between(visits)}; "
        f"{_unannounced(visits['unannounced'])}."
    )
    first, last = told.head["period"]
    if first and last:
        yield Paragraph(f"Thời kỳ kiểm tra: từ {_day(first)} đến {_day(last)}.")
    criteria = told.head["criteria"]
    if criteria:
        yield Paragraph(
            f"Cách làm: đơn vị tự kiểm tra, báo cáo theo {in_sentence(criteria['title'])} (phiên bản "
            f"{criteria['version']}, {visits['items']} tiêu chí); đoàn kiểm tra xác minh từng tiêu chí. "
            "Báo cáo này chỉ dùng kết quả đoàn đã xác minh."
        )
    if told.missing:
        yield Paragraph("Các đơn vị chưa có đủ số liệu, không tính hoặc chưa tính đủ vào các tỷ lệ dưới đây:")
        yield _bullets(f"{each.name}: {each.why}" for each in told.missing)


def _teams(told: Snapshot) -> str:
    teams = told.told["teams"]
    named = [f"Đoàn {team['number']}" + (f" ({team['head']})" if team["head"] else "") for team in teams]
    return f"{len(teams)} đoàn kiểm tra ({_listed(named)})" if len(teams) > 1 else "Đoàn kiểm tra"


def _unannounced(count: int) -> str:
    return (
        f"trong kế hoạch có {count} đơn vị kiểm tra đột xuất"
        if count
        else "không kiểm tra đột xuất đơn vị nào"
    )


def _between(visits: Mapping[str, Any]) -> str:
    if not visits["first"]:
        return ""
    if visits["first"] == visits["last"]:
        return f", vào ngày {_day(visits['first'])}"
    return f", từ ngày {_day(visits['first'])} đến ngày {_day(visits['last'])}"


def _fields(told: Snapshot, codes: Iterable[str]) -> Iterable[Block]:
    table = told.tables["B3"]
    number = 0
    for number, code in enumerate(codes, 1):
        row = table.lines(code)[0]
        yield Heading(2, f"{number}. {row.label}")
        yield Paragraph(_field_words(table, code))
        if failed := told.told["failed"].get(code):
            yield Paragraph(f"Đơn vị có tiêu chí chưa đạt: {_listed(failed)}.")
    if not number:
        yield Paragraph("Kế hoạch chưa có bộ tiêu chí nên chưa có kết quả theo lĩnh vực.")


def _field_words(table: Table, code: str) -> str:
    def say(key: str) -> str:
        column = table.column(key)
        return shown(table.value(code, column), column)

    if table.value(code, table.column("done_rate")) is None:
        return NO_ANSWERS
    words = (
        f"Đã kiểm tra {say('checked')} lượt tiêu chí có phát sinh: đạt {say('done')} ({say('done_rate')}), "
        f"hạn chế {say('limited')} ({say('limited_rate')}), "
        f"chưa đạt {say('not_done')} ({say('not_done_rate')})."
    )
    weakest = table.value(code, table.column("weakest"))
    return f"{words} Tiêu chí có tỷ lệ đạt thấp nhất: {weakest}." if weakest else words


def _assessment(told: Snapshot, overview: str) -> Iterable[Block]:
    yield from _free(overview, "Chưa có nhận xét chung của cơ quan chủ trì.")
    for number, (category, title, none) in enumerate(ASSESSED, 1):
        yield Heading(2, f"{number}. {title}")
        yield from _grouped(told.groups(category), none)
    yield Heading(2, "4. Nguyên nhân và trách nhiệm")
    yield Paragraph(_cause_words(told.told["causes"]))


ASSESSED = (
    ("STRENGTH", "Việc đã làm được", "Các biên bản kiểm tra không ghi nhận ưu điểm riêng."),
    ("NOT_DONE", "Việc chưa làm được", "Các đoàn không phát hiện việc chưa làm được."),
    ("SHORTCOMING", "Tồn tại, hạn chế", "Các đoàn không phát hiện tồn tại, hạn chế."),
)


def _grouped(groups: list[dict[str, Any]], none: str) -> Iterable[Block]:
    if not groups:
        yield Paragraph(none)
        return
    yield _bullets(_group_words(group) for group in groups[:MOST_LISTED])
    if (left := len(groups) - MOST_LISTED) > 0:
        yield Paragraph(f"Ngoài ra còn {left} nội dung khác, xem phụ lục bảng B6.")


def _group_words(group: Mapping[str, Any]) -> str:
    """One unit's own words only ever stand for that unit; what several share is named by the item."""
    units, example = group["units"], _stripped(group["text"])
    if len(units) == 1:
        return f"{units[0]}: {example}"
    named = f"Tiêu chí {group['item']} ({_stripped(group['item_text'])})" if group["item"] else example
    told = f"{named}: {len(units)} đơn vị ({_listed(units)})"
    return f"{told}; ví dụ tại {units[0]}: {example}" if group["item"] else told


def _cause_words(causes: Mapping[str, int]) -> str:
    whole = sum(causes.values())
    if not whole:
        return "Không có phát hiện phải nêu nguyên nhân."
    named = (("SUBJECTIVE", "chủ quan"), ("OBJECTIVE", "khách quan"), ("BOTH", "cả khách quan và chủ quan"))
    parts = [f"{causes[code]} do nguyên nhân {words}" for code, words in named if causes.get(code)]
    if causes.get(""):
        parts.append(f"{causes['']} chưa ghi nguyên nhân")
    return (
        f"Trong {whole} phát hiện phải khắc phục: {_listed(parts)}. Trách nhiệm trước hết thuộc "
        "người đứng đầu đơn vị; trách nhiệm cụ thể ghi trong thông báo kết luận của từng đơn vị."
    )


def _remediation(told: Snapshot) -> Iterable[Block]:
    earlier = told.told["earlier"]
    if earlier is None:
        yield Paragraph("Kỳ trước: hệ thống không có số liệu kỳ trước so sánh được.")
    else:
        yield Paragraph(
            f"Kỳ trước (năm {earlier['year']}): {earlier['fixed']}/{earlier['tasks']} việc đã khắc phục."
        )
    table = told.tables["B9"]

    def say(key: str) -> str:
        column = table.column(key)
        return shown(table.value(TOTAL, column), column)

    if not table.value(TOTAL, table.column("assigned")):
        yield Paragraph("Kỳ này: chưa giao việc khắc phục nào.")
        return
    yield Paragraph(
        f"Kỳ này: giao {say('assigned')} việc, đến hạn {say('due')}; khắc phục đúng hạn {say('on_time')}, "
        f"trễ {say('late')}, một phần {say('partly')}, chờ xác minh {say('waiting')}, chưa khắc phục "
        f"{say('undone')}; tỷ lệ khắc phục {say('rate')}."
    )


def _classes(told: Snapshot) -> Iterable[Block]:
    table = told.tables["B2"]
    column = table.column("class")
    named: dict[str, list[str]] = {}
    for row in table.rows:
        named.setdefault(str(table.value(row.key, column) or "Chưa xếp loại"), []).append(row.label)
    order = ["Tốt", "Khá", "Trung bình", "Yếu", "Chưa xếp loại"]
    lines = [
        f"{each}: {len(named[each])} đơn vị ({_listed(named[each])});" for each in order if each in named
    ]
    if not lines:
        yield Paragraph("Kế hoạch chưa có đơn vị nên chưa xếp loại.")
        return
    yield Bullets((*lines[:-1], lines[-1].rstrip(";") + "."))
    yield Paragraph(table.notes[0], italic=True)


def _difficulties(told: Snapshot) -> Iterable[Block]:
    groups = [*told.groups("DIFFICULTY"), *told.groups("PROPOSAL")]
    if not groups:
        yield Paragraph("Các đơn vị và các đoàn không nêu khó khăn, kiến nghị.")
        return
    bodies = list(dict.fromkeys(group["addressed_to"] for group in groups))
    for number, body in enumerate(bodies, 1):
        yield Heading(2, f"{number}. Với {body}")
        yield from _grouped([group for group in groups if group["addressed_to"] == body], "")


def _free(text: str, none: str) -> Iterable[Block]:
    parts = [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]
    return parts or [Paragraph(none)]


# --- tables ---------------------------------------------------------------------------------------------


def _annex(table: Table) -> Annex:
    columns = (
        layout.Column(1, "center"),
        layout.Column(4),
        *(_paper_column(column) for column in table.columns),
    )
    rows = tuple((str(place), row.label, *_words(table, row.key)) for place, row in enumerate(table.rows, 1))
    printed = layout.Table(
        columns=columns,
        header=header("TT", table.first, *(column.title for column in table.columns)),
        rows=rows,
        total=(None, table.total_label, *_words(table, TOTAL)) if rows else None,
        landscape=True,
    )
    notes = [*table.notes, f"Nguồn: {table.source}."]
    remarks = [f"{row.label}: {row.remark}." for row in table.rows if row.remark]
    none = [] if rows else [Paragraph("Chưa có số liệu cho bảng này.")]
    return Annex(
        f"{table.code}. {table.title}",
        (printed, *none, *(Paragraph(each, italic=True) for each in [*notes, *remarks])),
        True,
    )


def _paper_column(column: Column) -> layout.Column:
    if column.kind == "text":
        return layout.Column(3 if column.key == "weakest" else 1.8)
    return layout.Column(1.5, "right")


def _words(table: Table, row_key: str) -> list[str]:
    return [shown(value, column) for value, column in zip(table.values(row_key), table.columns, strict=True)]


def _sheet(table: Table, sample: bool) -> xlsx.Sheet:
    columns = (xlsx.Column(table.first, 34), *(_sheet_column(column) for column in table.columns))
    rows = [(row.label, *table.values(row.key)) for row in table.rows]
    if rows:
        rows.append((table.total_label, *table.total()))
    return xlsx.Sheet(
        f"{table.code} {table.title}",
        f"Bảng {table.code}. {table.title}",
        columns,
        tuple(rows),
        f"{table.source}. {' '.join(table.notes)}",
        sample,
    )


def _sheet_column(column: Column) -> xlsx.Column:
    if column.kind == "text":
        return xlsx.Column(column.title, 30)
    if column.kind == "change":
        return xlsx.Column(column.title, kind="decimal" if column.counted != "findings" else "integer")
    percent = column.kind == "share" or column.percent
    return xlsx.Column(column.title, kind="percent" if percent else "integer")


# --- words ----------------------------------------------------------------------------------------------


def _share(told: Snapshot, table: str, key: str, words: str) -> str:
    column = told.tables[table].column(key)
    value = told.tables[table].value(TOTAL, column)
    return "" if value is None else words.format(shown(value, column))


def _bullets(items: Iterable[str]) -> Bullets:
    """Every item ends with ``;``, the last with a full stop."""
    told = [_stripped(each) for each in items]
    return Bullets((*(f"{each};" for each in told[:-1]), f"{told[-1]}."))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _day(iso: str) -> str:
    return short_date(date.fromisoformat(iso))


def _stripped(text: str) -> str:
    return text.strip().rstrip(" .;,")
