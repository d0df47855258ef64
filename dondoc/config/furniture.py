"""What every page carries: navigation for this person, unread notices, the sample's mark."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from dondoc.foundation import clock
from dondoc.people.models import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the left navigation."""

    label: str
    url: str
    roles: tuple[Role, ...]


STAFF = (Role.COORDINATOR, Role.APPROVER, Role.INSPECTOR)
UNIT = (Role.FOCAL_OFFICER, Role.UNIT_LEADER)
NAVIGATION = (
    Entry("Hộp việc", "/lam-viec/viec-cua-toi/", tuple(Role)),
    Entry("Tổng quan", "/lanh-dao/tong-quan/", (Role.APPROVER,)),
    Entry("Cuộc kiểm tra của đoàn", "/thuc-dia/", (Role.INSPECTOR,)),
    Entry("Kế hoạch kiểm tra", "/lam-viec/chuong-trinh/", (*STAFF, *UNIT)),
    Entry("Văn bản chỉ đạo", "/lam-viec/van-ban/", (*STAFF, *UNIT, Role.EDITOR)),
    Entry("Kiến nghị, khắc phục", "/lam-viec/kien-nghi/", (*STAFF, *UNIT)),
    Entry("Báo cáo", "/lam-viec/bao-cao/", (Role.COORDINATOR, Role.APPROVER)),
    Entry("Văn bản đi", "/lam-viec/van-ban-di/", (Role.COORDINATOR,)),
    Entry("Đơn vị hành chính", "/lam-viec/don-vi/", (*STAFF, *UNIT)),
    Entry("Công bố", "/lam-viec/cong-bo/", (Role.EDITOR,)),
    Entry("Cổng thông tin", "/lam-viec/cong/", (Role.EDITOR,)),
    Entry("Ý kiến bạn đọc", "/lam-viec/y-kien/", (Role.MODERATOR,)),
    Entry("Người dùng", "/quan-tri/nguoi-dung/", (Role.ADMINISTRATOR,)),
    Entry("Nhật ký", "/quan-tri/nhat-ky/", (Role.AUDITOR,)),
    Entry("Dữ liệu cá nhân", "/quan-tri/du-lieu-ca-nhan/", (Role.DATA_OFFICER,)),
)


def furniture(request: HttpRequest) -> dict[str, object]:
    """Context for every template; costs no query on public pages."""
    user = getattr(request, "user", None)
    told: dict[str, object] = {
        "organisation": settings.ORGANISATION,
        "sample": clock.is_sample(),
        "sample_now": clock.now() if clock.is_sample() else None,
    }
    if user is not None and user.is_authenticated:
        told["unread"] = user.notices.unread().count()
        told["role"] = "; ".join(dict.fromkeys(post.title for post in user.held))
        told["nav"] = [entry for entry in NAVIGATION if user.has(*entry.roles)]
    return told
