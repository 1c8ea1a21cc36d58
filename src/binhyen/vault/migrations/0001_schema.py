import binhyen.core.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='FloodWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('ends_at', models.DateTimeField(db_index=True)),
                ('taken', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='CustodianKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('officer_key', models.BigIntegerField()),
                ('public_key', models.BinaryField()),
                ('locked_private_key', models.BinaryField()),
                ('created_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('officer_key',), name='one_custodian_key')],
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('unit_key', models.BigIntegerField()),
                ('officer_key', models.BigIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('form', models.CharField(max_length=4)),
                ('reason', models.CharField(max_length=200)),
                ('row_count', models.IntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('downloaded_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['unit_key', '-created_at'], name='export_by_time')],
            },
        ),
        migrations.CreateModel(
            name='IdentityKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('unit_key', models.BigIntegerField()),
                ('public_key', models.BinaryField()),
                ('created_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('rehearsed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('unit_key',), name='one_identity_key')],
            },
        ),
        migrations.CreateModel(
            name='IdentityShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_share', models.BinaryField()),
                ('created_at', models.DateTimeField()),
                ('custodian_key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='vault.custodiankey')),
                ('identity_key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='vault.identitykey')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('identity_key', 'custodian_key'), name='one_share_per_custodian')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('unit_key', models.BigIntegerField()),
                ('content_type', models.CharField(max_length=80)),
                ('name', models.CharField(default='', max_length=120)),
                ('size_bytes', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('has_own_key', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('original', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='clean_copies', to='vault.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['unit_key', 'created_at'], name='file_by_time')],
            },
        ),
    ]
