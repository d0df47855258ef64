"""Checklists: what is asked of every unit, in versions that are final once issued."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dondoc.criteria.querysets import CriteriaSetQuerySet
from dondoc.units.models import Unit


class Result(models.TextChoices):
    """The four results of an item (inspection.md §4.2)."""

    DONE = "DONE", "Đạt"
    LIMITED = "LIMITED", "Hạn chế"
    NOT_DONE = "NOT_DONE", "Chưa đạt"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Không phát sinh"


class CriteriaSet(models.Model):
    """One version of a checklist. Once issued it never changes; a change is a new version."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Nháp"
        ISSUED = "ISSUED", "Đã ban hành"

    code = models.CharField("mã bộ tiêu chí", max_length=60)
    version = models.PositiveSmallIntegerField("phiên bản", default=1)
    title = models.CharField("tên", max_length=200)
    source = models.TextField("nguồn")
    authority = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan lập"
    )
    """Whose set it is; sets from before this was asked have none and belong to every authority."""
    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    issued_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người ban hành",
    )
    objects = CriteriaSetQuerySet.as_manager()
    former_kinds = ("programmes.criteriaset",)

    class Meta:
        verbose_name = "bộ tiêu chí"
        ordering = ("code", "-version")
        constraints = [
            models.UniqueConstraint(name="criteria_version_exists_once", fields=["code", "version"]),
            models.CheckConstraint(
                name="issued_criteria_know_when_and_by_whom",
                condition=Q(issued_at__isnull=True, issued_by__isnull=True)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (phiên bản {self.version})"

    def get_absolute_url(self) -> str:
        return reverse("criteria:version", args=[self.code, self.version])


class Section(models.Model):
    """A heading of a set, in a tree of any depth. Read in order of ``position``, a tree comes depth first."""

    criteria = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="sections", verbose_name="bộ tiêu chí"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc mục"
    )
    code = models.CharField("mã mục", max_length=20)
    title = models.CharField("tên mục", max_length=160)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "mục của bộ tiêu chí"
        ordering = ("criteria_id", "position")
        constraints = [
            models.UniqueConstraint(name="section_code_stands_once_in_a_set", fields=["criteria", "code"]),
            models.UniqueConstraint(name="section_place_is_taken_once", fields=["criteria", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def key(self) -> str:
        """Names a section among the rows of a tree, where items stand too."""
        return f"m{self.pk}"


class Criterion(models.Model):
    """One item to be checked. Columns follow the checklist files in ``sources/``.

    ``field`` and ``field_name`` repeat the root section: lists group by field without walking the tree.
    """

    class Kind(models.TextChoices):
        YES_NO = "yes_no", "có/không"
        YES_PARTIAL_NO = "yes_partial_no", "có/một phần/không"
        COUNT = "count", "số đếm"
        PERCENT = "percent", "tỷ lệ"
        DATE = "date", "ngày"
        TEXT = "text", "mô tả"
        CHOICE = "choice", "chọn một phương án"
        TABLE = "table", "bảng kê"
        PHOTO = "photo", "ảnh chụp"
        SIGNATURE = "signature", "chữ ký"

    criteria = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="items", verbose_name="bộ tiêu chí"
    )
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="mục"
    )
    code = models.CharField("mã", max_length=20)
    position = models.PositiveSmallIntegerField("thứ tự")
    field = models.CharField("mã lĩnh vực", max_length=10)
    field_name = models.CharField("lĩnh vực", max_length=160)
    text = models.TextField("nội dung kiểm tra")
    kind = models.CharField("cách trả lời", max_length=16, choices=Kind.choices)
    hint = models.TextField("hướng dẫn", blank=True)
    options = models.JSONField("phương án hoặc cột", default=list, blank=True)
    """Of a choice its options, of a table its columns; shapes in ``values.py``."""
    applies_to = models.JSONField("loại đơn vị áp dụng", default=list, blank=True)
    """Kinds of unit (``Unit.Kind``) this is asked of; empty: every kind."""
    shown_if = models.JSONField("chỉ hỏi khi", null=True, blank=True)
    """What other answers must say for this to be asked; shapes in ``showing.py``."""
    evidence_required = models.BooleanField("bắt buộc tài liệu kiểm chứng", default=False)
    measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    numerator = models.CharField("tử số", max_length=200, blank=True)
    denominator = models.CharField("mẫu số", max_length=200, blank=True)
    comparison = models.CharField("so sánh", max_length=2, blank=True)
    done_from = models.DecimalField("ngưỡng đạt", max_digits=12, decimal_places=2, null=True, blank=True)
    limited_from = models.DecimalField(
        "ngưỡng hạn chế", max_digits=12, decimal_places=2, null=True, blank=True
    )
    sample_size = models.PositiveSmallIntegerField("cỡ mẫu", null=True, blank=True)
    may_not_apply = models.BooleanField("có thể không phát sinh", default=False)
    evidence = models.TextField("tài liệu kiểm chứng", blank=True)
    done_when = models.TextField("đạt khi", blank=True)
    limited_when = models.TextField("hạn chế khi", blank=True)
    not_done_when = models.TextField("chưa đạt khi", blank=True)
    weight = models.PositiveSmallIntegerField("trọng số", default=1)
    is_key = models.BooleanField("tiêu chí then chốt", default=False)
    unannounced = models.BooleanField("dùng khi kiểm tra đột xuất", default=False)
    answered_by = models.CharField("người trả lời", max_length=160, blank=True)
    checked_by = models.CharField("người kiểm tra", max_length=160, blank=True)
    legal_basis = models.TextField("căn cứ pháp lý", blank=True)
    threshold_source = models.CharField("nguồn của ngưỡng", max_length=200, blank=True)

    class Meta:
        verbose_name = "tiêu chí"
        ordering = ("criteria_id", "position")
        constraints = [
            models.UniqueConstraint(name="criterion_code_stands_once_in_a_set", fields=["criteria", "code"]),
            models.UniqueConstraint(name="criterion_place_is_taken_once", fields=["criteria", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def key(self) -> str:
        return f"t{self.pk}"
