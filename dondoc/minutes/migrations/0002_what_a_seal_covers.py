"""Everything a seal covers is refused to change: the visit, the self-report, findings as they were."""

from django.db import migrations

from dondoc.audit.freezing import Freeze, Shut

_SEALED = "EXISTS (SELECT 1 FROM minutes_minutes m WHERE m.inspection_id = {inspection} AND m.sealed <> '')"
_OF_ANSWER = "(SELECT a.inspection_id FROM inspections_answer a WHERE a.id = {row}.answer_id)"
_OF_REPORT = "(SELECT r.inspection_id FROM inspections_selfreport r WHERE r.id = {row}.selfreport_id)"
_FOLLOWED = ("status", "version", "put_right_on", "recommendation", "owner", "due_days", "proof_expected")


def _sealed(inspection: str, row: str) -> str:
    return _SEALED.format(inspection=inspection.format(row=row))


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0001_begin"),
        ("findings", "0002_issued_is_final"),
        ("inspections", "0006_minutes_left"),
    ]
    operations = [
        Freeze("inspections_inspection", when=_sealed("{row}.id", "OLD"), besides=("status",)),
        Freeze("inspections_selfreport", when=_sealed("{row}.inspection_id", "OLD")),
        Freeze("inspections_selfreport_returned_items", when=_sealed(_OF_REPORT, "OLD")),
        Freeze("inspections_contest", when=_sealed(_OF_ANSWER, "OLD")),
        Freeze(
            "findings_finding", when=_sealed("{row}.inspection_id", "OLD"), besides=_FOLLOWED, called="sealed"
        ),
        Shut("inspections_answer", when=_sealed("{row}.inspection_id", "NEW"), column="inspection_id"),
        Shut("inspections_answerchange", when=_sealed(_OF_ANSWER, "NEW"), column="answer_id"),
        Shut("inspections_evidence", when=_sealed(_OF_ANSWER, "NEW"), column="answer_id"),
        Shut("inspections_contest", when=_sealed(_OF_ANSWER, "NEW"), column="answer_id"),
        Shut("findings_finding", when=_sealed("{row}.inspection_id", "NEW"), column="inspection_id"),
        Shut(
            "inspections_selfreport_returned_items",
            when=_sealed(_OF_REPORT, "NEW"),
            column="selfreport_id",
        ),
    ]
