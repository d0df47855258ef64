"""Papers that were brought in and read, and wait for an officer."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dondoc.directives.models import Directive
from dondoc.files.models import StoredFile
from dondoc.intakes.querysets import IntakeQuerySet


class Intake(models.Model):
    """A paper that was read and waits for an officer. Nothing of it is in the register until confirmed."""

    class Status(models.TextChoices):
        WAITING = "WAITING", "Chờ xác nhận"
        CONFIRMED = "CONFIRMED", "Đã vào sổ"
        DROPPED = "DROPPED", "Đã bỏ"

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.WAITING)
    text = models.TextField("toàn văn")
    digest = models.CharField("vân tay toàn văn", max_length=64, editable=False, default="", db_index=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    reading = models.JSONField("bản đọc được")
    corrected = models.JSONField("bản đã sửa", null=True, blank=True)
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
            )
        ]

    def __str__(self) -> str:
        told = (self.corrected or self.reading).get("document") or {}
        return " ".join(filter(None, (told.get("type"), told.get("symbol")))) or f"Văn bản chờ đọc {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("intakes:correct", args=[self.pk])

    @property
    def proposal(self) -> dict[str, Any]:
        """What stands now: the officer's corrections, else what was read."""
        told: dict[str, object] = self.corrected or self.reading
        return told
