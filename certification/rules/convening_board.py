"""Who sits on the board: the classes of firms are their roles; others sit beside them."""

from enum import StrEnum

from certification.rules.participants import FIRM_ROLE_WORDS, FirmRole


class SeatClass(StrEnum):
    """A class of members with seats on the board."""

    END_PRODUCER = FirmRole.END_PRODUCER.value
    SUPPLIER = FirmRole.SUPPLIER.value
    MACHINERY = FirmRole.MACHINERY.value
    SERVICES = FirmRole.SERVICES.value
    LOGISTICS = FirmRole.LOGISTICS.value
    DISTRIBUTION = FirmRole.DISTRIBUTION.value
    KNOWLEDGE = FirmRole.KNOWLEDGE.value
    COMPLEMENTARY = FirmRole.COMPLEMENTARY.value
    INSTITUTION = "institution"
    GOVERNMENT = "government"
    INDEPENDENT = "independent"

    @property
    def is_firm_class(self) -> bool:
        """Whether it is a class of firms: only those are limited."""
        return self.value in {role.value for role in FirmRole}


SEAT_CLASS_WORDS = {
    **{SeatClass(role.value): words for role, words in FIRM_ROLE_WORDS.items()},
    SeatClass.INSTITUTION: "Colleges and other institutions",
    SeatClass.GOVERNMENT: "Government",
    SeatClass.INDEPENDENT: "Independent members",
}
