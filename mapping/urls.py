"""Every door of mapping."""

from django.urls import URLPattern, path

from mapping.web import (
    clusters,
    downloads,
    drawing,
    figures,
    finding,
    loads,
    maps,
    methodology,
    regions,
    release_reports,
    releases,
)

app_name = "mapping"
urlpatterns: list[URLPattern] = [
    path("explore/", maps.explore, name="map"),
    path("explore/map.<export_form:form>", maps.map_table, name="map-table"),
    path("explore/map.svg", maps.map_svg_file, name="map-svg"),
    path("explore/regions/<slug:region_type>/<slug:code>/", regions.region, name="region"),
    path(
        "explore/regions/<slug:region_type>/<slug:code>.<export_form:form>",
        regions.region_table,
        name="region-table",
    ),
    path(
        "explore/regions/<slug:region_type>/<slug:code>/clusters/<str:cluster>/",
        figures.figure,
        name="figure",
    ),
    path(
        "explore/regions/<slug:region_type>/<slug:code>/clusters/<str:cluster>.<export_form:form>",
        figures.figure_table,
        name="figure-table",
    ),
    path("explore/clusters/", clusters.clusters, name="clusters"),
    path("explore/clusters/<slug:code>/", clusters.cluster, name="cluster"),
    path("explore/draw/", drawing.draw, name="draw"),
    path("explore/draw.<export_form:form>", drawing.draw_table, name="draw-table"),
    path("explore/find/", finding.find, name="find"),
    path("explore/data/", downloads.data, name="data"),
    path(
        "explore/data/releases/<reference:release>/", release_reports.report, name="release-report"
    ),
    path(
        "explore/data/releases/<reference:release>.<export_form:form>",
        release_reports.dropped,
        name="release-dropped",
    ),
    path("explore/methodology/", methodology.methodology, name="methodology"),
    path("staff/releases/", releases.releases, name="releases"),
    path("staff/releases/switch/", releases.switch, name="switch-basis"),
    path(
        "staff/releases/<reference:release>/",
        release_reports.staff_report,
        name="staff-release-report",
    ),
    path(
        "staff/releases/<reference:release>.<export_form:form>",
        release_reports.staff_dropped,
        name="staff-release-dropped",
    ),
    path("staff/releases/load/", loads.send, name="send-files"),
    path("staff/releases/loads/<reference:load>/", loads.load, name="load"),
    path(
        "staff/releases/loads/<reference:load>.<export_form:form>",
        loads.load_table,
        name="load-table",
    ),
    path("staff/releases/loads/<reference:load>/stop/", loads.stop, name="stop-load"),
    path("staff/releases/loads/<reference:load>/again/", loads.again, name="load-again"),
    path("staff/releases/publish/<reference:basis>/", loads.publish, name="publish-basis"),
]
