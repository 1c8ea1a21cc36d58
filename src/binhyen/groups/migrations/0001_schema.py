import binhyen.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('channels', '0001_schema'),
        ('units', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('manual', 'Manual'), ('gmf', 'Gmf'), ('internal', 'Internal')], default='manual', max_length=10)),
                ('name', models.CharField(max_length=100)),
                ('link', models.CharField(default='', max_length=200)),
                ('admin_role', models.CharField(default='', max_length=120)),
                ('state', models.CharField(choices=[('active', 'Active'), ('disabled', 'Disabled'), ('ended', 'Ended')], default='active', max_length=10)),
                ('external_id', models.CharField(default='', max_length=60)),
                ('asset_id', models.CharField(default='', max_length=60)),
                ('most_members', models.IntegerField(null=True)),
                ('package_until', models.DateField(null=True)),
                ('disbands_on', models.DateField(null=True)),
                ('link_checked_on', models.DateField(null=True)),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='channels.account')),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='units.area')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'state', 'kind'], name='group_of_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('link', ''), _negated=True), models.Q(('state', 'ended'), _negated=True)), fields=('unit', 'link'), name='one_group_per_link'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('account', 'external_id'), name='one_gmf_group')],
            },
        ),
        migrations.CreateModel(
            name='GroupCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_count', models.IntegerField(null=True)),
                ('household_count', models.IntegerField(null=True)),
                ('counted_on', models.DateField()),
                ('source', models.CharField(choices=[('typed', 'Typed'), ('imported', 'Imported'), ('api', 'Api')], max_length=10)),
                ('created_at', models.DateTimeField()),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='groups.group')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['group', '-counted_on', '-id'], name='group_count_latest')],
            },
        ),
        migrations.CreateModel(
            name='JoinCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('procedure', models.CharField(default='', max_length=80)),
                ('batch', models.CharField(default='', max_length=40)),
                ('printed_on', models.DateField(null=True)),
                ('expires_on', models.DateField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='units.area')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='codes', to='groups.group')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'area'], name='join_code_of_area')],
            },
        ),
        migrations.CreateModel(
            name='ScanCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('count', models.IntegerField(default=0)),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='groups.joincode')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'day'), name='one_scan_count_a_day')],
            },
        ),
    ]
