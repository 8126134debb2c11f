window.YTD.like.part0 = [
  {
    "like": {
      "tweetId": "1400000000000000001",
      "fullText": "Somebody&#39;s &lt;b&gt; words &amp; all",
      "expandedUrl": "https://twitter.com/i/web/status/1400000000000000001"
    }
  },
  {
    "like": {
      "tweetId": "1400000000000000002",
      "expandedUrl": "https://twitter.com/i/web/status/1400000000000000002"
    }
  }
]
