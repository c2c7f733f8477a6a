"""The doors of organizations; part of the addresses of accounts."""

from django.urls import URLPattern, path

from accounts.web import (
    organization_joining,
    organization_members,
    organization_reviews,
    organizations,
    size_standards,
)

HERE = "organizations/<reference:organization>/"
STAFF = "staff/organizations/"
urlpatterns: list[URLPattern] = [
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/find/", organization_joining.find_organization, name="find_organization"),
    path("organizations/new/", organizations.new_organization, name="new_organization"),
    path(HERE, organizations.organization, name="organization"),
    path(f"{HERE}invite/", organization_members.invite_member, name="invite_member"),
    path(f"{HERE}end-membership/", organization_members.end_membership, name="end_membership"),
    path(f"{HERE}answer/", organization_members.answer_invitation, name="answer_invitation"),
    path(f"{HERE}edit/", organizations.edit_organization, name="edit_organization"),
    path(f"{HERE}parent/", organizations.name_parent, name="name_parent"),
    path(f"{HERE}end-family/", organizations.end_family, name="end_family"),
    path(f"{HERE}leave/", organization_members.leave, name="leave_organization"),
    path(f"{HERE}ask/", organization_joining.ask, name="ask_to_join"),
    path(f"{HERE}join/", organization_joining.join, name="join_by_domain"),
    path(f"{HERE}requests/", organization_joining.answer_request, name="answer_join_request"),
    path(f"{HERE}domains/", organization_joining.claim, name="claim_domain"),
    path(f"{HERE}domains/prove/", organization_joining.prove, name="prove_domain"),
    path(f"{HERE}domains/end/", organization_joining.give_up, name="end_domain"),
    path(f"{STAFF}duplicates/", organization_reviews.duplicates, name="duplicates"),
    path(
        f"{STAFF}duplicates/<reference:organization>/<reference:other>/",
        organization_reviews.duplicate,
        name="duplicate",
    ),
    path(
        f"{STAFF}<reference:organization>/",
        organization_reviews.staff_organization,
        name="staff_organization",
    ),
    path(
        f"{STAFF}<reference:organization>/confirm-domain/",
        organization_reviews.confirm,
        name="confirm_domain",
    ),
    path("size-standards/", size_standards.size_standards, name="size_standards"),
]
