from django.db import migrations, models

from binhyen.audit import guards


def put_up(apps, editor):
    guards.take_down(editor.connection)
    rows = apps.get_model("audit", "AuditRow").objects
    heads = apps.get_model("audit", "AuditHead").objects
    for unit_key in rows.order_by().values_list("unit_key", flat=True).distinct():
        last = rows.filter(unit_key=unit_key).order_by("-sequence").first()
        heads.update_or_create(unit_key=unit_key, defaults={"sequence": last.sequence, "row_hash": last.row_hash})
    guards.put_up(editor.connection)


def take_down(apps, editor):
    guards.take_down(editor.connection)


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("unit_key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField()),
                ("row_hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AuditSegment",
            fields=[
                ("unit_key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("last_sequence", models.BigIntegerField()),
                ("last_hash", models.CharField(max_length=64)),
                ("aged_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("heads", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("is_sound", models.BooleanField()),
            ],
        ),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(fields=["unit_key", "actor_key", "-at"], name="audit_by_actor"),
        ),
        migrations.RunPython(put_up, take_down),
    ]
