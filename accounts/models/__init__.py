"""Users, organizations, agencies."""

from accounts.models.addresses import AddressChange
from accounts.models.agencies import Agency, AgencyRole
from accounts.models.belonging import JoinRequest, OrganizationDomain
from accounts.models.duplicates import DuplicateReview
from accounts.models.identities import LinkedIdentity
from accounts.models.organizations import Organization, OrganizationInvitation, OrganizationRole
from accounts.models.sessions import OpenSession
from accounts.models.size_standards import SizeStandard
from accounts.models.users import User
from accounts.models.views import SavedView

__all__ = [
    "AddressChange",
    "Agency",
    "AgencyRole",
    "DuplicateReview",
    "JoinRequest",
    "LinkedIdentity",
    "OpenSession",
    "Organization",
    "OrganizationDomain",
    "OrganizationInvitation",
    "OrganizationRole",
    "SavedView",
    "SizeStandard",
    "User",
]
