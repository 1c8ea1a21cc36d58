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
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('number', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('crime_accusation', 'Crime Accusation'), ('crime_tip', 'Crime Tip'), ('feedback', 'Feedback'), ('petition', 'Petition')], max_length=20)),
                ('channel', models.CharField(choices=[('web', 'Web'), ('zalo', 'Zalo'), ('phone', 'Phone'), ('counter', 'Counter'), ('transfer', 'Transfer'), ('api', 'Api')], max_length=10)),
                ('state', models.CharField(choices=[('received', 'Received'), ('seen', 'Seen'), ('verifying', 'Verifying'), ('transferred', 'Transferred'), ('answered', 'Answered'), ('closed', 'Closed'), ('closed_without_result', 'Closed Without Result'), ('contested', 'Contested')], default='received', max_length=24)),
                ('is_urgent', models.BooleanField(default=False)),
                ('receipt_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('second_secret_hash', models.CharField(default='', max_length=64)),
                ('submission_key', models.CharField(max_length=64, null=True, unique=True)),
                ('wrapped_key', models.BinaryField()),
                ('sealed_report', models.BinaryField()),
                ('sealed_identity', models.BinaryField(default=b'')),
                ('goes_up', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('waits_for_reporter_since', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('identity_key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.identitykey')),
                ('split_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='cases.case')),
                ('transferred_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='onward', to='cases.case')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'state', '-is_urgent', 'received_at'], name='case_queue'), models.Index(fields=['unit', '-received_at'], name='case_recent')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'number'), name='one_case_number')],
            },
        ),
        migrations.CreateModel(
            name='CaseClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule_id', models.CharField(max_length=60)),
                ('rule_version', models.CharField(max_length=20)),
                ('is_law', models.BooleanField()),
                ('is_information', models.BooleanField(default=False)),
                ('starts_at', models.DateTimeField()),
                ('first_due_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('met_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('met_at', None), ('stopped_at', None)), fields=['due_at'], name='case_clock_running')],
                'constraints': [models.UniqueConstraint(fields=('case', 'rule_id', 'starts_at'), name='one_case_clock')],
            },
        ),
        migrations.CreateModel(
            name='CaseConflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=20)),
                ('since', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='cases.case')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'officer'), name='one_conflict')],
            },
        ),
        migrations.CreateModel(
            name='CaseCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_number', models.BigIntegerField(default=0)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='CaseEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('state', 'State'), ('answer', 'Answer'), ('question', 'Question'), ('addition', 'Addition'), ('contest', 'Contest'), ('note', 'Note'), ('assigned', 'Assigned'), ('conflict', 'Conflict'), ('transfer', 'Transfer'), ('split', 'Split'), ('kind', 'Kind'), ('clock', 'Clock'), ('identity', 'Identity'), ('route', 'Route'), ('task', 'Task'), ('incident', 'Incident')], max_length=10)),
                ('at', models.DateTimeField()),
                ('state', models.CharField(choices=[('received', 'Received'), ('seen', 'Seen'), ('verifying', 'Verifying'), ('transferred', 'Transferred'), ('answered', 'Answered'), ('closed', 'Closed'), ('closed_without_result', 'Closed Without Result'), ('contested', 'Contested')], default='', max_length=24)),
                ('sealed_text', models.BinaryField(default=b'')),
                ('facts', models.JSONField(default=dict)),
                ('is_for_reporter', models.BooleanField(default=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='cases.case')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'id'], name='case_history')],
            },
        ),
        migrations.CreateModel(
            name='CaseRoute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrapped_key', models.BinaryField()),
                ('sealed_route', models.BinaryField()),
                ('lookup_hash', models.CharField(db_index=True, default='', max_length=64)),
                ('closes_at', models.DateTimeField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='route', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['closes_at'], name='case_route_ageing')],
            },
        ),
        migrations.CreateModel(
            name='CaseTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('sealed_text', models.BinaryField()),
                ('created_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='cases.case')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ComparisonDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='ConductFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('manners', models.IntegerField()),
                ('guidance', models.IntegerField()),
                ('wrapped_key', models.BinaryField(default=b'')),
                ('sealed_words', models.BinaryField(default=b'')),
                ('about_unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
                ('read_by_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['about_unit', 'day'], name='conduct_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('made_at', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='IncidentMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='incident_member', to='cases.case')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='cases.incident')),
                ('joined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='IncidentSuggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alike_percent', models.SmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('refused_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'other'), name='one_incident_suggestion')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('purpose', models.CharField(choices=[('identity', 'Identity'), ('rehearsal', 'Rehearsal'), ('share_again', 'Share Again')], max_length=12)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('open', 'Open'), ('ended', 'Ended'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='asked', max_length=10)),
                ('ground', models.CharField(default='', max_length=30)),
                ('sealed_reason', models.BinaryField(default=b'')),
                ('asked_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('closes_at', models.DateTimeField(null=True)),
                ('viewing_key', models.BinaryField(default=b'')),
                ('sealed_view', models.BinaryField(default=b'')),
                ('delayed_until', models.DateField(null=True)),
                ('delay_ground', models.CharField(default='', max_length=30)),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='cases.case')),
                ('identity_key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.identitykey')),
                ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'state'], name='opening_by_state')],
            },
        ),
        migrations.CreateModel(
            name='OpeningShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_share', models.BinaryField()),
                ('given_at', models.DateTimeField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given', to='cases.opening')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('opening', 'officer'), name='one_share_given')],
            },
        ),
        migrations.CreateModel(
            name='ReportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('wrapped_key', models.BinaryField()),
                ('sealed_fields', models.BinaryField()),
                ('sealed_identity', models.BinaryField(default=b'')),
                ('sealed_route', models.BinaryField(default=b'')),
                ('changed_at', models.DateTimeField()),
                ('identity_key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.identitykey')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['changed_at'], name='draft_ageing')],
            },
        ),
        migrations.CreateModel(
            name='CaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('ready', 'Ready'), ('no_copy', 'No Copy'), ('refused', 'Refused')], default='waiting', max_length=10)),
                ('reason', models.CharField(default='', max_length=60)),
                ('added_at', models.DateTimeField()),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='cases.case')),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.storedfile')),
                ('shown', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vault.storedfile')),
                ('draft', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='cases.reportdraft')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['state'], name='case_file_to_clean')],
            },
        ),
        migrations.CreateModel(
            name='ReportSwarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('count', models.IntegerField()),
                ('wrapped_key', models.BinaryField()),
                ('sealed_card', models.BinaryField()),
                ('told_hashes', models.JSONField(default=list)),
                ('first_hash', models.CharField(max_length=64)),
                ('excluded_officer_ids', models.JSONField(default=list)),
                ('shown_to', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', '-made_at'], name='swarm_by_time')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'first_hash'), name='one_swarm_per_beginning')],
            },
        ),
        migrations.CreateModel(
            name='TransferPackage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('body_name', models.CharField(default='', max_length=200)),
                ('sealed_package', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packages', to='cases.case')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opening', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.opening')),
                ('to_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
    ]
