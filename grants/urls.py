"""Every door of grants."""

from django.urls import URLPattern, URLResolver

from grants.web.assignment_urls import urlpatterns as assignment
from grants.web.award_position_urls import urlpatterns as award_position
from grants.web.awards_urls import urlpatterns as awards
from grants.web.competitions_urls import urlpatterns as competitions
from grants.web.complaints_urls import urlpatterns as complaints
from grants.web.financial_report_urls import urlpatterns as financial_report
from grants.web.match_urls import urlpatterns as match
from grants.web.panels_urls import urlpatterns as panels
from grants.web.payments_urls import urlpatterns as payments
from grants.web.proposals_urls import urlpatterns as proposals
from grants.web.reports_urls import urlpatterns as reports
from grants.web.reviews_urls import urlpatterns as reviews
from grants.web.selection_urls import urlpatterns as selection

app_name = "grants"
urlpatterns: list[URLPattern | URLResolver] = [
    *competitions,
    *panels,
    *proposals,
    *assignment,
    *reviews,
    *selection,
    *awards,
    *match,
    *award_position,
    *payments,
    *reports,
    *financial_report,
    *complaints,
]
