"""The records clerk's book: one sequence per issuer, register and year, without holes or repeats."""

from django.db import transaction

from dondoc.papers.models import NumberBook
from dondoc.units.models import Unit


def next_number(issuer: Unit, register: str, year: int) -> int:
    """Give the next number. Must run inside the transaction that keeps the paper, so a failure gives it back.

    Source: document-format.md §4 (one sequence per year and register of the issuing body).
    """
    with transaction.atomic():
        NumberBook.objects.get_or_create(issuer=issuer, register=register, year=year)
        book = NumberBook.objects.select_for_update().get(issuer=issuer, register=register, year=year)
        book.last += 1
        book.save(update_fields=["last"])
    return book.last
