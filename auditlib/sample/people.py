"""Who is in the sample: one invented person and the invented people around her.

Phone numbers come from the range that Ofcom keeps free for drama (07700 900000 to 900999), addresses end in example.com
or example.org, places are made up or wide open countryside.
"""

from __future__ import annotations

from datetime import UTC, datetime

NAME = "Marnie Oakhanger"
EMAIL = "marnie.oak@example.com"
OLD_EMAIL = "marnz2001@example.org"
PHONE = "+447700900417"
BIRTHDAY = (2001, 5, 14)
HOME = "14 Tanglewood Lane, Brackenford"

X_HANDLE, X_OLD_HANDLE, X_ID = "marnie_oakhanger", "marnz_toast", "768412209315577856"
X_EXPORTED = datetime(2026, 10, 4, 6, 12, 33, tzinfo=UTC)
FACEBOOK_USER, FACEBOOK_EXPORTED = "marnie.oakhanger.3", datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
INSTAGRAM_USER, INSTAGRAM_EXPORTED = "marnie.oakhanger", datetime(2026, 10, 7, 20, 5, tzinfo=UTC)
OLD_INSTAGRAM_USER, OLD_INSTAGRAM_EXPORTED = "marnz_uni_days", datetime(2022, 3, 14, 11, 0, tzinfo=UTC)

# handle: (account id, display name)
X_PEOPLE: dict[str, tuple[str, str]] = {
    "brogan_tuffnell": ("731200455980011520", "Brogan T"),
    "larkmoor_library": ("2290051177", "Larkmoor Library"),
    "coldharbour_kate": ("884410029177765888", "Kate of Coldharbour"),
    "gareth_pellbrook": ("1093355120048771072", "Gareth Pellbrook"),
    "wetherham_weather": ("1530092218", "Wetherham Weather 🌦"),
    "dunmow_dancer": ("940022318866513920", "Dunmow Dance"),
    "brindle_books": ("3018841120", "Brindle Books"),
    "ridgewaybuses": ("402299187", "Ridgeway Buses"),
    "parish_grumbler": ("1188822390014459904", "The Parish Grumbler"),
    "reece_haldane07": ("1866650021145030656", "reece 🏊"),
    "harrow_and_hops": ("-1", "The Harrow & Hops"),
    X_HANDLE: (X_ID, "Marnie Oakhanger 🍞"),
}
X_FOLLOWERS = ("coldharbour_kate", "gareth_pellbrook", "reece_haldane07", "brindle_books", "dunmow_dancer")
X_FOLLOWING = (
    "coldharbour_kate", "gareth_pellbrook", "wetherham_weather", "brindle_books", "larkmoor_library", "ridgewaybuses",
    "parish_grumbler",
)  # fmt: skip
X_STRANGERS = ("1700231145580093440", "55120098", "1420099187733295104", "990211345871204352")
X_BLOCKED, X_MUTED = ("731200455980011520", "1700231145580099999"), ("1188822390014459904",)

# Facebook: (name, day the link was made). Two different people may share a name.
FRIENDS = (
    ("Deborah Oakhanger", "2014-05-14"), ("Kit Oakhanger", "2014-05-15"), ("Tess Oakhanger", "2014-06-01"),
    ("Missy Oakhanger", "2014-07-30"), ("Callum Frayne", "2018-09-25"), ("Coldharbour Kate", "2018-09-26"),
    ("Brogan Tuffnell", "2015-02-02"), ("Idris Fenwick", "2018-10-11"), ("Rowan Ashpole", "2018-10-11"),
    ("Priya Sandringford", "2022-04-27"), ("Gareth Pellbrook", "2022-05-03"), ("Nadia Birchall-Iqbal", "2023-06-12"),
    ("Tom Wexcombe", "2023-09-08"), ("Jo Marchbank", "2016-01-11"), ("Jo Marchbank", "2022-06-30"),
    ("Zoë Penhaligon-Reed", "2019-03-03"), ("Siân Trevanion", "2021-08-08"), ("Łukasz Brzozowicz", "2024-02-20"),
    ("Pete Oakhanger", "2014-05-20"), ("Sam Underhay", "2023-09-01"),
)  # fmt: skip
REQUESTS_RECEIVED = (("Mason Dray", "2023-08-02"), ("Freya Wexcombe", "2026-09-21"), ("Darren Applegarth", "2026-09-29"))
REQUESTS_SENT = (("Harriet Vellacott", "2025-09-10"),)
REQUESTS_REJECTED = (("Quillbert Prize", "2024-03-03"),)
REMOVED_FRIENDS = (("Jordan Tapsell", "2021-01-09"),)
FOLLOWED = (("Wetherham Chat", "2021-09-10"), ("Otters of the Lower Tame", "2020-04-04"))
FOLLOWERS = (("Ash Merrowdown", "2019-10-10"), ("Mason Dray", "2023-08-02"))
SUGGESTED = ("Verity Stonnard", "Noah Quenby")

# Instagram: (user name, day)
INSTA_FOLLOWERS = (
    ("tess.oakhanger", "2021-06-20"), ("kit.oakhanger", "2021-06-21"), ("callum_frayne_", "2021-06-21"),
    ("coldharbourkate", "2021-06-22"), ("priya.sandringford", "2022-05-01"), ("gareth.pellbrook", "2022-05-05"),
    ("tom.wexcombe", "2023-09-08"), ("alfie.wex12", "2023-07-21"), ("jonah.skates.uk", "2023-07-21"),
    ("brindlebooks", "2024-05-05"), ("missyoakhanger", "2021-07-01"), ("the_real_nan_o", "2024-12-25"),
)  # fmt: skip
INSTA_FOLLOWING = (
    ("tess.oakhanger", "2021-06-20"), ("kit.oakhanger", "2021-06-21"), ("callum_frayne_", "2021-06-21"),
    ("coldharbourkate", "2021-06-22"), ("priya.sandringford", "2022-05-01"), ("alfie.wex12", "2023-07-21"),
    ("brindlebooks", "2024-05-05"), ("thechilternschool", "2025-07-18"), ("otters.of.the.tame", "2021-08-01"),
)  # fmt: skip
INSTA_CLOSE = (("tess.oakhanger", "2021-06-25"), ("kit.oakhanger", "2021-06-25"))
INSTA_REQUESTS_IN = (("jaya.thornquill", "2025-10-02"), ("freya_wexx", "2026-09-21"), ("masondray_10", "2026-09-30"))
INSTA_REQUESTS_OUT = (("larkmoor.knitters", "2026-08-01"),)
INSTA_BLOCKED = (("lads.of.block.b", "2021-07-02"),)
INSTA_RESTRICTED = (("brogantuffnell_", "2024-10-07"),)
INSTA_UNFOLLOWED = (("jordan.tapsell", "2026-09-01"),)
THREADS_FOLLOWERS = (("tess.oakhanger", "2023-07-06"), ("kit.oakhanger", "2023-07-07"), ("alfie.wex12", "2023-08-01"))
THREADS_FOLLOWING = (("tess.oakhanger", "2023-07-06"), ("brindlebooks", "2024-05-05"))
OLD_INSTA_FOLLOWERS = (
    ("callum_frayne_", "2018-09-24"), ("coldharbourkate", "2018-09-24"), ("tess.oakhanger", "2018-10-01"),
    ("missyoakhanger", "2018-10-02"), ("rowanashpole", "2018-10-12"), ("idris.fenwick", "2018-10-12"),
    ("lads.of.block.b", "2019-01-30"),
)  # fmt: skip
OLD_INSTA_FOLLOWING = (*OLD_INSTA_FOLLOWERS[:6], ("brogantuffnell_", "2018-10-20"))
