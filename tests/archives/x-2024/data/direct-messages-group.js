window.YTD.direct_messages_group.part0 = [
  {
    "dmConversation": {
      "conversationId": "9001",
      "messages": [
        {
          "participantsLeave": {
            "userIds": [
              "5004"
            ],
            "createdAt": "2022-02-02T00:00:03.000Z"
          }
        },
        {
          "messageCreate": {
            "text": "hello group",
            "senderId": "5005",
            "id": "80",
            "createdAt": "2022-02-02T00:00:02.000Z"
          }
        },
        {
          "conversationNameUpdate": {
            "initiatingUserId": "5002",
            "name": "Otter gang",
            "createdAt": "2022-02-02T00:00:01.000Z"
          }
        },
        {
          "joinConversation": {
            "initiatingUserId": "5002",
            "participantsSnapshot": [
              "4001",
              "5002",
              "5004"
            ],
            "createdAt": "2022-02-02T00:00:00.000Z"
          }
        }
      ]
    }
  }
]
