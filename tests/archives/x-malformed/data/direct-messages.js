window.YTD.direct_messages.part0 = [
  {
    "dmConversation": {
      "messages": "none"
    }
  },
  {
    "dmConversation": {
      "conversationId": "4001-5002",
      "messages": [
        {
          "messageCreate": {
            "senderId": "5002",
            "recipientId": "4001",
            "id": "1",
            "text": "sibling"
          }
        }
      ]
    }
  }
]
