window.YTD.deleted_note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "204",
      "createdAt": "2023-07-06T07:08:09.000Z",
      "core": {
        "text": "A long text thrown away"
      }
    }
  }
]
