"""The minutes in words: the opinion composed from the answers, and the paper both sides sign."""

from collections.abc import Sequence
from datetime import date, datetime

from dondoc.findings.feedback import in_words
from dondoc.findings.feedback import points_of as feedback_points
from dondoc.findings.models import ImmediateRequest
from dondoc.inspections.comparing import by_field, differences
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.values import shown
from dondoc.minutes.models import Amendment, Given, Minutes
from dondoc.papers.actions import SAMPLE_MARK
from dondoc.papers.layout import (
    Annex,
    Block,
    Bullets,
    Column,
    GroupRow,
    Heading,
    PaperContent,
    Paragraph,
    Row,
    Signature,
    Table,
    header,
    rule_set_on,
)
from dondoc.people.models import Post, Role, User
from dondoc.programmes.models import TeamMember
from dondoc.sampling.drawn import Sample, drawn_of, replaced
from dondoc.ui.words import local, moment_text

Duty = TeamMember.Duty


def opinion(answers: Sequence[Answer]) -> str:
    """The team's opinion as a first draft: numbers by field, then every difference; no adjectives."""
    lines = [
        f"{field.name}: {field.total} tiêu chí; đạt {field.done}, hạn chế {field.limited}, "
        f"chưa đạt {field.not_done}, không phát sinh {field.not_applicable}."
        for field in by_field(answers)
    ]
    found = differences(answers)
    if found:
        lines.append(f"Chênh lệch giữa số đơn vị báo và số đoàn ghi nhận: {len(found)} tiêu chí.")
        lines += [f"- {sentence}" for sentence in found]
    return "\n".join(lines)


def paper(minutes: Minutes, answers: Sequence[Answer], *, day: date) -> PaperContent:
    """The paper to draw: what both sides read, three signatures, every item in an annex."""
    inspection = minutes.inspection
    authority = inspection.programme.authority
    crew = list(inspection.team.members.select_related("person"))
    return PaperContent(
        rule_set=rule_set_on(day),
        superior_body=("ỦY BAN NHÂN DÂN", str(authority).upper()),
        issuing_body=("ĐOÀN KIỂM TRA", "CẢI CÁCH HÀNH CHÍNH"),
        issuer_name=f"Đoàn kiểm tra cải cách hành chính {authority}",
        issuer_abbreviation="ĐKT",
        place=inspection.unit.name,
        issued_on=day,
        type_name="Biên bản",
        subject=f"Kiểm tra công tác cải cách hành chính tại Ủy ban nhân dân {inspection.unit}",
        body=_body(minutes, answers, crew),
        signatures=_signatures(minutes, crew, day),
        annexes=(Annex("Kết quả từng tiêu chí", (_items(answers),), landscape=True),),
        marker=SAMPLE_MARK if inspection.programme.is_sample else "",
    )


def amendment_paper(amendment: Amendment, *, day: date) -> PaperContent:
    """The paper of an amendment: why, what stood, what stands instead, three signatures."""
    minutes = amendment.minutes
    inspection = minutes.inspection
    authority = inspection.programme.authority
    unit = f"Ủy ban nhân dân {inspection.unit}"
    given = {each.side: each for each in amendment.signatures.all()}
    at = f"lúc {moment_text(minutes.head_signed_at)}" if minutes.head_signed_at else ""
    return PaperContent(
        rule_set=rule_set_on(day),
        superior_body=("ỦY BAN NHÂN DÂN", str(authority).upper()),
        issuing_body=("ĐOÀN KIỂM TRA", "CẢI CÁCH HÀNH CHÍNH"),
        issuer_name=f"Đoàn kiểm tra cải cách hành chính {authority}",
        issuer_abbreviation="ĐKT",
        place=inspection.unit.name,
        issued_on=day,
        type_name="Biên bản",
        subject=f"Sửa đổi lần {amendment.number} biên bản kiểm tra công tác cải cách hành chính tại {unit}",
        body=(
            Paragraph(
                f"Biên bản kiểm tra đã chốt {at}, "
                f"vân tay hồ sơ: {minutes.sealed}, được sửa đổi như sau; các nội dung khác giữ nguyên."
            ),
            Heading(1, "I. LÝ DO SỬA ĐỔI"),
            *_paragraphs(amendment.reason),
            Heading(1, "II. NỘI DUNG SỬA ĐỔI"),
            _corrected(amendment),
            Heading(1, "III. Ý KIẾN BẢO LƯU"),
            *_reserved(amendment),
            Paragraph(f"Hai bên đọc và nhất trí ký. Vân tay bản sửa đổi: {amendment.sealed}./."),
        ),
        signatures=(
            Signature(("NGƯỜI LẬP",), str(amendment.drafted_by), _signed(amendment.drafted_at)),
            _of_side(("ĐẠI DIỆN ĐƠN VỊ", *_titles(given.get("UNIT"))), given.get("UNIT")),
            _of_side(("TRƯỞNG ĐOÀN",), given.get("TEAM")),
        ),
        marker=SAMPLE_MARK if inspection.programme.is_sample else "",
    )


def _titles(given: Given | None) -> tuple[str, ...]:
    return (given.post.upper(),) if given and given.post else ()


def _corrected(amendment: Amendment) -> Table:
    rows: list[Row | GroupRow] = [
        (place, f"{each['code']} {each['what']}".strip(), each["from"], each["to"])
        for place, each in enumerate(amendment.changes, 1)
    ]
    return Table(
        columns=(Column(0.7, "right"), Column(2.6), Column(3.6), Column(3.6)),
        header=header("TT", "Chỗ sửa", "Đã chốt", "Sửa thành"),
        rows=tuple(rows),
        caption="Nội dung sửa đổi",
    )


def _body(minutes: Minutes, answers: Sequence[Answer], crew: Sequence[TeamMember]) -> tuple[Block, ...]:
    inspection = minutes.inspection
    unit = minutes.signatures.filter(side=Given.Side.UNIT).first()
    return (
        Paragraph(_opening(minutes)),
        Heading(1, "I. THÀNH PHẦN"),
        Bullets(tuple(f"{each.person} – {each.get_duty_display()}{_end(crew, each)}" for each in crew)),
        Paragraph(f"Đại diện đơn vị: {unit.name if unit else '…'}. {_heads(inspection)}"),
        Heading(1, "II. KẾT QUẢ KIỂM TRA"),
        _fields(answers),
        *_samples(inspection),
        *_asked_at_once(inspection),
        Heading(1, "III. Ý KIẾN CỦA ĐOÀN KIỂM TRA"),
        *_paragraphs(minutes.team_opinion),
        Heading(1, "IV. Ý KIẾN CỦA ĐƠN VỊ"),
        *_paragraphs(minutes.unit_opinion or "Đơn vị nhất trí với nội dung biên bản."),
        *_asked_before(inspection),
        Heading(1, "V. Ý KIẾN BẢO LƯU"),
        *_reserved(minutes),
        Paragraph(f"{_how_signed(minutes)} Vân tay hồ sơ: {minutes.sealed or '(chưa chốt)'}./."),
    )


def _asked_before(inspection: Inspection) -> tuple[Block, ...]:
    """What the unit said on each point before the minutes, and what the team made of it."""
    points = feedback_points(inspection)
    if not points:
        return ()
    told = Bullets(tuple(in_words(each) for each in points))
    return (Paragraph("Ý kiến của đơn vị về từng điểm trước khi lập biên bản:"), told)


def _reserved(minutes: Minutes | Amendment) -> tuple[Paragraph, ...]:
    """What either side does not agree with."""
    told: list[Paragraph] = []
    for given in minutes.signatures.order_by("-side"):
        if given.reservations:
            told += _paragraphs(f"{given.get_side_display().capitalize()}: {given.reservations}")
    return tuple(told) or (Paragraph("Không có."),)


def _how_signed(minutes: Minutes) -> str:
    if minutes.scan is not None:
        return (
            "Biên bản được hai bên ký trên giấy; bản quét do Trưởng đoàn nộp, "
            f"vân tay tệp: {minutes.scan.sha256}."
        )
    onsite = minutes.signatures.filter(side=Given.Side.UNIT, way=Given.Way.ONSITE).first()
    if onsite is not None:
        read = minutes.inspection.onsite_signatures.get(side=onsite.side, at=onsite.at)
        return (
            "Đại diện đơn vị đọc bản tóm tắt biên bản và ký tại chỗ trên máy của đoàn, Trưởng đoàn xác nhận; "
            f"vân tay bản đã đọc: {read.digest}."
        )
    return "Biên bản được hai bên đọc trên hệ thống và nhất trí ký."


def _opening(minutes: Minutes) -> str:
    inspection = minutes.inspection
    begun = local(inspection.begun_at) if inspection.begun_at else None
    when = f"vào hồi {begun.hour} giờ {begun.minute:02} phút ngày {begun:%d/%m/%Y}" if begun else ""
    form = "kiểm tra đột xuất" if inspection.unannounced else "kiểm tra theo lịch"
    return (
        f"Căn cứ {_lower(str(inspection.programme))}, {when}, tại {_lower(minutes.place)}, "
        f"{inspection.team} {form} công tác cải cách hành chính tại Ủy ban nhân dân {inspection.unit}."
    )


def _heads(inspection: Inspection) -> str:
    if inspection.expected is None or inspection.present is None or inspection.excused is None:
        return ""
    missing = inspection.expected - inspection.present - inspection.excused
    return (
        f"Điểm danh: phải có mặt {inspection.expected} người, có mặt {inspection.present}, "
        f"vắng có lý do {inspection.excused}, vắng không lý do {missing}."
    )


def _fields(answers: Sequence[Answer]) -> Table:
    tallies = by_field(answers)
    rows: list[Row] = [
        (f.name, f.total, f.done, f.limited, f.not_done, f.not_applicable, f.differing) for f in tallies
    ]
    sums = tuple(sum(int(str(row[at])) for row in rows) for at in range(1, 7))
    return Table(
        columns=(Column(4), *(Column(1, "right"),) * 6),
        header=header(
            "Lĩnh vực", "Số tiêu chí", "Đạt", "Hạn chế", "Chưa đạt", "Không phát sinh", "Khác số đơn vị báo"
        ),
        rows=tuple(rows),
        total=("Cộng", *sums),
        caption="Kết quả theo lĩnh vực",
    )


def _samples(inspection: Inspection) -> tuple[Block, ...]:
    """How files were drawn, which, what took whose place, and what was seen in them."""
    blocks: list[Block] = []
    for sample in drawn_of(inspection):
        blocks += [Paragraph(f"Lấy mẫu hồ sơ. {sample.words} {seen_in(sample)}"), _files(sample)]
    return tuple(blocks)


def seen_in(sample: Sample) -> str:
    return f"Đã xem {sample.checked} trên {len(sample.standing)} hồ sơ, {sample.faulty} hồ sơ có sai sót."


def _files(sample: Sample) -> Table:
    rows: list[Row | GroupRow] = []
    for file in sample.files:
        if replaced(file):
            change = file.replacement
            told = f"Không có: {change.why}. Thay bằng {change.instead.key}"
        else:
            told = f"{file.get_result_display() or 'Chưa xem'}. {file.note}".strip()
        rows.append((file.place, file.key, file.stratum, told))
    return Table(
        columns=(Column(0.8, "right"), Column(2.6), Column(2), Column(5)),
        header=header("TT", "Số hồ sơ", "Nhóm", "Kết quả"),
        rows=tuple(rows),
        caption="Hồ sơ được rút",
    )


def _asked_at_once(inspection: Inspection) -> tuple[Block, ...]:
    """What the unit had to put right at once, and what it answered until now."""
    asked = list(ImmediateRequest.objects.of_visit(inspection))
    if not asked:
        return ()
    return (Paragraph("Yêu cầu khắc phục ngay:"), Bullets(tuple(at_once_words(each) for each in asked)))


def at_once_words(asked: ImmediateRequest) -> str:
    said = "; ".join(reply.text for reply in asked.replies.all() if reply.text) or "chưa trả lời"
    work, said = asked.work.rstrip(". "), said.rstrip(". ")
    return f"{work} (hạn {moment_text(asked.due_at)}). Đơn vị: {said}."


def _items(answers: Sequence[Answer]) -> Table:
    rows: list[Row | GroupRow] = []
    for field in by_field(answers):
        rows.append(GroupRow(field.name))
        rows += [_item(answer) for answer in field.answers]
    return Table(
        columns=(Column(1.2), Column(4), Column(2.4), Column(2.4), Column(1.4), Column(2.6)),
        header=header("Mã", "Nội dung kiểm tra", "Đơn vị báo", "Đoàn ghi nhận", "Kết quả", "Ghi chú"),
        rows=tuple(rows),
        caption="Kết quả từng tiêu chí",
        landscape=True,
    )


def _item(answer: Answer) -> Row:
    item = answer.criterion
    why = f"Kết luận khác cách tính: {answer.override_why}" if answer.override_why else ""
    return (
        item.code,
        item.text,
        shown(item, answer.declared),
        shown(item, answer.verified),
        answer.get_verified_result_display(),
        " ".join(part for part in (answer.verified_note, why) if part),
    )


def _signatures(minutes: Minutes, crew: Sequence[TeamMember], day: date) -> tuple[Signature, ...]:
    """Secretary, unit, head of the team on the right; who signed on the system is said under the title."""
    secretary = next((each.person for each in crew if each.duty == Duty.SECRETARY), minutes.drafted_by)
    given = {each.side: each for each in minutes.signatures.all()} if minutes.pk else {}
    unit, head = given.get("UNIT"), given.get("TEAM")
    post = (
        (unit.post.upper(),) if unit and unit.post else _post(minutes.unit_signed_by, minutes.inspection, day)
    )
    return (
        Signature(("THƯ KÝ",), str(secretary), _signed(minutes.drafted_at)),
        _of_side(("ĐẠI DIỆN ĐƠN VỊ", *post), unit),
        _of_side(("TRƯỞNG ĐOÀN",), head),
    )


def _of_side(lines: tuple[str, ...], given: Given | None) -> Signature:
    if given is None:
        return Signature(lines, "", _signed(None))
    note = {
        given.Way.SCANNED: "(Đã ký trên giấy)",
        given.Way.ONSITE: f"(Đã ký tại chỗ lúc {moment_text(given.at)})",
    }.get(given.Way(given.way), _signed(given.at))
    return Signature(lines, given.name, note, tuple(tuple((x, y) for x, y in line) for line in given.strokes))


def _post(person: User | None, inspection: Inspection, day: date) -> tuple[str, ...]:
    """The signer's post in the unit, as papers print it."""
    if person is None:
        return ()
    posts = Post.objects.in_force(day).filter(person=person, unit=inspection.unit_id, role=Role.UNIT_LEADER)
    title = posts.values_list("title", flat=True).first()
    return (title.upper(),) if title else ()


def _signed(at: datetime | None) -> str:
    return f"(Đã ký trên hệ thống lúc {moment_text(at)})" if at else "(Ký, ghi rõ họ tên)"


def _end(crew: Sequence[TeamMember], each: TeamMember) -> str:
    return "." if each is crew[-1] else ";"


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
