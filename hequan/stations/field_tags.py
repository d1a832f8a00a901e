"""The field tags (字段标签) of stations: places and services, none of them a person.

A station has a telephone of its own; officers appear only as those who signed.
"""

from hequan.core.personal import TableTags, plain, references

TAGS = {
    "stations.accessibilitycheck": TableTags(
        plain(
            "id station entrance_step_free ramp lift door_width_cm accessible_wc "
            "low_counter e_display writing_pad voice_prompt hearing_loop guide_dog "
            "checked_on"
        )
    ),
    "stations.answeringstation": TableTags(plain("id organisation station")),
    "stations.closure": TableTags(
        {
            **plain("id station from_at to_at reason is_sudden announced_at withdrawn_at"),
            **references("announced_by"),
        }
    ),
    "stations.corestation": TableTags(plain("id circle station")),
    "stations.corridor": TableTags(plain("id name unit introduction")),
    "stations.corridorstop": TableTags(plain("id corridor space position role")),
    "stations.coveragegap": TableTags(
        plain("id run profile unit lon lat homes people nearest_minutes")
    ),
    "stations.coveragereach": TableTags(plain("id run profile arrays")),
    "stations.coveragerun": TableTags(
        {
            **plain(
                "id unit network day minute profiles minutes state error asked_at finished_at "
                "seconds figures"
            ),
            **references("asked_by"),
        }
    ),
    "stations.coveragestation": TableTags(plain("id run station figures")),
    "stations.coverageunit": TableTags(plain("id run unit circle people figures by_age")),
    "stations.hoursexception": TableTags(plain("id station day opens closes reason")),
    "stations.mainstation": TableTags(plain("id grid station")),
    "stations.openingrule": TableTags(
        plain("id station day opens closes season season_from season_to valid_from valid_to")
    ),
    "stations.service": TableTags(
        plain("id code name category mode minutes papers audience fee description ended_on")
    ),
    "stations.serviceoffer": TableTags(plain("id station service mode note")),
    "stations.space": TableTags(
        plain("id station name functions capacity floor area_m2 step_free")
    ),
    "stations.station": TableTags(
        plain(
            "id code name kind level unit organisation lon lat source_coordinates address "
            "phone status roles zone_kind introduction opened_on closed_on"
        )
    ),
}
