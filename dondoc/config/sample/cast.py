"""The people of the sample: invented names, real kinds of posts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from dondoc.people.actions import appoint, invite
from dondoc.people.models import Role, User
from dondoc.people.views import SAMPLE_PREFIX
from dondoc.programmes.models import TeamMember
from dondoc.units.models import Unit

SINCE = date(2019, 1, 1)
_FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Ngọc", "Quang", "Thu", "Hữu", "Hồng", "Xuân", "Kim")
_GIVEN = (
    "An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hòa", "Hương", "Khánh", "Lan", "Linh", "Long",
    "Mai", "Nam", "Nga", "Oanh", "Phong", "Phúc", "Quyên", "Sơn", "Tâm", "Thảo", "Trang", "Tú", "Vân", "Yến",
)  # fmt: skip
FIELDS = (("TTHC", "HDH"), ("CDDH", "TC", "TCBM"), ("CBCC", "TCC", "CD"))
"""Fields of the checklist of 2019 shared out among three members of a team."""


@dataclass(frozen=True)
class TeamCast:
    """Who sits in one team."""

    head: User
    secretary: User
    members: tuple[User, ...]

    def seats(self) -> list[tuple[User, str, Sequence[str]]]:
        duty = TeamMember.Duty
        led = [(self.head, duty.HEAD.value, ()), (self.secretary, duty.SECRETARY.value, ())]
        own = [
            (person, duty.MEMBER.value, fields) for person, fields in zip(self.members, FIELDS, strict=True)
        ]
        return [*led, *own]

    def checker(self, field: str) -> User:
        """Who checks a field of the checklist; the secretary where nobody was given it."""
        pairs = zip(self.members, FIELDS, strict=True)
        return next((person for person, fields in pairs if field in fields), self.secretary)


@dataclass(frozen=True)
class Cast:
    """Everyone the story needs."""

    coordinator: User
    approver: User
    editor: User
    moderator: User
    teams: tuple[TeamCast, ...]
    leaders: dict[int, User]
    focal: dict[int, User]


def _names(random: Random) -> Iterator[str]:
    """Made-up names, none twice."""
    told: set[str] = set()
    while True:
        name = f"{random.choice(_FAMILY)} {random.choice(_MIDDLE)} {random.choice(_GIVEN)}"
        if name not in told:
            told.add(name)
            yield name


def make(
    district: Unit, units: Sequence[Unit], shown: Sequence[Unit], *, random: Random, at: datetime
) -> Cast:
    """Invite and appoint everybody; ``shown`` are units whose people can be entered with one press."""
    names = _names(random)

    def person(username: str, role: Role, title: str, unit: Unit = district) -> User:
        made = invite(username, next(names), by=None, at=at)
        appoint(made, role, at_unit=unit, title=title, since=SINCE, by=None, at=at)
        return made

    coordinator = person(f"{SAMPLE_PREFIX}tonghop", Role.COORDINATOR, "Chuyên viên tổng hợp, Phòng Nội vụ")
    approver = person(f"{SAMPLE_PREFIX}lanhdao", Role.APPROVER, "Phó Chủ tịch UBND huyện")
    teams = tuple(_team(number, person) for number in (1, 2, 3))
    for place, unit in enumerate(shown, 1):
        person(f"{SAMPLE_PREFIX}chutich{place}", Role.UNIT_LEADER, f"Chủ tịch UBND {unit}", unit)
        person(f"{SAMPLE_PREFIX}congchuc{place}", Role.FOCAL_OFFICER, f"Công chức đầu mối, {unit}", unit)
    for place, unit in enumerate((unit for unit in units if unit not in shown), 1):
        person(f"chutich{place}", Role.UNIT_LEADER, f"Chủ tịch UBND {unit}", unit)
        person(f"congchuc{place}", Role.FOCAL_OFFICER, f"Công chức đầu mối, {unit}", unit)
    editor = person(f"{SAMPLE_PREFIX}bientap", Role.EDITOR, "Biên tập viên cổng thông tin")
    moderator = person(f"{SAMPLE_PREFIX}kiemduyet", Role.MODERATOR, "Kiểm duyệt ý kiến bạn đọc")
    person(f"{SAMPLE_PREFIX}quantri", Role.ADMINISTRATOR, "Quản trị hệ thống")
    person(f"{SAMPLE_PREFIX}kiemtoan", Role.AUDITOR, "Giám sát an ninh, kiểm toán")
    person(f"{SAMPLE_PREFIX}dulieu", Role.DATA_OFFICER, "Phụ trách bảo vệ dữ liệu cá nhân")
    return Cast(
        coordinator=coordinator,
        approver=approver,
        editor=editor,
        moderator=moderator,
        teams=teams,
        leaders=_holders(Role.UNIT_LEADER),
        focal=_holders(Role.FOCAL_OFFICER),
    )


def _team(number: int, person: Callable[[str, Role, str], User]) -> TeamCast:
    prefix = SAMPLE_PREFIX if number == 1 else f"doan{number}."
    titles = ("Phòng Văn hóa - Thông tin", "Phòng Tư pháp", "Phòng Tài chính - Kế hoạch")
    return TeamCast(
        head=person(f"{prefix}truongdoan", Role.INSPECTOR, f"Trưởng đoàn {number}, Phòng Nội vụ"),
        secretary=person(f"{prefix}thuky", Role.INSPECTOR, f"Thư ký Đoàn {number}, Phòng Nội vụ"),
        members=tuple(
            person(f"{prefix}thanhvien{place}", Role.INSPECTOR, f"Thành viên Đoàn {number}, {title}")
            for place, title in enumerate(titles, 1)
        ),
    )


def _holders(role: Role) -> dict[int, User]:
    return {
        unit_id: person
        for person in User.objects.filter(posts__role=role)
        for unit_id in person.unit_ids(role)
    }
