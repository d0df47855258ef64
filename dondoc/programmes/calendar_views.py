"""What a person can reach of units, visits and teams: find, act, show."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.foundation import clock
from dondoc.people.http import Request
from dondoc.people.models import Role, User
from dondoc.programmes import actions, board, calendar_screens, forms, rules, screens, seats, visits
from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team
from dondoc.programmes.replies import done, draft, form_page, how, save, seen, status_of
from dondoc.ui.screens import show

require_GET_or_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def units(request: Request, pk: int) -> HttpResponse:
    """Units and when they are visited, as a table per week and as a list."""
    return _units_page(request, seen(request, pk))


@require_POST
def settle_unit(request: Request, pk: int, question: int) -> HttpResponse:
    """Say which unit a name of the paper means, or leave it out."""
    programme = draft(request, pk)
    found = get_object_or_404(programme.unit_questions.prefetch_related("choices"), pk=question)
    found.programme = programme
    form = forms.UnitQuestionForm(request.POST, question=found)
    if form.is_valid():
        typed = form.cleaned_data
        actions.settle_unit(found, form.answer(), why=typed["why"], **how(request, form))
        return done(request, programme, "units", f"Đã làm rõ “{found.name}”.")
    return _units_page(request, programme, form)


@require_GET_or_POST
def choose_units(request: Request, pk: int) -> HttpResponse:
    """Which units of the area are covered; only those that exist on the plan's day are offered."""
    programme = draft(request, pk)
    area = rules.area_of(programme.authority, rules.days_of(programme))

    def fresh(now: Programme) -> forms.UnitsForm:
        covered = list(now.covered.values_list("unit_id", flat=True))
        return forms.UnitsForm(initial={"units": covered, "version": now.version}, area=area)

    form = forms.UnitsForm(request.POST, area=area) if request.method == "POST" else fresh(programme)
    if form.is_bound and form.is_valid():
        answer = save(
            request,
            programme,
            form,
            lambda: actions.set_units(programme, form.chosen(), **how(request, form)),
            fresh,
            then="units",
        )
        if answer is not None:
            return answer
    return form_page(request, "choose_units", programme, form)


@require_GET_or_POST
def propose(request: Request, pk: int) -> HttpResponse:
    """GET shows a proposal for the units still to be placed, POST takes over the lines ticked.

    What was asked stays in the address, so that a page posted with nothing ticked comes back as it was.
    """
    programme = draft(request, pk)
    first, last = calendar_screens.proposed_days(programme)
    initial = {"first": first, "last": last, "sessions": forms.ProposeForm.BOTH}
    asked = request.GET if "first" in request.GET else None
    form = forms.ProposeForm(asked, initial=initial, teams=list(programme.teams.all()))
    if request.method == "POST" and (lines := calendar_screens.lines_from(request.POST.getlist("lay"))):
        left = visits.schedule_all(programme, lines, by=request.user, at=clock.now())
        if left:
            told = " ".join(f"{name}: {why}" for name, why in left)
            messages.warning(request, f"Chưa xếp được {len(left)} dòng vì lịch vừa thay đổi. {told}")
        return done(request, programme, "units", f"Đã xếp lịch {len(lines) - len(left)} đơn vị.")
    if request.method == "POST":
        messages.warning(request, "Chưa chọn dòng nào. Chọn ít nhất một dòng của lịch đề xuất.")
    if asked is None or not form.is_valid():
        frame = screens.Frame.of(programme, request.user)
        screen = calendar_screens.ProposeScreen(frame, form)
        return show(request, "programmes/propose.html", screen, status=status_of(form))
    proposal = calendar_screens.proposal_for(programme, form)
    screen = calendar_screens.ProposeScreen.showing(programme, request.user, form, proposal)
    status = 422 if request.method == "POST" else 200
    return show(request, "programmes/propose.html", screen, status=status)


@require_GET_or_POST
def slot(request: Request, pk: int, covered: int) -> HttpResponse:
    """Give one unit a visit, or move it: the dialog "Chuyển…" as a page."""
    programme = draft(request, pk)
    found = get_object_or_404(programme.covered.select_related("unit"), pk=covered)
    found.programme = programme
    stands = Slot.objects.filter(covered=found).first()
    initial = forms.SlotForm.initial_of(found, stands)
    wanted = {name: request.GET[name] for name in ("team", "on", "session") if name in request.GET}
    form = forms.SlotForm(request.POST or None, initial=initial | wanted, programme=programme)
    if request.method == "POST" and form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        answer = save(
            request,
            programme,
            form,
            lambda: visits.schedule(programme, found, **typed, **how(request, form)),
            lambda now: forms.SlotForm(
                initial={**initial, "version": now.version}
                | forms.SlotForm.initial_of(found, Slot.objects.filter(covered=found).first())
                | {"version": now.version},
                programme=now,
            ),
            then="units",
        )
        if answer is not None:
            return _back_to_board(request, programme, found, answer)
    return form_page(request, "slot", programme, form, thing=(found, stands))


def _back_to_board(
    request: Request, programme: Programme, covered: ProgrammeUnit, answer: HttpResponse
) -> HttpResponse:
    """Say what is to be known of the place just given; whoever came from the board goes back to it."""
    if answer.status_code != 302:
        return answer
    for warning in board.warned(programme, covered, request.user):
        messages.warning(request, warning)
    if request.POST.get("ve") != "bang":
        return answer
    now = Slot.objects.get(covered=covered)
    return redirect(board.address_of(programme, board.monday_of(now.on), covered.pk))


@require_POST
def unschedule(request: Request, pk: int, covered: int) -> HttpResponse:
    """Take one visit out of the calendar."""
    programme = draft(request, pk)
    found = get_object_or_404(Slot, covered=covered, covered__programme=programme)
    visits.unschedule(found, by=request.user, at=clock.now())
    return done(request, programme, "units", "Đã bỏ lịch của đơn vị.")


@require_GET
def teams(request: Request, pk: int) -> HttpResponse:
    """Teams, their people and the fields these check."""
    programme = seen(request, pk)
    return show(request, "programmes/teams.html", calendar_screens.TeamsScreen.of(programme, request.user))


@require_GET_or_POST
def new_team(request: Request, pk: int) -> HttpResponse:
    """A team with its people."""
    programme = draft(request, pk)
    last = programme.teams.order_by("-number").values_list("number", flat=True).first() or 0
    return _team_page(request, programme, None, {"number": last + 1, "version": programme.version})


@require_GET_or_POST
def team(request: Request, pk: int, team: int) -> HttpResponse:
    """Change a team."""
    programme = draft(request, pk)
    found = get_object_or_404(programme.teams.prefetch_related("members__person"), pk=team)
    found.programme = programme
    initial = {"number": found.number, "decision": found.decision, "version": programme.version}
    return _team_page(request, programme, found, initial)


@require_POST
def drop_team(request: Request, pk: int, team: int) -> HttpResponse:
    """Dissolve a team."""
    programme = draft(request, pk)
    found = get_object_or_404(programme.teams.select_related("programme"), pk=team)
    seats.drop_team(found, by=request.user, at=clock.now())
    return done(request, programme, "teams", f"Đã bỏ {found}. Các đơn vị của đoàn này cần xếp lịch lại.")


def _units_page(
    request: Request, programme: Programme, sent: forms.UnitQuestionForm | None = None
) -> HttpResponse:
    """Units with the questions still open; the one just answered badly is shown as it was sent."""
    asked: list[forms.UnitQuestionForm] = []
    if rules.may_edit(request.user, programme) is None:
        waiting = programme.unit_questions.filter(settled_at__isnull=True).prefetch_related("choices")
        initial = {"version": programme.version}
        asked = [
            sent
            if sent is not None and sent.question.pk == each.pk
            else forms.UnitQuestionForm(initial=initial, question=each)
            for each in waiting
        ]
    screen = calendar_screens.UnitsScreen.of(programme, request.user, asked)
    status = 200 if sent is None else status_of(sent)
    return show(request, "programmes/units.html", screen, status=status)


def _team_page(
    request: Request, programme: Programme, found: Team | None, initial: dict[str, Any]
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    seats = found.members.all() if found else ()
    inspectors = list(
        User.objects.holding(Role.INSPECTOR, on=clock.today()).order_by("last_name", "first_name")
    )
    known = {person.pk for person in inspectors}
    people = inspectors + [seat.person for seat in seats if seat.person_id not in known]
    rows: list[dict[str, Any]] = [
        {"person": seat.person_id, "duty": seat.duty, "fields_checked": seat.fields} for seat in seats
    ]
    form = forms.TeamForm(typed, initial=initial)
    formset = forms.SeatForms(
        typed,
        initial=rows + [{} for _ in range(forms.FREE_SEATS)],
        prefix="thanh-vien",
        form_kwargs={"people": people, "field_names": calendar_screens.field_names(programme)},
    )
    if typed is not None and all([form.is_valid(), formset.is_valid()]):
        members = [seat for one in formset.forms if (seat := one.seat()) is not None]
        typed_ = {**form.cleaned_data, "members": members, "by": request.user, "at": clock.now()}
        act = _team_act(programme, found, typed_)
        answer = save(request, programme, form, act, lambda now: _team_form_now(now, found), then="teams")
        if answer is not None:
            return answer
    return form_page(request, "team", programme, form, thing=found, formset=formset)


def _team_act(programme: Programme, found: Team | None, typed: dict[str, Any]) -> Callable[[], object]:
    if found is not None:
        return lambda: seats.edit_team(found, **typed)
    typed.pop("override_why")
    return lambda: seats.add_team(programme, **typed)


def _team_form_now(programme: Programme, found: Team | None) -> forms.TeamForm:
    now = programme.teams.filter(pk=found.pk).first() if found else None
    initial = {"number": now.number, "decision": now.decision} if now else {}
    return forms.TeamForm(initial={**initial, "version": programme.version})
