"""What a person can reach: the self-report, the visit, the checklist on a phone."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.files.actions import take_in
from dondoc.files.views import give
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.inspections import actions, flow, rules, values
from dondoc.inspections.forms import (
    AnswerForm,
    DeclareForm,
    EvidenceForm,
    HeadcountForm,
    PostponeForm,
    ReturnForm,
    SendForm,
    VerifyForm,
)
from dondoc.inspections.models import Answer, AnswerChange, Evidence, Inspection, SelfReport
from dondoc.inspections.screens import (
    ConflictScreen,
    FormScreen,
    SelfReportScreen,
    SheetScreen,
    VisitScreen,
    VisitsScreen,
    item_screen,
)
from dondoc.people.http import Request
from dondoc.programmes.models import Programme
from dondoc.ui.screens import page_of, show

Side = AnswerChange.Side
_AROUND = ("inspection__programme__plan", "inspection__unit", "inspection__team", "inspection__self_report")
WRONG = 422
_NOT_TYPED = {"csrfmiddlewaretoken", "act"}


# The self-report


def _reports(request: Request) -> QuerySet[SelfReport]:
    around = ("inspection__programme__plan", "inspection__unit", "inspection__team", "sent_by")
    return SelfReport.objects.visible_to(request.user).select_related(*around)


@require_GET
def self_report(request: Request, pk: int) -> HttpResponse:
    report = get_object_or_404(_reports(request), pk=pk)
    return show(request, "inspections/self_report.html", SelfReportScreen.of(report, request.user))


@require_GET
def check(request: Request, pk: int) -> HttpResponse:
    """Everything once more before sending (P2)."""
    report = get_object_or_404(_reports(request), pk=pk)
    return _check_page(request, report, SendForm())


@require_POST
def send(request: Request, pk: int) -> HttpResponse:
    report = get_object_or_404(_reports(request), pk=pk)
    form = SendForm(request.POST)
    if not form.is_valid():
        require(flow.SEND.refusal(request.user, report))
        return _check_page(request, report, form)
    actions.send(report, by=request.user, at=clock.now())
    messages.success(request, "Đã gửi báo cáo tự kiểm tra cho đoàn kiểm tra.")
    return redirect("inspections:self_report", pk)


def _check_page(request: Request, report: SelfReport, form: SendForm) -> HttpResponse:
    screen = SelfReportScreen.of(report, request.user, check=True, form=form)
    return show(request, "inspections/check.html", screen, status=WRONG if form.errors else 200)


@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    report = get_object_or_404(_reports(request), pk=pk)
    actions.accept(report, by=request.user, at=clock.now())
    messages.success(request, "Đã chấp nhận báo cáo tự kiểm tra.")
    return redirect("inspections:self_report", pk)


@require_http_methods(["GET", "POST"])
def return_(request: Request, pk: int) -> HttpResponse:
    """Choose the items to be supplemented, and say why."""
    report = get_object_or_404(_reports(request), pk=pk)
    require(flow.RETURN.refusal(request.user, report))
    listed = SelfReportScreen.of(report, request.user)
    answers = [row.answer for part in listed.parts_of for row in part.rows]
    form = ReturnForm(answers, request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        actions.return_(report, items=told["items"], why=told["why"], by=request.user, at=clock.now())
        messages.success(request, "Đã trả lại báo cáo để đơn vị bổ sung.")
        return redirect("inspections:self_report", pk)
    screen = FormScreen(
        "Trả lại báo cáo để bổ sung",
        "Đơn vị chỉ sửa được những tiêu chí được chọn; các tiêu chí khác giữ nguyên như đã gửi.",
        form,
        "Trả lại để bổ sung",
        reverse("inspections:self_report", args=[pk]),
        report.inspection,
        listed.parts_of,
    )
    return show(request, "inspections/return.html", screen, status=WRONG if form.errors else 200)


# One item


@require_http_methods(["GET", "POST"])
def declare(request: Request, pk: int, criterion: int) -> HttpResponse:
    """The unit's answer to one item."""
    answer = get_object_or_404(_answers(request), inspection__self_report=pk, criterion=criterion)
    if not request.user.holds(*rules.UNIT_SIDE, at=answer.inspection.unit_id):
        raise Http404
    back = reverse("inspections:self_report", args=[pk])

    def url(item: int) -> str:
        return reverse("inspections:declare", args=[pk, item])

    def keep(form: AnswerForm) -> None:
        assert isinstance(form, DeclareForm)
        told = form.cleaned_data
        actions.declare(
            answer,
            form.value,
            note=told["note"],
            result=form.result,
            version=told["version"],
            by=request.user,
            at=clock.now(),
            operation=told["operation"],
        )

    page = ItemPage(request, answer, Side.DECLARED, "declared", DeclareForm, keep, url, back)
    return page.post() if request.method == "POST" else page.get()


@require_http_methods(["GET", "POST"])
def verify(request: Request, pk: int, criterion: int) -> HttpResponse:
    """What the team found on one item."""
    answer = get_object_or_404(_answers(request), inspection=pk, criterion=criterion)
    back = reverse("inspections:sheet", args=[pk])
    require(rules.may_read_verified(request.user, answer.inspection))

    def url(item: int) -> str:
        return reverse("inspections:verify", args=[pk, item])

    def keep(form: AnswerForm) -> None:
        assert isinstance(form, VerifyForm)
        told = form.cleaned_data
        actions.verify(
            answer,
            form.value,
            result=form.result,
            note=told["note"],
            override_why=told.get("override_why", ""),
            version=told["version"],
            by=request.user,
            at=clock.now(),
            operation=told["operation"],
        )

    page = ItemPage(request, answer, Side.VERIFIED, "verified", VerifyForm, keep, url, back)
    return page.post() if request.method == "POST" else page.get()


def _answers(request: Request) -> QuerySet[Answer]:
    """With the key of the item that follows, so that going on costs no further query."""
    following = Answer.objects.filter(
        inspection=OuterRef("inspection"), criterion__position__gt=OuterRef("criterion__position")
    ).order_by("criterion__position")
    found = Answer.objects.visible_to(request.user).select_related(
        "criterion", "declared_by", "verified_by", *_AROUND
    )
    return found.annotate(following=Subquery(following.values("criterion")[:1]))


class ItemPage:
    """One page per item for either side: the answer, its proof, and what to do when somebody was quicker."""

    def __init__(
        self,
        request: Request,
        answer: Answer,
        side: Side,
        name: str,
        form_of: type[AnswerForm],
        keep: Callable[[AnswerForm], None],
        url: Callable[[int], str],
        back: str,
    ) -> None:
        self.request, self.answer, self.side, self.name = request, answer, side, name
        self.form_of, self.keep, self.url, self.back = form_of, keep, url, back

    def get(self) -> HttpResponse:
        return self._page(self.form_of(self.answer), EvidenceForm())

    def post(self) -> HttpResponse:
        form = self.form_of(self.answer, self.request.POST)
        if self._wants_json():
            return self._autosaved(form)
        if self.request.POST.get("act") == "upload":
            return self._uploaded(form)
        proof = EvidenceForm(self.request.POST, self.request.FILES)
        if not form.is_valid() or not proof.is_valid() or not self._attached(proof):
            return self._page(form, proof, status=WRONG)
        try:
            self.keep(form)
        except actions.Stale as stale:
            return self._conflict(form, stale.answer)
        stay = self.request.POST.get("act") == "stay"
        following: int | None = getattr(self.answer, "following", None)
        if stay:
            return redirect(self.url(self.answer.criterion_id) + "?da-luu=1")
        return redirect(self.url(following) if following else self.back)

    def _wants_json(self) -> bool:
        return self.request.headers.get("Accept", "").startswith("application/json")

    def _autosaved(self, form: AnswerForm) -> HttpResponse:
        """Saving while typing (P5): the version and operation the next saving must name."""
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=WRONG)
        self.keep(form)
        version = getattr(self.answer, f"{self.name}_version")
        return JsonResponse({"fields": {"version": version, "operation": str(uuid4())}})

    def _uploaded(self, form: AnswerForm) -> HttpResponse:
        """The file first; what was typed is kept too where it is complete, else shown again."""
        proof = EvidenceForm(self.request.POST, self.request.FILES)
        if proof.is_valid() and not proof.cleaned_data.get("file"):
            proof.add_error("file", "Chọn tệp rồi tải lên.")
        if not proof.is_valid() or not self._attached(proof):
            return self._page(form, proof, status=WRONG)
        if form.is_valid():
            try:
                self.keep(form)
            except actions.Stale as stale:
                return self._conflict(form, stale.answer)
            return redirect(self.url(self.answer.criterion_id) + "?da-luu=1")
        typed = self.form_of(self.answer)
        typed.initial = {**typed.initial, **self.request.POST.dict()}
        return self._page(typed, EvidenceForm())

    def _attached(self, proof: EvidenceForm) -> bool:
        """Whether no file was given, or the given one was taken in."""
        upload = proof.cleaned_data.get("file")
        if not upload:
            return True
        now, user = clock.now(), self.request.user
        may = rules.may_declare if self.side == Side.DECLARED else rules.may_verify
        require(may(user, self.answer))  # before any byte of the file is kept
        try:
            stored = take_in(upload, by=user, at=now)
        except Refused as refused:
            proof.add_error("file", refused.refusal.sentence)
            return False
        page = proof.cleaned_data["page"]
        actions.attach(self.answer, stored, side=self.side, page=page, by=user, at=now)
        return True

    def _page(self, form: AnswerForm, proof: EvidenceForm, *, status: int = 200) -> HttpResponse:
        may = rules.may_declare if self.side == Side.DECLARED else rules.may_verify
        refused = may(self.request.user, self.answer)
        siblings = Answer.objects.filter(inspection=self.answer.inspection_id)
        screen = item_screen(
            self.answer,
            self.name,
            form,
            proof,
            order=list(siblings.order_by("criterion__position").values_list("criterion", flat=True)),
            url=self.url,
            back=self.back,
            editable=refused is None,
            why_not=refused.sentence if refused else "",
            kept="da-luu" in self.request.GET,
            declared_known=rules.may_read_declared(self.request.user, self.answer.inspection),
        )
        template = "inspections/declare.html" if self.side == Side.DECLARED else "inspections/verify.html"
        return show(self.request, template, screen, status=status)

    def _conflict(self, form: AnswerForm, now: Answer) -> HttpResponse:
        """Both versions side by side; nothing was overwritten, nothing typed is lost (P6)."""
        typed = QueryDict(mutable=True)
        typed.update(self.request.POST)
        typed["version"] = str(getattr(now, f"{self.name}_version"))
        typed["operation"] = str(uuid4())
        held = getattr(now, self.name)
        screen = ConflictScreen(
            now,
            self.form_of(now, typed),
            values.shown(now.criterion, form.value),
            form.cleaned_data["note"],
            values.shown(now.criterion, held),
            getattr(now, f"{self.name}_note"),
            getattr(now, f"{self.name}_by"),
            getattr(now, f"{self.name}_at"),
            self.url(now.criterion_id),
            [
                (name, str(value))
                for name, value in typed.items()
                if name not in {"csrfmiddlewaretoken", "act"}
            ],
        )
        return show(self.request, "inspections/conflict.html", screen, status=409)


# Proof


@require_GET
def evidence(request: Request, pk: int) -> FileResponse:
    found = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("file"), pk=pk)
    return give(found.file)


@require_POST
def detach(request: Request, pk: int) -> HttpResponse:
    around = [f"answer__{name}" for name in _AROUND]
    found = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("file", "answer__criterion", *around), pk=pk
    )
    answer, side = found.answer, found.side
    actions.detach(found, by=request.user, at=clock.now())
    messages.success(request, f"Đã gỡ tệp {found.file.name}.")
    if side == Side.DECLARED:
        return redirect("inspections:declare", answer.inspection.self_report.pk, answer.criterion_id)
    return redirect("inspections:verify", answer.inspection_id, answer.criterion_id)


# The visit


def _inspections(request: Request) -> QuerySet[Inspection]:
    around = ("programme__plan", "programme__authority", "unit", "team", "self_report", "begun_by")
    return Inspection.objects.visible_to(request.user).select_related(*around)


@require_GET
def visits(request: Request) -> HttpResponse:
    """Visits of my teams."""
    found = Inspection.objects.of_my_teams(request.user).select_related("programme__plan", "unit", "team")
    return show(request, "inspections/visits.html", VisitsScreen(page_of(found, request), clock.today()))


@require_GET
def visit(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    return show(request, "inspections/visit.html", VisitScreen.of(found, request.user))


@require_GET
def sheet(request: Request, pk: int) -> HttpResponse:
    """Every item of one visit, declared beside verified."""
    found = get_object_or_404(_inspections(request), pk=pk)
    require(rules.may_read_verified(request.user, found))
    screen = SheetScreen.of(found, request.user, only=request.GET.get("loc", ""))
    return show(request, "inspections/sheet.html", screen)


@require_POST
def open_visits(request: Request, pk: int) -> HttpResponse:
    """Begin the plan: one visit per slot."""
    programmes = Programme.objects.visible_to(request.user).select_related("plan", "authority", "criteria")
    opened = actions.open_for(get_object_or_404(programmes, pk=pk), by=request.user, at=clock.now())
    messages.success(request, f"Đã mở {len(opened)} cuộc kiểm tra; đơn vị nhận được tin để tự kiểm tra.")
    return redirect("desk:board", pk)


@require_POST
def announce(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    actions.announce(found, by=request.user, at=clock.now())
    messages.success(request, f"Đã báo lịch kiểm tra cho {found.unit}.")
    return redirect("inspections:visit", pk)


@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    actions.begin(found, by=request.user, at=clock.now())
    messages.success(request, "Cuộc kiểm tra đã bắt đầu. Điểm danh rồi ghi phiếu.")
    return redirect("inspections:visit", pk)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    actions.close(found, by=request.user, at=clock.now())
    messages.success(request, "Đã đóng cuộc kiểm tra.")
    return redirect("inspections:visit", pk)


@require_http_methods(["GET", "POST"])
def postpone(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    require(rules.may_postpone(request.user, found))
    form = PostponeForm(request.POST or None, initial={"session": found.session})
    if form.is_valid():
        told = form.cleaned_data
        refused = rules.may_move_to(found, told["to"], told["session"], clock.today())
        if refused is not None:
            form.add_error("to", refused.sentence)
        else:
            actions.postpone(found, **told, by=request.user, at=clock.now())
            messages.success(request, "Đã đổi lịch kiểm tra.")
            return redirect("inspections:visit", pk)
    about = "Lịch cũ và lý do được giữ trong lịch sử; đơn vị đã được báo lịch sẽ nhận thông báo mới."
    return _form_page(request, found, form, "Đổi lịch kiểm tra", "Đổi lịch", about)


@require_http_methods(["GET", "POST"])
def headcount(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    require(rules.may_work(request.user, found))
    held = {"expected": found.expected, "present": found.present, "excused": found.excused}
    form = HeadcountForm(request.POST or None, initial=held)
    if form.is_valid():
        actions.headcount(found, **form.cleaned_data, by=request.user, at=clock.now())
        messages.success(request, "Đã ghi điểm danh.")
        return redirect("inspections:visit", pk)
    about = "Số còn lại (phải có mặt trừ có mặt và vắng có lý do) là vắng không lý do."
    return _form_page(request, found, form, "Điểm danh", "Ghi điểm danh", about)


def _form_page(
    request: Request, found: Inspection, form: Any, title: str, button: str, about: str
) -> HttpResponse:
    here = reverse("inspections:visit", args=[found.pk])
    screen = FormScreen(title, about, form, button, here, found)
    return show(request, "inspections/form.html", screen, status=WRONG if form.errors else 200)
