"""The heart: one unit examined once under one programme."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.criteria.models import Criterion
from dondoc.criteria.models import Result as Result
from dondoc.files.models import StoredFile
from dondoc.inspections.querysets import (
    AnswerQuerySet,
    EvidenceDocumentQuerySet,
    EvidenceQuerySet,
    InspectionQuerySet,
    SelfReportQuerySet,
)
from dondoc.programmes.models import Programme, Slot, Team
from dondoc.units.models import Unit


class Inspection(models.Model):
    """The visit to one unit, from planned to closed."""

    class Status(models.TextChoices):
        PLANNED = "PLANNED", "Dự kiến"
        ANNOUNCED = "ANNOUNCED", "Đã báo lịch"
        UNDER_WAY = "UNDER_WAY", "Đang kiểm tra"
        MINUTES = "MINUTES", "Chờ ký biên bản"
        SIGNED = "SIGNED", "Đã ký biên bản"
        NOTIFIED = "NOTIFIED", "Đã thông báo kết luận"
        CLOSED = "CLOSED", "Đã đóng"

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.PLANNED)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="inspections", verbose_name="kế hoạch"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections", verbose_name="đơn vị")
    team = models.ForeignKey(Team, models.PROTECT, related_name="inspections", verbose_name="đoàn")
    planned_on = models.DateField("ngày kiểm tra")
    session = models.CharField("buổi", max_length=10, choices=Slot.Session.choices)
    unannounced = models.BooleanField("đột xuất", default=False)
    announced_at = models.DateTimeField("báo lịch lúc", null=True, blank=True)
    begun_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người bắt đầu",
    )
    expected = models.PositiveSmallIntegerField("số người phải có mặt", null=True, blank=True)
    present = models.PositiveSmallIntegerField("số người có mặt", null=True, blank=True)
    excused = models.PositiveSmallIntegerField("vắng có lý do", null=True, blank=True)
    unit_signed_at = models.DateTimeField("đơn vị ký biên bản lúc", null=True, blank=True)
    signed_at = models.DateTimeField("biên bản chốt lúc", null=True, blank=True)
    """Pressed by the room of minutes, so that rooms below it know how far the visit has come."""
    postponed_from = models.DateField("hoãn từ ngày", null=True, blank=True)
    postponed_why = models.TextField("lý do hoãn", blank=True)
    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc kiểm tra"
        verbose_name_plural = "cuộc kiểm tra"
        ordering = ("planned_on", "session", "unit__sort_key")
        constraints = [
            models.UniqueConstraint(
                name="unit_is_inspected_once_per_programme", fields=["programme", "unit"]
            ),
            models.CheckConstraint(
                name="beginning_has_a_person",
                condition=Q(begun_at__isnull=True, begun_by__isnull=True)
                | Q(begun_at__isnull=False, begun_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Kiểm tra {self.unit}"

    @property
    def turn(self) -> str:
        """Whose move it is."""
        return TURNS[self.Status(self.status)]


TURNS = {
    Inspection.Status.PLANNED: "Đoàn kiểm tra",
    Inspection.Status.ANNOUNCED: "Đơn vị và Đoàn kiểm tra",
    Inspection.Status.UNDER_WAY: "Đoàn kiểm tra",
    Inspection.Status.MINUTES: "Đơn vị, rồi Trưởng đoàn",
    Inspection.Status.SIGNED: "Cơ quan chủ trì",
    Inspection.Status.NOTIFIED: "Đơn vị",
    Inspection.Status.CLOSED: "không còn việc",
}


class SelfReport(models.Model):
    """What the unit says of itself before the team comes. An unannounced visit has none."""

    class Status(models.TextChoices):
        DUE = "DUE", "Chờ gửi"
        SENT = "SENT", "Đã gửi"
        RETURNED = "RETURNED", "Trả lại bổ sung"
        ACCEPTED = "ACCEPTED", "Đã chấp nhận"

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DUE)
    inspection = models.OneToOneField(
        Inspection, models.PROTECT, related_name="self_report", verbose_name="cuộc kiểm tra"
    )
    due_on = models.DateField("hạn gửi")
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người gửi",
    )
    days_late = models.PositiveSmallIntegerField("số ngày làm việc trễ", null=True, blank=True)
    returned_why = models.TextField("lý do trả lại", blank=True)
    returned_items = models.ManyToManyField(
        Criterion, blank=True, related_name="+", verbose_name="tiêu chí phải bổ sung"
    )
    returned_reasons = models.JSONField("lý do từng tiêu chí", null=True, blank=True)
    """What each returned item lacks, by the code of the item."""
    objects = SelfReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tự kiểm tra"
        constraints = [
            models.CheckConstraint(
                name="sending_has_a_person",
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Báo cáo tự kiểm tra, {self.inspection.unit}"


class Answer(models.Model):
    """One criterion in one inspection: what the unit declared and what the team verified, never mixed.

    Values are JSON of the shapes in ``inspections.values``; results are computed from them by the criterion.
    """

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="answers", verbose_name="cuộc kiểm tra"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="answers", verbose_name="tiêu chí")
    asked = models.BooleanField("có hỏi", default=True, db_default=True)
    """Whether the other answers leave this item to be answered. What was typed before stays, and counts again
    when it is asked again; while it is not asked, no count and no paper holds it."""

    declared = models.JSONField("đơn vị khai", null=True, blank=True)
    declared_result = models.CharField(
        "kết quả tự đánh giá", max_length=14, choices=Result.choices, blank=True
    )
    declared_note = models.TextField("giải thích của đơn vị", blank=True)
    declared_at = models.DateTimeField("khai lúc", null=True, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người khai",
    )
    declared_version = models.PositiveIntegerField("lần khai", default=0)

    verified = models.JSONField("đoàn xác minh", null=True, blank=True)
    verified_result = models.CharField("kết quả xác minh", max_length=14, choices=Result.choices, blank=True)
    verified_note = models.TextField("ghi nhận của đoàn", blank=True)
    override_why = models.TextField("lý do kết luận khác cách tính", blank=True)
    verified_at = models.DateTimeField("xác minh lúc", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xác minh",
    )
    verified_version = models.PositiveIntegerField("lần xác minh", default=0)
    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "câu trả lời"
        ordering = ("inspection_id", "criterion__position")
        constraints = [
            models.UniqueConstraint(name="criterion_is_answered_once", fields=["inspection", "criterion"]),
            models.CheckConstraint(
                name="declaring_has_a_moment_and_a_person",
                condition=Q(declared_at__isnull=True, declared_by__isnull=True)
                | Q(declared_at__isnull=False, declared_by__isnull=False),
            ),
            models.CheckConstraint(
                name="verifying_has_a_moment_and_a_person",
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}, {self.inspection.unit}"


class AnswerChange(models.Model):
    """One saving of one side of an answer; ``operation`` makes a repeated saving harmless."""

    class Side(models.TextChoices):
        DECLARED = "DECLARED", "đơn vị khai"
        VERIFIED = "VERIFIED", "đoàn xác minh"

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="changes", verbose_name="câu trả lời")
    operation = models.UUIDField("mã thao tác", unique=True, default=uuid.uuid4)
    side = models.CharField("bên", max_length=10, choices=Side.choices)
    version = models.PositiveIntegerField("lần")
    value = models.JSONField("giá trị", null=True, blank=True)
    result = models.CharField("kết quả", max_length=14, choices=Result.choices, blank=True)
    note = models.TextField("ghi chú", blank=True)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "lần ghi câu trả lời"
        ordering = ("answer_id", "at", "pk")

    def __str__(self) -> str:
        return f"{self.answer} {self.get_side_display()} {self.version}"


class Contest(models.Model):
    """An answer on which two inspectors differ: it waits for the head of the team (ux.md P6, S8)."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="contest", verbose_name="câu trả lời")
    since = models.DateTimeField("từ lúc")

    class Meta:
        verbose_name = "mục cần đối chiếu"

    def __str__(self) -> str:
        return str(self.answer)


class EvidenceDocument(models.Model):
    """A paper or picture a unit keeps once and lays beside many answers, item after item, year after year.

    ``file`` is its newest version; earlier ones stay in ``versions``.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evidence_documents", verbose_name="đơn vị")
    title = models.CharField("tên tài liệu", max_length=200)
    symbol = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    expires_on = models.DateField("hết hiệu lực từ ngày", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    version = models.PositiveSmallIntegerField("bản", default=1)
    objects = EvidenceDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu của đơn vị"
        verbose_name_plural = "tài liệu của đơn vị"
        ordering = ("unit_id", "title", "pk")

    def __str__(self) -> str:
        return f"{self.title} ({self.symbol})" if self.symbol else self.title

    def expired(self, on: date) -> bool:
        return self.expires_on is not None and self.expires_on <= on


class EvidenceVersion(models.Model):
    """One version of a document, with who brought it. The same bytes come to a unit's shelf once."""

    document = models.ForeignKey(
        EvidenceDocument, models.PROTECT, related_name="versions", verbose_name="tài liệu"
    )
    number = models.PositiveSmallIntegerField("bản")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    why = models.CharField("lý do thay", max_length=300, blank=True)
    added_at = models.DateTimeField("thêm lúc")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thêm"
    )

    class Meta:
        verbose_name = "bản của tài liệu"
        ordering = ("document_id", "-number")
        constraints = [
            models.UniqueConstraint(name="document_version_exists_once", fields=["document", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.document}, bản {self.number}"


class Evidence(models.Model):
    """A file that proves an answer, by either side."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="evidence", verbose_name="câu trả lời")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    document = models.ForeignKey(
        EvidenceDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="uses",
        verbose_name="tài liệu của đơn vị",
    )
    """Of the unit's own proof: the document whose version at the time is ``file``."""
    side = models.CharField("bên", max_length=10, choices=AnswerChange.Side.choices)
    page = models.CharField("trang, mục", max_length=60, blank=True)
    added_at = models.DateTimeField("thêm lúc")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thêm"
    )
    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu kiểm chứng"
        verbose_name_plural = "tài liệu kiểm chứng"
        ordering = ("answer_id", "pk")

    def __str__(self) -> str:
        return self.file.name
