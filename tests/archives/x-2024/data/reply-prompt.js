window.YTD.reply_prompt.part0 = [
  {
    "replyPrompt": {
      "promptId": "5",
      "proposedTweetText": "You utter stoat",
      "createdAt": "2024-01-02T00:00:00.000Z",
      "promptActionType": "10"
    }
  }
]
