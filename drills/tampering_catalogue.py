"""The planted tamperings: what each does, and the row that must be named first."""

from __future__ import annotations

from drills import forgeries
from drills.tamperings import Tampering

OTHER_HASH = "f" * 64
E1, E2, E3 = "entry {e1} of {a}", "entry {e2} of {a}", "entry {e3} of {a}"
CASE, CUT, FIRST_CUT = "case {a}", "seal up to entry {newest_last}", "seal up to entry {first_last}"
S1, S2, S3 = "seal {s1}", "seal {s2}", "seal {s3}"


def _entry(change: str, of: str = "e2") -> str:
    return f"UPDATE trail_entry SET {change} WHERE id = {{{of}}}"


def _note(change: str) -> str:
    return f"UPDATE trail_personalnote SET {change} WHERE entry_id = {{e2}}"


def _case(change: str) -> str:
    return f"UPDATE trail_case SET {change} WHERE id = {{case}}"


def _seal(change: str, of: str = "s2") -> str:
    return f"UPDATE trail_seal SET {change} WHERE id = {{{of}}}"


def _drop(which: str) -> str:
    notes = f"DELETE FROM trail_personalnote WHERE entry_id {which}"
    return f"{notes}; DELETE FROM trail_entry WHERE id {which}"


ALTERED = (
    Tampering("verb altered", _entry("verb = 'approve'"), E2),
    Tampering("actor altered", _entry("actor = 'user:0'"), E2),
    Tampering("time altered by a second", _entry("at = at + interval '1 s'"), E2),
    Tampering("time altered by a microsecond", _entry("at = at + interval '1 us'"), E2),
    Tampering("recording time altered", _entry("recorded_at = recorded_at - interval '1 h'"), E2),
    Tampering("a fact added", _entry("facts = facts || '{{\"planted\": 1}}'"), E2),
    Tampering("a fact removed", _entry("facts = facts - 'kind'", "e1"), E1),
    Tampering("facts emptied", _entry("facts = '{{}}'", "e1"), E1),
    Tampering(
        "a fact of another type", _entry("facts = jsonb_set(facts, '{{kind}}', '1')", "e1"), E1
    ),
    Tampering("hash replaced", _entry(f"hash = '{OTHER_HASH}'"), E2),
    Tampering("hash of the entry before replaced", _entry(f"previous_hash = '{OTHER_HASH}'"), E2),
    Tampering("place in the case altered", _entry("sequence = 1000"), E2),
    Tampering("two times swapped", forgeries.swap_times, E2),
    Tampering("two places swapped", forgeries.swap_places, E2),
    Tampering("two entries swapped whole", forgeries.swap_entries, E2),
    Tampering("keys of two cases swapped", forgeries.swap_keys, "seal {seal_of_neighbours}"),
    Tampering(
        "entry re-pointed to another case",
        _entry("case_id={other}, sequence=1000"),
        "entry {e2} of {b}",
    ),
)
PERSONAL = (
    Tampering("personal digest replaced", _entry(f"personal_digest = '{OTHER_HASH}'"), E2),
    Tampering("personal digest emptied", _entry("personal_digest = ''"), E2),
    Tampering("name altered", _note('content = \'{{"actor_name": "Eve"}}\''), E2),
    Tampering("salt altered", _note("salt = 'none'"), E2),
    Tampering("note emptied instead of erased", _note("content = '{{}}'"), E2),
    Tampering("notes of two entries swapped", forgeries.swap_notes, E2),
)
REMOVED = (
    Tampering("entry in the middle deleted", _drop("= {e2}"), E3),
    Tampering("first entry deleted", _drop("= {e1}"), E2),
    Tampering("two entries in the middle deleted", _drop("IN ({e2}, {e3})"), "entry {e4} of {a}"),
    Tampering("last entry deleted", _drop("= {last}"), CASE),
    Tampering("last entry deleted, head made to fit", forgeries.cut_case, "seal {seal_of_last}"),
    Tampering("all entries of a case deleted", forgeries.empty_case, CASE),
    Tampering("a whole case deleted", forgeries.drop_case, "seal {seal_of_first}"),
    Tampering("tail of the whole trail cut, heads and seals with it", forgeries.cut_trail, CUT),
)
INSERTED = (
    Tampering("copy of an entry put at the end", forgeries.copy_to_end, "entry {new} of {a}"),
    Tampering("copy put into another case", forgeries.copy_to_other, "entry {new} of {b}"),
    Tampering("row that fits put between sealed ones", forgeries.backdate_case, "seal {s1}"),
    Tampering("head of a case altered", _case(f"head_hash = '{OTHER_HASH}'"), CASE),
    Tampering("length of a case altered", _case("entry_count = entry_count + 1"), CASE),
    Tampering("case renamed", _case("reference = 'XX-RENAMED'"), "entry {e1} of XX-RENAMED"),
    Tampering("case made another kind", _case("kind = 'other'"), E1),
)
REHASHED = (
    Tampering("entry altered and re-hashed alone", forgeries.rehash_one, E3),
    Tampering("last entry altered, re-hashed", forgeries.rehash_last, "seal {seal_of_last}"),
    Tampering("chain re-hashed from there on", forgeries.rehash_rest, "seal {seal_of_e2}"),
    Tampering("chain and all seals made anew", forgeries.reseal_all, "seal up to entry {kept_e2}"),
    Tampering("personal note and its digest made anew", forgeries.renote, "seal {seal_of_e2}"),
)
SEALS = (
    Tampering("root of a seal altered", _seal(f"root = '{OTHER_HASH}'"), S2),
    Tampering("hash of a seal altered", _seal(f"hash = '{OTHER_HASH}'"), S2),
    Tampering("seal before it altered", _seal(f"previous_hash = '{OTHER_HASH}'"), S2),
    Tampering("count of a seal altered", _seal("entry_count = entry_count + 1"), S2),
    Tampering("beginning of a seal altered", _seal("first_entry_id = first_entry_id - 1"), S2),
    Tampering("end of a seal altered", _seal("last_entry_id = last_entry_id - 1"), S2),
    Tampering("time of a seal altered", _seal("sealed_at = sealed_at - interval '1 s'"), S2),
    Tampering("version of a seal lowered", _seal("version = 1"), S2),
    Tampering("seal in the middle deleted", "DELETE FROM trail_seal WHERE id = {s2}", S3),
    Tampering("first seal deleted", "DELETE FROM trail_seal WHERE id = {s1}", S2),
    Tampering("newest seal deleted", "DELETE FROM trail_seal WHERE id = {newest}", CUT),
    Tampering("all seals deleted", "DELETE FROM trail_seal", "seal up to entry {first_last}"),
    Tampering("two seals swapped", forgeries.swap_seals, S1),
    Tampering("two seals made one", forgeries.merge_seals, FIRST_CUT),
)
JOURNAL = (
    Tampering("hash in the journal altered", forgeries.line("hash", OTHER_HASH), FIRST_CUT),
    Tampering("count in the journal altered", forgeries.line("count", 0), "line 1 of the journal"),
    Tampering(
        "time in the journal altered", forgeries.line("at", "2001-01-01"), "line 1 of the journal"
    ),
    Tampering("line of the journal garbled", forgeries.garble_line, "line 1 of the journal"),
    Tampering("line of the journal removed", forgeries.remove_line, "seal {s1}"),
    Tampering("journal removed", forgeries.remove_journal, "seal {s1}"),
)
CATALOGUE = (*ALTERED, *PERSONAL, *REMOVED, *INSERTED, *REHASHED, *SEALS, *JOURNAL)
