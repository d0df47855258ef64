"""The notice as a paper: what the draft and the findings say, in the order of the statutory skeleton.

Source: document-format.md §5 (Thông báo kết quả) and §6 (signature of a People's Committee).
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from dondoc.findings.checks import Dossier
from dondoc.findings.models import Finding
from dondoc.foundation.calendar import add_working_days
from dondoc.foundation.folding import fold
from dondoc.papers.layout import (
    Block,
    Bullets,
    Column,
    Heading,
    PaperContent,
    Paragraph,
    Row,
    Signature,
    Table,
    header,
    rule_set_on,
)
from dondoc.papers.wording import long_date, short_date

NOTHING = "Biên bản kiểm tra không ghi nhận nội dung ở mục này."
COMMITTEE = "Ủy ban nhân dân"
ARCHIVE = "VT, NV"


def subject_of(dossier: Dossier) -> str:
    inspection = dossier.inspection
    return (
        f"Kết quả kiểm tra công tác cải cách hành chính năm {inspection.programme.year} "
        f"tại {COMMITTEE} {inspection.unit}"
    )


def due_on(finding: Finding, issued_on: date) -> date:
    """The day by which it must be put right: working days after the notice."""
    return add_working_days(issued_on, finding.due_days or 0)


def notice_of(dossier: Dossier, *, on: date, signer: str, signer_title: str) -> PaperContent:
    """The paper of this draft were it issued on that day; number and day stay open."""
    authority = dossier.inspection.programme.authority
    return PaperContent(
        rule_set=rule_set_on(on),
        issuing_body=(COMMITTEE.upper(), str(authority).upper()),
        issuer_name=f"{COMMITTEE} {authority}",
        issuer_abbreviation="UBND",
        place=authority.name,
        type_name="Thông báo",
        subject=subject_of(dossier),
        body=(
            Paragraph(opening_of(dossier)),
            *(Paragraph(part) for part in _lines(dossier.conclusion.opening)),
            Heading(1, "I. KẾT QUẢ ĐẠT ĐƯỢC"),
            _bullets(finding.text for finding in dossier.of_class("STRENGTH")),
            Heading(1, "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN"),
            Heading(2, "1. Việc chưa làm được"),
            _bullets(fault_words(finding) for finding in dossier.of_class("NOT_DONE")),
            Heading(2, "2. Tồn tại, hạn chế"),
            _bullets(fault_words(finding) for finding in dossier.of_class("SHORTCOMING")),
            Heading(1, "III. YÊU CẦU KHẮC PHỤC"),
            *_requirements(dossier, on),
            Heading(1, "IV. KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ"),
            _bullets(
                f"{_ended(finding.text)} Nơi có thể xử lý: {finding.addressed_to}."
                for finding in dossier.of_class("DIFFICULTY", "PROPOSAL")
            ),
            Heading(1, "V. TỔ CHỨC THỰC HIỆN"),
            *_carrying_out(dossier),
        ),
        signatures=(Signature(signature_lines(signer_title), signer),),
        recipients=tuple(_lines(dossier.conclusion.recipients)),
        archive=ARCHIVE,
    )


def opening_of(dossier: Dossier) -> str:
    """The papers the notice rests on: plan, decision, minutes."""
    inspection = dossier.inspection
    plan, team = inspection.programme.plan, inspection.team
    dated = f" {long_date(plan.issued_on)}" if plan.issued_on else ""
    decision = f", {_decision(team.decision)}" if team.decision else ""
    signed = ""
    if inspection.signed_at is not None:
        signed = f" lập {long_date(timezone.localdate(inspection.signed_at))}"
    if dossier.corrected:
        signed += f", sửa đổi, bổ sung {max(each.number for _, each in dossier.corrected)} lần"
    authority = f"{COMMITTEE} {inspection.programme.authority}"
    plan_words = f"{plan.type} số {plan.symbol}{dated} của {authority}{decision}"
    return (
        f"Thực hiện {plan_words}, {long_date(inspection.planned_on)} Đoàn kiểm tra số {team.number} "
        f"đã kiểm tra công tác cải cách hành chính tại {COMMITTEE} {inspection.unit}. "
        f"Căn cứ Biên bản kiểm tra{signed}, {authority} thông báo kết quả kiểm tra như sau:"
    )


def fault_words(finding: Finding) -> str:
    """What was found, on which paper it rests, how grave, why, and what the unit holds against it."""
    parts = [_ended(finding.text)]
    if finding.evidence:
        parts.append(f"Căn cứ: {_ended(finding.evidence)}")
    if finding.severity:
        parts.append(f"Mức độ: {finding.get_severity_display()}.")
    if finding.cause:
        parts.append(_cause(finding))
    if finding.status == Finding.Status.RESERVED or finding.unit_opinion:
        parts.append(f"Đơn vị có ý kiến: {_ended(finding.unit_opinion)}")
    return " ".join(parts)


def _cause(finding: Finding) -> str:
    told = f": {_ended(finding.cause_text)}" if finding.cause_text else "."
    return f"Nguyên nhân {finding.get_cause_display()}{told}"


def _requirements(dossier: Dossier, on: date) -> list[Block]:
    blocks: list[Block] = [Heading(2, "1. Yêu cầu của lần kiểm tra này")]
    rows = tuple(_requirement(number, finding, on) for number, finding in enumerate(dossier.requirements, 1))
    if rows:
        blocks.append(
            Table(
                columns=(Column(1, "center"), Column(6), Column(4), Column(3, "center"), Column(4)),
                header=header("TT", "Việc", "Người thực hiện", "Hạn", "Minh chứng"),
                rows=rows,
            )
        )
    else:
        blocks.append(Paragraph(NOTHING))
    if dossier.still_open:
        blocks.append(Heading(2, "2. Kiến nghị của các lần kiểm tra trước còn phải thực hiện"))
        blocks.append(_bullets(earlier_words(finding) for finding in dossier.still_open))
        blocks += [Paragraph(part) for part in _lines(dossier.conclusion.earlier)]
    return blocks


def _requirement(number: int, finding: Finding, on: date) -> Row:
    return (
        str(number),
        finding.recommendation,
        finding.owner,
        short_date(due_on(finding, on)),
        finding.proof_expected,
    )


def earlier_words(finding: Finding) -> str:
    """An open item with the notice that asked for it."""
    paper = finding.inspection.conclusion.paper
    said = f" ({paper}, {short_date(paper.issued_on)})" if paper else ""
    return f"{(finding.recommendation or finding.text).rstrip(' .;')}{said}."


def _carrying_out(dossier: Dossier) -> list[Block]:
    unit = f"{COMMITTEE} {dossier.inspection.unit}"
    authority = f"{COMMITTEE} {dossier.inspection.programme.authority}"
    follower = dossier.conclusion.followed_by.strip() or "Cơ quan thường trực"
    return [
        Paragraph(
            f"1. Chủ tịch {unit} chỉ đạo khắc phục các nội dung tại mục III, báo cáo kết quả kèm "
            "minh chứng theo từng việc trước khi hết hạn; việc cần thêm thời gian phải đề nghị gia hạn "
            "trước khi đến hạn."
        ),
        Paragraph(f"2. {follower} theo dõi, đôn đốc, xác minh việc khắc phục và báo cáo {authority}."),
        Paragraph(
            f"Trên đây là thông báo kết quả kiểm tra tại {unit}; "
            "yêu cầu các cơ quan, đơn vị có liên quan thực hiện./."
        ),
    ]


def signature_lines(title: str) -> tuple[str, ...]:
    """For a collective body: by its chair, or by a deputy in the chair's stead."""
    if "pho chu tich" in fold(title):
        return ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    return ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def proposed_recipients(dossier: Dossier) -> str:
    """Who receives it, one on a line: the unit, the leaders, the team, and bodies asked to act."""
    inspection = dossier.inspection
    asked = [finding.addressed_to for finding in dossier.of_class("DIFFICULTY", "PROPOSAL")]
    named = [
        f"{COMMITTEE} {inspection.unit}",
        f"Chủ tịch, các Phó Chủ tịch {COMMITTEE} {inspection.programme.authority}",
        f"Đoàn kiểm tra số {inspection.team.number}",
        *asked,
    ]
    return "\n".join(dict.fromkeys(named))


def _bullets(items: Iterable[str]) -> Block:
    told = tuple(_ended(item) for item in items)
    return Bullets(told) if told else Paragraph(NOTHING)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _ended(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?", ".”")) else f"{stripped.rstrip(' ;,')}."


def _decision(told: str) -> str:
    """The decision that founded the team; a bare number gets its type."""
    return f"Quyết định số {told}" if told[:1].isdigit() else told
