"""Papers we issue: numbered once, kept as bytes, never changed. A correction is a new paper."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.files.models import StoredFile
from dondoc.papers.querysets import PaperQuerySet
from dondoc.units.models import Unit


class NumberBook(models.Model):
    """The records clerk's book: the last number given by one issuer, for one type, in one year."""

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cơ quan ban hành")
    register = models.CharField("sổ", max_length=20)
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số đã cấp", default=0)

    class Meta:
        verbose_name = "sổ văn bản đi"
        constraints = [
            models.UniqueConstraint(
                name="one_book_per_register_and_year", fields=["issuer", "register", "year"]
            )
        ]

    def __str__(self) -> str:
        return f"Sổ {self.register} năm {self.year}"


class Paper(models.Model):
    """One issued paper: its number, its signer and its sealed bytes."""

    type = models.CharField("loại văn bản", max_length=60)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="papers", verbose_name="cơ quan ban hành")
    year = models.PositiveSmallIntegerField("năm")
    register = models.CharField("sổ", max_length=20)
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("số và ký hiệu", max_length=60)
    subject = models.CharField("trích yếu", max_length=400)
    issued_on = models.DateField("ngày ban hành")
    signer = models.CharField("người ký", max_length=160)
    signer_title = models.CharField("chức vụ người ký", max_length=160)
    content = models.JSONField("nội dung đã chốt")
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="bản Word")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="bản PDF")
    sealed = models.CharField("vân tay nội dung", max_length=64)
    issued_at = models.DateTimeField("ban hành lúc")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ban hành"
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="thay thế văn bản",
    )
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    folded = models.TextField(editable=False, default="")
    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản đi"
        ordering = ("-issued_on", "-number")
        constraints = [
            models.UniqueConstraint(
                name="number_is_given_once",
                fields=["issuer", "register", "year", "number"],
                violation_error_message="Số này đã cấp cho văn bản khác.",
            ),
            models.CheckConstraint(name="numbers_start_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.type} số {self.symbol}"
