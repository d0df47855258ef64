"""The cellar: bytes kept under their own digest, once, whoever brings them."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models


class StoredFile(models.Model):
    """One brought file. Two rows may share bytes: the digest names them, the row says who brought them."""

    sha256 = models.CharField(
        "vân tay", max_length=64, db_index=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    size = models.PositiveBigIntegerField("số byte")
    kind = models.CharField("loại", max_length=10)
    name = models.CharField("tên tệp", max_length=200)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người đưa vào",
    )
    brought_at = models.DateTimeField("đưa vào lúc")

    class Meta:
        verbose_name = "tệp"

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """The eight characters people compare."""
        return self.sha256[:8]

    @property
    def path(self) -> str:
        """Where the bytes lie in the store: two letters as a folder, then the digest."""
        return f"{self.sha256[:2]}/{self.sha256}"
