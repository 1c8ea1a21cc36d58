"""Names of residents get their search form."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from binhyen.core.text import fold


def fold_known_names(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the new column for names fetched before."""
    contacts = apps.get_model("inbox", "Contact").objects.exclude(display_name="")
    for contact in contacts.only("pk", "display_name").iterator():
        contacts.filter(pk=contact.pk).update(folded_name=fold(contact.display_name)[:100])


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_tombstones")]
    operations = [
        migrations.AddField(
            model_name="contact", name="folded_name", field=models.CharField(default="", max_length=100)
        ),
        migrations.RunPython(fold_known_names, migrations.RunPython.noop),
    ]
