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
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('sealed_answers', models.BinaryField()),
                ('sealed_contact', models.BinaryField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('invited', 'Invited'), ('refused', 'Refused'), ('done', 'Done')], default='open', max_length=8)),
                ('matched', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('number', models.IntegerField()),
                ('kind', models.CharField(choices=[('found_item', 'Found Item'), ('lost_item', 'Lost Item'), ('found_child', 'Found Child'), ('missing_child', 'Missing Child'), ('found_person', 'Found Person'), ('missing_person', 'Missing Person')], max_length=16)),
                ('category', models.CharField(choices=[('money', 'Money'), ('wallet', 'Wallet'), ('phone', 'Phone'), ('papers', 'Papers'), ('keys', 'Keys'), ('bag', 'Bag'), ('jewelry', 'Jewelry'), ('vehicle', 'Vehicle'), ('livestock', 'Livestock'), ('poultry', 'Poultry'), ('other', 'Other'), ('person', 'Person')], default='other', max_length=12)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('review', 'Review'), ('published', 'Published'), ('kept', 'Kept'), ('resolved', 'Resolved'), ('handed_over', 'Handed Over'), ('closed', 'Closed')], default='draft', max_length=12)),
                ('source', models.CharField(choices=[('chat', 'Chat'), ('portal', 'Portal'), ('counter', 'Counter')], max_length=8)),
                ('conversation_key', models.BigIntegerField(null=True)),
                ('description', models.CharField(default='', max_length=200)),
                ('first_name', models.CharField(default='', max_length=20)),
                ('age_band', models.CharField(default='', max_length=30)),
                ('clothing', models.CharField(default='', max_length=120)),
                ('place', models.CharField(default='', max_length=120)),
                ('happened_on', models.DateField(null=True)),
                ('picture_is_fit', models.BooleanField(default=False)),
                ('picture_faces', models.IntegerField(null=True)),
                ('sealed_proof', models.BinaryField(default=b'')),
                ('proof_count', models.IntegerField(default=0)),
                ('sealed_contact', models.BinaryField(default=b'')),
                ('value_vnd', models.BigIntegerField(null=True)),
                ('storage_cost_vnd', models.BigIntegerField(default=0)),
                ('legal_basis', models.CharField(choices=[('guardian_consent', 'Guardian Consent'), ('emergency_crime_prevention', 'Emergency Crime Prevention'), ('law_provides', 'Law Provides')], default='', max_length=30)),
                ('basis_note', models.CharField(default='', max_length=300)),
                ('post_key', models.CharField(default='', max_length=16)),
                ('received_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('notice_at', models.DateTimeField(null=True)),
                ('public_until', models.DateTimeField(null=True)),
                ('taken_down_at', models.DateTimeField(null=True)),
                ('resolved_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('finder_told_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='units.area')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('picture', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vault.storedfile')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'state', '-id'], name='lost_found_of_unit'), models.Index(fields=['state', 'public_until'], name='lost_found_ending'), models.Index(fields=['unit', 'conversation_key'], name='lost_found_of_chat')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'number'), name='one_lost_found_number')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_receiver', models.BinaryField(default=b'')),
                ('papers_seen', models.BooleanField(default=False)),
                ('prepared_at', models.DateTimeField()),
                ('record_printed_at', models.DateTimeField(null=True)),
                ('record_signed_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='lost_found.claim')),
                ('first_officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hand_over', to='lost_found.record')),
            ],
        ),
        migrations.AddField(
            model_name='claim',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='lost_found.record'),
        ),
        migrations.CreateModel(
            name='TakeDown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target_key', models.BigIntegerField()),
                ('target_name', models.CharField(max_length=120)),
                ('target_link', models.CharField(default='', max_length=200)),
                ('created_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='take_downs', to='lost_found.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'target_key'), name='one_take_down_per_group')],
            },
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['record', '-id'], name='claim_of_record'),
        ),
    ]
