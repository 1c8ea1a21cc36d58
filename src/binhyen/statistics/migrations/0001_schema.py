import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='RollUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written_at', models.DateTimeField()),
                ('first_day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='AreaFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('counts', models.JSONField(default=dict)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.area')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'month'], name='area_figures_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('area', 'month'), name='one_month_of_an_area')],
            },
        ),
        migrations.CreateModel(
            name='BroughtIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('code', models.CharField(max_length=40)),
                ('count', models.IntegerField()),
                ('source', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['day'], name='brought_in_of_day')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'day', 'code', 'source'), name='one_figure_brought_in')],
            },
        ),
        migrations.CreateModel(
            name='DayFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('counts', models.JSONField(default=dict)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'day'), name='one_day_of_figures')],
            },
        ),
        migrations.CreateModel(
            name='MonthFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('counts', models.JSONField(default=dict)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'month'), name='one_month_of_figures')],
            },
        ),
    ]
