window.YTD.follower.part0 = [
  {
    "follower": {
      "accountId": "5002",
      "userLink": "https://twitter.com/intent/user?user_id=5002"
    }
  },
  {
    "follower": {
      "accountId": "5009"
    }
  }
]
