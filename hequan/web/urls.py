"""Every page, by who it is for: the table of contents of the site.

public: residents, without signing in · account: signing in, preferences, first start · board: the
town's and district's offices.
"""

from django.urls import path

from hequan.web import case_photos, hints, place_finding
from hequan.web.account import (
    code_sign_in,
    my_consents,
    my_duty,
    own_data,
    own_phone,
    providers,
    second_factor,
    security,
)
from hequan.web.account import messages as my_messages
from hequan.web.account.first_start import first_start
from hequan.web.account.landing import landing
from hequan.web.account.preferences import change_preferences
from hequan.web.account.signing import sign_in_page, sign_out
from hequan.web.board import accounts as accounts_board
from hequan.web.board import (
    answering,
    api_keys,
    behalf,
    case_intake,
    case_library,
    case_load,
    case_public,
    case_together,
    circles,
    corridors,
    coverage,
    duplicates,
    field_shell,
    field_work,
    frames,
    imports,
    lacking,
    list_trial,
    matters,
    messages,
    offices,
    organisations,
    people,
    protection,
    protection_children,
    protection_registers,
    protection_requests,
    protection_texts,
    repair_prices,
    responsibilities,
    responsibility_parts,
    responsibility_steps,
    search,
    service_areas,
    system,
    territory,
    unit_changes,
    unit_letters,
)
from hequan.web.board import audit as audit_board
from hequan.web.board import case as case_board
from hequan.web.board import case_figures as case_figures_board
from hequan.web.board import case_sheet as case_sheet_board
from hequan.web.board import cases as cases_board
from hequan.web.board import disputes as disputes_board
from hequan.web.board import duty as duty_board
from hequan.web.board import early_warnings as warnings_board
from hequan.web.board import leaves as leaves_board
from hequan.web.board import mentoring as mentoring_board
from hequan.web.board import pools as pools_board
from hequan.web.board import posts as posts_board
from hequan.web.board import registrations as registrations_board
from hequan.web.board import repairs as repairs_board
from hequan.web.board import services as services_board
from hequan.web.board import stations as stations_board
from hequan.web.board import teams as teams_board
from hequan.web.public import (
    case_baskets,
    case_repairs,
    case_status,
    digests,
    fifteen,
    maps,
    open_matters,
    pages,
    registering,
    reporting,
    route,
    services,
    stations,
)

app_name = "web"

PUBLIC = [
    path("", fifteen.home, name="home"),
    path("committees/", fifteen.committees, name="committees"),
    path("route/<str:code>/", route.route, name="route"),
    path("stations/", stations.station_list, name="stations"),
    path("stations/<str:code>/", stations.station, name="station"),
    path("services/", services.catalogue, name="services"),
    path("services/<str:code>/", services.service, name="service"),
    path("register/", registering.register, name="register"),
    path("register/<int:pk>/end/", registering.end, name="register-end"),
    path("duty/<str:token>.ics", my_duty.feed, name="duty-feed"),
    path("report/", reporting.report, name="report"),
    path("report/hints/", hints.hints, name="class-hints"),
    path("report/place/", place_finding.look_up, name="place-look-up"),
    path("case/<str:link>/", case_status.status, name="case"),
    path("case/<str:link>/sent/", case_status.sent, name="case-sent"),
    path("basket/<str:link>/", case_baskets.basket, name="basket"),
    path("case/<str:link>/repairs/<int:pk>/", case_repairs.answer, name="case-repair"),
    path("case/<str:link>/photos/<int:pk>/", case_photos.own, name="case-photo"),
    path("photos/<int:pk>/", case_photos.released, name="photo"),
    path("open/", open_matters.open_matters, name="open-matters"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("audit/digests/", digests.digests, name="audit-digests"),
    path("audit/digests.json", digests.digests_json, name="audit-digests-json"),
    path("map/background.json", maps.background, name="map-background"),
    path("map/stations.json", maps.stations, name="map-stations"),
    path("map/route.json", maps.route, name="map-route"),
]
ACCOUNT = [
    # signing in, and one's own sign-in
    path("sign-in/", sign_in_page, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
    path("sign-in/code/", code_sign_in.ask_code, name="sign-in-code"),
    path("sign-in/code/again/", code_sign_in.ask_again, name="sign-in-code-again"),
    path("sign-in/code/enter/", code_sign_in.enter_code, name="sign-in-code-enter"),
    path("sign-in/code/who/", code_sign_in.choose_person, name="sign-in-code-who"),
    path("sign-in/code/new/", code_sign_in.register, name="sign-in-code-new"),
    path("sign-in/with/<str:provider_id>/", providers.go_to_provider, name="sign-in-with"),
    path("my/security/", security.security, name="own-security"),
    path("my/security/password/", security.own_password, name="own-password"),
    path("my/security/sessions/", security.end_other_sessions, name="own-sessions-end"),
    path("my/security/second-factor/", second_factor.own_factor, name="own-second-factor"),
    path("my/security/codes/", second_factor.renew_codes, name="own-recovery-codes"),
    path("my/security/remove/", second_factor.remove_factor, name="own-factor-remove"),
    path("my/security/tie/<str:provider_id>/", providers.tie_provider, name="own-provider-tie"),
    path("my/security/untie/<int:pk>/", providers.untie_provider, name="own-provider-untie"),
    path("landing/", landing, name="landing"),
    # my duty, and its calendar
    path("my/duty/", my_duty.my_duty, name="my-duty"),
    path("my/duty/address/", my_duty.new_address, name="my-duty-address"),
    path("my/duty/no-address/", my_duty.no_address, name="my-duty-no-address"),
    path("preferences/", change_preferences, name="preferences"),
    path("my/messages/", my_messages.my_messages, name="my-messages"),
    path("my/messages/<int:pk>/", my_messages.my_message, name="my-message"),
    path("my/delivery/", my_messages.my_delivery, name="my-delivery"),
    path("first-start/", first_start, name="first-start"),
    # one's own data and consents
    path("my/data/", own_data.my_data, name="my-data"),
    path("my/data/take/", own_data.take_data, name="my-data-take"),
    path("my/data/correct/", own_data.correct_data, name="my-data-correct"),
    path("my/data/phone/", own_phone.new_phone, name="my-phone"),
    path("my/data/phone/code/", own_phone.enter_code, name="my-phone-code"),
    path("my/data/erase/", own_data.erase_data, name="my-data-erase"),
    path("my/consents/", my_consents.my_consents, name="my-consents"),
    path("my/consents/<int:pk>/give/", my_consents.give, name="my-consent-give"),
    path("my/consents/<int:pk>/withdraw/", my_consents.withdraw, name="my-consent-withdraw"),
]
BOARD = [
    # the audit trail
    path("board/audit/", audit_board.entries, name="board-audit"),
    path("board/audit/<int:pk>/", audit_board.entry, name="board-audit-entry"),
    path("board/audit/export/", audit_board.export, name="board-audit-export"),
    # protection of personal data
    path(
        "board/people/<int:pk>/protection/",
        protection.person_protection,
        name="board-person-protection",
    ),
    path("board/people/<int:pk>/reveal/", protection.reveal, name="board-reveal"),
    path("board/people/<int:pk>/child-access/", protection.ask_child, name="board-child-ask"),
    path(
        "board/people/<int:pk>/consents/give/",
        protection.consent_at_counter,
        name="board-consent-give",
    ),
    path(
        "board/people/<int:pk>/consents/<int:consent>/withdraw/",
        protection.withdraw_at_counter,
        name="board-consent-withdraw",
    ),
    path("board/people/<int:pk>/documents/", protection.add_document, name="board-document-add"),
    path(
        "board/people/<int:pk>/documents/<int:document>/remove/",
        protection.drop_document,
        name="board-document-drop",
    ),
    path(
        "board/people/<int:pk>/data-requests/",
        protection.request_at_counter,
        name="board-request-add",
    ),
    path("board/protection/requests/", protection_requests.requests, name="board-data-requests"),
    path(
        "board/protection/requests/<int:pk>/",
        protection_requests.data_request,
        name="board-data-request",
    ),
    path(
        "board/protection/requests/<int:pk>/take/",
        protection_requests.take_data_for,
        name="board-data-request-take",
    ),
    path(
        "board/protection/requests/<int:pk>/erase/",
        protection_requests.erase_for,
        name="board-data-request-erase",
    ),
    path("board/protection/proofs/", protection_requests.proofs, name="board-proofs"),
    path("board/protection/consents/", protection_texts.texts, name="board-consent-texts"),
    path(
        "board/protection/consents/new/", protection_texts.new_text, name="board-consent-text-new"
    ),
    path(
        "board/protection/children/", protection_children.child_requests, name="board-child-access"
    ),
    path(
        "board/protection/children/<int:pk>/decide/",
        protection_children.decide,
        name="board-child-decide",
    ),
    path(
        "board/protection/assessments/", protection_registers.assessments, name="board-assessments"
    ),
    path(
        "board/protection/assessments/new/",
        protection_registers.new_assessment,
        name="board-assessment-new",
    ),
    path(
        "board/protection/assessments/<int:pk>/",
        protection_registers.assessment,
        name="board-assessment",
    ),
    path("board/protection/breaches/", protection_registers.breaches, name="board-breaches"),
    path(
        "board/protection/breaches/new/", protection_registers.edit_breach, name="board-breach-new"
    ),
    path(
        "board/protection/breaches/<int:pk>/", protection_registers.edit_breach, name="board-breach"
    ),
    path(
        "board/protection/breaches/<int:pk>/close/",
        protection_registers.end_breach,
        name="board-breach-close",
    ),
    # cases
    path("board/cases/", cases_board.queue, name="board-cases"),
    # the grid worker's phone
    path("field/", field_work.today, name="field"),
    path("field/report/", field_work.report, name="field-report"),
    path("field/around/", field_work.around, name="field-around"),
    path("field/send/", field_work.send, name="field-send"),
    path("field/token/", field_work.token, name="field-token"),
    path("field/shell/", field_shell.shell, name="field-shell"),
    path("field/worker.js", field_shell.worker, name="field-worker"),
    path("field/manifest.webmanifest", field_shell.manifest, name="field-manifest"),
    path("board/cases/new/", case_intake.take_in, name="board-case-new"),
    path("board/cases/figures/", case_figures_board.figures, name="board-case-figures"),
    path(
        "board/cases/figures/cases/",
        case_figures_board.figure_cases,
        name="board-case-figures-cases",
    ),
    path(
        "board/cases/figures/workbook/",
        case_figures_board.figure_workbook,
        name="board-case-figures-workbook",
    ),
    path("board/cases/sheet/", case_sheet_board.sheet, name="board-case-sheet"),
    path("board/cases/<int:pk>/", case_board.case, name="board-case"),
    path("board/cases/load/", case_load.load, name="board-case-load"),
    path("board/cases/help/", case_together.asked_of_me, name="board-case-help"),
    path("board/cases/<int:pk>/together/", case_together.together, name="board-case-together"),
    path("board/cases/<int:pk>/words/", case_public.release, name="board-case-words"),
    path("board/cases/<int:pk>/contact/", case_board.contact, name="board-case-contact"),
    path("board/case-photos/<int:pk>/", case_photos.of_a_case, name="board-case-photo"),
    path(
        "board/case-photos/<int:pk>/release/",
        case_photos.release,
        name="board-case-photo-release",
    ),
    path(
        "board/case-photos/<int:pk>/publish/",
        case_photos.publish,
        name="board-case-photo-publish",
    ),
    path("board/cases/visits/<int:pk>/", case_intake.receipt, name="board-case-visit"),
    path("board/cases/visits/<int:pk>/next/", case_intake.take_in, name="board-case-next"),
    path("board/cases/<int:pk>/write-up/", case_library.write, name="board-case-write-up"),
    path("board/library/", case_library.library, name="board-library"),
    path("board/library/review/", case_library.review_queue, name="board-library-review"),
    path("board/library/<int:pk>/", case_library.write_up, name="board-write-up"),
    path("board/repairs/", repairs_board.board, name="board-repairs"),
    path("board/repairs/<int:pk>/", repairs_board.repair, name="board-repair"),
    path(
        "board/repairs/<int:pk>/photos/<int:photo>/",
        repairs_board.photo,
        name="board-repair-photo",
    ),
    path("board/cases/<int:pk>/repair/", repairs_board.order, name="board-case-repair"),
    path("board/repairs/provider/", repairs_board.new_provider, name="board-repair-provider"),
    path("board/repairs/prices/<int:pk>/", repair_prices.prices, name="board-repair-prices"),
    path("board/disputes/", disputes_board.disputes, name="board-disputes"),
    path("board/disputes/new/", disputes_board.bring, name="board-dispute-new"),
    path("board/disputes/<int:pk>/", disputes_board.dispute, name="board-dispute"),
    path("board/warnings/", warnings_board.warnings, name="board-warnings"),
    path("board/warnings/cases/", warnings_board.behind, name="board-warning-cases"),
    path("board/", coverage.coverage, name="board-home"),
    path("board/coverage/measure/", coverage.measure, name="board-measure"),
    path("board/coverage/<int:pk>/chart.json", coverage.chart, name="board-coverage-chart"),
    path(
        "board/coverage/<int:pk>/coverage.xlsx", coverage.workbook, name="board-coverage-workbook"
    ),
    path(
        "board/coverage/<int:pk>/<str:level>.geojson",
        coverage.outlines,
        name="board-coverage-outlines",
    ),
    path(
        "board/coverage/<int:pk>/gaps/<str:profile>.geojson",
        coverage.gaps,
        name="board-coverage-gaps",
    ),
    path("board/stations/", stations_board.register, name="board-stations"),
    path("board/stations.xlsx", stations_board.register_workbook, name="board-stations-workbook"),
    path("board/stations/new/", stations_board.new_station, name="board-station-new"),
    path("board/stations/lacking/", lacking.lacking, name="board-lacking"),
    path("board/stations/assign/", lacking.assign, name="board-assign"),
    path("board/corridors/", corridors.corridors, name="board-corridors"),
    path("board/corridors/new/", corridors.edit_corridor, name="board-corridor-new"),
    path("board/corridors/<int:pk>/", corridors.edit_corridor, name="board-corridor"),
    path(
        "board/stations/<int:pk>/<str:section>/", stations_board.edit_station, name="board-station"
    ),
    path("board/services/", services_board.catalogue, name="board-services"),
    path("board/services/new/", services_board.edit_service, name="board-service-new"),
    path("board/services/<int:pk>/", services_board.edit_service, name="board-service"),
    path("board/territory/", territory.territory, name="board-territory"),
    path("board/territory/<int:pk>/", territory.unit, name="board-unit"),
    path("board/territory/<int:pk>/edit/", territory.edit_unit, name="board-unit-edit"),
    path("board/territory/<int:pk>/code/", unit_changes.recode_unit, name="board-unit-recode"),
    path("board/territory/<int:pk>/merge/", unit_changes.merge_units, name="board-unit-merge"),
    path("board/territory/<int:pk>/split/", unit_changes.split_unit, name="board-unit-split"),
    path("board/territory/<int:pk>/circles/", circles.circles, name="board-circles"),
    path("board/circle-sets/<int:pk>/new/", circles.new_circle, name="board-circle-new"),
    path("board/circles/<int:pk>/", circles.edit_circle, name="board-circle"),
    path("board/territory/<int:pk>/topology/", territory.topology, name="board-topology"),
    path(
        "board/territory/<int:pk>/<str:level>.geojson",
        territory.unit_outlines,
        name="board-unit-outlines",
    ),
    # messages
    path("board/messages/templates/", messages.templates, name="board-templates"),
    path(
        "board/messages/templates/<str:code>/<str:language>/",
        messages.template,
        name="board-template",
    ),
    path("board/messages/deliveries/", messages.deliveries, name="board-deliveries"),
    path(
        "board/messages/deliveries/<int:pk>/again/",
        messages.deliver_again,
        name="board-deliver-again",
    ),
    # the running of the system
    path("board/system/", system.system, name="board-system"),
    path("board/system/keys/", api_keys.keys, name="board-api-keys"),
    path("board/system/keys/<int:pk>/end/", api_keys.end, name="board-api-key-end"),
    path("board/system/jobs/", system.jobs, name="board-jobs"),
    path("board/system/jobs/<int:pk>/again/", system.run_again, name="board-job-again"),
    path("board/system/jobs/<int:pk>/aside/", system.put_aside, name="board-job-aside"),
    # accounts and the three administrators
    path("board/accounts/", accounts_board.accounts, name="board-accounts"),
    path("board/accounts/new/", accounts_board.new_account, name="board-account-new"),
    path("board/accounts/<int:pk>/", accounts_board.account, name="board-account"),
    path("board/accounts/<int:pk>/reset/", accounts_board.reset, name="board-account-reset"),
    path(
        "board/accounts/<int:pk>/factor/",
        accounts_board.reset_factor,
        name="board-account-factor",
    ),
    path("board/accounts/<int:pk>/change/", accounts_board.change, name="board-account-change"),
    path("board/accounts/<int:pk>/propose/", offices.propose, name="board-office-propose"),
    path("board/offices/", offices.offices, name="board-offices"),
    path("board/offices/<int:pk>/", offices.decide, name="board-office-decide"),
    # acting for a person
    path("board/behalf/<int:pk>/", behalf.begin, name="board-behalf"),
    path("board/behalf/end/", behalf.end, name="board-behalf-end"),
    # matters, responsibility lists, who answers
    path("board/matters/", matters.catalogue, name="board-matters"),
    path("board/matters/new/", matters.edit_matter, name="board-matter-new"),
    path("board/matters/starter/", matters.take_starter, name="board-matters-starter"),
    path("board/matters/<int:pk>/", matters.edit_matter, name="board-matter"),
    path("board/matters/<int:pk>/end/", matters.finish_matter, name="board-matter-end"),
    path("board/responsibilities/", responsibilities.lists, name="board-lists"),
    path("board/responsibilities/new/", responsibilities.new_list, name="board-list-new"),
    path("board/responsibilities/<int:pk>/", responsibilities.grid, name="board-list"),
    path(
        "board/responsibilities/<int:pk>/describe/",
        responsibilities.describe,
        name="board-list-describe",
    ),
    path(
        "board/responsibilities/<int:pk>/list.xlsx",
        responsibilities.workbook,
        name="board-list-workbook",
    ),
    path(
        "board/responsibilities/<int:pk>/item/",
        responsibility_parts.item,
        name="board-list-item-new",
    ),
    path(
        "board/responsibilities/<int:pk>/item/<int:key>/",
        responsibility_parts.item,
        name="board-list-item",
    ),
    path(
        "board/responsibilities/<int:pk>/party/",
        responsibility_parts.party,
        name="board-list-party-new",
    ),
    path(
        "board/responsibilities/<int:pk>/party/<int:key>/",
        responsibility_parts.party,
        name="board-list-party",
    ),
    path("board/responsibilities/<int:pk>/trial/", list_trial.trial, name="board-list-trial"),
    path(
        "board/responsibilities/<int:pk>/check/",
        responsibility_steps.check,
        name="board-list-check",
    ),
    path(
        "board/responsibilities/<int:pk>/compare/",
        responsibility_steps.compare,
        name="board-list-compare",
    ),
    path("board/responsibilities/<int:pk>/end/", responsibility_steps.end, name="board-list-end"),
    path(
        "board/responsibilities/<int:pk>/discard/",
        responsibility_steps.discard,
        name="board-list-discard",
    ),
    path(
        "board/responsibilities/<int:pk>/paper/<str:paper>/",
        responsibility_steps.sheet_on_paper,
        name="board-list-paper",
    ),
    path("board/answering/", answering.answering, name="board-answering"),
    path("board/service-areas/", service_areas.areas, name="board-service-areas"),
    path("board/service-areas/<int:pk>/end/", service_areas.end, name="board-service-area-end"),
    # people, organisations, frames, search
    path("board/search/", search.search, name="board-search"),
    path("board/people/", people.people, name="board-people"),
    path("board/people/new/", people.new_person, name="board-person-new"),
    path("board/duplicates/", duplicates.duplicates, name="board-duplicates"),
    path(
        "board/duplicates/<int:one>/<int:other>/",
        duplicates.duplicate,
        name="board-duplicate",
    ),
    path("board/mergers/<int:pk>/undo/", duplicates.undo_merger, name="board-merger-undo"),
    path("board/people/<int:pk>/", people.person, name="board-person"),
    path("board/people/<int:pk>/edit/", people.edit_person, name="board-person-edit"),
    path("board/people/<int:pk>/guardians/", people.add_guardian, name="board-guardian-add"),
    path("board/guardianships/<int:pk>/end/", people.end_guardian, name="board-guardian-end"),
    path("board/organisations/", organisations.organisations, name="board-organisations"),
    path("board/organisations/new/", organisations.new_organisation, name="board-organisation-new"),
    path("board/organisations/<int:pk>/", organisations.organisation, name="board-organisation"),
    path(
        "board/organisations/<int:pk>/edit/",
        organisations.edit_organisation,
        name="board-organisation-edit",
    ),
    path(
        "board/organisations/<int:pk>/close/", organisations.close, name="board-organisation-close"
    ),
    path(
        "board/organisations/<int:pk>/members/", organisations.add_member, name="board-member-add"
    ),
    path("board/memberships/<int:pk>/end/", organisations.end_member, name="board-member-end"),
    path("board/frames/", frames.frames, name="board-frames"),
    path("board/frames/new/", frames.edit_frame, name="board-frame-new"),
    path("board/frames/<int:pk>/", frames.frame, name="board-frame"),
    path("board/frames/<int:pk>/edit/", frames.edit_frame, name="board-frame-edit"),
    path("board/frames/<int:pk>/groups/", frames.add_group, name="board-frame-group-add"),
    path("board/frames/<int:pk>/sign/", frames.sign, name="board-frame-sign"),
    path("board/frames/members/<int:pk>/", frames.member, name="board-frame-member"),
    path("board/frames/members/<int:pk>/acts/", frames.note_act, name="board-frame-act"),
    path("board/frames/members/<int:pk>/leave/", frames.leave, name="board-frame-leave"),
    path("board/imports/", imports.import_kinds_page, name="board-imports"),
    path("board/imports/<str:code>/", imports.upload, name="board-import-upload"),
    path("board/imports/<str:code>/template.xlsx", imports.template, name="board-import-template"),
    path("board/import-runs/<int:pk>/", imports.run, name="board-import-run"),
    path("board/import-runs/<int:pk>/confirm/", imports.confirm, name="board-import-confirm"),
    # posts, teams, duty, pools, mentoring, registrations
    path("board/posts/", posts_board.post_list, name="board-posts"),
    path("board/posts/new/", posts_board.appoint, name="board-post-new"),
    path("board/posts/<int:pk>/", posts_board.post_page, name="board-post"),
    path("board/posts/<int:pk>/end/", posts_board.end, name="board-post-end"),
    path("board/posts/<int:pk>/hand-over/", posts_board.hand_over, name="board-post-hand-over"),
    path("board/teams/", teams_board.team_list, name="board-teams"),
    path("board/teams.xlsx", teams_board.team_workbook, name="board-teams-workbook"),
    path("board/teams/<int:pk>/", teams_board.team, name="board-team"),
    path("board/duty/", duty_board.duty_home, name="board-duty"),
    path("board/duty/leaves/", leaves_board.leaves, name="board-leaves"),
    path(
        "board/duty/leaves/<int:pk>/withdraw/", leaves_board.withdraw, name="board-leave-withdraw"
    ),
    path("board/duty/slots/<int:pk>/", duty_board.edit_duty, name="board-duty-slot"),
    path("board/duty/slots/<int:pk>/cancel/", duty_board.cancel, name="board-duty-cancel"),
    path("board/duty/weekly/<int:pk>/end/", duty_board.end_weekly, name="board-duty-weekly-end"),
    path("board/duty/<str:kind>/<int:pk>/", duty_board.calendar, name="board-duty-place"),
    path("board/duty/<str:kind>/<int:pk>/add/", duty_board.add, name="board-duty-add"),
    path("board/duty/<str:kind>/<int:pk>/weekly/", duty_board.add_weekly, name="board-duty-weekly"),
    path("board/pools/", pools_board.pool_list, name="board-pools"),
    path("board/pools/<int:pk>/", pools_board.pool, name="board-pool"),
    path("board/pools/<int:pk>/end/", pools_board.end, name="board-pool-end"),
    path("board/pools/members/<int:pk>/leave/", pools_board.leave, name="board-pool-leave"),
    path("board/mentoring/", mentoring_board.pair_list, name="board-mentoring"),
    path("board/mentoring/new/", mentoring_board.new_pair, name="board-pair-new"),
    path("board/mentoring/<int:pk>/", mentoring_board.pair, name="board-pair"),
    path("board/mentoring/<int:pk>/meeting/", mentoring_board.meet, name="board-pair-meeting"),
    path("board/mentoring/<int:pk>/mentor/", mentoring_board.mentor, name="board-pair-mentor"),
    path("board/mentoring/<int:pk>/end/", mentoring_board.finish, name="board-pair-end"),
    path("board/registrations/", registrations_board.registration_list, name="board-registrations"),
    path(
        "board/registrations/new/", registrations_board.register_at_counter, name="board-register"
    ),
    path(
        "board/registrations/unit/", registrations_board.register_a_unit, name="board-register-unit"
    ),
    path(
        "board/registrations/<int:pk>/", registrations_board.registration, name="board-registration"
    ),
    path(
        "board/registrations/<int:pk>/end/", registrations_board.end, name="board-registration-end"
    ),
    path("board/registrations/letters/<int:pk>/", unit_letters.letters, name="board-letters"),
]

urlpatterns = PUBLIC + ACCOUNT + BOARD
