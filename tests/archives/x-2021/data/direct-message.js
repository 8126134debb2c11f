window.YTD.direct_message.part0 = [
  {
    "dmConversation": {
      "conversationId": "4001-5002",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "5002",
            "text": "early name",
            "senderId": "4001",
            "id": "50",
            "createdAt": "2020-09-01T00:00:00.000Z",
            "mediaUrls": [
              "https://ton.example/dm/50/x.jpg"
            ]
          }
        }
      ]
    }
  }
]
