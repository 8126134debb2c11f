window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1650000000000000001"
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
        "urls": [
          {
            "url": "https://t.co/self",
            "expanded_url": "https://twitter.com/i/web/status/1650000000000000001",
            "display_url": "x",
            "indices": [
              "0",
              "1"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "279"
      ],
      "favorite_count": "4",
      "id_str": "1650000000000000001",
      "truncated": false,
      "retweet_count": "0",
      "id": "1650000000000000001",
      "created_at": "Sat May 06 07:08:09 +0000 2023",
      "favorited": false,
      "full_text": "This is a long post about otters that goes on well past the old limit of what a post could hold, This is a long post about otters that goes on well past the old limit of what a post could hold, This is a long post about otters that goes on well past the old li… https://t.co/self",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1650000000000000002"
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
        "urls": [
          {
            "url": "https://t.co/self",
            "expanded_url": "https://twitter.com/i/web/status/1650000000000000002",
            "display_url": "x",
            "indices": [
              "0",
              "1"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "279"
      ],
      "favorite_count": "4",
      "id_str": "1650000000000000002",
      "truncated": false,
      "retweet_count": "0",
      "id": "1650000000000000002",
      "created_at": "Sat May 06 07:08:09 +0000 2023",
      "favorited": false,
      "full_text": "A second long post in the very same second, to see that time alone is not what joins the two files. A second long post in the very same second, to see that time alone is not what joins the two files. A second long post in the very same second, to see that time… https://t.co/self",
      "lang": "en"
    }
  }
]
