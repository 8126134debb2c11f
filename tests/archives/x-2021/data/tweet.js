window.YTD.tweet.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1300000000000000001"
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
        "20"
      ],
      "favorite_count": "4",
      "id_str": "1300000000000000001",
      "truncated": false,
      "retweet_count": "0",
      "id": "1300000000000000001",
      "created_at": "Mon Sep 07 08:15:00 +0000 2020",
      "favorited": false,
      "full_text": "Called tweet.js then",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1300000000000000002"
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
        "9"
      ],
      "favorite_count": "4",
      "id_str": "1300000000000000002",
      "truncated": false,
      "retweet_count": "0",
      "id": "1300000000000000002",
      "created_at": "Mon Sep 07 08:15:00 +0000 2020",
      "favorited": false,
      "full_text": "And again",
      "lang": "en"
    }
  }
]
