"""What was found, in exactly the classes of the seed text, and the conclusion that notifies it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dondoc.files.models import StoredFile
from dondoc.findings.querysets import ConclusionQuerySet, FindingQuerySet, ImmediateRequestQuerySet
from dondoc.inspections.models import Answer, Inspection
from dondoc.papers.models import Paper


class Finding(models.Model):
    """One thing found in one visit (classes: inspection.md §5.1)."""

    class Class(models.TextChoices):
        STRENGTH = "STRENGTH", "Việc đã làm được"
        NOT_DONE = "NOT_DONE", "Việc chưa làm được"
        SHORTCOMING = "SHORTCOMING", "Tồn tại, hạn chế"
        DIFFICULTY = "DIFFICULTY", "Khó khăn, vướng mắc"
        PROPOSAL = "PROPOSAL", "Kiến nghị, đề xuất"

    class Severity(models.TextChoices):
        LIGHT = "LIGHT", "nhẹ"
        MEDIUM = "MEDIUM", "vừa"
        SERIOUS = "SERIOUS", "nghiêm trọng"

    class Cause(models.TextChoices):
        OBJECTIVE = "OBJECTIVE", "khách quan"
        SUBJECTIVE = "SUBJECTIVE", "chủ quan"
        BOTH = "BOTH", "khách quan và chủ quan"

    class Status(models.TextChoices):
        RECORDED = "RECORDED", "Đã ghi nhận"
        AGREED = "AGREED", "Thống nhất tại biên bản"
        RESERVED = "RESERVED", "Đơn vị bảo lưu ý kiến"
        NOTIFIED = "NOTIFIED", "Đã có trong thông báo"
        DROPPED = "DROPPED", "Đã bỏ"

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.RECORDED)
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="findings", verbose_name="cuộc kiểm tra"
    )
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="tiêu chí"
    )
    category = models.CharField("loại", max_length=12, choices=Class.choices)
    field = models.CharField("mã lĩnh vực", max_length=10)
    text = models.TextField("nội dung")
    evidence = models.TextField("căn cứ ghi nhận", blank=True)
    severity = models.CharField("mức độ", max_length=8, choices=Severity.choices, blank=True)
    cause = models.CharField("nguyên nhân", max_length=10, choices=Cause.choices, blank=True)
    cause_text = models.TextField("diễn giải nguyên nhân", blank=True)
    addressed_to = models.CharField("nơi có thể xử lý", max_length=200, blank=True)
    recommendation = models.TextField("yêu cầu, kiến nghị", blank=True)
    owner = models.CharField("người thực hiện", max_length=200, blank=True)
    due_days = models.PositiveSmallIntegerField(
        "thời hạn (ngày làm việc sau thông báo)", null=True, blank=True
    )
    proof_expected = models.CharField("minh chứng cần có", max_length=300, blank=True)
    unit_opinion = models.TextField("ý kiến của đơn vị", blank=True)
    put_right_on = models.DateField("ngày được xác minh đã khắc phục", null=True, blank=True)
    version = models.PositiveIntegerField("lần lưu", default=1)
    recorded_at = models.DateTimeField("ghi nhận lúc")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi nhận"
    )
    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "phát hiện"
        ordering = ("inspection_id", "field", "pk")
        constraints = [
            models.CheckConstraint(
                name="shortcoming_has_severity_and_cause",
                condition=~Q(category="SHORTCOMING") | (~Q(severity="") & ~Q(cause="")),
                violation_error_message="Tồn tại, hạn chế phải ghi mức độ và nguyên nhân.",
            ),
            models.CheckConstraint(
                name="difficulty_and_proposal_name_who_can_act",
                condition=~Q(category__in=("DIFFICULTY", "PROPOSAL")) | ~Q(addressed_to=""),
                violation_error_message="Khó khăn và kiến nghị phải ghi nơi có thể xử lý.",
            ),
            models.CheckConstraint(
                name="not_done_names_the_paper_that_gave_the_task",
                condition=~Q(category="NOT_DONE") | ~Q(evidence=""),
                violation_error_message="Việc chưa làm được phải ghi văn bản đã giao việc.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:120]

    @property
    def calls_for_work(self) -> bool:
        """What is not done or falls short must be put right by the unit."""
        return self.category in {self.Class.NOT_DONE, self.Class.SHORTCOMING}


class ImmediateRequest(models.Model):
    """What the head asks to be put right during the visit, within hours or a few days (inspection.md §2.3).

    It is told to the unit at once. When the conclusion is issued it goes into the one task of its finding.
    """

    finding = models.OneToOneField(
        Finding, models.PROTECT, related_name="immediate", verbose_name="phát hiện"
    )
    work = models.TextField("việc phải làm ngay")
    due_at = models.DateTimeField("hạn")
    asked_at = models.DateTimeField("yêu cầu lúc")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    objects = ImmediateRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu khắc phục ngay"
        verbose_name_plural = "yêu cầu khắc phục ngay"
        ordering = ("due_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="a_request_is_due_after_it_is_made", condition=Q(due_at__gt=models.F("asked_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.work[:120]


class ImmediateReply(models.Model):
    """What the unit says and shows it has done about an immediate request."""

    request = models.ForeignKey(
        ImmediateRequest, models.PROTECT, related_name="replies", verbose_name="yêu cầu"
    )
    text = models.TextField("đã làm gì", blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    brought_at = models.DateTimeField("trả lời lúc")
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người trả lời"
    )

    class Meta:
        verbose_name = "trả lời yêu cầu khắc phục ngay"
        ordering = ("request_id", "pk")

    def __str__(self) -> str:
        return self.text[:80]


class FeedbackRound(models.Model):
    """What the team found, laid before the unit ahead of the minutes for its word by a day."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="feedback_rounds", verbose_name="cuộc kiểm tra"
    )
    number = models.PositiveSmallIntegerField("lần")
    due_on = models.DateField("hạn trả lời")
    asked_at = models.DateTimeField("xin ý kiến lúc")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xin ý kiến"
    )
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lần xin ý kiến đơn vị"
        ordering = ("inspection_id", "number")
        constraints = [
            models.UniqueConstraint(name="feedback_is_asked_in_turn", fields=["inspection", "number"])
        ]

    def __str__(self) -> str:
        return f"Xin ý kiến lần {self.number}, {self.inspection.unit}"


class FeedbackPoint(models.Model):
    """One thing the unit was asked about: an item on which the sides differ, or a finding, as it then read.

    The unit's word is one thing, what the team made of it another; both stay.
    """

    class Word(models.TextChoices):
        WAITING = "WAITING", "Chờ ý kiến của đơn vị"
        AGREED = "AGREED", "Đơn vị nhất trí"
        EXPLAINED = "EXPLAINED", "Đơn vị giải trình"
        SILENT = "SILENT", "Không có ý kiến trong hạn"

    class Decision(models.TextChoices):
        KEPT = "KEPT", "Đoàn giữ nguyên"
        CHANGED = "CHANGED", "Đoàn đã sửa"

    round = models.ForeignKey(
        FeedbackRound, models.PROTECT, related_name="points", verbose_name="lần xin ý kiến"
    )
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tiêu chí"
    )
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="feedback", verbose_name="phát hiện"
    )
    told = models.TextField("nội dung xin ý kiến")
    word = models.CharField("ý kiến", max_length=9, choices=Word.choices, default=Word.WAITING)
    opinion = models.TextField("giải trình của đơn vị", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trả lời",
    )
    decision = models.CharField("quyết định của đoàn", max_length=7, choices=Decision.choices, blank=True)
    decided_why = models.TextField("lý do của đoàn", blank=True)
    decided_told = models.TextField("nội dung khi quyết định", blank=True)
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người quyết định",
    )

    class Meta:
        verbose_name = "điểm xin ý kiến"
        ordering = ("round_id", "pk")
        constraints = [
            models.CheckConstraint(
                name="feedback_is_about_an_item_or_a_finding",
                condition=Q(answer__isnull=True, finding__isnull=False)
                | Q(answer__isnull=False, finding__isnull=True),
            ),
            models.CheckConstraint(
                name="an_explanation_has_words", condition=~Q(word="EXPLAINED") | ~Q(opinion="")
            ),
            models.CheckConstraint(
                name="a_decision_has_a_reason", condition=Q(decision="") | ~Q(decided_why="")
            ),
        ]

    def __str__(self) -> str:
        return self.told[:120]

    @property
    def late(self) -> bool:
        """Answered after the day it was asked for."""
        return self.answered_at is not None and timezone.localdate(self.answered_at) > self.round.due_on


class FeedbackFile(models.Model):
    """A document the unit explains itself with."""

    point = models.ForeignKey(
        FeedbackPoint, models.PROTECT, related_name="files", verbose_name="điểm xin ý kiến"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    brought_at = models.DateTimeField("nộp lúc")
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nộp"
    )

    class Meta:
        verbose_name = "tài liệu giải trình"
        ordering = ("point_id", "pk")

    def __str__(self) -> str:
        return self.file.name


class Conclusion(models.Model):
    """The notice of the result of one visit (*thông báo kết luận*): drafted, checked, approved, numbered."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Dự thảo"
        SUBMITTED = "SUBMITTED", "Chờ phê duyệt"
        ISSUED = "ISSUED", "Đã ban hành"

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    inspection = models.OneToOneField(
        Inspection, models.PROTECT, related_name="conclusion", verbose_name="cuộc kiểm tra"
    )
    opening = models.TextField("đánh giá chung")
    earlier = models.TextField("tình hình khắc phục kiến nghị của các lần kiểm tra trước", blank=True)
    followed_by = models.CharField("người theo dõi khắc phục", max_length=200, blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    version = models.PositiveIntegerField("lần lưu", default=1)
    drafted_at = models.DateTimeField("dự thảo lúc")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người dự thảo"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trình",
    )
    returned_why = models.TextField("lý do trả lại", blank=True)
    paper = models.OneToOneField(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conclusion",
        verbose_name="văn bản đã ban hành",
    )
    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo kết luận"

    def __str__(self) -> str:
        return f"Thông báo kết luận, {self.inspection.unit}"
