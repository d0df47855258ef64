"""Criteria of an issued set are never changed or removed, and an issued set stays issued."""

from django.db import migrations

from dondoc.audit.freezing import Freeze

_ISSUED = "(SELECT s.issued_at FROM programmes_criteriaset s WHERE s.id = OLD.criteria_id) IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_begin")]
    operations = [
        Freeze("programmes_criteriaset", when="OLD.issued_at IS NOT NULL"),
        Freeze("programmes_criterion", when=_ISSUED),
    ]
