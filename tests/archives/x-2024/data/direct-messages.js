window.YTD.direct_messages.part0 = [
  {
    "dmConversation": {
      "conversationId": "4001-5002",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "4001",
            "reactions": [],
            "urls": [],
            "text": "see you",
            "mediaUrls": [],
            "senderId": "5002",
            "id": "71",
            "createdAt": "2022-01-27T15:58:52.744Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "5002",
            "reactions": [],
            "urls": [
              {
                "url": "https://t.co/dm",
                "expanded": "https://example.org/map",
                "display": "example.org/map"
              }
            ],
            "text": "it is here https://t.co/dm",
            "mediaUrls": [],
            "senderId": "4001",
            "id": "70",
            "createdAt": "2022-01-27T15:57:52.744Z"
          }
        }
      ]
    }
  },
  {
    "dmConversation": {
      "conversationId": "4001-5002",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "4001",
            "text": "an older piece of the same conversation",
            "senderId": "5002",
            "id": "60",
            "createdAt": "2021-01-27T15:58:52.744Z"
          }
        }
      ]
    }
  }
]
