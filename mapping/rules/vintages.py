"""Which NAICS vintage a year of County Business Patterns speaks."""

_FIRST_YEAR_OF = (
    (2023, 2022),
    (2017, 2017),
    (2012, 2012),
    (2008, 2007),
    (2003, 2002),
    (1998, 1997),
)


def cbp_vintage(year: int) -> int:
    """Return the NAICS vintage of a CBP year; earlier years speak SIC and are refused.

    >>> cbp_vintage(2006), cbp_vintage(2012), cbp_vintage(2021)
    (2002, 2012, 2017)
    """
    for first, vintage in _FIRST_YEAR_OF:
        if year >= first:
            return vintage
    raise ValueError(f"County Business Patterns of {year} are not on NAICS")


_FIRST_QCEW_YEAR_OF = ((2022, 2022), (2017, 2017), (2011, 2012), (2007, 2007), (1990, 2002))


def qcew_vintage(year: int) -> int:
    """Return the NAICS vintage of a QCEW year: the bureau changes over earlier than Census.

    >>> qcew_vintage(2011), qcew_vintage(2019), qcew_vintage(2022)
    (2012, 2017, 2022)
    """
    for first, vintage in _FIRST_QCEW_YEAR_OF:
        if year >= first:
            return vintage
    raise ValueError(f"QCEW of {year} are not on NAICS")


def withholds_without_flag(year: int) -> bool:
    """Whether a zero with establishments is a withheld cell in the long extracts (until 2017)."""
    return year <= 2017
