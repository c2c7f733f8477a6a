"""What the public API says of competitions."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from grants.rules.public_stages import PublicStage


class CompetitionSerializer(serializers.Serializer[dict[str, Any]]):
    """A competition in the list."""

    reference = serializers.CharField()
    title = serializers.CharField()
    agency = serializers.CharField()
    kind = serializers.CharField()
    opportunity_number = serializers.CharField()
    listing_number = serializers.CharField(allow_blank=True)
    stage = serializers.ChoiceField([one.value for one in PublicStage])
    opened_at = serializers.DateTimeField()
    last_minute = serializers.DateTimeField(
        help_text="The last minute in which a proposal counts, to its end."
    )
    closes_at = serializers.DateTimeField(help_text="The first instant that is too late.")
    time_zone = serializers.CharField(help_text="The agency's zone, by its IANA name.")
    federal_floor = serializers.CharField()
    federal_ceiling = serializers.CharField()
    federal_money = serializers.CharField()
    bundle_hash = serializers.CharField(help_text="SHA-256 of the file at `rules`.")
    page = serializers.CharField()
    rules = serializers.CharField()


class ChangeSerializer(serializers.Serializer[dict[str, Any]]):
    """One changed line."""

    label = serializers.CharField()  # type: ignore[assignment]
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class AmendmentSerializer(serializers.Serializer[dict[str, Any]]):
    """One amendment."""

    number = serializers.IntegerField()
    kind = serializers.CharField(help_text="A change, or an outage that extends the close.")
    why = serializers.CharField()
    is_material = serializers.BooleanField()
    made_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    hash_before = serializers.CharField()
    hash_after = serializers.CharField()
    changes = ChangeSerializer(many=True)


class AnswerSerializer(serializers.Serializer[dict[str, Any]]):
    """A question with its answer; never who asked."""

    question = serializers.CharField()
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField()


class CompetitionDetailSerializer(CompetitionSerializer):
    """A competition in full."""

    notice = serializers.DictField(help_text="Everything that opening pinned, word for word.")
    amendments = AmendmentSerializer(many=True)
    answers = AnswerSerializer(many=True)
