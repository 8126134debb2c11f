window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1500000000000000011"
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
            "url": "https://t.co/abc123",
            "expanded_url": "https://example.org/rota",
            "display_url": "example.org/rota",
            "indices": [
              "32",
              "55"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "59"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000011",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000011",
      "created_at": "Fri Mar 04 08:15:00 +0000 2022",
      "favorited": false,
      "full_text": "Year 9 &amp; fire drills. Never again 😩 https://t.co/abc123",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1500000000000000012"
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
        "user_mentions": [
          {
            "screen_name": "otter_daily",
            "name": "Otter Daily",
            "id_str": "5001",
            "id": "5001",
            "indices": [
              "0",
              "9"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "135"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000012",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000012",
      "created_at": "Fri Mar 04 08:16:00 +0000 2022",
      "favorited": false,
      "full_text": "RT @otter_daily: Otters hold hands when they sleep so that they do not drift apart in the night and that is only the first of many thi…",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1500000000000000013"
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
        "user_mentions": [
          {
            "screen_name": "kit_oster",
            "name": "Kit Øster",
            "id_str": "5002",
            "id": "5002",
            "indices": [
              "0",
              "9"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "21"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000013",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000013",
      "created_at": "Fri Mar 04 08:17:00 +0000 2022",
      "favorited": false,
      "full_text": "@kit_oster no you are",
      "lang": "en",
      "in_reply_to_status_id_str": "1500000000000000001",
      "in_reply_to_status_id": "1500000000000000001",
      "in_reply_to_user_id_str": "5002",
      "in_reply_to_user_id": "5002",
      "in_reply_to_screen_name": "kit_oster"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1500000000000000014"
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
        "user_mentions": [
          {
            "screen_name": "gone_user",
            "name": "gone",
            "id_str": "-1",
            "id": "-1",
            "indices": [
              "0",
              "9"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "21"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000014",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000014",
      "created_at": "Fri Mar 04 08:18:00 +0000 2022",
      "favorited": false,
      "full_text": "@gone_user still true",
      "lang": "en",
      "in_reply_to_status_id_str": "1500000000000000002",
      "in_reply_to_user_id_str": "5003"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1500000000000000015"
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
        "25"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000015",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000015",
      "created_at": "Fri Mar 04 08:19:00 +0000 2022",
      "favorited": false,
      "full_text": "@kit_oster only a mention",
      "lang": "en",
      "in_reply_to_user_id_str": "5002",
      "in_reply_to_screen_name": "kit_oster"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1500000000000000016"
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
            "url": "https://t.co/q1",
            "expanded_url": "https://twitter.com/otter_daily/status/1499999999999999999",
            "display_url": "twitter.com/otter…",
            "indices": [
              "6",
              "20"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "21"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000016",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000016",
      "created_at": "Fri Mar 04 08:20:00 +0000 2022",
      "favorited": false,
      "full_text": "This: https://t.co/q1",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1500000000000000017"
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
        "urls": [],
        "media": [
          {
            "url": "https://t.co/pic",
            "media_url_https": "https://pbs.example/media/AbC.jpg",
            "type": "photo"
          }
        ]
      },
      "display_text_range": [
        "0",
        "21"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000017",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000017",
      "created_at": "Fri Mar 04 08:21:00 +0000 2022",
      "favorited": false,
      "full_text": "Look https://t.co/pic",
      "lang": "en",
      "extended_entities": {
        "media": [
          {
            "url": "https://t.co/pic",
            "media_url_https": "https://pbs.example/media/AbC.jpg",
            "type": "photo",
            "ext_alt_text": "An otter in a hat"
          }
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1500000000000000018"
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
        "4"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000018",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000018",
      "created_at": "Fri Mar 04 08:22:00 +0000 2022",
      "favorited": false,
      "full_text": "Here",
      "lang": "en",
      "geo": {
        "type": "Point",
        "coordinates": [
          "52.05",
          "-1.12"
        ]
      },
      "coordinates": {
        "type": "Point",
        "coordinates": [
          "-1.1200",
          "52.0500"
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1486000000000000000"
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
        "16"
      ],
      "favorite_count": "4",
      "id_str": "1486000000000000000",
      "truncated": false,
      "retweet_count": "0",
      "id": "1486000000000000000",
      "created_at": "Wed Jan 01 00:00:00 +0000 1997",
      "favorited": false,
      "full_text": "Dated impossibly",
      "lang": "en"
    }
  }
]
