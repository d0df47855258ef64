"""What a person can reach about findings and the notice."""

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.audit.actions import CHANGED
from dondoc.files.actions import take_in
from dondoc.files.views import give
from dondoc.findings import actions, rules
from dondoc.findings.checks import Dossier
from dondoc.findings.feedback import said_on_findings
from dondoc.findings.forms import (
    AskForm,
    ConclusionForm,
    FindingForm,
    ReasonForm,
    ReplyForm,
    RequirementForm,
    SettleForm,
)
from dondoc.findings.models import Conclusion, Finding, ImmediateReply, ImmediateRequest
from dondoc.findings.notice import proposed_recipients
from dondoc.findings.screens import (
    Asked,
    ConclusionScreen,
    Difference,
    FindingScreen,
    FindingsScreen,
    ImmediateScreen,
    IssuedScreen,
    SettleScreen,
    differences,
    history_of,
    is_late,
)
from dondoc.findings.suggestions import prefilled, prefilled_absence
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.rules import is_inspecting_side
from dondoc.people.http import Request
from dondoc.ui.screens import show

INVALID = 422
CONFLICT = 409


def _visit(request: Request, pk: int) -> Inspection:
    visible = Inspection.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "team", "programme__authority"), pk=pk)


def _finding(request: Request, pk: int, finding: int) -> Finding:
    visible = Finding.objects.visible_to(request.user).select_related(
        "inspection__unit", "inspection__team", "inspection__programme", "answer__criterion", "recorded_by"
    )
    return get_object_or_404(visible, pk=finding, inspection=pk)


def _conclusion(request: Request, pk: int) -> Conclusion:
    visible = Conclusion.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("inspection__programme__authority"), inspection=pk)


# Findings


@require_http_methods(["GET", "POST"])
def findings(request: Request, pk: int) -> HttpResponse:
    """What was found in one visit; those who record add to it here."""
    inspection = _visit(request, pk)
    if request.method == "POST":
        require(rules.may_record(request.user, inspection))
    elif rules.may_record(request.user, inspection):
        return show(
            request,
            "findings/findings.html",
            FindingsScreen.of(inspection, request.user, answers=(), form=None),
        )
    answers = list(_answers(inspection))
    form = FindingForm(
        request.POST or None, answers=answers, initial=_suggested(request, inspection, answers)
    )
    if form.is_valid() and (found := _record(request, inspection, answers, form)):
        messages.success(request, f"Đã ghi phát hiện: {found}")
        return redirect("findings:findings", pk)
    screen = FindingsScreen.of(inspection, request.user, answers=answers, form=form)
    return show(request, "findings/findings.html", screen, status=INVALID if form.errors else 200)


def _answers(inspection: Inspection) -> QuerySet[Answer]:
    found = inspection.answers.asked().select_related("criterion", "inspection")
    return found.order_by("criterion__position")


def _suggested(request: Request, inspection: Inspection, answers: list[Answer]) -> dict[str, object]:
    wanted = request.GET.get("goi-y", "")
    if wanted == "vang" and inspection.present is not None:
        return prefilled_absence(inspection, answers)
    chosen = next((answer for answer in answers if str(answer.pk) == wanted), None)
    return prefilled(chosen) if chosen else {}


def _record(
    request: Request, inspection: Inspection, answers: list[Answer], form: FindingForm
) -> Finding | None:
    told = form.cleaned_data.copy()
    told.pop("version")
    answer_pk = told.pop("answer")
    answer = next((answer for answer in answers if answer.pk == answer_pk), None)
    try:
        return actions.record_finding(inspection, answer=answer, by=request.user, at=clock.now(), **told)
    except Refused as refused:
        _say(form, refused)
        return None


def _say(form: forms.Form, refused: Refused) -> None:
    """A refusal of what was typed stands above the form, which keeps it; others go up."""
    if refused.refusal.kind == "not_yours":
        raise refused
    form.add_error(None, refused.refusal.sentence)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int, finding: int) -> HttpResponse:
    """One finding, with the form to change it for those who may."""
    found = _finding(request, pk, finding)
    form = _form_for(request, found)
    different: list[Difference] = []
    if request.method == "POST":
        if form is None:
            require(rules.may_edit(request.user, found))
            raise Http404
        if form.is_valid():
            try:
                _save(request, found, form)
            except Refused as refused:
                different = _conflict(request, found, form, refused)
            else:
                messages.success(request, "Đã lưu phát hiện.")
                return redirect("findings:findings", pk)
    if form is not None and different:
        form = _again(form, request, found)
    may_drop = rules.may_drop(request.user, found) is None and found.status not in {"NOTIFIED", "DROPPED"}
    screen = FindingScreen(
        finding=found,
        form=form,
        drop_form=ReasonForm() if may_drop else None,
        different=different,
        history=history_of(found) if is_inspecting_side(request.user, found.inspection) else (),
    )
    return show(request, "findings/finding.html", screen, status=_status(form, different))


def _status(form: forms.Form | None, different: list[Difference]) -> int:
    if different:
        return CONFLICT
    return INVALID if form is not None and form.errors else 200


def _again(form: RequirementForm, request: Request, found: Finding) -> RequirementForm:
    """The same words over the version that stands now: saving once more is a choice."""
    typed = {**request.POST.dict(), "version": found.version}
    return FindingForm(typed, place=False) if isinstance(form, FindingForm) else RequirementForm(typed)


def _form_for(request: Request, found: Finding) -> RequirementForm | None:
    """The whole form, the part about what to do, or none."""
    words = [*FindingForm.base_fields]
    initial = {name: getattr(found, name) for name in words if name not in {"answer", "field"}}
    if rules.may_edit(request.user, found) is None:
        return FindingForm(request.POST or None, initial=initial, place=False)
    if found.calls_for_work and rules.may_require(request.user, found) is None:
        return RequirementForm(request.POST or None, initial=initial)
    return None


def _save(request: Request, found: Finding, form: RequirementForm) -> None:
    told = form.cleaned_data | {"version": form.cleaned_data.get("version") or 0}
    if isinstance(form, FindingForm):
        actions.edit_finding(found, by=request.user, at=clock.now(), **told)
    else:
        actions.set_requirement(found, by=request.user, at=clock.now(), **told)


def _conflict(
    request: Request, row: Finding | Conclusion, form: forms.Form, refused: Refused
) -> list[Difference]:
    """Somebody saved in between: show both, keep what was typed. Other refusals stand above the form."""
    if refused.refusal != CHANGED:
        _say(form, refused)
        return []
    row.refresh_from_db()
    found = differences(form, row)
    return found or [Difference("Nội dung", "như bản hiện tại", "như bản của anh/chị")]


@require_POST
def drop(request: Request, pk: int, finding: int) -> HttpResponse:
    """Take a finding out, with a reason."""
    found = _finding(request, pk, finding)
    actions.drop(found, why=request.POST.get("why", ""), by=request.user, at=clock.now())
    messages.success(request, "Đã bỏ phát hiện; lý do được lưu trong lịch sử.")
    return redirect("findings:findings", pk)


@require_http_methods(["GET", "POST"])
def settle(request: Request, pk: int) -> HttpResponse:
    """The unit's word on every finding."""
    inspection = _visit(request, pk)
    require(rules.may_settle(request.user, inspection))
    waiting = list(
        Finding.objects.visible_to(request.user)
        .filter(inspection=inspection, status=Finding.Status.RECORDED)
        .select_related("answer__criterion")
    )
    said = said_on_findings(inspection) if waiting else {}
    form = SettleForm(request.POST if request.method == "POST" else None, findings=waiting, said=said)
    if form.is_valid():
        actions.settle(inspection, reserved=form.reserved(), by=request.user, at=clock.now())
        messages.success(request, "Đã ghi ý kiến của đơn vị về các phát hiện.")
        return redirect("findings:findings", pk)
    screen = SettleScreen(inspection, form)
    return show(request, "findings/settle.html", screen, status=INVALID if form.errors else 200)


# What must be put right at once


@require_http_methods(["GET", "POST"])
def immediate(request: Request, pk: int) -> HttpResponse:
    """What must be put right at once; the head asks for more here, the unit answers."""
    inspection = _visit(request, pk)
    refused = rules.may_ask_some_at_once(request.user, inspection)
    if request.method == "POST":
        require(refused)
    open_ones = _askable(inspection) if refused is None else []
    form = AskForm(request.POST or None, findings=open_ones) if open_ones else None
    if form is not None and form.is_valid() and _ask(request, open_ones, form):
        messages.success(request, "Đã gửi yêu cầu khắc phục ngay cho đơn vị.")
        return redirect("findings:immediate", pk)
    return _immediate_page(request, inspection, form, nothing=refused is None and not open_ones)


def _askable(inspection: Inspection) -> list[Finding]:
    found = Finding.objects.to_be_put_right().filter(
        inspection=inspection, status=Finding.Status.RECORDED, immediate__isnull=True
    )
    return list(found.select_related("inspection__unit"))


def _ask(request: Request, findings: list[Finding], form: AskForm) -> bool:
    chosen = next(each for each in findings if each.pk == form.cleaned_data["finding"])
    now = clock.now()
    try:
        actions.ask_at_once(
            chosen, work=form.cleaned_data["work"], due_at=form.due_at(now), by=request.user, at=now
        )
    except Refused as refused:
        _say(form, refused)
        return False
    return True


def _immediate_page(
    request: Request,
    inspection: Inspection,
    form: AskForm | None,
    *,
    nothing: bool = False,
    sent: tuple[int, ReplyForm] | None = None,
) -> HttpResponse:
    """Every request with its replies; ``sent`` is a reply that could not be taken, by its request."""
    asked = []
    for each in ImmediateRequest.objects.of_visit(inspection):
        each.finding.inspection = inspection
        reply: forms.Form | None = None
        if rules.may_reply(request.user, each) is None:
            typed = sent is not None and sent[0] == each.pk
            reply = sent[1] if sent and typed else ReplyForm(auto_id=f"tra-loi-{each.pk}-%s")
        asked.append(Asked(each, reply, is_late(each, clock.now())))
    screen = ImmediateScreen(inspection, asked, form, nothing)
    return show(request, "findings/immediate.html", screen, status=INVALID if screen.wrong else 200)


def _request(request: Request, pk: int, finding: int) -> ImmediateRequest:
    found = _finding(request, pk, finding)
    asked = get_object_or_404(ImmediateRequest, finding=found)
    asked.finding = found
    return asked


@require_POST
def reply(request: Request, pk: int, finding: int) -> HttpResponse:
    asked = _request(request, pk, finding)
    require(rules.may_reply(request.user, asked))
    form = ReplyForm(request.POST, request.FILES, auto_id=f"tra-loi-{asked.pk}-%s")
    if form.is_valid():
        now = clock.now()
        try:
            files = [take_in(upload, by=request.user, at=now) for upload in form.uploads()]
            text = form.cleaned_data["text"]
            actions.reply_at_once(asked, text=text, files=files, by=request.user, at=now)
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, "Đã gửi trả lời cho Đoàn kiểm tra.")
            return redirect("findings:immediate", pk)
    return _immediate_page(request, asked.finding.inspection, None, sent=(asked.pk, form))


@require_GET
def reply_file(request: Request, pk: int, finding: int, reply: int) -> HttpResponseBase:
    """What the unit attached."""
    asked = _request(request, pk, finding)
    found = get_object_or_404(
        ImmediateReply.objects.select_related("file"), pk=reply, request=asked, file__isnull=False
    )
    assert found.file is not None
    return give(found.file)


# The conclusion


@require_http_methods(["GET", "POST"])
def conclusion(request: Request, pk: int) -> HttpResponse:
    """The draft of the notice with its seven checks; once issued, the notice itself."""
    inspection = _visit(request, pk)
    if not is_inspecting_side(request.user, inspection):
        return redirect("findings:issued", _conclusion(request, pk).pk)
    drafted = Conclusion.objects.visible_to(request.user).filter(inspection=inspection).first()
    if drafted is not None and drafted.status == Conclusion.Status.ISSUED:
        return redirect("findings:issued", drafted.pk)
    dossier = Dossier.of(drafted or Conclusion(inspection=inspection))
    form = _draft_form(request, dossier)
    different: list[Difference] = []
    if request.method == "POST":
        if form is None:
            require(rules.may_draft(request.user, inspection))
            raise Refused(CHANGED)
        if form.is_valid():
            try:
                _keep_draft(request, dossier, form)
            except Refused as refused:
                different = _conflict(request, dossier.conclusion, form, refused)
            else:
                messages.success(request, "Đã lưu dự thảo. Xem bảy điều kiểm tra trước khi trình.")
                return redirect("findings:conclusion", pk)
    if different:
        form = ConclusionForm({**request.POST.dict(), "version": dossier.conclusion.version})
    screen = ConclusionScreen.of(
        dossier,
        request.user,
        on=clock.today(),
        form=form,
        hand_back_form=_hand_back_form(request, drafted),
        different=different,
    )
    return show(request, "findings/conclusion.html", screen, status=_status(form, different))


def _draft_form(request: Request, dossier: Dossier) -> ConclusionForm | None:
    draft = dossier.conclusion
    if draft._state.adding:
        if rules.may_draft(request.user, dossier.inspection):
            return None
        return ConclusionForm(request.POST or None, initial={"recipients": proposed_recipients(dossier)})
    draft.inspection = dossier.inspection
    if rules.may_edit_conclusion(request.user, draft):
        return None
    words = {name: getattr(draft, name) for name in ConclusionForm.base_fields}
    return ConclusionForm(request.POST or None, initial=words)


def _keep_draft(request: Request, dossier: Dossier, form: ConclusionForm) -> None:
    told = form.cleaned_data.copy()
    version = told.pop("version") or 0
    if dossier.conclusion._state.adding:
        actions.draft_conclusion(dossier.inspection, by=request.user, at=clock.now(), **told)
    else:
        actions.edit_conclusion(dossier.conclusion, version=version, by=request.user, at=clock.now(), **told)


def _hand_back_form(request: Request, drafted: Conclusion | None) -> ReasonForm | None:
    waiting = drafted is not None and drafted.status == Conclusion.Status.SUBMITTED
    if drafted is None or not waiting or rules.may_hand_back(request.user, drafted):
        return None
    return ReasonForm()


@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Hand the draft to the approvers."""
    actions.submit_conclusion(_conclusion(request, pk), by=request.user, at=clock.now())
    messages.success(request, "Đã trình lãnh đạo phê duyệt thông báo kết luận.")
    return redirect("findings:conclusion", pk)


@require_POST
def hand_back(request: Request, pk: int) -> HttpResponse:
    """Return the draft with a reason."""
    drafted = _conclusion(request, pk)
    actions.hand_back_conclusion(drafted, why=request.POST.get("why", ""), by=request.user, at=clock.now())
    messages.success(request, "Đã trả lại dự thảo kèm lý do.")
    return redirect("findings:conclusion", pk)


@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Number, seal and send out the notice."""
    drafted = _conclusion(request, pk)
    paper = actions.issue_conclusion(drafted, by=request.user, at=clock.now())
    messages.success(request, f"Đã ban hành {paper}. Đơn vị đã nhận được tin.")
    return redirect("findings:issued", drafted.pk)


def _issued(request: Request, pk: int) -> Conclusion:
    visible = Conclusion.objects.visible_to(request.user).filter(status=Conclusion.Status.ISSUED)
    return get_object_or_404(visible.select_related("paper__docx", "paper__pdf"), pk=pk)


@require_GET
def issued(request: Request, pk: int) -> HttpResponse:
    """The notice as it went out."""
    return show(request, "findings/issued.html", IssuedScreen.of(_issued(request, pk), request.user))


@require_GET
def download(request: Request, pk: int) -> HttpResponseBase:
    """The notice as a Word file, or as PDF."""
    paper = _issued(request, pk).paper
    if paper is None:
        raise Http404
    return give(paper.docx if request.GET.get("dang") == "docx" else paper.pdf)
