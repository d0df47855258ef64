"""The register: papers that order the work, and how they refer to one another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dondoc.directives.identity import Day, Identity
from dondoc.directives.matching import Certainty
from dondoc.directives.querysets import CitationQuerySet, DirectiveQuerySet
from dondoc.files.models import StoredFile
from dondoc.units.models import Unit


class Directive(models.Model):
    """One paper known to the register, with or without its text ("chưa có bản")."""

    class Precision(models.TextChoices):
        DAY = "DAY", "ngày"
        MONTH = "MONTH", "tháng"
        YEAR = "YEAR", "năm"
        NONE = "NONE", "chưa rõ"

    type = models.CharField("loại văn bản", max_length=60)
    number = models.CharField("số", max_length=20, blank=True)
    symbol = models.CharField("số và ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    precision = models.CharField(
        "độ chính xác của ngày", max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    issuer_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị ban hành"
    )
    subject = models.TextField("trích yếu", blank=True)
    text = models.TextField("toàn văn", blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    registered_at = models.DateTimeField("vào sổ lúc")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người vào sổ"
    )
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    version = models.PositiveIntegerField("lần lưu", default=1)
    folded = models.TextField(editable=False)
    spoken = models.TextField(editable=False, default="")
    symbol_key = models.CharField(max_length=80, editable=False, default="", db_index=True)
    cites = models.ManyToManyField("self", through="Citation", symmetrical=False, related_name="cited_by")
    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = (F("issued_on").desc(nulls_last=True), "-pk")
        constraints = [
            models.UniqueConstraint(
                name="directive_is_registered_once",
                fields=["symbol", "issuer", "issued_on"],
                condition=~Q(symbol=""),
                violation_error_message="Văn bản này đã có trong sổ.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {'số ' + self.symbol if self.symbol else self.subject}".strip()

    def get_absolute_url(self) -> str:
        return reverse("directives:paper", args=[self.pk])

    @property
    def identity(self) -> Identity:
        """What tells this paper from another."""
        return Identity(
            self.type,
            self.symbol,
            self.number,
            Day(self.issued_on, self.precision),
            self.issuer,
            self.subject,
        )

    @property
    def dated(self) -> str:
        """The date as far as it is known: "11/09/2019", "9/2019", "2019", or "chưa rõ ngày"."""
        if self.issued_on is None:
            return "chưa rõ ngày"
        shapes = {"DAY": "%d/%m/%Y", "MONTH": "%m/%Y"}
        return self.issued_on.strftime(shapes.get(self.precision, "%Y"))

    @property
    def has_copy(self) -> bool:
        return bool(self.text or self.file_id)


class Inside(models.Model):
    """The words of a paper's text, kept apart: a list of papers never drags them along."""

    directive = models.OneToOneField(Directive, models.CASCADE, primary_key=True, related_name="inside")
    words = models.TextField(editable=False)

    class Meta:
        verbose_name = "chữ trong văn bản"

    def __str__(self) -> str:
        return str(self.directive)


class Former(models.Model):
    """The key of an entry that turned out to be another one; its old address leads there."""

    key = models.PositiveBigIntegerField("mã cũ", primary_key=True)
    directive = models.ForeignKey(
        Directive, models.CASCADE, related_name="formers", verbose_name="nay là văn bản"
    )

    class Meta:
        verbose_name = "mục đã gộp"

    def __str__(self) -> str:
        return f"{self.key} → {self.directive}"


class Citation(models.Model):
    """One paper refers to another, and as what."""

    class Relation(models.TextChoices):
        BASIS = "BASIS", "căn cứ"
        CARRIES_OUT = "CARRIES_OUT", "thực hiện"
        ACCORDING_TO = "ACCORDING_TO", "theo"
        PROPOSED_BY = "PROPOSED_BY", "đề nghị"
        ATTACHED = "ATTACHED", "kèm theo"
        AMENDS = "AMENDS", "sửa đổi, bổ sung"
        AMENDED_BY = "AMENDED_BY", "được sửa đổi, bổ sung"
        REPLACES = "REPLACES", "thay thế"
        REPLACED_BY = "REPLACED_BY", "bị thay thế"
        REPEALED = "REPEALED", "bị bãi bỏ"
        REFERS = "REFERS", "dẫn chiếu"

    source = models.ForeignKey(
        Directive, models.CASCADE, related_name="citations", verbose_name="văn bản dẫn"
    )
    target = models.ForeignKey(
        Directive, models.PROTECT, related_name="mentions", verbose_name="văn bản được dẫn"
    )
    relation = models.CharField("quan hệ", max_length=12, choices=Relation.choices)
    certainty = models.CharField(
        "mức chắc chắn",
        max_length=8,
        choices=[(one.value, one.words) for one in Certainty],
        blank=True,
        default="",
    )
    reason = models.CharField("vì sao là văn bản này", max_length=200, blank=True, default="")
    start = models.PositiveIntegerField("từ ký tự", null=True, blank=True)
    end = models.PositiveIntegerField("đến ký tự", null=True, blank=True)
    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = "dẫn chiếu"
        ordering = ("source_id", "start", "pk")
        constraints = [
            models.UniqueConstraint(
                name="citation_stands_at_one_place", fields=["source", "target", "start"]
            ),
            models.CheckConstraint(name="no_paper_cites_itself", condition=~Q(source=F("target"))),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_relation_display()} {self.target}"

    @property
    def matched(self) -> str:
        """How surely the name in the text means the target, with the reason; empty for what nobody noted."""
        return f"{self.get_certainty_display()} ({self.reason})" if self.certainty else ""
