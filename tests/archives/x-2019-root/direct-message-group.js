window.YTD.direct_message_group.part0 = [
  {
    "dmConversation": {
      "conversationId": "9001",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "0",
            "text": "old group",
            "senderId": "5005",
            "id": "30",
            "createdAt": "2019-01-01T00:00:00.000Z"
          }
        }
      ]
    }
  }
]
