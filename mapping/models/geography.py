"""Where things are: states, counties, economic areas, CBSAs."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

five_digits = RegexValidator(r"^\d{5}$", "A county code has five digits.")


class State(models.Model):
    """A state or the District of Columbia."""

    fips = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=60)
    postal = models.CharField(max_length=2, unique=True)

    class Meta:
        ordering = ["fips"]

    def __str__(self) -> str:
        return self.name


class EconomicArea(models.Model):
    """A BEA economic area: a union of counties that covers the nation with the others."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class County(models.Model):
    """A county or its equivalent; codes that came later point to the area of the older one."""

    fips = models.CharField(max_length=5, primary_key=True, validators=[five_digits])
    name = models.CharField(max_length=120)
    state = models.ForeignKey(State, models.PROTECT, related_name="counties")
    economic_area = models.ForeignKey(
        EconomicArea, models.PROTECT, null=True, related_name="counties"
    )

    class Meta:
        ordering = ["fips"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fips__regex=r"^\d{5}$"),
                name="county_fips_five_digits",
                violation_error_message="A county code has five digits.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CountyChange(models.Model):
    """A later county code and the older one to read it as."""

    newer_fips = models.CharField(max_length=5, primary_key=True)
    older_fips = models.CharField(max_length=5)

    def __str__(self) -> str:
        return f"{self.newer_fips} was {self.older_fips}"


class Cbsa(models.Model):
    """A metropolitan or micropolitan statistical area."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=120)
    is_metropolitan = models.BooleanField()
    counties = models.ManyToManyField(County, related_name="cbsas")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class CountyPopulation(models.Model):
    """Resident population of a county in July of a year."""

    county = models.ForeignKey(County, models.PROTECT, related_name="populations")
    year = models.PositiveSmallIntegerField()
    population = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year"],
                name="county_population_once",
                violation_error_message="A county has one population per year.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county_id} in {self.year}: {self.population}"
