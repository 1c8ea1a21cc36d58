import binhyen.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('username', models.CharField(max_length=60, unique=True)),
                ('full_name', models.CharField(max_length=100)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('language', models.CharField(default='vi', max_length=5)),
                ('theme', models.CharField(default='system', max_length=10)),
                ('is_active', models.BooleanField(default=True)),
                ('alerts_by_mail', models.BooleanField(default=True)),
                ('alerts_by_zalo', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('kind', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
                ('report', models.JSONField(default=list)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='WrongSignIns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_hash', models.CharField(max_length=64, unique=True)),
                ('wrong_count', models.IntegerField(default=0)),
                ('last_at', models.DateTimeField()),
                ('locked_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('path', models.CharField(db_index=True, default='', editable=False, max_length=255)),
                ('kind', models.CharField(choices=[('ministry', 'Ministry'), ('province_police', 'Province Police'), ('district_police', 'District Police'), ('commune_police', 'Commune Police'), ('police_post', 'Police Post')], max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('short_name', models.CharField(max_length=60)),
                ('place_name', models.CharField(default='', max_length=120)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('national_code', models.CharField(blank=True, default='', max_length=10)),
                ('address_form', models.CharField(choices=[('bà con', 'Ba Con'), ('bạn', 'Ban'), ('quý vị', 'Quy Vi')], default='bà con', max_length=20)),
                ('office_hours', models.CharField(default='', max_length=200)),
                ('is_remote_area', models.BooleanField(default=False)),
                ('street_address', models.CharField(default='', max_length=200)),
                ('duty_phone', models.CharField(default='', max_length=20)),
                ('has_api', models.BooleanField(default=True)),
                ('sending_stopped_at', models.DateTimeField(null=True)),
                ('publishes_figures', models.BooleanField(default=False)),
                ('answers_automatically', models.BooleanField(default=True)),
                ('went_live_at', models.DateTimeField(null=True)),
                ('skipped_steps', models.JSONField(default=list)),
                ('closed_on', models.DateField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='units.unit')),
                ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('hamlet', 'Hamlet'), ('neighbourhood', 'Neighbourhood'), ('household_cluster', 'Household Cluster')], default='hamlet', max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('local_kind', models.CharField(default='thôn', max_length=30)),
                ('household_count', models.IntegerField(null=True)),
                ('inhabitant_count', models.IntegerField(null=True)),
                ('sort_key', models.CharField(editable=False, max_length=600)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='units.area')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='one_area_per_name')],
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=160)),
                ('is_current', models.BooleanField(default=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='one_name_per_unit')],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to=settings.AUTH_USER_MODEL)),
                ('second', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='second_shifts', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to='units.unit')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['unit', 'ends_at'], name='shift_now')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='shift_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='OfficeHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.SmallIntegerField()),
                ('start_min', models.SmallIntegerField()),
                ('end_min', models.SmallIntegerField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='units.unit')),
            ],
            options={
                'ordering': ['weekday', 'start_min'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'weekday', 'start_min'), name='one_stretch_per_start'), models.CheckConstraint(condition=models.Q(('end_min__gt', models.F('start_min')), ('end_min__lte', 1440), ('start_min__gte', 0)), name='stretch_within_a_day'), models.CheckConstraint(condition=models.Q(('weekday__range', (0, 6))), name='weekday_of_a_week')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('duty_officer', 'Duty Officer'), ('beat_officer', 'Beat Officer'), ('page_editor', 'Page Editor'), ('commander', 'Commander'), ('identity_custodian', 'Identity Custodian'), ('unit_administrator', 'Unit Administrator'), ('technical_administrator', 'Technical Administrator')], max_length=30)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'officer', 'role'), name='one_role_once')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=binhyen.core.ids.new_public_id, max_length=16, unique=True)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True, default='')),
                ('open_counts', models.JSONField(default=dict)),
                ('taken_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_overs', to='units.unit')),
            ],
            options={
                'ordering': ['-at'],
                'indexes': [models.Index(fields=['unit', '-at'], name='hand_over_latest')],
            },
        ),
        migrations.CreateModel(
            name='DirectoryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('phone', models.CharField(max_length=20)),
                ('position', models.IntegerField(default=0)),
                ('is_emergency', models.BooleanField(default=False)),
                ('in_office_hours_only', models.BooleanField(default=False)),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='directory', to='units.area')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='directory', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'position'], name='directory_order')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('is_working_day', models.BooleanField()),
                ('periods', models.JSONField(null=True)),
                ('note', models.CharField(blank=True, default='', max_length=120)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_days', to='units.unit')),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'day'), name='one_exception_per_day')],
            },
        ),
    ]
