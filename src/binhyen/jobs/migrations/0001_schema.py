from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='JobRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('queue', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=128)),
                ('kind', models.CharField(max_length=60)),
                ('lane', models.CharField(default='', max_length=128)),
                ('unit_key', models.BigIntegerField(default=0)),
                ('body', models.BinaryField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('buried', 'Buried')], default='waiting', max_length=10)),
                ('attempts', models.IntegerField(default=0)),
                ('run_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('why', models.CharField(default='', max_length=200)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['queue', 'id'], name='jobs_waiting'), models.Index(condition=models.Q(('state', 'waiting')), fields=['queue', 'lane', 'id'], name='jobs_lane'), models.Index(condition=models.Q(('state', 'done')), fields=['created_at'], name='jobs_done_age')],
                'constraints': [models.UniqueConstraint(fields=('queue', 'key'), name='one_job_per_key')],
            },
        ),
    ]
