"""The application as data: unique names, limits that say by how much."""

from certification.rules.application_form import (
    BY_ID,
    SECTIONS,
    Answer,
    all_problems,
    problems,
)


def full_answers():
    return {
        section.id: {
            question.id: True if question.answer is Answer.STATEMENT else "Words."
            for question in section.questions
        }
        for section in SECTIONS
    }


def test_sections_and_questions_have_names_of_their_own():
    assert len(BY_ID) == len(SECTIONS)
    for section in SECTIONS:
        names = [question.id for question in section.questions]
        assert len(names) == len(set(names))


def test_a_full_application_has_no_problem():
    assert all_problems(full_answers()) == ()
    assert problems(BY_ID["certification"], full_answers()["certification"]) == ()


def test_an_empty_application_asks_for_what_is_required_only():
    found = {(one.section_id, one.question_id) for one in all_problems({})}
    assert ("cluster", "summary") in found
    assert ("cluster", "beyond_data") not in found
    assert not any(section == "certification" for section, _ in found)


def test_a_long_answer_says_by_how_much():
    section = BY_ID["cluster"]
    answers = full_answers()["cluster"] | {"summary": "x" * 807}
    (found,) = problems(section, answers)
    assert found.sentence == "Shorten this answer by 7 characters; the limit is 800."


def test_a_statement_counts_only_when_ticked():
    section = BY_ID["certification"]
    assert problems(section, {"true_and_complete": "yes"})
    assert problems(section, {"true_and_complete": True}) == ()
