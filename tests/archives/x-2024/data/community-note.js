window.YTD.community_note.part0 = [
  {
    "communityNote": {
      "noteId": "6",
      "summary": "That is a stoat",
      "createdAt": "2024-01-03T00:00:00.000Z",
      "tweetId": "1500000000000000000"
    }
  }
]
