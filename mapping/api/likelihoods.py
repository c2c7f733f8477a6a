"""How likely a quotient reaches a line, as the API tells it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from mapping.queries.class_probability import Likelihood
from mapping.rules.evidence_words import likelihood_words
from mapping.rules.residual_shares import ASSUMPTION, RESIDUAL_SHARES_1

THRESHOLD = OpenApiParameter(
    "threshold",
    float,
    description=(
        "Ask how likely the location quotient is at or above this line (above 0, as 1.2). Only "
        "then is it computed: the first answer for a set of measures takes seconds."
    ),
)


class LikelihoodSerializer(serializers.Serializer[Any]):
    """How likely the quotient is at or above a line, by which model."""

    threshold = serializers.FloatField()
    probability = serializers.FloatField(
        allow_null=True, help_text="0 to 1; null where the model says nothing, see words."
    )
    is_decided = serializers.BooleanField(
        help_text="True: the bounds alone say it; the probability is exactly 0 or 1."
    )
    model = serializers.CharField(help_text="Name and version of the model.")
    draws = serializers.IntegerField(help_text="0 where nothing had to be drawn.")
    seed = serializers.CharField(
        allow_blank=True, help_text="A whole number of 64 bits as text; same question, same seed."
    )
    words = serializers.CharField(help_text="The answer, or why there is none, as a sentence.")
    assumption = serializers.CharField(help_text="What the model takes for granted.")


def likelihood_told(asked: Likelihood) -> dict[str, Any]:
    """The answer as plain values."""
    found = asked.found
    return {
        "threshold": float(asked.threshold),
        "probability": found.probability if found else None,
        "is_decided": bool(found and found.is_decided),
        "model": RESIDUAL_SHARES_1,
        "draws": found.draws if found else 0,
        "seed": str(found.seed) if found else "",
        "words": likelihood_words(found, asked.threshold) if found else asked.silence,
        "assumption": ASSUMPTION,
    }
