window.YTD.tweet_headers.part0 = [
  {
    "tweet": {
      "tweet_id": "1500000000000000011",
      "user_id": "4001",
      "created_at": "Fri Mar 04 08:15:00 +0000 2022"
    }
  }
]
