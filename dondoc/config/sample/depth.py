"""What goes deeper on a few visits: files drawn, something put right at once, sealed minutes amended."""

from datetime import date, datetime, timedelta
from random import Random

from dondoc.config.sample.cast import TeamCast
from dondoc.files.models import StoredFile
from dondoc.findings import actions as findings
from dondoc.findings import consulting
from dondoc.findings.feedback import Feedback
from dondoc.findings.models import FeedbackPoint, Finding, ImmediateRequest
from dondoc.foundation.calendar import add_working_days
from dondoc.inspections.models import Inspection, Result
from dondoc.minutes import amending
from dondoc.minutes.actions import Signed
from dondoc.minutes.models import Amendment, Minutes
from dondoc.people.models import User
from dondoc.sampling import actions as sampling
from dondoc.sampling import listing
from dondoc.sampling.models import Draw, Drawn

DRAWN_PLACES, WAITING_PLACE = (1, 14), 15
"""Visits (in order) on which files were drawn, and one whose unit is still to tell its number."""
ANSWERED_PLACE, UNANSWERED_PLACE = 2, 14
"""Something had to be put right at once: told as done, still open."""
AMENDED_PLACE, AMENDING_PLACE = 3, 2
"""Minutes amended and sealed again; minutes whose amendment waits for the unit."""
ANSWERED_POINTS_PLACE, ASKED_POINTS_PLACE = 4, 15
"""The unit answered every point before the minutes; the unit is asked and has some days."""
_FIELDS = ("Chứng thực", "Hộ tịch", "Đất đai", "Bảo trợ xã hội")


def list_and_draw(
    place: int, visit: Inspection, *, team: TeamCast, leader: User, at: datetime, random: Random
) -> None:
    """Six of forty invented files; one of them cannot be had, one has a fault."""
    population = sampling.list_files(
        visit,
        title="Hồ sơ trả kết quả tháng 9/2019 (mẫu)",
        criterion=None,
        listed=listing.read_text(_register(random)),
        by=team.secretary,
        at=at,
    )
    draw = sampling.fix(
        population,
        rule=Draw.Rule.STRATIFIED,
        size=6,
        every=None,
        stratified_by="Lĩnh vực",
        team_number=str(random.randint(100, 999)),
        by=team.secretary,
        at=at + timedelta(minutes=5),
    )
    if place == WAITING_PLACE:
        return
    sampling.tell_number(
        draw, number=str(random.randint(100, 999)), said_by="", by=leader, at=at + timedelta(minutes=8)
    )
    drawn_at = at + timedelta(minutes=9)
    first, second, *others = sampling.draw_files(draw, by=team.secretary, at=drawn_at)
    looking = drawn_at + timedelta(minutes=30)
    instead = sampling.replace(
        first, why="Hồ sơ đã chuyển lên huyện giải quyết (mẫu).", by=team.secretary, at=looking
    )
    late = "Trả kết quả quá hạn 3 ngày, không có phiếu xin lỗi (mẫu)."
    sampling.note_result(second, result=Drawn.Result.FAULTY, note=late, by=team.secretary, at=looking)
    for file in (instead, *others):
        sampling.note_result(file, result=Drawn.Result.RIGHT, note="", by=team.secretary, at=looking)


def _register(random: Random) -> str:
    """A register of received files as a clerk would paste it."""
    days = (date(2019, 9, 2) + timedelta(days=random.randrange(28)) for _ in range(40))
    lines = [
        f"{number:03}/2019\t{_FIELDS[random.randrange(len(_FIELDS))]}\t{day:%d/%m/%Y}"
        for number, day in enumerate(sorted(days), 41)
    ]
    return "\n".join(["Số hồ sơ\tLĩnh vực\tNgày nhận", *lines])


def ask_at_once(visit: Inspection, *, team: TeamCast, at: datetime) -> ImmediateRequest:
    """The first finding that calls for work must be put right within three working days."""
    recorded = Finding.objects.filter(inspection=visit, status=Finding.Status.RECORDED).order_by("pk")
    finding = next(each for each in recorded if each.calls_for_work)
    due = at.replace(hour=17, minute=0)
    return findings.ask_at_once(
        finding,
        work=finding.recommendation or "Khắc phục ngay và báo lại cho Đoàn.",
        due_at=datetime.combine(add_working_days(at.date(), 3), due.timetz()),
        by=team.head,
        at=at,
    )


def reply(request: ImmediateRequest, proof: StoredFile, *, leader: User, at: datetime) -> None:
    text = "Đã khắc phục trong ngày, gửi kèm bảng kết quả (dữ liệu mẫu)."
    findings.reply_at_once(request, text=text, files=[proof], by=leader, at=at)


def ask_the_unit(visit: Inspection, *, days: int, team: TeamCast, at: datetime) -> None:
    consulting.ask_feedback(visit, days=days, by=team.secretary, at=at)


def answer_and_decide(visit: Inspection, *, leader: User, team: TeamCast, at: datetime) -> None:
    """All agreed but one difference, which the team keeps as it found it."""
    points = Feedback.of(visit).points
    first = next(each for each in points if each.answer_id)
    words = {first.pk: (FeedbackPoint.Word.EXPLAINED, "Số đơn vị báo gồm cả hồ sơ tháng 10 (dữ liệu mẫu).")}
    said = [consulting.Said(each.pk, *words.get(each.pk, (FeedbackPoint.Word.AGREED, ""))) for each in points]
    consulting.give_feedback(visit, said, by=leader, at=at)
    why = "Kỳ kiểm tra tính đến hết tháng 9; giữ số đã đếm (dữ liệu mẫu)."
    consulting.decide_feedback(first, why=why, by=team.secretary, at=at + timedelta(minutes=2))


def amend(minutes: Minutes, *, by: User, at: datetime) -> Amendment:
    """Somebody who neither wrote nor signed found an item counted too low."""
    answers = minutes.inspection.answers.filter(verified_result=Result.LIMITED, asked=True)
    told = answers.select_related("criterion").order_by("criterion__position")
    answer = next(each for each in told if not Finding.objects.filter(answer=each).exists())
    return amending.propose(
        minutes,
        reason="Đối chiếu phiếu ghi tại chỗ: thư ký chép nhầm kết quả khi tổng hợp (dữ liệu mẫu).",
        wanted=[amending.Wanted(Amendment.Part.RESULT, Result.DONE.label, code=answer.criterion.code)],
        by=by,
        at=at,
    )


def sign_amendment(amendment: Amendment, *, leader: User, team: TeamCast, at: datetime) -> None:
    amending.unit_sign(amendment, signed=Signed(str(leader)), by=leader, at=at)
    amending.head_sign(amendment, signed=Signed(str(team.head)), by=team.head, at=at + timedelta(hours=1))
