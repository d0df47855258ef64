"""Every field of a set so far becomes one root section, in the order of the items."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def divide(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    section, criterion = apps.get_model("criteria", "Section"), apps.get_model("criteria", "Criterion")
    for criteria in apps.get_model("criteria", "CriteriaSet").objects.all():
        items = criterion.objects.filter(criteria=criteria).order_by("position")
        names: dict[str, str] = {}
        for field, name in items.values_list("field", "field_name"):
            names.setdefault(field, name)
        for place, (field, name) in enumerate(names.items(), 1):
            made = section.objects.create(criteria=criteria, code=field, title=name, position=place)
            items.filter(field=field).update(section=made)


def unite(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("criteria", "Criterion").objects.update(section=None)
    sections = apps.get_model("criteria", "Section").objects
    sections.update(parent=None)
    sections.all().delete()


class Migration(migrations.Migration):
    dependencies = [("criteria", "0002_sections")]
    operations = [migrations.RunPython(divide, unite)]
