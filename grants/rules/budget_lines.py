"""The lines and columns of the budget (SF-424A, sections A to D)."""

from enum import StrEnum


class Category(StrEnum):
    """An object class of SF-424A section B."""

    PERSONNEL = "personnel"
    FRINGE = "fringe"
    TRAVEL = "travel"
    EQUIPMENT = "equipment"
    SUPPLIES = "supplies"
    CONTRACTUAL = "contractual"
    CONSTRUCTION = "construction"
    OTHER = "other"
    INDIRECT = "indirect"


class Column(StrEnum):
    """Whose money."""

    FEDERAL = "federal"
    MATCH = "match"


class LeftOut(StrEnum):
    """What modified total direct costs leave out, beside equipment and capital expenditure."""

    RENTAL = "rental"
    TUITION = "tuition"
    SUPPORT = "support"
    PATIENT_CARE = "patient_care"


class IndirectBasis(StrEnum):
    """By which rule indirect costs are charged."""

    NONE = "none"
    DE_MINIMIS = "de_minimis"
    NEGOTIATED = "negotiated"


CATEGORY_WORDS = {
    Category.PERSONNEL: "Personnel",
    Category.FRINGE: "Fringe benefits",
    Category.TRAVEL: "Travel",
    Category.EQUIPMENT: "Equipment",
    Category.SUPPLIES: "Supplies",
    Category.CONTRACTUAL: "Contracts and subawards",
    Category.CONSTRUCTION: "Construction",
    Category.OTHER: "Other",
    Category.INDIRECT: "Indirect costs",
}
COLUMN_WORDS = {Column.FEDERAL: "Federal funds", Column.MATCH: "Matching funds"}
LEFT_OUT_WORDS = {
    LeftOut.RENTAL: "Rental costs",
    LeftOut.TUITION: "Tuition, scholarships and fellowships",
    LeftOut.SUPPORT: "Participant support",
    LeftOut.PATIENT_CARE: "Patient care",
}
INDIRECT_BASIS_WORDS = {
    IndirectBasis.NONE: "We charge none",
    IndirectBasis.DE_MINIMIS: "De minimis rate",
    IndirectBasis.NEGOTIATED: "Negotiated rate",
}
CAPITAL = frozenset({Category.EQUIPMENT, Category.CONSTRUCTION})
DIRECT = tuple(one for one in Category if one is not Category.INDIRECT)
