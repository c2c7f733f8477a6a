"""What keeps both ledgers true whoever writes: triggers on every entry.

They hold the laws of `grants/rules/funnel.py` again, where two sessions cannot slip between each
other: the award or the pool is locked first, then balances are summed.
"""

from __future__ import annotations

from dataclasses import dataclass

import pgtrigger

from grants.rules.funnel import Funnel


def _sql_list(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def ends_match_step(funnel: Funnel) -> str:
    """SQL: the accounts of an entry are those of its step, mirrored where it reverses."""
    forward = [(str(step), *(str(one) for one in funnel.ends(step))) for step in funnel.steps]
    ways = _ways(forward)
    back = _ways([(step, target, source) for step, source, target in forward])
    return f"(NEW.reverses_id IS NULL AND {ways}) OR (NEW.reverses_id IS NOT NULL AND {back})"


def _ways(ends: list[tuple[str, ...]]) -> str:
    rows = ", ".join(f"({_sql_list(list(one))})" for one in ends)
    return f"(NEW.step, NEW.source, NEW.target) IN ({rows})"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where balances must not fall below nothing: the rows that share a column.

    Attributes:
        column: Entries with the same value here have balances of their own.
        first: Accounts before this one may fall below nothing within this scope.
    """

    column: str
    first: str


def ledger_laws(
    table: str, funnel: Funnel, owner: tuple[str, str], scopes: tuple[Scope, ...], more: str = ""
) -> pgtrigger.Trigger:
    """The trigger of a ledger.

    Args:
        table: The table of entries.
        funnel: The accounts and steps.
        owner: Table and column of what is locked, and within which numbers are dense.
        scopes: Where balances are kept.
        more: Further laws, in plpgsql.
    """
    owners, column = owner
    checks = " ".join(_not_below_nothing(table, funnel, scope) for scope in scopes)
    same = " OR ".join(f"prior.{one} IS DISTINCT FROM NEW.{one}" for one in ("step", column))
    mirrored = " OR ".join(
        [same, *(f"prior.{one.column} IS DISTINCT FROM NEW.{one.column}" for one in scopes)]
    )
    func = f"""
        PERFORM 1 FROM {owners} WHERE id = NEW.{column} FOR UPDATE;
        SELECT coalesce(max(number), 0) INTO last FROM {table} WHERE {column} = NEW.{column};
        IF NEW.number <> last + 1 THEN
            RAISE EXCEPTION 'pgtrigger: an entry has the number that follows the last one';
        END IF;
        IF NOT ({ends_match_step(funnel)}) THEN
            RAISE EXCEPTION 'pgtrigger: the accounts are not those of the step';
        END IF;
        IF NEW.reverses_id IS NOT NULL THEN
            SELECT * INTO prior FROM {table} WHERE id = NEW.reverses_id;
            IF prior.reverses_id IS NOT NULL THEN
                RAISE EXCEPTION 'pgtrigger: a reversal is not reversed';
            END IF;
            IF {mirrored} THEN
                RAISE EXCEPTION 'pgtrigger: a reversal mirrors the entry that it takes back';
            END IF;
            SELECT coalesce(sum(amount), 0) INTO held FROM {table}
                WHERE reverses_id = NEW.reverses_id;
            IF held + NEW.amount > prior.amount THEN
                RAISE EXCEPTION 'pgtrigger: more is reversed than is left of the entry';
            END IF;
        END IF;
        {checks}
        {more}
        RETURN NEW;
    """  # noqa: S608 - made of names in this file
    return pgtrigger.Trigger(
        name=f"{table.removeprefix('grants_')}_laws",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("last", "bigint"), ("held", "numeric"), ("prior", f"{table}%ROWTYPE")],
        func=func,
    )


def _not_below_nothing(table: str, funnel: Funnel, scope: Scope) -> str:
    names = [str(one) for one in funnel.accounts]
    inner = _sql_list(names[names.index(scope.first) :])
    return f"""
        IF NEW.{scope.column} IS NOT NULL AND NEW.source IN ({inner}) THEN
            SELECT coalesce(sum(CASE WHEN target = NEW.source THEN amount ELSE -amount END), 0)
                INTO held FROM {table} WHERE {scope.column} = NEW.{scope.column}
                AND (target = NEW.source OR source = NEW.source);
            IF held < NEW.amount THEN
                RAISE EXCEPTION 'pgtrigger: less than that is left in this account';
            END IF;
        END IF;
    """  # noqa: S608 - made of names in this file


def _plain(column: str) -> str:
    """SQL: a name without case, spaces and punctuation."""
    return f"regexp_replace(lower(normalize({column}, NFKC)), '[^[:alnum:]]', '', 'g')"


# The office whose pool pays for the award is the giver, by name, on the paper or by who signs.
POOL_LAW = f"""
    IF NEW.step IN ('pledge', 'contribute') AND NEW.reverses_id IS NULL AND EXISTS (
    SELECT 1 FROM grants_award a
        JOIN grants_selectedcase s ON s.id = a.selected_id
        JOIN grants_pool o ON o.id = s.pool_id
        JOIN accounts_agency g ON g.id = o.agency_id
        JOIN grants_pledge d ON d.id = NEW.pledge_id
        LEFT JOIN grants_contribution c ON c.id = NEW.contribution_id
        LEFT JOIN grants_fundingsource f ON f.id = c.source_id
    WHERE a.id = NEW.award_id AND (
        {_plain("d.giver_name")} IN ({_plain("g.name")}, {_plain("g.short_name")})
        OR {_plain("f.giver_name")} IN ({_plain("g.name")}, {_plain("g.short_name")})
        OR lower(d.contact_email) = lower(g.contact_email)
        OR EXISTS (SELECT 1 FROM accounts_agencyrole r JOIN accounts_user u ON u.id = r.user_id
            WHERE r.agency_id = g.id AND r.until IS NULL
            AND lower(u.email) = lower(d.contact_email)))
    ) THEN
        RAISE EXCEPTION 'pgtrigger: what pays for an award does not match it';
    END IF;
"""  # noqa: S608 - made of names in this file
# What only matching funds know (review.md 5, L5, L6, L13).
MATCH_LAWS = """
    IF NEW.step IN ('contribute', 'verify') AND NEW.reverses_id IS NULL THEN
        IF NOT EXISTS (SELECT 1 FROM grants_contribution c
                WHERE c.id = NEW.contribution_id AND c.pledge_id = NEW.pledge_id
                AND c.award_id = NEW.award_id) THEN
            RAISE EXCEPTION 'pgtrigger: a contribution is of the pledge and the award it names';
        END IF;
    END IF;
    IF NEW.step = 'contribute' AND NEW.reverses_id IS NULL THEN
        -- A row of sources cannot be locked: nobody may update one. This lock stands for it.
        PERFORM pg_advisory_xact_lock(200306, c.source_id::int) FROM grants_contribution c
            WHERE c.id = NEW.contribution_id;
        IF EXISTS (SELECT 1 FROM grants_fundingsource s JOIN grants_contribution c
                ON c.source_id = s.id WHERE c.id = NEW.contribution_id
                AND s.origin IN ('federal', 'federal_passed_through') AND s.statute = '') THEN
            RAISE EXCEPTION 'pgtrigger: federal money is no match unless a statute says so';
        END IF;
        SELECT coalesce(sum(CASE WHEN e.reverses_id IS NULL THEN e.amount ELSE -e.amount END), 0)
            INTO held FROM grants_matchentry e JOIN grants_contribution c
            ON c.id = e.contribution_id WHERE e.step = 'contribute' AND c.source_id =
            (SELECT source_id FROM grants_contribution WHERE id = NEW.contribution_id);
        IF held + NEW.amount > (SELECT s.amount FROM grants_fundingsource s
                JOIN grants_contribution c ON c.source_id = s.id
                WHERE c.id = NEW.contribution_id) THEN
            RAISE EXCEPTION 'pgtrigger: the source is used beyond its amount';
        END IF;
    END IF;
    IF NEW.step = 'verify' AND NEW.reverses_id IS NULL THEN
        IF NEW.by_user_id IS NULL OR EXISTS (SELECT 1 FROM grants_contribution c
                WHERE c.id = NEW.contribution_id AND c.recorded_by_id = NEW.by_user_id) THEN
            RAISE EXCEPTION 'pgtrigger: whoever recorded a contribution does not verify it';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM grants_sourceevidence v JOIN grants_contribution c
                ON c.source_id = v.source_id WHERE c.id = NEW.contribution_id) THEN
            RAISE EXCEPTION 'pgtrigger: nothing is verified without evidence';
        END IF;
    END IF;
"""
MATCH_LAWS += POOL_LAW
