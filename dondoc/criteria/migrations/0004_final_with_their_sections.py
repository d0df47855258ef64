"""What is issued is final again: the set, its sections, its items with all their columns."""

from django.db import migrations

from dondoc.audit.freezing import Freeze, Shut

_ISSUED = "(SELECT s.issued_at FROM criteria_criteriaset s WHERE s.id = {row}.criteria_id) IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("criteria", "0003_a_section_for_each_field")]
    operations = [
        Freeze("criteria_criteriaset", when="OLD.issued_at IS NOT NULL"),
        Freeze("criteria_section", when=_ISSUED.format(row="OLD")),
        Shut("criteria_section", when=_ISSUED.format(row="NEW"), column="criteria_id"),
        Freeze("criteria_criterion", when=_ISSUED.format(row="OLD")),
        Shut("criteria_criterion", when=_ISSUED.format(row="NEW"), column="criteria_id"),
    ]
