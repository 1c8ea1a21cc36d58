import binhyen.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0001_schema'),
        ('vault', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='PrintBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('number', models.CharField(max_length=20)),
                ('paper', models.CharField(max_length=20)),
                ('ordered', models.JSONField()),
                ('bundle', models.CharField(choices=[('pdf', 'Pdf'), ('zip', 'Zip')], default='pdf', max_length=3)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('stopped', 'Stopped'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('failure', models.CharField(default='', max_length=30)),
                ('done_count', models.IntegerField(default=0)),
                ('total_count', models.IntegerField()),
                ('page_count', models.IntegerField()),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vault.storedfile')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'created_at'], name='print_queue'), models.Index(fields=['unit', '-created_at'], name='print_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'number'), name='one_print_number')],
            },
        ),
        migrations.CreateModel(
            name='PrintPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.IntegerField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='printing.printbatch')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'first'), name='one_part_once')],
            },
        ),
        migrations.CreateModel(
            name='UnitMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('png', models.BinaryField()),
                ('confirmed_at', models.DateTimeField()),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
        ),
    ]
