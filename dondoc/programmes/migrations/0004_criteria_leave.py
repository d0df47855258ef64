"""Criteria sets get a room of their own: their tables take its name, with the triggers off meanwhile."""

from django.db import migrations

from dondoc.audit.freezing import Freeze, Lift, Shut

_ISSUED = "(SELECT s.issued_at FROM programmes_criteriaset s WHERE s.id = {row}.criteria_id) IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_issued_criteria_take_no_more")]
    operations = [
        Lift(Freeze("programmes_criteriaset", when="OLD.issued_at IS NOT NULL")),
        Lift(Freeze("programmes_criterion", when=_ISSUED.format(row="OLD"))),
        Lift(Shut("programmes_criterion", when=_ISSUED.format(row="NEW"), column="criteria_id")),
        migrations.AlterModelTable("criteriaset", "criteria_criteriaset"),
        migrations.AlterModelTable("criterion", "criteria_criterion"),
    ]
