"""What kept a unit out of a proposal and what a team carries, in words. Pure."""

from collections import Counter
from collections.abc import Iterator

from dondoc.programmes import placing as p
from dondoc.programmes.placing import Placing
from dondoc.programmes.schedule import Crew, Half, Left, Share, U

BUSY, ABSENT, LIFE = "busy", "absent", "life"
_COUNTED = {
    LIFE: "{} buổi đơn vị không tồn tại",
    BUSY: "{} buổi đã bận",
    ABSENT: "{} buổi vắng",
    p.TAKEN: "{} buổi đã xếp đơn vị khác",
    p.SHARED: "{} buổi có người đi cùng đoàn khác",
    p.DAY: "{} buổi đã đủ số đơn vị trong ngày",
    p.WEEK: "{} buổi đã đủ số đơn vị trong tuần",
    p.GAP: "{} buổi chưa đủ ngày nghỉ giữa hai lần đi",
    p.DISTRICT: "{} buổi đoàn ở huyện khác",
}
_KEPT_OUT = {
    LIFE: "Đơn vị không tồn tại trong những ngày các đoàn còn trống.",
    BUSY: "Các đoàn được phép đến đều đã bận trong những ngày đã chọn. Kéo dài thời gian hoặc thêm đoàn.",
    ABSENT: "Các đoàn được phép đến đều vắng người vào các buổi đã chọn. Kéo dài thời gian hoặc thêm đoàn.",
    p.TAKEN: "Đã hết buổi trống. Kéo dài thời gian, thêm buổi hoặc thêm đoàn.",
    p.SHARED: "Đã hết buổi trống vì các đoàn có chung người. Kéo dài thời gian, thêm buổi hoặc đổi người.",
    p.DAY: "Vướng giới hạn số đơn vị một ngày. Nới giới hạn, kéo dài thời gian hoặc thêm đoàn.",
    p.WEEK: "Vướng giới hạn số đơn vị một tuần. Nới giới hạn, kéo dài thời gian hoặc thêm đoàn.",
    p.GAP: "Vướng số ngày nghỉ giữa hai lần đi. Bớt ngày nghỉ, kéo dài thời gian hoặc thêm đoàn.",
    p.DISTRICT: "Vướng quy tắc mỗi ngày một huyện. Bỏ quy tắc, kéo dài thời gian hoặc thêm đoàn.",
}


def left(placing: Placing[U], unit: U) -> Left[U]:
    """The rule that kept this unit out, and what each team met, teams with the same words together."""
    task = placing.task
    if not task.crews:
        return Left(unit, "Chưa có đoàn nào.")
    if not task.halves:
        return Left(unit, "Không có ngày làm việc nào trong khoảng đã chọn.")
    allowed = [crew for crew in task.crews if task.may(unit, crew)]
    if not allowed:
        return Left(unit, "Đoàn nào cũng có người không được đến đơn vị này (từng công tác trong 24 tháng).")
    met = {crew.key: Counter(_first(placing, unit, crew, half) for half in task.halves) for crew in allowed}
    whole: Counter[str] = sum(met.values(), Counter())
    rule = max(whole, key=lambda rule: (whole[rule], rule))
    said: dict[str, list[str]] = {}
    for crew in task.crews:
        words = _words(met[crew.key]) if crew.key in met else "có người từng công tác tại đơn vị"
        said.setdefault(words, []).append(name_of(crew))
    details = tuple(f"{', '.join(names)}: {words}." for words, names in said.items())
    return Left(unit, _KEPT_OUT[rule], details)


def shares(placing: Placing[U]) -> Iterator[Share]:
    """Per team what it had, what it is given, and what held it back."""
    task = placing.task
    added = Counter(crew.key for crew, _ in placing.at.values())
    most = max(placing.load.values(), default=0)
    for crew in task.crews:
        held = []
        away = sum(half in crew.busy or half in crew.absent for half in task.halves)
        barred = sum(not task.may(unit, crew) for unit in task.units)
        if away:
            held.append(f"bận hoặc vắng {away} trên {len(task.halves)} buổi")
        if barred:
            held.append(f"không được đến {barred} đơn vị")
        if placing.load[crew.key] < most - 1 and not held:
            held.append("chung người với đoàn khác hoặc đã chạm giới hạn")
        if task.load.get(crew.key, 0) and placing.load[crew.key] == most:
            held.append("phần lớn đã xếp từ trước" if added[crew.key] < placing.load[crew.key] / 2 else "")
        yield Share(crew.key, task.load.get(crew.key, 0), added[crew.key], "; ".join(filter(None, held)))


def name_of(crew: Crew) -> str:
    return crew.name or f"Đoàn {crew.key}"


def _first(placing: Placing[U], unit: U, crew: Crew, half: Half) -> str:
    """The first rule against this half day. A place nobody takes is open only by moving two units or more."""
    if not placing.task.lives(unit, half[0]):
        return LIFE
    if half in crew.busy:
        return BUSY
    if half in crew.absent:
        return ABSENT
    return next((rule for rule, _ in placing.obstacles(unit, crew, half)), p.TAKEN)


def _words(met: Counter[str]) -> str:
    return ", ".join(_COUNTED[rule].format(count) for rule, count in met.most_common())
