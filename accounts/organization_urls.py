"""The doors of organizations; part of the addresses of accounts."""

from django.urls import URLPattern, path

from accounts.web import organization_members, organizations, size_standards

HERE = "organizations/<reference:organization>/"
urlpatterns: list[URLPattern] = [
    path("organizations/new/", organizations.new_organization, name="new_organization"),
    path(HERE, organizations.organization, name="organization"),
    path(f"{HERE}invite/", organization_members.invite_member, name="invite_member"),
    path(f"{HERE}end-membership/", organization_members.end_membership, name="end_membership"),
    path(f"{HERE}answer/", organization_members.answer_invitation, name="answer_invitation"),
    path(f"{HERE}edit/", organizations.edit_organization, name="edit_organization"),
    path(f"{HERE}parent/", organizations.name_parent, name="name_parent"),
    path(f"{HERE}end-family/", organizations.end_family, name="end_family"),
    path(f"{HERE}leave/", organization_members.leave, name="leave_organization"),
    path("size-standards/", size_standards.size_standards, name="size_standards"),
]
