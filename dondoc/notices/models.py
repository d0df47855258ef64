"""Messages to people: in the house, and by mail after the change is safe."""

from django.conf import settings
from django.db import models

from dondoc.notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """One message to one person. Its mail carries a link, never the content of a record."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="người nhận"
    )
    subject = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung")
    url = models.CharField("liên kết", max_length=300)
    told_at = models.DateTimeField("gửi lúc")
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)
    mailed_at = models.DateTimeField("gửi thư lúc", null=True, blank=True)
    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        ordering = ("-told_at", "-pk")

    def __str__(self) -> str:
        return self.subject
