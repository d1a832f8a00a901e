import django.db.models.deletion
import django.db.models.expressions
import hequan.roster.kinds
import hequan.roster.responsibilities
from hequan.core.new_tables import CreateTables
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_trust'),
        ('stations', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [CreateTables([
        migrations.CreateModel(
            name='DutyFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True)),
                ('local_code', models.CharField(blank=True, max_length=32)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='roster.matter')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('local_code', ''), _negated=True), fields=['local_code'], name='matter_by_local_code')],
            },
        ),
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('begun_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stations.station')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('station', 'name'), name='pool_named_once_at_a_station')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32)),
                ('title', models.CharField(blank=True, max_length=64)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('end_told_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.person')),
                ('station', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stations.station')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'kind', 'valid_to', 'valid_from'], name='roster_post_unit_id_e4a372_idx'), models.Index(fields=['station', 'kind'], name='roster_post_station_186572_idx'), models.Index(fields=['organisation', 'kind'], name='roster_post_organis_6d6b76_idx'), models.Index(condition=models.Q(('end_told_at__isnull', True), ('valid_to__isnull', False)), fields=['valid_to'], name='posts_ending')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('station__isnull', True), ('unit__isnull', False)), models.Q(('organisation__isnull', True), ('station__isnull', False), ('unit__isnull', True)), models.Q(('organisation__isnull', False), ('station__isnull', True), ('unit__isnull', True)), _connector='OR'), name='post_at_one_place'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='post_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('kind__in', ['area_head', 'committee_secretary', 'committee_director', 'station_head', 'grid_head']), ('valid_to__isnull', True)), fields=('unit', 'kind'), name='post_one_head_of_a_unit'), models.UniqueConstraint(condition=models.Q(('kind__in', ['area_head', 'committee_secretary', 'committee_director', 'station_head', 'grid_head']), ('valid_to__isnull', True)), fields=('station', 'kind'), name='post_one_head_of_a_station')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('skills', models.JSONField(default=list)),
                ('free_times', models.JSONField(default=list)),
                ('wishes', models.CharField(blank=True, max_length=200)),
                ('by_herself', models.BooleanField(default=False)),
                ('registered_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
                ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('station', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stations.station')),
            ],
            options={
                'indexes': [models.Index(fields=['station', 'kind'], name='roster_regi_station_14ff49_idx'), models.Index(fields=['area', 'kind'], name='roster_regi_area_id_66541a_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('area__isnull', False), ('home__isnull', True), ('kind', hequan.roster.kinds.RegistrationKind['UNIT']), ('organisation__isnull', False), ('person__isnull', True), ('station__isnull', True)), models.Q(models.Q(('kind', hequan.roster.kinds.RegistrationKind['UNIT']), _negated=True), ('area__isnull', True), ('organisation__isnull', True), ('person__isnull', False), ('station__isnull', False)), _connector='OR'), name='registration_of_a_person_or_a_unit'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'station', 'kind'), name='registration_of_a_person_once'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('organisation', 'area'), name='registration_of_a_unit_once')],
            },
        ),
        migrations.CreateModel(
            name='ResponsibilityList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('state', models.CharField(default=hequan.roster.responsibilities.ListState['DRAFT'], max_length=16)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'version'), name='list_version_once_a_unit'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('unit',), name='list_one_draft_a_unit'), models.UniqueConstraint(condition=models.Q(('state', 'published'), ('valid_to__isnull', True)), fields=('unit',), name='list_one_open_version_a_unit'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('published_at__isnull', False), ('valid_from__isnull', False), models.Q(('fingerprint', ''), _negated=True)), _connector='OR'), name='list_published_with_day_and_fingerprint'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='list_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='ServiceArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_areas', to='people.organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit'], name='roster_serv_unit_id_3403a8_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('organisation', 'unit'), name='service_area_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='service_area_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='UnitFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField()),
                ('until_on', models.DateField()),
                ('members', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('sent_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stations.station')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('first_on'))), name='unit_feedback_covers_days'), models.UniqueConstraint(fields=('organisation', 'station', 'first_on', 'until_on'), name='unit_feedback_once_a_period')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField()),
                ('until_on', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='people.person')),
                ('stand_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['until_on', 'first_on'], name='roster_leav_until_o_78673b_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('first_on'))), name='leave_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('stand_in__isnull', True), models.Q(('stand_in', models.F('person')), _negated=True), _connector='OR'), name='leave_stood_in_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Mentoring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goals', models.CharField(blank=True, max_length=400)),
                ('begun_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('result', models.CharField(blank=True, max_length=16)),
                ('result_note', models.CharField(blank=True, max_length=400)),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roster.post')),
                ('mentor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roster.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('mentor__isnull', True), models.Q(('mentor', models.F('learner')), _negated=True), _connector='OR'), name='mentoring_between_two'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('mentor', 'learner'), name='mentoring_pair_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('result', '')), models.Q(('ended_on__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='mentoring_ends_with_a_result')],
            },
        ),
        migrations.CreateModel(
            name='DutyPattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('begins', models.PositiveSmallIntegerField()),
                ('ends', models.PositiveSmallIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('station', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stations.station')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roster.post')),
            ],
            options={
                'indexes': [models.Index(fields=['unit'], name='roster_duty_unit_id_0a297a_idx'), models.Index(fields=['station'], name='roster_duty_station_b6e653_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('station__isnull', True), ('unit__isnull', False)), models.Q(('station__isnull', False), ('unit__isnull', True)), _connector='OR'), name='duty_pattern_at_one_place'), models.CheckConstraint(condition=models.Q(('begins__lt', 1440), ('ends__gt', models.F('begins')), ('weekday__lte', 6), ('ends__lte', django.db.models.expressions.CombinedExpression(models.F('begins'), '+', models.Value(1440)))), name='duty_pattern_within_a_day')],
            },
        ),
        migrations.CreateModel(
            name='MatterVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('description', models.TextField(blank=True)),
                ('place_kinds', models.JSONField(default=list)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='roster.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'valid_from'), name='matter_said_once_a_day'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('matter',), name='matter_has_one_open_version'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='matter_version_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='PoolMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='roster.pool')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roster.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('pool', 'person'), name='pool_member_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='pool_member_ends_after_beginning')],
            },
        ),
        migrations.CreateModel(
            name='ResponsibilityItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=200)),
                ('place_kinds', models.JSONField(default=list)),
                ('matters', models.ManyToManyField(related_name='items', to='roster.matter')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='roster.responsibilitylist')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'number'), name='list_item_numbered_once')],
            },
        ),
        migrations.CreateModel(
            name='ResponsibilityParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('resolves_by', models.CharField(default=hequan.roster.responsibilities.ResolvesBy['UNSET'], max_length=24)),
                ('post_kind', models.CharField(blank=True, max_length=32)),
                ('level', models.CharField(blank=True, max_length=16)),
                ('organisation_kind', models.CharField(blank=True, max_length=24)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='roster.responsibilitylist')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'name'), name='list_party_named_once')],
            },
        ),
        migrations.CreateModel(
            name='MentoringMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField()),
                ('note', models.CharField(max_length=400)),
                ('mentoring', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='roster.mentoring')),
            ],
        ),
        migrations.CreateModel(
            name='DutySlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('pattern_day', models.DateField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=120)),
                ('pattern', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='slots', to='roster.dutypattern')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duty', to='people.person')),
                ('stands_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('station', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stations.station')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roster.post')),
            ],
            options={
                'indexes': [models.Index(fields=['station', 'starts_at'], name='roster_duty_station_7a3a50_idx'), models.Index(fields=['unit', 'starts_at'], name='roster_duty_unit_id_4bbf81_idx'), models.Index(fields=['person', 'starts_at'], name='roster_duty_person__56f9df_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('station__isnull', True), ('unit__isnull', False)), models.Q(('station__isnull', False), ('unit__isnull', True)), _connector='OR'), name='duty_slot_at_one_place'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='duty_slot_ends_after_it_begins'), models.UniqueConstraint(fields=('pattern', 'pattern_day'), name='duty_slot_one_of_a_pattern_a_day'), models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('person', 'starts_at'), name='duty_slot_one_beginning_a_person')],
            },
        ),
        migrations.CreateModel(
            name='ItemParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(default=hequan.roster.responsibilities.PartyRole['INFORMED'], max_length=16)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='roster.responsibilityitem')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='roster.responsibilityparty')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'party'), name='list_cell_filled_once')],
            },
        ),
    ])]
