"""How surely a name in a text means the paper it leads to; earlier citations say nothing about it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0003_intakes_leave")]

    operations = [
        migrations.AddField(
            model_name="citation",
            name="certainty",
            field=models.CharField(
                "mức chắc chắn",
                max_length=8,
                blank=True,
                default="",
                choices=[
                    ("CHOSEN", "đã chọn"),
                    ("SURE", "chắc chắn"),
                    ("LIKELY", "rất có thể"),
                    ("UNSURE", "chưa chắc"),
                    ("SEVERAL", "có nhiều văn bản trùng số"),
                    ("UNKNOWN", "chưa có trong sổ"),
                ],
            ),
        ),
        migrations.AddField(
            model_name="citation",
            name="reason",
            field=models.CharField("vì sao là văn bản này", max_length=200, blank=True, default=""),
        ),
    ]
