"""The register as the API describes it: the fields of `certification.rules.register`."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from certification.rules.register import Standing


class StateSerializer(serializers.Serializer[Any]):
    """A state that the region touches."""

    fips = serializers.CharField(help_text="Two digits.")
    name = serializers.CharField()


class CriterionValueSerializer(serializers.Serializer[Any]):
    """One test as it was decided; figures are decimal text."""

    id = serializers.CharField()
    criterion = serializers.CharField()
    title = serializers.CharField()
    value = serializers.CharField()
    low = serializers.CharField(help_text="The least that the published data allow.")
    high = serializers.CharField(help_text="The most that the published data allow.")
    threshold = serializers.CharField()
    direction = serializers.ChoiceField(choices=["minimum", "maximum"])
    words = serializers.CharField(help_text="The result in words.")
    sentence = serializers.CharField()
    evidence = serializers.CharField(help_text="What settled a test that the data left open.")
    citation = serializers.CharField()


class PublicNameSerializer(serializers.Serializer[Any]):
    """A participant that agreed to be named, or a government that signed."""

    name = serializers.CharField()
    role = serializers.CharField()
    county = serializers.CharField()


class RoleCountSerializer(serializers.Serializer[Any]):
    """How many participants hold a role; null where fewer than five are not counted."""

    role = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)


class SourceSerializer(serializers.Serializer[Any]):
    """Data and rules of the decision, by name and by digest."""

    basis = serializers.CharField()
    basis_digest = serializers.CharField()
    rulebook = serializers.CharField()
    engine = serializers.CharField()
    determination_digest = serializers.CharField()
    is_synthetic = serializers.BooleanField(help_text="True where the data are invented.")


class RegisterEntrySerializer(serializers.Serializer[Any]):
    """A designation as the public reads it."""

    reference = serializers.CharField()
    number = serializers.IntegerField()
    group = serializers.CharField()
    summary = serializers.CharField()
    goals = serializers.CharField()
    cluster_code = serializers.CharField()
    cluster = serializers.CharField()
    definition_set = serializers.CharField()
    region = serializers.CharField()
    region_kind = serializers.CharField()
    states = StateSerializer(many=True)
    counties = serializers.ListField(child=serializers.CharField(), help_text="Five digits each.")
    agency = serializers.CharField()
    decided_on = serializers.DateField()
    term_kind = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The first day after the term.")
    rationale = serializers.CharField()
    convening = serializers.CharField()
    convening_form = serializers.CharField()
    firms = RoleCountSerializer(many=True)
    institutions = RoleCountSerializer(many=True)
    governments = PublicNameSerializer(many=True)
    named = PublicNameSerializer(many=True)
    criteria = CriterionValueSerializer(many=True)
    source = SourceSerializer()  # type: ignore[assignment]  # a field of this name
    standing = serializers.ChoiceField(choices=[one.value for one in Standing])
    release = serializers.IntegerField(help_text="Number of the release.")
    released_at = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the released snapshot.")
