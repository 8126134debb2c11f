window.YTD.grok_chat_item.part0 = [
  {
    "grokChatItem": {
      "accountId": "4001",
      "chatId": "1",
      "createdAt": "2024-01-01T00:00:00.000Z",
      "sender": {
        "value": "1",
        "name": "User",
        "originalName": "USER"
      },
      "message": "Can otters read?",
      "grokMode": {}
    }
  },
  {
    "grokChatItem": {
      "accountId": "4001",
      "chatId": "1",
      "createdAt": "2024-01-01T00:00:01.000Z",
      "sender": {
        "value": "2",
        "name": "Agent",
        "originalName": "ASSISTANT"
      },
      "message": "Not yet."
    }
  }
]
