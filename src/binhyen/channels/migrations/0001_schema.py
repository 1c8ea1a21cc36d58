import binhyen.core.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('connector', models.CharField(max_length=20)),
                ('external_id', models.CharField(max_length=40)),
                ('sealed_keys', models.BinaryField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('connector', 'external_id'), name='one_application')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('connector', models.CharField(max_length=20)),
                ('external_id', models.CharField(max_length=60)),
                ('name', models.CharField(default='', max_length=120)),
                ('state', models.CharField(choices=[('active', 'Active'), ('needs_consent', 'Needs Consent'), ('blocked', 'Blocked')], default='active', max_length=20)),
                ('state_reason', models.CharField(default='', max_length=200)),
                ('sealed_tokens', models.BinaryField(default=b'')),
                ('token_expires_at', models.DateTimeField(null=True)),
                ('refresh_started_at', models.DateTimeField(null=True)),
                ('held_until', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accounts', to='units.unit')),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='channels.application')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('connector', 'external_id'), name='one_account')],
            },
        ),
        migrations.CreateModel(
            name='ConsentRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('officer_key', models.BigIntegerField(null=True)),
                ('sealed_verifier', models.BinaryField()),
                ('created_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.application')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='PageCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('follower_count', models.IntegerField(default=0)),
                ('is_verified', models.BooleanField(default=False)),
                ('counted_on', models.DateField()),
                ('source', models.CharField(choices=[('api', 'Api'), ('typed', 'Typed')], max_length=10)),
                ('created_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='channels.account')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'counted_on'), name='one_page_count_a_day')],
            },
        ),
    ]
