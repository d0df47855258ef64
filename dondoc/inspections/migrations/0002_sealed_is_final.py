"""What minutes have sealed is never changed or removed: the minutes, the answers, their history, their proof."""

from django.db import migrations

from dondoc.audit.freezing import Freeze

_SEALED = (
    "EXISTS (SELECT 1 FROM inspections_minutes m WHERE m.inspection_id = {inspection} AND m.sealed <> '')"
)
_OF_ANSWER = "(SELECT a.inspection_id FROM inspections_answer a WHERE a.id = OLD.answer_id)"


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_begin")]
    operations = [
        Freeze("inspections_minutes", when="OLD.sealed <> ''"),
        Freeze("inspections_answer", when=_SEALED.format(inspection="OLD.inspection_id")),
        Freeze("inspections_answerchange"),
        Freeze("inspections_evidence", when=_SEALED.format(inspection=_OF_ANSWER)),
    ]
