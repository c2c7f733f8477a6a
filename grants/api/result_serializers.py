"""What the public API says of announced results: released snapshots, word for word."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from grants.rules.results import NOT_SELECTED, RESERVE, SELECTED


class ResultSerializer(serializers.Serializer[dict[str, Any]]):
    """The results of one competition in the list."""

    reference = serializers.CharField(help_text="The competition's reference.")
    opportunity_number = serializers.CharField()
    title = serializers.CharField()
    agency = serializers.CharField()
    announced_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField()
    ranked_count = serializers.IntegerField()
    selected_count = serializers.IntegerField()
    digest = serializers.CharField(help_text="SHA-256 of the snapshot that was released.")
    correction = serializers.CharField(
        allow_blank=True, help_text="What an earlier version had wrong; empty in a first one."
    )
    page = serializers.CharField()
    snapshot = serializers.CharField(help_text="Where the snapshot itself can be fetched.")


class RulesSerializer(serializers.Serializer[dict[str, Any]]):
    """What the notice fixed, and what proves that it was followed."""

    ranking = serializers.CharField()
    ties = serializers.CharField()
    line = serializers.CharField()
    threshold = serializers.CharField(allow_blank=True)
    bundle_hash = serializers.CharField()
    ranking_digest = serializers.CharField()
    is_adjusted = serializers.BooleanField(help_text="Whether reviewers' leniency was taken out.")


class RankedSerializer(serializers.Serializer[dict[str, Any]]):
    """One proposal: group, title, pool and amount only where it was selected."""

    rank = serializers.IntegerField()
    reference = serializers.CharField()
    mean = serializers.CharField()
    lowest = serializers.CharField()
    highest = serializers.CharField()
    score = serializers.CharField(help_text="What ranked it under the notice's rule.")
    tie_broken_by = serializers.CharField(allow_blank=True)
    band = serializers.CharField()
    outcome = serializers.ChoiceField([SELECTED, RESERVE, NOT_SELECTED])
    factor = serializers.CharField(allow_blank=True)
    group = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    pool = serializers.CharField(allow_blank=True)
    amount = serializers.CharField(allow_blank=True)


class PoolSerializer(serializers.Serializer[dict[str, Any]]):
    """Money of the competition and what was given of it."""

    name = serializers.CharField()
    amount = serializers.CharField()
    given = serializers.CharField()


class CutSerializer(serializers.Serializer[dict[str, Any]]):
    """One line of the neutrality report."""

    label = serializers.CharField()  # type: ignore[assignment]
    applied = serializers.IntegerField()
    selected = serializers.IntegerField()
    asked = serializers.CharField()
    given = serializers.CharField()


class NeutralitySerializer(serializers.Serializer[dict[str, Any]]):
    """Who applied and who was selected, cut in three ways."""

    clusters = CutSerializer(many=True)
    states = CutSerializer(many=True)
    sizes = CutSerializer(many=True)


class DrawSerializer(serializers.Serializer[dict[str, Any]]):
    """The draw with everything that recomputes it."""

    references = serializers.ListField(child=serializers.CharField())
    salt = serializers.CharField()
    list_digest = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()
    seed = serializers.CharField()
    order = serializers.ListField(child=serializers.CharField())


class ResultDetailSerializer(ResultSerializer):
    """The results of one competition in full."""

    rationale = serializers.CharField()
    rules = RulesSerializer()
    ranked = RankedSerializer(many=True)
    pools = PoolSerializer(many=True)
    neutrality = NeutralitySerializer()
    draw = DrawSerializer(allow_null=True, help_text="Null where none was held.")
