window.YTD.like.part1 = [
  {
    "like": {
      "tweetId": "3",
      "fullText": "a second file of likes"
    }
  }
]
