window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "201",
      "createdAt": "2023-05-06T07:08:09.000Z",
      "updatedAt": "2023-05-06T07:08:09.000Z",
      "lifecycle": {
        "value": "1",
        "name": "Public",
        "originalName": "PUBLIC",
        "annotations": []
      },
      "core": {
        "text": "A second long post in the very same second, to see that time alone is not what joins the two files. A second long post in the very same second, to see that time alone is not what joins the two files. A second long post in the very same second, to see that time alone is not what joins the two files. A second long post in the very same second, to see that time alone is not what joins the two files. The other tail.",
        "mentions": [],
        "hashtags": [],
        "cashtags": [],
        "urls": [],
        "styletags": []
      }
    }
  },
  {
    "noteTweet": {
      "noteTweetId": "202",
      "createdAt": "2023-05-06T07:08:09.000Z",
      "core": {
        "text": "This is a long post about otters that goes on well past the old limit of what a post could hold, This is a long post about otters that goes on well past the old limit of what a post could hold, This is a long post about otters that goes on well past the old limit of what a post could hold, This is a long post about otters that goes on well past the old limit of what a post could hold, and the risky tail is here. https://t.co/n1",
        "urls": [
          {
            "shortUrl": "https://t.co/n1",
            "expandedUrl": "https://example.org/long"
          }
        ]
      }
    }
  },
  {
    "noteTweet": {
      "noteTweetId": "203",
      "createdAt": "2023-06-06T07:08:09.000Z",
      "core": {
        "text": "Belongs to no post in here"
      }
    }
  }
]
