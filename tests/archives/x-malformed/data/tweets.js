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
        "urls": []
      },
      "display_text_range": [
        "0",
        "5"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000011",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000011",
      "created_at": "Fri Mar 04 08:15:00 +0000 2022",
      "favorited": false,
      "full_text": "whole",
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
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "9"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000012",
      "truncated": false,
      "retweet_count": "0",
      "id": "1500000000000000012",
      "created_at": "Fri Mar 04 08:15:00 +0000 2022",
      "favorited": false,
      "full_text": "whole too",
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
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "3"
      ],
      "favorite_count": "4",
      "id_str": "1500000000000000013",
      "truncated": false,