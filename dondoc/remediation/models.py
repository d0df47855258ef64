"""What must be put right: who, by when, with what proof."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dondoc.files.models import StoredFile
from dondoc.findings.models import Finding
from dondoc.remediation.querysets import TaskQuerySet
from dondoc.units.models import Unit


class Task(models.Model):
    """One notified finding to be put right by one unit."""

    class Status(models.TextChoices):
        OPEN = "OPEN", "Đang khắc phục"
        REPORTED = "REPORTED", "Chờ xác minh"
        RETURNED = "RETURNED", "Trả lại"
        FIXED = "FIXED", "Đã khắc phục"
        PARTLY = "PARTLY", "Khắc phục một phần"

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.OPEN)
    finding = models.OneToOneField(Finding, models.PROTECT, related_name="task", verbose_name="phát hiện")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks", verbose_name="đơn vị khắc phục")
    work = models.TextField("việc phải làm")
    owner = models.CharField("người thực hiện", max_length=200)
    proof_expected = models.CharField("minh chứng cần có", max_length=300, blank=True)
    first_due_on = models.DateField("hạn ban đầu")
    due_on = models.DateField("hạn")
    extensions = models.PositiveSmallIntegerField("số lần gia hạn", default=0)
    extended_why = models.TextField("lý do gia hạn", blank=True)
    opened_at = models.DateTimeField("giao lúc")
    reported_at = models.DateTimeField("báo cáo lúc", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người báo cáo",
    )
    closed_at = models.DateTimeField("xác minh xong lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xác minh",
    )
    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "việc khắc phục"
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="deadline_moves_only_forward",
                condition=Q(due_on__gte=F("first_due_on")),
                violation_error_message="Hạn mới không được sớm hơn hạn ban đầu.",
            ),
            models.CheckConstraint(
                name="reporting_has_a_person",
                condition=Q(reported_at__isnull=True, reported_by__isnull=True)
                | Q(reported_at__isnull=False, reported_by__isnull=False),
            ),
            models.CheckConstraint(
                name="closing_has_a_person",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"KN-{self.pk:03d}" if self.pk else "KN"

    @property
    def extended(self) -> bool:
        return self.due_on != self.first_due_on


class Proof(models.Model):
    """What one side brings about a task: the unit to show it is done, the verifier to show what was seen."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="proofs", verbose_name="việc khắc phục")
    text = models.TextField("diễn giải", blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    by_unit = models.BooleanField("của đơn vị")
    brought_at = models.DateTimeField("đưa vào lúc")
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đưa vào"
    )

    class Meta:
        verbose_name = "minh chứng"
        ordering = ("task_id", "pk")

    def __str__(self) -> str:
        return self.text[:80]
