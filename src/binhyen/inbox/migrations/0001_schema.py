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
            name='BulkAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('assign', 'Assign'), ('topic', 'Topic'), ('close', 'Close'), ('reply', 'Reply'), ('merge', 'Merge'), ('macro', 'Macro')], max_length=10)),
                ('done_count', models.IntegerField()),
                ('skipped_count', models.IntegerField()),
                ('made_at', models.DateTimeField()),
                ('undo_until', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', '-made_at'], name='bulk_by_time')],
            },
        ),
        migrations.CreateModel(
            name='CannedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('title', models.CharField(default='', max_length=80)),
                ('text', models.TextField(default='')),
                ('folded', models.TextField(default='', editable=False)),
                ('proposed_title', models.CharField(default='', max_length=80)),
                ('proposed_text', models.TextField(default='')),
                ('proposed_at', models.DateTimeField(null=True)),
                ('returned_why', models.CharField(default='', max_length=200)),
                ('approved_at', models.DateTimeField(null=True)),
                ('version', models.IntegerField(default=1)),
                ('is_withdrawn', models.BooleanField(default=False)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'is_withdrawn'], name='canned_by_unit')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=128)),
                ('display_name', models.CharField(default='', max_length=100)),
                ('folded_name', models.CharField(default='', max_length=100)),
                ('name_fetched_at', models.DateTimeField(null=True)),
                ('last_interaction_at', models.DateTimeField(null=True)),
                ('is_following', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='channels.account')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'external_id'), name='one_contact')],
            },
        ),
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('number', models.BigIntegerField()),
                ('state', models.CharField(choices=[('answered', 'Answered'), ('waiting', 'Waiting'), ('closed', 'Closed')], default='answered', max_length=10)),
                ('urgency', models.IntegerField(choices=[(0, 'Normal'), (1, 'Urgent'), (2, 'Danger')], default=0)),
                ('kind', models.CharField(default='', max_length=20)),
                ('procedure', models.CharField(default='', max_length=60)),
                ('procedure_at', models.DateTimeField(null=True)),
                ('waiting_since', models.DateTimeField(null=True)),
                ('welcomed_at', models.DateTimeField(null=True)),
                ('hinted_at', models.DateTimeField(null=True)),
                ('last_message_at', models.DateTimeField()),
                ('last_inbound_at', models.DateTimeField(null=True)),
                ('preview', models.CharField(default='', max_length=160)),
                ('unread_count', models.IntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.account')),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='conversation', to='inbox.contact')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'state', '-urgency', 'waiting_since'], name='conversation_queue'), models.Index(fields=['unit', '-last_message_at'], name='conversation_recent'), models.Index(fields=['unit', 'changed_at'], name='conversation_changed')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'number'), name='one_conversation_number')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('attempting', 'Attempting'), ('sent', 'Sent'), ('by_hand', 'By Hand'), ('refused', 'Refused'), ('unknown', 'Unknown'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('attempts', models.IntegerField(default=0)),
                ('attempted_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('why', models.CharField(default='', max_length=100)),
                ('quota_kind', models.CharField(default='', max_length=30)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.account')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='inbox.conversation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['planned', 'attempting'])), fields=['account', 'id'], name='delivery_open'), models.Index(condition=models.Q(('state__in', ['planned', 'attempting'])), fields=['conversation', 'id'], name='delivery_lane'), models.Index(fields=['unit', 'state', '-id'], name='delivery_by_state')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_note', models.BooleanField(default=False)),
                ('text', models.TextField()),
                ('changed_at', models.DateTimeField()),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inbox.conversation')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('conversation', 'officer', 'is_note'), name='one_draft')],
            },
        ),
        migrations.CreateModel(
            name='DutyAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('rule_id', models.CharField(default='danger.first_look', max_length=40)),
                ('subject', models.CharField(default='', max_length=40)),
                ('address', models.CharField(default='', max_length=120)),
                ('excluded_officer_ids', models.JSONField(default=list)),
                ('steps_done', models.SmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('ringing', 'Ringing'), ('accepted', 'Accepted')], default='ringing', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='inbox.conversation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'state'], name='alert_ringing'), models.Index(condition=models.Q(('state', 'ringing')), fields=['created_at'], name='alert_ladder')],
            },
        ),
        migrations.CreateModel(
            name='AlertNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('matter', models.CharField(max_length=50)),
                ('step', models.SmallIntegerField()),
                ('channel', models.CharField(max_length=10)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('sent', 'Sent'), ('joined', 'Joined'), ('off', 'Off'), ('taken', 'Taken'), ('failed', 'Failed')], default='planned', max_length=10)),
                ('why', models.CharField(default='', max_length=60)),
                ('attempts', models.SmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
                ('delivery', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inbox.delivery')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='inbox.dutyalert')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'planned')), fields=['due_at'], name='alert_notice_due'), models.Index(fields=['officer', 'matter', 'created_at'], name='alert_notice_joined')],
            },
        ),
        migrations.CreateModel(
            name='LabelledExample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('kind', models.CharField(max_length=20)),
                ('procedure', models.CharField(default='', max_length=60)),
                ('created_on', models.DateField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('inbound', 'Inbound'), ('outbound', 'Outbound'), ('note', 'Note')], max_length=10)),
                ('author', models.CharField(choices=[('resident', 'Resident'), ('machine', 'Machine'), ('officer', 'Officer'), ('elsewhere', 'Elsewhere')], max_length=10)),
                ('text', models.TextField(default='')),
                ('folded', models.TextField(default='')),
                ('buttons', models.JSONField(default=list)),
                ('external_id', models.CharField(default='', max_length=128)),
                ('kind', models.CharField(default='', max_length=20)),
                ('procedure', models.CharField(default='', max_length=60)),
                ('band', models.CharField(default='', max_length=10)),
                ('sent_at', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('answers', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inbox.message')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='inbox.conversation')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['conversation', 'id'], name='message_thread'), models.Index(fields=['unit', 'created_at'], name='message_by_time'), models.Index(condition=models.Q(('kind__in', ['report', 'emergency'])), fields=['created_at'], name='message_reported')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('conversation', 'external_id'), name='one_message_per_external_id')],
            },
        ),
        migrations.AddField(
            model_name='delivery',
            name='message',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='delivery', to='inbox.message'),
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('url', models.TextField(default='')),
                ('name', models.CharField(default='', max_length=120)),
                ('description', models.CharField(default='', max_length=500)),
                ('state', models.CharField(choices=[('announced', 'Announced'), ('stored', 'Stored'), ('quarantine', 'Quarantined'), ('refused', 'Refused'), ('link_only', 'Link Only')], default='announced', max_length=10)),
                ('reason', models.CharField(default='', max_length=60)),
                ('original', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vault.storedfile')),
                ('shown', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vault.storedfile')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='inbox.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'announced')), fields=['state'], name='attachment_to_fetch')],
            },
        ),
        migrations.CreateModel(
            name='OfficerZalo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(db_index=True, default='', max_length=64)),
                ('code_expires_at', models.DateTimeField(null=True)),
                ('linked_at', models.DateTimeField(null=True)),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inbox.contact')),
                ('officer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='zalo', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RaisedThread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('waiting_since', models.DateTimeField()),
                ('raised_at', models.DateTimeField()),
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='raised', to='inbox.conversation')),
            ],
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(max_length=300)),
                ('is_shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'officer', 'name'), name='one_filter_per_name')],
            },
        ),
        migrations.CreateModel(
            name='Snooze',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField(db_index=True)),
                ('made_at', models.DateTimeField()),
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='snooze', to='inbox.conversation')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ThreadGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('made_at', models.DateTimeField()),
                ('lead', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='led_group', to='inbox.conversation')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='GroupedThread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='grouped', to='inbox.conversation')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='inbox.threadgroup')),
            ],
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_hash', models.CharField(max_length=64)),
                ('withdrawn_at', models.DateTimeField()),
                ('erased_on', models.DateField()),
                ('message_count', models.IntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.account')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'erased_on'], name='tombstone_by_day')],
                'constraints': [models.UniqueConstraint(fields=('account', 'person_hash'), name='one_tombstone')],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('folded', models.CharField(editable=False, max_length=60)),
                ('is_retired', models.BooleanField(default=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'folded'), name='one_topic_per_name')],
            },
        ),
        migrations.CreateModel(
            name='Macro',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('assigns', models.CharField(blank=True, choices=[('', 'Nothing'), ('me', 'Me'), ('nobody', 'Nobody')], default='', max_length=10)),
                ('closes', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('is_withdrawn', models.BooleanField(default=False)),
                ('canned', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inbox.cannedreply')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inbox.topic')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'is_withdrawn'], name='macro_by_unit')],
            },
        ),
        migrations.CreateModel(
            name='ConversationTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('labelled_at', models.DateTimeField()),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topic_labels', to='inbox.conversation')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inbox.topic')),
            ],
            options={
                'indexes': [models.Index(fields=['topic', 'conversation'], name='topic_conversations')],
                'constraints': [models.UniqueConstraint(fields=('conversation', 'topic'), name='one_topic_once')],
            },
        ),
        migrations.CreateModel(
            name='BulkChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='inbox.bulkact')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inbox.conversation')),
                ('delivery', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inbox.delivery')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inbox.topic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('act', 'conversation'), name='one_change_per_conversation')],
            },
        ),
        migrations.CreateModel(
            name='UnreadEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('reason', models.CharField(max_length=100)),
                ('sealed_body', models.BinaryField()),
                ('created_at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.account')),
            ],
        ),
        migrations.CreateModel(
            name='Viewing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inbox.conversation')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('conversation', 'officer'), name='one_viewing')],
            },
        ),
        migrations.CreateModel(
            name='WaitLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.IntegerField()),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
        ),
    ]
