"""Which layout a file has, told by its header, and by its name where headers are alike."""

import re
from enum import StrEnum

from mapping.rules.readers.source_file import SourceFile


class Layout(StrEnum):
    """The layouts that are read, in the order in which a folder is loaded."""

    INDUSTRIES = "industries"
    PUBLISHER_TITLES = "publisher titles"
    INDUSTRY_CHANGES = "industry concordance"
    ECONOMIC_AREAS = "economic areas"
    POPULATION = "county population"
    COUNTY_CHANGES = "county code changes"
    CBSAS = "CBSA delineation"
    DEFINITIONS = "cluster definitions"
    COUNTY_TOTALS = "county cells, 4 digits"
    COUNTY_CELLS = "county cells, 6 digits"
    STATE_CELLS = "state cells, several years"
    CBP_NATION = "CBP US file"
    CBP_STATES = "CBP state file"
    CBP_COUNTIES = "CBP county file"
    QCEW = "QCEW annual averages"


LOADING_ORDER = tuple(Layout)
_COUNTY_HEADER = ("fips", "naics", "est", "emp", "ap")
_STATE_HEADER = (
    "year", "fipstate", "naics", "empflag", "emp_nf", "emp", "ap_nf", "ap", "est",
)  # fmt: skip
_EXACT = {
    _STATE_HEADER: Layout.STATE_CELLS,
    ("naics", "title"): Layout.PUBLISHER_TITLES,
    ("code", "title"): Layout.INDUSTRIES,
    ("fips", "county", "ea", "ea_name"): Layout.ECONOMIC_AREAS,
    ("fips", "county", "ea", "ea name"): Layout.ECONOMIC_AREAS,
    ("newer_fips", "fips_in_ea_file"): Layout.COUNTY_CHANGES,
}
_CONCORDANCE = re.compile(
    r"^naics(\d{4}),title\d{4}(?:_piece)?,naics(\d{4}),title\d{4}$", re.IGNORECASE
)
_SHEET = re.compile(
    r"^cluster_code,cluster(?:,(?:kind|sub_cluster_code|sub_cluster))*,naics(\d{4})$"
)
# The sheets as Census publishes them: titles above the header, line breaks inside it.
_PUBLISHED_CONCORDANCE = re.compile(
    r"^(\d{4}) naics code,\d{4} naics title[^,]*,(\d{4}) naics code,\d{4} naics title"
)
_PUBLISHED_INDUSTRIES = re.compile(r"^seq\. no\.,(\d{4}) naics us code,\d{4} naics us title")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
# Census names its files by two digits: cbp98co, cbp12us.
_CENSUS_NAME = re.compile(r"cbp(\d{2})(?:co|st|us)", re.IGNORECASE)
_FIRST_CENSUS_YEAR = 1986
_CBP_BEGINNINGS = {
    ("fipstate", "fipscty", "naics"): Layout.CBP_COUNTIES,
    ("fipstate", "naics"): Layout.CBP_STATES,
    ("uscode", "naics"): Layout.CBP_NATION,
}
_CBP_COLUMNS = {"emp", "qp1", "ap", "est"}
QCEW_COLUMNS = {
    "area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr",
    "disclosure_code", "annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages",
}  # fmt: skip


_PATTERNS = (
    (_CONCORDANCE, Layout.INDUSTRY_CHANGES),
    (_PUBLISHED_CONCORDANCE, Layout.INDUSTRY_CHANGES),
    (_PUBLISHED_INDUSTRIES, Layout.INDUSTRIES),
    (_SHEET, Layout.DEFINITIONS),
)
_HOLDING = (
    ({"sumlev", "stname", "ctyname"}, Layout.POPULATION),
    ({"cbsa code", "cbsa title", "fips state code", "fips county code"}, Layout.CBSAS),
    (QCEW_COLUMNS, Layout.QCEW),
)


def layout_of(source: SourceFile) -> Layout | None:
    """The layout, or None for a file that nothing here reads."""
    header = source.header
    if header == _COUNTY_HEADER:
        return _county_layout(source)
    joined = ",".join(header)
    matched = (layout for pattern, layout in _PATTERNS if pattern.match(joined))
    holding = (layout for columns, layout in _HOLDING if columns <= set(header))
    return _EXACT.get(header) or next(matched, None) or next(holding, None) or _cbp_layout(header)


def _cbp_layout(header: tuple[str, ...]) -> Layout | None:
    if not set(header) >= _CBP_COLUMNS:
        return None
    return _CBP_BEGINNINGS.get(header[:3]) or _CBP_BEGINNINGS.get(header[:2])


def _county_layout(source: SourceFile) -> Layout:
    second = source.head[source.head.find("\n") + 1 :].split(",", 2)
    is_total = len(second) > 1 and len(second[1].strip()) == 4
    return Layout.COUNTY_TOTALS if is_total else Layout.COUNTY_CELLS


def concordance_years(source: SourceFile) -> tuple[int, int]:
    """Old and new vintage of a concordance."""
    joined = ",".join(source.header)
    match = _CONCORDANCE.match(joined) or _PUBLISHED_CONCORDANCE.match(joined)
    if match is None:
        raise ValueError(source.name)
    return int(match[1]), int(match[2])


def published_vintage(source: SourceFile) -> int | None:
    """The vintage that the header of a published NAICS list names; None for other lists."""
    match = _PUBLISHED_INDUSTRIES.match(",".join(source.header))
    return None if match is None else int(match[1])


def sheet_vintage(source: SourceFile) -> int:
    """The NAICS vintage that a definition sheet's column names."""
    match = _SHEET.match(",".join(source.header))
    if match is None:
        raise ValueError(source.name)
    return int(match[1])


def year_in_name(source: SourceFile) -> int | None:
    """The one year that the file's name carries (`county_naics6_2021` says 2021)."""
    census = _CENSUS_NAME.search(source.stem)
    if census is not None:
        return _in_full(int(census[1]))
    years = {int(found) for found in _YEAR.findall(source.stem)}
    return years.pop() if len(years) == 1 else None


def _in_full(year: int) -> int:
    return 1900 + year if 1900 + year >= _FIRST_CENSUS_YEAR else 2000 + year
