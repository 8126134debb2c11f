window.YTD.tweet.part0 = [ {
    "edit_info": {
      "initial": {
        "editTweetIds": [
          "1100000000000000001"
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
      "26"
    ],
    "favorite_count": "4",
    "id_str": "1100000000000000001",
    "truncated": false,
    "retweet_count": "0",
    "id": "1100000000000000001",
    "created_at": "Sun Feb 24 08:15:00 +0000 2019",
    "favorited": false,
    "full_text": "No wrapper, no data folder",
    "lang": "en"
  },
  {
    "edit_info": {
      "initial": {
        "editTweetIds": [
          "1100000000000000002"
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
      "12"
    ],
    "favorite_count": "4",
    "id_str": "1100000000000000002",
    "truncated": false,
    "retweet_count": "0",
    "id": "1100000000000000002",
    "created_at": "Sun Feb 24 08:15:00 +0000 2019",
    "favorited": false,
    "full_text": "&lt;3 otters",
    "lang": "en"
  } ]