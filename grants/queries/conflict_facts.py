"""What is known of reviewers and of proposals, gathered for the rules of conflicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.models import AddressChange, Organization, OrganizationRole, User
from accounts.queries.look_of_names import skeleton_of
from accounts.queries.organizations import family_links
from accounts.rules.names import name_key
from accounts.rules.organizations import head_of
from certification.models import (
    ConveningBody,
    GovernmentCommitment,
    GroupCounty,
    GroupSeat,
    Participant,
)
from certification.rules.states import CommitmentState, ParticipantState
from grants.models import MatchCommitment, NamedPerson, Proposal, ReviewerProfile, Subrecipient
from grants.rules.conflicts import (
    LOOK_BACK,
    Address,
    Body,
    Employment,
    Named,
    Partner,
    ProposalFacts,
    Reviewer,
    Who,
    address_key,
    within_look_back,
)
from grants.rules.panel_states import MatchState
from grants.rules.reviewers import RelationKind

GONE_GIVERS = [MatchState.WITHDRAWN, MatchState.DECLINED]
MONTH = timedelta(days=31)


def address(text: str, *, is_proved: bool) -> Address:
    """Return an address with its keys."""
    key = address_key(text)
    return Address(key, skeleton_of(key), is_proved)


def typed_who(words: str, email: str = "", *, is_proved: bool = False) -> Who:
    """Return a person as somebody typed them."""
    found = address(email, is_proved=is_proved) if email else None
    return Who(words, skeleton_of(words) if words else "", found)


@dataclass(frozen=True, slots=True)
class Register:
    """Organizations with an account, by key and by UEI, and the heads of their families."""

    by_pk: Mapping[int, Organization]
    by_uei: Mapping[str, Organization]
    links: Mapping[int, int]

    def body(self, words: str, look: str, uei: str = "", pk: int | None = None) -> Body:
        """Return an organization with everything that the portal knows of it."""
        known = self.by_pk.get(pk or 0) or self.by_uei.get(uei)
        if known is None:
            return Body(words, look, uei)
        root = known.superseded_by_id or known.pk
        return Body(words, look, uei or known.uei, known.ein, root, head_of(root, self.links))


def _register(pks: Iterable[int | None], ueis: Iterable[str]) -> Register:
    wanted = Q(pk__in={pk for pk in pks if pk}) | Q(uei__in={uei for uei in ueis if uei})
    rows = list(Organization.objects.filter(wanted))
    links = family_links() if rows else {}
    return Register({row.pk: row for row in rows}, {row.uei: row for row in rows if row.uei}, links)


def reviewers_of(users: Collection[int], on: date) -> dict[int, Reviewer]:
    """Return everything that identifies these people, by account."""
    people = User.objects.in_bulk(list(users))
    roles = _roles(users, on)
    profiles = {
        row.user_id: row
        for row in ReviewerProfile.objects.filter(user_id__in=users).prefetch_related(
            "employments", "relations", "addresses"
        )
    }
    jobs = [job for one in profiles.values() for job in one.employments.all()]
    ties = [tie for one in profiles.values() for tie in one.relations.all()]
    register = _register(
        [role.organization_id for role in roles] + [job.organization_id for job in jobs],
        [job.uei for job in jobs] + [tie.uei for tie in ties],
    )
    addresses, groups = _addresses(people), _groups(users, on)
    return {
        pk: Reviewer(
            looks=frozenset({skeleton_of(person.name)} if person.name else ()),
            addresses=frozenset(addresses[pk]) | _aliases(profiles.get(pk)),
            employers=_employers(
                profiles.get(pk), [r for r in roles if r.user_id == pk], register, on
            ),
            boards=_bodies(profiles.get(pk), RelationKind.BOARD, register, on),
            interests=_bodies(profiles.get(pk), RelationKind.INTEREST, register, on),
            relatives=_people(profiles.get(pk), RelationKind.RELATIVE, on),
            collaborators=_people(profiles.get(pk), RelationKind.COLLABORATOR, on),
            groups=frozenset(groups.get(pk, ())),
        )
        for pk, person in people.items()
    }


def _roles(users: Collection[int], on: date) -> list[OrganizationRole]:
    rows = OrganizationRole.objects.filter(user_id__in=users).select_related("organization")
    return [row for row in rows if within_look_back(row.until.date() if row.until else None, on)]


def _groups(users: Collection[int], on: date) -> dict[int, set[int]]:
    since = on - LOOK_BACK * MONTH
    rows = GroupSeat.objects.filter(user_id__in=users)
    found: dict[int, set[int]] = {}
    for user, group in rows.filter(Q(until=None) | Q(until__date__gte=since)).values_list(
        "user_id", "group_id"
    ):
        found.setdefault(user, set()).add(group)
    return found


def _addresses(people: Mapping[int, User]) -> dict[int, set[Address]]:
    found = {pk: {address(person.email, is_proved=True)} for pk, person in people.items()}
    for user, email, is_proved in EmailAddress.objects.filter(user_id__in=people).values_list(
        "user_id", "email", "verified"
    ):
        found[user].add(address(email, is_proved=is_proved))
    for change in AddressChange.objects.filter(user_id__in=people, dropped_at=None):
        found[change.user_id].add(address(change.old_address, is_proved=True))
        is_done = change.done_at is not None
        found[change.user_id].add(address(change.new_address, is_proved=is_done))
    return found


def _aliases(profile: ReviewerProfile | None) -> frozenset[Address]:
    if profile is None:
        return frozenset()
    return frozenset(
        address(row.email, is_proved=row.proved_at is not None)
        for row in profile.addresses.all()
        if row.removed_at is None
    )


def _employers(
    profile: ReviewerProfile | None,
    roles: Iterable[OrganizationRole],
    register: Register,
    on: date,
) -> frozenset[Employment]:
    found = {
        Employment(
            register.body(
                role.organization.legal_name,
                role.organization.skeleton_key,
                pk=role.organization_id,
            ),
            is_large=True,  # a unit is not known, and size is not proof of one
        )
        for role in roles
    }
    for job in profile.employments.all() if profile else ():
        if job.removed_at is None and within_look_back(job.until, on):
            body = register.body(
                job.organization_name, job.skeleton_key, job.uei, job.organization_id
            )
            found.add(Employment(body, job.unit_key, job.is_large, job.state_fips))
    return frozenset(found)


def _bodies(
    profile: ReviewerProfile | None, kind: RelationKind, register: Register, on: date
) -> frozenset[Body]:
    return frozenset(
        register.body(tie.name, tie.skeleton_key, tie.uei)
        for tie in (profile.relations.all() if profile else ())
        if tie.kind == kind and tie.removed_at is None and within_look_back(tie.until, on)
    )


def _people(profile: ReviewerProfile | None, kind: RelationKind, on: date) -> frozenset[Who]:
    return frozenset(
        typed_who(tie.name, tie.email)
        for tie in (profile.relations.all() if profile else ())
        if tie.kind == kind and tie.removed_at is None and within_look_back(tie.until, on)
    )


def facts_of(proposals: Collection[Proposal]) -> dict[int, ProposalFacts]:
    """Return everything of these proposals that may tie somebody to them, by key."""
    pks, groups = [one.pk for one in proposals], [one.group_id for one in proposals]
    givers = list(MatchCommitment.objects.filter(proposal__in=pks).exclude(state__in=GONE_GIVERS))
    subs = list(Subrecipient.objects.filter(proposal__in=pks))
    roster = list(Participant.objects.filter(group__in=groups, state=ParticipantState.CONFIRMED))
    register = _register(
        [giver.organization_id for giver in givers] + [sub.organization_id for sub in subs],
        [giver.uei for giver in givers]
        + [sub.uei for sub in subs]
        + [member.uei for member in roster],
    )
    people = list(NamedPerson.objects.filter(proposal__in=pks))
    leads = {one.group_id: one for one in ConveningBody.objects.filter(group__in=groups)}
    governments = list(
        GovernmentCommitment.objects.filter(group__in=groups).exclude(
            state__in=[CommitmentState.DECLINED]
        )
    )
    states = _states(groups)
    return {
        one.pk: ProposalFacts(
            group=one.group_id,
            people=tuple(_named(row) for row in people if row.proposal_id == one.pk),
            leads=tuple(_leads(one, leads.get(one.group_id))),
            givers=tuple(_giver(row, register) for row in givers if row.proposal_id == one.pk),
            subrecipients=tuple(
                _subrecipient(row, register) for row in subs if row.proposal_id == one.pk
            ),
            roster=tuple(
                partner
                for row in roster
                if row.group_id == one.group_id
                for partner in _members(row, register)
            ),
            governments=tuple(
                _government(row) for row in governments if row.group_id == one.group_id
            ),
            states=frozenset(states.get(one.group_id, ()))
            | {row.state_fips for row in governments if row.group_id == one.group_id},
        )
        for one in proposals
    }


def _states(groups: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = GroupCounty.objects.filter(group__in=groups).values_list("group_id", "fips")
    for group, fips in rows:
        found.setdefault(group, set()).add(fips[:2])
    return found


def _named(row: NamedPerson) -> Named:
    who = Who(
        row.name, row.skeleton_key, address(row.email, is_proved=False) if row.email else None
    )
    employer = Body(row.employer, skeleton_of(row.employer)) if row.employer else None
    return Named(who, employer, name_key(row.unit))


def _leads(proposal: Proposal, body: ConveningBody | None) -> Iterable[Partner]:
    names = [proposal.group.name]
    if body is not None:
        names += [body.legal_name, body.fiscal_sponsor_name]
    return [Partner(Body(name, skeleton_of(name))) for name in names if name]


def _giver(row: MatchCommitment, register: Register) -> Partner:
    is_signed = row.state == MatchState.SIGNED
    body = register.body(row.organization_name, row.skeleton_key, row.uei, row.organization_id)
    contact = typed_who(row.contact_name, row.contact_email, is_proved=is_signed)
    return Partner(body, is_signed, contact)


def _subrecipient(row: Subrecipient, register: Register) -> Partner:
    return Partner(
        register.body(row.organization_name, row.skeleton_key, row.uei, row.organization_id)
    )


def _members(row: Participant, register: Register) -> Iterable[Partner]:
    contact = typed_who(row.contact_name, row.contact_email, is_proved=True)
    yield Partner(register.body(row.organization_name, row.skeleton_key, row.uei), contact=contact)
    if row.corporate_family:
        yield Partner(Body(row.corporate_family, skeleton_of(row.corporate_family)))


def _government(row: GovernmentCommitment) -> Partner:
    is_signed = row.state == CommitmentState.SIGNED
    contact = typed_who(row.contact_name, row.contact_email, is_proved=is_signed)
    return Partner(Body(row.body_name, skeleton_of(row.body_name)), is_signed, contact)
