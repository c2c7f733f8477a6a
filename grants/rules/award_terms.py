"""The terms that a draft of an award starts from, and the words of its acceptance."""

STANDARD_TERMS = """1. Law. 2 CFR part 200 governs this award. Where these terms and 2 CFR part 200 differ, the stricter applies.

2. Purpose. The money pays for the activities of the proposal and its approved budget, for the common benefit of the group's members. Results are open to all members.

3. Matching funds. Only contributions that an officer of the agency has verified count. What is counted here is counted for no other federal award.

4. Payment. The agency pays within 30 calendar days of a proper request. It holds a payment only where a specific condition of this award says so, with notice.

5. Reports. Performance and financial reports are due 30 days after the end of each period and 120 days after the end of the award.

6. Changes. Ask before you change the scope, a key person, the budget beyond the limits of 2 CFR 200.308, or the period.

7. Records. Keep records for three years after the final financial report and give access to them (2 CFR 200.334 to 200.338).

8. End. The agency may end this award in full or in part as 2 CFR 200.340 allows, with notice and the right to object.
"""  # noqa: E501 - paragraphs as people read them
ACCEPTANCE = (
    "I may sign for this group. I have read the award, its budget, its terms and its conditions, "
    "and I accept it on the group's behalf."
)
DECLINING = "I may sign for this group, and I decline this award on its behalf."
