"""One item on one page, for either side: answering, proof, and what to do when somebody was quicker."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.criteria.models import Criterion
from dondoc.files.actions import take_in
from dondoc.files.models import StoredFile
from dondoc.files.views import give
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.inspections import actions, documents, rules, suggesting, tabular
from dondoc.inspections.forms import AnswerForm, DeclareForm, EvidenceForm, VerifyForm
from dondoc.inspections.models import Answer, AnswerChange, Evidence, EvidenceDocument
from dondoc.inspections.screens import ConflictScreen, item_screen
from dondoc.people.http import Request
from dondoc.ui.screens import show

Side = AnswerChange.Side
_AROUND = ("inspection__programme__plan", "inspection__unit", "inspection__team", "inspection__self_report")
WRONG = 422
PHOTO = Criterion.Kind.PHOTO


@require_http_methods(["GET", "POST"])
def declare(request: Request, pk: int, criterion: int) -> HttpResponse:
    """The unit's answer to one item."""
    answer = get_object_or_404(_answers(request), inspection__self_report=pk, criterion=criterion)
    if not request.user.holds(*rules.UNIT_SIDE, at=answer.inspection.unit_id):
        raise Http404
    if request.POST.get("act") == "take":
        return _take(request, answer)
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


def _take(request: Request, answer: Answer) -> HttpResponse:
    """Last year's answer becomes this year's, as if it had been typed."""
    suggesting.take([answer], by=request.user, at=clock.now())
    messages.success(request, "Đã dùng câu trả lời năm trước. Xem lại số liệu của năm nay rồi lưu.")
    return redirect("inspections:declare", answer.inspection.self_report.pk, answer.criterion_id)


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
    found = Answer.objects.visible_to(request.user).with_what_follows()
    return found.select_related("criterion", "declared_by", "verified_by", *_AROUND)


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
        self.act = request.POST.get("act", "")

    def get(self) -> HttpResponse:
        return self._page(self.form_of(self.answer), self._proof())

    def post(self) -> HttpResponse:
        """Rows and proof first: they are no saving of the answer, and lose nothing that was typed."""
        if tabular.is_about_rows(self.act):
            return self._with_other_rows()
        if self._wants_json():
            return self._autosaved(self.form_of(self.answer, self.request.POST))
        proof = self._proof(self.request.POST, self.request.FILES)
        data = self.request.POST.copy()
        if self.act == "upload" or self.answer.criterion.kind == PHOTO:
            return self._with_proof(proof, data)
        form = self.form_of(self.answer, data)
        if not form.is_valid() or not proof.is_valid() or not self._attached(proof, data):
            return self._page(form, proof, status=WRONG)
        return self._kept(form)

    def _kept(self, form: AnswerForm) -> HttpResponse:
        try:
            self.keep(form)
        except actions.Stale as stale:
            return self._conflict(form, stale.answer)
        if self.act in {"stay", "upload"}:
            return redirect(self.url(self.answer.criterion_id) + "?da-luu=1")
        following = self._following()
        return redirect(self.url(following) + "?tiep=1" if following else self.back)

    def _following(self) -> int | None:
        """The next item; of a returned report the next one sent back, for the others stay shut."""
        report = getattr(self.answer.inspection, "self_report", None)
        if self.side == Side.DECLARED and report and report.status == "RETURNED":
            later = report.returned_items.filter(position__gt=self.answer.criterion.position)
            sent_back: int | None = later.order_by("position").values_list("pk", flat=True).first()
            return sent_back
        following: int | None = vars(self.answer)["following"]  # by ``with_what_follows``
        return following

    def _with_other_rows(self) -> HttpResponse:
        """A row more or less; nothing is saved yet."""
        form = self.form_of.as_typed(self.answer, self.request.POST)
        form.initial["rows"] = tabular.after(self.act, form.initial.get("rows") or [{}])
        return self._page(form, self._proof(), unsaved=True)

    def _wants_json(self) -> bool:
        return self.request.headers.get("Accept", "").startswith("application/json")

    def _autosaved(self, form: AnswerForm) -> HttpResponse:
        """Saving while typing (P5): the version and operation the next saving must name."""
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=WRONG)
        self.keep(form)
        version = getattr(self.answer, f"{self.name}_version")
        return JsonResponse({"fields": {"version": version, "operation": str(uuid4())}})

    def _with_proof(self, proof: EvidenceForm, data: QueryDict) -> HttpResponse:
        """The proof first; what was typed is kept too where it is complete, else shown again."""
        given = proof.is_valid() and (proof.cleaned_data.get("file") or proof.cleaned_data.get("document"))
        if self.act == "upload" and proof.is_valid() and not given:
            proof.add_error("file", "Chọn tệp hoặc tài liệu đã có rồi bấm lại.")
        if not proof.is_valid() or not self._attached(proof, data):
            return self._page(self.form_of.as_typed(self.answer, data), proof, status=WRONG)
        form = self.form_of(self.answer, data)
        if form.is_valid():
            return self._kept(form)
        if self.act != "upload":
            return self._page(form, self._proof(), status=WRONG)
        return self._page(self.form_of.as_typed(self.answer, data), self._proof(), unsaved=True)

    def _attached(self, proof: EvidenceForm, data: QueryDict) -> bool:
        """Whether no proof was given, or the given one lies beside the answer; a picture answers where one
        is asked for."""
        told = proof.cleaned_data
        if not (told.get("file") or told.get("document")):
            return True
        now, user = clock.now(), self.request.user
        may = rules.may_declare if self.side == Side.DECLARED else rules.may_verify
        require(may(user, self.answer))  # before any byte of the file is kept
        stored = self._taken_in(proof)
        if stored is None:
            return False
        actions.attach(self.answer, stored, side=self.side, page=told["page"], by=user, at=now)
        if self.answer.criterion.kind == PHOTO and stored.kind in {"jpg", "png"}:
            data.appendlist("photos", stored.sha256)
            data.pop("nothing", None)
        return True

    def _taken_in(self, proof: EvidenceForm) -> StoredFile | None:
        told = proof.cleaned_data
        chosen: EvidenceDocument | None = told.get("document")
        if not told.get("file"):
            return chosen.file if chosen else None
        try:
            stored = take_in(told["file"], by=self.request.user, at=clock.now())
        except Refused as refused:
            proof.add_error("file", refused.refusal.sentence)
            return None
        if self.side == Side.DECLARED and (
            held := documents.known(self.answer.inspection.unit, stored.sha256)
        ):
            messages.info(
                self.request,
                f"Tệp này đơn vị đã có: “{held}”, bản {held.version} (vân tay {stored.short}). Đã dùng lại.",
            )
        return stored

    def _proof(self, *given: object) -> EvidenceForm:
        shelf = None
        if self.side == Side.DECLARED:
            shelf = EvidenceDocument.objects.filter(unit=self.answer.inspection.unit_id).select_related(
                "file"
            )
        return EvidenceForm(shelf, *given)

    def _page(
        self, form: AnswerForm, proof: EvidenceForm, *, status: int = 200, unsaved: bool = False
    ) -> HttpResponse:
        declaring = self.side == Side.DECLARED
        may = rules.may_declare if declaring else rules.may_verify
        refused = may(self.request.user, self.answer)
        siblings = Answer.objects.asked().filter(inspection=self.answer.inspection_id)
        screen = item_screen(
            self.answer,
            self.name,
            form,
            proof,
            order={
                item: at is None
                for item, at in siblings.order_by("criterion__position").values_list(
                    "criterion", f"{self.name}_at"
                )
            },
            url=self.url,
            back=self.back,
            editable=refused is None,
            why_not=refused.sentence if refused else "",
            kept="da-luu" in self.request.GET,
            came_on="tiep" in self.request.GET and not form.errors,
            unsaved=unsaved,
            declared_known=rules.may_read_declared(self.request.user, self.answer.inspection),
            today=clock.today(),
        )
        template = "inspections/declare.html" if declaring else "inspections/verify.html"
        return show(self.request, template, screen, status=status)

    def _conflict(self, form: AnswerForm, now: Answer) -> HttpResponse:
        """Both versions side by side; nothing was overwritten, nothing typed is lost (P6)."""
        typed = self.request.POST.copy()
        typed["version"] = str(getattr(now, f"{self.name}_version"))
        typed["operation"] = str(uuid4())
        screen = ConflictScreen.of(
            now, self.name, form, self.form_of(now, typed), self.url(now.criterion_id), typed
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
