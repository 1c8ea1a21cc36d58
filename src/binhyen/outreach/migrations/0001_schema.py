import binhyen.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('channels', '0001_schema'),
        ('units', '0001_schema'),
        ('vault', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('news', 'News'), ('law', 'Law'), ('crime_method', 'Crime Method'), ('warning', 'Warning'), ('lost_found', 'Lost Found'), ('missing_person', 'Missing Person'), ('procedure_change', 'Procedure Change')], default='news', max_length=20)),
                ('language', models.CharField(default='vi', max_length=10)),
                ('title', models.CharField(default='', max_length=150)),
                ('what', models.TextField(default='')),
                ('signs', models.TextField(default='')),
                ('todo', models.TextField(default='')),
                ('video_link', models.CharField(default='', max_length=300)),
                ('picture_text', models.CharField(default='', max_length=300)),
                ('picture_faces', models.IntegerField(null=True)),
                ('channels', models.JSONField(default=list)),
                ('variants', models.JSONField(default=dict)),
                ('is_urgent', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('review', 'Review'), ('approved', 'Approved'), ('sending', 'Sending'), ('sent', 'Sent'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10)),
                ('version', models.IntegerField(default=0)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('grounds', models.JSONField(default=dict)),
                ('return_reason', models.CharField(default='', max_length=500)),
                ('wanted_at', models.DateTimeField(null=True)),
                ('send_at', models.DateTimeField(null=True)),
                ('repeat_days', models.IntegerField(null=True)),
                ('repeat_until', models.DateField(null=True)),
                ('round', models.IntegerField(default=1)),
                ('is_cancellation', models.BooleanField(default=False)),
                ('published_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('areas', models.ManyToManyField(related_name='+', to='units.area')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='outreach.post')),
                ('picture', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vault.storedfile')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', '-id'], name='post_of_unit'), models.Index(fields=['state', 'send_at'], name='post_due'), models.Index(fields=['unit', '-published_at'], name='post_board')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('portal', 'Portal'), ('manual', 'Manual'), ('gmf', 'Gmf'), ('article', 'Article'), ('broadcast', 'Broadcast'), ('recent', 'Recent')], max_length=10)),
                ('measure', models.CharField(max_length=10)),
                ('value', models.IntegerField()),
                ('at', models.DateTimeField()),
                ('source', models.CharField(choices=[('api', 'Api'), ('typed', 'Typed')], max_length=10)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='outreach.post')),
            ],
            options={
                'indexes': [models.Index(fields=['post', 'channel', 'measure', '-at'], name='figure_latest')],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('created', 'Created'), ('processing', 'Processing'), ('live', 'Live'), ('failed', 'Failed'), ('removed', 'Removed')], default='created', max_length=10)),
                ('token', models.CharField(default='', max_length=200)),
                ('external_id', models.CharField(default='', max_length=60)),
                ('link', models.CharField(default='', max_length=300)),
                ('why', models.CharField(default='', max_length=100)),
                ('next_look_at', models.DateTimeField(null=True)),
                ('looks', models.IntegerField(default=0)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.account')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='outreach.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'account'), name='one_article_per_page')],
            },
        ),
        migrations.CreateModel(
            name='PostMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.IntegerField(default=1)),
                ('message_key', models.BigIntegerField(unique=True)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='outreach.post')),
            ],
            options={
                'indexes': [models.Index(fields=['post', 'round'], name='message_of_post')],
            },
        ),
        migrations.CreateModel(
            name='PostVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.IntegerField()),
                ('texts', models.JSONField()),
                ('created_at', models.DateTimeField()),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='outreach.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'version'), name='one_post_version')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.IntegerField(default=1)),
                ('channel', models.CharField(choices=[('portal', 'Portal'), ('manual', 'Manual'), ('gmf', 'Gmf'), ('article', 'Article'), ('broadcast', 'Broadcast'), ('recent', 'Recent')], max_length=10)),
                ('target_key', models.BigIntegerField(default=0)),
                ('target_name', models.CharField(default='', max_length=120)),
                ('target_address', models.CharField(default='', max_length=200)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('attempting', 'Attempting'), ('sent', 'Sent'), ('by_hand', 'By Hand'), ('refused', 'Refused'), ('unknown', 'Unknown'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('attempts', models.IntegerField(default=0)),
                ('attempted_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('why', models.CharField(default='', max_length=100)),
                ('external_id', models.CharField(default='', max_length=128)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.account')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sendings', to='outreach.post')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('finished_at', None)), fields=['account', 'id'], name='sending_open'), models.Index(condition=models.Q(('finished_at', None)), fields=['target_key', 'id'], name='sending_lane'), models.Index(fields=['post', 'state'], name='sending_of_post')],
                'constraints': [models.UniqueConstraint(fields=('post', 'round', 'channel', 'target_key'), name='one_sending_per_target')],
            },
        ),
    ]
