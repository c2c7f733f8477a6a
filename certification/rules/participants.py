"""Who may take part, and as what: the programme's words for firms, institutions, governments."""

from enum import StrEnum


class FirmRole(StrEnum):
    """What a firm does in the cluster. Services count: a hospital is an end producer."""

    END_PRODUCER = "end_producer"
    SUPPLIER = "supplier"
    MACHINERY = "machinery"
    SERVICES = "services"
    LOGISTICS = "logistics"
    DISTRIBUTION = "distribution"
    KNOWLEDGE = "knowledge"
    COMPLEMENTARY = "complementary"


FIRM_ROLE_WORDS = {
    FirmRole.END_PRODUCER: "End producer",
    FirmRole.SUPPLIER: "Component or input supplier",
    FirmRole.MACHINERY: "Machinery and tools",
    FirmRole.SERVICES: "Service provider",
    FirmRole.LOGISTICS: "Logistics",
    FirmRole.DISTRIBUTION: "Distribution",
    FirmRole.KNOWLEDGE: "Finance and knowledge services",
    FirmRole.COMPLEMENTARY: "Complementary firm",
}

# How a missing role is asked for in a sentence: "Add a logistics firm."
FIRM_ROLE_WANTED = {
    FirmRole.END_PRODUCER: "an end producer",
    FirmRole.SUPPLIER: "a component or input supplier",
    FirmRole.MACHINERY: "a maker of machinery or tools",
    FirmRole.SERVICES: "a service provider",
    FirmRole.LOGISTICS: "a logistics firm",
    FirmRole.DISTRIBUTION: "a distributor",
    FirmRole.KNOWLEDGE: "a finance or knowledge services firm",
    FirmRole.COMPLEMENTARY: "a firm in a complementary field",
}


class InstitutionKind(StrEnum):
    """What an institution is. One may be both a college and a training provider."""

    UNIVERSITY = "university"
    COMMUNITY_COLLEGE = "community_college"
    TRAINING_PROVIDER = "training_provider"
    RESEARCH_LABORATORY = "research_laboratory"
    TRADE_ASSOCIATION = "trade_association"
    STANDARDS_BODY = "standards_body"
    ECONOMIC_DEVELOPMENT = "economic_development"
    LABOUR_ORGANIZATION = "labour_organization"
    OTHER = "other"


INSTITUTION_KIND_WORDS = {
    InstitutionKind.UNIVERSITY: "University",
    InstitutionKind.COMMUNITY_COLLEGE: "Community college",
    InstitutionKind.TRAINING_PROVIDER: "Training provider",
    InstitutionKind.RESEARCH_LABORATORY: "Research laboratory",
    InstitutionKind.TRADE_ASSOCIATION: "Trade association",
    InstitutionKind.STANDARDS_BODY: "Standards body",
    InstitutionKind.ECONOMIC_DEVELOPMENT: "Economic development organization",
    InstitutionKind.LABOUR_ORGANIZATION: "Labor organization",
    InstitutionKind.OTHER: "Other institution",
}

COLLEGES = frozenset({InstitutionKind.UNIVERSITY, InstitutionKind.COMMUNITY_COLLEGE})


class GovernmentLevel(StrEnum):
    """Which government signs. The District of Columbia is state and city in one."""

    STATE = "state"
    DISTRICT = "district"
    COUNTY = "county"
    CITY = "city"
    TRIBE = "tribe"


GOVERNMENT_LEVEL_WORDS = {
    GovernmentLevel.STATE: "State",
    GovernmentLevel.DISTRICT: "District of Columbia",
    GovernmentLevel.COUNTY: "County",
    GovernmentLevel.CITY: "City",
    GovernmentLevel.TRIBE: "Tribal government",
}

STATE_LEVELS = frozenset({GovernmentLevel.STATE, GovernmentLevel.DISTRICT})
LOCAL_LEVELS = frozenset(
    {
        GovernmentLevel.DISTRICT,
        GovernmentLevel.COUNTY,
        GovernmentLevel.CITY,
        GovernmentLevel.TRIBE,
    }
)


class ConveningForm(StrEnum):
    """What the convening organization is, or will be."""

    ENTITY = "entity"
    FISCAL_SPONSOR = "fiscal_sponsor"
    FORMATION_PLAN = "formation_plan"


CONVENING_FORM_WORDS = {
    ConveningForm.ENTITY: "An organization of its own",
    ConveningForm.FISCAL_SPONSOR: "Carried by a fiscal sponsor",
    ConveningForm.FORMATION_PLAN: "To be formed, with a written plan",
}
