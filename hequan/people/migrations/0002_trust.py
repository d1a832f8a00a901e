import django.db.models.deletion
import hequan.core.sealed
import hequan.people.kinds
import hequan.people.protection_kinds
from django.conf import settings
from hequan.core.new_tables import CreateTables
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '__first__'),
        ('people', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [CreateTables([
        migrations.CreateModel(
            name='BreachRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('is_drill', models.BooleanField(default=False)),
                ('state', models.CharField(default=hequan.people.protection_kinds.BreachState['OPEN'], max_length=16)),
                ('noticed_at', models.DateTimeField()),
                ('what', models.TextField()),
                ('persons', models.PositiveIntegerField(null=True)),
                ('has_children', models.BooleanField(default=False)),
                ('measures', models.TextField(blank=True)),
                ('regulator_told_at', models.DateTimeField(null=True)),
                ('persons_told_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', hequan.people.protection_kinds.BreachState['OPEN'])), models.Q(('closed_at__isnull', False), ('state', hequan.people.protection_kinds.BreachState['CLOSED'])), _connector='OR'), name='breach_closed_or_open')],
            },
        ),
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=24)),
                ('version', models.PositiveIntegerField()),
                ('text_zh', models.TextField()),
                ('text_en', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('valid_from', models.DateTimeField()),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purpose', 'version'), name='consent_text_once'), models.CheckConstraint(condition=models.Q(('valid_from__gte', models.F('published_at'))), name='consent_text_not_backdated')],
            },
        ),
        migrations.CreateModel(
            name='Frame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('name', models.CharField(max_length=120)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='frame_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='ImpactAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('purpose', models.TextField()),
                ('necessity', models.TextField()),
                ('risks', models.TextField()),
                ('measures', models.TextField()),
                ('result', models.CharField(max_length=24)),
                ('made_on', models.DateField()),
                ('review_on', models.DateField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('review_on__gt', models.F('made_on'))), name='assessment_reviewed_later')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64)),
                ('initials', models.CharField(blank=True, max_length=64)),
                ('pinyin', models.CharField(blank=True, max_length=128)),
                ('phone', hequan.core.sealed.SealedText(blank=True, default='')),
                ('phone_match', models.CharField(blank=True, max_length=32)),
                ('phone_tail', models.CharField(blank=True, max_length=4)),
                ('born_on', models.DateField(null=True)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('registered_at', models.DateTimeField()),
                ('erased_at', models.DateTimeField(null=True)),
                ('account', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='people.person')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['name', 'born_on'], name='person_by_name', opclasses=['varchar_pattern_ops', 'date_ops']), models.Index(fields=['initials'], name='person_by_initials', opclasses=['varchar_pattern_ops']), models.Index(fields=['pinyin'], name='person_by_pinyin', opclasses=['varchar_pattern_ops']), models.Index(fields=['phone_match'], name='person_by_phone'), models.Index(fields=['phone_tail'], name='person_by_tail')],
                'constraints': [models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='person_merged_into_another')],
            },
        ),
        migrations.CreateModel(
            name='RetentionProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=64)),
                ('rule', models.CharField(max_length=64)),
                ('count', models.PositiveIntegerField()),
                ('oldest', models.DateTimeField()),
                ('newest', models.DateTimeField()),
                ('ids_digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['-at'], name='people_rete_at_94f349_idx')],
                'constraints': [models.UniqueConstraint(fields=('table', 'rule', 'at'), name='retention_proof_once')],
            },
        ),
        migrations.CreateModel(
            name='SignInCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone_match', models.CharField(max_length=32)),
                ('device', models.CharField(max_length=32)),
                ('code_hash', models.CharField(max_length=32)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
                ('known_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['expires_at'], name='people_sign_expires_c0dd04_idx')],
                'constraints': [models.UniqueConstraint(fields=('phone_match', 'device'), name='code_per_device')],
            },
        ),
        migrations.CreateModel(
            name='TemplateText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=8)),
                ('version', models.PositiveIntegerField()),
                ('subject', models.CharField(max_length=120)),
                ('body', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('template', 'language', 'version'), name='template_text_version_once')],
            },
        ),
        migrations.CreateModel(
            name='ChildAccessRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=24)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'by'], name='people_chil_person__b301c6_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('by')), _negated=True), _connector='OR'), name='child_access_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', True), ('decided_at__isnull', True), ('until__isnull', True)), models.Q(('approved_by__isnull', False), ('decided_at__isnull', False)), _connector='OR'), name='child_access_decided_whole'), models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('person', 'by'), name='child_access_asked_once')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=16)),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('proxy_account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.consenttext')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person')),
                ('proxy_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents_given_for_others', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'text'], name='people_cons_person__6c00db_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'text'), name='consent_given_once'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('withdrawn_at__gte', models.F('given_at')), _connector='OR'), name='consent_withdrawn_after_given'), models.CheckConstraint(condition=models.Q(('proxy_person__isnull', True), models.Q(('proxy_person', models.F('person')), _negated=True), _connector='OR'), name='consent_proxy_is_another')],
            },
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('channel', models.CharField(max_length=16)),
                ('state', models.CharField(default=hequan.people.protection_kinds.RequestState['OPEN'], max_length=16)),
                ('asked_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('done_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('counts', models.JSONField(default=dict)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'due_on'], name='people_data_state_4928f4_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('state', hequan.people.protection_kinds.RequestState['OPEN'])), models.Q(models.Q(('state', hequan.people.protection_kinds.RequestState['OPEN']), _negated=True), ('done_at__isnull', False)), _connector='OR'), name='data_request_done_or_open')],
            },
        ),
        migrations.CreateModel(
            name='DeliveryChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(default='zh-hans', max_length=8)),
                ('quiet_from', models.TimeField(null=True)),
                ('quiet_to', models.TimeField(null=True)),
                ('digest_at', models.TimeField(null=True)),
                ('organisation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='delivery_choice', to='people.organisation')),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='delivery_choice', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('person__isnull', False)), models.Q(('organisation__isnull', False), ('person__isnull', True)), _connector='OR'), name='delivery_choice_one_receiver'), models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_to__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_to__isnull', False), models.Q(('quiet_from', models.F('quiet_to')), _negated=True)), _connector='OR'), name='delivery_choice_quiet_both')],
            },
        ),
        migrations.CreateModel(
            name='DistinctPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('high', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('low', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('low', 'high'), name='distinct_pair_once'), models.CheckConstraint(condition=models.Q(('low__lt', models.F('high'))), name='distinct_pair_ordered')],
            },
        ),
        migrations.CreateModel(
            name='FrameGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('name', models.CharField(max_length=120)),
                ('frame', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='people.frame')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('frame', 'name'), name='frame_group_named_once')],
            },
        ),
        migrations.CreateModel(
            name='Guardianship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('document', models.CharField(max_length=24)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wards', to='people.person')),
                ('minor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardianships', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('minor', 'guardian'), name='guardianship_open_once'), models.CheckConstraint(condition=models.Q(('minor', models.F('guardian')), _negated=True), name='guardianship_not_of_oneself'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='guardianship_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='IdDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('country', models.CharField(max_length=2)),
                ('number', hequan.core.sealed.SealedText(blank=True, default='')),
                ('number_match', models.CharField(max_length=32)),
                ('tail', models.CharField(max_length=4)),
                ('recorded_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'country', 'number_match'), name='id_document_once'), models.UniqueConstraint(fields=('person', 'kind'), name='id_document_one_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=24)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('person', 'organisation', 'role'), name='membership_open_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='membership_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='MergeRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved', models.JSONField(default=list)),
                ('joined', models.JSONField(default=list)),
                ('replaced', hequan.core.sealed.SealedText(blank=True, default='')),
                ('reasons', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('loser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_lost', to='people.person')),
                ('winner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_won', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('loser',), name='merge_lost_once'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='merge_undone_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.CharField(max_length=64)),
                ('version', models.PositiveIntegerField()),
                ('language', models.CharField(max_length=8)),
                ('subject', models.CharField(max_length=240)),
                ('body', models.TextField()),
                ('link', models.CharField(blank=True, max_length=300)),
                ('is_urgent', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='people.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-created_at'], name='people_mess_person__e115c7_idx'), models.Index(fields=['organisation', '-created_at'], name='people_mess_organis_091301_idx'), models.Index(fields=['template', '-created_at'], name='people_mess_templat_4a351a_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('person__isnull', False)), models.Q(('organisation__isnull', False), ('person__isnull', True)), _connector='OR'), name='message_one_receiver')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=8)),
                ('state', models.CharField(default=hequan.people.kinds.DeliveryState['WAITING'], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=16)),
                ('in_digest', models.BooleanField(default=False)),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('given_id', models.CharField(blank=True, max_length=64)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='people.message')),
            ],
            options={
                'indexes': [models.Index(fields=['state', '-due_at'], name='people_deli_state_69b86c_idx'), models.Index(condition=models.Q(('state', hequan.people.kinds.DeliveryState['WAITING'])), fields=['due_at'], name='delivery_waiting')],
                'constraints': [models.UniqueConstraint(fields=('message', 'channel'), name='delivery_once_a_channel'), models.CheckConstraint(condition=models.Q(models.Q(('state', hequan.people.kinds.DeliveryState['SENT']), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='delivery_sent_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='DeliveryAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=8)),
                ('is_on', models.BooleanField(default=True)),
                ('address', hequan.core.sealed.SealedText(blank=True, default='')),
                ('choice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='people.deliverychoice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('choice', 'channel'), name='delivery_address_once')],
            },
        ),
        migrations.CreateModel(
            name='FrameMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_on', models.DateField()),
                ('agreement', models.CharField(max_length=120)),
                ('left_on', models.DateField(null=True)),
                ('frame', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.frame')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.framegroup')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frames', to='people.organisation')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('frame', 'group', 'organisation'), name='frame_member_once_in_group'), models.UniqueConstraint(condition=models.Q(('group', None), ('left_on', None)), fields=('frame', 'organisation'), name='frame_member_once_without_group'), models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('signed_on')), _connector='OR'), name='frame_member_leaves_after_signing')],
            },
        ),
        migrations.CreateModel(
            name='FrameAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=200)),
                ('on', models.DateField()),
                ('amount', models.PositiveIntegerField(null=True)),
                ('measure', models.CharField(blank=True, max_length=16)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='people.framemember')),
            ],
            options={
                'indexes': [models.Index(fields=['member', 'on'], name='frame_act_by_member')],
            },
        ),
        ]),
        migrations.AddField(
            model_name='organisation',
            name='initials',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['initials'], name='organisation_by_initials', opclasses=['varchar_pattern_ops']),
        ),
    ]
