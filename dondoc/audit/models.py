"""The record: one line per step, each carrying the digest of the line before. Never changed."""

import hashlib
import json
from datetime import UTC

from django.conf import settings
from django.db import models

from dondoc.audit.querysets import EventQuerySet

GENESIS = "0" * 64


class Event(models.Model):
    """One thing that happened to one object. ``digest`` covers every other field and the digest before."""

    number = models.PositiveBigIntegerField("số thứ tự", unique=True)
    at = models.DateTimeField("lúc")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người làm",
    )
    actor_name = models.CharField("tên người làm", max_length=200)
    action = models.CharField("việc", max_length=80)
    label = models.CharField("tên việc", max_length=200)
    object_kind = models.CharField("loại hồ sơ", max_length=80)
    object_id = models.CharField("mã hồ sơ", max_length=40)
    object_name = models.CharField("tên hồ sơ", max_length=300)
    status_from = models.CharField("từ", max_length=60, blank=True)
    status_to = models.CharField("đến", max_length=60, blank=True)
    note = models.TextField("lý do", blank=True)
    facts = models.JSONField("số liệu kèm theo", default=dict, blank=True)
    before = models.CharField("vân tay dòng trước", max_length=64)
    digest = models.CharField("vân tay", max_length=64, unique=True)
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng nhật ký"
        ordering = ("number",)
        indexes = [models.Index(fields=["object_kind", "object_id"], name="event_object")]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.object_name}"

    def computed_digest(self) -> str:
        """SHA-256 over the canonical JSON of this line and the digest before it."""
        told = {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor_id,
            "actor_name": self.actor_name,
            "action": self.action,
            "label": self.label,
            "object_kind": self.object_kind,
            "object_id": self.object_id,
            "object_name": self.object_name,
            "from": self.status_from,
            "to": self.status_to,
            "note": self.note,
            "facts": self.facts,
            "before": self.before,
        }
        return hashlib.sha256(canonical(told)).hexdigest()


class Tail(models.Model):
    """Where the record ends. One row: without it, lines cut off at the end would leave a whole chain."""

    number = models.PositiveBigIntegerField("số thứ tự dòng cuối")
    digest = models.CharField("vân tay dòng cuối", max_length=64)

    class Meta:
        verbose_name = "cuối nhật ký"

    def __str__(self) -> str:
        return str(self.number)


def canonical(told: object) -> bytes:
    """One way to write a value as JSON: sorted keys, no blanks, UTF-8."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
