window.YTD.direct_message_headers.part0 = [
  {
    "dmConversation": {
      "conversationId": "4001-5002",
      "messages": [
        {
          "messageCreate": {
            "id": "71",
            "senderId": "5002",
            "recipientId": "4001",
            "createdAt": "2022-01-27T15:58:52.744Z"
          }
        }
      ]
    }
  }
]
