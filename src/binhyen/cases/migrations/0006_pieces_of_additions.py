"""Files that are added with the code come in pieces too."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_guidance_not_needed'),
    ]

    operations = [
        migrations.AddField(
            model_name='filepiece',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='cases.case'),
        ),
        migrations.AddField(
            model_name='filepiece',
            name='kept_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='filepiece',
            name='draft',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='cases.reportdraft'),
        ),
        migrations.AddConstraint(
            model_name='filepiece',
            constraint=models.UniqueConstraint(fields=('case', 'upload', 'offset'), name='one_piece_of_an_addition'),
        ),
        migrations.AddConstraint(
            model_name='filepiece',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('draft', None)), models.Q(('case', None), ('draft__isnull', False)), _connector='OR'), name='piece_of_a_draft_or_a_case'),
        ),
        migrations.AddIndex(
            model_name='filepiece',
            index=models.Index(condition=models.Q(('draft', None)), fields=['kept_at'], name='piece_ageing'),
        ),
    ]
