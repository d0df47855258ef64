"""Plan 292/KH-UBND from the day it was read to the morning of 12/11/2019, through the real actions."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import Q

from dondoc.config.sample import answers, depth
from dondoc.config.sample.cast import TeamCast, make
from dondoc.criteria import actions as criteria
from dondoc.directives.models import Directive
from dondoc.files.actions import keep
from dondoc.files.models import StoredFile
from dondoc.findings import actions as findings
from dondoc.findings.models import Finding
from dondoc.foundation.calendar import add_working_days
from dondoc.inspections import actions as inspections
from dondoc.inspections.models import Answer, AnswerChange, Inspection, Result
from dondoc.inspections.values import Value
from dondoc.intakes import actions as intakes
from dondoc.minutes import actions as minuting
from dondoc.minutes.standing import parts_of
from dondoc.notices.models import Notice
from dondoc.papers import xlsx
from dondoc.people.models import User
from dondoc.portal.actions import post_article, send_comment, show_comment
from dondoc.programmes import actions as programmes
from dondoc.programmes import drafting, editing, seats, visits
from dondoc.programmes.models import Programme, ProgrammeUnit, Slot
from dondoc.reading import read
from dondoc.remediation import actions as remediation
from dondoc.remediation.models import Task
from dondoc.reports.actions import publish_paper
from dondoc.units.actions import load_thanh_oai
from dondoc.units.models import Unit

HERE = Path(__file__).parent
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CHECKLIST = Path(criteria.__file__).parent / "sources" / "checklist_commune_2019.csv"
READ_ON, SUBMITTED_ON, ISSUED_ON = date(2019, 9, 16), date(2019, 9, 19), date(2019, 9, 20)
SELF_REPORT_DUE, ENDS_ON = date(2019, 10, 4), date(2019, 11, 29)
FIRST_VISIT = date(2019, 10, 8)
SHOWN_PLACES = (2, 14, 18)
"""Units (in order of visits) whose people can be entered: one putting things right, one with minutes to
sign, one with a self-report to finish."""
COMMENTS = (
    (
        "Người đọc mẫu",
        "Đề nghị niêm yết rõ hơn",
        "Đề nghị bộ phận một cửa niêm yết thời hạn từng thủ tục ở chỗ dễ đọc. (Ý kiến mẫu)",
    ),
    ("Bạn đọc mẫu", "Hỏi kết quả kiểm tra", "Kết quả kiểm tra các xã sẽ công bố ở đâu? (Ý kiến mẫu)"),
)
UNANNOUNCED_PLACE, POSTPONED_PLACE = 5, 16


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), HANOI)


@dataclass(frozen=True)
class Wording:
    """One invented finding, as in ``findings_2019.csv``."""

    category: str
    code: str
    text: str
    evidence: str
    severity: str
    cause: str
    cause_text: str
    recommendation: str
    owner: str
    due_days: int

    @classmethod
    def all(cls) -> list["Wording"]:
        kinds = {
            "uu_diem": "STRENGTH",
            "viec_chua_lam": "NOT_DONE",
            "ton_tai_han_che": "SHORTCOMING",
            "kho_khan_vuong_mac": "DIFFICULTY",
        }
        grades = {"nhe": "LIGHT", "vua": "MEDIUM", "nghiem_trong": "SERIOUS", "": ""}
        causes = {"khach_quan": "OBJECTIVE", "chu_quan": "SUBJECTIVE", "": ""}
        with (HERE / "findings_2019.csv").open(encoding="utf-8") as rows:
            return [
                cls(
                    category=kinds[row["kind"]],
                    code=row["checklist_code"],
                    text=row["text_vi"],
                    evidence=row["evidence_vi"],
                    severity=grades[row["severity"]],
                    cause=causes[row["cause_type"]],
                    cause_text=row["cause_vi"],
                    recommendation=row["recommendation_vi"],
                    owner=row["responsible_vi"],
                    due_days=int(row["due_days"] or 15),
                )
                for row in csv.DictReader(rows)
            ]


@dataclass
class Story:
    """Everything that happens, in order of time."""

    random: Random
    say: Callable[[str, int, int], None]
    wordings: list[Wording] = field(default_factory=Wording.all)

    def play(self) -> None:
        """From the empty house to the morning the sample's clock starts at."""
        self.say("Nạp đơn vị hành chính và con người", 0, 21)
        district = load_thanh_oai()
        units = list(Unit.objects.under(district).alive(READ_ON).order_by("sort_key"))
        order = self._order(units)
        shown = [order[place] for place in SHOWN_PLACES]
        self.cast = make(district, units, shown, random=self.random, at=moment(READ_ON, 7, 30))
        directive = self._read_the_paper()
        programme = self._build_the_programme(directive, order)
        visits = self._open(programme, order)
        for number, visit in enumerate(visits):
            self.say("Dữ liệu mẫu: đơn vị", number + 1, len(visits))
            self._one_unit(number, visit)
        self._publish(directive)
        Notice.objects.filter(told_at__lt=moment(date(2019, 11, 8), 0)).update(
            read_at=moment(date(2019, 11, 8), 17)
        )

    def _order(self, units: list[Unit]) -> list[Unit]:
        """The order of visits, drawn."""
        return self.random.sample(units, len(units))

    # The paper and the programme

    def _read_the_paper(self) -> Directive:
        by, at = self.cast.coordinator, moment(READ_ON, 8, 5)
        text = (HERE / "seed.txt").read_text(encoding="utf-8")
        intake = intakes.bring_in(text, by=by, at=at)
        directive = intakes.confirm(intake, by=by, at=moment(READ_ON, 8, 20))
        Directive.objects.filter(Q(pk=directive.pk) | Q(mentions__source=directive)).update(is_sample=True)
        return directive

    def _build_the_programme(self, directive: Directive, order: list[Unit]) -> Programme:
        by, approver, at = self.cast.coordinator, self.cast.approver, moment(READ_ON, 9)
        checklist = criteria.load(
            CHECKLIST,
            code="CCHC-XA-2019",
            title="Bộ tiêu chí kiểm tra CCHC cấp xã",
            source="Bảng kiểm 83 tiêu chí cho cấp xã, chương trình 2011–2020; ngưỡng là đề xuất",
            by=by,
            at=at,
        )
        criteria.issue(checklist, by=approver, at=moment(READ_ON, 15))
        programme = drafting.draft_from(directive, by=by, at=moment(READ_ON, 16))
        Programme.objects.filter(pk=programme.pk).update(is_sample=True)
        programme.refresh_from_db()
        programmes.edit_details(
            programme,
            programmes.Details(
                title="Kiểm tra công tác cải cách hành chính năm 2019",
                criteria=checklist,
                purposes=programme.purposes,
                inspects_from=date(2019, 1, 1),
                inspects_to=date(2019, 9, 30),
                self_report_due_on=SELF_REPORT_DUE,
                ends_on=ENDS_ON,
            ),
            by=by,
            at=moment(READ_ON, 16, 10),
            version=programme.version,
        )
        programmes.suggest_criteria(programme, by=by, at=moment(READ_ON, 16, 20))
        self._explain_the_first_content(programme)
        for number, team in enumerate(self.cast.teams, 1):
            decision = "Quyết định thành lập Đoàn (mẫu)"
            seats.add_team(
                programme,
                number=number,
                decision=decision,
                members=team.seats(),
                by=by,
                at=moment(READ_ON, 17),
            )
        self._schedule(programme, order)
        programme.refresh_from_db()
        programmes.submit(programme, by=by, at=moment(SUBMITTED_ON, 10))
        programmes.issue(programme, by=approver, at=moment(ISSUED_ON, 9))
        return programme

    def _explain_the_first_content(self, programme: Programme) -> None:
        """It rests on each unit's own plan of 2019, which the register does not hold."""
        content = programme.contents.prefetch_related("criteria")[0]
        programmes.edit_content(
            content,
            editing.Wording(
                content.text,
                criteria=list(content.criteria.all()),
                gap_reason="Căn cứ là Kế hoạch CCHC năm 2019 của từng đơn vị.",
            ),
            by=self.cast.coordinator,
            at=moment(READ_ON, 16, 30),
        )

    def _schedule(self, programme: Programme, order: list[Unit]) -> None:
        """One unit a day for each team in turn, mornings, a week apart."""
        teams = list(programme.teams.order_by("number"))
        covered = {each.unit_id: each for each in ProgrammeUnit.objects.filter(programme=programme)}
        for place, unit in enumerate(order):
            rounds, team = divmod(place, len(teams))
            visits.schedule(
                programme,
                covered[unit.pk],
                team=teams[team],
                on=add_working_days(FIRST_VISIT, rounds * 5 + team),
                session=Slot.Session.MORNING,
                unannounced=place == UNANNOUNCED_PLACE,
                by=self.cast.coordinator,
                at=moment(READ_ON, 17, 30),
            )

    def _open(self, programme: Programme, order: list[Unit]) -> list[Inspection]:
        at = moment(ISSUED_ON, 10)
        inspections.open_for(programme, by=self.cast.coordinator, at=at)
        found = programme.inspections.select_related("unit", "team", "programme__authority", "self_report")
        visits = {visit.unit_id: visit for visit in found}
        for visit in visits.values():
            if not visit.unannounced:
                inspections.announce(visit, by=self.cast.coordinator, at=at)
        return [visits[unit.pk] for unit in order]

    # One unit

    def _one_unit(self, place: int, visit: Inspection) -> None:
        """How far this unit has come: the first visited are the furthest."""
        quality = 0.55 + 0.4 * self.random.random()
        team = self.cast.teams[visit.team.number - 1]
        if place == POSTPONED_PLACE:
            inspections.postpone(
                visit,
                to=add_working_days(visit.planned_on, 3),
                session=Slot.Session.AFTERNOON,
                why="Đơn vị họp Hội đồng nhân dân đột xuất (dữ liệu mẫu).",
                by=team.head,
                at=moment(date(2019, 11, 4), 15),
            )
        if not visit.unannounced:
            self._self_report(place, visit, quality, team)
        if place > 15:
            return
        self._visit(place, visit, quality, team)
        if place > 11:
            return
        self._conclude(place, visit, team)
        if place <= 9:
            self._put_right(place, visit, team)

    def _self_report(self, place: int, visit: Inspection, quality: float, team: TeamCast) -> None:
        focal, leader = self.cast.focal[visit.unit_id], self.cast.leaders[visit.unit_id]
        asked = list(
            visit.answers.select_related("criterion", "inspection__self_report").order_by(
                "criterion__position"
            )
        )
        shown = asked[: len(asked) // 2] if place == 18 else asked
        if place == 20:
            return
        typing = moment(date(2019, 10, 1), 8)
        for number, answer in enumerate(shown):
            value, result = answers.invent(answer.criterion, min(1.0, quality + 0.08), self.random)
            answer.inspection = visit
            inspections.declare(
                answer, value, result=result, version=0, by=focal, at=typing + timedelta(minutes=3 * number)
            )
        self._attach_proof(shown[0], AnswerChange.Side.DECLARED, typing)
        if place == 18:
            return
        late = place in (4, 11, 17)
        sent = moment(date(2019, 10, 8) if late else date(2019, 10, 3), 16)
        report = visit.self_report
        inspections.send(report, by=leader, at=sent)
        if place == 19:
            items = [answer.criterion for answer in asked[3:6]]
            why = "Ba tiêu chí chưa có số liệu quý III, đề nghị bổ sung."
            inspections.return_(
                report, items=items, why=why, by=team.secretary, at=moment(date(2019, 10, 9), 9)
            )
        elif place != 17:
            inspections.accept(report, by=team.secretary, at=moment(date(2019, 10, 9), 10))

    def _attach_proof(self, answer: Answer, side: str, at: datetime) -> None:
        by = self.cast.focal[answer.inspection.unit_id]
        columns = (xlsx.Column("Nội dung", width=40), xlsx.Column("Số liệu", width=14, kind="integer"))
        rows = (
            ("Số văn bản đã ban hành", self.random.randint(40, 90)),
            ("Số cuộc họp", self.random.randint(3, 9)),
        )
        sheet = xlsx.Sheet(
            "Số liệu", f"Số liệu kèm báo cáo, {answer.inspection.unit}", columns, rows, sample=True
        )
        file = keep(xlsx.render([sheet]), name="so-lieu-kem-bao-cao.xlsx", by=by, at=at, among=("xlsx",))
        inspections.attach(answer, file, side=side, page="Dòng 1", by=by, at=at)

    def _visit(self, place: int, visit: Inspection, quality: float, team: TeamCast) -> None:
        begun = moment(visit.planned_on, 8)
        inspections.begin(visit, by=team.secretary, at=begun)
        expected = self.random.randint(17, 24)
        away = self.random.choice((0, 0, 1, 2))
        inspections.headcount(
            visit,
            expected=expected,
            present=expected - away,
            excused=min(away, 1),
            by=team.secretary,
            at=begun,
        )
        asked = list(visit.answers.select_related("criterion").order_by("criterion__position"))
        for number, answer in enumerate(asked[:31] if place == 15 else asked):
            answer.inspection = visit
            value, result = self._seen(answer, quality)
            note = (
                "Số kiểm tra tại chỗ khác số đơn vị khai."
                if answer.declared and value != answer.declared
                else ""
            )
            inspections.verify(
                answer,
                value,
                result=result,
                note=note,
                version=0,
                by=team.checker(answer.criterion.field),
                at=begun + timedelta(minutes=number if place == 15 else 2 * number),
            )
        self._draw_files(place, visit, team, begun + timedelta(minutes=35 if place == 15 else 60))
        self._record_findings(visit, asked, team, begun + timedelta(minutes=50 if place == 15 else 170))
        self._ask_at_once(place, visit, team, begun + timedelta(minutes=175))
        self._ask_the_unit(place, visit, team, begun + timedelta(minutes=55 if place == 15 else 176))
        if place == 15:
            return
        minutes = minuting.draft_minutes(visit, by=team.secretary, at=begun + timedelta(hours=3))
        for part in parts_of(visit):
            minuting.confirm_part(visit, by=part.person, at=begun + timedelta(hours=3, minutes=10))
        minuting.hand_for_signing(
            minutes,
            why="Hai bên đã trao đổi từng điểm tại buổi làm việc (dữ liệu mẫu).",
            by=team.head,
            at=begun + timedelta(hours=3, minutes=20),
        )
        if place == 14:
            return
        leader = self.cast.leaders[visit.unit_id]
        recorded = list(Finding.objects.filter(inspection=visit, status=Finding.Status.RECORDED))
        reserved = (
            {recorded[-1].pk: "Đơn vị đề nghị xem lại số hồ sơ quá hạn của tháng 9."}
            if place % 5 == 1
            else {}
        )
        signed = begun + timedelta(hours=3, minutes=40)
        findings.settle(visit, reserved=reserved, by=leader, at=signed)
        minuting.open_text(minutes, by=leader, at=signed)
        minuting.unit_sign(
            minutes,
            opinion="Đơn vị thống nhất với biên bản, sẽ khắc phục đúng hạn.",
            reservations=next(iter(reserved.values()), ""),
            by=leader,
            at=signed,
        )
        if place != 13:
            minuting.open_text(minutes, by=team.head, at=begun + timedelta(hours=4))
            minuting.head_sign(minutes, by=team.head, at=begun + timedelta(hours=4))
        self._amend(place, visit, team)

    def _draw_files(self, place: int, visit: Inspection, team: TeamCast, at: datetime) -> None:
        if place in (*depth.DRAWN_PLACES, depth.WAITING_PLACE):
            leader = self.cast.leaders[visit.unit_id]
            depth.list_and_draw(place, visit, team=team, leader=leader, at=at, random=Random(place))

    def _ask_at_once(self, place: int, visit: Inspection, team: TeamCast, at: datetime) -> None:
        """Put right and told before the minutes where the unit was quick."""
        if place not in (depth.ANSWERED_PLACE, depth.UNANSWERED_PLACE):
            return
        request = depth.ask_at_once(visit, team=team, at=at)
        if place == depth.ANSWERED_PLACE:
            leader, done_at = self.cast.leaders[visit.unit_id], at + timedelta(minutes=15)
            proof = self._table_of_proof("Khắc phục ngay", request.work, leader, done_at)
            depth.reply(request, proof, leader=leader, at=done_at)

    def _ask_the_unit(self, place: int, visit: Inspection, team: TeamCast, at: datetime) -> None:
        if place == depth.ASKED_POINTS_PLACE:
            depth.ask_the_unit(visit, days=2, team=team, at=at)
        elif place == depth.ANSWERED_POINTS_PLACE:
            depth.ask_the_unit(visit, days=1, team=team, at=at)
            leader = self.cast.leaders[visit.unit_id]
            depth.answer_and_decide(visit, leader=leader, team=team, at=at + timedelta(minutes=1))

    def _amend(self, place: int, visit: Inspection, team: TeamCast) -> None:
        if place == depth.AMENDED_PLACE:
            next_day = moment(add_working_days(visit.planned_on, 1), 9)
            amendment = depth.amend(visit.minutes, by=self.cast.coordinator, at=next_day)
            leader, signed = self.cast.leaders[visit.unit_id], next_day + timedelta(hours=5)
            depth.sign_amendment(amendment, leader=leader, team=team, at=signed)
        elif place == depth.AMENDING_PLACE:
            visit.refresh_from_db()
            depth.amend(
                visit.minutes, by=self.cast.coordinator, at=moment(add_working_days(visit.planned_on, 1), 16)
            )

    def _seen(self, answer: Answer, quality: float) -> tuple[Value, Result | None]:
        """Mostly what the unit said; sometimes less; on an unannounced visit what is there."""
        if answer.declared is None:
            return answers.invent(answer.criterion, quality, self.random)
        if self.random.random() < 0.16:
            return answers.differ(answer.criterion, answer.declared, self.random)
        judged = Result(answer.declared_result) if answers.judged(answer.criterion, answer.declared) else None
        return answer.declared, judged

    def _record_findings(self, visit: Inspection, asked: list[Answer], team: TeamCast, at: datetime) -> None:
        """Findings on what was verified as limited or not done, some strengths and a difficulty."""
        by_code = {answer.criterion.code: answer for answer in asked}
        wanted = [word for word in self.wordings if self._fits(word, by_code.get(word.code))]
        chosen = self.random.sample(wanted, min(len(wanted), self.random.randint(5, 8)))
        for word in sorted(chosen, key=lambda each: each.code):
            findings.record_finding(
                visit,
                category=word.category,
                text=word.text,
                by=team.secretary,
                at=at,
                answer=by_code[word.code],
                evidence=word.evidence,
                severity=word.severity,
                cause=word.cause,
                cause_text=word.cause_text,
                addressed_to="UBND huyện" if word.category == "DIFFICULTY" else "",
                recommendation=word.recommendation,
                owner=word.owner,
                due_days=word.due_days,
                proof_expected="Bản chụp văn bản hoặc ảnh chụp tại chỗ",
            )

    def _fits(self, word: Wording, answer: Answer | None) -> bool:
        if answer is None:
            return False
        if word.category == "STRENGTH":
            return answer.verified_result == Result.DONE
        if word.category == "DIFFICULTY":
            return self.random.random() < 0.4
        return answer.verified_result in (Result.LIMITED, Result.NOT_DONE)

    # Conclusion and remediation

    def _conclude(self, place: int, visit: Inspection, team: TeamCast) -> None:
        visit.refresh_from_db()
        if visit.status != Inspection.Status.SIGNED or place == 11:
            return
        by, at = self.cast.coordinator, moment(add_working_days(visit.planned_on, 3), 9)
        conclusion = findings.draft_conclusion(
            visit,
            opening="Đơn vị đã triển khai các nhiệm vụ được giao; còn một số việc phải khắc phục.",
            followed_by=f"{team.secretary}, Phòng Nội vụ",
            by=by,
            at=at,
        )
        findings.submit_conclusion(conclusion, by=by, at=at + timedelta(hours=2))
        if place < 10:
            issued = moment(add_working_days(visit.planned_on, 5), 14)
            findings.issue_conclusion(conclusion, by=self.cast.approver, at=issued)
            remediation.open_tasks(conclusion, by=by, at=issued + timedelta(hours=1))

    def _put_right(self, place: int, visit: Inspection, team: TeamCast) -> None:
        leader = self.cast.leaders[visit.unit_id]
        tasks = list(
            Task.objects.filter(finding__inspection=visit).select_related("unit", "finding__inspection")
        )
        for number, task in enumerate(tasks):
            if place > 1 and (number + place) % 3 == 0:
                continue
            at = min(moment(task.due_on, 15), moment(date(2019, 11, 8), 15 - number % 4))
            text = "Đã hoàn thành, gửi kèm bản chụp văn bản (dữ liệu mẫu)."
            remediation.report_done(task, text=text, files=[self._proof(task, leader, at)], by=leader, at=at)
            if place > 1 and (number + place) % 3 == 1 and place % 2:
                continue
            checked = at + timedelta(days=1)
            if place > 1 and (number + place) % 7 == 4:
                why = "Bản chụp không đọc được, đề nghị gửi lại."
                remediation.send_back(task, why=why, by=team.secretary, at=checked)
                continue
            outcome = Task.Status.PARTLY if place > 1 and (number + place) % 5 == 3 else Task.Status.FIXED
            note = "Đã xem bản chụp và sổ tại đơn vị."
            remediation.accept(task, outcome=outcome, text=note, by=team.secretary, at=checked)

    def _proof(self, task: Task, by: User, at: datetime) -> StoredFile:
        return self._table_of_proof(str(task), task.work, by, at)

    def _table_of_proof(self, name: str, work: str, by: User, at: datetime) -> StoredFile:
        columns = (xlsx.Column("Việc đã làm", width=70), xlsx.Column("Ngày", width=14, kind="date"))
        sheet = xlsx.Sheet(name, f"Kết quả khắc phục {name}", columns, ((work, at.date()),), sample=True)
        return keep(xlsx.render([sheet]), name="ket-qua-khac-phuc.xlsx", by=by, at=at, among=("xlsx",))

    # The portal

    def _publish(self, directive: Directive) -> None:
        """The seed as an article, its papers in the public register, and what two readers wrote."""
        at, by = moment(date(2019, 9, 16), 10), self.cast.editor
        cited = [each.target for each in directive.citations.select_related("target")]
        publications = [publish_paper(paper, by=by, at=at) for paper in (directive, *dict.fromkeys(cited))]
        text = (HERE / "seed.txt").read_text(encoding="utf-8")
        told = read(text).dateline
        assert told is not None
        title, _, rest = text.partition("\n")
        body = rest.partition(f"\n{told.author}\n")[0]
        article = post_article(
            title=title.rpartition(" (")[0],
            body="\n".join(line.strip() for line in body.splitlines() if line.strip()),
            shown_at=moment(date(2019, 9, 13), 9, 56),
            by=by,
            at=at,
            source=told.source or "",
            author=told.author or "",
            publications=publications,
        )
        for number, (name, subject, words) in enumerate(COMMENTS):
            comment = send_comment(
                article,
                name=name,
                title=subject,
                text=words,
                form_key=f"mau-{number}",
                at=moment(date(2019, 11, 6 + number), 20),
                consented=True,
            )
            if number == 0:
                show_comment(comment, by=self.cast.moderator, at=moment(date(2019, 11, 7), 9))
