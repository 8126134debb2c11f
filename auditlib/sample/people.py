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

# The accounts on smaller platforms: names, then (handle, display name, day) or what each export gives.
TIKTOK_USER, TIKTOK_EXPORTED = "marnie.toasts", datetime(2026, 10, 8, 18, 0, tzinfo=UTC)
TIKTOK_FOLLOWERS = (
    ("kai.b_2013", "2026-02-10"), ("tess.oak", "2024-08-03"), ("ellis.farnaby.yr3", "2025-07-24"),
    ("saffys.mum.hannah", "2026-06-12"), ("breadheads.uk", "2025-03-09"),
)  # fmt: skip
TIKTOK_FOLLOWING = (("tess.oak", "2024-08-03"), ("breadheads.uk", "2024-08-04"), ("otters.of.the.tame", "2024-08-04"))
TIKTOK_BLOCKED = (("win.a.fone.2025", "2025-01-03"),)
SNAPCHAT_USER, SNAPCHAT_EXPORTED = "marnz_x", datetime(2026, 10, 9, 7, 45, tzinfo=UTC)
SNAPCHAT_FRIENDS = (
    ("callumf", "Callum Frayne", "2018-09-24"), ("tessoak", "Tess 🧇", "2016-02-01"), ("kitoak", "Kit", "2016-02-01"),
    ("jonah.sk8", "Jonah Skeet", "2023-07-21"), ("priya_sands", "Priya", "2022-09-10"), ("gpellbrook", "Gareth", "2022-11-01"),
    ("teamsnapchat", "Team Snapchat", "2015-12-25"),
)  # fmt: skip
SNAPCHAT_PENDING = (("freya.wexx11", "Freya W yr6 🐴", "2026-09-22"), ("quillbert.prize", "Prize", "2024-03-04"))
SNAPCHAT_SENT = (("coldharbour.kate", "Kate", "2019-01-05"),)
SNAPCHAT_BLOCKED = (("block.b.lads", "lads", "2021-07-02"),)
SNAPCHAT_DELETED = (("jordantaps", "Jordan", "2021-01-09"),)
LINKEDIN_SLUG, LINKEDIN_EXPORTED = "marnie-oakhanger", datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
# first name, last name, slug, company, position, day
LINKEDIN_LINKS = (
    ("Priya", "Sandringford", "priya-sandringford", "Larkmoor Primary School", "Class Teacher", "2022-05-02"),
    ("Gareth", "Pellbrook", "gareth-pellbrook", "Larkmoor Primary School", "Higher Level Teaching Assistant", "2022-06-14"),
    ("Rowan", "Ashpole", "rowan-ashpole", "Otterbourne Nursery", "Early Years Practitioner", "2021-07-20"),
    ("Hannah", "Tillery", "hannah-tillery", "Tillery Tiles", "Owner", "2026-06-11"),
    ("Harriet", "Vellacott", "harriet-vellacott", "The Chiltern School", "School Business Manager", "2025-06-20"),
    ("Zoë", "Penhaligon-Reed", "zo%C3%AB-penhaligon-reed", "Coldharbour Council", "Play Officer", "2021-09-09"),
    ("", "", "", "", "", "2020-02-02"),
)  # fmt: skip
YOUTUBE_CHANNEL, TAKEOUT_EXPORTED = "UCmarn1eT0astChanne1lnvt", datetime(2026, 10, 8, 7, 15, tzinfo=UTC)
YOUTUBE_FOLLOWED = (
    ("UC0ttersInvented0000001A", "Otters of the Tame"), ("UCbreadInvented00000002B", "Bread, Slowly"),
    ("UCphonicsInvented000003C", "Phonics & Friends"),
)  # fmt: skip
REDDIT_USER, REDDIT_EXPORTED = "toast_manager_", datetime(2026, 10, 9, 12, 0, tzinfo=UTC)
TELEGRAM_ID, TELEGRAM_EXPORTED = 5120774411, datetime(2026, 10, 9, 19, 30, tzinfo=UTC)
TELEGRAM_PEOPLE = {
    "Callum Frayne": (5120774502, "+447700900231"), "Ruby Sallow": (5120774688, ""), "Odette Grange": (5120774733, ""),
}  # fmt: skip
DISCORD_ID, DISCORD_USER, DISCORD_EXPORTED = "204400000000000417", "toastmanager", datetime(2026, 10, 10, 9, 0, tzinfo=UTC)
# id, user name, display name, kind of link
DISCORD_LINKS = (
    ("204400000000000771", "callumfrayne", "Callum", "FRIEND"), ("204400000000000772", "jonahbuilds13", "jonah yr8", "FRIEND"),
    ("204400000000000773", "mason_dray_gamer", "Mason", "PENDING_INCOMING"),
    ("204400000000000774", "coldharbourkate", "Kate", "PENDING_OUTGOING"),
    ("204400000000000775", "freevbux4u", "", "BLOCKED"),
)  # fmt: skip
MASTODON_USER, MASTODON_SERVER = "marnie", "toot.example.org"
MASTODON_FOLLOWED = ("pell@toot.example.org", "kate@toot.example.org", "otters@pond.example.org")
MASTODON_EXPORTED = datetime(2023, 7, 2, 10, 15, tzinfo=UTC)
BLUESKY_DID, BLUESKY_EXPORTED = "did:plc:marnietoastmarnietoast22", datetime(2026, 10, 10, 10, 0, tzinfo=UTC)
BLUESKY_FOLLOWED = (("did:plc:katekatekatekatekatekate", "2024-11-16"), ("did:plc:brindlebooksbrindlebook2", "2024-11-17"))
BLUESKY_BLOCKED = (("did:plc:grumblegrumblegrumblegru", "2025-03-23"),)
WHATSAPP_EXPORTED, WHATSAPP_OLD_EXPORTED = datetime(2026, 10, 9, 20, 0, tzinfo=UTC), datetime(2024, 1, 12, 19, 0, tzinfo=UTC)
WORDPRESS_HOST, WORDPRESS_EXPORTED = "toastandotters.example.org", datetime(2026, 10, 11, 10, 0, tzinfo=UTC)
