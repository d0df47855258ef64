"""Invented answers: plausible, varied, reproducible. They say nothing about the places named."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from dondoc.criteria.models import Criterion
from dondoc.inspections.models import Result
from dondoc.inspections.values import Value, result_of

_TEXTS = (
    "Xã đã phân công công chức theo dõi, báo cáo lãnh đạo hằng tháng.",
    "Có sổ theo dõi, cập nhật đến cuối quý III.",
    "Thực hiện theo hướng dẫn của huyện, chưa phát sinh vướng mắc lớn.",
    "Máy tính ở bộ phận một cửa đã cũ, phần mềm có lúc chậm.",
    "Đề nghị huyện tập huấn thêm cho công chức mới nhận việc.",
)


def invent(item: Criterion, quality: float, random: Random) -> tuple[Value, Result | None]:
    """A value of the criterion's kind, and the person's judgement where no value tells the result.

    ``quality`` from 0 to 1 is how well this unit does.
    """
    if item.may_not_apply and random.random() < 0.06:
        return {"na": True}, None
    grade = _grade(quality, random)
    match item.kind:
        case Criterion.Kind.YES_NO:
            return {"choice": "YES" if grade != Result.NOT_DONE else "NO"}, None
        case Criterion.Kind.YES_PARTIAL_NO:
            return {"choice": {"DONE": "YES", "LIMITED": "PARTLY", "NOT_DONE": "NO"}[grade.value]}, None
        case Criterion.Kind.COUNT:
            return {"count": _count(item, grade, random)}, None if item.done_from is not None else grade
        case Criterion.Kind.PERCENT:
            return _share(item, grade, random), None if item.done_from is not None else grade
        case Criterion.Kind.DATE:
            if grade == Result.NOT_DONE:
                return {"choice": "NO"}, None
            late = 20 if grade == Result.DONE else 80
            return {"date": (date(2019, 1, 7) + timedelta(days=random.randrange(late))).isoformat()}, grade
    return {"text": random.choice(_TEXTS)}, grade


def differ(item: Criterion, declared: Value, random: Random) -> tuple[Value, Result | None]:
    """What a team finds where the unit was too kind to itself."""
    return invent(item, quality=0.25, random=random) if not declared.get("na") else invent(item, 0.6, random)


def _grade(quality: float, random: Random) -> Result:
    drawn = random.random()
    if drawn < quality:
        return Result.DONE
    return Result.LIMITED if drawn < quality + (1 - quality) * 0.6 else Result.NOT_DONE


def _count(item: Criterion, grade: Result, random: Random) -> int:
    done = int(item.done_from or 0)
    limited = int(item.limited_from if item.limited_from is not None else done)
    if item.comparison == "<=":
        if grade == Result.DONE:
            return random.randint(0, done)
        return random.randint(done + 1, max(limited, done + 1)) + (3 if grade == Result.NOT_DONE else 0)
    if grade == Result.DONE:
        return done + random.randint(0, 4)
    return max(0, limited + (0 if grade == Result.LIMITED else -1))


def _share(item: Criterion, grade: Result, random: Random) -> Value:
    whole = random.choice((8, 12, 20, 24, 36, 60, 120, 480, 1204, 1830, 2416))
    done = item.done_from or Decimal(90)
    limited = item.limited_from if item.limited_from is not None else done - 15
    if item.comparison == "<=":
        low, high = (Decimal(0), done) if grade == Result.DONE else (done, done + 20)
    else:
        bounds = {
            "DONE": (done, Decimal(100)),
            "LIMITED": (limited, done),
            "NOT_DONE": (limited - 25, limited),
        }
        low, high = bounds[grade.value]
    share = float(low) + random.random() * float(high - low)
    part = round(whole * max(0.0, min(100.0, share)) / 100)
    if grade == Result.DONE and item.comparison != "<=":
        part = max(part, -(-whole * int(done * 100) // 10_000))
    return {"numerator": min(part, whole), "denominator": whole}


def judged(item: Criterion, value: Value) -> bool:
    """Whether a person, not the value, names the result."""
    return result_of(item, value) is None
