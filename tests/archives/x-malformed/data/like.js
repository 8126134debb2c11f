window.YTD.like.part0 = [
  {
    "like": {
      "tweetId": "1"
    }
  },
  {
    "like": null
  },
  {
    "like": {
      "fullText": "no id"
    }
  },
  7
]
