"""What was drawn and asked on a visit is refused to change once its minutes are sealed."""

from django.db import migrations

from dondoc.audit.freezing import Freeze, Shut

_SEALED = "EXISTS (SELECT 1 FROM minutes_minutes m WHERE m.inspection_id = {inspection} AND m.sealed <> '')"
_OF_LIST = "(SELECT p.inspection_id FROM sampling_population p WHERE p.id = {row}.population_id)"
_OF_DRAW = (
    "(SELECT p.inspection_id FROM sampling_population p JOIN sampling_draw d ON d.population_id = p.id "
    "WHERE d.id = {row}.draw_id)"
)
_OF_FILE = (
    "(SELECT p.inspection_id FROM sampling_population p JOIN sampling_draw d ON d.population_id = p.id "
    "JOIN sampling_drawn f ON f.draw_id = d.id WHERE f.id = {row}.gone_id)"
)
_OF_FINDING = "(SELECT f.inspection_id FROM findings_finding f WHERE f.id = {row}.finding_id)"


def _sealed(inspection: str, row: str) -> str:
    return _SEALED.format(inspection=inspection.format(row=row))


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0003_both_sides_read_and_sign"),
        ("sampling", "0002_drawn_is_final"),
        ("findings", "0004_asked_is_final"),
    ]
    operations = [
        Freeze("sampling_population", when=_sealed("{row}.inspection_id", "OLD"), called="sealed"),
        Freeze("sampling_draw", when=_sealed(_OF_LIST, "OLD"), called="sealed"),
        Freeze("sampling_drawn", when=_sealed(_OF_DRAW, "OLD"), called="sealed"),
        Shut("sampling_population", when=_sealed("{row}.inspection_id", "NEW"), column="inspection_id"),
        Shut("sampling_draw", when=_sealed(_OF_LIST, "NEW"), column="population_id"),
        Shut("sampling_drawn", when=_sealed(_OF_DRAW, "NEW"), column="draw_id"),
        Shut("sampling_replacement", when=_sealed(_OF_FILE, "NEW"), column="gone_id"),
        Shut("findings_immediaterequest", when=_sealed(_OF_FINDING, "NEW"), column="finding_id"),
    ]
