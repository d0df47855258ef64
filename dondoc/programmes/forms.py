"""What can be typed into a plan. Shape only; nothing here saves."""

from collections.abc import Sequence
from typing import Any

from django import forms

from dondoc.criteria.models import CriteriaSet, Criterion
from dondoc.foundation.calendar import known_years
from dondoc.people.models import User
from dondoc.programmes.absences import EXAMPLE, Absences, read_absences
from dondoc.programmes.actions import Details
from dondoc.programmes.editing import Wording
from dondoc.programmes.models import Content, Programme, ProgrammeUnit, Slot, Team, TeamMember, UnitQuestion
from dondoc.programmes.schedule import AFTERNOON, MORNING, SESSIONS, Half, Limits
from dondoc.programmes.seats import Seat
from dondoc.ui.inputs import DayField, Form, NumberField, TextField
from dondoc.units.models import Unit

LINES = forms.Textarea(attrs={"rows": 4})


class Versioned(Form):
    """Carries the version that was on screen, so that a later save is noticed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DetailsForm(Versioned):
    title = TextField(label="Tên kế hoạch", max_length=300)
    criteria = forms.ModelChoiceField(
        CriteriaSet.objects.none(), label="Bộ tiêu chí", required=False, empty_label="Chưa chọn"
    )
    purposes = TextField(
        label="Mục đích", required=False, widget=LINES, help_text="Mỗi dòng một mục đích.", max_length=8000
    )
    inspects_from = DayField(label="Thời kỳ kiểm tra từ", required=False)
    inspects_to = DayField(label="Thời kỳ kiểm tra đến", required=False)
    self_report_due_on = DayField(label="Hạn gửi báo cáo tự kiểm tra", required=False)
    ends_on = DayField(label="Hạn kết thúc", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].queryset = CriteriaSet.objects.all()  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(programme: Programme) -> dict[str, Any]:
        """What stands now."""
        return {
            "title": programme.title,
            "criteria": programme.criteria_id,
            "purposes": "\n".join(programme.purposes),
            "inspects_from": programme.inspects_from,
            "inspects_to": programme.inspects_to,
            "self_report_due_on": programme.self_report_due_on,
            "ends_on": programme.ends_on,
            "version": programme.version,
        }

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("inspects_from"), found.get("inspects_to")
        if first and last and last < first:
            self.add_error("inspects_to", "Thời kỳ kiểm tra: ngày cuối không được trước ngày đầu.")
        return found

    def details(self) -> Details:
        typed = dict(self.cleaned_data)
        del typed["version"]
        return Details(**{**typed, "purposes": typed["purposes"].splitlines()})


class ContentForm(Versioned):
    """One content: papers as boxes, criteria as boxes field by field."""

    text = TextField(label="Nội dung kiểm tra", widget=LINES, max_length=4000)
    directives = forms.MultipleChoiceField(
        label="Văn bản căn cứ", required=False, widget=forms.CheckboxSelectMultiple
    )
    gap_reason = TextField(
        label="Lý do để trống căn cứ, tiêu chí, hoặc vẫn dựa vào văn bản hết hiệu lực",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ ghi khi không có căn cứ, không có tiêu chí, hoặc căn cứ đã bị thay thế, bãi bỏ.",
        max_length=1000,
    )

    def __init__(self, *args: Any, papers: Sequence[Any], items: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers, self.items = {p.pk: p for p in papers}, {item.pk: item for item in items}
        self.fields["directives"].choices = [(p.pk, f"{p}: {p.subject}") for p in papers]  # type: ignore[attr-defined]
        by_field: dict[str, list[Criterion]] = {}
        for item in items:
            by_field.setdefault(item.field, []).append(item)
        self.item_names = [f"criteria_{code}" for code in by_field]
        for code, members in by_field.items():
            self.fields[f"criteria_{code}"] = forms.MultipleChoiceField(
                label=f"Tiêu chí: {members[0].field_name}",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(item.pk, str(item)) for item in members],
            )
        self.order_fields(["text", "directives", *self.item_names, "gap_reason"])

    @staticmethod
    def initial_of(content: Content, items: Sequence[Criterion]) -> dict[str, Any]:
        """What stands now; ``items`` are all criteria of the set."""
        mine = {item.pk for item in content.criteria.all()}
        chosen: dict[str, list[int]] = {}
        for item in items:
            if item.pk in mine:
                chosen.setdefault(f"criteria_{item.field}", []).append(item.pk)
        return {
            "text": content.text,
            "directives": [paper.pk for paper in content.directives.all()],
            "gap_reason": content.gap_reason,
            "version": content.programme.version,
            **chosen,
        }

    def wording(self) -> Wording:
        typed = self.cleaned_data
        items = [self.items[int(key)] for name in self.item_names for key in typed[name]]
        papers = [self.papers[int(key)] for key in typed["directives"]]
        return Wording(typed["text"], papers, items, typed["gap_reason"])


class UnitsForm(Versioned):
    units = forms.MultipleChoiceField(
        label="Đơn vị được kiểm tra",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một đơn vị."},
    )

    def __init__(self, *args: Any, area: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = {unit.pk: unit for unit in area}
        self.fields["units"].choices = [(unit.pk, f"{unit.title} {unit.period}") for unit in area]  # type: ignore[attr-defined]

    def chosen(self) -> list[Unit]:
        return [self.area[int(key)] for key in self.cleaned_data["units"]]


class UnitQuestionForm(Versioned):
    """Which unit a name of the paper means: one of those it may mean, or none, with a reason."""

    OUT = "bo"
    unit = forms.ChoiceField(
        label="Đây là đơn vị nào?",
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn đơn vị, hoặc bỏ tên này ra."},
    )
    why = TextField(
        label="Lý do bỏ ra", required=False, help_text="Chỉ ghi khi bỏ tên này ra.", max_length=500
    )

    def __init__(self, *args: Any, question: UnitQuestion, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"hoi-{question.pk}", **kwargs)
        self.question = question
        self.among = {str(unit.pk): unit for unit in question.choices.all()}
        told = [(key, f"{unit.title} {unit.period}") for key, unit in self.among.items()]
        self.fields["unit"].choices = [*told, (self.OUT, "Bỏ tên này ra khỏi kế hoạch")]  # type: ignore[attr-defined]
        self.fields["unit"].label = f"“{question.name}” là đơn vị nào?"
        self.fields["unit"].help_text = question.why

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("unit") == self.OUT and not (found.get("why") or "").strip():
            self.add_error("why", "Ghi lý do bỏ tên này ra.")
        return found

    def answer(self) -> Unit | None:
        return self.among.get(self.cleaned_data["unit"])


class SlotForm(Versioned):
    team = forms.ModelChoiceField(Team.objects.none(), label="Đoàn", empty_label="Chọn đoàn")
    on = DayField(label="Ngày kiểm tra")
    session = forms.ChoiceField(label="Buổi", choices=Slot.Session.choices, widget=forms.RadioSelect)
    unannounced = forms.BooleanField(
        label="Kiểm tra đột xuất, không báo trước cho đơn vị",
        required=False,
        help_text="Đơn vị không thấy lịch này cho đến khi đoàn bắt đầu kiểm tra.",
    )
    override_why = TextField(
        label="Lý do vẫn cử người từng công tác tại đơn vị",
        required=False,
        help_text="Chỉ ghi khi hệ thống báo có thành viên từng công tác tại đơn vị trong 24 tháng.",
        max_length=500,
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = programme.teams.all()  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(covered: ProgrammeUnit, slot: Slot | None) -> dict[str, Any]:
        """What stands now; a unit without a visit starts empty."""
        told: dict[str, Any] = {"version": covered.programme.version, "session": MORNING}
        if slot is not None:
            told |= {"team": slot.team_id, "on": slot.on, "session": slot.session}
            told["unannounced"] = slot.unannounced
        return told


class ProposeForm(Form):
    """Between which days, which teams, and what may be asked of one team."""

    BOTH = "BOTH"
    first = DayField(label="Từ ngày")
    last = DayField(label="Đến ngày")
    sessions = forms.ChoiceField(
        label="Buổi",
        choices=[(BOTH, "Sáng và chiều"), (MORNING, "Chỉ buổi sáng"), (AFTERNOON, "Chỉ buổi chiều")],
    )
    per_day = forms.ChoiceField(
        label="Nhiều nhất mỗi đoàn trong một ngày",
        choices=[("2", "2 đơn vị"), ("1", "1 đơn vị")],
        required=False,
    )
    per_week = NumberField(
        label="Nhiều nhất mỗi đoàn trong một tuần",
        least=1,
        most=14,
        required=False,
        help_text="Số đơn vị. Để trống là không giới hạn.",
    )
    gap = NumberField(
        label="Nghỉ giữa hai lần đi của một đoàn",
        least=0,
        most=20,
        required=False,
        help_text="Số ngày làm việc để trống. Để trống ô này là không cần nghỉ.",
    )
    one_district = forms.BooleanField(
        label="Mỗi ngày một đoàn chỉ đến các đơn vị cùng huyện, quận",
        required=False,
        help_text="Chỉ áp dụng cho đơn vị hệ thống biết thuộc huyện, quận nào.",
    )
    teams = forms.MultipleChoiceField(
        label="Các đoàn được xếp",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn đoàn nào là xếp cho mọi đoàn.",
    )
    away = TextField(
        label="Ngày vắng của các đoàn",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Nghỉ phép, họp, việc khác. Mỗi dòng một lần, như {EXAMPLE}. Không ghi đoàn là mọi đoàn.",
        max_length=4000,
    )

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {team.pk: team for team in teams}
        self.fields["teams"].choices = [(team.pk, str(team)) for team in teams]  # type: ignore[attr-defined]

    def clean_away(self) -> Absences:
        read = read_absences(self.cleaned_data["away"], [team.number for team in self.known.values()])
        if read.wrong:
            raise forms.ValidationError(read.wrong)
        return read

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and not 0 <= (last - first).days <= 366:
            self.add_error("last", "Chọn ngày cuối không trước ngày đầu và không quá một năm.")
        return found

    def halves(self) -> tuple[str, ...]:
        chosen = self.cleaned_data["sessions"]
        return SESSIONS if chosen == self.BOTH else (chosen,)

    def limits(self) -> Limits:
        typed = self.cleaned_data
        return Limits(
            per_day=int(typed["per_day"] or len(SESSIONS)),
            per_week=typed["per_week"],
            gap=typed["gap"] or 0,
            one_district=typed["one_district"],
        )

    def going(self) -> list[Team]:
        """The teams chosen; all when none is."""
        chosen = {int(key) for key in self.cleaned_data["teams"]}
        return [team for team in self.known.values() if not chosen or team.pk in chosen]

    def absent(self, team: Team) -> frozenset[Half]:
        absences: Absences = self.cleaned_data["away"]
        return absences.of(team.number)

    def unknown_years(self) -> list[int]:
        """Years of the range whose public holidays are not in the table."""
        years = range(self.cleaned_data["first"].year, self.cleaned_data["last"].year + 1)
        return [year for year in years if year not in known_years()]


class TeamForm(Versioned):
    number = NumberField(label="Số đoàn", least=1, most=99)
    decision = TextField(label="Quyết định thành lập", required=False, max_length=120)
    override_why = TextField(
        label="Lý do vẫn cử người từng công tác tại đơn vị",
        required=False,
        help_text="Chỉ ghi khi hệ thống báo có thành viên từng công tác tại đơn vị đã xếp lịch.",
        max_length=500,
    )


class SeatForm(Form):
    """One person in a team; an empty row is nobody."""

    person = forms.ChoiceField(label="Người", required=False)
    duty = forms.ChoiceField(
        label="Nhiệm vụ", choices=[("", "Chọn"), *TeamMember.Duty.choices], required=False
    )
    fields_checked = forms.MultipleChoiceField(
        label="Lĩnh vực phụ trách", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[User] = (),
        field_names: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        choices = [("", "Không có"), *((person.pk, str(person)) for person in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        self.fields["fields_checked"].choices = field_names  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("person") and not found.get("duty"):
            self.add_error("duty", "Chọn nhiệm vụ của người này.")
        return found

    def seat(self) -> Seat | None:
        typed = self.cleaned_data
        if not typed.get("person"):
            return None
        return self.people[int(typed["person"])], typed["duty"], typed["fields_checked"]


SeatForms = forms.formset_factory(SeatForm, extra=0, max_num=30, validate_max=True)
FREE_SEATS = 4


class WaiveForm(Form):
    why = TextField(label="Lý do vẫn cử", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)


class HandBackForm(Form):
    why = TextField(label="Lý do trả lại", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
