"""A nation of two states and six counties, as the files that people bring."""

from pathlib import Path

from mapping.actions.load_files import LoadWish, load_files
from mapping.models import Basis
from mapping.queries.basis import current_basis
from trail.actors import SYSTEM
from trail.queries.clock import database_now

CODES = {
    "311811": "Retail bakeries",
    "311812": "Commercial bakeries",
    "336411": "Aircraft",
    "336412": "Aircraft engines",
    "722511": "Restaurants",
    "722513": "Limited-service restaurants",
}
COUNTIES = ("01001", "01003", "01005", "53033", "53053", "53061")
AREAS = {"01001": "001", "01003": "001", "01005": "002", "53033": "003", "53053": "003",
         "53061": "003"}  # fmt: skip
AREA_NAMES = {"001": "Montgomery, AL", "002": "Dothan, AL", "003": "Seattle, WA"}
# Jobs by code, in the order of CODES; a cell under three firms is left out of the six-digit file.
JOBS = {
    "01001": (120, 300, 0, 15, 400, 380),
    "01003": (60, 90, 0, 0, 210, 190),
    "01005": (30, 12, 45, 0, 150, 160),
    "53033": (200, 150, 9000, 2500, 3100, 2900),
    "53053": (80, 40, 1200, 300, 900, 850),
    "53061": (70, 60, 7000, 14, 800, 700),
}
LEAST_SHOWN = 20
CBSA_HEADER = (
    "CBSA Code,CBSA Title,Metropolitan/Micropolitan Statistical Area,FIPS State Code,"
    "FIPS County Code"
)


def firms(jobs):
    return 0 if jobs == 0 else 1 + jobs // 10


def cell_lines(factor=1):
    lines = ["fips,naics,est,emp,ap"]
    for fips, jobs in JOBS.items():
        lines += [
            f"{fips},{code},{firms(count)},{count * factor},{count * factor * 45}"
            for code, count in zip(CODES, jobs, strict=True)
            if count >= LEAST_SHOWN
        ]
    return lines


def total_lines():
    lines = ["fips,naics,est,emp,ap"]
    for fips, jobs in JOBS.items():
        for parent in sorted({code[:4] for code in CODES}):
            counts = [n for code, n in zip(CODES, jobs, strict=True) if code[:4] == parent]
            total = sum(counts)
            if total:
                lines.append(f"{fips},{parent},{sum(map(firms, counts))},{total},{total * 45}")
    return lines


def write_small_files(folder: Path, *, year: int = 2021) -> Path:
    """Write the whole little nation into a folder."""
    parents = sorted({code[:4] for code in CODES})
    files = {
        "naics_2017.csv": [
            "code,title",
            *(f"{code},Group {code}" for code in parents),
            *(f"{code},{title}" for code, title in CODES.items()),
        ],
        "areas.csv": [
            "fips,county,ea,ea_name",
            *(
                f'{fips},"County {fips}",{area},"{AREA_NAMES[area]}"'
                for fips, area in AREAS.items()
            ),
        ],
        "cbsas.csv": [
            CBSA_HEADER,
            *(f'42660,"Seattle, WA",Metropolitan Statistical Area,53,{c}' for c in ("033", "053")),
        ],
        "small_set.csv": [
            "cluster_code,cluster,naics2017",
            "1,Baking,311811",
            "1,Baking,311812",
            "2,Aerospace,336411",
            "2,Aerospace,336412",
            "101,Eating out,722511",
            "101,Eating out,722513",
        ],
        f"county_naics4_{year}.csv": total_lines(),
        f"county_naics6_{year}.csv": cell_lines(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n")
    return folder


def load(*paths: Path, is_published: bool = True, year: int | None = None):
    """Load files as the command does, without showing progress."""
    return load_files(
        actor=SYSTEM,
        at=database_now(),
        wish=LoadWish(paths=paths, is_published=is_published, year=year),
        progress=lambda done, total, message: None,
    )


def small_basis(folder: Path) -> Basis:
    """The current Basis of the little nation."""
    load(write_small_files(folder))
    return current_basis()
