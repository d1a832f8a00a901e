"""Every page, by who it is for: the table of contents of the site.

public: residents, without signing in · account: signing in, preferences, first start · board: the
town's and district's offices.
"""

from django.urls import path

from hequan.web.account import messages as my_messages
from hequan.web.account.first_start import first_start
from hequan.web.account.landing import landing
from hequan.web.account.preferences import change_preferences
from hequan.web.account import code_sign_in, providers, second_factor, security
from hequan.web.account.signing import sign_in_page, sign_out
from hequan.web.board import (
    circles,
    corridors,
    coverage,
    imports,
    lacking,
    messages,
    territory,
    unit_changes,
)
from hequan.web.board import services as services_board
from hequan.web.board import stations as stations_board
from hequan.web.public import fifteen, maps, pages, route, services, stations

app_name = "web"

PUBLIC = [
    path("", fifteen.home, name="home"),
    path("committees/", fifteen.committees, name="committees"),
    path("route/<str:code>/", route.route, name="route"),
    path("stations/", stations.station_list, name="stations"),
    path("stations/<str:code>/", stations.station, name="station"),
    path("services/", services.catalogue, name="services"),
    path("services/<str:code>/", services.service, name="service"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
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
    path("preferences/", change_preferences, name="preferences"),
    path("my/messages/", my_messages.my_messages, name="my-messages"),
    path("my/messages/<int:pk>/", my_messages.my_message, name="my-message"),
    path("my/delivery/", my_messages.my_delivery, name="my-delivery"),
    path("first-start/", first_start, name="first-start"),
]
BOARD = [
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
    path("board/imports/", imports.import_kinds_page, name="board-imports"),
    path("board/imports/<str:code>/", imports.upload, name="board-import-upload"),
    path("board/imports/<str:code>/template.xlsx", imports.template, name="board-import-template"),
    path("board/import-runs/<int:pk>/", imports.run, name="board-import-run"),
    path("board/import-runs/<int:pk>/confirm/", imports.confirm, name="board-import-confirm"),
]

urlpatterns = PUBLIC + ACCOUNT + BOARD
