"""Every lifecycle of grants in one list, for the documents and tests derived from them."""

from grants.rules.award_states import AWARD
from grants.rules.match.complaints import COMPLAINT
from grants.rules.match.states import CONTRIBUTION
from grants.rules.panel_states import ASSIGNMENT, MATCH, SEAT
from grants.rules.payment_states import PAYMENT
from grants.rules.report_states import REPORT
from grants.rules.selection_states import APPEAL
from grants.rules.states import COMPETITION, PROPOSAL

LIFECYCLES = (
    COMPETITION,
    PROPOSAL,
    MATCH,
    SEAT,
    ASSIGNMENT,
    APPEAL,
    AWARD,
    CONTRIBUTION,
    PAYMENT,
    REPORT,
    COMPLAINT,
)
