import binhyen.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='NationalRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.CharField(max_length=60)),
                ('record', models.JSONField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['procedure', 'valid_from'], name='national_record_by_day')],
            },
        ),
        migrations.CreateModel(
            name='ProcedureVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('procedure', models.CharField(max_length=60)),
                ('number', models.IntegerField(null=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Waiting'), ('approved', 'Approved')], default='draft', max_length=10)),
                ('changes', models.JSONField(default=dict)),
                ('above', models.JSONField(default=dict)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('editors', models.JSONField(default=list)),
                ('drafted_at', models.DateTimeField()),
                ('edit_number', models.IntegerField(default=1)),
                ('return_reason', models.CharField(default='', max_length=500)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'state', 'procedure', 'valid_from'], name='version_in_force')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'approved'), _negated=True), fields=('unit', 'procedure'), name='one_open_version'), models.UniqueConstraint(fields=('unit', 'procedure', 'number'), name='one_version_number'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='approved_by_somebody_else'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('valid_from__isnull', False)), _connector='OR'), name='approved_versions_are_whole')],
            },
        ),
    ]
