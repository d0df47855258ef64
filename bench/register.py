"""Finding one paper among 5,000 of 10 kB each, in their names and in their full texts, beside a bare scan."""

import random
from datetime import date, timedelta
from functools import partial

from bench.measuring import a_home, seconds, tell

PAPERS, TEXT = 5000, 10_000
WORDS = [
    *(
        "kiểm",
        "tra",
        "công",
        "tác",
        "cải",
        "cách",
        "hành",
        "chính",
        "xã",
        "thị",
        "trấn",
        "huyện",
        "thủ",
        "tục",
    ),
    *("giải", "quyết", "hồ", "sơ", "đúng", "hạn", "niêm", "yết", "một", "cửa", "cán", "bộ", "công", "chức"),
    *("kỷ", "luật", "kỷ", "cương", "thực", "hiện", "nhiệm", "vụ", "báo", "cáo", "kết", "quả", "khắc", "phục"),
]
ASKED = (
    "292 kh ubnd",
    "kh292",
    "71 2019",
    "15/2/2019",
    "kiem tra niem yet",
    "Thanh Oai kỷ cương",
    "khong co dau",
)
MOST = 0.150


def fill() -> None:
    """Papers of ten years, twenty issuers and three types, drawn from one seed."""
    from django.utils import timezone

    from dondoc.directives import searching
    from dondoc.directives.identity import Day, Identity, number_of, spoken_of, symbol_key
    from dondoc.directives.models import Directive, Inside
    from dondoc.people.models import User

    dice = random.Random(1)
    by = User.objects.create(username="bench")
    rows, texts = [], []
    for number in range(PAPERS):
        kind, short = dice.choice([("Kế hoạch", "KH"), ("Quyết định", "QĐ"), ("Báo cáo", "BC")])
        symbol = f"{number % 900 + 1}/{short}-UBND"
        on = date(2015, 1, 1) + timedelta(days=dice.randrange(3650))
        issuer = f"UBND huyện {dice.choice(['Thanh Oai', 'Phú Xuyên', 'Ứng Hòa', 'Mỹ Đức'])} {number // 900}"
        told = Identity(
            kind, symbol, number_of(symbol), Day(on, "DAY"), issuer, " ".join(dice.choices(WORDS, k=12))
        )
        text = " ".join(dice.choices(WORDS, k=TEXT // 5))[:TEXT]
        row = Directive(type=kind, symbol=symbol, number=told.number, issued_on=on, issuer=issuer, text=text)
        row.subject, row.symbol_key = told.subject, symbol_key(symbol)
        row.spoken, row.folded = spoken_of(told), searching.folded_of(told)
        row.registered_at, row.registered_by = timezone.now(), by
        rows.append(row)
    Directive.objects.bulk_create(rows, batch_size=500)
    texts = [Inside(directive=row, words=searching.words_of(row.text)) for row in rows]
    Inside.objects.bulk_create(texts, batch_size=500)


def main() -> None:
    """One page of 50 for each question, with the count the page shows."""
    with a_home():
        import django

        django.setup()
        from dondoc.config.running import migrate
        from dondoc.directives.models import Directive

        migrate()
        fill()

        def page(typed: str, *, inside: bool) -> None:
            found = Directive.objects.listed().found_by(typed, inside=inside)
            found.count()
            list(found[:50])

        bare = seconds(lambda: Directive.objects.filter(folded__contains="zzz").count())
        for typed in ASKED:
            name = seconds(partial(page, typed, inside=False))
            inside = seconds(partial(page, typed, inside=True), runs=2)
            beside = f"bare scan {bare * 1000:.0f} ms   full texts {inside * 1000:.0f} ms"
            tell(typed, f"{name * 1000:.0f} ms", beside=beside, within=name <= MOST, bar="150 ms")


if __name__ == "__main__":
    main()
