"""Users, organizations, agencies."""

from accounts.models.agencies import Agency, AgencyRole
from accounts.models.organizations import Organization, OrganizationInvitation, OrganizationRole
from accounts.models.users import User
from accounts.models.views import SavedView

__all__ = [
    "Agency",
    "AgencyRole",
    "Organization",
    "OrganizationInvitation",
    "OrganizationRole",
    "SavedView",
    "User",
]
