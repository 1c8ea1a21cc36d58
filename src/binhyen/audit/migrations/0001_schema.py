from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditAnchor',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('heads', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('is_sound', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('unit_key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('sequence', models.BigIntegerField()),
                ('row_hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='AuditSegment',
            fields=[
                ('unit_key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('last_sequence', models.BigIntegerField()),
                ('last_hash', models.CharField(max_length=64)),
                ('aged_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='ErasureMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_key', models.BigIntegerField()),
                ('sequence', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('actor_key', models.BigIntegerField(null=True)),
                ('action', models.CharField(max_length=60)),
                ('subject', models.CharField(default='', max_length=80)),
                ('facts', models.JSONField(default=dict)),
                ('previous_hash', models.CharField(max_length=64)),
                ('row_hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['unit_key', '-at'], name='audit_by_time'), models.Index(fields=['unit_key', 'actor_key', '-at'], name='audit_by_actor'), models.Index(fields=['subject', '-sequence'], name='audit_by_subject')],
                'constraints': [models.UniqueConstraint(fields=('unit_key', 'sequence'), name='one_audit_sequence')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_key', models.BigIntegerField()),
                ('subject', models.CharField(max_length=80)),
                ('ground', models.CharField(default='', max_length=20)),
                ('reason', models.TextField()),
                ('placed_by_key', models.BigIntegerField()),
                ('placed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('unit_key', 'subject'), name='one_hold_per_subject')],
            },
        ),
    ]
