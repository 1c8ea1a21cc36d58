
from django.db import migrations

from binhyen.audit import guards


def put_up(apps, editor):
    guards.put_up(editor.connection)


def take_down(apps, editor):
    guards.take_down(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_schema")]
    operations = [migrations.RunPython(put_up, take_down)]
