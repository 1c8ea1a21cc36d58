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
            name='ToldUntil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40, unique=True)),
                ('last_key', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Consumer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('scopes', models.JSONField(default=list)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('key_end', models.CharField(max_length=4)),
                ('calls_per_minute', models.IntegerField(default=60)),
                ('calls_per_day', models.IntegerField(default=10000)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
                ('last_used_on', models.DateField(null=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'name'], name='consumer_by_unit')],
            },
        ),
        migrations.CreateModel(
            name='CallWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('length_s', models.IntegerField()),
                ('starts_at', models.DateTimeField()),
                ('count', models.IntegerField(default=0)),
                ('consumer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consumers.consumer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('consumer', 'length_s', 'starts_at'), name='one_call_window')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('url', models.CharField(max_length=500)),
                ('events', models.JSONField(default=list)),
                ('sealed_secret', models.BinaryField()),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
                ('consumer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='consumers.consumer')),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('event', models.CharField(max_length=40)),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('sent', 'Sent'), ('failed', 'Failed')], default='planned', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('attempts', models.IntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('why', models.CharField(default='', max_length=60)),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='consumers.subscription')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'planned')), fields=['due_at'], name='notice_due'), models.Index(fields=['subscription', '-id'], name='notice_by_subscription')],
            },
        ),
    ]
