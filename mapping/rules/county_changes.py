"""County codes that came, went or were renumbered after the economic areas were drawn (2004).

A file's unknown code that stands here is read as lying in the area of the other one; its cells
keep their own code. Every other unknown code refuses the file.
"""

from datetime import date
from typing import NamedTuple


class KnownChange(NamedTuple):
    """Which code a later or earlier one is read as, since when, and what happened."""

    read_as: str
    since: date
    what: str


_CT = date(2022, 6, 1)
_MOST = "a planning region, read as the county that most of its people live in"

KNOWN_CHANGES: dict[str, KnownChange] = {
    "02063": KnownChange("02261", date(2019, 1, 2), "Chugach, split off Valdez-Cordova"),
    "02066": KnownChange("02261", date(2019, 1, 2), "Copper River, split off Valdez-Cordova"),
    "02105": KnownChange("02232", date(2007, 6, 20), "Hoonah-Angoon, split off Skagway"),
    "02158": KnownChange("02270", date(2015, 7, 1), "Kusilvak, the new name of Wade Hampton"),
    "02195": KnownChange("02280", date(2013, 1, 3), "Petersburg, of Wrangell-Petersburg"),
    "02198": KnownChange("02201", date(2008, 5, 19), "Prince of Wales-Hyder, of the outer islands"),
    "02230": KnownChange("02232", date(2007, 6, 20), "Skagway, split off Hoonah-Angoon"),
    "02275": KnownChange("02280", date(2008, 6, 1), "Wrangell, of Wrangell-Petersburg"),
    "09110": KnownChange("09003", _CT, f"Capitol, Connecticut: {_MOST}"),
    "09120": KnownChange("09001", _CT, f"Greater Bridgeport, Connecticut: {_MOST}"),
    "09130": KnownChange("09007", _CT, f"Lower Connecticut River Valley: {_MOST}"),
    "09140": KnownChange("09009", _CT, f"Naugatuck Valley, Connecticut: {_MOST}"),
    "09150": KnownChange("09015", _CT, f"Northeastern Connecticut: {_MOST}"),
    "09160": KnownChange("09005", _CT, f"Northwest Hills, Connecticut: {_MOST}"),
    "09170": KnownChange("09009", _CT, f"South Central Connecticut: {_MOST}"),
    "09180": KnownChange("09011", _CT, f"Southeastern Connecticut: {_MOST}"),
    "09190": KnownChange("09001", _CT, f"Western Connecticut: {_MOST}"),
    "11001": KnownChange("11999", date(2004, 1, 1), "District of Columbia, as the areas write it"),
    "12025": KnownChange("12086", date(1997, 7, 22), "Dade, the older code of Miami-Dade"),
    "30113": KnownChange("30031", date(1997, 11, 7), "Yellowstone National Park, now in Gallatin"),
    "46102": KnownChange("46113", date(2015, 5, 1), "Oglala Lakota, the new name of Shannon"),
    "51515": KnownChange("51019", date(2013, 7, 1), "Bedford city, now in Bedford County"),
    "51560": KnownChange("51005", date(2001, 7, 1), "Clifton Forge, now in Alleghany County"),
    "51780": KnownChange("51083", date(1995, 6, 30), "South Boston, now in Halifax County"),
}
