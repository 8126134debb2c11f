window.YTD.tweet.part1 = [
  {
    "edit_info": {
      "initial": {
        "editTweetIds": [
          "1100000000000000003"
        ],
        "editableUntil": "2022-03-04T09:15:00.000Z",
        "editsRemaining": "5",
        "isEditEligible": true
      }
    },
    "retweeted": false,
    "source": "<a href=\"http://example.org/app\" rel=\"nofollow\">Invented App</a>",
    "entities": {
      "hashtags": [],
      "symbols": [],
      "user_mentions": [],
      "urls": []
    },
    "display_text_range": [
      "0",
      "18"
    ],
    "favorite_count": "4",
    "id_str": "1100000000000000003",
    "truncated": false,
    "retweet_count": "0",
    "id": "1100000000000000003",
    "created_at": "Sun Feb 24 08:15:00 +0000 2019",
    "favorited": false,
    "full_text": "In the second part",
    "lang": "en"
  }
]
