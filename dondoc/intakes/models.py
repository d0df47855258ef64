"""Papers that were brought in, are read and wait for an officer."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dondoc.directives.models import Directive
from dondoc.files.models import StoredFile
from dondoc.intakes.querysets import BatchQuerySet, IntakeQuerySet


class Batch(models.Model):
    """Many files brought in together. What became of each is told by its ``Intake``."""

    name = models.CharField("tên đợt", max_length=120)
    announced = models.PositiveIntegerField("số tệp báo trước", default=0)
    passed_over = models.PositiveIntegerField("số tệp hệ thống đã lướt qua", default=0)
    brought_at = models.DateTimeField("đưa vào lúc")
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đưa vào"
    )
    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt đọc nhiều văn bản"
        ordering = ("-brought_at", "-pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("intakes:batch", args=[self.pk])


class Intake(models.Model):
    """A paper brought in, which waits for an officer. Nothing of it is in the register until confirmed."""

    class Status(models.TextChoices):
        READING = "READING", "Đang đọc"
        STOPPED = "STOPPED", "Chưa đọc được"
        WAITING = "WAITING", "Chờ xác nhận"
        CONFIRMED = "CONFIRMED", "Đã vào sổ"
        DROPPED = "DROPPED", "Đã bỏ"

    former_kinds = ("directives.intake",)
    OPEN = (Status.READING, Status.STOPPED, Status.WAITING)

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.WAITING)
    text = models.TextField("toàn văn", blank=True)
    digest = models.CharField("vân tay toàn văn", max_length=64, editable=False, default="", db_index=True)
    notes = models.JSONField("điều cần biết về bản chữ", default=list, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    file_digest = models.CharField("vân tay tệp", max_length=64, editable=False, default="", db_index=True)
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="intakes", verbose_name="đợt"
    )
    origin = models.CharField("chỗ của tệp trong thư mục", max_length=300, blank=True)
    as_another = models.BooleanField("người đưa vào nói là văn bản khác", default=False)
    page = models.PositiveIntegerField("trang đang đọc", default=0)
    pages = models.PositiveIntegerField("số trang", default=0)
    doing = models.CharField("việc đang làm", max_length=120, blank=True)
    problem = models.CharField("vì sao chưa đọc được", max_length=1000, blank=True)
    problem_code = models.CharField("mã lý do", max_length=60, blank=True)
    known = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đã có trong sổ là"
    )
    twin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đang chờ ở"
    )
    completes = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản văn của mục"
    )
    completes_anyway = models.BooleanField("người xác nhận nói đúng là mục ấy", default=False)
    reading = models.JSONField("bản đọc được", default=dict, blank=True)
    corrected = models.JSONField("bản đã sửa", null=True, blank=True)
    doubtful = models.BooleanField("còn chỗ chưa chắc", default=True)
    version = models.PositiveIntegerField("lần lưu", default=1)
    brought_at = models.DateTimeField("đưa vào lúc")
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đưa vào"
    )
    directive = models.OneToOneField(
        Directive,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="intake",
        verbose_name="văn bản trong sổ",
    )
    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản chờ đọc"
        ordering = ("-brought_at",)
        constraints = [
            models.UniqueConstraint(
                name="one_text_waits_once",
                fields=["digest"],
                condition=Q(status="WAITING") & ~Q(digest=""),
                violation_error_message="Nội dung này đang chờ xác nhận.",
            ),
            models.UniqueConstraint(
                name="one_file_is_read_once",
                fields=["file_digest"],
                condition=Q(status="READING") & ~Q(file_digest=""),
                violation_error_message="Tệp này đang được đọc.",
            ),
            models.UniqueConstraint(
                name="one_file_arrives_once",
                fields=["batch", "origin", "file_digest"],
                condition=Q(batch__isnull=False),
                violation_error_message="Tệp này đã có trong đợt.",
            ),
            models.CheckConstraint(
                name="what_is_being_read_has_a_file",
                condition=~Q(status="READING") | Q(file__isnull=False),
                violation_error_message="Chưa có tệp để đọc.",
            ),
            models.CheckConstraint(
                name="what_stopped_says_why",
                condition=~Q(status="STOPPED") | ~Q(problem=""),
                violation_error_message="Nói rõ vì sao chưa đọc được.",
            ),
            models.CheckConstraint(
                name="what_waits_has_its_words",
                condition=~Q(status__in=["WAITING", "CONFIRMED"]) | ~Q(text=""),
                violation_error_message="Chưa có nội dung đã đọc.",
            ),
        ]

    def __str__(self) -> str:
        told = self.proposal.get("document") or {}
        named = " ".join(filter(None, (told.get("type"), told.get("symbol"))))
        return named or self.origin or f"Văn bản chờ đọc {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("intakes:correct", args=[self.pk])

    @property
    def proposal(self) -> dict[str, Any]:
        """What stands now: the officer's corrections, else what was read; nothing before it was read."""
        told: dict[str, Any] = self.corrected or self.reading
        return told

    @property
    def word(self) -> str:
        """Where it stands; what is known already was read well enough to tell."""
        known = self.known_id or self.twin_id
        return "Đã có" if self.status == self.Status.STOPPED and known else self.get_status_display()

    @property
    def is_settled(self) -> bool:
        """In the register, or left out of it."""
        return self.status not in self.OPEN
