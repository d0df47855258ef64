"""What is told around a mention: before it, in brackets or the passive behind it, or at its neighbour."""

import re
from itertools import pairwise

from dondoc.reading.glyphs import View, fold
from dondoc.reading.issuers import LEVELS, IssuerMark, person_end
from dondoc.reading.mentions import PLURAL, Mention
from dondoc.reading.tokens import Marks

# Between a body and the mention it issued.
_PLACE_TAIL = r"(?:\s*,?\s*\(?(?:tinh|huyen|thanh\s+pho|quan|thi\s+xa)\s+[^,.;:()\n]{1,30}?\)?,?){0,2}?"
_VERB = (
    r"\s*(?:\([^()\n]{0,60}\))?,?\s*(?:(?:da|vua|moi|se|cung|tiep\s+tuc|kip\s+thoi|chinh\s+thuc"
    r"|tiep\s+do)\s+){0,3}"
    r"(?:ky\s+)?(?:ban\s+hanh|co|ra|ky|phe\s+duyet|thong\s+qua|phat\s+hanh|trinh\s+bay|xay\s+dung|gui"
    r"|trinh|phat\s+di)"
    r"\s+(?:(?:cac|them|mot|tiep)\s+)?$"
)
_ISSUES = re.compile(_PLACE_TAIL + _VERB)
_ISSUES_SMALL = re.compile(r"\s+[a-z]{2,6}" + _VERB)  # "ubnd huyện hàm thuận | nam vừa ban hành"
_PROPOSES = re.compile(
    r"\s*(?:bao\s+cao\s*\(|(?:,\s*)?(?:giao|ban\s+hanh|quy\s+dinh|dat\s+ra)\s+(?:tai|theo)\s+)$"
)
_AT = re.compile(r"\s*tai\s+$")
_PROPOSAL = re.compile(
    r"(?:de\s+nghi|y\s+kien|chi\s+dao|yeu\s+cau|kien\s+nghi|tham\s+muu|bao\s+cao"
    r"|tham\s+dinh)\s+cua\s+(?:ong\s+|ba\s+)?$"
)
_LEVEL_SUBJECT = re.compile(
    r"(?<![a-z])(?P<level>tinh|thanh\s+pho|quan|huyen|thi\s+xa|thi\s+tran|xa|phuong)\s+"
    r"(?:(?:(?:da|vua|moi|cung)\s+){0,2}(?:ky\s+)?(?:ban\s+hanh|co|ra|trinh(?:\s+bay)?|gui|nop)"
    r"|giao\s+(?:tai|theo))\s+(?:cac\s+)?$"
)
# "UBND tỉnh đã kết luận kết quả kiểm tra (Thông báo số 305/TB-UBND)": a sentence, then its paper.
_IN_BRACKETS = re.compile(
    r"\s+(?:(?:da|vua|moi)\s+)?(?:ket\s+luan|chi\s+dao|yeu\s+cau|thong\s+bao|phe\s+duyet|giao|phan\s+cong"
    r"|co\s+y\s+kien|quyet\s+dinh|de\s+nghi|bao\s+cao|huong\s+dan)(?![a-z])[^.;()\n]{0,120}\((?:tai\s+)?"
)
# A level alone is a subject where a clause begins: "…, huyện đã ban hành", "Năm 2020 tỉnh có".
_BEFORE_LEVEL = re.compile(r"(?:^|[.,;:()\n\-+]|nam\s+[0-9]{4}|khi|do|va|ma|thi|qua|cua|nay|do,|sau)\s*$")
_ISSUED_BEFORE = re.compile(r"\s*,?\s*(?:(?:da|vua|moi)\s+)?(?:ky\s+)?ban\s+hanh\s+$")
_COMMA = re.compile(r"\)?(?:\s+(?:vua\s+qua|vua\s+roi|moi\s+day|gan\s+day))?\s*,?\s*(?:thi\s+)?$")
_AFTER_PASSIVE = re.compile(
    r"\s*(?:chinh\s+thuc\s+)?(?:ky\s+)?(?:ban\s+hanh|phe\s+duyet|thong\s+qua)(?![a-z])\s*,?\s*"
)
_BRACKETED = re.compile(r"\s*\(\s*(?:do\s+)?")
_BRACKETED_ISSUE = re.compile(r"\s*(?:duoc\s+)?(?:da\s+)?(?:ky\s+)?(?:ban\s+hanh|ky)\s+(?:vao\s+)?")
_IN_TURN = re.compile(
    r"(?:\s+cua\s+[^(),.;\n]{2,40})?\s*\((?:duoc\s+)?(?:da\s+)?(?:ban\s+hanh"
    r"|ky)\s+(?:lan\s+luot\s+)?(?:vao\s+)?(?:cac\s+)?(?=ngay)"
)
_BETWEEN = re.compile(r"\s*(?:,|;|va|hoac|cung|den)\s*(?:cac\s+)?")
_BRACKETED_NEXT = re.compile(r"\s*,?\s*(?=ngay)")
_BRACKET_ENDS = re.compile(r"\s*\)")
_PASSIVE_AT = re.compile(r"\s*,?\s*(?:(?:vua|da|moi)\s+)?duoc\s+")


# The last word of whatever stands between a body or day and the mention it made; else nothing is told.
_LEADING = frozenset(
    ("hanh", "co", "ra", "ky", "duyet", "qua", "bay", "dung", "gui", "trinh", "di", "tai", "theo")
).union(("cac", "them", "mot", "tiep"))
_FOLLOWED = re.compile(r"\s*,?\s*(?:\(|(?:vua|da|moi|duoc)\s)")


# A subject behind the number, and where a day behind it is the paper's own.
_ABOUT = re.compile(
    r"\s*,?\s*[\"(]?\s*(?:ve\s|v\s*/\s*v|(?:ban\s+hanh|phe\s+duyet|quy\s+dinh|kiem\s+tra|huong\s+dan"
    r"|thanh\s+lap|trien\s+khai|tang\s+cuong|giao)\s)"
)
_SUBJECT_REACH = 260
_STOPS = re.compile(r"[.;:\n]|\((?![^()]*\))")
_ISSUED_ON = re.compile(
    r"(?:,|\s)\s*(?:(?:da\s+)?(?:duoc\s+)?(?:ky\s+)?(?:ban\s+hanh|ky)\s+(?:vao\s+)?)$|,\s*$"
)
_OF_BODY = re.compile(r"\s*,?\s*(?:cua|do)\s+")
_ENDS = re.compile(r"\s*(?:[;.)\n]|$)")
# Days of what the paper is about: "về tổ chức hội nghị ngày 5/3/2019", "từ ngày … đến ngày …".
_EVENT = re.compile(
    r"(?:tu|den|truoc|sau|vao|trong|ke|hop|hoi\s+nghi|le|ky\s+niem|dien\s+ra|to\s+chuc|khai\s+mac"
    r"|bau\s+cu|hoi\s+thao"
    r"|ky\s+hop|lam\s+viec|nghi|truc|nghi\s+dinh|quyet\s+dinh|luat)(?:\s+[a-z]+){0,2}\s*$"
)
# "… có ý kiến tại |", "… (|", "nêu trong |"
_IN_IT = re.compile(r"(?:\(|(?<![a-z])(?:tai|trong))\s*(?:cac\s+)?$")
_TELLS = re.compile(
    r"(?<![a-z])(?:y\s+kien|chi\s+dao|giao|yeu\s+cau|neu|dong\s+y|chap\s+thuan|phe\s+duyet|thong\s+nhat"
    r"|ket\s+luan|nhac"
    r"|de\s+nghi|huong\s+dan|bao\s+cao|kien\s+nghi|chi\s+ra|quy\s+dinh|cam\s+ket)(?![a-z])|^\s+tai\s+$"
)
_TELLING_REACH = 120
_PAPERS_OF = re.compile(
    r"(?:van\s+ban|tai\s+lieu|chi\s+dao|quy\s+dinh|quyet\s+dinh|ke\s+hoach)(?:\s+[a-z]+){0,3}\s+cua\s+$"
)
_SENTENCE = re.compile(r"[.;](?:\s|$)|\n")
_GAP = re.compile(r" *\|? *")
_ROW_ENDS = re.compile(r"[ |]*(?:\n|$)")
_COLUMN_GAP = 2
_CELLS_ACROSS = 5


def gather(marks: Marks, mentions: list[Mention]) -> list[Mention]:
    """Complete each mention by its surroundings; one of type and day alone stays only with a body."""
    last: Mention | None = None
    for mention in mentions:
        look_back(marks, mention, last.end if last and last.start < mention.start else 0)
        last = mention
        _look_after(marks, mention)
    _behind_subjects(marks, mentions)
    _share(marks, mentions)
    _in_turn(marks, mentions)
    _told_by_symbol(marks, mentions)
    for mention in mentions:
        if mention.number and not (mention.date and mention.issuer):
            _look_across(marks, mention)
    return [mention for mention in mentions if not mention.unclaimed or mention.issuer]


def _behind_subjects(marks: Marks, mentions: list[Mention]) -> None:
    """A day behind the subject: "Kế hoạch số 71 về kiểm tra CCHC (ban hành) ngày 5/3/2019"."""
    text = marks.view.folded
    for index, mention in enumerate(mentions):
        if mention.date or mention.anonymous or mention.title or not _ABOUT.match(text, mention.end):
            continue
        limit = mention.end + _SUBJECT_REACH
        if index + 1 < len(mentions):
            limit = min(limit, mentions[index + 1].start)
        for date in marks.dates_in(mention.end, limit):
            gap = text[mention.end : date.start]
            if not date.day or not date.led or _STOPS.search(gap):
                break
            issued = _ISSUED_ON.search(gap)
            of = _OF_BODY.match(text, date.end)
            issuer = marks.issuer_at.get(of.end()) if of else None
            ends = issuer is not None or _ENDS.match(text, date.end)
            if issued or (date.year and ends and not _EVENT.search(gap)):
                mention.date, mention.issuer = date, mention.issuer or issuer
                mention.told = issued.start() + mention.end if issued else date.start
            break


def _told_by_symbol(marks: Marks, mentions: list[Mention]) -> None:
    """A body whose code the symbol bears: "Sở Tài chính đã có ý kiến tại Công văn số 877/STC-HCSN"."""
    text = marks.view.folded
    headed: tuple[int, IssuerMark] | None = None
    for mention in mentions:
        start = mention.start
        if headed and _SENTENCE.search(text, headed[0], start):
            headed = None
        if mention.issuer or not mention.mark:
            continue
        lead = text[max(0, start - 12) : start]
        issuer = marks.issuer_before(start, _TELLING_REACH)
        if issuer is None:
            continue
        gap = text[issuer.end : start]
        if gap.strip() == ":" and _PAPERS_OF.search(text, max(0, issuer.start - 60), issuer.start):
            headed = start, issuer
        elif _IN_IT.search(lead):
            for one in reversed(marks.issuers_in(max(0, start - _TELLING_REACH), start)):
                gap = text[one.end : start]
                if _SENTENCE.search(gap):
                    break
                if _bears(mention, one) and (_TELLS.search(gap) or gap.strip() == "("):
                    mention.issuer = one
                    break
        if headed and mention.issuer is None and _bears(mention, headed[1]):
            mention.issuer = headed[1]


def _bears(mention: Mention, issuer: IssuerMark) -> bool:
    """Whether a symbol bears the initials of a body: 877/STC-HCSN is Sở Tài chính's."""
    body = mention.mark.bodies[0] if mention.mark and mention.mark.bodies else ""
    words = [word for word in re.split(r"[\s,-]+", fold(issuer.text)) if word not in ("va", "", "nguyen")]
    initials = "".join(word if word in ("ubnd", "hdnd") else word[0] for word in words)
    post = initials.removeprefix("ct") if issuer.text.startswith("Chủ tịch") else initials
    if not body:
        return False
    return body in (initials, post) or (initials.startswith("vp") and body == "vp") or initials[1:] == body


def look_back(marks: Marks, mention: Mention, taken: int) -> None:
    """Body and day told before: "cùng ngày, UBND thị xã ra Công văn số …".

    What stands before ``taken`` belongs to the mention before.
    """
    if mention.pointer:
        return
    text = marks.view.folded
    pos = mention.start
    words = text[max(0, pos - 14) : pos].split()
    if mention.many and (plural := PLURAL.search(text, max(0, pos - 14), pos)):
        pos = plural.start()
        words = text[max(0, pos - 14) : pos].split()
    if not words or (words[-1] not in _LEADING and words[-1][-1] != "("):
        return
    issuer = marks.issuer_before(pos, 160)
    if issuer and issuer.start >= taken:
        gap = text[person_end(marks.view, issuer.end) : pos]
        if _ISSUES.fullmatch(gap) or (marks.view.plain and _ISSUES_SMALL.fullmatch(gap)):
            mention.verb_before, mention.announced = True, issuer
            mention.issuer = mention.issuer or issuer
            _day_before(marks, mention, issuer.start, taken)
            return
        proposed = _AT.fullmatch(gap) and _PROPOSAL.search(text, max(0, issuer.start - 40), issuer.start)
        if proposed or _PROPOSES.fullmatch(gap):
            mention.issuer = mention.issuer or issuer
            return
    if (
        issuer
        and issuer.start >= taken
        and issuer.kind == "body"
        and _IN_BRACKETS.fullmatch(text, issuer.end, pos)
    ):
        if mention.mark and mention.mark.bodies[:1] == (fold(issuer.text).split()[-1],):
            mention.issuer = mention.issuer or issuer
        return
    level = _LEVEL_SUBJECT.search(text, max(taken, pos - 60), pos)
    if level and _BEFORE_LEVEL.search(text, max(0, level.start() - 12), level.start()):
        name = LEVELS[" ".join(level["level"].split())]
        body = IssuerMark(level.start(), level.end("level"), "UBND", "body", name, None, name)
        mention.issuer = mention.issuer or body
        mention.verb_before = True
        _day_before(marks, mention, level.start(), taken)
        return
    day = marks.date_before(pos, 40)
    if mention.date is None and day and day.start >= taken and _ISSUED_BEFORE.fullmatch(text[day.end : pos]):
        mention.date = day if day.day else None


def _day_before(marks: Marks, mention: Mention, pos: int, taken: int) -> None:
    """The day before a body: "ngày 20 cùng tháng, Thị ủy Mỹ Hào ban hành …"."""
    day = marks.date_before(pos, 20)
    if (
        mention.date
        or day is None
        or day.start < taken
        or not (day.day or day.same_day or (day.month and not day.year))
    ):
        return
    if _COMMA.fullmatch(marks.view.folded[day.end : pos]):
        mention.date = day


def _look_after(marks: Marks, mention: Mention) -> None:
    """Facts behind: "(ban hành ngày 14-6-2021)", "được UBND tỉnh ban hành ngày …"."""
    if mention.pointer or not _FOLLOWED.match(marks.view.folded, mention.end):
        return
    bracket = _BRACKETED.match(marks.view.folded, mention.end)
    if bracket and bracket.end() - mention.end < 20:
        at = bracket.end()
        issuer = marks.issuer_at.get(at)
        after = issuer.end if issuer else at
        issue = _BRACKETED_ISSUE.match(marks.view.folded, after) or (
            _BRACKETED_NEXT.match(marks.view.folded, after) if issuer else None
        )
        date = marks.date_at.get(issue.end()) if issue else None
        if (issue and date and date.day) or (issuer and _BRACKET_ENDS.match(marks.view.folded, after)):
            mention.issuer = mention.issuer or issuer
            mention.date = mention.date or (date if date and date.day else None)
    passive = _PASSIVE_AT.match(marks.view.folded, mention.end)
    issuer = marks.issuer_at.get(passive.end()) if passive else None
    issue = _AFTER_PASSIVE.match(marks.view.folded, issuer.end) if issuer else None
    if issuer and issue:
        mention.issuer = mention.issuer or issuer
        mention.announced = mention.announced or issuer
        mention.verb_before = True
        date = marks.date_at.get(issue.end())
        if date and date.day and mention.date is None:
            mention.date = date


def _look_across(marks: Marks, mention: Mention) -> None:
    """Facts in the cells beside: "| 71/KH-UBND | 15/02/2019 | UBND huyện Thanh Oai |".

    Only where the mention fills its cell: "… nêu tại Kết luận 34 | Phòng Nội vụ | 15/3" is a task.
    """
    view = marks.view
    begin = _next_cell(view, mention.end)
    if begin is None or not _begins_cell(view, mention.start):
        return
    for _ in range(_CELLS_ACROSS):
        date, issuer = marks.date_at.get(begin), marks.issuer_at.get(begin)
        end = date.end if date and date.day else issuer.end if issuer else None
        following = None if end is None else _next_cell(view, end)
        closed = end is not None and (following is not None or _ROW_ENDS.match(view.folded, end))
        if not closed:
            break
        if date and date.day:
            mention.date = mention.date or date
        elif issuer:
            mention.issuer = mention.issuer or issuer
        if following is None:
            break
        begin = following


def _next_cell(view: View, pos: int) -> int | None:
    """Where the next cell of the row begins, if one ends here."""
    gap = _GAP.match(view.folded, pos)
    if gap is None or not gap[0]:
        return None
    tab = "\t" in view.original[view.starts[pos] : view.starts[gap.end() - 1] + 1]
    return gap.end() if tab or "|" in gap[0] or len(gap[0]) > _COLUMN_GAP else None


def _begins_cell(view: View, pos: int) -> bool:
    begin = pos
    while begin and view.folded[begin - 1] == " " and pos - begin < _COLUMN_GAP + 1:
        begin -= 1
    if begin == 0 or view.folded[begin - 1] in "|\n" or pos - begin > _COLUMN_GAP:
        return True
    return begin < pos and "\t" in view.original[view.starts[begin] : view.starts[pos]]


def _share(marks: Marks, mentions: list[Mention]) -> None:
    """What one mention gives to its neighbour: a body or day written once for both."""
    text = marks.view.folded
    for left, right in zip(mentions[-2::-1], mentions[:0:-1], strict=False):
        lends = (right.date and not left.date) or (right.issuer and not left.issuer)
        if not lends or right.start - left.end >= 40:
            continue
        gap = text[left.end : right.start]
        if not _BETWEEN.fullmatch(gap):
            continue
        ranged = gap.strip().startswith("den")
        if left.date is None and right.date and (right.date.shared or ranged):
            left.date, left.lent = right.date, not ranged
        if left.issuer is None and right.issuer and _body_for_both(left, right, ranged):
            left.issuer = right.issuer
    for left, right in pairwise(mentions):
        if right.issuer is None and left.issuer and (_of_one(left, right) or _follows(marks, left, right)):
            right.issuer = left.issuer


def _in_turn(marks: Marks, mentions: list[Mention]) -> None:
    """Days told in turn behind a list: "305, 688/KH-UBND … (ban hành lần lượt ngày 31/01 và 06/3/2024)"."""
    text = marks.view.folded
    for index, mention in enumerate(mentions):
        opened = _IN_TURN.match(text, mention.end)
        close = text.find(")", opened.end(), opened.end() + 120) if opened else -1
        if opened is None or close < 0:
            continue
        days = [day for day in marks.dates_in(opened.end(), close) if day.day]
        listed = mentions[max(0, index - len(days) + 1) : index + 1]
        if len(listed) == len(days) > 1 and all(m.date is None and m.group == mention.group for m in listed):
            for one, day in zip(listed, days, strict=True):
                one.date = day


def _body_for_both(left: Mention, right: Mention, ranged: bool) -> bool:
    """Whether a body behind the right mention is the left one's, too."""
    if left.group == right.group or (right.date is not None and right.date.shared):
        return True
    behind = right.issuer is not None and right.issuer.start > right.start
    alike = left.mark and right.mark and left.mark.codes == right.mark.codes
    return left.type == right.type and (ranged or (behind and bool(left.date is None or alike)))


def _of_one(left: Mention, right: Mention) -> bool:
    """Whether who acts is named before a whole list: "Sở đã ra các Thông báo 214, 215 và 219/TB-SNV"."""
    return left.group == right.group and left.issuer is not None and left.issuer.end <= left.start


def _follows(marks: Marks, left: Mention, right: Mention) -> bool:
    if (
        not left.mark
        or not right.mark
        or left.mark.codes[1:] != right.mark.codes[1:]
        or right.start - left.end > 300
    ):
        return False
    gap = marks.view.folded[left.end : right.start]
    return bool(re.search(r"(?:^|\s)(?:va|,)\s*$|;\s*$", gap)) and not re.search(
        r"[.\n](?:\s|$)|;\s*\S|(?:duoc|tai)\s", gap
    )
