"""Units for tests: the real ones."""

from dondoc.units.actions import load_thanh_oai
from dondoc.units.models import Unit


def thanh_oai() -> Unit:
    """The district with everything that became of it, loaded once per test."""
    return Unit.objects.filter(kind=Unit.Kind.DISTRICT, name="Thanh Oai").first() or load_thanh_oai()


def commune(name: str = "Bích Hòa") -> Unit:
    """One of the 21 units of 2019 by its name then."""
    return Unit.objects.get(parent=thanh_oai(), name=name)
