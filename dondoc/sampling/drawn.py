"""What rooms above tell of the draws of a visit: the minutes, and the paper both sides sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.inspections.models import Inspection
from dondoc.sampling.actions import plan_of, rows_of
from dondoc.sampling.drawing import Share, shares
from dondoc.sampling.models import Draw, Drawn

RULES = {
    Draw.Rule.SIMPLE: "ngẫu nhiên đơn giản, không lặp lại",
    Draw.Rule.SYSTEMATIC: "hệ thống",
    Draw.Rule.STRATIFIED: "phân nhóm theo tỷ lệ",
}


@dataclass(frozen=True)
class Sample:
    """One draw with all its files in order; a replaced file is followed by the one in its place."""

    draw: Draw
    files: Sequence[Drawn]

    @property
    def standing(self) -> list[Drawn]:
        return [file for file in self.files if not replaced(file)]

    @property
    def checked(self) -> int:
        return sum(bool(file.result) for file in self.standing)

    @property
    def faulty(self) -> int:
        return sum(file.result == Drawn.Result.FAULTY for file in self.standing)

    @property
    def words(self) -> str:
        """How the files were drawn, for a paper."""
        draw, population = self.draw, self.draw.population
        return (
            f"{population}: {population.count} hồ sơ, rút {len(self.standing)} hồ sơ, "
            f"cách {rule_words(draw)}. "
            f"Vân tay danh sách {population.digest}; số của Đoàn {draw.team_number}, số của đơn vị "
            f"{draw.unit_number} ({draw.told_by} cho); cách rút {draw.algorithm}, hạt giống {draw.seed}."
        )


def rule_words(draw: Draw) -> str:
    words = RULES[Draw.Rule(draw.rule)]
    if draw.rule == Draw.Rule.SYSTEMATIC:
        return f"{words}, cứ {draw.every} hồ sơ lấy một"
    return f"{words} (cột {draw.stratified_by})" if draw.stratified_by else words


def replaced(file: Drawn) -> bool:
    """Without a query where the replacement came with the file."""
    return getattr(file, "replacement", None) is not None


def drawn_of(inspection: Inspection) -> list[Sample]:
    """Every draw of a visit with its files, replacements and who replaced them: two queries."""
    draws = Draw.objects.filter(population__inspection=inspection, status=Draw.Status.DRAWN)
    found = list(draws.select_related("population__criterion", "drawn_by").defer("population__rows"))
    files: dict[int, list[Drawn]] = {draw.pk: [] for draw in found}
    for file in Drawn.objects.filter(draw__in=found).select_related(
        "replacement__instead", "replacement__by", "checked_by"
    ):
        files[file.draw_id].append(file)
    return [Sample(draw, files[draw.pk]) for draw in found]


def shares_of(draw: Draw) -> list[Share]:
    """How many files of which part of the list are drawn."""
    return shares(rows_of(draw.population), plan_of(draw))
